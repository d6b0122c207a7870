"""The sentences behind a node or an edge of the graph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.model import SYMMETRIC
from kg.rdf.lookup import find_entity, find_property
from kg.rdf.result import Queryable, Result, Value
from kg.rdf.vocabulary import DIP, ancestors

_EDGE = re.compile(
    r"""\s*(<[^>]*>|"[^"]*"|\S+)\s+(<[^>]*>|\S+)\s+(<[^>]*>|"[^"]*"(?:\^\^\S+|@\S+)?|\S+)\s*"""
)
_ANY = frozenset({"?", "*"})
_TREATY = frozenset({"party", "signedOn", "duration"})
_EVENT = frozenset({"agent", "patient", "place", "date", "eventType"})
_SYMMETRIC = frozenset(DIP + name for name in SYMMETRIC)

_ACT = "?fact dip:actor|dip:onBehalfOf ?s ; dip:predicate ?p ; dip:target ?o ."
_ROLE = "?fact dip:holder ?s ; dip:role ?p ; dip:heldIn ?o ; dip:former {former} ."
_OF_NODE = """
SELECT DISTINCT ?fact WHERE {
  { ?fact ?any ?node ; dip:confidence ?c } UNION
  { ?fact dip:evidence ?node } UNION
  { ?fact dip:evidence/dip:article ?node } UNION
  { ?fact dip:confidence ?c . FILTER(?fact = ?node) }
}
"""
_ABOUT = """
SELECT ?kind ?sentence ?begin ?end ?trigger ?triggerBegin ?triggerEnd ?article ?headline ?publisher
       ?published ?date ?confidence ?method ?negated ?modality ?source
