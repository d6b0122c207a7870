"""The undirected signed network behind structural balance, and its adjacency as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.analyse.facts import PARTIES, Facts
from kg.analyse.stance import StanceNetwork, sign_of

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SignedGraph:
    """Ties between pairs, each friendly or hostile; pairs that are neither are left out.

    Attributes:
        nodes: Their names, sorted.
        ties: Weight of each tie by the places of its ends, the smaller first; above 0 friendly, below
            hostile.
        first: First end of each tie, by its place in sorted order; ``second`` the other end, and
            ``strengths`` its weight.
        starts: Where the neighbours of node i begin in ``ends`` and ``weights``: they reach to
            ``starts[i + 1]``.
        ends: Neighbours, sorted by node; ``weights`` their ties' weights.
    """

    nodes: tuple[str, ...]
    ties: Mapping[tuple[int, int], float]
    first: Ints = field(init=False, repr=False, compare=False)
    second: Ints = field(init=False, repr=False, compare=False)
    strengths: Floats = field(init=False, repr=False, compare=False)
    starts: Ints = field(init=False, repr=False, compare=False)
    ends: Ints = field(init=False, repr=False, compare=False)
    weights: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pairs = np.array(sorted(self.ties), dtype=np.int64).reshape(-1, 2)
        weights = np.array([self.ties[a, b] for a, b in pairs.tolist()], dtype=np.float64)
        first, second = pairs[:, 0], pairs[:, 1]
        tails, heads = np.concatenate((first, second)), np.concatenate((second, first))
        order = np.lexsort((heads, tails))
        counts = np.bincount(tails, minlength=len(self.nodes))
        for name, value in {
            "first": first,
            "second": second,
            "strengths": weights,
            "starts": np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            "ends": heads[order],
            "weights": np.concatenate((weights, weights))[order],
        }.items():
            object.__setattr__(self, name, value)

    def around(self, node: int) -> tuple[Ints, Floats]:
        """Neighbours of a node and the weights of the ties to them."""
        part = slice(int(self.starts[node]), int(self.starts[node + 1]))
        return self.ends[part], self.weights[part]


def signed_graph(edges: Iterable[tuple[str, str, float, float]]) -> SignedGraph:
    """Both directions of each pair put together.

    Args:
        edges: Actor, target, friendly and hostile weight (both at least 0).

    Returns:
        Ties whose sign prevails clearly (:func:`kg.analyse.stance.sign_of`), with the difference of
        the weights; nodes without any such tie are left out.
    """
    sums: dict[tuple[str, str], tuple[float, float]] = {}
    for actor, target, positive, negative in edges:
        pair = (actor, target) if actor < target else (target, actor)
        old = sums.get(pair, (0.0, 0.0))
        sums[pair] = old[0] + positive, old[1] + negative
    kept = {pair: p - n for pair, (p, n) in sums.items() if pair[0] != pair[1] and sign_of(p, n)}
    nodes = tuple(sorted({node for pair in kept for node in pair}))
    place = {node: i for i, node in enumerate(nodes)}
    return SignedGraph(nodes, {(place[a], place[b]): weight for (a, b), weight in sorted(kept.items())})


def parties_only(network: StanceNetwork, facts: Facts) -> SignedGraph:
    """The ties between named actors; events, treaties and unnamed groups are left out."""
    parties = {iri for iri in network.nodes if (thing := facts.things.get(iri)) and thing.type in PARTIES}
    return signed_graph(
        (edge.actor, edge.target, edge.positive, edge.negative)
        for edge in network.edges.values()
        if edge.actor in parties and edge.target in parties
    )


def largest_part(graph: SignedGraph) -> SignedGraph:
    """The largest part of a network that hangs together; the first of equals.

    Nothing ties it to the rest, so no division could say how they stand to each other.
    """
    ends: nx.Graph[int] = nx.Graph(graph.ties.keys())
    parts = sorted(nx.connected_components(ends), key=lambda part: (-len(part), min(part)))
    kept = sorted(parts[0]) if parts else []
    place = {old: new for new, old in enumerate(kept)}
    return SignedGraph(
        tuple(graph.nodes[old] for old in kept),
        {(place[a], place[b]): weight for (a, b), weight in graph.ties.items() if a in place},
    )
