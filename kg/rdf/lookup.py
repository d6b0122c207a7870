"""Find what a user means by an IRI, a CURIE, a slug or a name."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

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
ORDER BY ?entity LIMIT 10
"""


def find_entity(store: Queryable, text: str) -> NamedNode:
    """The thing that a text names.

    Args:
        store: Where to look names up.
        text: Full IRI, CURIE (``kg:russia``), slug (``russia``), or a label or surface form in any
            language, letter by letter (``روسيا``).

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
    if len(found) == 1:
        return found[0]
    if not found:
        raise QueryError(f"nothing in the graph is called {text!r}", "give an IRI such as kg:russia")
    names = ", ".join(shorten(node.value, store.base) for node in found)
    raise QueryError(f"{text!r} names more than one thing", f"choose one of {names}")


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
