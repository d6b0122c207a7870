"""Where each actor stands in the network: measures that respect direction and sign, bridges, reciprocity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.analyse.signed import Floats, Ints
from kg.analyse.stance import StanceNetwork

DAMPING = 0.85
_ROUNDS = 200
_CLOSE = 1e-10
_PIVOTS = 64
"""Starting points from which betweenness is estimated in networks of more nodes than :data:`_EXACT`."""
_EXACT = 500
_SEED = 20_250_623


@dataclass(frozen=True, slots=True)
class Standing:
    """Measures of one actor or event.

    Attributes:
        given_positive: Weight of the friendly stances it takes; ``given_negative`` of the hostile ones.
        received_positive: Weight of the friendly stances towards it; ``received_negative`` likewise.
        prestige: PageRank over friendly stances: esteemed by the esteemed. All sum to 1.
        hostility: PageRank over hostile stances: opposed by the opposed. All sum to 1.
        pn_in: PN centrality (Everett & Borgatti 2014) of the stances towards it: about 1, higher when
            friends of those with many friends stand by it, lower when it has foes; ``pn_out`` of those it
            takes.
        betweenness: Share of the shortest ways along friendly stances that lead through it.
        bloc: Number of its bloc, or None.
        bridging: Share of its friendly ties that lead to other blocs, or None.
        mediates: Pairs of foes of whom it is a friend.
    """

    given_positive: float
    given_negative: float
    received_positive: float
    received_negative: float
    prestige: float
    hostility: float
    pn_in: float
    pn_out: float
    betweenness: float
    bloc: int | None = None
    bridging: float | None = None
    mediates: int = 0

    @property
    def standing(self) -> float | None:
        """Friendly less hostile share of what it receives, -1 to 1; None where it receives nothing."""
        total = self.received_positive + self.received_negative
        return (self.received_positive - self.received_negative) / total if total else None


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """Whether stances are returned.

    Attributes:
        pairs: Pairs of actors with a stance in at least one direction.
        mutual: Of these, with one in both.
        alike: Of the mutual ones: how many friendly ("++") or hostile ("--") both ways, opposed ("+-") or
            with a side that is neither ("0").
        opposed: The pairs with a friendly and a hostile side, the friendly one first.
    """

    pairs: int
    mutual: int
    alike: Mapping[str, int]
    opposed: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float | None:
        """Share of the pairs whose stance is returned; None where there are none."""
        return self.mutual / self.pairs if self.pairs else None


def standings(
    network: StanceNetwork,
    bloc: Mapping[str, int] | None = None,
    mediates: Mapping[str, int] | None = None,
) -> dict[str, Standing]:
    """Measures of all nodes of a network, by IRI.

    Args:
        network: The stances.
        bloc: Number of each actor's bloc, for ``bloc`` and ``bridging``.
        mediates: How many pairs of foes each is between.
    """
    nodes = network.nodes
    place = {iri: i for i, iri in enumerate(nodes)}
    edges = list(network.edges.values())
    tails = np.array([place[edge.actor] for edge in edges], dtype=np.int64)
    heads = np.array([place[edge.target] for edge in edges], dtype=np.int64)
    positive = np.array([edge.positive for edge in edges])
    negative = np.array([edge.negative for edge in edges])
    signs = np.array([edge.sign for edge in edges], dtype=np.float64)
    count = len(nodes)
    columns = {
        "given_positive": np.bincount(tails, positive, count),
        "given_negative": np.bincount(tails, negative, count),
        "received_positive": np.bincount(heads, positive, count),
        "received_negative": np.bincount(heads, negative, count),
        "prestige": _page_rank(tails, heads, positive, count),
        "hostility": _page_rank(tails, heads, negative, count),
        "pn_in": _pn(tails, heads, signs, count),
        "pn_out": _pn(heads, tails, signs, count),
        "betweenness": _betweenness(network, nodes),
    }
    blocs, friends = bloc or {}, _bridging(network, bloc or {})
    found: dict[str, Standing] = {}
    for i, iri in enumerate(nodes):
        own = {name: float(column[i]) for name, column in columns.items()}
        between = (mediates or {}).get(iri, 0)
        found[iri] = Standing(**own, bloc=blocs.get(iri), bridging=friends.get(iri), mediates=between)
    return found


def reciprocity(network: StanceNetwork) -> Reciprocity:
    """How many stances are returned, and with which sign."""
    kinds: Counter[str] = Counter()
    opposed: list[tuple[str, str]] = []
    pairs = {tuple(sorted(pair)) for pair in network.edges}
    for one, other in sorted(pairs):
        there, back = network.edges.get((one, other)), network.edges.get((other, one))
        if there is None or back is None:
            continue
        signs = there.sign, back.sign
        if 0 in signs:
            kinds["0"] += 1
        elif signs[0] == signs[1]:
            kinds["++" if signs[0] > 0 else "--"] += 1
        else:
            kinds["+-"] += 1
            opposed.append((one, other) if signs[0] > 0 else (other, one))
    return Reciprocity(
        pairs=len(pairs),
        mutual=kinds.total(),
        alike={kind: kinds[kind] for kind in ("++", "--", "+-", "0")},
        opposed=tuple(opposed),
    )


def _page_rank(tails: Ints, heads: Ints, weights: Floats, count: int) -> Floats:
    """PageRank along weighted edges. networkx' own needs SciPy."""
    if not count:
        return np.zeros(0)
    given = np.bincount(tails, weights, count)
    shares = np.divide(weights, given[tails], out=np.zeros_like(weights), where=given[tails] > 0)
    rank: Floats = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        idle = rank[given == 0].sum() / count
        new: Floats = (
            DAMPING * (np.bincount(heads, shares * rank[tails], count) + idle) + (1 - DAMPING) / count
        )
        if np.abs(new - rank).sum() < _CLOSE:
            return new
        rank = new
    return rank


