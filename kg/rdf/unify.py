"""One node a thing: entities that articles share get one name, and the graph tells why they are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad

from kg.link.across.pairs import Pair, Pairs
from kg.link.across.persons import ROW
from kg.link.across.things import Key, Thing
from kg.link.across.unite import Groups, unite
from kg.model import Entity, Extraction
from kg.rdf.iri import article_iri, identity_graph, local_slug, shared_names, short_hash
from kg.rdf.literals import decimal_literal, text_literal
from kg.rdf.serialise import sort_key
from kg.rdf.vocabulary import DEFAULT_BASE, RDF_TYPE, dip


@dataclass(frozen=True, slots=True)
class Unified:
    """Articles whose entities carry the names of the things that they are.

    Attributes:
        extractions: The articles, in order.
        quads: What ``…/graph/identity`` says: every merge with its rule and score.
        unknown: Lines of the user's file that name nothing.
    """

    extractions: list[Extraction]
    quads: list[Quad]
    unknown: tuple[Pair, ...]


def unify(extractions: Sequence[Extraction], base: str = DEFAULT_BASE, pairs: Pairs | None = None) -> Unified:
    """Give entities of different articles that are one thing one name.

    Args:
        extractions: All articles. Their facts stay as they are.
        base: IRI under which things are named.
        pairs: What the user says is the same or different.

    Returns:
        The same whatever the order of the articles, but for the order of the extractions.
    """
    same, different, unknown = _resolve(extractions, pairs) if pairs else ([], [], ())
    groups = unite(extractions, same, different)
    shared = {(x.article.id, i): slug for x in extractions for i, (slug, _) in shared_names(x).items()}
    nodes = _nodes(groups, shared)
    named = [_renamed(x, nodes, groups.links) for x in extractions]
    languages = {x.article.id: x.article.lang for x in extractions}
    return Unified(named, sorted(_told(groups, nodes, languages, base), key=sort_key), unknown)


def _renamed(extraction: Extraction, nodes: Mapping[Key, str], links: Mapping[Key, str]) -> Extraction:
    def renamed(entity: Entity) -> Entity:
        key = (extraction.article.id, entity.id)
        if key not in nodes:
            return entity
        # An office without a name that stands for a person is that person.
        type_ = "PERSON" if entity.type == "GROUP" else entity.type
        return replace(entity, node=nodes[key], link=links.get(key), type=type_)

    return replace(extraction, entities=tuple(map(renamed, extraction.entities)))


def _nodes(groups: Groups, shared: Mapping[Key, str]) -> dict[Key, str]:
    """New slugs, by entity: of all that a group names otherwise than its article alone would."""
    nodes: dict[Key, str] = {}
    wanted: defaultdict[str, list[list[Key]]] = defaultdict(list)
    for group in groups.groups:
        if link := groups.links.get(group[0]):
            nodes.update((key, link) for key in group if groups.things[key].entity.link is None)
            continue
        slugs = Counter(shared[key] for key in group if key in shared)
        if slugs:
            wanted[min(slugs, key=lambda slug: (-slugs[slug], slug))].append(group)
        elif len(group) > 1:
            first = groups.things[min(group, key=lambda key: (groups.things[key].date or "", key))]
            nodes.update((key, local_slug(first.entity, first.key[0])) for key in group)
    for slug, rivals in wanted.items():
        # Two rounds of talks in one month: the day tells them apart, or else a hash.
        days = [_day(group, groups) for group in rivals]
        for group, day in zip(rivals, days, strict=True):
            own = slug
            if len(rivals) > 1:
                own = f"{slug}-{day}" if day and days.count(day) == 1 else f"{slug}-{short_hash(*group[0])}"
            nodes.update((key, own) for key in group)
    return nodes


def _day(group: Sequence[Key], groups: Groups) -> str:
    """Day of the month on which an event or treaty is dated most often; empty if none says."""
    things = (groups.things[key] for key in group)
    dates = (t.event.date if t.event else t.treaty.signed if t.treaty else None for t in things)
    days = Counter(date[8:] for date in dates if date and len(date) == 10)
    return min(days, key=lambda day: (-days[day], day), default="")


def _resolve(
    extractions: Sequence[Extraction], pairs: Pairs
) -> tuple[list[tuple[Key, Key]], list[tuple[Key, Key]], tuple[Pair, ...]]:
    """The user's pairs as pairs of entities, and those that name nothing."""
    known: defaultdict[str, set[Key]] = defaultdict(set)
    for extraction in extractions:
        shared = shared_names(extraction)
        for entity in extraction.entities:
            key = (extraction.article.id, entity.id)
            known[local_slug(entity, extraction.article.id)].add(key)
            if entity.link or entity.id in shared:
                known[entity.link or shared[entity.id][0]].add(key)
    same: list[tuple[Key, Key]] = []
    different: list[tuple[Key, Key]] = []
    unknown: list[Pair] = []
    for pair in pairs:
        # An IRI, a CURIE or a slug: what stands after the last slash or colon.
        left, right = (
            sorted(known.get(re.split("[/:]", text.strip("<>"))[-1], ())) for text in (pair.a, pair.b)
        )
        if not left or not right:
            unknown.append(pair)
        elif pair.same:
            same += [(left[0], key) for key in (*left[1:], *right)]
        else:
            different += [(a, b) for a in left for b in right]
    return same, different, tuple(unknown)


def _told(
    groups: Groups, nodes: Mapping[Key, str], languages: Mapping[str, str], base: str
) -> Iterator[Quad]:
    """Each merge as a node: what it unites, into what, by which rule, how surely."""
    graph = identity_graph(base)

    def say(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
        return Quad(subject, predicate, value, graph)

    def local(thing: Thing) -> NamedNode:
        return NamedNode(base + local_slug(thing.entity, thing.key[0]))

    by_row: defaultdict[str, set[str]] = defaultdict(set)
    for key, thing in groups.things.items():
        if thing.entity.link:
            by_row[thing.entity.link].add(key[0])
    told: dict[Key, Thing] = {}
    for merge in groups.merges:
        ends = [groups.things[key] for key in (merge.a, merge.b) if key[0] != ROW]
        link = groups.links.get(ends[0].key)
        if merge.rule == "row":
            continue  # told once a row, below
        node = NamedNode(base + (nodes.get(ends[0].key) or link or local(ends[0]).value.removeprefix(base)))
        locals_ = sorted(local(t).value for t in ends)
        subject = NamedNode(f"{base}merge/{short_hash(*locals_, merge.rule, length=12)}")
        yield say(subject, RDF_TYPE, dip("Merge"))
        yield say(subject, dip("mergedInto"), node)
        yield say(subject, dip("mergeRule"), Literal(merge.rule))
        yield say(subject, dip("mergeScore"), decimal_literal(merge.score))
        for thing in ends:
            told[thing.key] = thing
            yield say(subject, dip("merged"), local(thing))
    for link, articles in by_row.items():
        if len(articles) > 1:
            subject = NamedNode(f"{base}merge/{short_hash(link, 'row', length=12)}")
            yield say(subject, RDF_TYPE, dip("Merge"))
            yield say(subject, dip("mergedInto"), NamedNode(base + link))
            yield say(subject, dip("mergeRule"), Literal("row"))
            yield say(subject, dip("mergeScore"), decimal_literal(1.0))
    for thing in told.values():
        node = local(thing)
        yield say(node, RDF_TYPE, dip("LocalEntity"))
        yield say(node, dip("localName"), text_literal(thing.entity.name, languages[thing.key[0]]))
        yield say(node, dip("article"), article_iri(thing.key[0], base))
