"""From extractions to quads: one named graph an article, one graph of merged direct triples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.arabic import fold
from kg.model import PLOVER, PLOVER_TYPES, Act, Entity, Event, Extraction, Role, Span, Statement, Treaty
from kg.rdf.background import NO_BACKGROUND, Background
from kg.rdf.iri import Names, evidence_iri, facts_graph, method_iri, name_things
from kg.rdf.literals import date_literal, decimal_literal, offset_literal, text_literal
from kg.rdf.serialise import sort_key
from kg.rdf.vocabulary import (
    ALT_LABEL,
    DEFAULT_BASE,
    IDENTIFIER,
    IN_LANGUAGE,
    MACHINE_SPELLED,
    RDF_TYPE,
    RDFS_LABEL,
    SAME_AS,
    WIKIDATA,
    XSD_HEX,
    class_of,
    dip,
    plover,
    polarity,
    predicate_property,
    role_property,
)

Fact = Role | Act | Statement | Treaty | Event
Object = NamedNode | Literal
Pair = tuple[NamedNode, Object]


@dataclass(frozen=True, slots=True)
class FactNode:
    """A fact of an article with its node in the graph."""

    node: NamedNode
    fact: Fact


def fact_nodes(extraction: Extraction, names: Names) -> list[FactNode]:
    """The facts of an article with their IRIs, in the order roles, acts, statements, treaties, events."""
    entity = names.entity

    def many(ids: Iterable[str]) -> str:
        return " ".join(sorted(entity(i).value for i in ids))

    def where(span: Span | None) -> str | None:
        return None if span is None else f"{span.start},{span.end}"

    found: list[FactNode] = []
    for r in extraction.roles:
        person, of = entity(r.person).value, entity(r.of).value if r.of else None
        found.append(
            FactNode(names.fact("role", person, r.role, of, r.title, r.former, where(r.evidence.span)), r)
        )
    for a in extraction.acts:
        who = (many(a.actors), many(a.targets), where(a.object))
        how = (where(a.trigger), a.negated, a.modality, where(a.evidence.span))
        found.append(FactNode(names.fact("act", a.predicate, *who, *how), a))
    for s in extraction.statements:
        found.append(
            FactNode(names.fact("statement", entity(s.speaker).value, where(s.content), s.direct), s)
        )
    for t in extraction.treaties:
        what = (entity(t.treaty).value, many(t.parties), t.signed)
        found.append(FactNode(names.fact("treaty-fact", *what, where(t.evidence.span)), t))
    for e in extraction.events:
        roles = (entity(e.event).value, many(e.agents), many(e.patients), e.date)
        found.append(FactNode(names.fact("event-fact", *roles, where(e.evidence.span)), e))
    return found


def article_quads(
    extraction: Extraction, base: str = DEFAULT_BASE, background: Background = NO_BACKGROUND
) -> list[Quad]:
    """All that one article says, in its own named graph: article, entities, fact nodes, evidence.

    Args:
        extraction: One article's entities and facts.
        base: IRI under which things are named; ends in ``/``.
        background: Labels and Wikidata ids of linked entities.

    Returns:
        Distinct quads in a fixed order.

    Raises:
        ConfigError: If the base is no usable IRI.
    """
    names = name_things(extraction, base)
    graph = names.graph
    pairs: dict[tuple[NamedNode, NamedNode, Object], None] = {}

    def add(node: NamedNode, found: Iterable[Pair]) -> None:
        pairs.update(((node, predicate, value), None) for predicate, value in found)

    add(names.article, _article(extraction, names))
    if slug := background.media.get(fold(extraction.article.source or "")):
        outlet = NamedNode(base + slug)
        add(names.article, [(dip("publishedBy"), outlet)])
        add(outlet, _outlet(slug, background))
    for entity in extraction.entities:
        add(names.entities[entity.id], _entity(entity, names, extraction.article.lang, background))
    for item in fact_nodes(extraction, names):
        add(item.node, _fact(item.fact, names, extraction.article.lang))
        if isinstance(item.fact, Role) and extraction.article.date:
            add(item.node, [(dip("observedOn"), date_literal(extraction.article.date[:10]))])
        span = item.fact.evidence.span
        if span.text:
            add(evidence_iri(names.article, span), _evidence(span, names, extraction.article.lang))
        if item.fact.method:
            add(method_iri(item.fact.method, base), _method(item.fact.method))
    return sorted((Quad(s, p, o, graph) for s, p, o in pairs), key=sort_key)


def _article(extraction: Extraction, names: Names) -> Iterator[Pair]:
    article = extraction.article
    yield RDF_TYPE, dip("Article")
    yield IDENTIFIER, Literal(article.id)
    yield IN_LANGUAGE, Literal(article.lang)
    if article.title:
        yield dip("headline"), text_literal(article.title, article.lang)
    if article.source:
        yield dip("publisher"), Literal(article.source)
    if article.date:
        yield dip("published"), date_literal(article.date[:10])
    if article.place:
        yield dip("dateline"), Literal(article.place)
    if article.sha256:
        yield dip("sha256"), Literal(article.sha256, datatype=XSD_HEX)
    for node in names.entities.values():
        yield dip("mentions"), node


def _outlet(slug: str, background: Background) -> Iterator[Pair]:
    """A publisher, whether or not the text names it."""
    yield RDF_TYPE, class_of("MEDIA")
    for text, language in ((background.ar.get(slug), "ar"), (background.en.get(slug), "en")):
        if text:
            yield RDFS_LABEL, Literal(text, language=language)


def _spelled(entity: Entity, names: Names, background: Background) -> bool:
    """Whether the English label of an entity is its own name, spelled in Latin letters by machine."""
    return not (background.en.get(entity.link or "") or entity.id in names.english)


def _labels(entity: Entity, names: Names, lang: str, background: Background) -> Iterator[Literal]:
    arabic = background.ar.get(entity.link or "") or entity.name
    english = background.en.get(entity.link or "") or names.labels[entity.id]
    if arabic:
        yield text_literal(arabic, lang)
    if english:
        yield Literal(english, language="en")


def _entity(entity: Entity, names: Names, lang: str, background: Background) -> Iterator[Pair]:
    yield RDF_TYPE, class_of(entity.type)
    for label in _labels(entity, names, lang, background):
        yield RDFS_LABEL, label
    for surface in entity.surfaces("name"):
        yield ALT_LABEL, text_literal(surface, lang)
    if _spelled(entity, names, background):
        # The English label of such a thing was spelled by machine: the tag tells so.
        if (latin := names.labels[entity.id]) != entity.name:
            yield ALT_LABEL, Literal(latin, language=MACHINE_SPELLED)
    yield from _same_as(entity, names, background)


def _same_as(entity: Entity, names: Names, background: Background) -> Iterator[Pair]:
    """The Wikidata item, by the row in the tables or else by the user's extract."""
    known = background.wikidata.get(entity.link or "")
    if identifier := known or background.items.get(names.entities[entity.id].value):
        yield SAME_AS, NamedNode(WIKIDATA + identifier)


