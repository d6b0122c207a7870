"""Contested claims in words: who says what, who denies it, both sentences with their source chains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from pyoxigraph import Literal, NamedNode

from kg.rdf.iri import facts_graph
from kg.rdf.lookup import find_entity
from kg.rdf.result import Queryable, Value, show

_CONTESTS = """
SELECT DISTINCT ?contest ?claimant ?claim ?denier ?denial ?rule ?score WHERE {
  ?contest a dip:Contest ; dip:claimant ?claimant ; dip:claim ?claim ; dip:denier ?denier ;
       dip:denial ?denial ; dip:contestRule ?rule ; dip:contestScore ?score .
}
ORDER BY DESC(?score) ?claim ?denial ?contest
"""
_SIDE = """
SELECT DISTINCT ?sentence ?article ?publisher ?via WHERE {
  ?fact dip:evidence ?evidence .
  ?evidence dip:sentence ?sentence ; dip:article ?article .
  OPTIONAL { ?article dip:publisher ?publisher }
  OPTIONAL { ?fact dip:via ?via }
}
ORDER BY ?sentence ?via
"""
_LABEL = """
SELECT DISTINCT ?label WHERE { GRAPH ?facts { ?node rdfs:label ?label } FILTER(LANG(?label) = ?lang) }
ORDER BY ?label
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contested claim.

    Attributes:
        who: Name of the claimant or denier.
        node: Its CURIE.
        fact: CURIE of the act or statement.
        sentence: The sentence that tells it.
        chain: From the article to the first voice: article, publisher, outlets between, the actor.
    """

    who: str
    node: str
    fact: str
    sentence: str
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """A claim and its denial, how they were found to belong together and how surely."""

    claim: Side
    denial: Side
    rule: str
    score: float

    def record(self) -> dict[str, object]:
        """As plain values, for JSON."""
        return asdict(self)


def contested(store: Queryable, who: str | None = None, lang: str = "ar") -> Iterator[Contested]:
    """Contested claims, surest first.

    Args:
        store: A built graph.
        who: Only what this actor (IRI, slug or name) claims or denies; None = all.
        lang: Language of names, "ar" or "en".

    Raises:
        QueryError: If nothing or more than one thing is called ``who``.
    """
    wanted = find_entity(store, who) if who else None

    def name(node: Value | None) -> str:
        if not isinstance(node, NamedNode):
            return show(node)
        given: dict[str, Value] = {"node": node, "facts": facts_graph(store.base), "lang": Literal(lang)}
        found = store.query(_LABEL, given).column("label")
        return found[0] if found else show(node, store.base)

    def side(actor: Value | None, fact: Value | None) -> Side:
        assert isinstance(fact, NamedNode)
        rows = store.query(_SIDE, {"fact": fact}).rows
        sentence, article, publisher, _ = rows[0]
        via = dict.fromkeys(name(row[3]) for row in rows if row[3] is not None)
        steps = (show(article, store.base), show(publisher), *via, name(actor))
        chain = tuple(dict.fromkeys(step for step in steps if step))
        return Side(name(actor), show(actor, store.base), show(fact, store.base), show(sentence), chain)

    for _, claimant, claim, denier, denial, rule, score in store.query(_CONTESTS).rows:
        if wanted is None or wanted in (claimant, denier):
            yield Contested(side(claimant, claim), side(denier, denial), show(rule), float(show(score)))