def _pn(tails: Ints, heads: Ints, signs: Floats, count: int) -> Floats:
    """PN centrality of what arrives at each head: (I - A/(2n - 2))⁻¹ 1 with A = friends - 2 foes."""
    values: Floats = np.ones(count)
    if count < 2:
        return values
    pull = np.where(signs < 0, -2.0, signs) / (2 * count - 2)
    for _ in range(_ROUNDS):
        new = np.asarray(1 + np.bincount(heads, pull * values[tails], count), dtype=np.float64)
        if np.abs(new - values).max() < _CLOSE:
            return new
        values = new
    return values


def _betweenness(network: StanceNetwork, nodes: list[str]) -> Floats:
    """Betweenness along friendly stances, estimated from a fixed choice of starts in large networks."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(pair for pair, edge in network.edges.items() if edge.sign > 0)
    few = len(nodes) <= _EXACT
    values = nx.betweenness_centrality(graph, k=None if few else _PIVOTS, seed=None if few else _SEED)
    return np.array([values[iri] for iri in nodes])


def _bridging(network: StanceNetwork, bloc: Mapping[str, int]) -> dict[str, float]:
    """Share of each actor's friendly ties, given and received, that lead out of its bloc."""
    inside: defaultdict[str, float] = defaultdict(float)
    whole: defaultdict[str, float] = defaultdict(float)
    for (actor, target), edge in network.edges.items():
        if edge.sign > 0 and actor in bloc and target in bloc:
            for end in (actor, target):
                whole[end] += edge.weight
                inside[end] += edge.weight * (bloc[actor] == bloc[target])
    return {iri: 1 - inside[iri] / whole[iri] for iri in sorted(whole)}


def bridges(network: StanceNetwork) -> list[tuple[str, str]]:
    """Friendly ties without which a part of the network would hang on no friendly tie to the rest, sorted."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(pair for pair, edge in network.edges.items() if edge.sign > 0)
    # An end that has no other tie is no part worth a name.
    return sorted(
        (min(pair), max(pair)) for pair in nx.bridges(graph) if min(graph.degree(end) for end in pair) > 1
    )
