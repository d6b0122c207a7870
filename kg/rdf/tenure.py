"""Who held which office when, as all articles together tell it and as the tables know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.link.across.dates import apart, readable
from kg.model import Extraction, Role
from kg.rdf.background import Background
from kg.rdf.build import fact_nodes
from kg.rdf.iri import Names, short_hash
from kg.rdf.literals import date_literal
from kg.rdf.vocabulary import RDF_TYPE, dip, role_property

BEFORE = 366
"""Days before the first article that tells of an office for which it is taken to have been held."""
AFTER = 1100
"""Days after the last one, likewise: the term of most offices."""

Named = Sequence[tuple[Extraction, Names]]


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's time in an office.

    Attributes:
        holder: The person.
        role: Role class.
        owner: State or body whose office it is.
        held: Dates of the articles that tell it as held, sorted; "" for articles without a date.
        past: Dates of those that tell it as past.
        facts: The role holdings behind it, sorted.
    """

    holder: NamedNode
    role: str
    owner: NamedNode
    held: tuple[str, ...]
    past: tuple[str, ...]
    facts: tuple[NamedNode, ...]

    @property
    def current(self) -> bool:
        """Whether the last article that tells of it tells it as held."""
        return bool(self.held) and (not self.past or self.past[-1] <= self.held[-1])

    @property
    def past_since(self) -> str | None:
        """Date of the first article that tells it as past after the last that tells it as held."""
        last = self.held[-1] if self.held else ""
        return next((date for date in self.past if date > last), None)

    def holds_on(self, day: str | None) -> bool:
        """Whether the office was held on a day (of any precision); None = when is not known."""
        dated = [date for date in self.held if date]
        if not day or not dated:
            return self.current
        end = self.past_since
        if end and day[: len(end)] >= end[: len(day)]:
            return False
        if apart(day, dated[0]) == 0 or apart(day, dated[-1]) == 0 or dated[0] <= day <= dated[-1]:
            return True
        if day < dated[0]:
            return apart(day, dated[0]) <= BEFORE
        return apart(day, dated[-1]) <= AFTER


def tenures(named: Named) -> list[Tenure]:
    """The tenures that articles tell of, in a fixed order."""
    held: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    past: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    facts: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for extraction, names in named:
        date = readable(extraction.article.date) or ""
        for item in fact_nodes(extraction, names):
            role = item.fact
            if not isinstance(role, Role) or not role.of:
                continue
            key = (names.entity(role.person).value, role.role, names.entity(role.of).value)
            (past if role.former else held)[key].append(date)
            facts[key].add(item.node.value)
    return [
        Tenure(
            NamedNode(key[0]),
            key[1],
            NamedNode(key[2]),
            tuple(sorted(set(held[key]))),
            tuple(sorted(set(past[key]))),
            tuple(map(NamedNode, sorted(facts[key]))),
        )
        for key in sorted(facts)
    ]


def tenure_triples(
    found: Iterable[Tenure], base: str
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    """Each tenure as a node."""
    for tenure in found:
        key = (tenure.holder.value, tenure.role, tenure.owner.value)
        node = NamedNode(f"{base}tenure/{short_hash(*key, length=12)}")
        yield node, RDF_TYPE, dip("Tenure")
        yield node, dip("holder"), tenure.holder
        yield node, dip("role"), role_property(tenure.role)
        yield node, dip("heldIn"), tenure.owner
        yield node, dip("current"), Literal(tenure.current)
        dated = [date for date in tenure.held if date]
        if dated:
            yield node, dip("firstObserved"), date_literal(dated[0])
            yield node, dip("lastObserved"), date_literal(dated[-1])
        if tenure.past_since:
            yield node, dip("pastSince"), date_literal(tenure.past_since)
        for fact in tenure.facts:
            yield node, dip("basedOn"), fact


def offices_on(slug: str, day: str | None, background: Background) -> Iterator[tuple[str, str]]:
    """Offices (role, owner's slug) that the tables give a person on a day; none where they know no dates."""
    for office in background.offices.get(slug, ()):
        if not day or not office.start or not office.of:
            continue
        begun = office.start <= day or apart(office.start, day) == 0
        if begun and (office.end is None or day <= office.end or apart(office.end, day) == 0):
            yield office.role, office.of
