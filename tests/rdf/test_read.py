"""Facts read back from a graph are those that were written into it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import BACKGROUND, first, second

from kg.analyse.network import build_network
from kg.model import Extraction, Span
from kg.rdf.build import article_quads
from kg.rdf.iri import name_things
from kg.rdf.read import iri_of, read_extractions


def named(extraction: Extraction) -> Extraction:
    """The facts with IRIs for ids, as they are read back: in the order of the text."""
    names = name_things(extraction, "https://w3id.org/diplomacy-kg/id/")

    def iri(ident: str | None) -> str | None:
        return None if ident is None else names.entities[ident].value

    def many(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(names.entities[i].value for i in ids))

    def order(facts):  # type: ignore[no-untyped-def]
        return tuple(sorted(facts, key=lambda f: f.evidence.span.start))

    return replace(
        extraction,
        article=replace(extraction.article, text=""),
        entities=(),
        roles=order(replace(r, person=iri(r.person), of=iri(r.of)) for r in extraction.roles),
        acts=order(
            replace(
                a, actors=many(a.actors), targets=many(a.targets), source=iri(a.source), place=iri(a.place),
                confidence=round(a.confidence, 3),
            )
            for a in extraction.acts
        ),
        statements=order(
            replace(s, speaker=iri(s.speaker), addressee=iri(s.addressee)) for s in extraction.statements
        ),
        treaties=order(
            replace(t, treaty=iri(t.treaty), parties=many(t.parties)) for t in extraction.treaties
        ),
        events=order(
            replace(
                e, event=iri(e.event), agents=many(e.agents), patients=many(e.patients), place=iri(e.place)
            )
            for e in extraction.events
        ),
    )  # fmt: skip


@pytest.mark.parametrize("make", [first, second])
def test_facts_survive(make) -> None:  # type: ignore[no-untyped-def]
    written = make()
    (read,) = read_extractions(article_quads(written, background=BACKGROUND))
    expected = named(written)
    assert replace(read, entities=(), article=replace(read.article, sha256="")) == replace(
        expected, article=replace(expected.article, sha256="")
    )
    assert read.article.sha256.lower() == written.article.sha256


def test_entities_keep_type_names_and_forms() -> None:
    written = first()
    (read,) = read_extractions(article_quads(written, background=BACKGROUND))
    names = name_things(written, "https://w3id.org/diplomacy-kg/id/")
    for entity in written.entities:
        again = read.by_id[names.entities[entity.id].value]
        known = entity.event_type if entity.id == "V1" else None  # nothing more is told of V2
        assert (again.type, again.event_type) == (entity.type, known)
        assert set(again.surfaces("name")) == set(entity.surfaces("name"))
        assert iri_of(read, again) == (again.id, again.en)
    assert all(mention.span.start == 0 for entity in read.entities for mention in entity.mentions)


def test_the_network_of_a_graph_has_the_same_edges() -> None:
    extractions = [first(), second()]
    names = {id(x): name_things(x, "https://w3id.org/diplomacy-kg/id/") for x in extractions}
    direct = build_network(extractions, lambda x, e: (names[id(x)].entities[e.id].value, e.en))
    quads = [quad for x in extractions for quad in article_quads(x)]
    read = build_network(read_extractions(quads), iri_of)
    assert set(read) == set(direct)
    assert set(read.edges(keys=True)) == set(direct.edges(keys=True))
    for key, data in read.edges.items():
        assert [p.sentence for p in data["proofs"]] == [p.sentence for p in direct.edges[key]["proofs"]]


def test_words_stand_where_the_evidence_has_them() -> None:
    written = first()
    (read,) = read_extractions(article_quads(written))
    (request,) = [act for act in read.acts if act.predicate == "requests"]
    assert request.object == Span(*_place(written.article.full_text, "وقف الهجمات"), "وقف الهجمات")


def _place(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)
