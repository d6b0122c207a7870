"""What is inferred, what is not, and what the graph's own queries make of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from samples import BACKGROUND, FIRST, first, second, sentence, span

from kg.build import build
from kg.config import load_settings
from kg.errors import ConfigError
from kg.model import Act, Extraction
from kg.queries import list_queries, run
from kg.rdf.build import merged_quads
from kg.rdf.infer import derived_quads
from kg.rdf.iri import inferred_graph
from kg.rdf.reason import inferred_quads
from kg.rdf.vocabulary import DEFAULT_BASE, RDF_TYPE, ancestors, dip
from kg.store import open_output

pytest.importorskip("reasonable")
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SEEDS = Path(__file__).parents[2] / "seeds"


def kg(name: str) -> NamedNode:
    return NamedNode(DEFAULT_BASE + name)


def inferred(*extractions: Extraction) -> set[tuple[NamedNode, NamedNode, NamedNode]]:
    merged = merged_quads(extractions, background=BACKGROUND)
    derived = derived_quads(extractions, background=BACKGROUND)
    quads = inferred_quads(merged, derived, background=BACKGROUND)
    assert {quad.graph_name for quad in quads} <= {inferred_graph()}
    given = {quad.triple for quad in (*merged, *derived)}
    assert not given & {quad.triple for quad in quads}, "the graph holds only what is new"
    return {(q.subject, q.predicate, q.object) for q in quads}


@pytest.fixture(scope="module")
def found() -> set[tuple[NamedNode, NamedNode, NamedNode]]:
    return inferred(first(), second())


def test_acts_hold_up_to_their_plover_type_and_quad_class(found: set[object]) -> None:
    for name in ("ploverSupport", "verbalCooperation", "actsOn"):
        assert (kg("russia"), dip(name), kg("iran")) in found
    for name in ("ploverRequest", "verbalConflict"):
        assert (kg("russia"), dip(name), kg("united-states")) in found


def test_roles_and_classes_hold_for_those_above(found: set[object]) -> None:
    assert (kg("vladimir-putin"), dip("holdsRoleIn"), kg("russia")) in found
    assert (kg("russia"), RDF_TYPE, dip("Actor")) in found
    assert (kg("russia"), RDF_TYPE, NamedNode("https://schema.org/Country")) in found


def test_symmetric_and_inverse_properties(found: set[tuple[NamedNode, ...]]) -> None:
    met = {s for s, p, o in found if p == dip("meets") and o == kg("vladimir-putin")}
    assert len(met) == 1
    assert (kg("russia"), dip("officeHolder"), kg("vladimir-putin")) in found
    treaties = {(s, p) for s, p, o in found if p == dip("partyTo")}
    assert treaties == {(kg("russia"), dip("partyTo")), (kg("iran"), dip("partyTo"))}
    assert (kg("iran"), dip("actedOnBy"), kg("russia")) in found
    assert (kg("iran"), dip("supports"), kg("russia")) not in found, "support is not mutual"


def test_denied_and_planned_acts_lead_to_nothing() -> None:
    alone = replace(first(), acts=tuple(a for a in first().acts if a.negated or a.modality != "asserted"))
    acts = {dip("actsOn"), dip("actedOnBy"), dip("materialConflict"), dip("verbalCooperation")}
    assert not {(s, p, o) for s, p, o in inferred(alone) if p in acts}


def test_only_entities_get_triples_and_no_empty_ones(found: set[tuple[NamedNode, ...]]) -> None:
    empty = {"Thing", "Resource"}
    for s, p, o in found:
        assert s.value.startswith(DEFAULT_BASE)
        assert not s.value.startswith((DEFAULT_BASE + "act/", DEFAULT_BASE + "statement/"))
        assert "owl#" not in p.value
        assert o.value.rpartition("#")[2] not in empty
        assert "wikidata" not in o.value


def test_no_type_follows_from_domain_or_range() -> None:
    """An act of a place makes it no actor: types come from the classes above alone."""
    odd = replace(first(), acts=(replace(first().acts[0], actors=("V2",)),))
    summits = {s for s, p, o in inferred(odd) if (p, o) == (RDF_TYPE, NamedNode(SEM + "Event"))}
    assert len(summits) == 2
    assert not {s for s, p, o in inferred(odd) if (p, o) == (RDF_TYPE, dip("Actor"))} & summits


def stances(*extractions: Extraction) -> set[tuple[str, str, str]]:
    quads = {"verbalCooperation", "materialCooperation", "verbalConflict", "materialConflict"}
    states = {kg(name) for name in ("russia", "iran", "united-states", "israel")}
    return {
        (s.value.rpartition("/")[2], p.value.rpartition("#")[2], o.value.rpartition("/")[2])
        for s, p, o in inferred(*extractions)
        if {s, o} <= states and p.value.rpartition("#")[2] in quads
    }


def test_blame_for_an_event_falls_on_the_state_that_brought_it_about() -> None:
    blame = replace(first(), acts=(first().acts[0],))
    assert stances(blame) == {("russia", "verbalConflict", "united-states")}


def test_acts_towards_those_who_speak_for_a_state_count_for_it() -> None:
    proof = sentence(FIRST, "ودعت موسكو")
    threat = Act("threatens", span(FIRST, "دعت"), ("E4",), ("E1",), proof, method="kg.sample.v1")
    assert stances(replace(first(), acts=(threat,))) == {("united-states", "verbalConflict", "russia")}
    body = replace(threat, targets=("E5",))
    assert stances(replace(first(), acts=(body,))) == {("united-states", "verbalConflict", "russia")}
    former = replace(first(), acts=(threat,), roles=(replace(first().roles[0], former=True),))
    assert stances(former) == set()


def test_inferred_properties_are_above_asserted_ones(found: set[tuple[NamedNode, ...]]) -> None:
    """Soundness: each inferred act lies above one that is asserted between the same two, either way."""
    quads = (*merged_quads((first(), second())), *derived_quads((first(), second()), background=BACKGROUND))
    said: dict[frozenset[object], set[str]] = {}
    for quad in quads:
        said.setdefault(frozenset((quad.subject, quad.object)), set()).update(ancestors(quad.predicate.value))
    plain = {dip(name).value for name in ("ploverSupport", "ploverRequest", "ploverConsult", "ploverAssault")}
    for s, p, o in found:
        if p.value in plain:
            assert p.value in said[frozenset((s, o))]


def test_without_the_package_the_mend_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reasonable", None)
    with pytest.raises(ConfigError, match=r"diplomacy-kg\[infer\]"):
        inferred_quads([], [])


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inferred") / "output"
    build([SEEDS], load_settings(None, {"output": folder, "infer": True, "jobs": 1}))
    return folder


def graphs(output: Path) -> dict[object, set[Quad]]:
    found: dict[object, set[Quad]] = {}
    for quad in parse(path=output / "graph.trig", format=RdfFormat.TRIG):
        found.setdefault(quad.graph_name, set()).add(quad)
    return found


def test_the_switch_adds_one_graph_and_changes_no_other(output: Path, seeds_output: Path) -> None:
    plain, more = graphs(seeds_output), graphs(output)
    assert more.pop(inferred_graph())
    assert more == plain
    assert inferred_graph() not in plain


def test_shipped_queries_answer_the_same_with_and_without(output: Path, seeds_output: Path) -> None:
    with open_output(output) as more, open_output(seeds_output) as plain:
        for query in list_queries():
            assert run(more, query).rows == run(plain, query).rows, query.name


def test_a_quad_class_needs_no_path(output: Path) -> None:
    with open_output(output) as store:
        short = store.query("SELECT DISTINCT ?a ?b { ?a dip:verbalConflict ?b }")
        path = store.query("SELECT DISTINCT ?a ?b { ?a ?p ?b . ?p rdfs:subPropertyOf* dip:verbalConflict }")
        assert set(short.rows) == set(path.rows)
        assert store.query("ASK { GRAPH ?g { ?a dip:verbalConflict ?b } }")