def _evidence(span: Span, names: Names, lang: str) -> Iterator[Pair]:
    yield RDF_TYPE, dip("Evidence")
    yield dip("sentence"), text_literal(span.text, lang)
    yield dip("beginIndex"), offset_literal(span.start)
    yield dip("endIndex"), offset_literal(span.end)
    yield dip("article"), names.article


def _method(method: str) -> Iterator[Pair]:
    yield RDF_TYPE, dip("Method")
    yield RDFS_LABEL, Literal(method)


def _fact(fact: Fact, names: Names, lang: str) -> Iterator[Pair]:
    match fact:
        case Role():
            yield from _role(fact, names, lang)
        case Act():
            yield from _act(fact, names, lang)
        case Statement():
            yield from _statement(fact, names, lang)
        case Treaty():
            yield RDF_TYPE, dip("TreatyFact")
            yield dip("treaty"), names.entity(fact.treaty)
            yield from _treaty(fact, names)
        case Event():
            yield RDF_TYPE, dip("EventFact")
            yield dip("event"), names.entity(fact.event)
            yield from _event(fact, names)
    yield dip("confidence"), decimal_literal(fact.confidence)
    if fact.method:
        yield dip("method"), method_iri(fact.method, names.base)
    if fact.evidence.span.text:
        yield dip("evidence"), evidence_iri(names.article, fact.evidence.span)


def _role(role: Role, names: Names, lang: str) -> Iterator[Pair]:
    yield RDF_TYPE, dip("RoleHolding")
    yield dip("holder"), names.entity(role.person)
    yield dip("role"), role_property(role.role)
    yield dip("former"), Literal(role.former)
    if role.of:
        yield dip("heldIn"), names.entity(role.of)
    if role.title:
        yield dip("title"), text_literal(role.title, lang)


def _act(act: Act, names: Names, lang: str) -> Iterator[Pair]:
    yield RDF_TYPE, dip("Act")
    yield dip("predicate"), predicate_property(act.predicate)
    if plover_type := PLOVER.get(act.predicate):
        yield dip("ploverType"), plover(plover_type)
        yield dip("polarity"), polarity(plover_type)
    for actor in act.actors:
        yield dip("actor"), names.entity(actor)
    for target in act.targets:
        yield dip("target"), names.entity(target)
    if act.object and act.object.text:
        yield dip("objectText"), text_literal(act.object.text, lang)
    yield dip("negated"), Literal(act.negated)
    yield dip("modality"), Literal(act.modality)
    if act.source:
        yield dip("source"), names.entity(act.source)
    if act.date:
        yield dip("date"), date_literal(act.date)
    if act.place:
        yield dip("place"), names.entity(act.place)
    if act.trigger.text:
        yield dip("trigger"), text_literal(act.trigger.text, lang)
        yield dip("triggerBegin"), offset_literal(act.trigger.start)
        yield dip("triggerEnd"), offset_literal(act.trigger.end)


