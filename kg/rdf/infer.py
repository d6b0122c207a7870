"""Derived triples, kept apart from extracted ones: for which state an actor or speaker acts.

A person speaks for a state while holding a role in it, or in one of its government bodies, that the
ontology marks with ``dip:speaksForState``; a government body speaks for its state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pyoxigraph import NamedNode, Quad

from kg.model import Act, Entity, Extraction, Statement
from kg.rdf.background import NO_BACKGROUND, Background
from kg.rdf.build import fact_nodes, is_direct
from kg.rdf.iri import Names, derived_graph, name_things
from kg.rdf.serialise import sort_key
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


def spoken_for(extraction: Extraction, names: Names, background: Background = NO_BACKGROUND) -> Spoken:
    """The states that persons and bodies of one article speak for, by the article itself."""
    found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for role in extraction.roles:
        if role.former or role.role not in speaking_roles() or not role.of:
            continue
        state = _state(extraction.by_id.get(role.of), names, background)
        if state and role.person in names.entities:
            found[names.entities[role.person]].add(state)
    for entity in extraction.entities:
        state = _state(entity, names, background) if entity.type == "GOVBODY" else None
        if state:
            found[names.entities[entity.id]].add(state)
    return dict(found)


def _derived(extraction: Extraction, names: Names, known: Spoken, here: Spoken) -> Iterator[Triple]:
    # What the article says of an actor goes before what others say: offices change hands.
    def states(entity_id: str) -> set[NamedNode]:
        node = names.entity(entity_id)
        return here.get(node) or known.get(node) or set()

    for item in fact_nodes(extraction, names):
        fact = item.fact
        if isinstance(fact, Statement):
            for state in states(fact.speaker):
                yield item.node, dip("onBehalfOf"), state
        elif isinstance(fact, Act):
            behind = set(chain.from_iterable(states(a) for a in fact.actors))
            for state in behind:
                yield item.node, dip("onBehalfOf"), state
                for target in fact.targets if is_direct(fact) else ():
                    if names.entity(target) != state:
                        yield state, predicate_property(fact.predicate), names.entity(target)


def derived_quads(
    extractions: Sequence[Extraction], base: str = DEFAULT_BASE, background: Background = NO_BACKGROUND
) -> list[Quad]:
    """What follows for states from the acts and statements of those who speak for them.

    For each act or statement ``dip:onBehalfOf`` the state, and for each act that has a direct triple
    the same triple with the state as its subject. Where an article does not say whom an actor speaks
    for, the role holdings of the other articles do, if they agree on one state.

    Returns:
        Distinct quads of ``…/graph/derived`` in a fixed order.
    """
    named = [(extraction, name_things(extraction, base)) for extraction in extractions]
    local = [spoken_for(extraction, names, background) for extraction, names in named]
    together: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for found in local:
        for node, states in found.items():
            together[node] |= states
    known = {node: states for node, states in together.items() if len(states) == 1}
    triples: set[Triple] = set()
    for (extraction, names), here in zip(named, local, strict=True):
        triples.update(_derived(extraction, names, known, here))
    return _in_graph(triples, base)


def _in_graph(triples: Iterable[Triple], base: str) -> list[Quad]:
    graph = derived_graph(base)
    return sorted((Quad(s, p, o, graph) for s, p, o in triples), key=sort_key)
