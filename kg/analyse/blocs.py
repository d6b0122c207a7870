"""Blocs: the division of actors into camps that leaves the least friction.

Friction (frustration) is the weight of the friendly ties between blocs and of the hostile ones within.
Modularity is of no use here (it takes a hostile tie for a weak friendly one), so the friction itself is
brought down: from several starts, spectral and random, single actors move to the bloc that suits them best;
the best division is shaken and settled again as long as that helps. The same network gives
the same blocs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.analyse.signed import Floats, Ints, SignedGraph

SIZES = (2, 3, 4)
"""Numbers of blocs that are tried."""
WORTH = 0.02
"""Share of the whole weight by which one more bloc must bring the friction down to be worth having."""

_STARTS = 12
_SHAKES = 30
_SHAKEN = 0.15
_TIES = 20_000
"""Ties above which fewer starts are made."""
_SEED = 20_250_623
_POWER = 60
_GAIN = 1e-9


@dataclass(frozen=True, slots=True)
class Partition:
    """A division into blocs.

    Attributes:
        bloc: Number of each node's bloc, from 0, the largest first.
        friction: Weight of the ties against it.
        share: The same as a share of the weight of all ties, 0 to 1.
        stability: Mean agreement (adjusted Rand index) with the divisions from the other starts.
        against: The ties against it, the strongest first, as pairs of nodes with their weights.
    """

    bloc: Mapping[str, int]
    friction: float
    share: float
    stability: float
    against: tuple[tuple[str, str, float], ...]

    @property
    def blocs(self) -> list[list[str]]:
        """Members of each bloc, sorted."""
        members: list[list[str]] = [[] for _ in range(max(self.bloc.values(), default=-1) + 1)]
        for node, number in sorted(self.bloc.items()):
            members[number].append(node)
        return members


def best_partition(found: Mapping[int, Partition]) -> Partition | None:
    """The smallest number of blocs that no larger one betters by :data:`WORTH`; None of no partitions."""
    if not found:
        return None
    least = min(partition.share for partition in found.values())
    return next(found[size] for size in sorted(found) if found[size].share <= least + WORTH)


def partitions(graph: SignedGraph, sizes: Iterable[int] = SIZES) -> dict[int, Partition]:
    """The best division found into at most 2, 3 and 4 blocs; none of a network without ties.

    That into fewer blocs is a start of the next, so that more blocs never have more friction.
    """
    found: dict[int, Partition] = {}
    last: Partition | None = None
    for size in sorted(sizes) if graph.ties else ():
        found[size] = last = partition(graph, size, last)
    return found


def partition(graph: SignedGraph, size: int, known: Partition | None = None) -> Partition:
    """The best division found into at most ``size`` blocs, no worse than a known one into no more."""
    chance = np.random.default_rng(_SEED + size)
    few = len(graph.ties) > _TIES
    starts = _starts(graph, size, 4 if few else _STARTS, chance)
    if known:
        starts.append(np.array([known.bloc[node] for node in graph.nodes], dtype=np.int64))
    runs = [_settled(graph, start, size) for start in starts]
    ranked = sorted(range(len(runs)), key=lambda i: (-_kept(graph, runs[i]), i))
    best = runs[ranked[0]]
    for _ in range(3 if few else _SHAKES):
        shaken = best.copy()
        which = chance.random(len(best)) < _SHAKEN
        shaken[which] = chance.integers(0, size, int(which.sum()))
        again = _settled(graph, shaken, size)
        if _kept(graph, again) > _kept(graph, best) + _GAIN:
            best = again
    others = [agreement(best.tolist(), runs[i].tolist()) for i in ranked[1 : len(ranked) // 2 + 1]]
    return _described(graph, best, sum(others) / len(others) if others else 1.0)


def agreement(one: Sequence[int], other: Sequence[int]) -> float:
    """Adjusted Rand index of two divisions of the same things: 1 the same, about 0 unrelated.

    >>> agreement([0, 0, 1, 1], [1, 1, 0, 0])
    1.0
    """

    def pairs(counts: Iterable[int]) -> float:
        return sum(n * (n - 1) / 2 for n in counts)

    both = pairs(Counter(zip(one, other, strict=True)).values())
    rows, columns = pairs(Counter(one).values()), pairs(Counter(other).values())
    expected = rows * columns / whole if (whole := pairs([len(one)])) else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _starts(graph: SignedGraph, size: int, count: int, chance: np.random.Generator) -> list[Ints]:
    """Half of them from the leading eigenvectors, rounded in several ways, half random."""
    vectors = _leading(graph, size, chance)
    spectral = [_rounded(vectors, size, chance) for _ in range((count + 1) // 2)]
    return [*spectral, *(chance.integers(0, size, len(graph.nodes)) for _ in range(count // 2))]


def _leading(graph: SignedGraph, size: int, chance: np.random.Generator) -> Floats:
    """Eigenvectors of the degree-normalised signed adjacency with the largest eigenvalues."""
    first, second, weights = graph.first, graph.second, graph.strengths
    count = len(graph.nodes)
    width = min(size, count)
    degree = np.bincount(first, np.abs(weights), count) + np.bincount(second, np.abs(weights), count)
    scaled = weights / np.sqrt(degree[first] * degree[second])
    vectors: Floats = chance.standard_normal((count, width))
    for _ in range(_POWER):
        # One is added to all eigenvalues, which lie in [-1, 1], so that the largest lead.
        moved = vectors.copy()
        for column in range(width):
            moved[:, column] += np.bincount(first, scaled * vectors[second, column], count)
            moved[:, column] += np.bincount(second, scaled * vectors[first, column], count)
        vectors = np.linalg.qr(moved)[0]
    return vectors


def _rounded(vectors: Floats, size: int, chance: np.random.Generator) -> Ints:
    """k-means on the rows' directions."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    points = vectors / np.where(lengths > 0, lengths, 1)
    centres = [points[chance.integers(len(points))]]
    while len(centres) < size:
        far = np.min([np.sum((points - centre) ** 2, axis=1) for centre in centres], axis=0)
        total = far.sum()
        centres.append(points[chance.choice(len(points), p=far / total) if total > 0 else 0])
    middle = np.array(centres)
    near: Ints = np.zeros(len(points), dtype=np.int64)
    for _ in range(30):
        near = np.argmin(((points[:, None, :] - middle[None, :, :]) ** 2).sum(axis=2), axis=1)
        for bloc in range(size):
            if (near == bloc).any():
                middle[bloc] = points[near == bloc].mean(axis=0)
    return near


