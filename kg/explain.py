"""What the graph knows about a thing or an edge, in words, each fact with the sentence that proves it.

:mod:`kg.rdf.explain` finds the sentences; this module names who did what to whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.rdf.explain import Explanation
from kg.rdf.explain import explain as find_facts
from kg.rdf.iri import facts_graph
from kg.rdf.lookup import find_entity
from kg.rdf.result import Queryable, Value, show
from kg.rdf.vocabulary import RDF_TYPE, SAME_AS, dip, shorten

_PROPERTIES = "SELECT DISTINCT ?p ?o WHERE { ?node ?p ?o } ORDER BY ?p ?o"
_LABEL = "SELECT DISTINCT ?label WHERE { GRAPH ?facts { ?node rdfs:label ?label } } ORDER BY ?label"
_MERGES = """
SELECT DISTINCT ?merge ?rule ?score ?local ?name ?article WHERE {
  ?merge dip:mergedInto ?node ; dip:mergeRule ?rule ; dip:mergeScore ?score .
  OPTIONAL { ?merge dip:merged ?local . ?local dip:localName ?name ; dip:article ?article }
}
ORDER BY DESC(?score) ?merge ?local ?article
"""
_WHO = tuple(map(dip, ("actor", "holder", "speaker", "treaty", "event")))
_WHAT = tuple(map(dip, ("predicate", "role")))
_WHOM = tuple(
    map(
        dip,
        ("target", "heldIn", "addressee", "party", "agent", "patient", "objectText", "content", "place"),
    )
)
_VERBS = {"Statement": "says", "TreatyFact": "is concluded by", "EventFact": "involves"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words, with its proof.

    Attributes:
        node: CURIE of its node.
        who: Names of actors, holder, speaker, treaty or event.
        what: Predicate or role as a CURIE, or words for the other kinds.
        whom: Names of targets and the exact words of contents.
        notes: What limits it: negated, future, hypothetical, the date, on whose word or behalf.
        proof: The sentence with its article.
    """

    node: str
    who: tuple[str, ...]
    what: str
    whom: tuple[str, ...]
    notes: tuple[str, ...]
    proof: Explanation


@dataclass(frozen=True, slots=True)
class Known:
    """A thing with its names and identities, and the facts about it; of an edge, the facts alone.

    ``merges`` tells, a line each, which entities of articles it unites, by which rule and how surely.
    """

    node: str
    labels: tuple[str, ...]
    types: tuple[str, ...]
    same_as: tuple[str, ...]
    facts: tuple[Fact, ...]
    merges: tuple[str, ...] = ()


def explain(store: Queryable, text: str) -> Known:
    """Explain what a text names.

    Args:
        store: Where to look.
        text: IRI, CURIE, slug or name of an entity, IRI of a fact or an article, or an edge: three of
            them with spaces between, "?" for anything.

    Raises:
        QueryError: If nothing or more than one thing in the graph has that name.
    """
    reader = _Reader(store)
    facts = tuple(reader.fact(proof) for proof in find_facts(store, text))
    try:
        node = find_entity(store, text)
    except QueryError:
        return Known(text, (), (), (), facts)
    own = reader.properties(node)
    if not own and not facts and len(text.split()) == 1:
        raise QueryError(f"{text}: the graph knows nothing about it", "kg query --list finds what it knows")

    def shown(predicate: NamedNode) -> tuple[str, ...]:
        return tuple(dict.fromkeys(show(value, store.base) for value in own.get(predicate, ())))

    name = shorten(node.value, store.base)
    return Known(name, reader.labels(node), shown(RDF_TYPE), shown(SAME_AS), facts, reader.merges(node))


class _Reader:
    """Puts facts into words; each thing's names are asked for once."""

    def __init__(self, store: Queryable) -> None:
        self.store = store
        self.known: dict[NamedNode, tuple[str, ...]] = {}

    def properties(self, node: NamedNode) -> Mapping[NamedNode, list[Value]]:
        found: defaultdict[NamedNode, list[Value]] = defaultdict(list)
        for predicate, value in self.store.query(_PROPERTIES, {"node": node}).rows:
            if isinstance(predicate, NamedNode) and value is not None:
                found[predicate].append(value)
        return found

    def labels(self, node: NamedNode) -> tuple[str, ...]:
        if node not in self.known:
            facts = facts_graph(self.store.base)
            rows = self.store.query(_LABEL, {"node": node, "facts": facts}).rows
            self.known[node] = tuple(row[0].value for row in rows if isinstance(row[0], Literal))
        return self.known[node]

    def merges(self, node: NamedNode) -> tuple[str, ...]:
        """What was united into a node, surest first."""
        lines: dict[str, tuple[list[str], str]] = {}
        for merge, rule, score, local, name, article in self.store.query(_MERGES, {"node": node}).rows:
            said = f"rule {show(rule)}, score {show(score)}"
            parts, _ = lines.setdefault(show(merge), ([], said))
            if local is not None:
                where = show(article, self.store.base)
                parts.append(f"{show(name)} ({show(local, self.store.base)}, {where})")
        return tuple(
            f"{' = '.join(parts) or 'mentions linked to its row of the tables'}: {said}"
            for parts, said in lines.values()
        )

    def fact(self, proof: Explanation) -> Fact:
        own = self.properties(NamedNode(proof.fact))
        what = [show(value, self.store.base) for p in _WHAT for value in own.get(p, ())]
        return Fact(
            node=shorten(proof.fact, self.store.base),
            who=self._names(own, _WHO),
            what=what[0] if what else _VERBS.get(proof.kind, proof.kind),
            whom=self._names(own, _WHOM),
            notes=tuple(self._notes(proof, own)),
            proof=proof,
        )

    def _names(
        self, own: Mapping[NamedNode, list[Value]], properties: Iterable[NamedNode]
    ) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._name(value) for p in properties for value in own.get(p, ())))

    def _name(self, value: Value) -> str:
        if isinstance(value, NamedNode) and (labels := self.labels(value)):
            return " / ".join(labels)
        return f"«{value.value}»" if isinstance(value, Literal) else show(value, self.store.base)

    def _notes(self, proof: Explanation, own: Mapping[NamedNode, list[Value]]) -> Iterator[str]:
        if proof.negated:
            yield "negated"
        if any(show(value) == "true" for value in own.get(dip("former"), ())):
            yield "former"
        if proof.modality not in (None, "asserted"):
            yield str(proof.modality)
        if proof.date:
            yield proof.date
        yield from (f"on behalf of {self._name(NamedNode(state))}" for state in proof.on_behalf_of)
        if proof.source:
            yield f"on the word of {self._name(NamedNode(proof.source))}"