def _statement(statement: Statement, names: Names, lang: str) -> Iterator[Pair]:
    yield RDF_TYPE, dip("Statement")
    yield dip("speaker"), names.entity(statement.speaker)
    if statement.addressee:
        yield dip("addressee"), names.entity(statement.addressee)
    if statement.content.text:
        yield dip("content"), text_literal(statement.content.text, lang)
    yield dip("direct"), Literal(statement.direct)
    if statement.date:
        yield dip("date"), date_literal(statement.date)


def _treaty(treaty: Treaty, names: Names) -> Iterator[Pair]:
    for party in treaty.parties:
        yield dip("party"), names.entity(party)
    if treaty.signed:
        yield dip("signedOn"), date_literal(treaty.signed)
    if treaty.duration:
        yield dip("duration"), Literal(treaty.duration)


def _event(event: Event, names: Names) -> Iterator[Pair]:
    if event.event_type in PLOVER_TYPES:
        yield dip("eventType"), plover(event.event_type)
    for agent in event.agents:
        yield dip("agent"), names.entity(agent)
    for patient in event.patients:
        yield dip("patient"), names.entity(patient)
    if event.place:
        yield dip("place"), names.entity(event.place)
    if event.date:
        yield dip("date"), date_literal(event.date)


def is_direct(act: Act) -> bool:
    """Whether an act is told as having happened, so that it may stand as a direct triple."""
    return not act.negated and act.modality == "asserted"


def _direct(item: FactNode, names: Names) -> Iterator[tuple[NamedNode, NamedNode, Object]]:
    fact = item.fact
    match fact:
        case Act():
            if is_direct(fact):
                for actor in fact.actors:
                    for target in fact.targets:
                        yield names.entity(actor), predicate_property(fact.predicate), names.entity(target)
        case Statement():
            yield names.entity(fact.speaker), dip("states"), item.node
        case Treaty():
            for predicate, value in _treaty(fact, names):
                yield names.entity(fact.treaty), predicate, value
        case Event():
            for predicate, value in _event(fact, names):
                yield names.entity(fact.event), predicate, value


def merged_quads(
    extractions: Iterable[Extraction], base: str = DEFAULT_BASE, background: Background = NO_BACKGROUND
) -> list[Quad]:
    """The direct triples of many articles, with type, labels and identity of all entities.

    Acts that are negated, only planned or only possible get no direct triple. Of several labels of
    one entity in one language the most frequent is kept, a name before one spelled by machine, of dates
    that agree the most precise.

    Returns:
        Distinct quads of ``…/graph/facts`` in a fixed order.

    Raises:
        ConfigError: If the base is no usable IRI.
    """
    triples: set[tuple[NamedNode, NamedNode, Object]] = set()
    # Of an office the last telling counts: with a date before without, as held before as past.
    offices: dict[tuple[NamedNode, NamedNode, NamedNode], tuple[str, bool]] = {}
    labels: defaultdict[tuple[NamedNode, str | None], Counter[tuple[bool, str]]] = defaultdict(Counter)
    for extraction in extractions:
        names = name_things(extraction, base)
        for entity in extraction.entities:
            node = names.entities[entity.id]
            triples.add((node, RDF_TYPE, class_of(entity.type)))
            triples.update((node, *pair) for pair in _same_as(entity, names, background))
            for label in _labels(entity, names, extraction.article.lang, background):
                spelled = label.language == "en" and _spelled(entity, names, background)
                labels[node, label.language][spelled, label.value] += 1 + len(entity.mentions)
        for item in fact_nodes(extraction, names):
            triples.update(_direct(item, names))
        for role in extraction.roles:
            if role.of:
                key = names.entity(role.person), role_property(role.role), names.entity(role.of)
                told = extraction.article.date or "", not role.former
                offices[key] = max(offices.get(key, told), told)
    for (person, held, owner), (_, current) in offices.items():
        triples.add((person, held if current else dip("formerlyHeldRoleIn"), owner))
    for (node, language), counted in labels.items():
        _, best = min(counted, key=lambda label: (label[0], -counted[label], label[1]))
        triples.add((node, RDFS_LABEL, Literal(best, language=language)))
    graph = facts_graph(base)
    return sorted((Quad(s, p, o, graph) for s, p, o in triples - _vaguer(triples)), key=sort_key)


def _vaguer(triples: set[tuple[NamedNode, NamedNode, Object]]) -> set[tuple[NamedNode, NamedNode, Object]]:
    """Dates of treaties and events that another article gives more precisely (2025 beside 2025-01)."""
    dated = {t for t in triples if t[1] in (dip("signedOn"), dip("date"))}
    given = {(s, p, o.value) for s, p, o in dated}
    precise = {(s, p, text[:n]) for s, p, text in given for n in (4, 7) if len(text) > n}
    return {t for t in dated if (t[0], t[1], t[2].value) in precise}
