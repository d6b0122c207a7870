"""Claims: what is contested, rests on one source only or is repeated most, and who is contradicted.

Who tells a fact is the source that its article names, or else whoever published the article.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analyse.facts import ActFact, Facts, Quote, StatementFact
from kg.arabic import fold

_Z = 1.96
"""Normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one or more articles tell alike: an act, or words that somebody said.

    Attributes:
        who: IRIs of actors, or of the speaker.
        predicate: The act's, or "says".
        whom: IRIs of targets.
        words: Exact words of the content, as first told, or None.
        told_by: The sources (IRIs) and publishers (names) on whose word it rests, sorted.
        outlets: Who published it, sorted.
        quotes: All tellings, oldest first.
        confidence: The highest of the tellings.
    """

    who: tuple[str, ...]
    predicate: str
    whom: tuple[str, ...]
    words: str | None
    told_by: tuple[str, ...]
    outlets: tuple[str, ...]
    quotes: tuple[Quote, ...]
    confidence: float

    @property
    def single(self) -> bool:
        """Whether it rests on one word only."""
        return len(self.told_by) == 1

    @property
    def articles(self) -> int:
        """How many articles tell it."""
        return len({quote.article for quote in self.quotes})


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """How often others contradict a source.

    Attributes:
        source: IRI of the source, or name of the publisher.
        claims: Acts and statements that rest on its word.
        contradicted: How many of them somebody denies.
        by: Who does, with counts, the commonest first.
        at_least: Lower end of the 95 % interval (Wilson) of the share contradicted: what ranks it, so that
            one denial of one claim does not lead.
    """

    source: str
    claims: int
    contradicted: int
    by: Mapping[str, int]
    at_least: float

    @property
    def share(self) -> float:
        """Share of its claims that are contradicted."""
        return self.contradicted / self.claims


def told_by(act: ActFact) -> str:
    """On whose word an act rests: the IRI of the source, or else the publisher's name."""
    return act.source or act.quote.outlet


def claims(facts: Facts) -> list[Claim]:
    """What is told, tellings of one thing put together, the most widely told first.

    Acts are alike where actors, predicate, targets and month agree, and where there is no target, the words;
    statements where speaker and words do (spelling variants aside). What is denied is no claim.
    """
    acts: defaultdict[tuple[object, ...], list[ActFact]] = defaultdict(list)
    said: defaultdict[tuple[object, ...], list[StatementFact]] = defaultdict(list)
    for act in facts.acts:
        if not act.negated and act.modality != "hypothetical":
            words = "" if act.targets else fold(act.words or "")
            acts[act.actors, act.predicate, act.targets, words, (act.when or "")[:7]].append(act)
    for statement in facts.statements:
        said[statement.speaker, fold(statement.content)].append(statement)
    found = [_claim(told) for told in acts.values()] + [_said(told) for told in said.values()]
    return sorted(
        found,
        key=lambda c: (
            -len(c.outlets),
            -c.articles,
            -c.confidence,
            c.who,
            c.predicate,
            c.whom,
            c.words or "",
        ),
    )


def _claim(told: list[ActFact]) -> Claim:
    told = sorted(told, key=lambda act: (act.quote.order, act.iri))
    return Claim(
        who=told[0].actors,
        predicate=told[0].predicate,
        whom=told[0].targets,
        words=told[0].words,
        told_by=tuple(sorted({told_by(act) for act in told})),
        outlets=tuple(sorted({act.quote.outlet for act in told})),
        quotes=tuple(dict.fromkeys(act.quote for act in told)),
        confidence=max(act.confidence for act in told),
    )


def _said(told: list[StatementFact]) -> Claim:
    told = sorted(told, key=lambda said: (said.quote.order, said.iri))
    return Claim(
        who=(told[0].speaker,),
        predicate="says",
        whom=(),
        words=told[0].content,
        # A quotation rests on whoever printed it.
        told_by=tuple(sorted({said.quote.outlet for said in told})),
        outlets=tuple(sorted({said.quote.outlet for said in told})),
        quotes=tuple(dict.fromkeys(said.quote for said in told)),
        confidence=max(said.confidence for said in told),
    )


def most_repeated(found: Iterable[Claim]) -> list[Claim]:
    """Claims of at least two articles, in the order given."""
    return [claim for claim in found if claim.articles > 1]


def single_sourced(found: Iterable[Claim]) -> list[Claim]:
    """Acts told on one word only, the surest first."""
    kept = (claim for claim in found if claim.single and claim.predicate != "says")
    return sorted(kept, key=lambda claim: (-claim.confidence, claim.quotes[0].order, claim.predicate))


def sources(facts: Facts) -> list[SourceRecord]:
    """Sources and publishers by how often others contradict them, the most contradicted first."""
    made: defaultdict[str, set[str]] = defaultdict(set)
    for act in facts.acts:
        if not act.negated and act.modality != "hypothetical":
            made[told_by(act)].add(act.iri)
    for said in facts.statements:
        made[said.speaker].add(said.iri)
    denied: defaultdict[str, set[str]] = defaultdict(set)
    by: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for contest in facts.contests:
        made[contest.claimant].add(contest.claim.iri)
        denied[contest.claimant].add(contest.claim.iri)
        by[contest.claimant][contest.denier] += 1
    records = [
        SourceRecord(
            source=source,
            claims=len(claims),
            contradicted=len(denied[source]),
            by=dict(sorted(by[source].items(), key=lambda item: (-item[1], item[0]))),
            at_least=_wilson(len(denied[source]), len(claims)),
        )
        for source, claims in made.items()
    ]
    return sorted(records, key=lambda one: (-one.at_least, -one.contradicted, -one.claims, one.source))


def _wilson(hits: int, count: int) -> float:
    """Lower end of the 95 % interval of a share."""
    share, square = hits / count, _Z**2
    spread = _Z * math.sqrt(share * (1 - share) / count + square / (4 * count**2))
    return max(0.0, (share + square / (2 * count) - spread) / (1 + square / count))
