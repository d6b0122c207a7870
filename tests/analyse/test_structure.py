"""Balance, blocs, centralities."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from analyse_sample import act, facts

from kg.analyse import (
    agreement,
    balance,
    best_partition,
    bridges,
    largest_part,
    parties_only,
    partition,
    partitions,
    reciprocity,
    signed_graph,
    stance_network,
    standings,
)
from kg.analyse.signed import SignedGraph


def ties(*pairs: str) -> SignedGraph:
    """Ties written as "a+b" and "a-b"."""
    return signed_graph((p[0], p[2], float(p[1] == "+"), float(p[1] == "-")) for p in pairs)


def planted(
    actors: int, blocs: int, degree: int, noise: float, seed: int
) -> Iterator[tuple[str, str, float, float]]:
    chance = random.Random(seed)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < actors * degree // 2:
        one, other = chance.sample(range(actors), 2)
        pairs.add((min(one, other), max(one, other)))
    for one, other in sorted(pairs):
        friendly = (one % blocs == other % blocs) != (chance.random() < noise)
        weight = chance.uniform(0.1, 0.9)
        yield f"a{one:03}", f"a{other:03}", weight * friendly, weight * (not friendly)


def test_triads_of_each_kind() -> None:
    census = balance(ties("a+b", "b+c", "a+c", "c-d", "b-d", "d+e", "e-c", "f-c", "f-d", "f+a", "f+b"))
    kinds = {"+++": 0, "++-": 0, "+--": 0, "---": 0}
    graph = {
        frozenset("ab"): 1,
        frozenset("bc"): 1,
        frozenset("ac"): 1,
        frozenset("cd"): -1,
        frozenset("bd"): -1,
    }
    graph |= {frozenset("de"): 1, frozenset("ec"): -1, frozenset("fc"): -1, frozenset("fd"): -1}
    graph |= {frozenset("fa"): 1, frozenset("fb"): 1}
    for triple in combinations("abcdef", 3):
        signs = [graph.get(frozenset(pair)) for pair in combinations(triple, 2)]
        if None not in signs:
            kinds["".join("+" if s == 1 else "-" for s in sorted(signs, reverse=True))] += 1  # type: ignore[type-var]
    assert census.triads == kinds
    assert census.count == sum(kinds.values())
    assert census.balanced == (kinds["+++"] + kinds["+--"]) / census.count
    assert census.weakly_balanced == 1 - kinds["++-"] / census.count


def test_who_is_a_friend_of_both_foes() -> None:
    assert balance(ties("m+a", "m+b", "a-b", "m+c")).between == {"m": (("a", "b"),)}


def test_no_triads_no_share() -> None:
    assert (balance(ties("a+b")).balanced, balance(ties()).count) == (None, 0)


def test_both_directions_make_one_tie_and_the_doubtful_ones_are_left_out() -> None:
    graph = signed_graph(
        [("a", "b", 0.9, 0.0), ("b", "a", 0.0, 0.1), ("c", "d", 0.5, 0.4), ("e", "e", 1.0, 0.0)]
    )
    assert graph.nodes == ("a", "b")
    assert graph.ties == {(0, 1): pytest.approx(0.8)}


def test_unnamed_groups_and_events_belong_to_no_bloc() -> None:
    given = facts(act("a", "aids", "b"), act("a", "condemns", "strikes"), act("crowd", "praises", "a"))
    assert parties_only(stance_network(given), given).nodes == ("a", "b")


def test_only_what_hangs_together_is_divided() -> None:
    assert largest_part(ties("a+b", "x-y", "y-z")).nodes == ("x", "y", "z")


@pytest.mark.parametrize("seed", range(5))
def test_four_planted_blocs_are_found_despite_noise(seed: int) -> None:
    graph = signed_graph(planted(200, 4, 24, 0.1, seed))
    found = partitions(graph)
    truth = [int(node[1:]) % 4 for node in graph.nodes]
    assert agreement(truth, [found[4].bloc[node] for node in graph.nodes]) >= 0.9
    assert best_partition(found) is found[4]
    assert found[2].friction >= found[3].friction >= found[4].friction


@pytest.mark.parametrize("blocs", [2, 3])
def test_fewer_planted_blocs_are_not_split(blocs: int) -> None:
    best = best_partition(partitions(signed_graph(planted(120, blocs, 24, 0.1, 1))))
    assert best
    assert len(best.blocs) == blocs


@pytest.mark.parametrize("seed", range(12))
def test_the_division_of_a_small_network_has_the_least_friction_of_all(seed: int) -> None:
    chance = random.Random(seed)
    names = "abcdefgh"
    graph = signed_graph(
        (a, b, w * (w > 0), -w * (w < 0))
        for a, b in combinations(names, 2)
        if chance.random() < 0.7
        for w in [chance.uniform(-1, 1)]
    )
    for size in (2, 3):
        least = min(
            sum(abs(w) for (a, b), w in graph.ties.items() if (way[a] == way[b]) == (w < 0))
            for way in product(range(size), repeat=len(graph.nodes))
        )
        assert partition(graph, size).friction == pytest.approx(least)


def test_the_ties_against_a_division_are_named() -> None:
    found = partition(ties("a+b", "b+c", "a+c", "x+y", "y+z", "x+z", "a-x", "b-y", "c+z"), 2)
    assert found.blocs == [["a", "b", "c"], ["x", "y", "z"]]
    assert found.against == (("c", "z", 1.0),)
    assert found.share == pytest.approx(1 / 9)


def test_no_ties_no_blocs() -> None:
    assert partitions(ties()) == {}
    assert best_partition({}) is None


def test_agreement_is_the_adjusted_rand_index() -> None:
    assert agreement([0, 0, 1, 1], [5, 5, 3, 3]) == 1
    assert agreement([0, 0, 1, 1], [0, 0, 1, 2]) == pytest.approx(0.5714, abs=1e-4)
    assert agreement([0, 0, 0, 0], [0, 0, 0, 0]) == 1
    chance = random.Random(1)
    unrelated = [agreement(*[[chance.randrange(4) for _ in range(200)] for _ in "ab"]) for _ in range(20)]
    assert abs(sum(unrelated) / 20) < 0.01


def test_prestige_is_pagerank_along_friendly_stances() -> None:
    given = facts(
        act("a", "aids", "b"), act("c", "aids", "b"), act("b", "praises", "d"), act("a", "praises", "d"),
        act("d", "attacks", "a"),
    )  # fmt: skip
    network = stance_network(given)
    found = standings(network)
    order = sorted(found)
    matrix = np.zeros((4, 4))
    for (actor, target), edge in network.edges.items():
        matrix[order.index(actor), order.index(target)] = edge.positive
    shares = [row / row.sum() if row.sum() else np.full(4, 0.25) for row in matrix]
    rank = np.full(4, 0.25)
    for _ in range(500):
        rank = 0.15 / 4 + 0.85 * rank @ np.array(shares)
    assert [found[iri].prestige for iri in order] == pytest.approx(rank.tolist(), abs=1e-6)
    assert max(found, key=lambda iri: found[iri].hostility) == "a"


def test_pn_centrality_solves_its_equation_and_respects_direction() -> None:
    network = stance_network(facts(act("a", "aids", "b"), act("c", "aids", "b"), act("c", "attacks", "d")))
    found = standings(network)
    order, size = sorted(found), len(found)
    pull = np.zeros((size, size))
    for (actor, target), edge in network.edges.items():
        pull[order.index(target), order.index(actor)] = 1.0 if edge.sign > 0 else -2.0
    solved = np.linalg.solve(np.eye(size) - pull / (2 * size - 2), np.ones(size))
    assert [found[iri].pn_in for iri in order] == pytest.approx(solved.tolist())
    assert found["b"].pn_in > found["a"].pn_in > found["d"].pn_in
    assert found["a"].pn_out > found["c"].pn_out


def test_what_is_given_and_received_and_where_it_leads() -> None:
    network = stance_network(facts(act("a", "aids", "b"), act("a", "aids", "c"), act("a", "attacks", "d")))
    found = standings(network, {"a": 0, "b": 0, "c": 1, "d": 1}, {"a": 3})
    a, d = found["a"], found["d"]
    assert (a.given_positive, a.given_negative, d.received_negative) == pytest.approx((1.4, 0.9, 0.9))
    assert (a.bridging, found["b"].bridging, found["c"].bridging, d.bridging) == (0.5, 0, 1, None)
    assert (a.mediates, d.standing, a.standing) == (3, -1, None)


def test_betweenness_follows_friendly_stances_only() -> None:
    network = stance_network(facts(act("a", "aids", "b"), act("b", "aids", "c"), act("a", "attacks", "d"),
                                   act("d", "attacks", "c")))  # fmt: skip
    found = standings(network)
    assert found["b"].betweenness > 0
    assert found["d"].betweenness == 0


def test_reciprocity_by_sign() -> None:
    given = facts(
        act("a", "meets", "b"), act("c", "attacks", "d"), act("d", "attacks", "c"), act("e", "aids", "f"),
        act("f", "attacks", "e"), act("a", "aids", "f"),
    )  # fmt: skip
    found = reciprocity(stance_network(given))
    assert (found.pairs, found.mutual, found.share) == (4, 3, 0.75)
    assert found.alike == {"++": 1, "--": 1, "+-": 1, "0": 0}
    assert found.opposed == (("e", "f"),)


def test_bridges_join_two_parts() -> None:
    pairs = ["ab", "bc", "ac", "xy", "yz", "xz", "cx", "zq"]
    network = stance_network(facts(*(act(a, "aids", b) for a, b in pairs)))
    assert bridges(network) == [("c", "x")]
    assert nx.is_directed_acyclic_graph(nx.DiGraph(list(network.edges)))
