"""The names of the knowledge tables, ready to be matched against a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.arabic import fold
from kg.data import people, tables
from kg.nlp.trie import Trie

JOINED = frozenset({"عبد", "ابو", "ابي", "ابن"})
"""Folded words that make one name with the word behind them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a gazetteer table, as the matcher needs it.

    Attributes:
        type: Entity type.
        slug: Key of the row.
        ar: Main Arabic name.
        en: English name.
        state: Slug of the state it belongs to (for STATE: its own), or None.
        acts_for_state: For capitals: the name also stands for the state's government.
        needs_head: The form is also an ordinary word: only with a head word or in quotes.
        full: Whether the form is a full name (False for a bare surname or short form).
        marked: The form, if vowel marks in it tell it from others ("عُمان", "عمّان").
    """

    type: str
    slug: str
    ar: str
    en: str
    state: str | None = None
    acts_for_state: bool = False
    needs_head: bool = False
    full: bool = True
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Nationality:
    """The state that an adjective of nationality or a people's name refers to."""

    state: str
    people: bool = False


def _state_slug(owner: str | None) -> str | None:
    """The state behind a slug of a state or of one of its bodies."""
    return owner if owner in states() else body_states().get(owner or "")


def _tables() -> tuple[tuple[str, Iterable[tables.Row]], ...]:
    return (
        ("STATE", tables.states()),
        ("PLACE", tables.places()),
        ("GOVBODY", tables.bodies()),
        ("IGO", tables.igos()),
        ("ARMED_GROUP", tables.armed_groups()),
        ("MEDIA", tables.media()),
        ("ORG", tables.orgs()),
    )


def _rows() -> Iterable[tuple[str, Entry]]:
    marked = defaultdict(list)
    for line in tables.read_table("marked_names"):
        marked[line["type"], line["slug"]].append(line["form"])
    for kind, rows in _tables():
        for row in rows:
            state = row.slug if kind == "STATE" else getattr(row, "state", None)
            acts = isinstance(row, tables.Place) and row.acts_for_state
            for surface in dict.fromkeys([*row.forms, *row.needs_head]):
                yield surface, Entry(kind, row.slug, row.ar, row.en, state, acts, surface in row.needs_head)
            for form in marked[kind, row.slug]:
                yield form, Entry(kind, row.slug, row.ar, row.en, state, acts, marked=form)
    for leader in people.leaders().values():
        state = _state_slug(leader.offices[0].of)
        for surface in (leader.ar, *leader.variants):
            yield surface, Entry("PERSON", leader.slug, leader.ar, leader.en, state)
        for surface in leader.short:
            full = len(surface.split()) > 1 + (fold(surface.split()[0]) in JOINED)
            yield surface, Entry("PERSON", leader.slug, leader.ar, leader.en, state, full=full)


def leader_offices(slug: str, on: str | None = None) -> list[tuple[str, str]]:
    """Offices that the tables give a leader: (role, slug of the state or body), main office first.

    Args:
        slug: Key of the leader.
        on: ISO date; offices held then come before all others.
    """
    leader = people.leaders().get(slug)
    offices = leader.offices if leader else ()
    if on:
        offices = tuple(sorted(offices, key=lambda office: not _held(office, on)))
    return [(office.role, office.of or "") for office in offices]


def _held(office: people.Office, on: str) -> bool:
    """Whether an office was held on a date, as far as the table is precise."""
    began = not office.start or office.start[: len(on)] <= on[: len(office.start)]
    return began and (not office.end or on[: len(office.end)] <= office.end[: len(on)])


@lru_cache(maxsize=1)
def body_states() -> dict[str, str]:
    """Slug of a body → slug of its state."""
    return {body.slug: body.state for body in tables.bodies() if body.state}


@lru_cache(maxsize=1)
def names() -> Trie[Entry]:
    """All named things of the tables."""
    return Trie(_rows())


@lru_cache(maxsize=1)
def _outlets() -> dict[str, Entry]:
    """News outlets by their English name: what an article's source field often gives."""
    return {
        _plain(row.en): Entry("MEDIA", row.slug, row.ar, row.en, row.state)
        for row in reversed(tables.media())
    }


def _plain(name: str) -> str:
    """An English name without case, hyphens and what stands in brackets.

    >>> _plain("Al-Riyadh (newspaper)")
    'al riyadh'
    """
    return " ".join(name.partition("(")[0].casefold().replace("-", " ").split())


def outlet(source: str | None) -> Entry | None:
    """The news outlet that an article's source field names, in Arabic or English."""
    for entry in names().get(source) if source else ():
        if entry.type == "MEDIA":
            return entry
    return _outlets().get(_plain(source)) if source else None


@lru_cache(maxsize=1)
def states() -> dict[str, Entry]:
    """States by slug."""
    return {row.slug: Entry("STATE", row.slug, row.ar, row.en, row.slug) for row in tables.states()}


@lru_cache(maxsize=1)
def nationalities() -> Trie[Nationality]:
    """Nationality adjectives and names of peoples, in every form, definite and indefinite."""

    def rows() -> Iterable[tuple[str, Nationality]]:
        for row in tables.states():
            for base in row.adjective:
                for form in adjective_forms(base):
                    yield form, Nationality(row.slug)
                    yield " ".join("ال" + part for part in form.split()), Nationality(row.slug)
            for name in row.people:
                yield name, Nationality(row.slug, people=True)

    return Trie(rows())


_ENDINGS = ("", "ه", "ون", "ين", "ان", "تين", "تان", "ات", "ا")


def adjective_forms(base: str) -> tuple[str, ...]:
    """Folded indefinite forms of a relational adjective given in the masculine singular.

    Compound adjectives ("كوري جنوبي") inflect in both words.

    >>> adjective_forms("روسي")[:4]
    ('روسي', 'روسيه', 'روسيون', 'روسيين')
    """
    parts = [fold(p) for p in base.split()]
    return tuple(" ".join(part + ending for part in parts) for ending in _ENDINGS)


@lru_cache(maxsize=1)
def titles() -> Trie[people.Title]:
    """All forms of all offices."""
    return Trie(
        (form, title) for title in people.titles() for form in dict.fromkeys((title.title, *title.forms))
    )
