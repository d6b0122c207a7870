"""What happened when: acts by type and day, days on which the pace changes, and who reacts to an event."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from kg.analyse.facts import ActFact, Facts
from kg.analyse.period import Period, days_of
from kg.analyse.stance import Level, Sign, intensities
from kg.model import PLOVER, PLOVER_TYPES
from kg.rdf.vocabulary import quad_class

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
LONGEST = 1096
"""Days that a timeline spans at most; the latest are kept, for a wrong date can lie centuries away."""
SHORTEST = 3
"""Days that a stretch of even pace has at least."""
_DAY = timedelta(days=1)
_PENALTY = 3.0
"""What one more change must gain, in logarithms of the number of days. Even pace: see docs/analysis.md."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Acts by PLOVER type and day.

    Attributes:
        first: The first day.
        days: For each day from the first, its acts by PLOVER type; types without any are left out.
        coarse: Acts whose date is a month or a year, by that date.
        undated: Acts without any date.
        earlier: Acts before the first day, which :data:`LONGEST` cut off.
    """

    first: date | None
    days: tuple[Mapping[str, int], ...]
    coarse: Mapping[str, int]
    undated: int
    earlier: int = 0

    def series(self, *types: str) -> list[int]:
        """Acts a day of some PLOVER types or quad classes; of all where none is named."""
        wanted = {kind for kind in PLOVER_TYPES if not types or kind in types or quad_class(kind) in types}
        return [sum(count for kind, count in day.items() if kind in wanted) for day in self.days]

    def day(self, place: int) -> date:
        """The day at a place of :attr:`days`."""
        if self.first is None:
            raise IndexError(place)
        return self.first + place * _DAY


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """The pace of acts changes on a day.

    Attributes:
        day: The first day of the new pace.
        quad: The quad class concerned; None = acts of all kinds.
        before: Acts a day since the change before; ``after`` until the next.
        drivers: The commonest acts of the days after, as actor, predicate and target, with their counts.
        facts: IRIs of some of these acts.
    """

    day: date
    quad: str | None
    before: float
    after: float
    drivers: tuple[tuple[tuple[str, str, str | None], int], ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reaction:
    """How an actor reacts to an event, and when first.

    Attributes:
        rank: From 1; actors of one day share theirs.
        actor: Who reacts; on the level of states the one for which the speaker speaks.
        date: Of the first act, as precise as known; None = unknown, and last in order.
        days: Days since the event; None where either date is not known to the day.
        sign: Friendly, hostile or neither, of the first act.
        confidence: That at least one of the acts of that sign was done, were they independent.
        acts: The first act and those after it.
    """

    rank: int
    actor: str
    date: str | None
    days: int | None
    sign: Sign
    confidence: float
    acts: tuple[ActFact, ...]

    @property
    def act(self) -> ActFact:
        """The first act."""
        return self.acts[0]

    @property
    def published(self) -> bool:
        """Whether the date is only that of the article."""
        return self.act.date is None and self.act.when is not None


def timeline(facts: Facts, period: Period | None = None) -> Timeline:
    """Acts by type and day, without what is denied or merely possible or planned.

    An act without a date of its own counts on the day its article was published.
    """
    dated: Counter[tuple[date, str]] = Counter()
    coarse: Counter[str] = Counter()
    undated = 0
    for act in _done(facts):
        days = days_of(act.when) if act.when else None
        if period and not period.holds(act.when):
            continue
        if days is None:
            undated += 1
        elif days[0] == days[1]:
            dated[days[0], PLOVER[act.predicate]] += 1
        else:
            coarse[str(act.when)] += 1
    if not dated:
        return Timeline(None, (), dict(sorted(coarse.items())), undated)
    last = max(day for day, _ in dated)
    first = max(min(day for day, _ in dated), last - (LONGEST - 1) * _DAY)
    by_day: list[dict[str, int]] = [{} for _ in range((last - first).days + 1)]
    earlier = 0
    for (day, kind), count in sorted(dated.items()):
        if day >= first:
            by_day[(day - first).days][kind] = count
        else:
            earlier += count
    return Timeline(first, tuple(by_day), dict(sorted(coarse.items())), undated, earlier)


def change_points(line: Timeline, facts: Facts) -> list[ChangePoint]:
    """The days on which the pace of all acts, or of those of a quad class, changes, oldest first."""
    found = [
        point for quad in (None, *QUADS) for point in _points(line, quad, line.series(*filter(None, (quad,))))
    ]
    if not found:
        return []
    acts: defaultdict[date, list[ActFact]] = defaultdict(list)
    for act in _done(facts):
        days = days_of(act.when) if act.when else None
        if days and days[0] == days[1]:
            acts[days[0]].append(act)
    found.sort(key=lambda point: (point.day, QUADS.index(point.quad) + 1 if point.quad else 0))
    return [_driven(point, acts) for point in found]


def pace_changes(series: Sequence[int]) -> list[int]:
    """Places at which the mean of a series of counts changes (its division of least cost).

    The cost of a stretch is its Poisson deviance, divided by the dispersion that neighbouring days
    show, so that busy but even news is no change; each change costs :data:`_PENALTY` times the logarithm of
    the length. Found by dynamic programming with pruning (PELT).
    """
    length = len(series)
    if length < 2 * SHORTEST:
        return []
    sums = np.concatenate(([0.0], np.cumsum(series, dtype=np.float64)))
    spread, penalty = _dispersion(series), _PENALTY * math.log(length)
    best = np.full(length + 1, np.inf)
    best[0] = -penalty
    last = [0] * (length + 1)
    begins = np.zeros(1, dtype=np.int64)
    for end in range(SHORTEST, length + 1):
        totals = sums[end] - sums[begins]
        rates = np.maximum(totals, 1) / (end - begins)
        costs = best[begins] - 2 * totals * np.log(rates) / spread
        least = int(costs.argmin())
        best[end], last[end] = costs[least] + penalty, int(begins[least])
        begins = begins[costs <= best[end]]
        if end + 1 >= 2 * SHORTEST:
            begins = np.append(begins, end + 1 - SHORTEST)
    places: list[int] = []
    end = length
    while last[end]:
        end = last[end]
        places.append(end)
    return places[::-1]


def reactions(facts: Facts, event: str, level: Level = "state") -> list[Reaction]:
    """Who reacts to an event, in what order.

    Args:
        facts: The facts of a graph.
        event: IRI of the event (or of anything else that acts are aimed at).
        level: "state": states stand for those who speak for them; "actor": as told.

    Returns:
        By date; actors of one day in the order of the articles. Who brought the event about does not react to
        it, and neither does who takes part (meets, negotiates); acts that are planned, denied or merely
        possible are no reaction.
    """
    return _reactions(facts, event, [act for act in _done(facts) if event in act.targets], level)


def all_reactions(facts: Facts, level: Level = "state") -> dict[str, tuple[Reaction, ...]]:
    """Reactions to each event that somebody reacts to; the events with most of them first."""
    towards: defaultdict[str, list[ActFact]] = defaultdict(list)
    for act in _done(facts):
        for target in act.targets:
            if target in facts.things and facts.things[target].type == "EVENT":
                towards[target].append(act)
    found = {event: tuple(_reactions(facts, event, towards[event], level)) for event in sorted(towards)}
    return dict(sorted(((e, r) for e, r in found.items() if r), key=lambda item: -len(item[1])))


def _reactions(facts: Facts, event: str, acts: Iterable[ActFact], level: Level) -> list[Reaction]:
    told = [fact for fact in facts.events if fact.event == event]
    doers = {agent for fact in told for agent in fact.agents}
    began = min((days[0] for fact in told if (days := _day(fact.date))), default=None)
    firsts: dict[str, list[ActFact]] = {}
    for act in sorted(acts, key=lambda act: (_earliest(act.when), act.quote.order, act.iri)):
        for actor in act.actors if PLOVER[act.predicate] != "CONSULT" else ():
            if actor in facts.things and doers.isdisjoint((actor, facts.stands_for(actor))):
                who = facts.stands_for(actor) if level == "state" else actor
                firsts.setdefault(who, []).append(act)
    found: list[Reaction] = []
    for place, (actor, done) in enumerate(firsts.items()):
        when, days, sign = done[0].when, _day(done[0].when), _sign(done[0])
        same = found and found[-1].date == when
        found.append(
            Reaction(
                rank=found[-1].rank if same else place + 1,
                actor=actor,
                date=when,
                days=(days[0] - began).days if days and began else None,
                sign=sign,
                confidence=1 - math.prod(1 - act.confidence for act in done if _sign(act) == sign),
                acts=tuple(dict.fromkeys(done)),
            )
        )
    return found


def _done(facts: Facts) -> Iterable[ActFact]:
    return (
        act
        for act in facts.acts
        if not act.negated and act.modality == "asserted" and act.predicate in PLOVER
    )


def _sign(act: ActFact) -> Sign:
    intensity = intensities()[act.predicate]
    return 1 if intensity > 0 else -1 if intensity < 0 else 0


def _day(iso: str | None) -> tuple[date, date] | None:
    """The day that a date means, where it means one only."""
    days = days_of(iso) if iso else None
    return days if days and days[0] == days[1] else None


def _earliest(iso: str | None) -> tuple[bool, date, date]:
    """Sort key: by the last day that a date can mean, coarse dates after the days in them."""
    days = days_of(iso) if iso else None
    return days is None, days[1] if days else date.max, days[0] if days else date.max


def _points(line: Timeline, quad: str | None, series: Sequence[int]) -> Iterable[ChangePoint]:
    places = [0, *pace_changes(series), len(series)]
    for before, place, after in zip(places, places[1:], places[2:], strict=False):
        yield ChangePoint(
            day=line.day(place),
            quad=quad,
            before=sum(series[before:place]) / (place - before),
            after=sum(series[place:after]) / (after - place),
        )


def _driven(point: ChangePoint, acts: Mapping[date, Sequence[ActFact]]) -> ChangePoint:
    """The point with what was commonest in the week from its day on."""
    counts: Counter[tuple[str, str, str | None]] = Counter()
    facts: defaultdict[tuple[str, str, str | None], list[str]] = defaultdict(list)
    for offset in range(7):
        for act in acts.get(point.day + offset * _DAY, ()):
            if point.quad is None or quad_class(PLOVER[act.predicate]) == point.quad:
                for actor in act.actors:
                    for target in act.targets or (None,):
                        counts[actor, act.predicate, target] += 1
                        facts[actor, act.predicate, target].append(act.iri)
    commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0][0], item[0][1], item[0][2] or ""))[
        :3
    ]
    shown = tuple(dict.fromkeys(iri for deed, _ in commonest for iri in facts[deed][:2]))
    return ChangePoint(point.day, point.quad, point.before, point.after, tuple(commonest), shown)


def _dispersion(series: Sequence[int]) -> float:
    """How much more neighbouring days differ than chance alone would have it; at least 1."""
    pairs = list(pairwise(series))
    whole = sum(a + b for a, b in pairs)
    return max(1.0, sum((a - b) ** 2 for a, b in pairs) / whole) if whole else 1.0
