"""CSV and TSV tables with a header row, one article a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from kg.config import IngestSettings
from kg.ingest.content import decoded, lf
from kg.ingest.problem import Reporter
from kg.ingest.record import ALIASES, MAX_CHARS, FieldError, Record, digest, from_fields
from kg.ingest.source import Source, read_bytes

_MAX_FILE = 1 << 29
_MOST_BROKEN = 50


def read_csv(source: Source, settings: IngestSettings, report: Reporter) -> Iterator[Record]:
    """Articles of a comma-separated table; semicolons and tabs are recognised by the header."""
    yield from _read(source, settings, report, ",;\t")


def read_tsv(source: Source, settings: IngestSettings, report: Reporter) -> Iterator[Record]:
    """Articles of a tab-separated table."""
    yield from _read(source, settings, report, "\t")


def _read(source: Source, settings: IngestSettings, report: Reporter, marks: str) -> Iterator[Record]:
    data = read_bytes(source, _MAX_FILE, report)
    text = decoded(data, settings, report) if data is not None else None
    if text is None:
        return
    lines = list(io.StringIO(text, newline=""))
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        report.error("empty file", "remove it or put articles in")
        return
    # The module's limit is for untrusted web forms; ours is the length of an article.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARS + 1))
    columns, mark = _header(lines[first], marks)
    if not set(columns) & set(ALIASES["text"]):
        report.error(
            f"no text column among {', '.join(filter(None, columns))[:200]}",
            f"name the column with the body {', '.join(ALIASES['text'])}",
            first + 1,
        )
        return
    yield from _rows(lines, first + 1, columns, mark, report)


def _header(line: str, marks: str) -> tuple[list[str], str]:
    """Column names in lower case and the mark between cells."""
    best: tuple[list[str], str] = ([], marks[0])
    for mark in marks:
        try:
            cells = next(csv.reader([line], delimiter=mark), [])
        except csv.Error:
            continue
        columns = [cell.strip().casefold() for cell in cells]
        if set(columns) & set(ALIASES["text"]):
            return columns, mark
        if len(columns) > len(best[0]):
            best = columns, mark
    return best


def _rows(lines: list[str], start: int, columns: list[str], mark: str, report: Reporter) -> Iterator[Record]:
    """Records of the lines below the header; behind a row with broken quotation marks reading starts anew."""
    if not any(line.strip() for line in lines[start:]):
        report.error("a header without rows", "put one article in each row below it")
    number = 0
    broken = 0
    while start < len(lines):
        reader = csv.reader(iter(lines[start:]), delimiter=mark)
        begin = start
        cause = None
        while cause is None:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                cause = f"broken row: {error}"
                break
            end = start + reader.line_num
            if end - begin > 1:
                # A row of several lines is one only where its quotation marks are in order; else an
                # open mark has swallowed the rows that follow.
                cause = _fault(lines[begin:end], mark)
            if cause is None and any(cell.strip() for cell in cells):
                number += 1
                yield from _record(cells, columns, begin + 1, number, report)
            if cause is None:
                begin = end
        broken += 1
        report.error(cause, "close quotation marks, and double them inside a cell", begin + 1)
        if broken == _MOST_BROKEN:
            report.error("the rest of the table is not read", "mend the rows named above first", begin + 1)
            return
        start = begin + 1


def _record(
    cells: list[str], columns: list[str], line: int, number: int, report: Reporter
) -> Iterator[Record]:
    if len(cells) > len(columns):
        report.error(
            f"{len(cells)} cells in a row of a table with {len(columns)} columns",
            "put cells that hold the separator in quotes",
            line,
        )
        return
    fields: dict[str, object] = {}
    for name, cell in zip(columns, cells, strict=False):
        if cell.strip():
            fields.setdefault(name, lf(cell))
    canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    try:
        yield from_fields(fields, digest(canonical.encode("utf-8", "surrogatepass")), line, number)
    except FieldError as error:
        report.error(error.cause, error.mend, line)


def _fault(lines: list[str], mark: str) -> str | None:
    """What is wrong with the quotation marks of a row, or None."""
    try:
        for _ in csv.reader(iter(lines), delimiter=mark, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return "a quotation mark opens a cell and is never closed"
        return "a quotation mark stands inside a cell that one opens"
    return None
