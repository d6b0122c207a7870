"""Find the inputs that paths stand for, and read their bytes."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.config import IngestSettings
from kg.ingest.problem import Problem, Reporter
from kg.ingest.record import scrub
from kg.ingest.sidecar import SIDECAR
from kg.ingest.sniff import sniff

STDIN = "-"
READ_ERRORS = (OSError, EOFError, lzma.LZMAError, zlib.error)
"""What reading a file, compressed or not, may raise."""

FORMAT_OF: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
"""Format by file ending."""

_MAX_STDIN = 1 << 29


@dataclass(frozen=True, slots=True)
class Source:
    """One input.

    Attributes:
        path: As the user named it or, for files of a folder, as the folder leads to it.
        name: File name without a compression ending; "stdin" for standard input.
        format: One of :data:`kg.config.FORMATS`.
        open: Opens the decompressed bytes; may be called again, except on standard input with a format.
        folder: Where its ``metadata.csv`` would lie; None for standard input.
        file: The file itself; None for standard input.
    """

    path: str
    name: str
    format: str
    open: Callable[[], BinaryIO]
    folder: Path | None = None
    file: Path | None = None

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return scrub(Path(self.name).stem or self.name)


def find(
    paths: Sequence[str | Path], settings: IngestSettings, sink: Callable[[Problem], None]
) -> Iterator[Source]:
    """Inputs behind paths, in the order of the paths; folders are walked in sorted order.

    A file that is reached twice is given once. Hidden files and files of unknown formats are passed
    over in folders, and reported when named.
    """
    seen: set[tuple[int, int]] = set()
    for path in map(str, paths):
        report = Reporter(scrub(path), sink)
        if path == STDIN:
            if (-1, -1) not in seen:
                seen.add((-1, -1))
                yield from _stdin(settings, report)
            continue
        for file in _files(path, report):
            try:
                status = file.stat()
            except (OSError, ValueError) as error:
                _unreadable(Reporter(scrub(str(file)), sink), error)
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            source = _source(file, settings)
            if source is None:
                _unsupported(report, file)
                continue
            if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
                report.error("not a regular file", "name files or folders")
                continue
            seen.add((status.st_dev, status.st_ino))
            yield source


def read_bytes(source: Source, limit: int, report: Reporter) -> bytes | None:
    """All bytes of a source; None, with a report, if it cannot be read or is larger than the limit."""
    try:
        with source.open() as stream:
            data = stream.read(limit + 1)
    except READ_ERRORS as error:
        _unreadable(report, error)
        return None
    if len(data) > limit:
        report.error(
            f"too large (more than {limit / 1e6:.0f} MB)",
            "split it, or turn it into JSONL with one article a line",
        )
        return None
    if not data.strip():
        report.error("empty file", "remove it or put an article in")
        return None
    return data


def report_unreadable(report: Reporter, error: BaseException) -> None:
    """Report an error of :data:`READ_ERRORS`."""
    _unreadable(report, error)


def _files(path: str, report: Reporter) -> Iterator[Path]:
    root = Path(path)
    try:
        mode = root.stat().st_mode
    except FileNotFoundError:
        report.error("no such file or folder", "check the spelling and the current folder")
        return
    except (OSError, ValueError) as error:
        _unreadable(report, error)
        return
    if not stat.S_ISDIR(mode):
        yield root
        return
    found = False
    failed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if name.startswith(".") or _plain_name(name)[1] not in FORMAT_OF or _is_sidecar(file):
                continue
            found = True
            yield file
    for failure in failed:
        _unreadable(Reporter(scrub(str(failure.filename or path)), report.sink), failure)
    if not found and not failed:
        report.warning(
            "no articles in this folder", f"articles are files ending in {', '.join(sorted(FORMAT_OF))}"
        )


def _is_sidecar(file: Path) -> bool:
    """Whether a file of a folder is its ``metadata.csv``, not a table of articles of that name."""
    if file.name != SIDECAR:
        return False
    try:
        with file.open("rb") as stream:
            header = stream.readline(4096).decode("utf-8-sig", errors="replace")
    except OSError:
        return False
    columns = {cell.strip().strip('"').casefold() for cell in header.split(",")}
    return bool(columns & {"file", "id"}) and not columns & {"text", "body", "content", "article"}


def _plain_name(name: str) -> tuple[str, str, str]:
    """Name without compression ending, its ending, and the compression ending."""
    path = Path(name)
    packed = path.suffix.lower()
    if packed not in (".gz", ".xz"):
        return name, packed, ""
    return path.stem, Path(path.stem).suffix.lower(), packed


def _source(file: Path, settings: IngestSettings) -> Source | None:
    name, ending, packed = _plain_name(file.name)
    form = FORMAT_OF.get(ending, settings.format)
    if form is None:
        return None
    openers: dict[str, Callable[[], BinaryIO]] = {
        ".gz": lambda: _buffered(gzip.GzipFile(file)),
        ".xz": lambda: _buffered(lzma.LZMAFile(file)),  # noqa: SIM115 - the readers close it
        "": lambda: file.open("rb"),
    }
    return Source(scrub(str(file)), name, form, openers[packed], file.parent, file)


def _buffered(stream: gzip.GzipFile | lzma.LZMAFile) -> BinaryIO:
    # Reading line by line from the decompressors directly is several times slower.
    return io.BufferedReader(stream, 1 << 20)


def _stdin(settings: IngestSettings, report: Reporter) -> Iterator[Source]:
    stream = sys.stdin.buffer
    if settings.format is not None:
        yield Source(STDIN, "stdin", settings.format, lambda: stream)
        return
    try:
        data = stream.read(_MAX_STDIN + 1)
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
        elif data.startswith(b"\xfd7zXZ"):
            data = lzma.decompress(data)
    except READ_ERRORS as error:
        _unreadable(report, error)
        return
    if len(data) > _MAX_STDIN:
        report.error(
            f"more than {_MAX_STDIN / 1e6:.0f} MB on standard input",
            "say its format: JSONL of any length is read line by line",
        )
        return
    yield Source(STDIN, "stdin", sniff(data), lambda: io.BytesIO(data))


def _unsupported(report: Reporter, file: Path) -> None:
    ending = _plain_name(file.name)[1]
    report.error(
        f"files ending in {scrub(ending)} cannot be read" if ending else "the format is unknown",
        f"use one of {', '.join(FORMAT_OF)}, or say the format with the format option",
    )


def _unreadable(report: Reporter, error: BaseException) -> None:
    if isinstance(error, PermissionError):
        report.error("no permission to read it", "change its permissions or run as its owner")
    elif isinstance(error, EOFError | lzma.LZMAError | zlib.error | gzip.BadGzipFile):
        report.error("damaged compressed file", "compress or download it again")
    else:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        report.error(f"cannot be read: {cause}", "check the file")
