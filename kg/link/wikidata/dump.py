"""Read an extract of Wikidata, item by item: a table (CSV, TSV) or a JSON dump, plain or compressed."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from kg.data.tables import cells, read_table
from kg.errors import InputError
from kg.model import ENTITY_TYPES

_ITEM = re.compile(r"Q[1-9][0-9]*")
_LANGUAGES = ("ar", "en")
_TABLES = {".csv": ",", ".tsv": "\t"}
_JSON = (".json", ".jsonl", ".ndjson")
_NAMES = ("label_ar", "label_en", "aliases")
_KINDS = ("type", "P31")
_LONGEST_CELL = 1 << 20
_FORMS = "give CSV, TSV or JSON lines (.csv, .tsv, .json, .jsonl), plain, .gz or .bz2"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of Wikidata.

    Attributes:
        id: "Q159".
        names: Labels and aliases, Arabic and English.
        types: Entity types that its classes can be; empty if none of them is known.
    """

    id: str
    names: tuple[str, ...]
    types: frozenset[str]


@lru_cache(maxsize=1)
def _class_types() -> dict[str, frozenset[str]]:
    """Entity types by the item of a class, and by their own names."""
    known = {row["class"]: frozenset(cells(row["types"])) for row in read_table("wikidata_classes")}
    return known | {name: frozenset({name}) for name in ENTITY_TYPES}


def _types(classes: list[str]) -> frozenset[str]:
    known = _class_types()
    return frozenset[str]().union(*(known.get(name, frozenset()) for name in classes))


def read_items(path: Path) -> Iterator[Item]:
    """Read items one at a time, however large the file is.

    Args:
        path: A table with the columns ``id``, ``label_ar`` and/or ``label_en``, ``type`` or ``P31``, and,
            if wanted, ``aliases`` (values parted by ``|``); or Wikidata's JSON with an entity a line, with
            or without the brackets and commas of the official dumps.

    Raises:
        InputError: The file cannot be read, is of another form, or a line of it is broken.
    """
    packed = path.suffix.lower() in (".gz", ".bz2")
    ending = Path(path.stem).suffix.lower() if packed else path.suffix.lower()
    if ending not in _TABLES and ending not in _JSON:
        raise InputError(f"{path}: no extract of Wikidata by its name", _FORMS)
    try:
        with _open(path) as stream:
            yield from _rows(stream, _TABLES[ending], path) if ending in _TABLES else _entities(stream, path)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read: {reason}", _FORMS) from error


def check_extract(path: Path) -> None:
    """See that a file is an extract by its name and its first item, before hours go into a build.

    Raises:
        InputError: As :func:`read_items`.
    """
    next(read_items(path), None)


def _open(path: Path) -> IO[str]:
    match path.suffix.lower():
        case ".gz":
            return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
        case ".bz2":
            return bz2.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rows(stream: IO[str], delimiter: str, path: Path) -> Iterator[Item]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(stream, delimiter=delimiter)
    header = reader.fieldnames or ()
    for wanted in (("id",), _NAMES[:2], _KINDS):
        if not any(name in header for name in wanted):
            raise InputError(
                f"{path}: no column {' or '.join(wanted)}",
                "begin with a header such as id,label_ar,label_en,aliases,type",
            )
    for row in reader:
        found = (row["id"] or "").strip().rpartition("/")[2]
        if not _ITEM.fullmatch(found):
            raise InputError(f"{path}, line {reader.line_num}: {row['id']!r} is no item", "write it as Q159")
        names = [name for column in _NAMES for name in cells(row.get(column) or "")]
        kinds = [kind.rpartition("/")[2] for column in _KINDS for kind in cells(row.get(column) or "")]
        yield Item(found, tuple(dict.fromkeys(names)), _types(kinds))


def _entities(stream: IO[str], path: Path) -> Iterator[Item]:
    for number, line in enumerate(stream, 1):
        text = line.strip().rstrip(",")
        if text in ("", "[", "]"):
            continue
        try:
            item = _item(json.loads(text))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            raise InputError(
                f"{path}, line {number}: no entity of Wikidata",
                "give one JSON object a line, as the dumps do",
            ) from error
        if item:
            yield item


def _item(entity: dict[str, Any]) -> Item | None:
    """An entity of a dump; None for properties and lexemes."""
    found = entity["id"]
    if not _ITEM.fullmatch(found):
        return None
    # An empty map is written as an empty list in some dumps.
    labels, aliases, claims = (entity.get(key) or {} for key in ("labels", "aliases", "claims"))
    names = [labels[lang]["value"] for lang in _LANGUAGES if lang in labels]
    names += [alias["value"] for lang in _LANGUAGES for alias in aliases.get(lang, ())]
    values = (
        claim["mainsnak"].get("datavalue")
        for claim in claims.get("P31", ())
        if claim.get("rank") != "deprecated"
    )
    classes = [str(value["value"]["id"]) for value in values if value]
    return Item(found, tuple(dict.fromkeys(names)), _types(classes))
