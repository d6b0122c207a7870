"""How many articles to expect, for a progress bar."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.config import IngestSettings
from kg.ingest.record import MAX_CHARS
from kg.ingest.source import READ_ERRORS, STDIN, Source, find

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Size:
    """What lies behind paths.

    Attributes:
        files: Inputs.
        records: Articles to expect; a record that cannot be read counts too.
        exact: False where an input could not be looked into: standard input, or one that is broken.
    """

    files: int
    records: int
    exact: bool


def count(paths: Sequence[str | Path], *, settings: IngestSettings | None = None) -> Size:
    """Count inputs and records without building articles; reports no problems.

    Lines and rows are counted, arrays parsed; standard input is left alone and counts as one.
    """
    files = records = 0
    exact = True
    named = [path for path in paths if str(path) != STDIN]
    for source in find(named, settings or IngestSettings(), lambda problem: None):
        files += 1
        try:
            records += _records(source)
        except (*READ_ERRORS, ValueError, RecursionError, csv.Error):
            exact = False
            records += 1
    if len(named) < len(paths):
        return Size(files + 1, records + 1, False)
    return Size(files, records, exact)


def _records(source: Source) -> int:
    if source.format in ("text", "html"):
        return 1
    with source.open() as stream:
        if source.format == "jsonl":
            return sum(1 for line in stream if line.strip())
        if source.format == "json":
            value = json.loads(stream.read())
            return len(value) if isinstance(value, list) else 1
        # Latin-1 reads any bytes, and separators and quotation marks are ASCII in what tables come in.
        csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARS + 1))
        with io.TextIOWrapper(stream, encoding="latin-1", newline="") as text:
            rows = csv.reader(text, delimiter="\t" if source.format == "tsv" else ",")
            return max(0, sum(1 for row in rows if row) - 1)
