from __future__ import annotations

import re

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib.namespace import SKOS

from kg.model import ENTITY_TYPES, PLOVER, PLOVER_TYPES, ROLES, SYMMETRIC
from kg.rdf.vocabulary import (
    DIP,
    OWL,
    PLOVER_NS,
    RDF_TYPE,
    RDFS,
    SUBCLASS_OF,
    ancestors,
    class_of,
    dip,
    ontology_triples,
    plover,
    plover_property,
    polarity,
    predicate_property,
    role_property,
    speaking_roles,
)

TERM_TYPES = {
    OWL + name
    for name in (
        "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual", "Ontology",
    )
}  # fmt: skip


def terms(name: str) -> set[NamedNode]:
    wanted = TERM_TYPES | {str(SKOS.Concept), str(SKOS.ConceptScheme)}
    return {
        t.subject
        for t in ontology_triples(name)
        if t.predicate == RDF_TYPE and t.object.value in wanted and isinstance(t.subject, NamedNode)
    }


def values(name: str, subject: NamedNode, predicate: str) -> list[NamedNode | Literal]:
    return [
        t.object for t in ontology_triples(name) if t.subject == subject and t.predicate.value == predicate
    ]


def test_every_type_predicate_and_role_has_its_term() -> None:
    known = terms("diplomacy")
    wanted = {class_of(t) for t in ENTITY_TYPES} | {predicate_property(p) for p in PLOVER}
    wanted |= {plover_property(t) for t in PLOVER_TYPES} | {role_property(r) for r in ROLES}
    assert wanted <= known
    assert {plover(t) for t in PLOVER_TYPES} <= terms("plover")


@pytest.mark.parametrize(
    ("name", "label", "comment"),
    [
        ("diplomacy", RDFS + "label", RDFS + "comment"),
        ("plover", str(SKOS.prefLabel), str(SKOS.definition)),
    ],
)
def test_every_term_has_label_and_comment_in_both_languages(name: str, label: str, comment: str) -> None:
    for term in terms(name):
        for predicate in (label, comment):
            languages = sorted(v.language for v in values(name, term, predicate) if isinstance(v, Literal))
            assert languages == ["ar", "en"], f"{term} {predicate}"


def test_labels_tell_terms_apart() -> None:
    for name, label in (("diplomacy", RDFS + "label"), ("plover", str(SKOS.prefLabel))):
        classes = {t.subject for t in ontology_triples(name) if t.object.value == OWL + "Class"}
        for group in (classes, terms(name) - classes):
            seen = [str(v) for term in group for v in values(name, term, label)]
            assert len(seen) == len(set(seen)), sorted(s for s in seen if seen.count(s) > 1)


@pytest.mark.parametrize("name", ["diplomacy", "plover", "shapes"])
def test_ontologies_carry_version_and_licence_and_no_stray_blank_nodes(name: str) -> None:
    triples = ontology_triples(name)
    predicates = {t.predicate.value for t in triples}
    assert OWL + "versionIRI" in predicates
    assert "http://purl.org/dc/terms/license" in predicates
    if name != "shapes":
        # Blank nodes get new names at each reading; a dump that holds these would never be the same.
        assert not any(isinstance(x, BlankNode) for t in triples for x in (t.subject, t.object))


def test_every_term_that_is_used_is_declared() -> None:
    declared = {t.value for name in ("diplomacy", "plover") for t in terms(name)}
    for name in ("diplomacy", "plover", "shapes"):
        for triple in ontology_triples(name):
            for node in (triple.subject, triple.predicate, triple.object):
                if isinstance(node, NamedNode) and re.match(f"{DIP}|{PLOVER_NS}.", node.value):
                    assert node.value in declared, f"{node} in {name}.ttl"


@pytest.mark.parametrize("predicate", PLOVER)
def test_predicates_stand_under_their_plover_type_and_quad_class(predicate: str) -> None:
    above = ancestors(predicate_property(predicate).value)
    quad = polarity(PLOVER[predicate]).value.removeprefix(PLOVER_NS)
    assert plover_property(PLOVER[predicate]).value in above
    assert DIP + quad[0].lower() + quad[1:] in above
    assert DIP + "actsOn" in above


def test_symmetric_predicates_are_those_of_the_model() -> None:
    symmetric = {
        t.subject
        for t in ontology_triples("diplomacy")
        if t.predicate == RDF_TYPE and t.object.value == OWL + "SymmetricProperty"
    }
    assert symmetric == {predicate_property(p) for p in SYMMETRIC}


@pytest.mark.parametrize("role", ROLES)
def test_roles_stand_under_holds_role_in_and_say_whether_they_speak_for_the_state(role: str) -> None:
    assert DIP + "holdsRoleIn" in ancestors(role_property(role).value)
    assert len(values("diplomacy", role_property(role), DIP + "speaksForState")) == 1


def test_a_journalist_does_not_speak_for_the_state() -> None:
    assert {"head_of_state", "spokesperson", "ambassador"} <= speaking_roles()
    assert not {"journalist", "legislator", "party_leader", "organization_head"} & speaking_roles()


def test_persons_and_states_are_actors_but_places_are_not() -> None:
    assert dip("Actor").value in ancestors(dip("Person").value, SUBCLASS_OF)
    assert dip("Actor").value not in ancestors(dip("Place").value, SUBCLASS_OF)
