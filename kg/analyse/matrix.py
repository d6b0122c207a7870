"""Stances as a table, and how they change from one period to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.analyse.stance import Edge, StanceNetwork

Turn = Literal["turned", "appeared", "vanished", "warmer", "cooler"]
TURNS: tuple[Turn, ...] = ("turned", "cooler", "warmer", "appeared", "vanished")
"""Turns, the most telling first."""

NOTABLE = 0.1
"""Change of weight below which a stance counts as the same."""


@dataclass(frozen=True, slots=True)
class StanceMatrix:
    """Stances of some actors towards some actors and events.

    Attributes:
        rows: IRIs of who takes a stance; ``columns`` of those towards whom.
        cells: An edge or None for each row and column.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Edge | None, ...], ...]

    def weights(self) -> list[list[float | None]]:
        """Weights by row and column; None where there is no stance."""
        return [[cell.weight if cell else None for cell in row] for row in self.cells]


def stance_matrix(
    network: StanceNetwork, most: int = 20, order: Mapping[str, int | None] | None = None
) -> StanceMatrix:
    """The stances of those who take, and are the object of, the strongest.

    Args:
        network: The stances.
        most: Rows and columns, at most; each.
        order: Group of each actor (a bloc): members of one stand together; None = by strength alone.
    """
    given: defaultdict[str, float] = defaultdict(float)
    taken: defaultdict[str, float] = defaultdict(float)
    for edge in network.edges.values():
        given[edge.actor] += edge.strength
        taken[edge.target] += edge.strength

    def strongest(of: Mapping[str, float]) -> tuple[str, ...]:
        kept = sorted(of, key=lambda iri: (-of[iri], iri))[:most]
        if order:
            last = len(order)
            groups = {iri: last if (group := order.get(iri)) is None else group for iri in kept}
            kept.sort(key=groups.__getitem__)
        return tuple(kept)

    rows, columns = strongest(given), strongest(taken)
    cells = tuple(tuple(network.edges.get((row, column)) for column in columns) for row in rows)
    return StanceMatrix(rows, columns, cells)


@dataclass(frozen=True, slots=True)
class Change:
    """How one actor's stance towards another differs between two periods."""

    actor: str
    target: str
    before: Edge | None
    after: Edge | None
    turn: Turn

    @property
    def difference(self) -> float:
        """Weight after less weight before."""
        return (self.after.weight if self.after else 0.0) - (self.before.weight if self.before else 0.0)


def changes(before: StanceNetwork, after: StanceNetwork, notable: float = NOTABLE) -> list[Change]:
    """What differs between two periods, the greatest difference first.

    Args:
        before: Stances of the earlier period; ``after`` of the later one.
        notable: Smallest difference of weight that counts.
    """
    found: list[Change] = []
    for pair in before.edges.keys() | after.edges.keys():
        old, new = before.edges.get(pair), after.edges.get(pair)
        change = Change(*pair, old, new, _turn(old, new))
        if abs(change.difference) >= notable:
            found.append(change)
    return sorted(found, key=lambda change: (-abs(change.difference), change.actor, change.target))


def _turn(old: Edge | None, new: Edge | None) -> Turn:
    if old is None or new is None:
        return "appeared" if old is None else "vanished"
    if old.sign * new.sign < 0:
        return "turned"
    return "warmer" if new.weight > old.weight else "cooler"


def over_time(networks: Sequence[StanceNetwork], actor: str, target: str) -> list[tuple[str, float | None]]:
    """Weight of one stance in each period, by the period's name; None where there is none."""
    found = [(network, network.edges.get((actor, target))) for network in networks]
    return [(one.period.name if one.period else "", edge.weight if edge else None) for one, edge in found]
