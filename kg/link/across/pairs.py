"""The user's word on identity: a file of pairs that are the same or different, which no rule overrules."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError

COLUMNS = ("a", "b", "verdict")
SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that are the same or not.

    Attributes:
        a: What the graph calls it: IRI, CURIE or slug of a node or of an entity of one article.
        b: The other.
        same: Whether they are one.
        line: Line of the file, counted from 1.
        path: The file.
    """

    a: str
    b: str
    same: bool
    line: int
    path: str


Pairs = tuple[Pair, ...]


def read_pairs(path: Path) -> Pairs:
    """Read a CSV file with the columns ``a``, ``b`` and ``verdict`` (``same`` or ``different``).

    Further columns, such as a note, are left alone.

    Raises:
        InputError: The file cannot be read, lacks a column or has a cell that says nothing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"{path}: no column {missing[0]}", f"begin with the line {','.join(COLUMNS)}"
                )
            return tuple(_pair(row, reader.line_num, path) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"{path}: cannot be read: {error}", "give a CSV file in UTF-8, or leave link.pairs out"
        ) from error


def _pair(row: dict[str, str | None], line: int, path: Path) -> Pair:
    a, b, verdict = ((row.get(name) or "").strip() for name in COLUMNS)
    if not a or not b or a == b or verdict not in (SAME, DIFFERENT):
        raise InputError(
            f"{path}, line {line}: {a!r}, {b!r}, {verdict!r}", "name two things and same or different"
        )
    return Pair(a, b, verdict == SAME, line, str(path))
