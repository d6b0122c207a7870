"""A build over an existing output reads what is new or changed and gives what a full build gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import documents, load_gold, write_articles

from kg import cache
from kg.build import BuildResult, build
from kg.config import load_settings
from kg.model import Article, Extraction
from kg.workers import Annotator

Doc = dict[str, Any]


def make(source: Path, output: Path, read: list[str]) -> BuildResult:
    """A build that notes the ids of the articles that it extracts from."""

    def load(pipeline: str) -> Annotator:
        annotate = load_gold(pipeline)

        def noting(articles: Iterable[Article]) -> Iterator[Extraction]:
            batch = list(articles)
            read.extend(article.id for article in batch)
            return annotate(batch)

        return noting

    return build([source], load_settings(overrides={"output": output, "jobs": 1}), load=load)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def changed(doc: Doc) -> Doc:
    return {**doc, "text": f"{doc['text']} انتهى."}


def without_first(docs: list[Doc]) -> list[Doc]:
    return docs[1:]


def with_a_change(docs: list[Doc]) -> list[Doc]:
    return [docs[0], changed(docs[1]), *docs[2:]]


def in_another_order(docs: list[Doc]) -> list[Doc]:
    return docs[::-1]


def everything_at_once(docs: list[Doc]) -> list[Doc]:
    return [docs[3], changed(docs[1])]


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        (slice(0, 3), lambda docs: docs, ["x4"]),
        (slice(None), without_first, []),
        (slice(None), with_a_change, ["x2"]),
        (slice(None), in_another_order, []),
        (slice(0, 3), everything_at_once, ["x4", "x2"]),
    ],
)
def test_only_what_is_new_or_changed_is_read_and_the_bytes_are_those_of_a_full_build(
    tmp_path: Path, before: slice, after: Any, read: list[str]
) -> None:
    docs, seen, every = documents(), list[str](), list[str]()
    source = write_articles(tmp_path / "articles.jsonl", docs[before])
    make(source, tmp_path / "out", [])
    write_articles(source, after(docs))
    result = make(source, tmp_path / "out", seen)
    assert seen == read
    assert result.reused == result.articles - len(read)
    make(source, tmp_path / "full", every)
    assert len(every) == result.articles
    assert contents(tmp_path / "out") == contents(tmp_path / "full")


def test_what_vanished_is_nowhere_in_the_output(tmp_path: Path) -> None:
    docs = documents()
    source = write_articles(tmp_path / "articles.jsonl", docs)
    make(source, tmp_path / "out", [])
    assert b"article:x1" in (tmp_path / "out" / "graph.trig").read_bytes()
    write_articles(source, docs[1:])
    make(source, tmp_path / "out", [])
    for name in ("graph.trig", "facts.ttl", "graph.jsonld", "build.json", "graph.html"):
        content = (tmp_path / "out" / name).read_bytes()
        assert not any(sign in content for sign in (b"article:x1", b"article/x1", b'"x1"')), name


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with a file of each kind, in place of the real one."""
    root = tmp_path / "kg"
    for name in ("model.py", "data/titles.csv", "data/letter_costs.csv", "link/identity.py",
                 "link/across/events.py", "models/rules/weights.bin", "view/page.py"):  # fmt: skip
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before", "utf-8")
    monkeypatch.setattr(cache, "_PACKAGE", root)
    return root


@pytest.mark.parametrize(
    ("name", "touches"),
    [
        ("model.py", True),
        ("data/titles.csv", True),
        ("link/identity.py", True),
        ("models/rules/weights.bin", True),
        ("data/letter_costs.csv", False),
        ("link/across/events.py", False),
        ("view/page.py", False),
    ],
)
def test_a_changed_table_or_model_touches_extractions_and_nothing_else_does(
    package: Path, name: str, touches: bool
) -> None:
    before = cache.fingerprint("rules")
    (package / name).write_text("after", "utf-8")
    assert (cache.fingerprint("rules") != before) is touches


def test_a_new_table_and_another_library_touch_extractions(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cache.fingerprint("rules")
    monkeypatch.setattr(cache, "version", lambda name: "99")
    other = cache.fingerprint("rules")
    (package / "data" / "new.csv").write_text("x", "utf-8")
    assert len({before, other, cache.fingerprint("rules")}) == 3
