"""Training examples from annotated articles."""

import json
from collections import Counter
from pathlib import Path

import pytest

from kg.goldjson import from_gold
from kg.model import Span
from kg.nlp.pipeline import load_pipeline
from kg.train import examples as prepare

ARTICLE = {
    "id": "x1",
    "lang": "ar",
    "source": None,
    "date": "2027-03-02",
    "title": "الرئيس السوري يستقبل الوزير",
    "text": "قال الرئيس السوري سامر الكردي لروسيا إنه يرفض الحرب. ووعد بالحوار مع سكان روسيا في موسكو.",
    "entities": [
        {
            "id": "E1",
            "type": "PERSON",
            "name": "سامر الكردي",
            "mentions": ["سامر الكردي"],
            "nominals": ["الرئيس السوري"],
        },
        {"id": "E2", "type": "STATE", "name": "روسيا", "mentions": ["روسيا", "موسكو"], "nominals": []},
        {"id": "E3", "type": "PLACE", "name": "موسكو", "mentions": ["موسكو"], "nominals": []},
        {"id": "E4", "type": "GROUP", "name": "سكان روسيا", "mentions": ["سكان روسيا"], "nominals": []},
        {"id": "E5", "type": "STATE", "name": "سوريا", "mentions": [], "nominals": []},
    ],
    "facts": [
        {
            "kind": "role",
            "person": "E1",
            "role": "head_of_state",
            "of": "E5",
            "title": "الرئيس",
            "evidence": "الرئيس السوري سامر الكردي",
        },
        {
            "kind": "act",
            "predicate": "pledges",
            "trigger": "وعد",
            "actors": ["E1"],
            "targets": ["E4"],
            "object": "الحوار",
            "evidence": "ووعد بالحوار مع سكان روسيا في موسكو.",
        },
        {
            "kind": "statement",
            "speaker": "E1",
            "addressee": "E2",
            "content": "يرفض الحرب",
            "direct": False,
            "evidence": "قال الرئيس السوري سامر الكردي لروسيا إنه يرفض الحرب.",
        },
    ],
}  # fmt: skip


@pytest.fixture
def found() -> tuple[prepare.Example, Counter[str]]:
    extraction = from_gold(ARTICLE)
    counts: Counter[str] = Counter()
    doc = load_pipeline().make_doc(extraction.article.full_text)
    return prepare.Preparer(extraction, doc, counts).run(), counts


def words(example: prepare.Example, tokens: tuple[int, int] | None) -> str:
    assert tokens is not None
    return " ".join(example.words[slice(*tokens)])


def test_mentions(found: tuple[prepare.Example, Counter[str]]) -> None:
    example, _ = found
    listed = [(words(example, (m.first, m.last)), m.type, m.kind, m.layer) for m in example.mentions]
    assert listed == [
        ("الرئيس السوري", "PERSON", "nominal", "phrases"),  # the headline's; the body's is a title
        ("سامر الكردي", "PERSON", "name", "names"),
        ("لروسيا", "STATE", "name", "names"),
        ("سكان روسيا", "GROUP", "name", "phrases"),
        ("روسيا", "STATE", "name", "names"),
        ("موسكو", "PLACE", "name", "names"),  # after "in": not the state
    ]
    assert example.text[example.mentions[2].start : example.mentions[2].end] == "روسيا"
    assert example.clusters == {"E1": [0, 1], "E2": [2, 4], "E3": [5], "E4": [3]}
    assert example.title_sentences == 1


def test_facts_point_at_mentions(found: tuple[prepare.Example, Counter[str]]) -> None:
    example, counts = found
    (act,) = example.acts
    assert (words(example, act.trigger), act.predicate) == ("ووعد", "pledges")
    assert words(example, act.object) == "بالحوار"
    assert act.actors == [prepare.Argument("E1", 1)]  # in the sentence before
    assert act.targets == [prepare.Argument("E4", 3)]
    (role,) = example.roles
    assert words(example, role.title) == "الرئيس"
    assert (role.person, role.of) == (prepare.Argument("E1", 1), prepare.Argument("E5", None))
    (statement,) = example.statements
    assert words(example, statement.content) == "يرفض الحرب"
    assert (statement.speaker.mention, statement.addressee) == (1, prepare.Argument("E2", 2))
    assert (
        counts["actor: before it"] == counts["of: no mention"] == counts["trigger: border inside a word"] == 1
    )


def test_spans_on_white_space_and_borders(found: tuple[prepare.Example, Counter[str]]) -> None:
    extraction = from_gold(ARTICLE)
    preparer = prepare.Preparer(extraction, load_pipeline().make_doc(extraction.article.full_text), Counter())
    full = extraction.article.full_text
    at = full.index("\nقال")
    assert preparer.tokens(Span(at, at + 4, full[at : at + 4])) == (4, 5)


def test_seeds_are_placed_without_loss() -> None:
    counts: Counter[str] = Counter()
    nlp = load_pipeline()
    for path in sorted((Path(__file__).parents[1] / "gold" / "seeds").glob("*.json")):
        extraction = from_gold(json.loads(path.read_text("utf-8")))
        doc = nlp.make_doc(extraction.article.full_text)
        example = prepare.Preparer(extraction, doc, counts).run()
        assert [t.text for t in doc if not t.is_space] == example.words
        assert len(example.acts) == len(extraction.acts)
        for act, gold in zip(example.acts, extraction.acts, strict=True):
            assert gold.trigger.text in words(example, act.trigger)
    assert counts["title: not in its evidence"] == 0
