"""Extractions survive being written for the next build, and nothing stale is used again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg import cache
from kg.cache import FILE, ExtractionCache, write_cache
from kg.goldjson import from_gold
from kg.model import Extraction

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def extractions() -> list[Extraction]:
    files = sorted([*GOLD.glob("example/gold/*.json"), *GOLD.glob("seeds/*.json")])
    return [from_gold(json.loads(f.read_text("utf-8"))) for f in files]


def test_everything_comes_back_as_it_was(extractions: list[Extraction], tmp_path: Path) -> None:
    write_cache(extractions, "rules", tmp_path)
    again = ExtractionCache(tmp_path, "rules")
    assert [again.get(e.article) for e in extractions] == extractions


def test_the_same_extractions_give_the_same_bytes(extractions: list[Extraction], tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_cache(extractions, "rules", tmp_path / name)
    assert (tmp_path / "a" / FILE).read_bytes() == (tmp_path / "b" / FILE).read_bytes()


def test_a_changed_article_or_pipeline_is_not_used_again(
    extractions: list[Extraction], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_cache(extractions, "rules", tmp_path)
    article = extractions[0].article
    assert ExtractionCache(tmp_path, "rules").get(replace(article, date="1999-01-01")) is None
    assert ExtractionCache(tmp_path, "other").get(article) is None
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "table.csv").write_text("x", "utf-8")
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path)
    assert ExtractionCache(tmp_path, "rules").get(article) is None


@pytest.mark.parametrize("content", [b"", b"not gzip", None])
def test_a_broken_file_is_an_empty_cache(
    extractions: list[Extraction], tmp_path: Path, content: bytes | None
) -> None:
    write_cache(extractions, "rules", tmp_path)
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes()[:-30] if content is None else content)
    assert ExtractionCache(tmp_path, "rules").get(extractions[0].article) is None
