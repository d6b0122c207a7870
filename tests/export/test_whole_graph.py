"""Every export is loaded again by the tool it is for, or as that tool reads it, and nothing is lost."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from kg.cli import cli
from kg.data.tables import read_table
from kg.errors import ConfigError, StoreError
from kg.export import FORMS, export, plover
from kg.export.neo4j import DELIMITER
from kg.export.plover import records
from kg.export.property_graph import OUTSIDE, Column, kind_of, node_of, property_graph, triples
from kg.export.rdf import REIFIES
from kg.model import ROLES
from kg.rdf.vocabulary import DEFAULT_BASE, RDF_TYPE, dip
from kg.store import read_quads

ARTICLE = f"{DEFAULT_BASE}graph/article/odd"
ODD = [
    Quad(NamedNode(DEFAULT_BASE + "odd"), predicate, value, NamedNode(ARTICLE))
    for predicate, value in (
        (RDF_TYPE, dip("Act")),
        (RDF_TYPE, dip("Event")),
        (dip("content"), Literal('a,"b"; \\ <c> & \t\n\r\x01 \ufffe d', language="ar")),
        (dip("content"), Literal("[1]", language="ar")),
        (dip("content"), Literal("no language")),
        (dip("trigger"), Literal("[not a list]", language="ar")),
        (dip("title"), Literal("", language="ar")),
        (dip("beginIndex"), Literal("7", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))),
        (NamedNode("http://a.example/content"), Literal("another vocabulary", language="ar")),
        (dip("actor"), BlankNode("b1")),
        (dip("mentions"), NamedNode("http://a.example/x?a=1&b='2'")),
    )
]
"""What makes writers stumble: separators, lists, control characters, one property in several types."""


@pytest.fixture(scope="module")
def quads(seeds_output: Path) -> list[Quad]:
    return read_quads(seeds_output / "graph.trig")


@pytest.fixture(scope="module")
def data(quads: list[Quad]) -> set[Triple]:
    """What the articles say and what follows from it: all but the ontology."""
    return {q.triple for q in quads if q.graph_name.value.startswith(DEFAULT_BASE)}


def written(quads: list[Quad], form: str, folder: Path) -> Path:
    path = folder / FORMS[form].output
    export(quads, form, path, DEFAULT_BASE)
    return path


# RDF


@pytest.mark.parametrize("form", ["trig", "jsonld", "nquads"])
def test_rdflib_loads_all_quads(quads: list[Quad], tmp_path: Path, form: str) -> None:
    def shown(of: rdflib.Dataset) -> set[tuple[str, ...]]:
        return {(s.n3(), p.n3(), o.n3(), str(g)) for s, p, o, g in of.quads()}

    names = {"trig": "trig", "jsonld": "json-ld", "nquads": "nquads"}
    loaded, expected = rdflib.Dataset(), rdflib.Dataset()
    loaded.parse(written(quads, form, tmp_path), format=names[form])
    expected.parse(data=pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS), format="nquads")
    assert len(shown(expected)) == len(set(quads))
    assert shown(loaded) == shown(expected)


def test_reifiers_lead_from_triples_to_their_facts(quads: list[Quad], tmp_path: Path) -> None:
    loaded = set(pyoxigraph.parse(path=written(quads, "rdf12", tmp_path), format=RdfFormat.TRIG))
    added = {quad for quad in loaded if quad.predicate == REIFIES}
    assert loaded - added == set(quads)
    facts = {quad.subject for quad in quads if quad.predicate == dip("confidence")}
    assert {quad.subject for quad in added} <= facts
    reified = {quad.object for quad in added}
    known = {RDF_TYPE, NamedNode("http://www.w3.org/2000/01/rdf-schema#label")}
    known.add(NamedNode("http://www.w3.org/2002/07/owl#sameAs"))
    direct = {
        q.triple
        for q in quads
        if q.graph_name.value == f"{DEFAULT_BASE}graph/facts" and q.predicate not in known
    }
    assert direct
    assert direct <= reified
    planned = {q.subject for q in quads if q.predicate == dip("modality") and q.object.value != "asserted"}
    unsaid = {quad.object for quad in added if quad.subject in planned} - {q.triple for q in quads}
    assert unsaid, "what is only planned is reified and not asserted"


# The property graph and its forms


def test_the_property_graph_holds_all_triples(quads: list[Quad], data: set[Triple]) -> None:
    assert set(triples(property_graph(quads, DEFAULT_BASE))) == data
    odd = property_graph(ODD, DEFAULT_BASE)
    assert set(triples(odd)) == {quad.triple for quad in ODD}
    assert odd.nodes["http://a.example/x?a=1&b='2'"].kinds == (OUTSIDE,)


def from_graphml(path: Path) -> set[Triple]:
    """Triples of a GraphML file as networkx reads it; the columns are described in the keys."""
    text = path.read_text("utf-8")
    keys = re.findall(r'attr\.name="value_([^"]*)"[^>]*><desc>([^<]*)</desc>', text)
    described = {name: Column(name, *json.loads(note)) for name, note in keys}
    graph = nx.read_graphml(path, force_multigraph=True)
    found = set()
    for iri, own in graph.nodes(data=True):
        for kind in own["kinds"].split():
            if kind != OUTSIDE:
                found.add(Triple(node_of(iri), RDF_TYPE, kind_of(kind)))
        for name, value in own.items():
            if name.startswith("value_"):
                column = described[name.removeprefix("value_")]
                listed = isinstance(value, str) and value.startswith("[")
                for one in json.loads(value) if listed else [value]:
                    found.add(Triple(node_of(iri), NamedNode(column.property), column.literal(one)))
    for start, end, own in graph.edges(data=True):
        found.add(Triple(node_of(start), NamedNode(own["property"]), node_of(end)))
    return found


def test_networkx_loads_the_graphml(quads: list[Quad], data: set[Triple], tmp_path: Path) -> None:
    path = written(quads, "graphml", tmp_path)
    assert from_graphml(path) == data
    graph = nx.read_graphml(path, force_multigraph=True)
    assert graph.nodes[DEFAULT_BASE + "russia"]["label"] == "روسيا"
    edge = graph.get_edge_data(DEFAULT_BASE + "russia", DEFAULT_BASE + "iran")
    assert {one["label"] for one in edge.values()}
    graphs = {g for _, _, own in graph.edges(data=True) for g in json.loads(own["graphs"])}
    assert f"{DEFAULT_BASE}graph/derived" in graphs
    ids = [key for _, _, key in graph.edges(keys=True)]
    assert len(ids) == len(set(ids)), "Gephi wants ids of edges to be unique"


def test_graphml_survives_odd_texts(tmp_path: Path) -> None:
    assert from_graphml(written(ODD, "graphml", tmp_path)) == {quad.triple for quad in ODD}


def from_tables(folder: Path, rows: Callable[[str], Iterator[dict[str, Any]]]) -> set[Triple]:
    """Triples of a folder of tables, by what tables.json says of their columns."""
    found = set()
    for name, described in json.loads((folder / "tables.json").read_text("utf-8")).items():
        for row in rows(name):
            node = node_of(row["iri"])
            found |= {Triple(node, RDF_TYPE, kind_of(kind)) for kind in row["kinds"] if kind != OUTSIDE}
            for one in described["values"]:
                column = Column(**one)
                for value in as_list(row[column.name], column.many):
                    found.add(Triple(node, NamedNode(column.property), column.literal(value)))
            for link in described["links"]:
                for end in as_list(row[link["name"]], link["many"]):
                    found.add(Triple(node, NamedNode(link["property"]), node_of(end)))
    for row in rows("edges"):
        found.add(Triple(node_of(row["subject"]), NamedNode(row["predicate"]), node_of(row["object"])))
    return found


def as_list(value: Any, many: bool) -> list[Any]:
    if many:
        return [] if value is None else list(value)
    return [] if value is None else [value]


def csv_rows(folder: Path) -> Callable[[str], Iterator[dict[str, Any]]]:
    described = json.loads((folder / "tables.json").read_text("utf-8"))

    def rows(name: str) -> Iterator[dict[str, Any]]:
        lists = {"kinds", "graphs"}
        kinds = {}
        for column in (*described.get(name, {}).get("values", ()), *described.get(name, {}).get("links", ())):
            kinds[column["name"]] = column.get("kind", "text")
            if column["many"]:
                lists.add(column["name"])
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                yield {key: cell(text, key in lists, kinds.get(key, "text")) for key, text in row.items()}

    return rows


def cell(text: str, many: bool, kind: str) -> Any:
    if many:
        return json.loads(text) if text else None
    if text == "":
        return None
    return text == "true" if kind == "boolean" else text


def test_csv_tables_hold_everything(quads: list[Quad], data: set[Triple], tmp_path: Path) -> None:
    folder = written(quads, "csv", tmp_path)
    assert from_tables(folder, csv_rows(folder)) == data
    (putin,) = [row for row in csv_rows(folder)("Person") if row["iri"].endswith("/vladimir-putin")]
    assert putin["label_en"] == "Vladimir Putin"


def test_pandas_loads_the_csv(quads: list[Quad], tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    acts = pandas.read_csv(written(quads, "csv", tmp_path) / "Act.csv")
    assert acts["confidence"].between(0, 1).all()
    assert acts["negated"].dtype == bool
    assert len(acts) == sum(q.predicate == RDF_TYPE and q.object == dip("Act") for q in quads)


def test_parquet_tables_hold_everything(quads: list[Quad], data: set[Triple], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = written(quads, "parquet", tmp_path)

    def rows(name: str) -> Iterator[dict[str, Any]]:
        return iter(parquet.read_table(folder / f"{name}.parquet").to_pylist())

    assert from_tables(folder, rows) == data
    types = {field.name: str(field.type) for field in parquet.read_schema(folder / "Act.parquet")}
    assert (types["confidence"], types["negated"], types["triggerBegin"]) == ("double", "bool", "int64")
    assert types["actor"] in ("string", "list<element: string>")
    odd = tmp_path / "odd"
    export(ODD, "parquet", odd, DEFAULT_BASE)
    assert from_tables(odd, lambda name: iter(parquet.read_table(odd / f"{name}.parquet").to_pylist())) == {
        quad.triple for quad in ODD
    }


def test_without_pyarrow_the_mend_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"diplomacy-kg\[parquet\]"):
        export(ODD, "parquet", tmp_path / "p", DEFAULT_BASE)


def from_neo4j(folder: Path) -> tuple[dict[str, dict[str, list[Any]]], set[tuple[str, str, str]]]:
    """Nodes and relationships as the import reads the files: by the types in the headers."""
    cast: dict[str, Callable[[str], Any]] = {
        "string": str,
        "long": int,
        "double": float,
        "boolean": lambda text: {"true": True, "false": False}[text],
    }
    nodes: dict[str, dict[str, list[Any]]] = {}
    with (folder / "nodes.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
        for row in rows:
            own: dict[str, list[Any]] = {"labels": row[head.index(":LABEL")].split(DELIMITER)}
            for name, text in zip(head, row, strict=True):
                key, _, kind = name.partition(":")
                if kind not in ("ID", "LABEL") and text:
                    several = text.split(DELIMITER) if kind.endswith("[]") else [text]
                    own[key] = [cast[kind.removesuffix("[]")](one) for one in several]
            nodes[row[head.index("iri:ID")]] = own
    with (folder / "relationships.csv").open(encoding="utf-8", newline="") as stream:
        links = list(csv.DictReader(stream))
    for link in links:
        assert {link[":START_ID"], link[":END_ID"]} <= nodes.keys(), "the import skips such rows"
        assert re.fullmatch(r"\w+", link[":TYPE"])
    return nodes, {(link[":START_ID"], link["property"], link[":END_ID"]) for link in links}


def test_neo4j_files_hold_everything(quads: list[Quad], tmp_path: Path) -> None:
    folder = written(quads, "neo4j", tmp_path)
    nodes, links = from_neo4j(folder)
    graph = property_graph(quads, DEFAULT_BASE)
    assert links == {(edge.start, edge.property, edge.end) for edge in graph.edges}
    assert {iri: tuple(own["labels"]) for iri, own in nodes.items()} == {
        iri: node.kinds for iri, node in graph.nodes.items()
    }
    for iri, node in graph.nodes.items():
        values = sorted(literal.value for own in node.values.values() for literal in own)
        kept = sorted(plain(v) for key, own in nodes[iri].items() if key != "labels" for v in own)
        assert kept == values
    command = (folder / "import.sh").read_text("utf-8")
    assert "--array-delimiter=U+001F" in command
    assert "--multiline-fields=true" in command


def plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# PLOVER

FIELDS = {
    "id", "has_event", "date", "time", "enddate", "endtime", "source", "recipient", "event", "event_loc",
    "event_text", "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info",
    "coder", "coded_date", "coded_time", "comment",
}  # fmt: skip
"""Fields of a record in the codebook, table "PLOVER JSON"."""
OURS = {
    "predicate", "negated", "modality", "confidence", "object_text", "attributed_to", "on_behalf_of",
    "date_basis",
}  # fmt: skip
ACTOR = {
    "code", "sector", "actor_text", "identifier_id", "identifier_text", "actor_loc", "religion", "ethnicity",
    "office", "gender", "age", "iri",
}  # fmt: skip


def test_every_act_is_a_plover_record(quads: list[Quad], tmp_path: Path) -> None:
    lines = written(quads, "plover", tmp_path).read_text("utf-8").splitlines()
    loaded = [json.loads(line) for line in lines]
    acts = {q.subject.value for q in quads if q.predicate == RDF_TYPE and q.object == dip("Act")}
    assert {DEFAULT_BASE + record["id"] for record in loaded} == acts
    for record in loaded:
        assert record.keys() <= FIELDS | OURS
        assert {"id", "date", "source", "event"} <= record.keys(), "fields that the codebook requires"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", record["date"])
        assert record["quad_code"] in (1, 2, 3, 4)
        assert record["text"]
        assert record["text_info"]["start"] < record["text_info"]["end"]
        for name in ("source", "recipient", "attributed_to", "on_behalf_of"):
            for actor in record.get(name, []):
                assert actor.keys() <= ACTOR
                assert re.fullmatch("[A-Z]{3}", actor.get("code", "RUS"))


def test_records_lose_nothing_of_an_act(quads: list[Quad]) -> None:
    by_id = {DEFAULT_BASE + record["id"]: record for record in records(quads, DEFAULT_BASE)}
    for quad in quads:
        record = by_id.get(quad.subject.value)
        if record is None:
            continue
        everybody = {actor["iri"] for name in ("source", "recipient") for actor in record.get(name, [])}
        match quad.predicate.value.partition("#")[2]:
            case "actor" | "target":
                assert quad.object.value in everybody
            case "source":
                assert record["attributed_to"][0]["iri"] == quad.object.value
            case "onBehalfOf":
                assert quad.object.value in {actor["iri"] for actor in record["on_behalf_of"]}
            case "confidence":
                assert record["confidence"] == float(quad.object.value)
            case "objectText":
                assert record["object_text"] == quad.object.value
            case "date":
                assert record["date"].startswith(quad.object.value)
            case "negated" if quad.object.value == "true":
                assert not record["has_event"]


def test_actors_have_codes_sectors_and_items(quads: list[Quad]) -> None:
    found = list(records(quads, DEFAULT_BASE))
    actors = {actor["iri"]: actor for record in found for actor in record["source"]}
    putin = actors[DEFAULT_BASE + "vladimir-putin"]
    assert (putin["code"], putin["sector"], putin["identifier_text"]) == ("RUS", "GOV", "Vladimir Putin")
    assert actors[DEFAULT_BASE + "russia"]["code"] == "RUS"
    assert actors[DEFAULT_BASE + "russia"]["identifier_id"] == "Q159"
    met = [record for record in found if record["predicate"] == "meets"]
    assert met
    assert all(len(record["source"]) > 1 and "recipient" not in record for record in met)


def test_dates_are_whole_days_with_their_basis(quads: list[Quad]) -> None:
    from kg.export.plover import _when

    assert _when("2024-02", None) == {"date": "2024-02-01", "enddate": "2024-02-29", "date_basis": "text"}
    assert _when("2003", "2025-06-23") == {
        "date": "2003-01-01",
        "enddate": "2003-12-31",
        "date_basis": "text",
    }
    assert _when(None, "2025-06-23") == {"date": "2025-06-23", "date_basis": "publication"}
    assert _when(None, None) == {"date_basis": "unknown"}
    assert {record["date_basis"] for record in records(quads, DEFAULT_BASE)} >= {"text", "publication"}


def test_code_tables_are_complete() -> None:
    codes = {row["iso2"]: row["iso3"] for row in read_table("country_codes")}
    assert {row["iso2"] for row in read_table("states") if row["iso2"]} == codes.keys()
    assert len(set(codes.values())) == len(codes)
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes.values())
    sectors = {row["key"] for row in read_table("plover_sectors") if row["kind"] == "role"}
    assert sectors == set(ROLES) - {"organization_head"}, "what a head is depends on the organisation"


# The verb


@pytest.mark.parametrize("form", FORMS)
def test_the_verb_writes_every_form_and_the_same_bytes_twice(
    seeds_output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    if form == "parquet" and importlib.util.find_spec("pyarrow") is None:
        pytest.skip("the package pyarrow is not installed")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / FORMS[form].output
    taken = []
    for _ in range(2):
        done = CliRunner().invoke(cli, ["export", "--to", form, "-g", str(seeds_output)])
        assert (done.exit_code, done.stdout) == (0, "")
        assert FORMS[form].output in done.stderr
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        taken.append({file.name: file.read_bytes() for file in files})
    assert taken[0] == taken[1]
    assert all(taken[0].values())


def test_the_folder_of_somebody_else_is_left_alone(quads: list[Quad], tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    for form in ("csv", "neo4j"):
        with pytest.raises(StoreError, match="files of another kind"):
            export(quads, form, tmp_path, DEFAULT_BASE)
    assert (tmp_path / "thesis.doc").exists()


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["export", "--to", "trig", "-g", str(tmp_path / "none")])
    assert (done.exit_code, "no graph here" in done.stderr) == (1, True)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        export(ODD, "plover", tmp_path / "file" / "x.jsonl", DEFAULT_BASE)


def test_every_form_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
    for form in FORMS.values():
        assert re.search(rf"^\| `{form.name}` \| `{re.escape(form.output)}/?` \|", page, re.MULTILINE), (
            form.name
        )
    own = set(re.findall(r'^            "(\w+)":', Path(plover.__file__).read_text("utf-8"), re.MULTILINE))
    assert own & FIELDS
    assert [field for field in sorted(own) if f"`{field}`" not in page] == []
