"""Namespaces, and the ontology term of every type, predicate and role of :mod:`kg.model`.

What the ontology itself says (sub-properties, quad classes, which roles speak for a state) is read
from its Turtle files, so that those stay the only place where it is written down.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import KgError
from kg.model import ROLES, EntityType

DIP = "https://w3id.org/diplomacy-kg/ontology#"
PLOVER_NS = "https://w3id.org/diplomacy-kg/plover#"
SHAPES_NS = "https://w3id.org/diplomacy-kg/shapes#"
DEFAULT_BASE = "https://w3id.org/diplomacy-kg/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
WIKIDATA = "http://www.wikidata.org/entity/"
SCHEMA = "https://schema.org/"

RDF_TYPE = NamedNode(RDF + "type")
RDFS_LABEL = NamedNode(RDFS + "label")
SUBCLASS_OF = NamedNode(RDFS + "subClassOf")
SUBPROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
SAME_AS = NamedNode(OWL + "sameAs")
ALT_LABEL = NamedNode(SKOS + "altLabel")
MACHINE_SPELLED = "ar-Latn"
"""Language tag of a romanisation; no article has that form of the name."""
BROADER = NamedNode(SKOS + "broader")
IDENTIFIER = NamedNode(DCTERMS + "identifier")
IN_LANGUAGE = NamedNode(SCHEMA + "inLanguage")

XSD_DATE = NamedNode(XSD + "date")
XSD_MONTH = NamedNode(XSD + "gYearMonth")
XSD_YEAR = NamedNode(XSD + "gYear")
XSD_DECIMAL = NamedNode(XSD + "decimal")
XSD_INTEGER = NamedNode(XSD + "integer")
XSD_OFFSET = NamedNode(XSD + "nonNegativeInteger")
XSD_BOOLEAN = NamedNode(XSD + "boolean")
XSD_HEX = NamedNode(XSD + "hexBinary")

ONTOLOGIES = ("diplomacy", "plover", "shapes")

THING_KINDS = (
    "act",
    "article",
    "contest",
    "event-fact",
    "graph",
    "merge",
    "method",
    "role",
    "statement",
    "step",
    "tenure",
    "treaty-fact",
)
"""Folders under the base IRI; each is a prefix of its own (``act:0263f94d6ecc``)."""

_CLASSES: dict[EntityType, str] = {
    "PERSON": "Person",
    "STATE": "State",
    "GOVBODY": "GovernmentBody",
    "IGO": "IntergovernmentalOrganization",
    "ARMED_GROUP": "ArmedGroup",
    "ORG": "Organization",
    "MEDIA": "MediaOutlet",
    "PLACE": "Place",
    "GROUP": "Group",
    "TREATY": "Treaty",
    "EVENT": "Event",
}
_NOT_LOCAL = re.compile(r"[^A-Za-z0-9_-]+")
_CURIE_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_-])?")


@lru_cache(maxsize=1 << 12)
def dip(name: str) -> NamedNode:
    """Term of the ontology by its local name (``dip("condemns")``)."""
    return NamedNode(DIP + name)


@lru_cache(maxsize=1 << 8)
def plover(name: str) -> NamedNode:
    """PLOVER concept by its local name (``plover("ACCUSE")``, ``plover("VerbalConflict")``)."""
    return NamedNode(PLOVER_NS + _NOT_LOCAL.sub("-", name))


def class_of(entity_type: EntityType) -> NamedNode:
    """Class of an entity type.

    >>> class_of("GOVBODY").value
    'https://w3id.org/diplomacy-kg/ontology#GovernmentBody'
    """
    return dip(_CLASSES[entity_type])


@lru_cache(maxsize=1 << 10)
def predicate_property(predicate: str) -> NamedNode:
    """Property of a predicate. An unknown one gets an IRI all the same, for the shapes to reject."""
    return dip(_NOT_LOCAL.sub("-", predicate))


@lru_cache(maxsize=1 << 10)
def role_property(role: str) -> NamedNode:
    """Property of a role. An unknown one gets an IRI all the same, for the shapes to reject.

    >>> role_property("head_of_state").value
    'https://w3id.org/diplomacy-kg/ontology#headOfStateOf'
    """
    first, *rest = _NOT_LOCAL.sub("-", role).split("_")
    return dip(first + "".join(word.title() for word in rest) + "Of")


def plover_property(plover_type: str) -> NamedNode:
    """Property above all predicates of a PLOVER type (``dip:ploverAccuse``)."""
    return dip("plover" + plover_type.title())


def stage_term(stage: str) -> NamedNode:
    """Term of a stage in the life of a treaty or event.

    >>> stage_term("in-force").value
    'https://w3id.org/diplomacy-kg/ontology#inForce'
    """
    first, *rest = stage.split("-")
    return dip(first + "".join(word.title() for word in rest))


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Prefixes under which this package writes and reads RDF."""
    return {
        "dip": DIP,
        "plover": PLOVER_NS,
        "kg": base,
        **{kind: f"{base}{kind}/" for kind in THING_KINDS},
        "dcterms": DCTERMS,
        "owl": OWL,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "skos": SKOS,
        "wd": WIKIDATA,
        "xsd": XSD,
    }


