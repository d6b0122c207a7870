"""Typed access to the tables about persons and offices.

``titles.csv`` (offices and their role classes), ``role_words.csv`` (former, acting,
elect, counterpart), ``leaders.csv`` (office holders since 2010), ``given_names.csv`` and
``honorifics.csv``. Surfaces are given as the tables spell them; callers fold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.data.tables import cells, read_table
from kg.errors import TableError
from kg.model import ROLES

ROLE_FUNCTIONS: tuple[str, ...] = ("former", "acting", "elect", "counterpart", "predecessor", "deputy")
HONORIFIC_FUNCTIONS: tuple[str, ...] = ("honorific", "particle")

_OFFICE = re.compile(
    r"(?P<role>[a-z_]+)@(?P<of>[a-z0-9-]*)(?::(?P<start>\d{4}(?:-\d\d){0,2})?-(?P<end>\d{4}(?:-\d\d){0,2})?)?"
)


@dataclass(frozen=True, slots=True)
class Title:
    """An office as a text names it.

    Attributes:
        title: Head form, as it stands before a name or an adjective.
        forms: All inflections, the head form among them.
        role: One of :data:`kg.model.ROLES`.
        of: What it is an office of: some of state, body, org, igo, party, armed_group, media,
            place; ("none",) where it belongs to nobody.
        states: State slugs for which this row holds; empty = for all that no other row claims.
        owner_roles: Role by kind of owner, where that differs ("رئيس" of a party).
        en: English label.
        nominal: Whether the definite title commonly stands for the person alone.
    """

    title: str
    forms: tuple[str, ...]
    role: str
    of: tuple[str, ...]
    states: tuple[str, ...]
    owner_roles: tuple[tuple[str, str], ...]
    en: str
    nominal: bool

    def role_for(self, *owner: str) -> str:
        """The role where the owner is of these kinds or has these slugs, most telling first."""
        known = dict(self.owner_roles)
        return next((known[key] for key in owner if key in known), self.role)


@dataclass(frozen=True, slots=True)
class Office:
    """An office held: role class, slug of what it is an office of, first and last date (ISO, or None)."""

    role: str
    of: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Leader:
    """A known person.

    Attributes:
        slug: Key, lower-case kebab case.
        en: English name.
        ar: Usual full Arabic name.
        variants: Other full spellings.
        short: Forms by which the press calls the person alone.
        offices: The main office first, then others.
        wikidata: Q-number where certain, else None.
    """

    slug: str
    en: str
    ar: str
    variants: tuple[str, ...]
    short: tuple[str, ...]
    offices: tuple[Office, ...]
    wikidata: str | None


@lru_cache(maxsize=1)
def titles() -> tuple[Title, ...]:
    """All offices, in table order.

    Raises:
        TableError: A row with an unknown role.
    """
    return tuple(
        Title(
            title=row["title"],
            forms=cells(row["forms"]),
            role=_role(row["role"], "titles", row["title"]),
            of=cells(row["of"]),
            states=cells(row["state_condition"]),
            owner_roles=tuple(_owner_roles(row["owner_roles"], row["title"])),
            en=row["en"],
            nominal=row["nominal"] == "yes",
        )
        for row in read_table("titles")
    )


@lru_cache(maxsize=1)
def leaders() -> dict[str, Leader]:
    """Known persons by slug.

    Raises:
        TableError: A row with an unknown role or an office that cannot be read.
    """
    found: dict[str, Leader] = {}
    for row in read_table("leaders"):
        slug = row["slug"]
        main = Office(
            _role(row["role"], "leaders", slug), row["of"] or None, row["from"] or None, row["to"] or None
        )
        found[slug] = Leader(
            slug=slug,
            en=row["en"],
            ar=row["ar"],
            variants=cells(row["variants"]),
            short=cells(row["short"]),
            offices=(main, *(parse_office(cell, slug) for cell in cells(row["also"]))),
            wikidata=row["wikidata"] or None,
        )
    return found


def parse_office(cell: str, slug: str = "") -> Office:
    """Read ``role@of:from-to``, as in ``foreign_minister@iran:2013-2021`` (dates may be left out).

    Args:
        cell: The office.
        slug: Person it belongs to, for the message.

    Raises:
        TableError: Not of that form, or an unknown role.

    >>> parse_office("foreign_minister@iran:2013-2021")
    Office(role='foreign_minister', of='iran', start='2013', end='2021')
    """
    match = _OFFICE.fullmatch(cell)
    if match is None:
        raise TableError(f"table leaders, row {slug}: office {cell!r}", "write role@of:from-to")
    role = _role(match["role"], "leaders", slug)
    return Office(role, match["of"] or None, match["start"], match["end"])


@lru_cache(maxsize=1)
def role_words() -> dict[str, str]:
    """Words that say something about a title → one of :data:`ROLE_FUNCTIONS`."""
    return {row["form"]: row["function"] for row in read_table("role_words")}


@lru_cache(maxsize=1)
def given_names() -> dict[str, bool]:
    """Given names → whether the word is also an ordinary Arabic word."""
    return {row["name"]: row["ambiguous"] == "yes" for row in read_table("given_names")}


@lru_cache(maxsize=1)
def honorifics() -> frozenset[str]:
    """Words before a name that are no part of it."""
    return _forms("honorific")


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Words that bind the tokens of a name."""
    return _forms("particle")


def _forms(function: str) -> frozenset[str]:
    return frozenset(row["form"] for row in read_table("honorifics") if row["function"] == function)


def _role(role: str, table: str, key: str) -> str:
    if role not in ROLES:
        raise TableError(f"table {table}, row {key}: unknown role {role!r}", f"use one of {', '.join(ROLES)}")
    return role


def _owner_roles(cell: str, title: str) -> Iterable[tuple[str, str]]:
    for pair in cells(cell):
        owner, _, role = pair.partition("=")
        yield owner, _role(role, "titles", title)
