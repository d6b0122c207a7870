"""Reading and writing the JSON form of facts: round trips, offsets, messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.goldjson import from_gold, to_gold

GOLD = Path(__file__).parent / "gold"
FILES = sorted([*GOLD.glob("example/gold/*.json"), *GOLD.glob("seeds/*.json")])


def article(**more: Any) -> dict[str, Any]:
    """A small annotated article whose parts a test may replace."""
    return {
        "id": "a1",
        "lang": "ar",
        "date": "2024-01-02",
        "title": "بوتين وروسيا",
        "text": "قال فلاديمير بوتين إن روسيا تدعم بيروت. ودعم بوتين لبيروت قديم.",
        "entities": [
            {
                "id": "E1",
                "type": "PERSON",
                "name": "فلاديمير بوتين",
                "mentions": ["بوتين", "فلاديمير بوتين"],
                "nominals": [],
            },
            {"id": "E2", "type": "STATE", "name": "روسيا", "mentions": ["روسيا"]},
            {"id": "E3", "type": "PLACE", "name": "بيروت", "mentions": ["بيروت"]},
        ],
        "facts": [
            {
                "kind": "act",
                "predicate": "supports",
                "trigger": "دعم",
                "actors": ["E1"],
                "targets": ["E3"],
                "evidence": "ودعم بوتين لبيروت قديم.",
            }
        ],
        **more,
    }


def comparable(doc: dict[str, Any]) -> dict[str, Any]:
    """What annotation and output must share: without confidences, empty values and the order of forms."""

    def lean(item: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in item.items() if k != "confidence" and v not in (None, [], "")}

    entities = [
        {**lean(e), "mentions": sorted(e["mentions"]), "nominals": sorted(e.get("nominals") or [])}
        for e in doc["entities"]
    ]
    facts = sorted(json.dumps(lean(f), sort_keys=True, ensure_ascii=False) for f in doc["facts"])
    return {**lean(doc), "entities": entities, "facts": facts}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_round_trip_keeps_everything(path: Path) -> None:
    doc = json.loads(path.read_text("utf-8"))
    assert comparable(to_gold(from_gold(doc, str(path)))) == comparable(doc)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_offset_points_at_its_text(path: Path) -> None:
    extraction = from_gold(json.loads(path.read_text("utf-8")))
    text = extraction.article.full_text
    spans = [m.span for e in extraction.entities for m in e.mentions]
    for facts in (
        extraction.roles,
        extraction.acts,
        extraction.statements,
        extraction.treaties,
        extraction.events,
    ):
        spans += [f.evidence.span for f in facts]
    spans += [a.trigger for a in extraction.acts]
    spans += [a.object for a in extraction.acts if a.object]
    spans += [s.content for s in extraction.statements]
    assert spans
    assert all(text[s.start : s.end] == s.text for s in spans)


def test_mentions_are_all_occurrences_and_longer_forms_win() -> None:
    extraction = from_gold(article())
    text = extraction.article.full_text
    putin = extraction.by_id["E1"]
    assert [m.span.text for m in putin.mentions] == ["بوتين", "فلاديمير بوتين", "بوتين"]
    assert putin.mentions[2].span.start == text.rindex("بوتين")
    assert putin.surfaces("name") == ("بوتين", "فلاديمير بوتين")


def test_a_proclitic_before_a_name_is_a_word_border() -> None:
    extraction = from_gold(article())
    text = extraction.article.full_text
    assert [m.span.start for m in extraction.by_id["E2"].mentions] == [
        text.index("روسيا"),
        text.rindex("روسيا"),
    ]
    assert extraction.by_id["E3"].mentions[1].span.start == text.index("لبيروت") + 1


def test_a_form_inside_a_longer_word_is_no_mention() -> None:
    doc = article(title="عمانيون في عمان", facts=[])
    doc["entities"] = [{"id": "E1", "type": "STATE", "name": "عمان", "mentions": ["عمان"]}]
    mentions = from_gold(doc).by_id["E1"].mentions
    assert [m.span.start for m in mentions] == [len("عمانيون في ")]


def test_trigger_is_found_inside_the_evidence() -> None:
    extraction = from_gold(article())
    act = extraction.acts[0]
    assert act.evidence.span.start < act.trigger.start < act.evidence.span.end
    assert (act.modality, act.negated, act.confidence) == ("asserted", False, 1.0)


def test_output_has_the_schema_of_the_annotations() -> None:
    doc = json.loads((GOLD / "example/gold/x1.json").read_text("utf-8"))
    out = to_gold(from_gold(doc))
    assert list(out) == list(doc)
    assert [set(e) for e in out["entities"]] == [set(e) for e in doc["entities"]]
    assert [set(f) - {"confidence"} for f in out["facts"]] == [set(f) for f in doc["facts"]]


def broken(**change: Any) -> dict[str, Any]:
    doc = article()
    doc["facts"][0].update(change)
    return doc


@pytest.mark.parametrize(
    ("doc", "says"),
    [
        (broken(evidence="ليس في المقال"), "fact 0 (act): evidence is not in the article"),
        (broken(trigger="قصف"), "fact 0 (act): trigger is not in the article"),
        (broken(trigger=""), "no trigger"),
        (broken(actors=["E9"]), "actors names no entity: 'E9'"),
        (broken(predicate="hugs"), "unknown predicate 'hugs'"),
        (broken(modality="perhaps"), "unknown modality"),
        (broken(kind="rumour"), "unknown kind of fact"),
        (article(entities=[{"id": "E1", "type": "KING", "name": "x"}], facts=[]), "unknown type 'KING'"),
        (
            article(entities=[{"id": "E1", "type": "STATE", "name": "x", "mentions": ["الصين"]}], facts=[]),
            "entity E1: mention is not in the article: 'الصين'",
        ),
        (article(entities="none"), "entities is not a list"),
        ({"text": "no id"}, "no id"),
    ],
)
def test_messages_name_file_and_fact(doc: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError) as caught:
        from_gold(doc, "gold/a1.json")
    assert says in str(caught.value)
    assert "gold/a1.json" in str(caught.value)
