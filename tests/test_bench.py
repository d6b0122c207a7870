"""The articles of the scale benchmark."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import scale


def test_copies_are_different_articles_and_the_same_at_every_call() -> None:
    articles = list(scale.copies(6))
    assert articles == list(scale.copies(6))
    assert len({text for *_, text in articles}) == 6
    assert all("فلاديمير بوتين" not in text for *_, text in articles)


def test_the_articles_are_written_with_their_dates(tmp_path: Path) -> None:
    scale.write(tmp_path, 3)
    header, *rows = (tmp_path / "metadata.csv").read_text(encoding="utf-8").splitlines()
    assert header == "file,date"
    assert {row.split(",")[0] for row in rows} == {path.name for path in tmp_path.glob("*.txt")}
