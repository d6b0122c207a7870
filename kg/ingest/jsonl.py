"""JSON: one object or an array of objects; JSON Lines: one object a line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.config import IngestSettings
from kg.ingest.content import Decoder, decoded
from kg.ingest.problem import Problem, Reporter
from kg.ingest.record import MAX_CHARS, FieldError, Record, digest, from_fields, too_large
from kg.ingest.source import READ_ERRORS, Source, read_bytes, report_unreadable

_MAX_FILE = 1 << 29
_MAX_LINE = 4 * MAX_CHARS
_MOST_REPORTS = 50
_OBJECT = 'an article is an object: {"title": …, "text": …}'


def read_json(source: Source, settings: IngestSettings, report: Reporter) -> Iterator[Record]:
    """Articles of a JSON file; a file of JSON lines under the wrong ending is read as such."""
    data = read_bytes(source, _MAX_FILE, report)
    if data is not None:
        yield from _document(data, settings, report)


def _document(data: bytes, settings: IngestSettings, report: Reporter) -> Iterator[Record]:
    """Articles of one JSON value that fills a file."""
    text = decoded(data, settings, report)
    if text is None:
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        first = text.lstrip().split("\n", 1)[0]
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data" and _is_object(first):
            yield from _lines(
                _decoded_lines(text) if _is_wide(data) else iter(data.split(b"\n")), settings, report
            )
            return
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        report.error(f"broken JSON: {_reason(error)}", "mend it, or use JSONL with one object a line", line)
        return
    if not isinstance(value, list):
        yield from _record(value, digest(data), report, None, None, "the file")
        return
    if not value:
        report.error("an empty array", "put articles in")
    for number, item in enumerate(value, start=1):
        canonical = json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        yield from _record(item, digest(canonical), report, None, number, f"record {number}")


def read_jsonl(source: Source, settings: IngestSettings, report: Reporter) -> Iterator[Record]:
    """Articles of a JSON Lines file, read line by line; broken lines are reported and passed over."""
    try:
        with source.open() as stream:
            start = stream.readline(_MAX_LINE)
            if _is_wide(start):
                # UTF-16 has line feeds inside other characters: decode before cutting lines.
                text = decoded(start + stream.read(_MAX_FILE), settings, report)
                if text is not None:
                    yield from _lines(_decoded_lines(text), settings, report)
            else:
                yield from _lines(_cut(stream, start), settings, report)
    except READ_ERRORS as error:
        report_unreadable(report, error)


def _is_wide(data: bytes) -> bool:
    """Whether the bytes are UTF-16 or UTF-32, by their mark or by the zeros of their ASCII letters."""
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:100]


def _decoded_lines(text: str) -> Iterator[str]:
    return iter(text.split("\n"))


def _cut(stream: BinaryIO, start: bytes) -> Iterator[bytes]:
    """Lines of a stream; of an overlong one only so much that its length shows."""
    line = start
    while line:
        yield line
        while len(line) >= _MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(_MAX_LINE)
        line = stream.readline(_MAX_LINE)


class _Cap:
    """Passes problems on, but no more than so many errors."""

    def __init__(self, report: Reporter) -> None:
        self._sink = report.sink
        self.errors = 0

    def __call__(self, problem: Problem) -> None:
        self.errors += problem.severity == "error"
        if problem.severity != "error" or self.errors <= _MOST_REPORTS:
            self._sink(problem)


def _lines(lines: Iterator[bytes | str], settings: IngestSettings, report: Reporter) -> Iterator[Record]:
    """Articles of lines, raw or already decoded."""
    cap = _Cap(report)
    speaks = Reporter(report.path, cap)
    decoder = Decoder(settings, speaks)
    records = 0
    for number, raw in enumerate(lines, start=1):
        data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
        data = (data.removeprefix(codecs.BOM_UTF8) if number == 1 else data).strip()
        if not data:
            continue
        records += 1
        if len(raw) >= _MAX_LINE:
            speaks.error(*too_large(len(raw)), number)
            continue
        text = raw if isinstance(raw, str) else decoder.decode(data, number)
        if text is None:
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            if records == 1 and isinstance(raw, bytes) and text[:1] in ("{", "[") and len(text) == 1:
                # One pretty-printed document under the ending of JSON Lines.
                whole = raw + b"".join(line for line in lines if isinstance(line, bytes))
                yield from _document(whole, settings, report)
                return
            speaks.error(f"broken JSON: {_reason(error)}", "each line must be one complete object", number)
            continue
        yield from _record(value, digest(data), speaks, number, records, "the line")
    if not records:
        report.error("empty file", "remove it or put an article in")
    if cap.errors > _MOST_REPORTS:
        report.error(
            f"{cap.errors - _MOST_REPORTS} more lines could not be read", "mend the lines named above first"
        )


def _record(
    value: object, sha256: str, report: Reporter, line: int | None, number: int | None, what: str
) -> Iterator[Record]:
    if not isinstance(value, dict):
        report.error(f"{what} is no object", _OBJECT, line)
        return
    try:
        yield from_fields(value, sha256, line, number)
    except FieldError as error:
        where = f"{what}: " if number is not None and line is None else ""
        report.error(f"{where}{error.cause}", error.mend, line)


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
