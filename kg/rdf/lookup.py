"""Find what a user means by an IRI, a CURIE, a slug or a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from kg.arabic import fold
from kg.errors import QueryError
from kg.rdf.iri import facts_graph
from kg.rdf.result import Queryable
from kg.rdf.vocabulary import dip, expand, shorten

_SLUG = re.compile(r"[a-z0-9][a-z0-9/-]*")
_BY_NAME = """
SELECT DISTINCT ?entity WHERE {
  { GRAPH ?facts { ?entity rdfs:label ?label } }
  UNION { ?entity skos:altLabel ?label . FILTER EXISTS { GRAPH ?facts { ?entity rdfs:label ?any } } }
  FILTER(STR(?label) = ?name)
}
ORDER BY ?entity
"""

_NAMES = """
SELECT DISTINCT ?entity ?name WHERE {
  { GRAPH ?facts { ?entity rdfs:label ?name } } UNION { ?entity skos:altLabel ?name }
}
"""
_MOST = 10
_NEAR = 3


def find_entity(store: Queryable, text: str) -> NamedNode:
    """The thing that a text names.

    Args:
        store: Where to look names up.
        text: Full IRI, CURIE (``kg:russia``), slug (``russia``), or a label or surface form in any
            language (``روسيا``); where none is written so, one that differs in hamzas, vowel signs or
            case only.

    Raises:
        QueryError: If nothing or more than one thing has the name.
    """
    text = text.strip()
    if node := expand(text, store.base):
        return node
    if _SLUG.fullmatch(text) and store.query("ASK { ?thing ?p ?o }", {"thing": NamedNode(store.base + text)}):
        return NamedNode(store.base + text)
    facts = facts_graph(store.base)
    rows = store.query(_BY_NAME, {"facts": facts, "name": Literal(text)}).rows
    found = [row[0] for row in rows if isinstance(row[0], NamedNode)]
    names = {} if found else _names(store)
    found = found or sorted(names.get(fold(text), ()), key=lambda node: node.value)
    if len(found) == 1:
        return found[0]
    if not found:
        near = ", ".join(shorten(node.value, store.base) for node in _near(text, names))
        mend = f"do you mean {near}?" if near else "give an IRI such as kg:russia"
        raise QueryError(f"nothing in the graph is called {text!r}", mend)
    choice = ", ".join(shorten(node.value, store.base) for node in found[:_MOST])
    raise QueryError(f"{text!r} names more than one thing", f"choose one of {choice}")


def _names(store: Queryable) -> dict[str, set[NamedNode]]:
    """All things of the graph by their folded names."""
    names: dict[str, set[NamedNode]] = {}
    for entity, label in store.query(_NAMES, {"facts": facts_graph(store.base)}).rows:
        if isinstance(entity, NamedNode) and isinstance(label, Literal):
            for name in (label.value, entity.value.removeprefix(store.base)):
                names.setdefault(fold(name), set()).add(entity)
    return names


def _near(text: str, names: Mapping[str, set[NamedNode]]) -> list[NamedNode]:
    """Things, a few at most, of whose names the text is a word, or like which it is spelled."""
    wanted = fold(text)
    holding = sorted(name for name in names if f" {wanted} " in f" {name} ")
    similar = get_close_matches(wanted, sorted(names), n=_NEAR, cutoff=0.75)
    found = dict.fromkeys(node for name in (*holding, *similar) for node in sorted(names[name], key=str))
    return list(found)[:_NEAR]


def find_property(text: str, base: str) -> NamedNode:
    """The property that a text names: full IRI, CURIE, or local name of the ontology (``condemns``).

    Raises:
        QueryError: If it is none of these.
    """
    text = text.strip()
    if node := expand(text, base):
        return node
    if re.fullmatch(r"[A-Za-z]+", text):
        return dip(text)
    raise QueryError(f"{text!r} is no property", "give one such as dip:condemns")
