"""The analysis in sentences, Arabic and English, each with the sentences of articles that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.analyse.analysis import Analysis
from kg.analyse.claim import most_repeated, single_sourced
from kg.analyse.facts import PARTIES, ActFact, Quote
from kg.analyse.matrix import TURNS
from kg.analyse.phrase import (
    SHOWN,
    Phrases,
    Words,
    count_words,
    foes_words,
    list_words,
    percent_words,
    quoted_words,
    tally_words,
    word_words,
)
from kg.analyse.stance import Deed, Edge
from kg.analyse.words import Lang, listed, say, word
from kg.model import PLOVER_TYPES

TOPICS = ("overview", "stances", "changes", "balance", "positions", "timeline", "reactions", "claims")

LIKELY = 0.5
"""Confidence below which an edge is no finding: it would be wrong more often than right."""
_PROOFS = 6
_STANCES = 10
_EACH = 5


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


def findings(analysis: Analysis) -> list[Finding]:
    """All findings by topic, the weightiest of each first."""
    writer = _Writer(analysis)
    return [finding for topic in TOPICS for finding in getattr(writer, topic)()]


def _finding(
    topic: str, key: str, evidence: Iterable[Quote] = (), about: Iterable[str] = (), **values: Words | str
) -> Finding:
    def text(lang: Lang) -> str:
        filled = {name: value if isinstance(value, str) else value(lang) for name, value in values.items()}
        return say("finding", key, lang, **filled)

    return Finding(topic, key, text("ar"), text("en"), _sentences(evidence), tuple(about))


def _sentences(evidence: Iterable[Quote]) -> tuple[Quote, ...]:
    """Each sentence once, with the first trigger that is known in it; a few at most."""
    found: dict[tuple[str, int, int], Quote] = {}
    for quote in evidence:
        place = quote.article, quote.begin, quote.end
        if place not in found or (found[place].trigger is None and quote.trigger is not None):
            found[place] = quote
    return tuple(found.values())[:_PROOFS]


class _Writer(Phrases):
    """Writes the findings of each topic; its public methods are named like the topics."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        super().__init__(analysis.facts)
        self.edges = analysis.network.edges
        self.acts = {act.iri: act for act in analysis.facts.acts}

    def _type(self, iri: str) -> str | None:
        thing = self.facts.things.get(iri)
        return thing.type if thing else None

    def _proofs(self, *edges: Edge | None, each: int | None = None) -> list[Quote]:
        """What proves edges: of each deed, the weightiest first, its first telling, then the others."""
        found: list[Quote] = []
        for edge in edges:
            deeds: list[Deed] = sorted(edge.deeds, key=lambda deed: -abs(deed.weight)) if edge else []
            quotes = [deed.tellings[0] for deed in deeds] + [q for deed in deeds for q in deed.tellings[1:]]
            found += quotes[:each]
        return found

    def _tie(self, one: str, other: str, each: int | None = None) -> list[Quote]:
        return self._proofs(self.edges.get((one, other)), self.edges.get((other, one)), each=each)

    def overview(self) -> Iterator[Finding]:
        yield _finding(
            "overview",
            "overview",
            articles=count_words("articles", self.facts.articles),
            acts=count_words("acts", len(self.facts.acts)),
            statements=count_words("statements", len(self.facts.statements)),
            stances=count_words("stances", len(self.edges)),
        )

    def stances(self) -> Iterator[Finding]:
        keys = {1: "stance_friendly", -1: "stance_hostile", 0: "stance_mixed"}
        likely = [
            edge
            for edge in self.edges.values()
            if edge.confidence >= LIKELY and self._type(edge.target) in PARTIES
        ]
        strongest = sorted(likely, key=lambda edge: (-edge.strength, edge.actor, edge.target))
        for edge in strongest[:_STANCES]:
            yield _finding(
                "stances",
                keys[edge.sign],
                self._proofs(edge),
                (edge.actor, edge.target),
                a=self.name(edge.actor),
                b=self.name(edge.target),
                deeds=tally_words("predicate", edge.predicates.items()),
            )
        yield from self._events()

    def _events(self) -> Iterator[Finding]:
        network = self.analysis.network
        found = [
            (key, event, [edge for edge in edges if edge.confidence >= LIKELY])
            for event in network.nodes
            if self._type(event) == "EVENT"
            for key, edges in (
                ("event_critics", network.critics(event)),
                ("event_supporters", network.supporters(event)),
            )
        ]
        found.sort(key=lambda one: (-len(one[2]), -sum(edge.strength for edge in one[2]), one[1]))
        for key, event, edges in found[:_EACH]:
            who = [edge.actor for edge in edges]
            if who:
                evidence = self._proofs(*edges, each=2)
                names = self.names(who)
                yield _finding("stances", key, evidence, (event, *who), event=self.name(event), names=names)

    def changes(self) -> Iterator[Finding]:
        periods = [network.period.name for network in self.analysis.compared if network.period]
        # That a stance is not told of in the later period does not say that it is over.
        told = [
            (change, change.after)
            for change in self.analysis.changes
            if change.after and change.after.confidence >= LIKELY and self._type(change.target) in PARTIES
        ]
        told.sort(key=lambda pair: TURNS.index(pair[0].turn))
        for change, after in told[:_EACH]:
            yield _finding(
                "changes",
                f"change_{change.turn}",
                self._proofs(after, change.before, each=3),
                (change.actor, change.target),
                before=periods[0],
                after=periods[1],
                a=self.name(change.actor),
                b=self.name(change.target),
                deeds=tally_words("predicate", after.predicates.items()),
            )

    def balance(self) -> Iterator[Finding]:
        census, blocs = self.analysis.balance, self.analysis.blocs
        if census.count:
            yield _finding(
                "balance",
                "balance",
                triads=count_words("triads", census.count),
                balanced=percent_words(census.balanced),
                weak=percent_words(census.weakly_balanced),
            )
        else:
            yield _finding("balance", "balance_none")
        if blocs and len(blocs.bloc) > 2:
            members = [self.names(sorted(bloc, key=self._weight)) for bloc in blocs.blocs]
            yield _finding(
                "balance",
                "blocs",
                [quote for a, b, _ in blocs.against[:3] for quote in self._tie(a, b, each=1)],
                blocs.bloc,
                blocs=count_words("blocs", len(blocs.blocs)),
                members=lambda lang: " / ".join(names(lang) for names in members),
                share=percent_words(blocs.share),
                stability=f"{blocs.stability:.2f}",
            )

    def _weight(self, iri: str) -> tuple[float, str]:
        """Sort key: who gives and receives the weightiest stances goes first."""
        own = self.analysis.standings[iri]
        weights = own.given_positive, own.given_negative, own.received_positive, own.received_negative
        return -sum(weights), iri

    def positions(self) -> Iterator[Finding]:
        standings = self.analysis.standings
        for key, measure, received, place in (
            ("esteemed", "prestige", "received_positive", 0),
            ("opposed", "hostility", "received_negative", -1),
        ):
            parties = (iri for iri in standings if self._type(iri) in PARTIES)
            taken = (iri for iri in parties if getattr(standings[iri], received) > 0)
            ranked = sorted(taken, key=lambda iri: (-getattr(standings[iri], measure), iri))[:3]
            if ranked:
                towards = [self.analysis.network.towards(iri)[place] for iri in ranked]
                evidence = self._proofs(*towards, each=2)
                yield _finding("positions", key, evidence, ranked, names=self.names(ranked))
        yield from self._reciprocity()
        yield from self._between()

    def _reciprocity(self) -> Iterator[Finding]:
        found, edges = self.analysis.reciprocity, self.edges
        if found.pairs:
            yield _finding(
                "positions",
                "reciprocity",
                pairs=count_words("pairs", found.pairs),
                share=percent_words(found.share),
                friendly=str(found.alike["++"]),
                hostile=str(found.alike["--"]),
                opposed=str(found.alike["+-"]),
            )
        sure = [
            (a, b) for a, b in found.opposed if min(edges[a, b].confidence, edges[b, a].confidence) >= LIKELY
        ]
        for a, b in sure[:_EACH]:
            evidence = self._tie(a, b, each=3)
            yield _finding("positions", "one_sided", evidence, (a, b), a=self.name(a), b=self.name(b))

    def _between(self) -> Iterator[Finding]:
        between = self.analysis.balance.between
        for actor in sorted(between, key=lambda iri: (-len(between[iri]), iri))[:3]:
            pairs = between[actor][:3]
            yield _finding(
                "positions",
                "mediator",
                [
                    q
                    for a, b in pairs
                    for tie in ((actor, a), (actor, b), (a, b))
                    for q in self._tie(*tie)[:1]
                ],
                (actor,),
                a=self.name(actor),
                pairs=foes_words([list_words(map(self.name, pair)) for pair in pairs]),
            )
        mediations = [
            (edge, deed)
            for edge in self.edges.values()
            for deed in edge.deeds
            if deed.predicate == "mediates" and not deed.through and deed.confidence >= LIKELY
        ]
        mediations.sort(key=lambda one: (-one[1].confidence, one[1].actor, one[1].target))
        pairs_of = [("mediates_deed", edge.actor, edge.target, deed.tellings) for edge, deed in mediations]
        joined = [("bridge", a, b, tuple(self._tie(a, b))) for a, b in self.analysis.bridges[:3]]
        for key, a, b, evidence in (*pairs_of[:_EACH], *joined):
            yield _finding("positions", key, evidence, (a, b), a=self.name(a), b=self.name(b))

    def timeline(self) -> Iterator[Finding]:
        line = self.analysis.timeline
        series = line.series()
        if not series:
            return
        peak = max(range(len(series)), key=lambda i: (series[i], -i))
        kinds = sorted(line.days[peak].items(), key=lambda item: (-item[1], PLOVER_TYPES.index(item[0])))
        day = line.day(peak).isoformat()
        yield _finding(
            "timeline",
            "busiest",
            [act.quote for act in self.facts.acts if act.when == day],
            day=day,
            acts=count_words("acts", series[peak]),
            kinds=tally_words("plover", kinds[:3]),
        )
        if not self.analysis.change_points:
            first, last = line.day(0).isoformat(), line.day(len(series) - 1).isoformat()
            yield _finding("timeline", "pace_none", first=first, last=last)
        for point in self.analysis.change_points[:SHOWN]:
            yield _finding(
                "timeline",
                "pace",
                [self.acts[iri].quote for iri in point.facts],
                kind=word_words("quad", point.quad or "all"),
                day=point.day.isoformat(),
                before=f"{point.before:.1f}",
                after=f"{point.after:.1f}",
                drivers=self._drivers(point.drivers),
            )

    def _drivers(self, drivers: Sequence[tuple[tuple[str, str, str | None], int]]) -> Words:
        phrases = [
            (self.phrase((who,), what, (whom,) if whom else ()), count)
            for (who, what, whom), count in drivers
        ]

        def text(lang: Lang) -> str:
            acts = listed([f"{phrase(lang)} ({count})" for phrase, count in phrases], lang)
            return say("phrase", "after", lang, acts=acts) if acts else ""

        return text

    def reactions(self) -> Iterator[Finding]:
        likely = [
            (event, [reaction for reaction in found if reaction.confidence >= LIKELY][:SHOWN])
            for event, found in self.analysis.reactions.items()
        ]
        likely.sort(key=lambda one: -len(one[1]))
        for event, shown in likely[:_EACH]:
            if shown:
                phrases = [self._reaction(r.rank, r.actor, r.act) for r in shown]
                yield _finding(
                    "reactions",
                    "reactions",
                    [act.quote for reaction in shown for act in reaction.acts[:2]],
                    (event, *(reaction.actor for reaction in shown)),
                    event=self.name(event),
                    order=list_words(phrases),
                )

    def _reaction(self, rank: int, actor: str, act: ActFact) -> Words:
        def text(lang: Lang) -> str:
            when = act.when or word("phrase", "day_unknown", lang)
            what = word("predicate", act.predicate, lang) + word("phrase", "comma", lang)
            return f"{rank}. {self.facts.name(actor, lang)} ({what} {when})"

        return text

    def claims(self) -> Iterator[Finding]:
        # A headline and its article may deny one thing twice: one finding.
        contests = list(
            {(contest.claim.iri, contest.denier): contest for contest in self.analysis.contests}.values()
        )
        for contest in contests[:SHOWN]:
            yield _finding(
                "claims",
                "contested",
                (contest.claim.quote, contest.denial.quote),
                (contest.claimant, contest.denier),
                claimant=self.name(contest.claimant),
                claim=self.act(contest.claim),
                denier=self.name(contest.denier),
                denied=quoted_words(contest.denial.words),
            )
        for claim in most_repeated(self.analysis.claims)[:_EACH]:
            yield _finding(
                "claims",
                "repeated",
                claim.quotes,
                claim.who,
                claim=self.claim(claim),
                articles=count_words("articles", claim.articles),
                outlets=self.names(claim.outlets),
            )
        single = single_sourced(self.analysis.claims)
        if single:
            first = single[0]
            whole = sum(claim.predicate != "says" for claim in self.analysis.claims)
            yield _finding(
                "claims",
                "single",
                first.quotes,
                first.who,
                count=str(len(single)),
                whole=str(whole),
                claim=self.claim(first),
                source=self.name(first.told_by[0]),
            )
        yield from self._sources()

    def _sources(self) -> Iterator[Finding]:
        contradicted = [record for record in self.analysis.sources if record.contradicted]
        for record in contradicted[:3]:
            own = [contest for contest in self.analysis.contests if contest.claimant == record.source]
            yield _finding(
                "claims",
                "source",
                [quote for contest in own for quote in (contest.claim.quote, contest.denial.quote)],
                (record.source,),
                source=self.name(record.source),
                contradicted=str(record.contradicted),
                claims=str(record.claims),
                by=self.names(list(record.by)),
            )
        if not contradicted:
            yield _finding("claims", "source_none")
