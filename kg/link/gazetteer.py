"""The names of the knowledge tables, ready to be matched against a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.arabic import fold
from kg.data.tables import read_table
from kg.nlp.drafts import TitleRow
from kg.nlp.trie import Trie


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
    """

    type: str
    slug: str
    ar: str
    en: str
    state: str | None = None
    acts_for_state: bool = False
    needs_head: bool = False
    full: bool = True


@dataclass(frozen=True, slots=True)
class Nationality:
    """The state that an adjective of nationality or a people's name refers to."""

    state: str
    people: bool = False


def cells(row: dict[str, str], *columns: str) -> list[str]:
    """All values of some columns of a row."""
    return [v.strip() for c in columns for v in (row.get(c) or "").split("|") if v.strip()]


_NAMED: tuple[tuple[str, str], ...] = (
    ("states", "STATE"),
    ("places", "PLACE"),
    ("bodies", "GOVBODY"),
    ("igos", "IGO"),
    ("armed_groups", "ARMED_GROUP"),
    ("media", "MEDIA"),
    ("orgs", "ORG"),
)
_LEADERS = ("leaders",)


def _state_slug(owner: str) -> str | None:
    """The state behind a slug of a state or of one of its bodies."""
    return owner if owner in states() else body_states().get(owner)


def _rows() -> Iterable[tuple[str, Entry]]:
    for table, kind in _NAMED:
        for row in read_table(table):
            risky = set(cells(row, "needs_head"))
            state = row["slug"] if kind == "STATE" else row.get("state") or None
            acts = row.get("acts_for_state") == "yes"
            forms = cells(row, "ar", "variants", "short", "government_forms")
            for surface in dict.fromkeys([*forms, *risky]):
                entry = Entry(kind, row["slug"], row["ar"], row["en"], state, acts, surface in risky)
                yield surface, entry
    for row in leaders():
        state = _state_slug(row["of"])
        for surface in cells(row, "ar", "variants"):
            yield surface, Entry("PERSON", row["slug"], row["ar"], row["en"], state)
        for surface in cells(row, "short"):
            full = len(surface.split()) > 1
            yield surface, Entry("PERSON", row["slug"], row["ar"], row["en"], state, full=full)


@lru_cache(maxsize=1)
def leaders() -> list[dict[str, str]]:
    """Rows of all tables of leaders."""
    return [row for table in _LEADERS for row in read_table(table)]


@lru_cache(maxsize=1)
def _offices() -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for row in leaders():
        offices = table.setdefault(row["slug"], [])
        offices.append((row["role"], row["of"]))
        for office in cells(row, "also"):
            role, at, rest = office.partition("@")
            if at:
                offices.append((role, rest.split(":")[0]))
    return table


def leader_offices(slug: str) -> list[tuple[str, str]]:
    """Offices that the tables give a leader: (role, slug of the state or body), main office first."""
    return _offices().get(slug, [])


@lru_cache(maxsize=1)
def body_states() -> dict[str, str]:
    """Slug of a body → slug of its state."""
    return {row["slug"]: row["state"] for row in read_table("bodies") if row["state"]}


@lru_cache(maxsize=1)
def names() -> Trie[Entry]:
    """All named things of the tables."""
    return Trie(_rows())


@lru_cache(maxsize=1)
def states() -> dict[str, Entry]:
    """States by slug."""
    return {
        row["slug"]: Entry("STATE", row["slug"], row["ar"], row["en"], row["slug"])
        for row in read_table("states")
    }


@lru_cache(maxsize=1)
def nationalities() -> Trie[Nationality]:
    """Nationality adjectives and names of peoples, in every form, definite and indefinite."""

    def rows() -> Iterable[tuple[str, Nationality]]:
        for row in read_table("states"):
            state = row["slug"]
            for base in cells(row, "adjective"):
                for form in adjective_forms(base):
                    yield form, Nationality(state)
                    yield " ".join("ال" + part for part in form.split()), Nationality(state)
            for people in cells(row, "people"):
                yield people, Nationality(state, people=True)

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
def titles() -> Trie[TitleRow]:
    """All forms of all offices."""
    entries = []
    for row in read_table("titles"):
        value = TitleRow(
            row["title"],
            row["role"],
            row["of"],
            row["en"],
            row["nominal"] == "yes",
            tuple(cells(row, "state_condition")),
        )
        entries += [(form, value) for form in dict.fromkeys(cells(row, "title", "forms"))]
    return Trie(entries)
