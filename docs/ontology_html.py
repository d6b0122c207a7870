"""The ontology as a page in both languages, with an anchor a term, written from the Turtle files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyoxigraph import Literal, NamedNode

from kg.rdf.vocabulary import DIP, OWL, PLOVER_NS, RDF_TYPE, RDFS, SKOS, ontology_triples, shorten

FOLDER = Path(__file__).parent
ONTOLOGY = DIP.removesuffix("#")
TERMS = "http://purl.org/dc/terms/"

Described = dict[str, dict[NamedNode, list[NamedNode | Literal]]]

_GROUPS = (
    ("classes", "Classes", "الأصناف", OWL + "Class"),
    ("object-properties", "Properties between things", "خصائص بين الأشياء", OWL + "ObjectProperty"),
    ("data-properties", "Properties with values", "خصائص ذات قيم", OWL + "DatatypeProperty"),
    ("annotations", "Annotations", "حواشٍ", OWL + "AnnotationProperty"),
    ("stages", "Stages of treaties and events", "مراحل المعاهدات والأحداث", DIP + "Stage"),
)
_ROWS = (
    (RDFS + "subClassOf", "subclass of", "صنف من"),
    (RDFS + "subPropertyOf", "sub-property of", "خاصية من"),
    (SKOS + "broader", "broader", "أعم منه"),
    (RDFS + "domain", "of", "تكون لـ"),
    (RDFS + "range", "value", "قيمتها"),
    (OWL + "inverseOf", "inverse of", "عكس"),
    (SKOS + "exactMatch", "same as", "يطابق"),
    (SKOS + "closeMatch", "close to", "يقارب"),
    (RDFS + "seeAlso", "see", "انظر"),
)
_INVERSE = (
    (RDFS + "subClassOf", "has subclasses", "أصنافه"),
    (RDFS + "subPropertyOf", "has sub-properties", "خصائص تحتها"),
    (SKOS + "broader", "narrower", "أخص منه"),
)


def described(name: str) -> Described:
    """What an ontology file says of each of its terms, in file order."""
    found: Described = {}
    for triple in ontology_triples(name):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            found.setdefault(triple.subject.value, {}).setdefault(triple.predicate, []).append(triple.object)
    return found


def words(of: dict[NamedNode, list[NamedNode | Literal]], predicate: str) -> dict[str, str]:
    """The texts that a property has, by language."""
    found = of.get(NamedNode(predicate), [])
    return {text.language or "": text.value for text in found if isinstance(text, Literal)}


def anchor(iri: str) -> str:
    """The part of the page that tells of a term: ``Act``, ``plover-AGREE``."""
    return iri.removeprefix(DIP) if iri.startswith(DIP) else "plover-" + iri.removeprefix(PLOVER_NS)


def page() -> Iterator[str]:
    """The page, as one part."""
    diplomacy, plover = described("diplomacy"), described("plover")
    own = {iri: of for iri, of in diplomacy.items() if iri.startswith(DIP)}
    concepts = {iri: of for iri, of in plover.items() if iri.startswith(PLOVER_NS) and iri != PLOVER_NS}
    everything = own | concepts
    groups = [
        _group(key, en, ar, {iri: of for iri, of in own.items() if _is(of, kind)}, everything)
        for key, en, ar, kind in _GROUPS
    ]
    groups.append(_group("plover", "PLOVER concepts", "مفاهيم بلوفر", concepts, everything))
    head = diplomacy[ONTOLOGY]
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    yield (
        environment.get_template("ontology.html.j2")
        .render(
            title=words(head, RDFS + "label"),
            about=words(head, RDFS + "comment"),
            iri=ONTOLOGY,
            version=words(head, OWL + "versionInfo")[""],
            licence=head[NamedNode(TERMS + "license")][0].value,
            prefixes=(("dip", DIP), ("plover", PLOVER_NS)),
            groups=groups,
        )
        .rstrip("\n")
    )


def _is(of: dict[NamedNode, list[NamedNode | Literal]], kind: str) -> bool:
    return NamedNode(kind) in of.get(RDF_TYPE, [])


def _group(key: str, en: str, ar: str, terms: Described, everything: Described) -> dict[str, Any]:
    return {
        "anchor": key,
        "en": en,
        "ar": ar,
        "terms": [_term(iri, of, everything) for iri, of in terms.items()],
    }


def _term(iri: str, of: dict[NamedNode, list[NamedNode | Literal]], everything: Described) -> dict[str, Any]:
    def link(target: str) -> dict[str, str]:
        return {"text": shorten(target), "href": f"#{anchor(target)}" if target in everything else target}

    def row(en: str, ar: str, targets: list[str]) -> list[dict[str, Any]]:
        return [{"en": en, "ar": ar, "links": [link(t) for t in targets]}] if targets else []

    rows: list[dict[str, Any]] = []
    for predicate, en, ar in _ROWS:
        found = of.get(NamedNode(predicate), [])
        rows += row(en, ar, [node.value for node in found if isinstance(node, NamedNode)])
    for predicate, en, ar in _INVERSE:
        below = [x for x, says in everything.items() if NamedNode(iri) in says.get(NamedNode(predicate), [])]
        rows += row(en, ar, below)
    concept = iri.startswith(PLOVER_NS)
    return {
        "anchor": anchor(iri),
        "name": shorten(iri),
        "label": words(of, SKOS + "prefLabel" if concept else RDFS + "label"),
        "about": words(of, SKOS + "definition" if concept else RDFS + "comment"),
        "rows": rows,
    }
