from __future__ import annotations

import time

import networkx as nx

from kg.view.layout import BOX, positions


def edges_of(graph: nx.Graph[int]) -> tuple[list[str], list[tuple[str, str]]]:
    return [str(n) for n in graph], [(str(a), str(b)) for a, b in graph.edges]


def test_same_graph_same_places() -> None:
    nodes, edges = edges_of(nx.barabasi_albert_graph(80, 2, seed=3))
    assert positions(nodes, edges) == positions(nodes, [(b, a) for a, b in reversed(edges)])


def test_boxes_do_not_overlap() -> None:
    graph = nx.disjoint_union_all([nx.star_graph(30), nx.path_graph(9), nx.empty_graph(7)])
    places = list(positions(*edges_of(graph)).values())
    covered = [
        (a, b)
        for i, a in enumerate(places)
        for b in places[:i]
        if abs(a[0] - b[0]) < BOX[0] * 0.8 and abs(a[1] - b[1]) < BOX[1] * 0.8
    ]
    assert covered == []


def test_neighbours_are_nearer_than_strangers() -> None:
    nodes, edges = edges_of(nx.path_graph(12))
    places = positions(nodes, edges)

    def gap(a: str, b: str) -> float:
        return ((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5

    assert max(gap(a, b) for a, b in edges) < gap("0", "11") / 3


def test_small_and_odd_inputs() -> None:
    assert positions([], []) == {}
    assert positions(["a"], [("a", "a")]) == {"a": (0, 0)}
    assert len(set(positions(["a", "b"], [("a", "b"), ("a", "b")]).values())) == 2


def test_a_thousand_nodes_take_seconds_at_most() -> None:
    nodes, edges = edges_of(nx.barabasi_albert_graph(1000, 3, seed=1))
    start = time.process_time()
    assert len(positions(nodes, edges)) == 1000
    assert time.process_time() - start < 6
