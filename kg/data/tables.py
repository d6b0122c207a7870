"""Read the knowledge tables under ``kg/data``, and the gazetteer tables as typed rows.

Tables are UTF-8 CSV files with a header row. ``|`` separates several values within a
cell. :func:`read_table` reads any of them; :func:`states`, :func:`places`,
:func:`bodies`, :func:`body_heads`, :func:`igos`, :func:`armed_groups`, :func:`media`
and :func:`orgs` give the rows of the gazetteer. All are read once and cached, so
callers must not change what they get.

In every gazetteer table ``needs_head`` holds those forms of the row that are also
ordinary words or another thing's name ("الحياة", "قنا"): they name the entity only
after a head word ("صحيفة الحياة") or within quotation marks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

from kg.errors import TableError

BODY_KINDS: tuple[str, ...] = (
    "palace", "ministry", "parliament", "army", "court", "agency", "police", "government",
)  # fmt: skip
BODY_HEAD_TYPES: tuple[str, ...] = ("GOVBODY", "STATE")
JOINS: tuple[str, ...] = ("adjective", "genitive")
IGO_KINDS: tuple[str, ...] = ("organisation", "organ", "bloc", "court")
MEDIA_KINDS: tuple[str, ...] = ("agency", "newspaper", "magazine", "channel", "radio", "programme", "website")
ORG_KINDS: tuple[str, ...] = (
    "party", "movement", "company", "ngo", "university", "research", "religious", "union", "platform",
    "other",
)  # fmt: skip
PLACE_KINDS: tuple[str, ...] = ("capital", "city", "region", "site", "sea", "continent", "area")


@dataclass(frozen=True, slots=True)
class Row:
    """What all gazetteer tables of named things share.

    Attributes:
        slug: Key, unique across all gazetteer tables; ASCII kebab-case.
        en: English label.
        ar: Canonical Arabic name.
        variants: Other Arabic (or Latin) forms; spellings that folding unifies are not repeated.
        needs_head: Those of the forms that name the thing only after a head word or in quotes.
        wikidata: Wikidata item ("Q159") where certain, else None.
        source: Where the row comes from.
    """

    slug: str
    en: str
    ar: str
    variants: tuple[str, ...]
    needs_head: tuple[str, ...]
    wikidata: str | None
    source: str

    @property
    def forms(self) -> tuple[str, ...]:
        """All names, the canonical one first."""
        return (self.ar, *self.variants)


@dataclass(frozen=True, slots=True)
class State(Row):
    """A country or state-like polity, of today or of the past.

    Attributes:
        short: Shorter names of the news, not counted among the variants.
        adjective: Nationality adjectives, masculine singular without the article ("كوري شمالي").
        people: Irregular plurals with the article ("الروس").
        capital: Slug of the capital among the places, or None.
        government_forms: Other forms that name the state acting ("نظام الأسد").
        iso2: ISO 3166-1 alpha-2 code, or None.
    """

    short: tuple[str, ...]
    adjective: tuple[str, ...]
    people: tuple[str, ...]
    capital: str | None
    government_forms: tuple[str, ...]
    iso2: str | None

    @property
    def forms(self) -> tuple[str, ...]:
        """All names, the canonical one first, those of the government last."""
        return (self.ar, *self.variants, *self.short, *self.government_forms)


@dataclass(frozen=True, slots=True)
class Place(Row):
    """A place.

    Attributes:
        state: Slug of its state, or None where disputed, shared or none.
        kind: One of :data:`PLACE_KINDS`.
        acts_for_state: Whether its name commonly stands for the state ("موسكو أعلنت").
    """

    state: str | None
    kind: str
    acts_for_state: bool


@dataclass(frozen=True, slots=True)
class Body(Row):
    """A named body of one state: palace, ministry, parliament, army, court, agency, police, government."""

    state: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Igo(Row):
    """An intergovernmental organisation, organ, bloc or court; ``parent`` is a slug of the same table."""

    kind: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class ArmedGroup(Row):
    """A non-state armed movement and the state it is at home in, if one."""

    state: str | None


@dataclass(frozen=True, slots=True)
class Medium(Row):
    """A news agency, newspaper, magazine, channel, radio, programme or website."""

    state: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Org(Row):
    """Any other organisation: party, movement, company, NGO, university, religious body, …"""

    state: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class BodyHead:
    """A generic head that a nationality adjective or a state's name completes.

    Attributes:
        head: Arabic head ("وزارة الخارجية", "سفارة").
        en: English head ("Foreign Ministry"); heads that share it name the same body of a state.
        kind: As for :class:`Body`.
        type: "GOVBODY", or "STATE" where the whole names the state itself ("الحكومة").
        joins: "adjective" ("وزارة الخارجية الروسية") or "genitive" ("سفارة روسيا").
        source: Where the row comes from.
    """

    head: str
    en: str
    kind: str
    type: str
    joins: str
    source: str


def cells(value: str) -> tuple[str, ...]:
    """Split a cell that holds several values, separated by ``|``."""
    return tuple(part.strip() for part in value.split("|") if part.strip())


@lru_cache(maxsize=64)
def read_table(name: str) -> list[dict[str, str]]:
    """All rows of ``kg/data/<name>.csv``, in the order of the file.

    Args:
        name: Name of the table, with or without ``.csv``.

    Raises:
        TableError: If the table is missing, is no UTF-8, has no header, a column twice or a ragged row;
            the message names the file, the line and the cause.
    """
    file = name if name.endswith(".csv") else f"{name}.csv"
    try:
        text = files("kg").joinpath("data", file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TableError(f"table kg/data/{file}: no such file", "reinstall the package") from None
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"table kg/data/{file}: {error}", "restore the file from the package") from error
    return parse_table(file, text)


def parse_table(file: str, text: str) -> list[dict[str, str]]:
    """Rows of a table's text; ``file`` is its name for messages.

    Raises:
        TableError: As :func:`read_table`.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    rows: list[dict[str, str]] = []
    try:
        for record in reader:
            where = f"table kg/data/{file}, line {reader.line_num}"
            if not header:
                header = record
                if len(set(header)) < len(header) or "" in header:
                    raise TableError(f"{where}: a column has no name or occurs twice", "mend the header row")
            elif record and len(record) != len(header):
                raise TableError(
                    f"{where}: {len(record)} cells where the header has {len(header)}",
                    'give each column one cell; enclose a cell that holds a comma in "…"',
                )
            elif record:
                rows.append(dict(zip(header, record, strict=True)))
    except csv.Error as error:
        raise TableError(f"table kg/data/{file}, line {reader.line_num}: {error}", "mend the row") from error
    if not header:
        raise TableError(f"table kg/data/{file}: empty file", "restore the file from the package")
    return rows


