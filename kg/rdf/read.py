"""Read facts back from a graph: the way of :mod:`kg.rdf.build`, backwards.

What a graph does not hold stays empty: the text of the articles, and where in it a name stands. So
mentions have no offsets (begin and end are 0), and words that are no evidence are looked for in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar, cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import (
    ENTITY_TYPES,
    PLOVER,
    ROLES,
    Act,
    Article,
    Entity,
    Event,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Role,
    Span,
    Statement,
    Treaty,
)
from kg.rdf.background import known_slugs
from kg.rdf.vocabulary import (
    ALT_LABEL,
    DEFAULT_BASE,
    IDENTIFIER,
    IN_LANGUAGE,
    MACHINE_SPELLED,
    PLOVER_NS,
    RDF_TYPE,
    RDFS_LABEL,
    class_of,
    dip,
    predicate_property,
    role_property,
)

Fact = TypeVar("Fact", Role, Act, Statement, Treaty, Event)
_TYPES = {class_of(kind): kind for kind in ENTITY_TYPES}
_PREDICATES = {predicate_property(name): name for name in PLOVER}
_ROLES = {role_property(name): name for name in ROLES}


def read_extractions(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> Iterator[Extraction]:
    """The facts of each article of a graph.

    Args:
        quads: Quads of the articles' graphs; others are left out. Those of one graph stand together.
        base: Base IRI of the graph.

    Yields:
        One extraction an article, in the order of the graphs. The id of an entity is its IRI, as
        :func:`iri_of` gives it. Facts that lack what the shapes ask for are left out: such a graph
        was not written by a build.
    """
    yield from (extraction for extraction, _ in read_with_nodes(quads, base))


def read_with_nodes(
    quads: Iterable[Quad], base: str = DEFAULT_BASE
) -> Iterator[tuple[Extraction, dict[str, tuple[str, int]]]]:
    """As :func:`read_extractions`, each with the kind ("acts") and number of its facts by their IRIs."""
    articles = f"{base}graph/article/"
    for graph, own in groupby(quads, key=lambda quad: quad.graph_name):
        if isinstance(graph, NamedNode) and graph.value.startswith(articles):
            reader = _Reader(own, base)
            yield reader.extraction(graph), reader.numbers


def iri_of(_: Extraction, entity: Entity) -> tuple[str, str | None]:
    """IRI and English name of an entity of :func:`read_extractions`."""
    return entity.id, entity.en


class _Reader:
    """One article's graph by subject and predicate."""

    def __init__(self, quads: Iterable[Quad], base: str) -> None:
        self.base = base
        self.numbers: dict[str, tuple[str, int]] = {}
        self.values: defaultdict[str, defaultdict[NamedNode, list[object]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.of_type: defaultdict[NamedNode, list[str]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                self.values[quad.subject.value][quad.predicate].append(quad.object)
                if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode):
                    self.of_type[quad.object].append(quad.subject.value)

    def nodes(self, node: str, name: str) -> tuple[str, ...]:
        return tuple(o.value for o in self.values[node][dip(name)] if isinstance(o, NamedNode))

    def node(self, node: str, name: str) -> str | None:
        return next(iter(self.nodes(node, name)), None)

    def text(self, node: str, predicate: NamedNode) -> str | None:
        texts = (o.value for o in self.values[node][predicate] if isinstance(o, Literal))
        return next(texts, None)

    def number(self, node: str, name: str) -> int:
        return int(self.text(node, dip(name)) or 0)

    def extraction(self, graph: NamedNode) -> Extraction:
        article = next(iter(self.of_type[dip("Article")]), graph.value)
        own = Article(
            id=self.text(article, IDENTIFIER) or graph.value,
            title=self.text(article, dip("headline")) or "",
            text="",
            lang=self.text(article, IN_LANGUAGE) or "ar",
            source=self.text(article, dip("publisher")),
            date=self.text(article, dip("published")),
            place=self.text(article, dip("dateline")),
            sha256=self.text(article, dip("sha256")) or "",
        )
        return Extraction(
            own,
            entities=tuple(self._entities()),
            roles=self._facts("RoleHolding", "roles", self._role),
            acts=self._facts("Act", "acts", self._act),
            statements=self._facts("Statement", "statements", self._statement),
            treaties=self._facts("TreatyFact", "treaties", self._treaty),
            events=self._facts("EventFact", "events", self._event),
        )

    def _facts(self, cls: str, kind: str, read: Callable[[str], Fact | None]) -> tuple[Fact, ...]:
        """Facts of a class in the order of the text."""
        found = [(node, read(node)) for node in self.of_type[dip(cls)]]
        facts = [(fact.evidence.span.start, node, fact) for node, fact in found if fact is not None]
        facts.sort(key=lambda item: item[:2])
        self.numbers.update((node, (kind, number)) for number, (_, node, _) in enumerate(facts))
        return tuple(fact for _, _, fact in facts)

    def _entities(self) -> Iterator[Entity]:
        event_types = {
            event: self._event_type(node)
            for node in self.of_type[dip("EventFact")]
            for event in self.nodes(node, "event")
        }
        found = ((node, kind) for cls, kind in _TYPES.items() for node in self.of_type[cls])
        for node, kind in sorted(found):
            labels = [o for o in self.values[node][RDFS_LABEL] if isinstance(o, Literal)]
            given = next((o.value for o in labels if o.language == "en"), None)
            name = next((o.value for o in labels if o.language != "en"), None) or given or node
            others = [o for o in self.values[node][ALT_LABEL] if isinstance(o, Literal)]
            spelled = {o.value for o in others if (o.language or "").lower() == MACHINE_SPELLED.lower()}
            forms = sorted(o.value for o in others if o.value not in spelled)
            mentions = tuple(Mention(Span(0, 0, form)) for form in forms)
            # What a machine spelled is no English name.
            english = None if given in spelled or given == name else given
            slug = node.removeprefix(self.base)
            link = slug if slug in known_slugs() else None
            yield Entity(node, kind, name, english, mentions, link, event_types.get(node))

    def _event_type(self, node: str) -> str:
        return (self.node(node, "eventType") or "OTHER").removeprefix(PLOVER_NS)

    def _evidence(self, node: str) -> Evidence:
        proof = self.node(node, "evidence") or ""
        begin, end = self.number(proof, "beginIndex"), self.number(proof, "endIndex")
        return Evidence(Span(begin, end, self.text(proof, dip("sentence")) or ""))

    def _words(self, node: str, name: str, evidence: Evidence) -> Span | None:
        """Words of a fact, with their place in the evidence; at its beginning if they are not in it."""
        words = self.text(node, dip(name))
        if words is None:
            return None
        begin = evidence.span.start + max(evidence.span.text.find(words), 0)
        return Span(begin, begin + len(words), words)

    def _confidence(self, node: str) -> float:
        return float(self.text(node, dip("confidence")) or 1)

    def _method(self, node: str) -> str:
        return self.text(self.node(node, "method") or "", RDFS_LABEL) or ""

    def _flag(self, node: str, name: str) -> bool:
        return self.text(node, dip(name)) == "true"

    def _date(self, node: str, name: str = "date") -> str | None:
        return self.text(node, dip(name))

    def _role(self, node: str) -> Role | None:
        person, role = self.node(node, "holder"), self.node(node, "role")
        if person is None or role is None or NamedNode(role) not in _ROLES:
            return None
        return Role(
            person,
            _ROLES[NamedNode(role)],
            self.node(node, "heldIn"),
            self.text(node, dip("title")) or "",
            self._evidence(node),
            self._flag(node, "former"),
            self._confidence(node),
            self._method(node),
        )

    def _act(self, node: str) -> Act | None:
        predicate, actors = self.node(node, "predicate"), self.nodes(node, "actor")
        if predicate is None or NamedNode(predicate) not in _PREDICATES or not actors:
            return None
        evidence = self._evidence(node)
        begin, end = self.number(node, "triggerBegin"), self.number(node, "triggerEnd")
        return Act(
            _PREDICATES[NamedNode(predicate)],
            Span(begin, end, self.text(node, dip("trigger")) or ""),
            actors,
            self.nodes(node, "target"),
            evidence,
            object=self._words(node, "objectText", evidence),
            negated=self._flag(node, "negated"),
            modality=cast(Modality, self.text(node, dip("modality")) or "asserted"),
            source=self.node(node, "source"),
            date=self._date(node),
            place=self.node(node, "place"),
            confidence=self._confidence(node),
            method=self._method(node),
        )

    def _statement(self, node: str) -> Statement | None:
        evidence = self._evidence(node)
        speaker, content = self.node(node, "speaker"), self._words(node, "content", evidence)
        if speaker is None or content is None:
            return None
        return Statement(
            speaker,
            content,
            evidence,
            self.node(node, "addressee"),
            self._flag(node, "direct"),
            self._date(node),
            self._confidence(node),
            self._method(node),
        )

    def _treaty(self, node: str) -> Treaty | None:
        treaty = self.node(node, "treaty")
        if treaty is None:
            return None
        return Treaty(
            treaty,
            self.nodes(node, "party"),
            self._evidence(node),
            self._date(node, "signedOn"),
            self.text(node, dip("duration")),
            self._confidence(node),
            self._method(node),
        )

    def _event(self, node: str) -> Event | None:
        event = self.node(node, "event")
        if event is None:
            return None
        return Event(
            event,
            self._event_type(node),
            self._evidence(node),
            self.nodes(node, "agent"),
            self.nodes(node, "patient"),
            self.node(node, "place"),
            self._date(node),
            self._confidence(node),
            self._method(node),
        )
