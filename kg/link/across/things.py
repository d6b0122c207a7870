"""What the entities of all articles tell about their identity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg.arabic import fold
from kg.data import tables
from kg.link.across.spelling import words
from kg.link.gazetteer import body_states, leader_offices, names, nationalities, states
from kg.model import Entity, Event, Extraction, Treaty
from kg.nlp.tokenizer import split_words

Key = tuple[str, str]
"""Article id and entity id."""


@dataclass(frozen=True, slots=True)
class Holding:
    """An office as an article tells of it.

    Attributes:
        role: Role class.
        owner: Slug of the state or body, else its folded name; empty if none is named.
        date: Date of the article, or None.
        former: Whether it is told as past.
    """

    role: str
    owner: str
    date: str | None
    former: bool

    @property
    def state(self) -> str | None:
        """Slug of the state that it is an office of, or None."""
        return self.owner if self.owner in states() else body_states().get(self.owner)


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of one article.

    Attributes:
        key: Article and entity id.
        entity: The entity.
        words: Words of its longest name.
        date: Date of the article.
        holdings: Offices that the article gives it.
        event: What the article tells of it, if it is an event.
        treaty: What the article tells of it, if it is a treaty.
        actors: Ids of those who act in sentences that name it, if it is a treaty.
    """

    key: Key
    entity: Entity
    words: tuple[str, ...]
    date: str | None
    holdings: tuple[Holding, ...] = field(default=())
    event: Event | None = None
    treaty: Treaty | None = None
    actors: frozenset[str] = frozenset()


def collect(extractions: Iterable[Extraction]) -> dict[Key, Thing]:
    """All entities of all articles."""
    found: dict[Key, Thing] = {}
    for extraction in extractions:
        article = extraction.article
        holdings: dict[str, list[Holding]] = {}
        for role in extraction.roles:
            owner = extraction.by_id.get(role.of or "")
            name = "" if owner is None else owner.link or " ".join(words(owner.name))
            holdings.setdefault(role.person, []).append(Holding(role.role, name, article.date, role.former))
        events = {e.event: e for e in reversed(extraction.events)}
        treaties = {t.treaty: t for t in reversed(extraction.treaties)}
        for entity in extraction.entities:
            key = (article.id, entity.id)
            found[key] = Thing(
                key,
                entity,
                words(entity.name),
                article.date,
                tuple(dict.fromkeys(holdings.get(entity.id, ()))),
                events.get(entity.id),
                treaties.get(entity.id),
                _actors(entity, extraction) if entity.type == "TREATY" else frozenset(),
            )
    return found


def _actors(entity: Entity, extraction: Extraction) -> frozenset[str]:
    return frozenset(
        actor
        for act in extraction.acts
        for actor in act.actors
        if any(
            act.evidence.span.start <= m.span.start and m.span.end <= act.evidence.span.end
            for m in entity.mentions
        )
    )


@cache
def place_states() -> dict[str, str]:
    """Slug of a place → slug of its state."""
    return {row.slug: row.state for row in tables.places() if row.state}


@cache
def home(link: str) -> str | None:
    """The state that a row of the tables is, lies in, or acts for."""
    if link in states():
        return link
    if state := body_states().get(link) or place_states().get(link):
        return state
    owners = (body_states().get(of, of) for _, of in leader_offices(link))
    return next((owner for owner in owners if owner in states()), None)


@lru_cache(maxsize=1 << 14)
def states_and_words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """States that a text names, by name or adjective, where no doubt is left; and its other words, folded.

    >>> states, others = states_and_words("الحرب السورية على حدود تركيا")
    >>> sorted(states), sorted(others)
    (['syria', 'turkey'], ['الحرب', 'حدود', 'علي'])
    """
    tokens = [w for w in split_words(text) if any(c.isalnum() for c in w)]
    folds = [fold(w) for w in tokens]
    found: set[str] = set()
    others: set[str] = set()
    i = 0
    while i < len(tokens):
        states_here: set[str] = set()
        length = 1
        if match := nationalities().match(tokens, folds, i):
            states_here, length = {n.state for n in match.values}, match.length
        elif match_name := names().match(tokens, folds, i):
            states_here = {e.slug for e in match_name.values if e.type == "STATE"}
            length = match_name.length
        else:
            others.add(folds[i])
        if len(states_here) == 1:
            found |= states_here
        i += length
    return frozenset(found), frozenset(others)


@cache
def state_of_name(name: str) -> str | None:
    """The state in which a place lies that is called so; None if the tables do not say."""
    return next((e.state for e in names().get(name) if e.type in ("PLACE", "STATE")), None)
