"""What the knowledge tables add to a node of the page: a state's code, a Wikidata item, Latin letters."""

from __future__ import annotations

from functools import lru_cache

from kg.data.tables import bodies, read_table, states
from kg.rdf.romanise import romanise

_TABLES = ("states", "places", "bodies", "igos", "armed_groups", "media", "orgs", "leaders")
_NAMED = frozenset({"PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "PLACE"})


@lru_cache(maxsize=1)
def codes() -> dict[str, str]:
    """Two-letter code (ISO 3166-1) of each state that has one, by slug."""
    return {state.slug: state.iso2 for state in states() if state.iso2}


@lru_cache(maxsize=1)
def wikidata() -> dict[str, str]:
    """Wikidata item of each row that has one, by slug."""
    rows = (row for name in _TABLES for row in read_table(name))
    return {row["slug"]: row["wikidata"] for row in rows if row.get("wikidata")}


@lru_cache(maxsize=1)
def body_states() -> dict[str, str]:
    """The state that each government body belongs to, both by slug."""
    return {body.slug: body.state for body in bodies() if body.state}


def latin(name: str, kind: str) -> str | None:
    """A name in Latin letters, for readers of the English page; None where it would help nobody.

    Descriptions ("the sources", "the war of …") are words, not names: spelling them out says nothing.

    >>> latin("سيرجي لافروف", "PERSON")
    'Sirji Lafruf'
    """
    return romanise(name) or None if kind in _NAMED else None
