"""The analysis in sentences, Arabic and English, each with the sentences of articles that prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.analyse.analysis import Analysis
from kg.analyse.claims import Claim, most_repeated, single_sourced
from kg.analyse.facts import PARTIES, ActFact, Quote
from kg.analyse.matrix import TURNS
from kg.analyse.stance import Deed, Edge
from kg.analyse.timeline import Reaction
from kg.analyse.words import LANGS, Lang, counted, listed, percent, say, word
from kg.model import PLOVER_TYPES

TOPICS = ("overview", "stances", "changes", "balance", "positions", "timeline", "reactions", "claims")

LIKELY = 0.5
"""Confidence below which an edge is no finding: it would be wrong more often than right."""
_PROOFS = 6
_STANCES = 10
_EACH = 5
_SHOWN = 8
"""Names in one list, at most."""


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


class _Writer:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.facts = analysis.facts
        self.acts = {act.iri: act for act in analysis.facts.acts}

    def finding(
        self,
        topic: str,
        key: str,
        values: Callable[[Lang], dict[str, object]],
        evidence: Iterable[Quote] = (),
        about: Sequence[str] = (),
    ) -> Finding:
        texts = [say("finding", key, lang, **values(lang)) for lang in LANGS]
        return Finding(topic, key, texts[0], texts[1], tuple(dict.fromkeys(evidence))[:_PROOFS], tuple(about))

    def name(self, iri: str, lang: Lang) -> str:
        return self.facts.name(iri, lang)

    def names(self, iris: Sequence[str], lang: Lang) -> str:
        shown = [self.name(iri, lang) for iri in iris[:_SHOWN]]
        return listed([*shown, *(["…"] if len(iris) > _SHOWN else [])], lang)

    def deeds(self, edge: Edge, lang: Lang) -> str:
        return listed([f"{word('predicate', k, lang)} ({n})" for k, n in edge.predicates.items()], lang)

    def proofs(self, edge: Edge | None) -> list[Quote]:
        """What proves an edge: of each deed, the weightiest first, its first telling, then the others."""
        deeds: list[Deed] = sorted(edge.deeds, key=lambda deed: -abs(deed.weight)) if edge else []
        return [deed.tellings[0] for deed in deeds] + [q for deed in deeds for q in deed.tellings[1:]]

    def overview(self) -> Iterator[Finding]:
        sizes = {
            "articles": self.facts.articles,
            "acts": len(self.facts.acts),
            "statements": len(self.facts.statements),
            "stances": len(self.analysis.network.edges),
        }
        yield self.finding(
            "overview", "overview", lambda lang: {noun: counted(noun, n, lang) for noun, n in sizes.items()}
        )

    def stances(self) -> Iterator[Finding]:
        keys = {1: "stance_friendly", -1: "stance_hostile", 0: "stance_mixed"}
        likely = [
            edge
            for edge in self.analysis.network.edges.values()
            if edge.confidence >= LIKELY and self._type(edge.target) in PARTIES
        ]
        strongest = sorted(likely, key=lambda edge: (-edge.strength, edge.actor, edge.target))
        for edge in strongest[:_STANCES]:
            yield self.finding(
                "stances", keys[edge.sign],
                lambda lang, edge=edge: {  # type: ignore[misc]
                    "a": self.name(edge.actor, lang), "b": self.name(edge.target, lang),
                    "deeds": self.deeds(edge, lang),
                },
                self.proofs(edge), (edge.actor, edge.target),
            )  # fmt: skip
        yield from self._events()

    def _events(self) -> Iterator[Finding]:
        network = self.analysis.network
        events = [iri for iri in network.nodes if self._type(iri) == "EVENT"]
        found = [
            (key, event, [edge for edge in edges if edge.confidence >= LIKELY])
            for event in events
            for key, edges in (
                ("event_critics", network.critics(event)),
                ("event_supporters", network.supporters(event)),
            )
        ]
        found.sort(key=lambda one: (-len(one[2]), -sum(edge.strength for edge in one[2]), one[1]))
        for key, event, edges in found[:_EACH]:
            if edges:
                who = [edge.actor for edge in edges]
                yield self.finding(
                    "stances", key,
                    lambda lang, who=who, event=event: {  # type: ignore[misc]
                        "event": self.name(event, lang), "names": self.names(who, lang),
                    },
                    [quote for edge in edges for quote in self.proofs(edge)[:2]], (event, *who),
                )  # fmt: skip

    def _type(self, iri: str) -> str | None:
        thing = self.facts.things.get(iri)
        return thing.type if thing else None

    def changes(self) -> Iterator[Finding]:
        periods = [network.period.name for network in self.analysis.compared if network.period]
        # That a stance is not told of in the later period does not say that it is over.
        told = [
            change
            for change in self.analysis.changes
            if change.after and change.after.confidence >= LIKELY and self._type(change.target) in PARTIES
        ]
        told.sort(key=lambda change: TURNS.index(change.turn))
        for change in told[:_EACH]:
            after = change.after
            assert after
            yield self.finding(
                "changes", f"change_{change.turn}",
                lambda lang, change=change, after=after: {  # type: ignore[misc]
                    "before": periods[0], "after": periods[1],
                    "a": self.name(change.actor, lang), "b": self.name(change.target, lang),
                    "deeds": self.deeds(after, lang),
                },
                [*self.proofs(after)[:3], *self.proofs(change.before)[:3]], (change.actor, change.target),
            )  # fmt: skip

    def balance(self) -> Iterator[Finding]:
        census, blocs = self.analysis.balance, self.analysis.blocs
        if census.count:
            yield self.finding(
                "balance", "balance",
                lambda lang: {
                    "triads": counted("triads", census.count, lang),
                    "balanced": percent(census.balanced, lang), "weak": percent(census.weakly_balanced, lang),
                },
            )  # fmt: skip
        else:
            yield self.finding("balance", "balance_none", lambda _: {})
        if blocs and len(blocs.bloc) > 2:
            yield self.finding(
                "balance", "blocs",
                lambda lang: {
                    "blocs": counted("blocs", len(blocs.blocs), lang),
                    "members": " / ".join(self.names(self._ranked(bloc), lang) for bloc in blocs.blocs),
                    "share": percent(blocs.share, lang), "stability": f"{blocs.stability:.2f}",
                },
                [quote for a, b, _ in blocs.against[:3] for quote in self._tie(a, b)[:2]],
                [iri for bloc in blocs.blocs for iri in bloc],
            )  # fmt: skip

    def _ranked(self, members: Sequence[str]) -> list[str]:
        standings = self.analysis.standings
        return sorted(
            members,
            key=lambda iri: (
                -sum(
                    (
                        standings[iri].given_positive,
                        standings[iri].given_negative,
                        standings[iri].received_positive,
                        standings[iri].received_negative,
                    )
                ),
                iri,
            ),
        )

    def _tie(self, one: str, other: str) -> list[Quote]:
        edges = self.analysis.network.edges
        return self.proofs(edges.get((one, other))) + self.proofs(edges.get((other, one)))

    def positions(self) -> Iterator[Finding]:
        standings = self.analysis.standings
        for key, measure, received in (
            ("esteemed", "prestige", "received_positive"),
            ("opposed", "hostility", "received_negative"),
        ):
            ranked = sorted(
                (iri for iri in standings if getattr(standings[iri], received) > 0 and self._type(iri) != "EVENT"),
                key=lambda iri: (-getattr(standings[iri], measure), iri),
            )[:3]
            if ranked:
                towards = [self.analysis.network.towards(iri)[0 if key == "esteemed" else -1] for iri in ranked]
                yield self.finding(
                    "positions", key,
                    lambda lang, ranked=ranked: {"names": self.names(ranked, lang)},  # type: ignore[misc]
                    [quote for edge in towards for quote in self.proofs(edge)[:2]], ranked,
                )  # fmt: skip
        yield from self._reciprocity()
        yield from self._between()

    def _reciprocity(self) -> Iterator[Finding]:
        found = self.analysis.reciprocity
        if found.pairs:
            yield self.finding(
                "positions", "reciprocity",
                lambda lang: {
                    "pairs": counted("pairs", found.pairs, lang), "share": percent(found.share, lang),
                    "friendly": found.alike["++"], "hostile": found.alike["--"], "opposed": found.alike["+-"],
                },
            )  # fmt: skip
        edges = self.analysis.network.edges
        opposed = [
            pair
            for pair in found.opposed
            if min(edges[pair].confidence, edges[pair[::-1]].confidence) >= LIKELY
        ]
        for one, other in opposed[:_EACH]:
            yield self.finding(
                "positions", "one_sided",
                lambda lang, one=one, other=other: {  # type: ignore[misc]
                    "a": self.name(one, lang), "b": self.name(other, lang),
                },
                [q for pair in ((one, other), (other, one))
                 for q in self.proofs(self.analysis.network.edges.get(pair))[:3]],
                (one, other),
            )  # fmt: skip

    def _between(self) -> Iterator[Finding]:
        between = self.analysis.balance.between
        for actor in sorted(between, key=lambda iri: (-len(between[iri]), iri))[:3]:
            pairs = between[actor][:3]
            yield self.finding(
                "positions", "mediator",
                lambda lang, actor=actor, pairs=pairs: {  # type: ignore[misc]
                    "a": self.name(actor, lang),
                    "pairs": (word("phrase", "semicolon", lang) + " ").join(
                        say("phrase", "foes", lang, a=self.name(a, lang), b=self.name(b, lang)) for a, b in pairs
                    ),
                },
                [q for a, b in pairs for tie in ((actor, a), (actor, b), (a, b)) for q in self._tie(*tie)[:1]],
                (actor,),
            )  # fmt: skip
        mediations = [
            (edge, deed)
            for edge in self.analysis.network.edges.values()
            for deed in edge.deeds
            if deed.predicate == "mediates" and not deed.through and deed.confidence >= LIKELY
        ]
        for edge, deed in sorted(mediations, key=lambda one: (-one[1].confidence, one[1].actor))[:_EACH]:
            yield self.finding(
                "positions", "mediates_deed",
                lambda lang, edge=edge: {  # type: ignore[misc]
                    "a": self.name(edge.actor, lang), "b": self.name(edge.target, lang),
                },
                deed.tellings, (edge.actor, edge.target),
            )  # fmt: skip
        for one, other in self.analysis.bridges[:3]:
            yield self.finding(
                "positions", "bridge",
                lambda lang, one=one, other=other: {  # type: ignore[misc]
                    "a": self.name(one, lang), "b": self.name(other, lang),
                },
                self._tie(one, other), (one, other),
            )  # fmt: skip

    def timeline(self) -> Iterator[Finding]:
        line = self.analysis.timeline
        series = line.series()
        if not series:
            return
        peak = max(range(len(series)), key=lambda i: (series[i], -i))
        kinds = sorted(line.days[peak].items(), key=lambda item: (-item[1], PLOVER_TYPES.index(item[0])))[:3]
        day = line.day(peak).isoformat()
        yield self.finding(
            "timeline", "busiest",
            lambda lang: {
                "day": day, "acts": counted("acts", series[peak], lang),
                "kinds": listed([f"{word('plover', kind, lang)} ({n})" for kind, n in kinds], lang),
            },
            [act.quote for act in self.facts.acts if act.when == day],
        )  # fmt: skip
        if not self.analysis.change_points:
            ends = line.day(0).isoformat(), line.day(len(series) - 1).isoformat()
            yield self.finding("timeline", "pace_none", lambda _: {"first": ends[0], "last": ends[1]})
        for point in self.analysis.change_points[:_SHOWN]:
            yield self.finding(
                "timeline", "pace",
                lambda lang, point=point: {  # type: ignore[misc]
                    "kind": word("quad", point.quad or "all", lang), "day": point.day.isoformat(),
                    "before": f"{point.before:.1f}", "after": f"{point.after:.1f}",
                    "drivers": self._drivers(point.drivers, lang),
                },
                [self.acts[iri].quote for iri in point.facts],
            )  # fmt: skip

    def _drivers(self, drivers: Sequence[tuple[tuple[str, str, str | None], int]], lang: Lang) -> str:
        acts = [
            f"{self.phrase((who,), what, (whom,) if whom else (), lang)} ({count})"
            for (who, what, whom), count in drivers
        ]
        return say("phrase", "after", lang, acts=listed(acts, lang)) if acts else ""

    def phrase(self, who: Sequence[str], what: str, whom: Sequence[str], lang: Lang) -> str:
        """An act in a few words: "condemnation by A towards B" in Arabic, "A condemns B" in English."""
        if what == "says":
            return say("phrase", "says", lang, who=self.names(who, lang))
        values = {"who": self.names(who, lang), "what": word("predicate", what, lang)}
        if not whom:
            return say("phrase", "act_alone", lang, **values)
        return say("phrase", "act", lang, whom=self.names(whom, lang), **values)

    def reactions(self) -> Iterator[Finding]:
        likely = [
            (event, [reaction for reaction in found if reaction.confidence >= LIKELY])
            for event, found in self.analysis.reactions.items()
        ]
        likely.sort(key=lambda one: -len(one[1]))
        for event, found in likely[:_EACH]:
            shown = found[:_SHOWN]
            if shown:
                yield self.finding(
                    "reactions", "reactions",
                    lambda lang, event=event, shown=shown: {  # type: ignore[misc]
                        "event": self.name(event, lang),
                        "order": listed([self._reaction(reaction, lang) for reaction in shown], lang),
                    },
                    [act.quote for reaction in shown for act in reaction.acts[:2]],
                    (event, *(reaction.actor for reaction in shown)),
                )  # fmt: skip

    def _reaction(self, reaction: Reaction, lang: Lang) -> str:
        comma = word("phrase", "comma", lang)
        what = word("predicate", reaction.act.predicate, lang)
        when = reaction.date or word("phrase", "day_unknown", lang)
        return f"{reaction.rank}. {self.name(reaction.actor, lang)} ({what}{comma} {when})"

    def claims(self) -> Iterator[Finding]:
        # A headline and its article may deny one thing twice: one finding.
        contests = list({(c.claim.iri, c.denier): c for c in self.analysis.contests}.values())
        for contest in contests[:_SHOWN]:
            yield self.finding(
                "claims", "contested",
                lambda lang, contest=contest: {  # type: ignore[misc]
                    "claimant": self.name(contest.claimant, lang), "claim": self._act(contest.claim, lang),
                    "denier": self.name(contest.denier, lang), "denied": _words(contest.denial.words, lang),
                },
                (contest.claim.quote, contest.denial.quote), (contest.claimant, contest.denier),
            )  # fmt: skip
        for claim in most_repeated(self.analysis.claims)[:_EACH]:
            yield self.finding(
                "claims", "repeated",
                lambda lang, claim=claim: {  # type: ignore[misc]
                    "claim": self._claim(claim, lang), "articles": counted("articles", claim.articles, lang),
                    "outlets": listed(claim.outlets[:_SHOWN], lang),
                },
                claim.quotes, claim.who,
            )  # fmt: skip
        yield from self._single()
        yield from self._sources()

    def _single(self) -> Iterator[Finding]:
        single = single_sourced(self.analysis.claims)
        whole = sum(claim.predicate != "says" for claim in self.analysis.claims)
        if single:
            first = single[0]
            yield self.finding(
                "claims", "single",
                lambda lang: {
                    "count": len(single), "whole": whole,
                    "claim": self._claim(first, lang), "source": self.name(first.told_by[0], lang),
                },
                first.quotes, first.who,
            )  # fmt: skip

    def _sources(self) -> Iterator[Finding]:
        contradicted = [record for record in self.analysis.sources if record.contradicted]
        for record in contradicted[:3]:
            quotes = [
                quote
                for contest in self.analysis.contests
                if contest.claimant == record.source
                for quote in (contest.claim.quote, contest.denial.quote)
            ]
            yield self.finding(
                "claims", "source",
                lambda lang, record=record: {  # type: ignore[misc]
                    "source": self.name(record.source, lang), "contradicted": record.contradicted,
                    "claims": record.claims, "by": self.names(list(record.by), lang),
                },
                quotes, (record.source,),
            )  # fmt: skip
        if not contradicted:
            yield self.finding("claims", "source_none", lambda _: {})

    def _act(self, act: ActFact, lang: Lang) -> str:
        words = "" if act.targets else _words(act.words, lang)
        return self.phrase(act.actors, act.predicate, act.targets, lang) + words

    def _claim(self, claim: Claim, lang: Lang) -> str:
        words = "" if claim.whom else _words(claim.words, lang)
        return self.phrase(claim.who, claim.predicate, claim.whom, lang) + words


def _words(words: str | None, lang: Lang) -> str:
    """Exact words in quotation marks, not too many of them."""
    if not words:
        return ""
    short = " ".join(words.split())
    return say("phrase", "quoted", lang, words=short if len(short) <= 120 else f"{short[:119]}…")
