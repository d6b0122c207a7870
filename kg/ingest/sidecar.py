"""``metadata.csv``: what a folder's owner knows about its articles that the files do not say.

Columns, all optional but one of the first two: ``file`` (name of a file of the folder), ``id``,
``date``, ``source``, ``lang``, ``place``. A row with a file name describes that file's article and,
with an id, names it; a row with an id only describes the record of that id. What a row says wins over
what the file says. Empty cells say nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.ingest.dates import metadata_date
from kg.ingest.encoding import BinaryDataError, UndecodableError, decode
from kg.ingest.problem import Problem, Reporter
from kg.ingest.record import scrub

SIDECAR = "metadata.csv"
_MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """One row; None = the cell is empty or the column missing."""

    id: str | None = None
    date: str | None = None
    source: str | None = None
    lang: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The rows of a folder's ``metadata.csv`` by file name and by article id."""

    by_file: dict[str, Metadata]
    by_id: dict[str, Metadata]


def load(folder: Path, sink: Callable[[Problem], None]) -> Sidecar:
    """The folder's sidecar; an empty one if there is none or it cannot be read (then reported)."""
    path = folder / SIDECAR
    empty = Sidecar({}, {})
    report = Reporter(scrub(str(path)), sink)
    try:
        if not path.is_file():
            return empty
        with path.open("rb") as stream:
            text = decode(stream.read(_MAX_BYTES)).text
    except (OSError, ValueError, BinaryDataError, UndecodableError) as error:
        report.warning(f"cannot be read: {error}", "save it as UTF-8 text")
        return empty
    reader = csv.DictReader(io.StringIO(text, newline=""))
    found = Sidecar({}, {})
    try:
        columns = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
        if not {"file", "id"} & set(columns) or {"text", "body", "content", "article"} & set(columns):
            return empty
        reader.fieldnames = columns
        for row in reader:
            _add(row, found, folder, report, reader.line_num)
    except csv.Error as error:
        report.warning(f"not valid CSV: {error}", "put cells that hold commas or quotes in quotes")
    return found


def _add(row: dict[str, str], found: Sidecar, folder: Path, report: Reporter, line: int) -> None:
    cells = {name: value.strip() or None for name, value in row.items() if isinstance(value, str)}
    date = cells.get("date")
    if date is not None:
        known = metadata_date(date)
        if known is None:
            report.warning(f"no date: {date}", "write it as 2025-06-23, 2025-06 or 2025", line)
        date = known
    entry = Metadata(cells.get("id"), date, cells.get("source"), cells.get("lang"), cells.get("place"))
    file = cells.get("file")
    if file is not None:
        if not _exists(folder, file):
            report.warning(
                f"there is no file {file} in this folder", "correct the name or drop the row", line
            )
        found.by_file[file] = entry
    elif entry.id is not None:
        found.by_id[entry.id] = entry


def _exists(folder: Path, name: str) -> bool:
    try:
        return (folder / name).exists()
    except (OSError, ValueError):
        return False
