"""The analysis in sentences, Arabic and English, each with the sentences of articles that prove it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.analyse.analysis import Analysis
from kg.analyse.facts import Quote
from kg.analyse.phrase import Phrases, Words
from kg.analyse.stance import Deed, Edge
from kg.analyse.words import Lang, say

TOPICS = ("overview", "stances", "changes", "balance", "positions", "timeline", "reactions", "claims")

LIKELY = 0.5
"""Confidence below which an edge is no finding: it would be wrong more often than right."""
_PROOFS = 6
EACH = 5
"""Findings of a kind, at most."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        topic: One of :data:`TOPICS`.
        key: Which kind of finding; a key of ``finding_words.csv``.
        ar: The sentence in Arabic; ``en`` in English.
        evidence: Sentences of articles that it rests on, a few at most; none of what counts all facts.
        about: IRIs of the things it is about.
    """

    topic: str
    key: str
    ar: str
    en: str
    evidence: tuple[Quote, ...] = ()
    about: tuple[str, ...] = ()

    def text(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.ar if lang == "ar" else self.en


def make_finding(
    topic: str, key: str, evidence: Iterable[Quote] = (), about: Iterable[str] = (), **values: Words | str
) -> Finding:
    """A finding whose sentences are those of ``finding_words.csv`` with their places filled in."""

    def text(lang: Lang) -> str:
        filled = {name: value if isinstance(value, str) else value(lang) for name, value in values.items()}
        sentence = say("finding", key, lang, **filled)
        return sentence[:1].upper() + sentence[1:]

    return Finding(topic, key, text("ar"), text("en"), _sentences(evidence), tuple(about))


def with_more(finding: Finding, other: Finding) -> Finding:
    """A finding with the evidence and the things of another of the same words."""
    about = tuple(dict.fromkeys((*finding.about, *other.about)))
    return replace(finding, evidence=_sentences((*finding.evidence, *other.evidence)), about=about)


def _sentences(evidence: Iterable[Quote]) -> tuple[Quote, ...]:
    """Each sentence once, with the first trigger that is known in it; a few at most."""
    found: dict[tuple[str, int, int], Quote] = {}
    for quote in evidence:
        place = quote.article, quote.begin, quote.end
        if place not in found or (found[place].trigger is None and quote.trigger is not None):
            found[place] = quote
    return tuple(found.values())[:_PROOFS]


class Writer(Phrases):
    """What the findings of every topic are written from."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        super().__init__(analysis.facts)
        self.edges = analysis.network.edges
        self.acts = {act.iri: act for act in analysis.facts.acts}

    def kind(self, iri: str) -> str | None:
        """Type of a thing; None of what has none."""
        thing = self.facts.things.get(iri)
        return thing.type if thing else None

    def proofs(self, *edges: Edge | None, each: int | None = None) -> list[Quote]:
        """What proves edges: of each deed, the weightiest first, its first telling, then the others."""
        found: list[Quote] = []
        for edge in edges:
            deeds: list[Deed] = sorted(edge.deeds, key=lambda deed: -abs(deed.weight)) if edge else []
            quotes = [deed.tellings[0] for deed in deeds] + [q for deed in deeds for q in deed.tellings[1:]]
            found += quotes[:each]
        return found

    def tie(self, one: str, other: str, each: int | None = None) -> list[Quote]:
        """What proves the stances of two towards each other."""
        return self.proofs(self.edges.get((one, other)), self.edges.get((other, one)), each=each)
