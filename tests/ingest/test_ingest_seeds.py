from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from ingest_reading import SEEDS, Reader

GOLD = Path(__file__).parents[1] / "gold" / "seeds"
NAMES = ("putin-meets-araghchi", "putin-calls-king-hamad")


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_is_read_as_its_gold_annotation_has_it(run: Reader, name: str) -> None:
    (article,), problems = run(SEEDS / f"{name}.txt")
    gold = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    assert problems == []
    assert (article.id, article.title, article.text) == (gold["id"], gold["title"], gold["text"])
    assert (article.lang, article.date) == (gold["lang"], gold["date"])
    assert article.sha256 == hashlib.sha256((SEEDS / f"{name}.txt").read_bytes()).hexdigest()


@pytest.mark.parametrize("name", NAMES)
def test_gold_annotations_are_read_as_articles(run: Reader, name: str) -> None:
    (from_gold,), problems = run(GOLD / f"{name}.json")
    (from_text,), _ = run(SEEDS / f"{name}.txt")
    assert problems == []
    assert (from_gold.id, from_gold.full_text) == (from_text.id, from_text.full_text)


def test_dateline_of_the_first_seed(run: Reader) -> None:
    articles, _ = run(SEEDS)
    by_id = {article.id: article for article in articles}
    assert list(by_id) == sorted(NAMES)
    assert (by_id[NAMES[0]].source, by_id[NAMES[0]].place) == ("رويترز", "موسكو")
    assert (by_id[NAMES[1]].source, by_id[NAMES[1]].place) == (None, None)


def test_without_metadata_a_date_is_inferred_with_a_warning_or_left_open(
    run: Reader, tmp_path: Path, first: str, second: str
) -> None:
    (tmp_path / "a.txt").write_text(first, encoding="utf-8")
    (tmp_path / "b.txt").write_text(second, encoding="utf-8")
    (a, b), problems = run(tmp_path)
    assert (a.date, b.date) == ("2025-06-23", None)
    assert [p.severity for p in problems] == ["warning", "info"]
    assert "2025 is inferred" in problems[0].cause


def test_year_option_settles_the_dateline(run: Reader, tmp_path: Path, first: str, second: str) -> None:
    (tmp_path / "a.txt").write_text(first, encoding="utf-8")
    (tmp_path / "b.txt").write_text(second, encoding="utf-8")
    (a, b), problems = run(tmp_path, year=2025)
    assert (a.date, b.date) == ("2025-06-23", "2025")
    assert problems == []
