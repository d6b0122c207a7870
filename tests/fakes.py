"""A pipeline without a language model: it gives the annotations of the example articles back."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.goldjson import from_gold
from kg.model import Article, Extraction
from kg.workers import Annotator

EXAMPLE = Path(__file__).parent / "gold" / "example" / "gold"
INPUT_KEYS = ("id", "lang", "source", "date", "title", "text")


def documents() -> list[dict[str, Any]]:
    """The annotated example articles."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLE.glob("*.json"))]


def write_articles(path: Path, docs: Iterable[dict[str, Any]], keys: tuple[str, ...] = INPUT_KEYS) -> Path:
    """A JSONL file of articles, without their annotations."""
    lines = (json.dumps({k: doc[k] for k in keys if k in doc}, ensure_ascii=False) for doc in docs)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def load_gold(pipeline: str) -> Annotator:
    """Loads the pipeline that knows the example articles; it breaks on others."""
    known = {doc["id"]: doc for doc in documents()}

    def annotate(articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            doc = {**known[article.id], "title": article.title, "text": article.text}
            yield replace(from_gold(doc), article=article)

    return annotate


def load_slow(pipeline: str) -> Annotator:
    """Loads a pipeline that never ends."""

    def annotate(articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            print("extracting", flush=True)
            time.sleep(60)
            yield Extraction(article)

    return annotate


def load_nothing(pipeline: str) -> Annotator:
    """Fails: for tests in which no pipeline may be needed."""
    raise AssertionError("the pipeline was loaded")
