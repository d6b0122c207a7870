"""Text files and tables for spreadsheets, written deterministically.

Tables are UTF-8 with a byte order mark (Python's ``utf-8-sig``), without which Excel garbles Arabic; read
them back with that encoding. Cells that a spreadsheet would run as a formula get an apostrophe in front.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.xmltext import NOT_XML

Cell = str | int | float | bool

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


def write_table(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Cell | None]]) -> None:
    """Write a header and rows as CSV; None is an empty cell.

    Raises:
        InputError: The file cannot be written.
    """

    def lines() -> Iterator[str]:
        # The writer hands each row to a function; what it returns is the line itself.
        writer = csv.writer(_Echo(), lineterminator="\n")
        yield writer.writerow(columns)
        for row in rows:
            yield writer.writerow([_cell(value) for value in row])

    write_parts(path, lines(), "utf-8-sig")


def write_parts(path: Path, parts: Iterable[str], encoding: str = "utf-8") -> None:
    """Write a text piece by piece; missing folders are made.

    Raises:
        InputError: The file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding=encoding, errors="replace", newline="") as file:
            file.writelines(parts)
    except OSError as error:
        raise InputError(
            f"cannot write {path}: {error.strerror}", "name a file in a writable folder"
        ) from error


def xml_text(text: str) -> str:
    """The text without characters that XML cannot hold; escaping is left to the caller."""
    return NOT_XML.sub("\ufffd", text)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The text."""
        return text


def _cell(value: Cell | None) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        value = value.replace("\0", "")
        return f"'{value}" if _FORMULA.match(value) else value
    return value
