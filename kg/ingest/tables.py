"""The small tables of this stage: publishers, stop words, words that begin no place name."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from kg.errors import TableError


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a table of ``kg/ingest/data``.

    Raises:
        TableError: If the table is missing or has a ragged row.
    """
    try:
        text = files("kg.ingest").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"table kg/ingest/data/{name}: {error}", "restore it from the package") from error
    found = tuple(csv.DictReader(text.splitlines()))
    for number, row in enumerate(found, start=2):
        if None in row or None in row.values():
            raise TableError(
                f"table kg/ingest/data/{name}, line {number}: wrong number of cells", "one cell a column"
            )
    return found


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """Frequent words by language code."""
    return {row["lang"]: frozenset(row["words"].split("|")) for row in rows("stopwords.csv")}
