"""Extractions of the last build, so that one new article does not mean extracting from all again.

The file lies in the output folder. An extraction is used again only if the article is the same to
the letter and the pipeline the same to the byte: its code, its tables, its weights, its name.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg.model import (
    Act,
    Article,
    Entity,
    Event,
    Evidence,
    Extraction,
    Mention,
    Role,
    Span,
    Statement,
    Treaty,
)

FILE = ".extractions.jsonl.gz"
"""Name of the file in the output folder."""

_PARTS: dict[str, type[Any]] = {
    "entities": Entity,
    "roles": Role,
    "acts": Act,
    "statements": Statement,
    "treaties": Treaty,
    "events": Event,
}
_PACKAGE = Path(__file__).parent
_SHAPING = ("model.py", "arabic", "data", "extract", "link", "models", "nlp")
"""What of the package shapes an extraction …"""
_NOT_SHAPING = (
    "link/across", "link/wikidata", "data/claim_words.csv", "data/event_families.csv",
    "data/letter_costs.csv", "data/many_of_a_kind.csv", "data/page_labels.csv", "data/treaty_kinds.csv",
    "data/name_romanisations.csv", "data/wikidata_classes.csv",
)  # fmt: skip
"""… and what of that does not: it is asked when articles are compared or shown, in every build."""
_LIBRARIES = ("hijridate", "onnxruntime", "spacy")
"""Libraries whose version shapes an extraction."""


class ExtractionCache:
    """The extractions of an earlier build.

    Args:
        folder: Output folder of that build; where it has no usable file, the cache is empty.
        pipeline: Name or path of the pipeline that is going to run.

    Attributes:
        hits: How many articles it had an extraction for.
    """

    def __init__(self, folder: Path, pipeline: str) -> None:
        self.hits = 0
        self._lines: dict[str, str] = {}
        try:
            with gzip.open(folder / FILE, "rt", encoding="utf-8") as stream:
                if next(stream, "").strip() == fingerprint(pipeline):
                    self._lines = dict(line.rstrip("\n").split(" ", 1) for line in stream)
        except (OSError, EOFError, ValueError):
            self._lines = {}

    def get(self, article: Article) -> Extraction | None:
        """The extraction of an article, or None where there is none."""
        line = self._lines.get(_key(article))
        if line is None:
            return None
        try:
            extraction = _decode(json.loads(line), article)
        except (ValueError, TypeError, LookupError):
            return None
        self.hits += 1
        return extraction


def write_cache(extractions: Iterable[Extraction], pipeline: str, folder: Path) -> None:
    """Write the extractions of this build for the next one; the same ones give the same bytes."""
    with (
        (folder / FILE).open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=5, fileobj=raw, mtime=0) as packed,
    ):
        packed.write(f"{fingerprint(pipeline)}\n".encode())
        for extraction in extractions:
            body = json.dumps(_encode(extraction), ensure_ascii=False, separators=(",", ":"))
            packed.write(f"{_key(extraction.article)} {body}\n".encode())


def fingerprint(pipeline: str) -> str:
    """Hash of all that shapes an extraction but the article."""
    digest = hashlib.sha256(f"{pipeline}\n{_versions()}\n".encode())
    without = [_PACKAGE / name for name in _NOT_SHAPING]
    roots = [_PACKAGE / name for name in _SHAPING]
    if Path(pipeline).exists():
        roots.append(Path(pipeline))
    for root in roots:
        for path in _files(root):
            if any(path.is_relative_to(other) for other in without):
                continue
            digest.update(f"{path.relative_to(root.parent).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _versions() -> str:
    """Versions of the libraries, without those that are not installed."""
    found = []
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found.append(f"{name}=={version(name)}")
    return " ".join(found)


def _files(root: Path) -> Iterator[Path]:
    found = [root] if root.is_file() else sorted(root.rglob("*"))
    yield from (p for p in found if p.is_file() and "__pycache__" not in p.parts)


def _key(article: Article) -> str:
    parts = (
        article.id,
        article.title,
        article.text,
        article.lang,
        article.source,
        article.date,
        article.place,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


# A span is written as its two offsets: the article has the text.


def _columns(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.init)


def _encode(extraction: Extraction) -> dict[str, Any]:
    return {name: [_row(item) for item in getattr(extraction, name)] for name in _PARTS}


def _row(item: Any) -> list[Any]:
    return [_cell(getattr(item, column)) for column in _columns(type(item))]


def _cell(value: Any) -> Any:
    match value:
        case Span():
            return [value.start, value.end]
        case Evidence():
            return [value.span.start, value.span.end]
        case Mention():
            return [value.span.start, value.span.end, value.kind]
        case tuple():
            return [_cell(v) for v in value]
    return value


def _decode(data: dict[str, Any], article: Article) -> Extraction:
    text = article.full_text

    def span(cell: list[int]) -> Span:
        return Span(cell[0], cell[1], text[cell[0] : cell[1]])

    def field(column: str, cell: Any) -> Any:
        if column in ("trigger", "object", "content"):
            return None if cell is None else span(cell)
        if column == "evidence":
            return Evidence(span(cell))
        if column == "mentions":
            return tuple(Mention(span(m), m[2]) for m in cell)
        return tuple(cell) if isinstance(cell, list) else cell

    return Extraction(
        article,
        **{
            name: tuple(
                kind(**{c: field(c, v) for c, v in zip(_columns(kind), row, strict=True)})
                for row in data[name]
            )
            for name, kind in _PARTS.items()
        },
    )
