"""Derived triples, kept apart from extracted ones: tenures, and for which state an actor or speaker acts.

A person speaks for a state while holding a role in it, or in one of its government bodies, that the
ontology marks with ``dip:speaksForState``; a government body speaks for its state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad

from kg.link.across.dates import apart, readable
from kg.model import Act, Entity, Extraction, Statement
from kg.rdf.background import NO_BACKGROUND, Background
from kg.rdf.build import fact_nodes, is_direct
from kg.rdf.claims import claim_triples
from kg.rdf.iri import Names, derived_graph, name_things
from kg.rdf.serialise import sort_key
from kg.rdf.tenure import BEFORE, Named, Tenure, offices_on, tenure_triples, tenures
from kg.rdf.vocabulary import DEFAULT_BASE, dip, predicate_property, speaking_roles

Triple = tuple[NamedNode, NamedNode, NamedNode]
Spoken = dict[NamedNode, set[NamedNode]]


def _state(entity: Entity | None, names: Names, background: Background) -> NamedNode | None:
    """The state that an entity is, or whose government body it is."""
    if entity is None:
        return None
    if entity.type == "STATE":
        return names.entities[entity.id]
    if entity.type == "GOVBODY" and entity.link and (slug := background.state_of.get(entity.link)):
        return NamedNode(names.base + slug)
    return None


class _Speakers:
    """For which states persons and bodies speak on a day."""

    def __init__(self, found: Iterable[Tenure], named: Named, background: Background) -> None:
        self.background = background
        self.tenures: defaultdict[NamedNode, list[Tenure]] = defaultdict(list)
        for tenure in found:
            if tenure.role in speaking_roles():
                self.tenures[tenure.holder].append(tenure)
        self.state_of: dict[NamedNode, NamedNode] = {}
        self.slug_of: dict[NamedNode, str] = {}
        for extraction, names in named:
            for entity in extraction.entities:
                node = names.entities[entity.id]
                if state := _state(entity, names, background):
                    self.state_of[node] = state
                elif entity.type == "PERSON" and entity.link:
                    self.slug_of[node] = entity.link

    def here(self, extraction: Extraction, names: Names) -> Spoken:
        """What an article itself says, of its own time."""
        found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
        for role in extraction.roles:
            if role.former or role.role not in speaking_roles() or not role.of:
                continue
            if (state := self.state_of.get(names.entity(role.of))) and role.person in names.entities:
                found[names.entities[role.person]].add(state)
        return dict(found)

    def on(self, actor: NamedNode, day: str | None) -> set[NamedNode]:
        """What all articles say of a day, if they agree on one state, or else the tables."""
        held = {
            state
            for tenure in self.tenures.get(actor, ())
            if tenure.holds_on(day) and (state := self.state_of.get(tenure.owner))
        }
        if not held and (slug := self.slug_of.get(actor)):
            base = actor.value.removesuffix(slug)
            owners = (of for role, of in offices_on(slug, day, self.background) if role in speaking_roles())
            held = {NamedNode(base + self.background.state_of.get(of, of)) for of in owners}
            held &= set(self.state_of.values())
        return held if len(held) == 1 else set()


def _derived(extraction: Extraction, names: Names, speakers: _Speakers) -> Iterator[Triple]:
    here = speakers.here(extraction, names)
    published = readable(extraction.article.date)

    def states(entity_id: str, date: str | None) -> set[NamedNode]:
        node = names.entity(entity_id)
        entity = extraction.by_id.get(entity_id)
        if entity is not None and entity.type == "GOVBODY" and node in speakers.state_of:
            return {speakers.state_of[node]}
        day = readable(date) or published
        # What the article says of an actor goes before what others say, as long as it is of its own time.
        if node in here and (not day or not published or apart(day, published) <= BEFORE):
            return here[node]
        return speakers.on(node, day)

    for item in fact_nodes(extraction, names):
        fact = item.fact
        if isinstance(fact, Statement):
            for state in states(fact.speaker, fact.date):
                yield item.node, dip("onBehalfOf"), state
        elif isinstance(fact, Act):
            behind = set(chain.from_iterable(states(a, fact.date) for a in fact.actors))
            for state in behind:
                yield item.node, dip("onBehalfOf"), state
                for target in fact.targets if is_direct(fact) else ():
                    if names.entity(target) != state:
                        yield state, predicate_property(fact.predicate), names.entity(target)


def derived_quads(
    extractions: Sequence[Extraction], base: str = DEFAULT_BASE, background: Background = NO_BACKGROUND
) -> list[Quad]:
    """What follows from all articles together.

    * Tenures: who was seen in which office when, and whether the last telling is of a former holder.
    * For each act or statement ``dip:onBehalfOf`` the state whose office the actor held at its date (else
      the article's), and for each act that has a direct triple the same triple with the state as its
      subject. What the article itself says goes first, then what others say of that time, if they agree on
      one state, then the tables.

    * The source chain of each act and statement, and contested claims (:mod:`kg.rdf.claims`).

    Returns:
        Distinct quads of ``…/graph/derived`` in a fixed order.
    """
    named = [(extraction, name_things(extraction, base)) for extraction in extractions]
    found = tenures(named)
    speakers = _Speakers(found, named, background)
    triples: set[tuple[NamedNode, NamedNode, NamedNode | Literal]] = set(tenure_triples(found, base))
    for extraction, names in named:
        triples.update(_derived(extraction, names, speakers))
    triples.update(claim_triples(named, base))
    graph = derived_graph(base)
    return sorted((Quad(s, p, o, graph) for s, p, o in triples), key=sort_key)
