"""RDF forms: as it is, and with RDF 1.2 reifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, product
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from kg.rdf.serialise import FORMATS, sort_key, write_sorted
from kg.rdf.vocabulary import RDF, RDF_TYPE, dip

REIFIES = NamedNode(RDF + "reifies")
_VALUES = {
    dip("TreatyFact"): (dip("treaty"), (dip("party"), dip("signedOn"), dip("duration"))),
    dip("EventFact"): (
        dip("event"),
        (dip("agent"), dip("patient"), dip("place"), dip("date"), dip("eventType")),
    ),
}
Object = NamedNode | BlankNode | Literal | Triple
Values = dict[NamedNode, list[Object]]


def write_rdf(quads: Sequence[Quad], path: Path, base: str) -> None:
    """Write all quads in the format of the path's suffix; without a known one, as TriG."""
    write_sorted(sorted(set(quads), key=sort_key), path, FORMATS.get(path.suffix, RdfFormat.TRIG), base)


def write_reified(quads: Sequence[Quad], path: Path, base: str) -> None:
    """Write all quads as RDF 1.2 TriG, and for each fact node the triples that it stands behind.

    ``act:1 rdf:reifies <<( kg:a dip:condemns kg:b )>>`` says what the act is about without asserting
    it. Also negated, planned and possible acts reify their triple, which no graph asserts.
    """
    every = {*quads, *reifiers(quads)}
    write_sorted(sorted(every, key=sort_key), path, RdfFormat.TRIG, base)


def reifiers(quads: Iterable[Quad]) -> Iterator[Quad]:
    """For each fact node the triples that it stands behind, in the graph of its article.

    Args:
        quads: Quads, those of a subject in one graph standing together.
    """
    for (subject, graph), own in groupby(quads, key=lambda quad: (quad.subject, quad.graph_name)):
        values: Values = {}
        for quad in own:
            values.setdefault(quad.predicate, []).append(quad.object)
        for triple in _behind(subject, values) if isinstance(subject, NamedNode) else ():
            yield Quad(subject, REIFIES, triple, graph)


def _behind(node: NamedNode, values: Values) -> Iterator[Triple]:
    def of(name: str) -> list[Object]:
        return values.get(dip(name), [])

    def all_of(subjects: list[Object], properties: list[Object], objects: list[Object]) -> Iterator[Triple]:
        for s, p, o in product(subjects, properties, objects):
            if isinstance(s, NamedNode) and isinstance(p, NamedNode):
                yield Triple(s, p, o)

    kinds = values.get(RDF_TYPE, [])
    if dip("Act") in kinds:
        yield from all_of(of("actor"), of("predicate"), of("target"))
    elif dip("RoleHolding") in kinds:
        former = Literal(True) in of("former")
        yield from all_of(of("holder"), [dip("formerlyHeldRoleIn")] if former else of("role"), of("heldIn"))
    elif dip("Statement") in kinds:
        yield from all_of(of("speaker"), [dip("states")], [node])
    for kind, (about, properties) in _VALUES.items():
        if kind in kinds:
            for name in properties:
                yield from all_of(values.get(about, []), [name], values.get(name, []))
