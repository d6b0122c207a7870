"""Who stands how towards whom: the signed, weighted, directed network of stances.

A *deed* is what one actor did towards one other on one date, however many articles tell it. Its weight
is the intensity of its predicate (``kg/data/stance_weights.csv``, -10 to 10) divided by ten, times the
confidence, halved where it is only planned and halved where it rests on the word of somebody who
is no party to it. What is denied, and what is merely possible, is no deed. Besides acts these count:
an event of which doer and sufferer are known (a strike of A on B), and a treaty, which each party concludes
with each other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations, product
from typing import Literal

import networkx as nx

from kg.analyse.facts import ACTORS, Facts, Quote
from kg.analyse.period import Period
from kg.data.tables import read_table
from kg.errors import TableError
from kg.model import PLOVER, SYMMETRIC

Level = Literal["state", "actor"]
Sign = Literal[-1, 0, 1]

PLANNED = 0.5
"""Factor of the weight of what is only planned or promised."""
HEARSAY = 0.5
"""Factor of the weight of what rests on the word of somebody who is no party to it."""
THROUGH = 0.5
"""Factor of the weight of a stance on an event, as a stance towards those who brought it about."""
CLEAR = 1 / 3
"""Share by which one sign must prevail, of all weight between two actors, to be the sign of an edge."""


@cache
def intensities() -> Mapping[str, float]:
    """How friendly (to 1) or hostile (to -1) each predicate is.

    Raises:
        TableError: The table lacks a predicate or has no number for it.
    """
    try:
        table = {row["predicate"]: float(row["weight"]) / 10 for row in read_table("stance_weights")}
        return {predicate: table[predicate] for predicate in PLOVER}
    except (KeyError, ValueError) as error:
        raise TableError(
            f"table kg/data/stance_weights.csv: {error}", "give each predicate a number"
        ) from error


@cache
def _by_type() -> Mapping[str, float]:
    """The strongest intensity of each PLOVER type, for events."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for predicate, plover in PLOVER.items():
        found[plover].append(intensities()[predicate])
    return {plover: max(values, key=abs) for plover, values in found.items()}


@dataclass(frozen=True, slots=True)
class Deed:
    """What one actor did towards one other, with every telling of it.

    Attributes:
        predicate: One of the 26, "event" or "treaty".
        weight: From -1 (hostile) to 1 (friendly).
        date: The most precise one that is told, or None.
        confidence: The highest of the tellings.
        reported: Whether every telling rests on somebody's word.
        tellings: The proofs, oldest first.
        facts: IRIs of the facts.
        through: The event through which it is meant, or None.
    """

    actor: str
    target: str
    predicate: str
    weight: float
    date: str | None
    confidence: float
    reported: bool
    tellings: tuple[Quote, ...]
    facts: tuple[str, ...]
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """All that one actor did towards one other.

    Attributes:
        positive: Weight of the friendly deeds; ``negative`` of the hostile ones (both at least 0).
        confidence: That at least one of the deeds of the prevailing sign was done, were they independent.
    """

    actor: str
    target: str
    positive: float
    negative: float
    confidence: float
    deeds: tuple[Deed, ...]

    @property
    def weight(self) -> float:
        """Friendly less hostile weight."""
        return self.positive - self.negative

    @property
    def strength(self) -> float:
        """Friendly and hostile weight together."""
        return self.positive + self.negative

    @property
    def sign(self) -> Sign:
        """1 friendly, -1 hostile, 0 where neither prevails."""
        return sign_of(self.positive, self.negative)

    @property
    def predicates(self) -> dict[str, int]:
        """How many deeds of each predicate: those that bear out the sign first, of these the commonest."""
        counts: defaultdict[str, int] = defaultdict(int)
        weights: defaultdict[str, float] = defaultdict(float)
        for deed in self.deeds:
            counts[deed.predicate] += 1
            weights[deed.predicate] += deed.weight
        rank = {name: (weights[name] * self.sign < 0, -counts[name], name) for name in counts}
        return {name: counts[name] for name in sorted(rank, key=rank.__getitem__)}


def sign_of(positive: float, negative: float) -> Sign:
    """The sign that prevails clearly (see :data:`CLEAR`), or 0."""
    total = positive + negative
    if not total:
        return 0
    score = (positive - negative) / total
    return 1 if score >= CLEAR else -1 if score <= -CLEAR else 0


