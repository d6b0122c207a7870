"""Geometry of the pictures, for the report (SVG) and for papers (matplotlib) alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analyse.analysis import Analysis
from kg.analyse.days import QUADS
from kg.analyse.stance import Sign

BARS = 120
"""Bars of a timeline, at most: longer ones put several days into one."""
SHOWN = 28
"""Parties on the map of the blocs, at most: those with the weightiest ties of each bloc."""
TIES = 60
"""Ties on the map, at most."""
# Colour-blind safe: Okabe and Ito.
QUAD_COLOURS = dict(zip(QUADS, ("#56b4e9", "#0072b2", "#e69f00", "#d55e00"), strict=True))


@dataclass(frozen=True, slots=True)
class Bar:
    """Acts of a stretch of days: its first day, and how many of each quad class."""

    day: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Place:
    """A party on the map, which lies in [-1, 1] both ways, y upwards.

    Attributes:
        angle: Direction, in radians, in which there is room for its name.
        size: From 0 to 1, by the weight of its ties.
    """

    iri: str
    x: float
    y: float
    angle: float
    bloc: int
    size: float


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie on the map; ``width`` from 0 to 1."""

    one: Place
    other: Place
    sign: Sign
    width: float


@dataclass(frozen=True, slots=True)
class BlocMap:
    """Parties and ties of the map, and how many parties it leaves out."""

    places: tuple[Place, ...]
    ties: tuple[Tie, ...]
    left_out: int


def bars(analysis: Analysis) -> tuple[list[Bar], int]:
    """The bars of the timeline and how many days each holds."""
    line = analysis.timeline
    columns = [line.series(quad) for quad in QUADS]
    step = max(1, math.ceil(len(line.days) / BARS))
    return [
        Bar(line.day(i).isoformat(), tuple(sum(column[i : i + step]) for column in columns))
        for i in range(0, len(line.days), step)
    ], step


def bloc_map(analysis: Analysis) -> BlocMap:
    """Each bloc as a ring, the rings around the middle, of each the weightiest parties.

    Places follow from the blocs alone: pictures of one analysis are always the same.
    """
    blocs = analysis.blocs
    if blocs is None:
        return BlocMap((), (), 0)
    nodes, ties = analysis.signed.nodes, analysis.signed.ties
    weights = dict.fromkeys(blocs.bloc, 0.0)
    for (a, b), weight in ties.items():
        for end in (nodes[a], nodes[b]):
            if end in weights:
                weights[end] += abs(weight)
    share = SHOWN // len(blocs.blocs)
    rings = [sorted(members, key=lambda iri: (-weights[iri], iri))[:share] for members in blocs.blocs]
    places = {place.iri: place for place in _rings(rings, blocs.bloc, weights)}
    shown = [(nodes[a], nodes[b], weight) for (a, b), weight in ties.items()]
    shown = [tie for tie in shown if tie[0] in places and tie[1] in places]
    shown.sort(key=lambda tie: (-abs(tie[2]), tie[:2]))
    strongest = max((abs(tie[2]) for tie in shown), default=0.0) or 1.0
    return BlocMap(
        tuple(places.values()),
        tuple(
            Tie(places[a], places[b], 1 if weight > 0 else -1, abs(weight) / strongest)
            for a, b, weight in shown[:TIES]
        ),
        len(blocs.bloc) - len(places),
    )


def _rings(
    rings: Sequence[Sequence[str]], bloc: Mapping[str, int], weights: Mapping[str, float]
) -> Iterable[Place]:
    most = max((weights[iri] for ring in rings for iri in ring), default=0.0) or 1.0
    for number, ring in enumerate(rings):
        # Side by side if there are two, else around the middle.
        turn = math.pi + 2 * math.pi * number / len(rings)
        far = 0.0 if len(rings) == 1 else 0.64
        widest = 0.75 if len(rings) == 1 else 0.36 if len(rings) == 2 else 0.34
        radius = 0.0 if len(ring) == 1 else min(widest, 0.14 + 0.03 * len(ring))
        for i, iri in enumerate(ring):
            # Half a step aside in every other ring, so that names do not face each other.
            angle = turn + 2 * math.pi * (i + number % 2 / 2) / len(ring)
            yield Place(
                iri,
                far * math.cos(turn) + radius * math.cos(angle),
                far * math.sin(turn) + radius * math.sin(angle),
                angle,
                bloc[iri],
                weights[iri] / most,
            )