WHERE {
  ?fact a ?kind ; dip:confidence ?confidence ; dip:evidence ?evidence .
  ?evidence dip:sentence ?sentence ; dip:beginIndex ?begin ; dip:endIndex ?end ; dip:article ?article .
  OPTIONAL { ?fact dip:trigger ?trigger ; dip:triggerBegin ?triggerBegin ; dip:triggerEnd ?triggerEnd }
  OPTIONAL { ?article dip:headline ?headline }
  OPTIONAL { ?article dip:publisher ?publisher }
  OPTIONAL { ?article dip:published ?published }
  OPTIONAL { ?fact dip:date|dip:signedOn ?date }
  OPTIONAL { GRAPH ?graph { ?fact dip:method/rdfs:label ?method } }
  OPTIONAL { ?fact dip:negated ?negated ; dip:modality ?modality }
  OPTIONAL { ?fact dip:source ?source }
}
ORDER BY ?begin ?date ?source LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence that supports something in the graph.

    Attributes:
        fact: IRI of the fact node.
        kind: Its class in the ontology: Act, RoleHolding, Statement, TreatyFact or EventFact.
        sentence: The evidence, letter by letter.
        begin: Offset of its first character in the article (title, newline, body).
        end: Offset just behind its last character.
        article: IRI of the article.
        headline: Its headline; may be empty.
        publisher: Its publisher, or None.
        published: Its date, ISO, or None.
        date: When the fact happened, ISO, or None.
        trigger: The words that express an act; None for other facts.
        trigger_begin: Their offset, or None.
        trigger_end: The offset just behind them, or None.
        confidence: From 0 to 1.
        method: Component and version that found the fact, or None.
        negated: Whether the text says that the act did not happen.
        modality: asserted, future or hypothetical; None for other facts.
        source: IRI of the entity on whose word the article rests, or None.
        on_behalf_of: IRIs of the states that the actor or speaker stands for; derived.
    """

    fact: str
    kind: str
    sentence: str
    begin: int
    end: int
    article: str
    headline: str
    publisher: str | None
    published: str | None
    date: str | None
    trigger: str | None
    trigger_begin: int | None
    trigger_end: int | None
    confidence: float
    method: str | None
    negated: bool
    modality: str | None
    source: str | None
    on_behalf_of: tuple[str, ...]


def explain(store: Queryable, target: str | tuple[str, str, str]) -> list[Explanation]:
    """Find every sentence behind a node or an edge.

    Args:
        store: The graph.
        target: A node (entity, fact, evidence or article) as an IRI, CURIE, slug or label, or an edge:
            three of them in a tuple, or separated by spaces in one text. In an edge ``?`` stands for
            anything, and a property above others (``dip:actsOn``) for all below it.

    Returns:
        Explanations in the order of articles and offsets. Negated and merely possible acts are among
        those of an edge, marked as such, though they are no reason for the direct triple.

    Raises:
        QueryError: If the target cannot be understood or nothing is known of it.
    """
    if isinstance(target, str):
        parts = _EDGE.fullmatch(target)
        is_edge = parts and (":" in parts.group(2) or parts.group(2) in _ANY)
        facts = _edge(store, *parts.groups()) if parts and is_edge else _node(store, target)
    else:
        facts = _edge(store, *target)
    found = [about for fact in sorted(facts, key=lambda f: f.value) for about in _about(store, fact)]
    return sorted(found, key=lambda e: (e.article, e.begin, e.end, e.trigger_begin or 0, e.fact))


def _node(store: Queryable, text: str) -> set[NamedNode]:
    return _facts(store.query(_OF_NODE, {"node": find_entity(store, text)}))


def _facts(result: Result) -> set[NamedNode]:
    return {row[0] for row in result.rows if isinstance(row[0], NamedNode)}


def _value(store: Queryable, text: str) -> Value | None:
    """A subject or object: None stands for anything."""
    if text in _ANY:
        return None
    if text.startswith('"'):
        return Literal(text[1:].partition('"')[0])
    return find_entity(store, text)


def _edge(store: Queryable, subject: str, predicate: str, obj: str) -> set[NamedNode]:
    s = _value(store, subject)
    p = (
        None
        if predicate in _ANY
        else find_property("rdf:type" if predicate == "a" else predicate, store.base)
    )
    try:
        o = _value(store, obj)
    except QueryError:
        # "2025-01" and "20 years" are objects too, and need no quotes.
        if p is None or p.value.removeprefix(DIP) not in _TREATY | _EVENT:
            raise
        o = Literal(obj)
    found: set[NamedNode] = set()
    for pattern, wanted in _patterns(p):
        found |= _matching(store, pattern, s, wanted, o)
        if wanted is not None and wanted.value in _SYMMETRIC:
            found |= _matching(store, pattern, o, wanted, s)
    return found


def _patterns(predicate: NamedNode | None) -> Iterable[tuple[str, NamedNode | None]]:
    """Graph patterns over ?s ?p ?o that find the facts behind edges of a property."""
    if predicate is None:
        yield _ACT, None
        yield _ROLE.format(former="false"), None
    name = predicate.value.removeprefix(DIP) if predicate else None
    if name == "formerlyHeldRoleIn":
        yield _ROLE.format(former="true"), None
    elif name == "states":
        yield "?fact dip:speaker ?s . FILTER(COALESCE(?fact = ?o, true))", None
    elif name == "onBehalfOf":
        yield "?fact dip:onBehalfOf ?o . FILTER(COALESCE(?fact = ?s, true))", None
    elif predicate and (name not in _TREATY | _EVENT):
        above = ancestors(predicate.value)
        role = DIP + "holdsRoleIn" in above
        yield (_ROLE.format(former="false") if role else _ACT), predicate
    for names, about in ((_TREATY, "treaty"), (_EVENT, "event")):
        for each in sorted(names):
            if name in (None, each):
                yield f"?fact dip:{about} ?s ; dip:{each} ?o .", None


def _matching(
    store: Queryable, pattern: str, s: Value | None, p: NamedNode | None, o: Value | None
) -> set[NamedNode]:
    bindings: dict[str, Value] = {}
    if s is not None:
        bindings["s"] = s
    if isinstance(o, Literal):
        # The user need not type the date: its text is enough.
        pattern += " FILTER(STR(?o) = STR(?text))"
        bindings["text"] = o
    elif o is not None:
        bindings["o"] = o
    rows = store.query(f"SELECT DISTINCT ?fact ?p WHERE {{ {pattern} }}", bindings).rows
    fits = (
        row[0]
        for row in rows
        if p is None or (isinstance(row[1], NamedNode) and p.value in ancestors(row[1].value))
    )
    return {fact for fact in fits if isinstance(fact, NamedNode)}


def _about(store: Queryable, fact: NamedNode) -> Iterable[Explanation]:
    result = store.query(_ABOUT, {"fact": fact})
    for row in result.rows:
        values = dict(zip(result.variables, row, strict=True))

        def text(name: str, values: dict[str, Value | None] = values) -> str | None:
            value = values.get(name)
            return value.value if isinstance(value, NamedNode | Literal) else None

        def number(name: str, values: dict[str, Value | None] = values) -> int | None:
            found = text(name, values)
            return None if found is None else int(found)

        behalf = store.query("SELECT DISTINCT ?state WHERE { ?fact dip:onBehalfOf ?state }", {"fact": fact})
        yield Explanation(
            fact=fact.value,
            kind=(text("kind") or "").removeprefix(DIP),
            sentence=text("sentence") or "",
            begin=number("begin") or 0,
            end=number("end") or 0,
            article=text("article") or "",
            headline=text("headline") or "",
            publisher=text("publisher"),
            published=text("published"),
            date=text("date"),
            trigger=text("trigger"),
            trigger_begin=number("triggerBegin"),
            trigger_end=number("triggerEnd"),
            confidence=float(text("confidence") or 0),
            method=text("method"),
            negated=text("negated") == "true",
            modality=text("modality"),
            source=text("source"),
            on_behalf_of=tuple(sorted(f.value for f in _facts(behalf))),
        )
