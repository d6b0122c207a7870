"""The kinds of events by which reports of one event are recognised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.arabic import fold
from kg.data.tables import cells, read_table

_ARTICLE_PREFIX = re.compile("^(?:ال|لل)")


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event.

    Attributes:
        kind: Its name in the table and in IRIs ("strikes").
        participants: What must be known for it to be told from others: "both", "patients", "any-two", "one".
        lasting: Whether it goes on for so long that the day of a report does not date it.
    """

    kind: str
    participants: str
    lasting: bool


@cache
def _kinds() -> dict[str, EventKind]:
    """Kind of event by the folded word that names it."""
    return {
        fold(stem): EventKind(row["kind"], row["participants"], row["lasting"] == "yes")
        for row in read_table("event_kinds")
        for stem in cells(row["stems"])
    }


@cache
def families() -> dict[str, str]:
    """Kinds that reports use for one another ("meeting", "talks") → what they have in common."""
    return {kind: row["family"] for row in read_table("event_families") for kind in cells(row["kinds"])}


def kind_of_word(word: str) -> EventKind | None:
    """Kind that a folded word names, with or without the article."""
    return _kinds().get(word) or _kinds().get(_ARTICLE_PREFIX.sub("", word))


def event_kind(name: str) -> EventKind | None:
    """Kind of an event by the first two words of its name."""
    for word in fold(name).split()[:2]:
        if kind := kind_of_word(word):
            return kind
    return None
