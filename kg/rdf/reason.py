"""Triples that follow by OWL 2 RL, in a graph of their own: nobody says them, but they follow.

The reasoner gets what the ontology says of sub-properties, sub-classes, symmetric and inverse
properties, and the direct and derived triples between entities. It does not get domains and ranges,
from which a place that an extractor takes for an actor would become one, nor ``owl:sameAs``, which
would say everything again of the Wikidata items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize
from pyoxigraph import Triple as Statement

from kg.errors import ConfigError
from kg.model import PLOVER
from kg.rdf.background import NO_BACKGROUND, Background
from kg.rdf.iri import inferred_graph
from kg.rdf.serialise import sort_key
from kg.rdf.vocabulary import (
    DEFAULT_BASE,
    DIP,
    OWL,
    PLOVER_NS,
    RDF,
    RDF_TYPE,
    RDFS,
    RDFS_LABEL,
    SAME_AS,
    SUBCLASS_OF,
    SUBPROPERTY_OF,
    dip,
    ontology_triples,
    polarity,
    predicate_property,
    role_property,
    speaking_roles,
)

if TYPE_CHECKING:
    import reasonable

Triple = tuple[NamedNode, NamedNode, NamedNode]
_INVERSE = NamedNode(OWL + "inverseOf")
_SYMMETRIC = NamedNode(OWL + "SymmetricProperty")
_BLAMING = frozenset({"condemns", "accuses"})
"""Predicates that, aimed at an event, are aimed at who brought it about."""


def inferred_quads(
    merged: Iterable[Quad],
    derived: Iterable[Quad],
    base: str = DEFAULT_BASE,
    background: Background = NO_BACKGROUND,
) -> list[Quad]:
    """What follows from the direct and derived triples.

    * Every act holds also under its PLOVER type's property, its quad class's and ``dip:actsOn``, every
      role under ``dip:holdsRoleIn``; entities belong also to the classes above theirs.
    * Symmetric properties hold both ways (``dip:meets``), inverse ones under their other name
      (``dip:partyTo``).
    * Stances of states: an act of a state towards a person or body that speaks for another one, and
      blame for an event that another one brought about, hold between the two states under their quad
      class (:func:`state_stances`).

    Args:
        merged: Quads of the direct triples, with types and labels.
        derived: Quads of the derived triples.
        base: Base IRI of the graph.
        background: Of which states the government bodies are.

    Returns:
        Distinct quads of ``…/graph/inferred`` in a fixed order, none of them among those given.

    Raises:
        ConfigError: The package reasonable is not installed.
    """
    said, entities = _between_entities((*merged, *derived))
    stances = set(state_stances(said, base, background))
    graph = inferred_graph(base)
    found = {
        (s, p, o)
        for s, p, o in _reason({*said, *stances, *_rules()})
        if s in entities and o not in _NOTHING_NEW and (p == RDF_TYPE or not p.value.startswith(_TERMS))
    }
    return sorted((Quad(s, p, o, graph) for s, p, o in found - said), key=sort_key)


_TERMS = (OWL, RDFS, RDF)
_NOTHING_NEW = frozenset({NamedNode(OWL + "Thing"), NamedNode(RDFS + "Resource")})


def _between_entities(quads: Iterable[Quad]) -> tuple[set[Triple], set[NamedNode]]:
    """Triples of entities, and the entities: those that have a label."""
    triples: set[Triple] = set()
    entities: set[NamedNode] = set()
    for quad in quads:
        match quad.subject, quad.object:
            case NamedNode() as s, NamedNode() as o if quad.predicate != SAME_AS:
                triples.add((s, quad.predicate, o))
            case NamedNode() as s, _ if quad.predicate == RDFS_LABEL:
                entities.add(s)
    return {triple for triple in triples if triple[0] in entities}, entities


def _rules() -> Iterator[Triple]:
    for triple in ontology_triples("diplomacy"):
        match triple.subject, triple.object:
            case NamedNode() as s, NamedNode() as o if (
                triple.predicate
                in (
                    SUBPROPERTY_OF,
                    SUBCLASS_OF,
                    _INVERSE,
                )
                or o == _SYMMETRIC
            ):
                yield s, triple.predicate, o


def _reason(triples: set[Triple]) -> Iterator[Triple]:
    """The closure of triples, those of IRIs alone."""
    from rdflib import URIRef  # slow to import

    reasoner = _reasoner()
    with TemporaryDirectory(prefix="kg-infer-") as folder:
        # As a file: its other way in takes rdflib's terms, each made for that alone.
        file = Path(folder) / "triples.ttl"
        serialize((Statement(*t) for t in sorted(triples, key=str)), str(file), RdfFormat.N_TRIPLES)
        reasoner.load_file(str(file))
    for s, p, o in reasoner.reason():
        if all(isinstance(term, URIRef) for term in (s, p, o)):
            yield NamedNode(str(s)), NamedNode(str(p)), NamedNode(str(o))


def _reasoner() -> reasonable.PyReasoner:
    try:
        import reasonable
    except ImportError as error:
        mend = "pip install 'diplomacy-kg[infer]', or build without --infer"
        raise ConfigError("inference needs the package reasonable", mend) from error
    return reasonable.PyReasoner()


def state_stances(said: Iterable[Triple], base: str, background: Background) -> Iterator[Triple]:
    """Quad classes between states, from acts of states towards those who stand for other states.

    A person stands for the state in which a current office is held that speaks for it, a body for its
    state; one who stands for several states stands for none here. Who condemns or accuses an event
    takes that stance towards the states that are its agents.
    """
    said = set(said)
    states = {s for s, p, o in said if p == RDF_TYPE and o == dip("State")}
    stands_for = _stands_for(said, states, base, background)
    agents: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for s, p, o in said:
        if p == dip("agent"):
            agents[s].add(o)
    predicates = {predicate_property(name): name for name in PLOVER}
    for s, p, o in said:
        name = predicates.get(p)
        if name is None or s not in states:
            continue
        towards = set(stands_for.get(o, ()))
        if name in _BLAMING:
            towards |= {state for agent in agents[o] for state in (stands_for.get(agent, set()) | {agent})}
        for state in (towards & states) - {s}:
            yield s, _quad_property(name), state


def _quad_property(predicate: str) -> NamedNode:
    name = polarity(PLOVER[predicate]).value.removeprefix(PLOVER_NS)
    return NamedNode(DIP + name[0].lower() + name[1:])


def _stands_for(
    said: set[Triple], states: set[NamedNode], base: str, background: Background
) -> dict[NamedNode, set[NamedNode]]:
    bodies = {NamedNode(base + slug): NamedNode(base + state) for slug, state in background.state_of.items()}
    roles = {role_property(role) for role in speaking_roles()}
    found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for s, p, o in said:
        if p in roles and (state := o if o in states else bodies.get(o)):
            found[s].add(state)
    found.update({body: {state} for body, state in bodies.items()})
    return {node: own for node, own in found.items() if len(own) == 1}
