"""On whose word facts rest, step by step, and which claims are contested: derived triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.link.across.claims import Contest
from kg.link.across.opposites import all_contests
from kg.model import Act, Entity, Extraction, Span, Statement
from kg.rdf.build import fact_nodes
from kg.rdf.iri import Names, short_hash
from kg.rdf.literals import decimal_literal
from kg.rdf.tenure import Named
from kg.rdf.vocabulary import RDF_TYPE, dip

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]
Sides = tuple[NamedNode, NamedNode, NamedNode, NamedNode]
"""Claim, denial, who claims, who denies."""
_TO = ("ل", "لـ")
"""What joins an outlet's name to the verb of whoever spoke to it."""


def claim_triples(named: Named, base: str) -> Iterator[Triple]:
    """Source chains of all acts and statements, and the contested claims among them."""
    nodes: dict[tuple[str, str, int], NamedNode] = {}
    for extraction, names in named:
        numbers = {"acts": 0, "statements": 0}
        for item in fact_nodes(extraction, names):
            kind = {Act: "acts", Statement: "statements"}.get(type(item.fact))
            if kind is None:
                continue
            nodes[extraction.article.id, kind, numbers[kind]] = item.node
            numbers[kind] += 1
            if isinstance(item.fact, Act | Statement):
                yield from _chain(item.node, item.fact, extraction, names)
    by_id = {extraction.article.id: names for extraction, names in named}
    extractions = [extraction for extraction, _ in named]
    found = all_contests(extractions, lambda contest: _sides(contest, nodes, by_id))
    for key, contest in found.items():
        yield from _contest(key, contest, base)


def _chain(node: NamedNode, fact: Act | Statement, extraction: Extraction, names: Names) -> Iterator[Triple]:
    """Who vouches for a fact first, and the outlets between that one and the article."""
    origin = fact.speaker if isinstance(fact, Statement) else fact.source
    addressee = fact.addressee if isinstance(fact, Statement) else None
    if isinstance(fact, Act) and origin is None:
        told = _teller(fact.trigger, extraction)
        if told is None:
            return
        origin, addressee = told.speaker, told.addressee
    if origin is None:
        return
    yield node, dip("origin"), names.entity(origin)
    for outlet in _outlets(fact.evidence.span, origin, addressee, extraction):
        yield node, dip("via"), names.entity(outlet)


def _teller(trigger: Span, extraction: Extraction) -> Statement | None:
    """The statement in whose words an act is told: the shortest around its trigger."""
    around = [
        s for s in extraction.statements if s.content.start <= trigger.start and trigger.end <= s.content.end
    ]
    return min(around, key=lambda s: s.content.end - s.content.start, default=None)


def _outlets(sentence: Span, origin: str, addressee: str | None, extraction: Extraction) -> Iterator[str]:
    """Outlets to which the origin spoke, or which the sentence quotes, in the order of their ids."""
    quoting = {
        s.speaker for s in extraction.statements if s.evidence.span == sentence and s.speaker != origin
    }
    for entity in extraction.entities:
        if entity.type != "MEDIA" or entity.id == origin:
            continue
        if entity.id == addressee or entity.id in quoting or _spoken_to(entity, sentence, extraction):
            yield entity.id


def _spoken_to(outlet: Entity, sentence: Span, extraction: Extraction) -> bool:
    """Whether the sentence says that somebody spoke to an outlet ("لرويترز", "لـ «رويترز»")."""
    text = extraction.article.full_text
    for mention in outlet.mentions:
        if sentence.start <= mention.span.start < sentence.end:
            before = text[sentence.start : mention.span.start].rstrip(' «"“')
            if before.split() and before.split()[-1] in _TO and len(before.split()) > 1:
                return True
    return False


def _sides(contest: Contest, nodes: dict[tuple[str, str, int], NamedNode], names: dict[str, Names]) -> Sides:
    claimant, denier = (
        names[article].entity(ident) if ident else names[article].article
        for article, ident in (contest.claimant, contest.denier)
    )
    return nodes[contest.claim], nodes[contest.denial], claimant, denier


def _contest(
    sides: Sides,
    contest: Contest,
    base: str,
) -> Iterator[Triple]:
    claim, denial, claimant, denier = sides
    node = NamedNode(f"{base}contest/{short_hash(*(side.value for side in sides), length=12)}")
    yield node, RDF_TYPE, dip("Contest")
    yield node, dip("claim"), claim
    yield node, dip("denial"), denial
    yield node, dip("claimant"), claimant
    yield node, dip("denier"), denier
    yield node, dip("contestRule"), Literal(contest.rule)
    yield node, dip("contestScore"), decimal_literal(contest.score)