def shorten(iri: str, base: str = DEFAULT_BASE) -> str:
    """Write an IRI as a CURIE where one of the prefixes fits.

    >>> shorten("https://w3id.org/diplomacy-kg/ontology#condemns")
    'dip:condemns'
    """
    fitting = [(ns, p) for p, ns in prefixes(base).items() if iri.startswith(ns)]
    if not fitting:
        return iri
    namespace, prefix = max(fitting, key=lambda item: len(item[0]))
    local = iri[len(namespace) :]
    return f"{prefix}:{local}" if _CURIE_LOCAL.fullmatch(local) else iri


def expand(text: str, base: str = DEFAULT_BASE) -> NamedNode | None:
    """Read a full IRI, with or without angle brackets, or a CURIE; None for anything else.

    >>> expand("dip:condemns")
    <NamedNode value=https://w3id.org/diplomacy-kg/ontology#condemns>
    """
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    prefix, colon, local = text.partition(":")
    namespace = prefixes(base).get(prefix) if colon else None
    if namespace is None and not local.startswith("//"):
        return None
    try:
        return NamedNode(text if namespace is None else namespace + local)
    except ValueError:
        return None


def ontology_path(name: str) -> Path:
    """Turtle file of one of :data:`ONTOLOGIES`, in an installed package or in the source tree.

    Raises:
        KgError: If the package is incomplete.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "ontologies", package.parent / "ontologies"):
        if (path := folder / f"{name}.ttl").is_file():
            return path
    raise KgError(f"the ontology file {name}.ttl is missing", "install the package again")


@cache
def ontology_triples(name: str) -> tuple[Triple, ...]:
    """The triples of one of :data:`ONTOLOGIES`, in file order."""
    parsed = parse(path=ontology_path(name), format=RdfFormat.TURTLE)
    return tuple(quad.triple for quad in parsed)


def ontology_quads() -> list[Quad]:
    """The ontology and the PLOVER scheme, each in a graph named like the ontology, for a store.

    Queries need them for labels of terms and for sub-property paths (``dip:actsOn`` over all acts).
    """
    graphs = {"diplomacy": NamedNode(DIP[:-1]), "plover": NamedNode(PLOVER_NS[:-1])}
    return [
        Quad(t.subject, t.predicate, t.object, graph)
        for name, graph in graphs.items()
        for t in ontology_triples(name)
    ]


@cache
def _parents(relation: NamedNode, name: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for triple in ontology_triples(name):
        if (
            triple.predicate == relation
            and isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
        ):
            found.setdefault(triple.subject.value, set()).add(triple.object.value)
    return {child: frozenset(parents) for child, parents in found.items()}


@lru_cache(maxsize=1 << 10)
def ancestors(iri: str, relation: NamedNode = SUBPROPERTY_OF) -> frozenset[str]:
    """A class or property and all above it in the ontology.

    Args:
        iri: Full IRI of the term.
        relation: ``SUBPROPERTY_OF`` or ``SUBCLASS_OF``.
    """
    parents = _parents(relation, "diplomacy")
    seen, todo = {iri}, [iri]
    while todo:
        new = parents.get(todo.pop(), frozenset()) - seen
        seen |= new
        todo.extend(new)
    return frozenset(seen)


@cache
def polarity(plover_type: str) -> NamedNode:
    """Quad class of a PLOVER type, from the scheme.

    >>> polarity("ACCUSE").value
    'https://w3id.org/diplomacy-kg/plover#VerbalConflict'
    """
    (parent,) = _parents(BROADER, "plover")[plover(plover_type).value]
    return NamedNode(parent)


@cache
def quad_class(plover_type: str) -> str:
    """Quad class of a PLOVER type in words, for tables and the page.

    >>> quad_class("ACCUSE")
    'verbal_conflict'
    """
    name = polarity(plover_type).value.removeprefix(PLOVER_NS)
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@cache
def speaking_roles() -> frozenset[str]:
    """Roles whose holder acts on behalf of the state, as the ontology marks them."""
    yes = Literal(True)
    marked = {
        t.subject
        for t in ontology_triples("diplomacy")
        if t.predicate == dip("speaksForState") and t.object == yes
    }
    return frozenset(role for role in ROLES if role_property(role) in marked)
