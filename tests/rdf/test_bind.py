from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.rdf.bind import bind

A = NamedNode("http://a.example/a")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ASK { ?x ?p $x }", "ASK { <http://a.example/a> ?p <http://a.example/a> }"),
        ("SELECT ?x ?p { ?x ?p 1 }", "SELECT (<http://a.example/a> AS ?x) ?p { <http://a.example/a> ?p 1 }"),
        ("SELECT * { ?xx ?p '?x' }", "SELECT * { ?xx ?p '?x' }"),
        ("SELECT * { <?x> ?p 1 } # ?x", "SELECT * { <?x> ?p 1 } # ?x"),
        (
            "SELECT (COUNT(?x) AS ?n) { ?x ?p 1 } GROUP BY ?x ORDER BY ?x DESC(?x)",
            "SELECT (COUNT(<http://a.example/a>) AS ?n) { <http://a.example/a> ?p 1 } "
            "GROUP BY (<http://a.example/a>) ORDER BY (<http://a.example/a>) DESC(<http://a.example/a>)",
        ),
        ("ASK { kg:select ?x 1 }", "ASK { kg:select <http://a.example/a> 1 }"),
    ],
)
def test_values_take_the_place_of_variables(before: str, after: str) -> None:
    assert bind(before, {"x": A}) == after


@given(st.text(max_size=40))
def test_whatever_a_user_types_stays_one_literal(text: str) -> None:
    store = Store()
    predicate = NamedNode("http://a.example/p")
    store.add(Quad(A, predicate, Literal(text)))
    store.add(Quad(A, predicate, Literal("another")))
    query = bind("SELECT ?s ?text { ?s <http://a.example/p> ?text }", {"text": Literal(text)})
    rows = [list(row) for row in store.query(query)]  # type: ignore[union-attr]
    assert rows == [[A, Literal(text)]]


def test_only_terms_are_written() -> None:
    with pytest.raises(QueryError):
        bind("ASK { ?x ?y ?z }", {"x": "<http://a.example/a> ?p ?o } #"})
