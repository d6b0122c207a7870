"""Read the small knowledge tables that this layer rests on."""

from __future__ import annotations

import csv
from importlib.resources import files

from kg.errors import TableError


def rows(name: str, required: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a table of ``kg/data``.

    Args:
        name: File name, such as ``months.csv``.
        required: Columns that the caller needs.

    Raises:
        TableError: If the table is missing, lacks a column or has a ragged row.
    """
    try:
        text = files("kg").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"table kg/data/{name}: {error}", "restore the file from the package") from error
    reader = csv.DictReader(text.splitlines())
    missing = [column for column in required if column not in (reader.fieldnames or ())]
    if missing:
        raise TableError(
            f"table kg/data/{name} lacks the columns {', '.join(missing)}", "add them to the header"
        )
    found: list[dict[str, str]] = []
    for number, row in enumerate(reader, start=2):
        if None in row or None in row.values():
            raise TableError(
                f"table kg/data/{name}, line {number}: wrong number of cells", "one cell a column"
            )
        found.append(row)
    return found


def cells(value: str) -> tuple[str, ...]:
    """Split a cell that holds several values, separated by ``|``."""
    return tuple(part.strip() for part in value.split("|") if part.strip())
