"""The part of SHACL that ``ontologies/shapes.ttl`` uses, fast enough to check every article of a build.

Shapes are read from the Turtle file, which stays the only place where the rules are written. A
constraint that this module does not know makes it refuse the file. Full validation, with the same
shapes, is what :func:`kg.rdf.validate.report` does through pySHACL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import KgError
from kg.rdf.literals import well_typed
from kg.rdf.vocabulary import RDF, RDF_TYPE, SUBCLASS_OF, XSD, ancestors, ontology_triples

Term = NamedNode | BlankNode | Literal
Values = Collection[Term]
Properties = dict[NamedNode, dict[Term, None]]
Index = dict[Term, Properties]

_SH = "http://www.w3.org/ns/shacl#"
_FIRST, _REST, _NIL = NamedNode(RDF + "first"), NamedNode(RDF + "rest"), NamedNode(RDF + "nil")
_NUMERIC = frozenset(XSD + name for name in ("decimal", "integer", "nonNegativeInteger", "double", "float"))
_NO_PROPERTIES: Properties = {}


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a shape.

    Attributes:
        node: The node.
        shape: Local name of the shape or property shape, which is the name of the rule.
        message: What the rule asks for, in English.
        message_ar: The same in Arabic.
        value: The offending value, or None.
    """

    node: NamedNode
    shape: str
    message: str
    message_ar: str
    value: str | None = None


Check = Callable[[Index, Values, Properties], Iterator[Term | None]]
"""Yields an offending value, or None for the values as a whole, for each break of a constraint."""


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    path: NamedNode | None
    checks: tuple[Check, ...]
    messages: tuple[str, str]


def index_quads(quads: Iterable[Quad]) -> Index:
    """Values by subject and property, over all graphs of the quads; triple terms are left out."""
    index: Index = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, Triple) or isinstance(value, Triple):
            continue
        index.setdefault(subject, {}).setdefault(quad.predicate, {})[value] = None
    return index


def _number(term: Term) -> Decimal | None:
    if isinstance(term, Literal) and term.datatype.value in _NUMERIC and well_typed(term):
        return Decimal(term.value)
    return None


def _min_count(argument: Term) -> Check:
    least = int(argument.value)

    def check(_index: Index, values: Values, _own: Properties) -> Iterator[Term | None]:
        if len(values) < least:
            yield None

    return check


def _max_count(argument: Term) -> Check:
    most = int(argument.value)

    def check(_index: Index, values: Values, _own: Properties) -> Iterator[Term | None]:
        if len(values) > most:
            yield None

    return check


def _each(fits: Callable[[Index, Term], bool]) -> Check:
    def check(index: Index, values: Values, _own: Properties) -> Iterator[Term | None]:
        for value in values:
            if not fits(index, value):
                yield value

    return check


def _has_datatype(value: Term, datatype: Term) -> bool:
    return isinstance(value, Literal) and value.datatype == datatype and well_typed(value)


def _is_a(index: Index, value: Term, wanted: str) -> bool:
    types = index.get(value, _NO_PROPERTIES).get(RDF_TYPE, ())
    return any(isinstance(t, NamedNode) and wanted in ancestors(t.value, SUBCLASS_OF) for t in types)


def _within(bound: Term, fits: Callable[[Decimal, Decimal], bool]) -> Check:
    limit = Decimal(bound.value)

    def inside(_index: Index, value: Term) -> bool:
        number = _number(value)
        return number is not None and fits(number, limit)

    return _each(inside)


def _less_than(other: Term) -> Check:
    if not isinstance(other, NamedNode):
        raise KgError("sh:lessThan names no property", "mend shapes.ttl")
    path = other

    def check(_index: Index, values: Values, own: Properties) -> Iterator[Term | None]:
        for value in values:
            number = _number(value)
            for end in own.get(path, ()):
                limit = _number(end)
                if number is None or limit is None or not number < limit:
                    yield value

    return check


