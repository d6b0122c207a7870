"""The whole analysis of a graph in one object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.analyse.blocs import Partition, best_partition, partitions
from kg.analyse.claim import Claim, SourceRecord, claims, sources
from kg.analyse.days import ChangePoint, Reaction, Timeline, all_reactions, change_points, timeline
from kg.analyse.facts import Facts
from kg.analyse.matrix import Change, StanceMatrix, changes, stance_matrix
from kg.analyse.period import ENOUGH, Period, Unit, periods
from kg.analyse.read import Source, read_facts
from kg.analyse.signed import SignedGraph, largest_part, parties_only
from kg.analyse.stance import Deed, Level, StanceNetwork, deeds, edges_of
from kg.analyse.standing import Reciprocity, Standing, bridges, reciprocity, standings
from kg.analyse.triads import Balance, balance
from kg.rdf.vocabulary import DEFAULT_BASE


@dataclass(frozen=True, slots=True)
class Options:
    """What is analysed and how.

    Attributes:
        period: Only this stretch of time; None = all.
        unit: Periods that are compared; None = the finest that gives at most a dozen worth comparing.
        level: "state": states stand for those who speak for them; "actor": as told.
        through_events: A stance on an event counts, half as strong, towards its doers.
        min_confidence: Facts below it are left out.
    """

    period: Period | None = None
    unit: Unit | None = None
    level: Level = "state"
    through_events: bool = True
    min_confidence: float = 0.0


@dataclass(frozen=True)
class Analysis:
    """All findings in numbers; :func:`kg.analyse.findings` puts them into sentences.

    Attributes:
        network: Stances of the whole time.
        networks: Stances of each period, oldest first.
        compared: The last two periods that hold enough deeds to say something, or nothing.
        changes: What differs between these, the greatest difference first.
        signed: The undirected ties between named actors that balance and blocs rest on.
        partitions: The best division of the largest part that hangs together, into at most 2, 3 and 4 blocs.
        blocs: The one of these that is worth having, or None.
        standings: Measures of each actor and event.
        bridges: Friendly ties that alone hold two parts together.
        reactions: Who reacts to each event, in order; the events with most reactions first.
    """

    facts: Facts
    options: Options
    network: StanceNetwork
    networks: tuple[StanceNetwork, ...]
    compared: tuple[StanceNetwork, ...]
    changes: tuple[Change, ...]
    matrix: StanceMatrix
    signed: SignedGraph
    balance: Balance
    partitions: Mapping[int, Partition]
    blocs: Partition | None
    standings: Mapping[str, Standing]
    bridges: tuple[tuple[str, str], ...]
    reciprocity: Reciprocity
    timeline: Timeline
    change_points: tuple[ChangePoint, ...]
    reactions: Mapping[str, tuple[Reaction, ...]]
    claims: tuple[Claim, ...]
    sources: tuple[SourceRecord, ...] = field(default=())


def analyse(source: Source, options: Options | None = None, base: str = DEFAULT_BASE) -> Analysis:
    """Analyse a graph.

    Args:
        source: What :func:`kg.analyse.read_facts` reads: an output folder, a store, a ``Dataset``,
            extractions.
        options: None = the whole time, between states.
        base: Base IRI that the build used.

    Raises:
        StoreError: There is no graph, or it cannot be read.
    """
    options = options or Options()
    facts = read_facts(source, base)
    done = _deeds(facts, options, options.period)
    network = StanceNetwork(edges_of(done), options.period, options.level)
    networks = tuple(_by_period(done, options))
    full = [one for one in networks if sum(len(edge.deeds) for edge in one.edges.values()) >= ENOUGH]
    compared = tuple(full[-2:]) if len(full) > 1 else ()
    signed = parties_only(network, facts)
    census = balance(signed)
    divided = partitions(largest_part(signed))
    blocs = best_partition(divided)
    line = timeline(facts, options.period)
    return Analysis(
        facts=facts,
        options=options,
        network=network,
        networks=networks,
        compared=compared,
        changes=tuple(changes(compared[0], compared[1])) if compared else (),
        matrix=stance_matrix(network, order=blocs.bloc if blocs else None),
        signed=signed,
        balance=census,
        partitions=divided,
        blocs=blocs,
        standings=standings(
            network,
            blocs.bloc if blocs else None,
            {actor: len(pairs) for actor, pairs in census.between.items()},
        ),
        bridges=tuple(bridges(network)),
        reciprocity=reciprocity(network),
        timeline=line,
        change_points=tuple(change_points(line, facts)),
        reactions=all_reactions(facts, options.level),
        claims=tuple(claims(facts)),
        sources=tuple(sources(facts)),
    )


def _deeds(facts: Facts, options: Options, period: Period | None) -> list[Deed]:
    return deeds(
        facts,
        period=period,
        level=options.level,
        through_events=options.through_events,
        min_confidence=options.min_confidence,
    )


def _by_period(done: list[Deed], options: Options) -> list[StanceNetwork]:
    """The stances of each period, each deed in the one that holds its date for certain."""
    found = periods((deed.date for deed in done), options.unit)
    return [
        StanceNetwork(edges_of(deed for deed in done if period.holds(deed.date)), period, options.level)
        for period in found
    ]