def _settled(graph: SignedGraph, start: Ints, size: int) -> Ints:
    """Move actors to the bloc that suits them best until nobody wants to move."""
    bloc = start.astype(np.int64).copy()
    count = len(graph.nodes)
    first, second, weights = graph.first, graph.second, graph.strengths
    # What each node would have of each bloc: the weights of its ties to the members.
    pull: Floats = np.zeros((count, size))
    np.add.at(pull, (first, bloc[second]), weights)
    np.add.at(pull, (second, bloc[first]), weights)
    everyone = np.arange(count)
    while True:
        gains = pull.max(axis=1) - pull[everyone, bloc]
        eager = np.flatnonzero(gains > _GAIN)
        if not len(eager):
            return bloc
        for node in eager[np.argsort(-gains[eager], kind="stable")].tolist():
            old, new = int(bloc[node]), int(pull[node].argmax())
            if pull[node, new] <= pull[node, old] + _GAIN:
                continue
            bloc[node] = new
            ends, ties = graph.around(node)
            pull[ends, old] -= ties
            pull[ends, new] += ties


def _kept(graph: SignedGraph, bloc: Ints) -> float:
    """Weight of all ties within blocs: what friction lacks of the friendly weight."""
    return float(graph.strengths[bloc[graph.first] == bloc[graph.second]].sum())


def _described(graph: SignedGraph, bloc: Ints, stability: float) -> Partition:
    sizes = Counter(bloc.tolist())
    firsts = {number: int(np.flatnonzero(bloc == number)[0]) for number in sizes}
    order = sorted(sizes, key=lambda number: (-sizes[number], firsts[number]))
    rank = {number: i for i, number in enumerate(order)}
    place = [rank[number] for number in bloc.tolist()]
    against = [
        (graph.nodes[a], graph.nodes[b], weight)
        for (a, b), weight in graph.ties.items()
        if (place[a] == place[b]) == (weight < 0)
    ]
    against.sort(key=lambda tie: (-abs(tie[2]), tie[:2]))
    friction = sum(abs(weight) for *_, weight in against)
    whole = sum(map(abs, graph.ties.values()))
    return Partition(
        bloc={node: place[i] for i, node in enumerate(graph.nodes)},
        friction=friction,
        share=friction / whole if whole else 0.0,
        stability=stability,
        against=tuple(against),
    )