class _Reader:
    """Turns shapes.ttl into checks."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.about: defaultdict[Term, dict[NamedNode, list[Term]]] = defaultdict(dict)
        for triple in triples:
            if isinstance(triple.subject, NamedNode | BlankNode) and not isinstance(triple.object, Triple):
                self.about[triple.subject].setdefault(triple.predicate, []).append(triple.object)

    def values(self, shape: Term, name: str) -> list[Term]:
        return self.about[shape].get(NamedNode(_SH + name), [])

    def items(self, head: Term) -> list[Term]:
        found = []
        while head != _NIL:
            found.append(self.about[head][_FIRST][0])
            head = self.about[head][_REST][0]
        return found

    def messages(self, shape: Term) -> tuple[str, str]:
        texts = {m.language: m.value for m in self.values(shape, "message") if isinstance(m, Literal)}
        return texts.get("en", ""), texts.get("ar", "")

    def checks(self, shape: Term) -> tuple[Check, ...]:
        known = {"path", "property", "targetClass", "message"}
        found: list[Check] = []
        for predicate, arguments in sorted(self.about[shape].items(), key=lambda item: item[0].value):
            if not predicate.value.startswith(_SH) or (name := predicate.value[len(_SH) :]) in known:
                continue
            found.extend(self.check(name, argument) for argument in arguments)
        return tuple(found)

    def check(self, name: str, argument: Term) -> Check:
        match name:
            case "minCount":
                return _min_count(argument)
            case "maxCount":
                return _max_count(argument)
            case "minLength":
                least = int(argument.value)
                return _each(lambda _index, value: len(value.value) >= least)
            case "datatype":
                return _each(lambda _index, value: _has_datatype(value, argument))
            case "class":
                wanted = argument.value
                return _each(lambda index, value: _is_a(index, value, wanted))
            case "in":
                allowed = frozenset(self.items(argument))
                return _each(lambda _index, value: value in allowed)
            case "minInclusive":
                return _within(argument, lambda number, limit: number >= limit)
            case "maxInclusive":
                return _within(argument, lambda number, limit: number <= limit)
            case "lessThan":
                return _less_than(argument)
            case "or":
                return self.any_of([self.property(shape) for shape in self.items(argument)])
        raise KgError(
            f"shapes.ttl uses sh:{name}, which the gate does not know", "teach it in kg/rdf/shacl.py"
        )

    def any_of(self, shapes: list[_Property]) -> Check:
        def fits(index: Index, value: Term) -> bool:
            own = index.get(value, _NO_PROPERTIES)
            return any(not any(True for _ in _broken(shape, index, value, own)) for shape in shapes)

        return _each(fits)

    def property(self, shape: Term) -> _Property:
        paths = self.values(shape, "path")
        path = paths[0] if paths else None
        if path is not None and not isinstance(path, NamedNode):
            raise KgError("shapes.ttl uses a property path", "the gate knows single properties only")
        name = shape.value.rpartition("#")[2] if isinstance(shape, NamedNode) else ""
        return _Property(name, path, self.checks(shape), self.messages(shape))

    def targets(self) -> dict[str, tuple[_Property, ...]]:
        """By class, what its instances must fulfil: the node shape itself and its properties."""
        found: dict[str, tuple[_Property, ...]] = {}
        for shape in list(self.about):
            for target in self.values(shape, "targetClass"):
                own = [self.property(shape), *map(self.property, self.values(shape, "property"))]
                found[target.value] = (*found.get(target.value, ()), *own)
        return found


def _broken(shape: _Property, index: Index, node: Term, own: Properties) -> Iterator[Term | None]:
    values = [node] if shape.path is None else own.get(shape.path, ())
    for check in shape.checks:
        yield from check(index, values, own)


@cache
def _targets() -> dict[str, tuple[_Property, ...]]:
    return _Reader(ontology_triples("shapes")).targets()


@cache
def _shapes_for(class_iri: str) -> tuple[_Property, ...]:
    """All that instances of a class must fulfil, by its superclasses too."""
    classes = sorted(ancestors(class_iri, SUBCLASS_OF))
    return tuple(shape for name in classes for shape in _targets().get(name, ()))


def violations(index: Index) -> list[Violation]:
    """Check all nodes of an index against the shapes.

    Returns:
        Violations sorted by node, shape and value, each once.
    """
    found: set[Violation] = set()
    for node, own in index.items():
        if not isinstance(node, NamedNode):
            continue
        for kind in own.get(RDF_TYPE, ()):
            for shape in _shapes_for(kind.value):
                for value in _broken(shape, index, node, own):
                    # A shape without a path is about the node itself, which is no "value".
                    text = None if value is None or shape.path is None else value.value
                    found.add(Violation(node, shape.name, *shape.messages, value=text))
    return sorted(found, key=lambda v: (v.node.value, v.shape, v.value or ""))
