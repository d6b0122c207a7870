"""The graph as nodes with values and edges between them: what GraphML, tables and Neo4j hold.

Every IRI is a node, also those that only facts name (properties, PLOVER concepts, Wikidata items).
Literals are values of their node, all other triples edges. Together with the columns' descriptions
that is all there is: :func:`triples` gives the graph's triples back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.rdf.literals import date_literal, decimal_literal
from kg.rdf.vocabulary import (
    DIP,
    RDF_TYPE,
    XSD,
    XSD_BOOLEAN,
    XSD_DATE,
    XSD_DECIMAL,
    XSD_INTEGER,
    XSD_MONTH,
    XSD_OFFSET,
    XSD_YEAR,
    shorten,
)

Plain = str | int | float | bool
Kind = OneOf["text", "when", "integer", "decimal", "boolean"]
OUTSIDE = "Term"
"""Kind of a node of which the graph says nothing: a property, a concept, an item of Wikidata."""

_KINDS: dict[NamedNode, Kind] = {
    XSD_DATE: "when",
    XSD_MONTH: "when",
    XSD_YEAR: "when",
    XSD_INTEGER: "integer",
    XSD_OFFSET: "integer",
    XSD_DECIMAL: "decimal",
    XSD_BOOLEAN: "boolean",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A kind of value that nodes have.

    Attributes:
        name: The property's local name, with language or datatype where it has several of them.
        property: IRI of the property.
        kind: How values are written; "when" stands for days, months and years alike.
        datatype: IRI of the values' datatype; of "when" it follows from the value.
        language: Language of the values, or "".
        many: Whether some node has more than one.
    """

    name: str
    property: str
    kind: Kind
    datatype: str
    language: str
    many: bool

    def plain(self, literal: Literal) -> Plain:
        """A value as Python has it."""
        match self.kind:
            case "integer":
                return int(literal.value)
            case "decimal":
                return float(literal.value)
            case "boolean":
                return literal.value in ("true", "1")
        return literal.value

    def literal(self, value: Plain) -> Literal:
        """The literal that a value stands for."""
        match self.kind:
            case "when":
                return date_literal(str(value))
            case "decimal":
                return decimal_literal(float(value))
            case "boolean":
                return Literal(bool(value))
        if self.language:
            return Literal(str(value), language=self.language)
        return Literal(str(value), datatype=NamedNode(self.datatype))


@dataclass(slots=True)
class Node:
    """A thing; ``values`` by property, ``kinds`` are local names of its classes."""

    iri: str
    kinds: tuple[str, ...] = (OUTSIDE,)
    values: dict[str, list[Literal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A triple between two nodes, with the names of the graphs that it stands in."""

    start: str
    property: str
    end: str
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes by IRI and edges, both sorted."""

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]


def property_graph(quads: Iterable[Quad], base: str) -> PropertyGraph:
    """The data of a graph as nodes and edges.

    Args:
        quads: Quads; those of graphs outside the base IRI (the ontology) are left out.
        base: Base IRI of the graph.
    """
    values: defaultdict[str, defaultdict[str, set[Literal]]] = defaultdict(lambda: defaultdict(set))
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    edges: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    known: set[str] = set()
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode) and not quad.graph_name.value.startswith(base):
            continue
        start, graph = _name(quad.subject), _name(quad.graph_name)
        known.add(start)
        if isinstance(quad.object, Literal):
            values[start][quad.predicate.value].add(quad.object)
        elif quad.predicate == RDF_TYPE:
            kinds[start].add(_name(quad.object).removeprefix(DIP))
        else:
            end = _name(quad.object)
            known.add(end)
            edges[start, quad.predicate.value, end].add(graph)
    nodes = {
        iri: Node(
            iri,
            tuple(sorted(kinds[iri])) or (OUTSIDE,),
            {name: sorted(own, key=str) for name, own in sorted(values[iri].items())},
        )
        for iri in sorted(known)
    }
    return PropertyGraph(nodes, tuple(Edge(*key, tuple(sorted(edges[key]))) for key in sorted(edges)))


def _name(node: object) -> str:
    """IRI of a node, ``_:`` and the label of a blank one, nothing for the default graph."""
    if isinstance(node, NamedNode):
        return node.value
    return str(node) if isinstance(node, BlankNode) else ""


def columns(nodes: Iterable[Node]) -> list[Column]:
    """The columns that hold all values of some nodes, sorted by name."""
    many: defaultdict[tuple[str, Kind, str, str], bool] = defaultdict(bool)
    for node in nodes:
        for name, literals in node.values.items():
            for key, own in _grouped(literals).items():
                many[name, *key] |= len(own) > 1
    variants: defaultdict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for name, kind, datatype, language in many:
        variants[_local(name), language].add((name, kind, datatype))
    found = []
    for (name, kind, datatype, language), several in many.items():
        label = _local(name) + (f"_{language}" if language else "")
        if len(variants[_local(name), language]) > 1:
            label = f"{shorten(name).replace(':', '_')}_{language or kind}_{_local(datatype)}"
        found.append(Column(label, name, kind, datatype, language, several))
    return sorted(found, key=lambda column: column.name)


def values_of(node: Node, column: Column) -> list[Literal]:
    """The values of a node in a column."""
    own = _grouped(node.values.get(column.property, ()))
    return own.get((column.kind, column.datatype, column.language), [])


def _grouped(literals: Iterable[Literal]) -> dict[tuple[Kind, str, str], list[Literal]]:
    """Values by kind, datatype and language."""
    found: dict[tuple[Kind, str, str], list[Literal]] = {}
    for literal in literals:
        kind = _KINDS.get(literal.datatype, "text")
        datatype = XSD + "date" if kind == "when" else literal.datatype.value
        found.setdefault((kind, datatype, literal.language or ""), []).append(literal)
    return found


def _local(iri: str) -> str:
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def node_of(iri: str) -> NamedNode | BlankNode:
    """The RDF node of a node's name."""
    return BlankNode(iri[2:]) if iri.startswith("_:") else NamedNode(iri)


def kind_of(name: str) -> NamedNode:
    """The class of a kind: local names are those of the ontology."""
    return NamedNode(name if ":" in name else DIP + name)


def triples(graph: PropertyGraph) -> Iterator[Triple]:
    """The triples that a property graph stands for."""
    for node in graph.nodes.values():
        subject = node_of(node.iri)
        for kind in node.kinds:
            if kind != OUTSIDE:
                yield Triple(subject, RDF_TYPE, kind_of(kind))
        for name, literals in node.values.items():
            for literal in literals:
                yield Triple(subject, NamedNode(name), literal)
    for edge in graph.edges:
        yield Triple(node_of(edge.start), NamedNode(edge.property), node_of(edge.end))
