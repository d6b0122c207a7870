from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from samples import BACKGROUND, first, second

from kg.model import Extraction
from kg.rdf.build import article_quads, merged_quads
from kg.rdf.infer import derived_quads
from kg.rdf.iri import derived_graph, facts_graph
from kg.rdf.serialise import sort_key, write_sorted
from kg.rdf.vocabulary import DEFAULT_BASE, RDFS_LABEL, dip, shorten

GOLDEN = Path(__file__).parent / "golden.trig"


def edges(quads: Iterable[Quad]) -> set[tuple[str, str, str]]:
    return {
        (
            shorten(q.subject.value),
            shorten(q.predicate.value),
            q.object.value if isinstance(q.object, Literal) else shorten(q.object.value),
        )
        for q in quads
    }


def whole(samples: list[Extraction]) -> list[Quad]:
    quads = [q for x in samples for q in article_quads(x, background=BACKGROUND)]
    quads += merged_quads(samples, background=BACKGROUND) + derived_quads(samples, background=BACKGROUND)
    return sorted(quads, key=sort_key)


def test_golden_trig(samples: list[Extraction], golden: Callable[[Path, str], None]) -> None:
    stream = BytesIO()
    write_sorted(whole(samples), stream, RdfFormat.TRIG)
    golden(GOLDEN, stream.getvalue().decode())


def test_the_golden_file_says_the_same_when_read_back(samples: list[Extraction]) -> None:
    assert set(parse(path=GOLDEN, format=RdfFormat.TRIG)) == set(whole(samples))


def test_direct_triples(samples: list[Extraction]) -> None:
    found = edges(merged_quads(samples, background=BACKGROUND))
    assert ("kg:vladimir-putin", "dip:headOfStateOf", "kg:russia") in found
    assert ("kg:vladimir-putin", "dip:condemns", "kg:us-strikes-on-iran-2025-06") in found
    assert ("kg:russia-iran-treaty-2025", "dip:party", "kg:iran") in found
    assert ("kg:russia-iran-treaty-2025", "dip:signedOn", "2025-01") in found
    assert ("kg:us-strikes-on-iran-2025-06", "dip:agent", "kg:united-states") in found
    assert ("kg:iran", "owl:sameAs", "wd:Q794") in found


def test_negated_and_planned_acts_get_no_direct_triple() -> None:
    predicates = {p for _, p, _ in edges(merged_quads([first()]))}
    assert "dip:supports" in predicates
    assert "dip:attacks" not in predicates
    assert "dip:hosts" not in predicates


def test_a_former_role_is_only_called_former() -> None:
    predicates = {p for _, p, _ in edges(merged_quads([second()]))}
    assert "dip:formerlyHeldRoleIn" in predicates
    assert "dip:foreignMinisterOf" not in predicates


def test_treaty_dates_are_typed_by_precision_and_the_vaguer_goes() -> None:
    x = first()
    vague = replace(
        x, article=replace(x.article, id="vague"), treaties=(replace(x.treaties[0], signed="2025"),)
    )
    dates = {q.object for q in merged_quads([x, vague]) if q.predicate == dip("signedOn")}
    month = NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")
    assert dates == {Literal("2025-01", datatype=month)}


def test_one_label_a_language_in_the_merged_graph(samples: list[Extraction]) -> None:
    renamed = replace(
        samples[1],
        article=replace(samples[1].article, id="other"),
        entities=tuple(replace(e, name="ايران") if e.link == "iran" else e for e in samples[1].entities),
    )
    labels = [
        q.object
        for q in merged_quads([*samples, renamed])
        if q.predicate == RDFS_LABEL and q.subject.value == DEFAULT_BASE + "iran"
    ]
    assert sorted(map(str, labels)) == ['"Iran"@en', '"إيران"@ar']


def test_every_entity_is_labelled_in_both_languages(samples: list[Extraction]) -> None:
    for x in samples:
        quads = article_quads(x)
        nodes = {q.object for q in quads if q.predicate == dip("mentions")}
        for node in nodes:
            languages = {q.object.language for q in quads if q.subject == node and q.predicate == RDFS_LABEL}
            assert languages == {"ar", "en"}


def test_an_article_stays_within_its_graph(samples: list[Extraction]) -> None:
    graphs = [{q.graph_name for q in article_quads(x)} for x in samples]
    assert [len(g) for g in graphs] == [1, 1]
    assert graphs[0] != graphs[1]
    assert {q.graph_name for q in merged_quads(samples)} == {facts_graph()}
    assert {q.graph_name for q in derived_quads(samples)} == {derived_graph()}


def test_the_base_is_used_for_all_things() -> None:
    base = "https://kg.example/"
    quads = article_quads(first(), base) + merged_quads([first()], base) + derived_quads([first()], base)
    assert not [q for q in quads if DEFAULT_BASE in str(q)]


def test_states_act_through_those_who_speak_for_them(samples: list[Extraction]) -> None:
    found = edges(derived_quads(samples, background=BACKGROUND))
    assert ("kg:russia", "dip:condemns", "kg:us-strikes-on-iran-2025-06") in found
    # Peskov speaks for the Kremlin, which is Russia's; Putin's role is known from the other article.
    assert ("kg:russia", "dip:denies", "kg:reuters") in found
    assert {s for s, p, _ in found if p == "dip:meets"} == {"kg:russia"}
    assert not any(s == "kg:iran" for s, p, _ in found)


def meets(found: set[tuple[str, str, str]]) -> set[str]:
    return {o for _, p, o in found if p == "dip:meets"}


def test_other_articles_do_not_decide_where_they_disagree() -> None:
    x, y = first(), second()
    other = replace(x, article=replace(x.article, id="z"), roles=(replace(x.roles[0], of="E3"),))
    found = edges(derived_quads([x, other, y], background=BACKGROUND))
    assert not meets(found)


def test_a_former_role_speaks_for_nobody() -> None:
    x = first()
    former = replace(x, roles=(replace(x.roles[0], former=True),))
    assert "dip:onBehalfOf" not in {predicate for _, predicate, _ in edges(derived_quads([former]))}


def test_quads_do_not_depend_on_the_order_of_facts() -> None:
    x = first()
    turned = replace(x, acts=x.acts[::-1], entities=x.entities[::-1])
    assert article_quads(turned) == article_quads(x)


@pytest.mark.parametrize("format", [RdfFormat.TRIG, RdfFormat.JSON_LD, RdfFormat.N_QUADS])
def test_all_formats_read_back_alike(samples: list[Extraction], format: RdfFormat) -> None:
    stream = BytesIO()
    write_sorted(whole(samples), stream, format)
    assert set(parse(stream.getvalue(), format=format)) == set(whole(samples))
