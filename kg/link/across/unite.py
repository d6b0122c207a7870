"""From the entities of all articles to groups that are one thing each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.link.across import bodies, events, persons, treaties
from kg.link.across.clusters import Clusters, Merge
from kg.link.across.things import Key, Thing, collect
from kg.model import Extraction

USER = "user-pair"
"""Rule of what the user's file says."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Who is who.

    Attributes:
        things: All entities by article and id.
        groups: Lists of entities that are one, each sorted; single ones too.
        links: Row of the tables that an entity is, by itself or by its group.
        merges: Every step that made a group, with rule and score; steps to a row of the tables have
            the article :data:`kg.link.across.persons.ROW`.
    """

    things: dict[Key, Thing]
    groups: list[list[Key]]
    links: dict[Key, str]
    merges: list[Merge[Key]]


def unite(
    extractions: Sequence[Extraction],
    same: Iterable[tuple[Key, Key]] = (),
    different: Iterable[tuple[Key, Key]] = (),
) -> Groups:
    """Find the entities of different articles that are one thing.

    Args:
        extractions: All articles.
        same: Pairs that the user says are one; they go before all rules.
        different: Pairs that the user says are not.

    Returns:
        Groups, the same whatever the order of the articles.
    """
    found = collect(extractions)
    things = [found[key] for key in sorted(found)]
    rows = {row.key: row for row in persons.row_things()}
    known = {**found, **rows}
    clusters: Clusters[Key] = Clusters()
    clusters.add(known)
    for a, b in sorted(different):
        clusters.keep_apart(a, b)
    for a, b in sorted(same):
        clusters.unite(Merge(a, b, USER, 1.0), forced=True)
    clusters.fits = lambda left, right: persons.may_be_one(
        [known[k] for k in left], [known[k] for k in right]
    )
    people = [t for t in things if t.entity.type == "PERSON"]
    persons.unite_persons([*rows.values(), *people], clusters, known)
    persons.unite_offices((t for t in things if t.entity.type == "GROUP"), clusters, known)
    clusters.fits = None
    bodies.unite_bodies((t for t in things if t.entity.type in bodies.TYPES), clusters)
    events.unite_events((t for t in things if t.entity.type == "EVENT"), clusters, known)
    treaties.unite_treaties((t for t in things if t.entity.type == "TREATY"), clusters, known)
    groups: list[list[Key]] = []
    links: dict[Key, str] = {}
    for group in clusters.groups():
        own = sorted(k for k in group if k in found)
        if not own:
            continue
        groups.append(own)
        if link := next((known[k].entity.link for k in sorted(group) if known[k].entity.link), None):
            links.update((key, link) for key in own)
    merges = [m for m in clusters.merges if m.a in found or m.b in found]
    return Groups(found, sorted(groups), links, merges)
