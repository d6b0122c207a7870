"""The readers, by the name of their format."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.config import IngestSettings
from kg.ingest import html, jsonl, table, text
from kg.ingest.problem import Reporter
from kg.ingest.record import Record
from kg.ingest.source import Source

Reader = Callable[[Source, IngestSettings, Reporter], Iterator[Record]]

READERS: dict[str, Reader] = {
    "text": text.read,
    "json": jsonl.read_json,
    "jsonl": jsonl.read_jsonl,
    "csv": table.read_csv,
    "tsv": table.read_tsv,
    "html": html.read,
}
"""A reader yields the records of one source and reports what it cannot read; it raises nothing."""
