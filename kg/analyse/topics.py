"""All findings of an analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.analyse.analysis import Analysis
from kg.analyse.finding import TOPICS, Finding, Writer, with_more
from kg.analyse.finding_claims import claims
from kg.analyse.finding_course import reactions, timeline
from kg.analyse.finding_stances import changes, overview, stances
from kg.analyse.finding_structure import balance, positions

_WRITE: Mapping[str, Callable[[Writer], Iterator[Finding]]] = {
    "overview": overview,
    "stances": stances,
    "changes": changes,
    "balance": balance,
    "positions": positions,
    "timeline": timeline,
    "reactions": reactions,
    "claims": claims,
}


def findings(analysis: Analysis) -> list[Finding]:
    """All findings by topic, the weightiest of each first; what two things of one name share is one."""
    writer = Writer(analysis)
    found: dict[tuple[str, str, str], Finding] = {}
    for finding in (finding for topic in TOPICS for finding in _WRITE[topic](writer)):
        sentence = finding.topic, finding.ar, finding.en
        same = found.get(sentence)
        found[sentence] = with_more(same, finding) if same else finding
    return list(found.values())