@dataclass(frozen=True, slots=True)
class StanceNetwork:
    """Stances of a period.

    Attributes:
        edges: By actor and target, sorted.
        period: None = all time.
        level: Whether states stand for those who speak for them.
    """

    edges: Mapping[tuple[str, str], Edge]
    period: Period | None = None
    level: Level = "state"
    _into: dict[str, list[Edge]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for edge in self.edges.values():
            self._into.setdefault(edge.target, []).append(edge)

    @property
    def nodes(self) -> list[str]:
        """IRIs of all actors and targets, sorted."""
        return sorted({iri for pair in self.edges for iri in pair})

    def towards(self, target: str) -> list[Edge]:
        """Stances towards one actor or event, the friendliest first."""
        return sorted(self._into.get(target, ()), key=lambda edge: (-edge.weight, edge.actor))

    def supporters(self, target: str, most: int = 10) -> list[Edge]:
        """Who stands by an actor or event, the strongest first."""
        return [edge for edge in self.towards(target) if edge.sign > 0][:most]

    def critics(self, target: str, most: int = 10) -> list[Edge]:
        """Who stands against an actor or event, the strongest first."""
        return [edge for edge in reversed(self.towards(target)) if edge.sign < 0][:most]


def deeds(
    facts: Facts,
    *,
    period: Period | None = None,
    level: Level = "state",
    through_events: bool = True,
    min_confidence: float = 0.0,
) -> list[Deed]:
    """Everything that one did towards another, sorted by actor, target, predicate and date.

    Args:
        facts: From :func:`kg.analyse.read_facts`.
        period: Only what lies in it for certain; an act without a date counts on the day its article
            appeared.
        level: "state": states stand for the persons and bodies who speak for them; "actor": as told.
        through_events: Also count a stance on an event as one, half as strong, towards its doers.
        min_confidence: Leave out facts below it.
    """
    tellings: defaultdict[tuple[str, str, str, str | None], list[_Telling]] = defaultdict(list)
    for telling in _tellings(facts, level, through_events):
        if telling.confidence < min_confidence or (period and not period.holds(telling.when)):
            continue
        key = (telling.actor, telling.target, telling.predicate, telling.through)
        tellings[key].append(telling)
    ordered = sorted(tellings.items(), key=lambda item: (*item[0][:3], item[0][3] or ""))
    return [deed for key, told in ordered for deed in _merged(key, told)]


def stance_network(
    facts: Facts,
    *,
    period: Period | None = None,
    level: Level = "state",
    through_events: bool = True,
    min_confidence: float = 0.0,
) -> StanceNetwork:
    """The stances of a period; the arguments are those of :func:`deeds`."""
    done = deeds(
        facts, period=period, level=level, through_events=through_events, min_confidence=min_confidence
    )
    return StanceNetwork(edges_of(done), period, level)


def edges_of(done: Iterable[Deed]) -> dict[tuple[str, str], Edge]:
    """Deeds put together by actor and target, sorted."""
    pairs: defaultdict[tuple[str, str], list[Deed]] = defaultdict(list)
    for deed in done:
        pairs[deed.actor, deed.target].append(deed)
    return {pair: _edge(*pair, tuple(pairs[pair])) for pair in sorted(pairs)}


def as_graph(network: StanceNetwork, facts: Facts) -> nx.DiGraph[str]:
    """The network for networkx.

    Returns:
        Nodes carry ``label``, ``label_en`` and ``type``; edges ``weight``, ``sign``, ``positive``,
        ``negative``, ``strength``, ``deeds``, ``tellings``, ``confidence``, ``predicates``, ``first`` and
        ``last`` (dates), ``publishers``, ``articles`` and ``evidence`` (distinct sentences).
    """
    graph: nx.DiGraph[str] = nx.DiGraph(period=network.period.name if network.period else None)
    for iri in network.nodes:
        thing = facts.things.get(iri)
        graph.add_node(
            iri,
            label=facts.name(iri, "ar"),
            label_en=facts.name(iri, "en"),
            type=thing.type if thing else None,
        )
    for (actor, target), edge in network.edges.items():
        told = [quote for deed in edge.deeds for quote in deed.tellings]
        dates = sorted(deed.date for deed in edge.deeds if deed.date)
        graph.add_edge(
            actor,
            target,
            weight=round(edge.weight, 4),
            sign=edge.sign,
            positive=round(edge.positive, 4),
            negative=round(edge.negative, 4),
            strength=round(edge.strength, 4),
            deeds=len(edge.deeds),
            tellings=len(told),
            confidence=round(edge.confidence, 4),
            predicates=" | ".join(f"{name} {count}" for name, count in edge.predicates.items()),
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            publishers=" | ".join(sorted({quote.outlet for quote in told})),
            articles=" | ".join(sorted({quote.article for quote in told})),
            evidence="\n".join(dict.fromkeys(quote.sentence for quote in told)),
        )
    return graph


@dataclass(frozen=True, slots=True)
class _Telling:
    actor: str
    target: str
    predicate: str
    weight: float
    when: str | None
    confidence: float
    reported: bool
    quote: Quote
    fact: str
    through: str | None = None


def _tellings(facts: Facts, level: Level, through_events: bool) -> Iterator[_Telling]:
    stand = facts.stands_for if level == "state" else _itself
    doers: defaultdict[str, set[str]] = defaultdict(set)
    for event in facts.events:
        doers[event.event].update(stand(agent) for agent in event.agents)
        intensity = _by_type().get(event.kind or "", 0.0)
        when = event.date or event.quote.published
        for agent, patient in sorted(product(event.agents, event.patients)) if intensity else ():
            yield from _told(
                facts, stand(agent), stand(patient), "event", intensity * event.confidence, when,
                event.confidence, False, event.quote, event.iri,
            )  # fmt: skip
    for treaty in facts.treaties:
        weight = intensities()["agrees"] * treaty.confidence
        for one, other in permutations(sorted({stand(party) for party in treaty.parties}), 2):
            yield from _told(
                facts, one, other, "treaty", weight, treaty.date or treaty.quote.published,
                treaty.confidence, False, treaty.quote, treaty.iri,
            )  # fmt: skip
    for act in facts.acts:
        intensity = intensities().get(act.predicate, 0.0)
        if act.negated or act.modality == "hypothetical" or not intensity:
            continue
        actors = {stand(actor) for actor in act.actors}
        if level == "state" and len(act.actors) == 1 and act.behalf:
            actors = set(act.behalf)
        targets = {stand(target) for target in act.targets}
        pairs = set(product(actors, targets))
        if act.predicate in SYMMETRIC:
            # "A and B met", "A met B": each of them did it towards the other.
            pairs |= {(b, a) for a, b in pairs} | (set(permutations(actors, 2)) if not targets else set())
        source = stand(act.source) if act.source else None
        weight = intensity * act.confidence * (PLANNED if act.modality == "future" else 1)
        for actor, target in sorted(pairs):
            hearsay = source is not None and source not in (actor, target)
            own = weight * (HEARSAY if hearsay else 1)
            more = act.when, act.confidence, act.source is not None, act.quote, act.iri
            yield from _told(facts, actor, target, act.predicate, own, *more)
            # Talks about an event say nothing of those who brought it about.
            aimed = through_events and PLOVER[act.predicate] != "CONSULT"
            for doer in sorted(doers.get(target, ())) if aimed else ():
                yield from _told(facts, actor, doer, act.predicate, own * THROUGH, *more, target)


def _itself(iri: str) -> str:
    return iri


def _told(
    facts: Facts,
    actor: str,
    target: str,
    predicate: str,
    weight: float,
    when: str | None,
    confidence: float,
    reported: bool,
    quote: Quote,
    fact: str,
    through: str | None = None,
) -> Iterator[_Telling]:
    """A telling, if the one can take a stance and the other can be the object of one."""
    who, whom = facts.things.get(actor), facts.things.get(target)
    if who is None or whom is None or actor == target or who.type not in ACTORS or whom.type == "PLACE":
        return
    yield _Telling(actor, target, predicate, weight, when, confidence, reported, quote, fact, through)


def _merged(key: tuple[str, str, str, str | None], told: list[_Telling]) -> Iterator[Deed]:
    """Deeds of a kind, one a date; a coarse date ("2025-06") joins the first finer one that it can mean."""
    dates = sorted({telling.when or "" for telling in told}, key=lambda iso: (-len(iso), iso))
    home: dict[str, str] = {}
    for iso in dates:
        home[iso] = next((fine for fine in home.values() if fine.startswith(iso)), iso)
    groups: defaultdict[str, list[_Telling]] = defaultdict(list)
    for telling in told:
        groups[home[telling.when or ""]].append(telling)
    actor, target, predicate, through = key
    for iso in sorted(groups):
        group = sorted(groups[iso], key=lambda telling: (telling.quote.order, telling.fact))
        yield Deed(
            actor=actor,
            target=target,
            predicate=predicate,
            weight=max((telling.weight for telling in group), key=abs),
            date=iso or None,
            confidence=max(telling.confidence for telling in group),
            reported=all(telling.reported for telling in group),
            tellings=tuple(dict.fromkeys(telling.quote for telling in group)),
            facts=tuple(dict.fromkeys(telling.fact for telling in group)),
            through=through,
        )


def _edge(actor: str, target: str, done: tuple[Deed, ...]) -> Edge:
    positive = math.fsum(deed.weight for deed in done if deed.weight > 0)
    negative = math.fsum(-deed.weight for deed in done if deed.weight < 0)
    side = 1 if positive >= negative else -1
    doubt = math.prod(1 - deed.confidence for deed in done if deed.weight * side > 0)
    return Edge(actor, target, positive, negative, 1 - doubt, done)