_R = TypeVar("_R")


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """Rows of ``states.csv``."""
    return _typed(
        "states",
        lambda row: State(
            *_common(row),
            short=cells(row["short"]),
            adjective=cells(row["adjective"]),
            people=cells(row["people"]),
            capital=row["capital_slug"] or None,
            government_forms=cells(row["government_forms"]),
            iso2=row["iso2"] or None,
        ),
    )


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """Rows of ``places.csv``."""
    return _typed(
        "places",
        lambda row: Place(
            *_common(row),
            state=row["state"] or None,
            kind=_one_of(row, "kind", PLACE_KINDS),
            acts_for_state=_one_of(row, "acts_for_state", ("yes", "")) == "yes",
        ),
    )


@lru_cache(maxsize=1)
def bodies() -> tuple[Body, ...]:
    """Rows of ``bodies.csv``: bodies with a name of their own."""
    return _typed(
        "bodies",
        lambda row: Body(*_common(row), state=row["state"] or None, kind=_one_of(row, "kind", BODY_KINDS)),
    )


@lru_cache(maxsize=1)
def body_heads() -> tuple[BodyHead, ...]:
    """Rows of ``body_heads.csv``."""
    return _typed(
        "body_heads",
        lambda row: BodyHead(
            head=_filled(row, "head"),
            en=_filled(row, "en"),
            kind=_one_of(row, "kind", BODY_KINDS),
            type=_one_of(row, "type", BODY_HEAD_TYPES),
            joins=_one_of(row, "joins", JOINS),
            source=_filled(row, "source"),
        ),
    )


@lru_cache(maxsize=1)
def igos() -> tuple[Igo, ...]:
    """Rows of ``igos.csv``."""
    return _typed(
        "igos",
        lambda row: Igo(*_common(row), kind=_one_of(row, "kind", IGO_KINDS), parent=row["parent"] or None),
    )


@lru_cache(maxsize=1)
def armed_groups() -> tuple[ArmedGroup, ...]:
    """Rows of ``armed_groups.csv``."""
    return _typed("armed_groups", lambda row: ArmedGroup(*_common(row), state=row["state"] or None))


@lru_cache(maxsize=1)
def media() -> tuple[Medium, ...]:
    """Rows of ``media.csv``."""
    return _typed(
        "media",
        lambda row: Medium(*_common(row), state=row["state"] or None, kind=_one_of(row, "kind", MEDIA_KINDS)),
    )


@lru_cache(maxsize=1)
def orgs() -> tuple[Org, ...]:
    """Rows of ``orgs.csv``."""
    return _typed(
        "orgs",
        lambda row: Org(*_common(row), state=row["state"] or None, kind=_one_of(row, "kind", ORG_KINDS)),
    )


def _typed(name: str, build: Callable[[dict[str, str]], _R]) -> tuple[_R, ...]:
    """Build each row of a table; a missing column or bad value is reported with its row."""
    built: list[_R] = []
    for row in read_table(name):
        try:
            built.append(build(row))
        except KeyError as error:
            raise TableError(
                f"table kg/data/{name}.csv: no column {error}", "add it to the header"
            ) from error
        except ValueError as error:
            key = next(iter(row.values()))
            raise TableError(f"table kg/data/{name}.csv, row {key!r}: {error}", "mend the cell") from error
    return tuple(built)


def _filled(row: dict[str, str], column: str) -> str:
    """A cell that must hold something."""
    if not row[column].strip():
        raise ValueError(f"column {column} is empty")
    return row[column]


def _one_of(row: dict[str, str], column: str, allowed: tuple[str, ...]) -> str:
    """A cell that holds one of a few values."""
    if row[column] not in allowed:
        raise ValueError(f"column {column} holds {row[column]!r}, not one of {', '.join(map(repr, allowed))}")
    return row[column]


def _common(row: dict[str, str]) -> tuple[str, str, str, tuple[str, ...], tuple[str, ...], str | None, str]:
    """The fields of :class:`Row`, in order."""
    return (
        _filled(row, "slug"),
        _filled(row, "en"),
        _filled(row, "ar"),
        cells(row["variants"]),
        cells(row["needs_head"]),
        row["wikidata"] or None,
        _filled(row, "source"),
    )
