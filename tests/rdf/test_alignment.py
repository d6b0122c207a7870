"""The ontology is aligned with terms that exist elsewhere and are of the same kind."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import NamedNode
from rdflib import URIRef
from rdflib.namespace import ORG, PROV, RDF, SDO, SKOS, TIME, DefinedNamespace

from kg.rdf.vocabulary import (
    DIP,
    OWL,
    RDF_TYPE,
    RDFS,
    SUBCLASS_OF,
    SUBPROPERTY_OF,
    WIKIDATA,
    ontology_triples,
)

SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
# Terms of vocabularies that rdflib does not know, as their specifications list them (SEM 2009-11, NIF 2.1).
LISTED = {
    SEM: "Core Event Actor Place Time Type EventType ActorType PlaceType Role RoleType Authority View "
    "hasActor hasPlace hasTime hasTimeStamp hasBeginTimeStamp hasEndTimeStamp eventType actorType placeType "
    "roleType subEventOf accordingTo",
    NIF: "Context String OffsetBasedString RFC5147String Sentence Phrase Word Annotation "
    "beginIndex endIndex anchorOf referenceContext isString sourceUrl sentence",
}
KNOWN: dict[str, type[DefinedNamespace]] = {str(ns): ns for ns in (PROV, RDF, SDO, ORG, TIME, SKOS)}
# Items that the alignment names, with their labels on Wikidata and what they are there.
ITEMS = {
    "Q5": "class",  # human
    "Q7275": "class",  # state
    "Q43229": "class",  # organization
    "Q131569": "class",  # treaty
    "Q245065": "class",  # intergovernmental organization
}
MATCHES = {str(SKOS[name]) for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")}
EQUIVALENT = {OWL + "equivalentClass": "class", OWL + "equivalentProperty": "property"}
ALIGNING = {SUBCLASS_OF.value: "class", SUBPROPERTY_OF.value: "property", **EQUIVALENT}


def kind_by_name(term: str) -> str:
    """All vocabularies write classes with a capital and properties without."""
    local = re.split("[/#]", term)[-1]
    return "class" if local[0].isupper() else "property"


def own_kinds() -> dict[str, str]:
    kinds = {}
    for triple in ontology_triples("diplomacy"):
        if triple.predicate == RDF_TYPE and isinstance(triple.subject, NamedNode):
            name = triple.object.value.removeprefix(OWL)
            if name == "Class":
                kinds[triple.subject.value] = "class"
            elif name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty"):
                kinds[triple.subject.value] = "property"
    return kinds


def alignments() -> list[tuple[str, str, str]]:
    """Statements between a term of ours and one of others, from subclass to match."""
    return [
        (t.subject.value, t.predicate.value, t.object.value)
        for t in ontology_triples("diplomacy")
        if isinstance(t.subject, NamedNode)
        and isinstance(t.object, NamedNode)
        and t.subject.value.startswith(DIP)
        and not t.object.value.startswith(DIP)
        and t.predicate.value in {*ALIGNING, *MATCHES}
    ]


def fault(subject: str, predicate: str, target: str) -> str | None:
    """What is wrong with an alignment, or None."""
    own = own_kinds().get(subject)
    if own is None:
        return "is aligned but not declared"
    if ALIGNING.get(predicate, own) != own:
        return f"is a {own}, which {predicate} does not relate"
    if target.startswith(WIKIDATA):
        item = target.removeprefix(WIKIDATA)
        if item.startswith("P"):
            return None if own == "property" else "is a class matched with a property"
        return None if ITEMS.get(item) == own else f"is matched with {item}, which is no known {own}"
    for space, terms in LISTED.items():
        if target.startswith(space) and target.removeprefix(space) not in terms.split():
            return f"names {target}, which is no term"
    for space, namespace in KNOWN.items():
        if target.startswith(space) and URIRef(target) not in namespace:
            return f"names {target}, which is no term"
    if not target.startswith((*LISTED, *KNOWN)):
        return f"names {target}, of a vocabulary that nobody checks"
    return None if kind_by_name(target) == own else f"is a {own} aligned with {target}"


@pytest.mark.parametrize(
    "alignment", alignments(), ids=lambda a: " ".join(re.split("[/#]", p)[-1] for p in a)
)
def test_every_alignment_is_with_a_term_of_the_same_kind(alignment: tuple[str, str, str]) -> None:
    assert fault(*alignment) is None


@pytest.mark.parametrize(
    "alignment",
    [
        (DIP + "Act", SUBCLASS_OF.value, SEM + "Evnt"),
        (DIP + "Act", SUBCLASS_OF.value, SEM + "hasActor"),
        (DIP + "actor", SUBPROPERTY_OF.value, SEM + "Actor"),
        (DIP + "actor", SUBCLASS_OF.value, SEM + "Actor"),
        (DIP + "Person", SUBCLASS_OF.value, str(PROV) + "Persona"),
        (DIP + "Person", SUBCLASS_OF.value, "http://xmlns.com/foaf/0.1/Person"),
        (DIP + "Person", str(SKOS.exactMatch), WIKIDATA + "Q6"),
        (DIP + "Nothing", SUBCLASS_OF.value, SEM + "Event"),
    ],
)
def test_a_wrong_alignment_is_found(alignment: tuple[str, str, str]) -> None:
    assert fault(*alignment) is not None


def test_every_vocabulary_of_the_design_is_aligned_with() -> None:
    used = {
        space
        for triple in ontology_triples("diplomacy")
        for space in (*LISTED, *KNOWN, WIKIDATA)
        if isinstance(triple.object, NamedNode) and triple.object.value.startswith(space)
    }
    used |= {str(SKOS) for triple in ontology_triples("diplomacy") if triple.predicate.value in MATCHES}
    assert used == {*LISTED, *KNOWN, WIKIDATA}


@pytest.mark.parametrize(
    ("term", "target"),
    [
        ("Event", SEM + "Event"),
        ("Actor", SEM + "Actor"),
        ("actor", SEM + "hasActor"),
        ("place", SEM + "hasPlace"),
        ("Article", str(SDO.NewsArticle)),
        ("Person", str(SDO.Person)),
        ("State", str(SDO.Country)),
        ("GovernmentBody", str(SDO.GovernmentOrganization)),
        ("Statement", str(SDO.Quotation)),
        ("RoleHolding", str(ORG.Membership)),
        ("beginIndex", NIF + "beginIndex"),
        ("endIndex", NIF + "endIndex"),
        ("sentence", NIF + "anchorOf"),
        ("signedOn", WIKIDATA + "P585"),
        ("party", WIKIDATA + "P1891"),
        ("holdsRoleIn", WIKIDATA + "P39"),
    ],
)
def test_what_the_design_asks_for_is_aligned(term: str, target: str) -> None:
    assert target in {t for s, _, t in alignments() if s == DIP + term}


@pytest.mark.parametrize("name", ["wasQuotedFrom", "wasDerivedFrom", "wasAttributedTo", "wasGeneratedBy"])
def test_derivation_is_told_in_the_words_of_prov(name: str) -> None:
    assert str(PROV[name]) in {target for _, _, target in alignments()}


def test_no_alignment_hides_in_another_relation() -> None:
    """What else points outside says where to read on or what a value is, and relates no terms."""
    allowed = {RDF_TYPE.value, RDFS + "range", RDFS + "domain", RDFS + "seeAlso", RDFS + "isDefinedBy"}
    other = {
        t.predicate.value
        for t in ontology_triples("diplomacy")
        if isinstance(t.subject, NamedNode)
        and isinstance(t.object, NamedNode)
        and t.subject.value.startswith(DIP)
        and not t.object.value.startswith(DIP)
    }
    assert other <= allowed | {*ALIGNING, *MATCHES}
