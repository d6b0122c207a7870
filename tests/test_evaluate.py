"""The scorer against what the reference scorer says of a small example, and its handling of bad input."""

from __future__ import annotations

import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from kg.errors import InputError
from kg.evaluate import evaluate, load_documents, print_report, score, write_errors
from kg.scoring import Counts, align, token_f1

EXAMPLE = Path(__file__).parent / "gold" / "example"


def test_numbers_are_those_of_the_reference_scorer() -> None:
    report = evaluate(EXAMPLE / "gold", EXAMPLE / "pred.jsonl")
    expected = json.loads((EXAMPLE / "scores.json").read_text("utf-8"))
    assert json.dumps(report.to_dict()) == json.dumps(expected)


def test_errors_are_those_of_the_reference_scorer(tmp_path: Path) -> None:
    report = evaluate(EXAMPLE / "gold", EXAMPLE / "pred.jsonl")
    write_errors(report, tmp_path / "errors.jsonl")
    assert (tmp_path / "errors.jsonl").read_text("utf-8") == (EXAMPLE / "errors.jsonl").read_text("utf-8")


def test_gold_against_itself_is_perfect_in_every_kind() -> None:
    gold = load_documents(EXAMPLE / "gold")
    report = score(gold, copy.deepcopy(gold))
    assert report.headline == 1.0
    assert report.errors == []
    assert all(c.hit == c.gold == c.pred for c in report.scores.values())
    assert all(a.value == 1.0 for a in report.attributes.values())


def test_scoring_does_not_change_its_inputs() -> None:
    gold, pred = load_documents(EXAMPLE / "gold"), load_documents(EXAMPLE / "pred.jsonl")
    before = copy.deepcopy((gold, pred))
    score(gold, pred)
    assert (gold, pred) == before


def test_a_missing_prediction_is_an_empty_one() -> None:
    gold = load_documents(EXAMPLE / "gold")
    report = score(gold, {})
    assert report.headline == 0.0
    assert report.scores["act:plover"].pred == 0
    assert report.scores["act:plover"].gold > 0


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("والصين", "الصين", 1.0),
        ("لإيران", "إيران", 1.0),
        ("الهجمات الأميركية", "هجمات أمريكية", 0.5),
        ("وزارة الخارجيّة", "وزاره الخارجية", 1.0),
        ("في", "في", 0.0),
        ("", "روسيا", 0.0),
    ],
)
def test_token_f1(a: str, b: str, expected: float) -> None:
    assert token_f1(a, b) == pytest.approx(expected)


def test_alignment_prefers_the_same_type_and_uses_each_side_once() -> None:
    def entity(key: str, kind: str) -> dict[str, Any]:
        return {"id": key, "type": kind, "name": "موسكو", "mentions": ["موسكو"]}

    gold = [entity("g1", "STATE"), entity("g2", "PLACE")]
    pred = [entity("p1", "PLACE"), entity("p2", "STATE")]
    assert align(gold, pred) == {"g1": "p2", "g2": "p1"}


def test_counts_of_nothing_are_zero_not_an_error() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)


def test_documents_are_read_from_a_folder_a_json_array_and_jsonl(tmp_path: Path) -> None:
    docs = load_documents(EXAMPLE / "gold")
    (tmp_path / "all.json").write_text(json.dumps(list(docs.values()), ensure_ascii=False), "utf-8")
    lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in docs.values())
    (tmp_path / "all.jsonl").write_text(lines, "utf-8")
    assert load_documents(tmp_path / "all.json") == docs
    assert load_documents(tmp_path / "all.jsonl") == docs


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "no valid JSON"),
        ("[1]", "no id"),
        ('{"id": "a", "entities": [{"id": "E1", "type": "KING"}]}', "entities[0]: unknown type 'KING'"),
        ('{"id": "a", "entities": 3}', "entities is not a list"),
        ('{"id": "a", "facts": [{"kind": "act"}]}', "facts[0]: act without predicate"),
        ('{"id": "a", "facts": [{"kind": "rumour"}]}', "unknown kind 'rumour'"),
        (
            '{"id": "a", "facts": [{"kind": "act", "predicate": "meets", "actors": [["E1"]]}]}',
            "list of strings",
        ),
    ],
)
def test_bad_documents_are_named_with_their_line(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "pred.jsonl"
    path.write_text('{"id": "ok"}\n' + line + "\n", "utf-8")
    with pytest.raises(InputError) as caught:
        load_documents(path)
    assert "pred.jsonl, line 2" in str(caught.value)
    assert says in str(caught.value)


def test_paths_that_hold_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        evaluate(tmp_path / "nowhere", EXAMPLE / "pred.jsonl")
    with pytest.raises(InputError, match="no annotated articles"):
        evaluate(tmp_path, EXAMPLE / "pred.jsonl")


def test_the_printed_report_shows_kinds_articles_and_headline() -> None:
    out = io.StringIO()
    report = evaluate(EXAMPLE / "gold", EXAMPLE / "pred.jsonl")
    print_report(report, Console(file=out, width=120), per_doc=True)
    text = out.getvalue()
    assert "act:plover" in text
    assert "role.former" in text
    assert "x4" in text
    assert f"{report.headline:.3f} over 4 articles" in text
