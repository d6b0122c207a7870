from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import kg.store
from kg.errors import QueryError, StoreError
from kg.store import OxigraphStore, open_output, open_store

EX = "https://w3id.org/diplomacy-kg/id/"
P = NamedNode("https://w3id.org/diplomacy-kg/ontology#condemns")
G1, G2 = NamedNode(EX + "graph/one"), NamedNode(EX + "graph/two")
QUADS = [
    Quad(NamedNode(EX + "b"), P, NamedNode(EX + "c"), G2),
    Quad(NamedNode(EX + "a"), P, Literal("نص", language="ar"), G1),
    Quad(NamedNode(EX + "a"), P, NamedNode(EX + "b"), G1),
    Quad(NamedNode(EX + "a"), P, NamedNode(EX + "b"), G2),
]


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> OxigraphStore:
    opened = open_store(None if request.param == "memory" else tmp_path / "deep" / "store")
    opened.load(QUADS)
    return opened


def test_queries_see_all_graphs_and_know_the_prefixes(store: OxigraphStore) -> None:
    result = store.query("SELECT DISTINCT ?s WHERE { ?s dip:condemns ?o } ORDER BY ?s")
    assert result.as_table() == [["kg:a"], ["kg:b"]]
    assert result.column("s") == ["kg:a", "kg:b"]
    assert list(result.records()) == [{"s": "kg:a"}, {"s": "kg:b"}]


def test_graphs_can_be_told_apart_and_dropped(store: OxigraphStore) -> None:
    assert store.graphs() == [G1, G2]
    assert len(list(store.quads(G1))) == 2
    store.remove_graph(G1)
    store.remove_graph(G1)
    assert store.graphs() == [G2]
    assert len(store) == 2


def test_ask_and_construct(store: OxigraphStore) -> None:
    assert store.query("ASK { kg:a dip:condemns kg:b }")
    assert store.query("ASK { kg:c ?p ?o }").as_table() == [["false"]]
    built = store.query("CONSTRUCT { ?o dip:source ?s } WHERE { ?s dip:condemns ?o FILTER(isIRI(?o)) }")
    assert built.as_table() == [["kg:b", "dip:source", "kg:a"], ["kg:c", "dip:source", "kg:b"]]


@pytest.mark.parametrize("text", ["SELECT", "SELECT ?x WHERE { ?x nope:p ?y }", "DROP ALL", ""])
def test_a_bad_query_is_an_error_of_ours(store: OxigraphStore, text: str) -> None:
    with pytest.raises(QueryError, match=r"no SPARQL 1\.1"):
        store.query(text)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("SELECT ?x WHERE { ?x", "line 1 breaks after 'SELECT ?x WHERE { ?x'"),
        ("SELECT ?x\nWHERE ?x", "line 2"),
        ("", "it is empty"),
    ],
)
def test_a_broken_query_is_named_where_it_breaks(store: OxigraphStore, text: str, where: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.query(text)
    assert where in str(caught.value)
    assert "expected one of" not in str(caught.value)


@pytest.mark.parametrize("suffix", ["trig", "jsonld", "nq"])
def test_a_dump_is_the_same_whatever_the_order_and_reads_back(tmp_path: Path, suffix: str) -> None:
    files = []
    for i, quads in enumerate((QUADS, QUADS[::-1])):
        with open_store() as opened:
            opened.load(quads)
            files.append(tmp_path / f"{i}.{suffix}")
            opened.dump(files[-1])
    assert files[0].read_bytes() == files[1].read_bytes()
    again = open_store()
    again.load_file(files[0])
    assert list(again.quads()) == sorted(QUADS, key=str)


def test_one_graph_as_turtle(store: OxigraphStore, tmp_path: Path) -> None:
    store.dump(tmp_path / "one.ttl", G1)
    text = (tmp_path / "one.ttl").read_text(encoding="utf-8")
    assert 'kg:a dip:condemns "نص"@ar , kg:b .' in text


def test_a_store_on_disk_keeps_its_quads(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as opened:
        opened.load(QUADS)
    with open_output(tmp_path) as again:
        assert again.read_only
        assert len(again) == 4


def test_a_folder_in_use_cannot_be_opened_twice(tmp_path: Path) -> None:
    opened = open_store(tmp_path)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path)
    opened.close()
    assert len(open_store(tmp_path)) == 0


def test_rdflib_gets_a_dataset_over_the_union(tmp_path: Path) -> None:
    with open_store() as opened:
        opened.load(QUADS)
        opened.dump(tmp_path / kg.store.TRIG_NAME)
    dataset = kg.store.load(tmp_path)
    assert {str(g.identifier) for g in dataset.graphs()} >= {G1.value, G2.value}
    rows = list(dataset.query("SELECT DISTINCT ?o WHERE { kg:a dip:condemns ?o FILTER(isIRI(?o)) }"))
    assert [str(row[0]) for row in rows] == [EX + "b"]
    # Four quads, three triples: rdflib counts the union graph by its rows, one a named graph.
    assert len(set(dataset.triples((None, None, None)))) == 3


@pytest.mark.parametrize("name", ["", "missing.trig", "empty"])
def test_no_graph_is_said_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match="no graph here"):
        open_output(tmp_path / name)


def test_a_broken_file_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / kg.store.TRIG_NAME).write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be loaded"):
        kg.store.load(tmp_path)


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no RDF format"):
        open_store().dump(tmp_path / "graph.doc")
