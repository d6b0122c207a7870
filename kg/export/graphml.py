"""The whole graph as GraphML: every thing, fact, sentence and article a node, every link an edge.

For a picture of who does what to whom take the build's own ``graph.graphml``, which has entities only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kg.export.property_graph import Column, Plain, PropertyGraph, columns, property_graph, values_of
from kg.rdf.vocabulary import shorten
from kg.xmltext import GRAPHML_OPEN, NOT_XML

if TYPE_CHECKING:
    from pyoxigraph import Quad

_TYPES = {"text": "string", "when": "string", "integer": "long", "decimal": "double", "boolean": "boolean"}
_OWN = ("label", "kinds")
"""Keys that every node has beside its columns; ``label`` is what Gephi shows."""


def write_graphml(quads: Sequence[Quad], path: Path, base: str) -> None:
    """Write the graph as GraphML.

    Node ids are IRIs. A node has its classes as ``kinds`` and a key a column; a key's ``attr.name``
    is the column's name. Several values of one column, and a text that XML cannot hold, are a JSON
    list. An edge has the property's CURIE as ``label``, its IRI as ``property`` and a JSON list of
    ``graphs``.
    """
    graph = property_graph(quads, base)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_lines(graph, columns(graph.nodes.values()), base))


def _lines(graph: PropertyGraph, table: list[Column], base: str) -> Iterator[str]:
    yield GRAPHML_OPEN
    for name in _OWN:
        yield _key(f"node.{name}", "node", name, "string")
    for column in table:
        kind = "string" if column.many else _TYPES[column.kind]
        note = json.dumps([column.property, column.kind, column.datatype, column.language, column.many])
        yield _key(f"value.{column.name}", "node", f"value_{column.name}", kind, note)
    for name in ("label", "property", "graphs"):
        yield _key(f"edge.{name}", "edge", name, "string")
    yield ' <graph edgedefault="directed">\n'
    for node in graph.nodes.values():
        yield f"  <node id={quoteattr(node.iri)}>\n"
        yield _data("node.label", next(iter(_labels(graph, node.iri)), shorten(node.iri, base)))
        yield _data("node.kinds", " ".join(node.kinds))
        for column in table:
            if own := [column.plain(literal) for literal in values_of(node, column)]:
                yield _data(f"value.{column.name}", own if column.many else own[0])
        yield "  </node>\n"
    for i, edge in enumerate(graph.edges):
        yield f'  <edge id="e{i}" source={quoteattr(edge.start)} target={quoteattr(edge.end)}>\n'
        yield _data("edge.label", shorten(edge.property, base))
        yield _data("edge.property", edge.property)
        yield _data("edge.graphs", list(edge.graphs))
        yield "  </edge>\n"
    yield " </graph>\n</graphml>\n"


def _labels(graph: PropertyGraph, iri: str) -> list[str]:
    """Arabic labels before English ones."""
    own = (v for name, values in graph.nodes[iri].values.items() if name.endswith("#label") for v in values)
    return [literal.value for literal in sorted(own, key=lambda v: (v.language != "ar", str(v)))]


def _key(ident: str, domain: str, name: str, kind: str, note: str = "") -> str:
    described = f"<desc>{escape(note)}</desc>" if note else ""
    attributes = f'id={quoteattr(ident)} for="{domain}" attr.name={quoteattr(name)} attr.type="{kind}"'
    return f" <key {attributes}>{described}</key>\n"


def _data(key: str, value: Plain | list[str] | list[Plain]) -> str:
    return f"   <data key={quoteattr(key)}>{escape(_text(value))}</data>\n"


def _text(value: Plain | list[str] | list[Plain]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        text = json.dumps(value, ensure_ascii=False)
        return json.dumps(value) if NOT_XML.search(text) else text
    # XML reads a carriage return as a line feed; a text that looks like a list would be taken for one.
    odd = isinstance(value, str) and (NOT_XML.search(value) or "\r" in value or value.startswith("["))
    return json.dumps([value]) if odd else str(value)
