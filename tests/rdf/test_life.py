"""What becomes of treaties and events, by the facts of an article."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from kg.data.lexicon import trigger_lexicon
from kg.data.tables import cells, read_table
from kg.model import PLOVER, Act, Article, Entity, Event, Evidence, Extraction, Mention, Span, Treaty
from kg.rdf.build import article_quads
from kg.rdf.iri import derived_graph, name_things
from kg.rdf.life import life_quads, steps
from kg.rdf.vocabulary import DEFAULT_BASE, RDF_TYPE, dip, ontology_triples, stage_term
from kg.store import open_store

METHOD = "kg.sample.v1"


def told(
    text: str, trigger: str, predicate: str, *, name: str = "معاهدة الصداقة", kind: str = "TREATY",
    aimed: bool = True, content: str | None = None, published: str | None = "2025-06-23", **act: object,
) -> list[tuple[str, str | None, str]]:  # fmt: skip
    """The steps of an article of one sentence with one act: stage, date, modality."""
    article = Article("a", "", text, date=published)
    full = article.full_text

    def span(words: str) -> Span:
        start = full.index(words)
        return Span(start, start + len(words), words)

    thing = Entity("T1", kind, name, mentions=(Mention(span(name)),), event_type="CONSULT")  # type: ignore[arg-type]
    state = Entity("E1", "STATE", "روسيا", "Russia", (Mention(span("روسيا")),), "russia")
    fact = Act(
        predicate,
        span(trigger),
        ("E1",),
        ("T1",) if aimed else (),
        Evidence(span(text)),
        object=span(content) if content else None,
        method=METHOD,
        **act,  # type: ignore[arg-type]
    )
    extraction = Extraction(article, (thing, state), acts=(fact,))
    names = name_things(extraction, DEFAULT_BASE)
    return [(step.stage, step.date, step.modality) for step in steps(extraction, names)]


@pytest.mark.parametrize(
    ("text", "trigger", "predicate", "stage"),
    [
        ("تفاوضت روسيا على معاهدة الصداقة.", "تفاوضت", "negotiates", "negotiated"),
        ("وقعت روسيا معاهدة الصداقة.", "وقعت", "agrees", "signed"),
        ("أبرمت روسيا معاهدة الصداقة.", "أبرمت", "agrees", "signed"),
        ("صادقت روسيا على معاهدة الصداقة.", "صادقت", "agrees", "ratified"),
        ("دخلت معاهدة الصداقة حيز التنفيذ في روسيا.", "دخلت", "agrees", "in-force"),
        ("علقت روسيا معاهدة الصداقة.", "علقت", "sanctions", "suspended"),
        ("جمدت روسيا معاهدة الصداقة.", "جمدت", "rejects", "suspended"),
        ("انسحبت روسيا من معاهدة الصداقة.", "انسحبت", "retreats", "left"),
        ("ألغت روسيا معاهدة الصداقة.", "ألغت", "rejects", "left"),
    ],
)
def test_stages_of_treaties(text: str, trigger: str, predicate: str, stage: str) -> None:
    assert told(text, trigger, predicate, date="2025-06-01") == [(stage, "2025-06-01", "asserted")]


@pytest.mark.parametrize(
    ("text", "trigger", "predicate", "more", "expected"),
    [
        (
            "استضافت روسيا قمة السلام.", "استضافت", "hosts", {"date": "2025-06"},
            ("held", "2025-06", "asserted"),
        ),
        (
            "ستستضيف روسيا قمة السلام.", "ستستضيف", "hosts", {"date": "2025-10", "modality": "future"},
            ("planned", "2025-10", "asserted"),
        ),
        (
            "تستضيف روسيا قمة السلام.", "تستضيف", "hosts", {"date": "2025-10"},
            ("planned", "2025-10", "asserted"),
        ),
        ("أجلت روسيا قمة السلام.", "أجلت", "rejects", {}, ("postponed", None, "asserted")),
        ("أرجأت روسيا قمة السلام.", "أرجأت", "rejects", {}, ("postponed", None, "asserted")),
        ("ألغت روسيا قمة السلام.", "ألغت", "rejects", {}, ("cancelled", None, "asserted")),
    ],
)  # fmt: skip
def test_stages_of_events(
    text: str, trigger: str, predicate: str, more: dict[str, object], expected: tuple[str, str | None, str]
) -> None:
    assert told(text, trigger, predicate, name="قمة السلام", kind="EVENT", **more) == [expected]  # type: ignore[arg-type]


def test_a_postponed_event_is_planned_for_the_later_day() -> None:
    text = "أجلت روسيا قمة السلام إلى الخريف."
    found = told(text, "أجلت", "rejects", name="قمة السلام", kind="EVENT", date="2025-09-10")
    assert found == [("postponed", None, "asserted"), ("planned", "2025-09-10", "asserted")]
    text = "ألغت روسيا قمة السلام المقررة في الخريف."
    found = told(text, "ألغت", "rejects", name="قمة السلام", kind="EVENT", date="2025-09-10")
    assert found == [("cancelled", None, "asserted")]


def test_what_is_denied_is_no_step() -> None:
    assert told("لم توقع روسيا معاهدة الصداقة.", "توقع", "agrees", negated=True) == []


def test_what_is_to_come_is_marked() -> None:
    text = "ستوقع روسيا معاهدة الصداقة."
    assert told(text, "ستوقع", "agrees", modality="future") == [("signed", None, "future")]
    later = told("توقع روسيا معاهدة الصداقة.", "توقع", "agrees", date="2025-07-01")
    assert later == [("signed", "2025-07-01", "future")]
    assert told("توقع روسيا معاهدة الصداقة.", "توقع", "agrees", date="2025") == [
        ("signed", "2025", "asserted")
    ]


def test_a_treaty_in_the_words_of_an_act_or_just_after_it() -> None:
    text = "تفاوضت روسيا على معاهدة الصداقة."
    assert told(text, "تفاوضت", "negotiates", aimed=False, content="معاهدة الصداقة")
    assert not told(text, "تفاوضت", "negotiates", aimed=False), "near alone is not what talks are about"
    assert told("وقعت روسيا معاهدة الصداقة.", "وقعت", "agrees", aimed=False)
    far = (
        "وقعت روسيا أمس الأول في قصر الرئاسة بعد مراسم طويلة حضرها كثيرون من الضيوف بيانا عن معاهدة الصداقة."
    )
    assert not told(far, "وقعت", "agrees", aimed=False)


def test_withdrawal_is_from_the_treaty() -> None:
    assert told("انسحبت روسيا من معاهدة الصداقة.", "انسحبت", "retreats", aimed=False)
    other = "انسحبت روسيا بعيد معاهدة الصداقة من بلدتين."
    assert not told(other, "انسحبت", "retreats", aimed=False)
    town = "انسحبت روسيا من البلدة بموجب معاهدة الصداقة."
    assert not told(town, "انسحبت", "retreats", aimed=False, content="من البلدة بموجب معاهدة الصداقة")


def test_other_acts_on_a_treaty_are_no_steps() -> None:
    assert told("أشادت روسيا بمعاهدة الصداقة.", "أشادت", "praises") == []
    war = told("ناقشت روسيا قمة السلام.", "ناقشت", "negotiates", name="قمة السلام", kind="EVENT")
    assert war == []


def dated(published: str | None) -> Extraction:
    article = Article("a", "", "معاهدة الصداقة وقمة السلام في روسيا.", date=published)
    whole = Evidence(Span(1, len(article.full_text), article.text))
    return Extraction(
        article,
        (
            Entity("T1", "TREATY", "معاهدة الصداقة", mentions=(Mention(Span(1, 15, "معاهدة الصداقة")),)),
            Entity("V1", "EVENT", "قمة السلام", mentions=(Mention(Span(17, 27, "قمة السلام")),)),
            Entity("E1", "STATE", "روسيا", "Russia", (Mention(Span(31, 36, "روسيا")),), "russia"),
        ),
        treaties=(Treaty("T1", ("E1",), whole, signed="2025-01", method=METHOD),),
        events=(Event("V1", "CONSULT", whole, ("E1",), date="2025-10", method=METHOD),),
    )


@pytest.mark.parametrize(
    ("published", "treaty", "event"),
    [
        ("2025-06-23", ("signed", "asserted"), ("planned", "asserted")),
        ("2025-10-05", ("signed", "asserted"), ("held", "asserted")),
        ("2024-06-23", ("signed", "future"), ("planned", "asserted")),
        (None, ("signed", "asserted"), ("held", "asserted")),
    ],
)
def test_dates_of_facts_against_the_day_of_the_article(
    published: str | None, treaty: tuple[str, str], event: tuple[str, str]
) -> None:
    extraction = dated(published)
    found = {s.thing: (s.stage, s.modality) for s in steps(extraction, name_things(extraction, DEFAULT_BASE))}
    assert found == {"T1": treaty, "V1": event}


def test_steps_lead_to_their_sentence() -> None:
    extraction = dated("2025-06-23")
    quads = life_quads([extraction])
    assert {quad.graph_name for quad in quads} == {derived_graph()}
    assert quads == life_quads([extraction, extraction])
    with open_store() as store:
        store.load(article_quads(extraction))
        store.load(quads)
        rows = store.query(
            "SELECT ?stage ?date ?sentence { ?step a dip:LifeStep ; dip:stage ?stage ; dip:date ?date ;"
            " dip:stepOf ?thing ; dip:toldBy/dip:evidence/dip:sentence ?sentence } ORDER BY ?stage"
        ).as_table()
    sentence = extraction.article.text
    assert rows == [["dip:planned", "2025-10", sentence], ["dip:signed", "2025-01", sentence]]


def test_the_table_names_words_predicates_and_stages_that_exist() -> None:
    known = {entry.split(":")[1] for entry in trigger_lexicon().entries}
    stages = {
        t.subject
        for t in ontology_triples("diplomacy")
        if (t.predicate, t.object) == (RDF_TYPE, dip("Stage"))
    }
    rows = read_table("life_words")
    for row in rows:
        assert set(cells(row["words"])) <= known, row
        assert set(cells(row["predicates"])) <= PLOVER.keys(), row
        assert row["words"] or row["predicates"]
    assert {stage_term(row["stage"]) for row in rows} | {dip("planned")} == stages


def test_stages_have_their_order() -> None:
    order = {
        t.subject: int(t.object.value)
        for t in ontology_triples("diplomacy")
        if t.predicate == dip("order") and isinstance(t.object, Literal) and isinstance(t.subject, NamedNode)
    }
    treaty = ["negotiated", "signed", "ratified", "in-force", "suspended", "left"]
    assert sorted(treaty, key=lambda stage: order[stage_term(stage)]) == treaty
