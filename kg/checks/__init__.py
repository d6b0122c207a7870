"""Contradictions in a graph, each with the sentences that make it.

A check is a query like those of :mod:`kg.queries` with the columns ``case`` (what is contradictory),
``value`` (one of the sides), ``fact``, ``sentence`` and ``article``. What it finds stays in the graph: it
is for a reader to say which side errs, an article or the extraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from kg.queries import Query, read_queries, run
from kg.rdf.result import Value, show

if TYPE_CHECKING:
    from kg.rdf.result import Queryable


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction.

    Attributes:
        value: What this side says: an entity as a CURIE, a date, words.
        fact: The fact node that says it, as a CURIE; empty if no fact does.
        sentence: Its sentence.
        article: The article, as a CURIE.
    """

    value: str
    fact: str
    sentence: str
    article: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction: the check that found it, what it is about, and all sides with their proof."""

    check: str
    title: str
    case: str
    sides: tuple[Side, ...]


@cache
def list_checks() -> tuple[Query, ...]:
    """All checks, sorted by name."""
    return read_queries("kg.checks")


def run_checks(store: Queryable) -> list[Finding]:
    """Run all checks.

    Returns:
        Findings in the order of the checks and cases, the same for the same graph.
    """
    found = []
    for check in list_checks():
        for case, rows in groupby(run(store, check).rows, key=lambda row: row[0]):
            sides = tuple(dict.fromkeys(_side(row[1:], store.base) for row in rows))
            found.append(Finding(check.name, check.title, show(case, store.base), sides))
    return found


def _side(row: tuple[Value | None, ...], base: str) -> Side:
    value, fact, sentence, article = (show(one, base) for one in row)
    return Side(value, fact, sentence, article)
