"""Claims: what is contested, rests on one source only or is repeated most, and who is contradicted.

Who tells a fact is the source that its article names, or else whoever published the article.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from kg.analyse.facts import ActFact, Facts, Quote, StatementFact
from kg.analyse.period import days_of
from kg.arabic import fold
from kg.data.tables import read_table

ContestKind = Literal["same_sentence", "same_article", "told_otherwise", "rebutted"]

_MONTH = timedelta(days=31)
_Z = 1.96
"""Normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A claim that somebody else denies.

    Attributes:
        kind: Denied in the sentence that tells it, denied as that source's report in the same article, told
            elsewhere as not having happened, or a reproach that whom it meets rejects, naming who made it.
        claimant: IRI of the source, or the name of the publisher; ``denier`` likewise.
    """

    kind: ContestKind
    claim: ActFact
    claimant: str
    denial: ActFact
    denier: str


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
        claims: Acts that rest on its word.
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


def contested(facts: Facts) -> list[Contest]:
    """Claims that somebody else denies, sorted by claimant; each pair of claim and denial once."""
    found: dict[tuple[str, str], Contest] = {}

    def note(kind: ContestKind, claim: ActFact, denial: ActFact, denier: str) -> None:
        if claim.iri != denial.iri and told_by(claim) != denier:
            found.setdefault((claim.iri, denial.iri), Contest(kind, claim, told_by(claim), denial, denier))

    denials = [act for act in facts.acts if act.predicate == "denies" and not act.negated]
    in_sentence: defaultdict[tuple[str, int], list[ActFact]] = defaultdict(list)
    in_article: defaultdict[tuple[str, str | None], list[ActFact]] = defaultdict(list)
    alike: defaultdict[tuple[str, str, str], list[ActFact]] = defaultdict(list)
    for act in facts.acts:
        if act.negated:
            continue
        if act.source:
            in_sentence[act.quote.article, act.quote.begin].append(act)
            in_article[act.quote.article, act.source].append(act)
        if act.modality == "asserted":
            for key in _pairs(act):
                alike[key].append(act)
    for denial in denials:
        for denier in denial.actors:
            for claim in in_sentence[denial.quote.article, denial.quote.begin]:
                note("same_sentence", claim, denial, denier)
            for target in denial.targets:
                for claim in in_article[denial.quote.article, target]:
                    note("same_article", claim, denial, denier)
    for denial in facts.acts:
        for key in _pairs(denial) if denial.negated else ():
            for claim in alike[key]:
                note("told_otherwise", claim, denial, told_by(denial))
    for claim, denial, denier in _rebuttals(facts):
        note("rebutted", claim, denial, denier)
    return sorted(found.values(), key=lambda one: (one.claimant, one.denier, one.claim.iri, one.denial.iri))


def _rebuttals(facts: Facts) -> Iterable[tuple[ActFact, ActFact, str]]:
    """Reproaches with the denials of those whom they meet that name who made them, within a month."""
    reproaches: defaultdict[str, list[ActFact]] = defaultdict(list)
    for act in facts.acts:
        if act.predicate in ("accuses", "condemns") and not act.negated and act.modality == "asserted":
            for target in {facts.stands_for(target) for target in act.targets}:
                reproaches[target].append(act)
    for denial in facts.acts:
        if denial.predicate not in ("denies", "rejects") or denial.negated or denial.modality != "asserted":
            continue
        told, words = fold(denial.quote.sentence), fold(denial.words or "")
        if denial.predicate == "rejects" and not any(word in told for word in _reproach_words()):
            continue
        aims = {facts.stands_for(target) for target in denial.targets}
        for denier in denial.actors:
            for claim in reproaches[facts.stands_for(denier)]:
                makers = {facts.stands_for(actor) for actor in claim.actors} - {facts.stands_for(denier)}
                named = any(maker in aims or fold(facts.name(maker, "ar")) in words for maker in makers)
                if named and _near(claim.when, denial.when):
                    yield claim, denial, denier


@cache
def _reproach_words() -> tuple[str, ...]:
    """Words by which a sentence says that what is rejected is a reproach."""
    return tuple(fold(row["word"]) for row in read_table("reproach_words"))


def _near(one: str | None, other: str | None) -> bool:
    """Whether two dates can lie within a month of each other; an unknown one can."""
    spans = [days_of(iso) for iso in (one, other) if iso]
    known = [span for span in spans if span]
    return len(known) < 2 or (known[0][0] - known[1][1] <= _MONTH and known[1][0] - known[0][1] <= _MONTH)


def _pairs(act: ActFact) -> Iterable[tuple[str, str, str]]:
    return ((actor, act.predicate, target) for actor in act.actors for target in act.targets)


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


def sources(facts: Facts, contests: Iterable[Contest] | None = None) -> list[SourceRecord]:
    """Sources and publishers by how often others contradict them, the most contradicted first.

    Args:
        facts: The facts of a graph.
        contests: From :func:`contested`; None = find them.
    """
    made: Counter[str] = Counter(
        told_by(act) for act in facts.acts if not act.negated and act.modality != "hypothetical"
    )
    denied: defaultdict[str, dict[str, None]] = defaultdict(dict)
    by: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for contest in contested(facts) if contests is None else contests:
        if contest.claim.modality != "hypothetical":
            if contest.claim.iri not in denied[contest.claimant]:
                denied[contest.claimant][contest.claim.iri] = None
            by[contest.claimant][contest.denier] += 1
    records = [
        SourceRecord(
            source=source,
            claims=count,
            contradicted=len(denied.get(source, ())),
            by=dict(sorted(by.get(source, {}).items(), key=lambda item: (-item[1], item[0]))),
            at_least=_wilson(len(denied.get(source, ())), count),
        )
        for source, count in made.items()
    ]
    return sorted(records, key=lambda one: (-one.at_least, -one.contradicted, -one.claims, one.source))


def _wilson(hits: int, count: int) -> float:
    """Lower end of the 95 % interval of a share."""
    share, square = hits / count, _Z**2
    spread = _Z * math.sqrt(share * (1 - share) / count + square / (4 * count**2))
    return max(0.0, (share + square / (2 * count) - spread) / (1 + square / count))
