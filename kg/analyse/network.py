"""Merge extractions into one networkx graph of entities, with the proof on every edge.

Nodes are entities merged by IRI. Edges are of four kinds: ``act`` (actor → target), ``role``
(person → body), ``treaty`` (party → treaty) and ``event`` (participant → event → who suffers it,
event → place). All facts with the same subject, predicate and object share one edge and are listed
there as :class:`Proof`; what the text says did not happen gets an edge of its own, so that a denial
is never counted as the deed. Statements, and facts that have no second entity, stay with their node.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import networkx as nx

from kg.link.across.claims import Contest, Fact
from kg.link.across.opposites import all_contests
from kg.model import FACT_KINDS, PLOVER, SYMMETRIC, Act, Entity, Evidence, Extraction, Modality, Span
from kg.rdf.vocabulary import quad_class

Namer = Callable[[Extraction, Entity], tuple[str, str | None]]
"""Gives IRI and English name, if there is one, of an entity."""

_CERTAINTY: dict[Modality, int] = {"asserted": 0, "future": 1, "hypothetical": 2}


@dataclass(frozen=True, slots=True)
class Proof:
    """One fact as one article tells it.

    Attributes:
        sentence: Evidence text, exactly as in the article.
        begin: Character offset of the sentence in the article's full text; ``end`` is exclusive.
        trigger: Words that express an act, with their offsets in the full text; None for other kinds.
        article: Id of the article; ``headline``, ``publisher`` and ``published`` are its own.
        date: When it happened, ISO, or None.
        source: IRI of the entity on whose word the article rests, or None.
        place: IRI of the place, or None.
        detail: Exact words beside the entities: an act's object, a role's title, a treaty's duration.
        former: True for a role that is no longer held.
        marks: Where the sentence names the fact's participants: part ("actor", "target", "object",
            "source", "place"), begin and end in the full text.
        number: Place of an act or a statement among those of its article; None for other kinds.
    """

    sentence: str
    begin: int
    end: int
    article: str
    headline: str
    publisher: str | None
    published: str | None
    confidence: float
    trigger: str | None = None
    trigger_begin: int | None = None
    trigger_end: int | None = None
    date: str | None = None
    modality: Modality = "asserted"
    negated: bool = False
    source: str | None = None
    place: str | None = None
    detail: str | None = None
    former: bool = False
    marks: tuple[tuple[str, int, int], ...] = ()
    number: int | None = field(default=None, compare=False)

    @property
    def order(self) -> tuple[str, str, int, int, str]:
        """Sort key: oldest publication first, then the order of the text."""
        return (self.published or "", self.article, self.begin, self.trigger_begin or 0, self.detail or "")


@dataclass(frozen=True, slots=True)
class LoneFact:
    """A fact without a second entity: an act with only an object text, a role of no named body."""

    kind: str
    predicate: str
    proof: Proof
    plover: str | None = None
    quad: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement at its speaker's node; ``addressee`` is an IRI or None."""

    content: str
    direct: bool
    proof: Proof
    addressee: str | None = None


@dataclass(slots=True)
class _Node:
    ar: Counter[str] = field(default_factory=Counter)
    en: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    event_types: set[str] = field(default_factory=set)
    mentions: int = 0
    lone: list[LoneFact] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


_Edge = tuple[str, str, str, str, bool]  # subject, object, kind, predicate, negated


class _Merger:
    def __init__(self, name: Namer) -> None:
        self.name = name
        self.nodes: dict[str, _Node] = {}
        self.edges: dict[_Edge, list[Proof]] = {}
        self.articles: set[str] = set()
        self.facts = 0

    def add(self, extraction: Extraction) -> None:
        self.articles.add(extraction.article.id)
        self.facts += sum(len(getattr(extraction, kind)) for kind in FACT_KINDS)
        iris = {entity.id: self._entity(extraction, entity) for entity in extraction.entities}

        def iri(entity_id: str | None) -> str | None:
            return iris[entity_id] if entity_id is not None else None

        for role in extraction.roles:
            proof = _proof(
                extraction,
                role.evidence,
                role.confidence,
                detail=role.title or None,
                former=role.former,
                marks=_marks(extraction, role.evidence, actor=(role.person,), target=(role.of,)),
            )
            self._link(iris[role.person], iri(role.of), "role", role.role, proof)
        for number, act in enumerate(extraction.acts):
            self._act(extraction, act, number, iris)
        for treaty in extraction.treaties:
            proof = _proof(
                extraction,
                treaty.evidence,
                treaty.confidence,
                date=treaty.signed,
                detail=treaty.duration,
                marks=_marks(extraction, treaty.evidence, actor=treaty.parties, target=(treaty.treaty,)),
            )
            for party in treaty.parties:
                self._link(iris[party], iris[treaty.treaty], "treaty", "party_to", proof)
        for event in extraction.events:
            proof = _proof(
                extraction,
                event.evidence,
                event.confidence,
                date=event.date,
                place=iri(event.place),
                marks=_marks(
                    extraction,
                    event.evidence,
                    actor=event.agents,
                    target=(event.event, *event.patients),
                    place=(event.place,),
                ),
            )
            for agent in event.agents:
                self._link(iris[agent], iris[event.event], "event", "agent", proof)
            for patient in event.patients:
                self._link(iris[event.event], iris[patient], "event", "patient", proof)
            if event.place is not None:
                self._link(iris[event.event], iris[event.place], "event", "place", proof)
        for number, statement in enumerate(extraction.statements):
            proof = _proof(
                extraction,
                statement.evidence,
                statement.confidence,
                date=statement.date,
                number=number,
                marks=_marks(
                    extraction,
                    statement.evidence,
                    statement.content,
                    actor=(statement.speaker,),
                    target=(statement.addressee,),
                ),
            )
            said = Said(statement.content.text, statement.direct, proof, iri(statement.addressee))
            self.nodes[iris[statement.speaker]].said.append(said)

    def _entity(self, extraction: Extraction, entity: Entity) -> str:
        iri, english = self.name(extraction, entity)
        node = self.nodes.setdefault(iri, _Node())
        weight = 1 + len(entity.mentions)
        node.ar[entity.name] += weight
        if english:
            node.en[english] += weight
        node.types[entity.type] += weight
        node.names.update((entity.name, *entity.surfaces("name")))
        node.articles.add(extraction.article.id)
        node.mentions += len(entity.mentions)
        if entity.link:
            node.links.add(entity.link)
        if entity.event_type:
            node.event_types.add(entity.event_type)
        return iri

    def _act(self, extraction: Extraction, act: Act, number: int, iris: dict[str, str]) -> None:
        proof = _proof(
            extraction,
            act.evidence,
            act.confidence,
            trigger=act.trigger,
            date=act.date,
            modality=act.modality,
            negated=act.negated,
            source=iris[act.source] if act.source is not None else None,
            place=iris[act.place] if act.place is not None else None,
            detail=act.object.text if act.object is not None else None,
            number=number,
            marks=_marks(
                extraction,
                act.evidence,
                act.object,
                actor=act.actors,
                target=act.targets,
                source=(act.source,),
                place=(act.place,),
            ),
        )
        if act.targets:
            pairs = [(iris[a], iris[t]) for a in act.actors for t in act.targets]
        elif act.predicate in SYMMETRIC and len(act.actors) > 1:
            # "A and B met" names no target: each of them met the others.
            pairs = list(combinations([iris[a] for a in act.actors], 2))
        else:
            for actor in act.actors:
                self._link(iris[actor], None, "act", act.predicate, proof)
            return
        for actor, target in pairs:
            self._link(actor, target, "act", act.predicate, proof)

    def _link(self, subject: str, target: str | None, kind: str, predicate: str, proof: Proof) -> None:
        if target is None or target == subject:
            fact = LoneFact(kind, predicate, proof, *_plover_and_quad(kind, predicate))
            self.nodes[subject].lone.append(fact)
        else:
            self.edges.setdefault((subject, target, kind, predicate, proof.negated), []).append(proof)

    def fold_symmetric(self) -> None:
        """Let "A meets B" and "B meets A" share the edge that has more proofs (else the smaller IRI's)."""
        for edge in sorted(self.edges):
            subject, target, kind, predicate, negated = edge
            mirror = (target, subject, kind, predicate, negated)
            if kind != "act" or predicate not in SYMMETRIC or edge not in self.edges:
                continue
            if mirror in self.edges and len(self.edges[mirror]) <= len(self.edges[edge]):
                self.edges[edge].extend(self.edges.pop(mirror))

    def graph(self) -> nx.MultiDiGraph[str]:
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(articles=len(self.articles), facts=self.facts)
        distinct = {edge: _distinct(proofs) for edge, proofs in sorted(self.edges.items())}
        counts: Counter[str] = Counter()
        for (subject, target, *_), proofs in distinct.items():
            counts[subject] += len(proofs)
            counts[target] += len(proofs)
        for iri in sorted(self.nodes):
            node = self.nodes[iri]
            lone = sorted(set(node.lone), key=lambda fact: (fact.proof.order, fact.kind, fact.predicate))
            said = sorted(set(node.said), key=lambda one: (one.proof.order, one.content))
            graph.add_node(
                iri,
                label_ar=_commonest(node.ar),
                label_en=_commonest(node.en) if node.en else None,
                type=_commonest(node.types),
                link=min(node.links, default=None),
                event_type=min(node.event_types, default=None),
                names=tuple(sorted(node.names)),
                mentions=node.mentions,
                articles=len(node.articles),
                facts=counts[iri] + len(lone) + len(said),
                lone=tuple(lone),
                said=tuple(said),
            )
        for (subject, target, kind, predicate, negated), proofs in distinct.items():
            plover, quad = _plover_and_quad(kind, predicate)
            graph.add_edge(
                subject,
                target,
                key=f"{kind}:{'not-' if negated else ''}{predicate}",
                kind=kind,
                predicate=predicate,
                plover=plover,
                quad=quad,
                negated=negated,
                modality=min((proof.modality for proof in proofs), key=_CERTAINTY.__getitem__),
                reported=all(proof.source is not None for proof in proofs),
                symmetric=kind == "act" and predicate in SYMMETRIC,
                confidence=max(proof.confidence for proof in proofs),
                dates=tuple(sorted({proof.date for proof in proofs if proof.date})),
                proofs=proofs,
            )
        return graph


def build_network(
    extractions: Iterable[Extraction], name: Namer, contests: Iterable[tuple[Fact, Fact]] | None = None
) -> nx.MultiDiGraph[str]:
    """Merge extractions into one directed multigraph; the order of the input does not matter.

    Args:
        extractions: Extracted articles.
        name: Gives IRI and English name of an entity of an extraction; entities with one IRI become
            one node.
        contests: Pairs of a claim and its denial, the surest first; None = find them in the texts.

    Returns:
        A graph whose nodes carry ``label_ar``, ``label_en`` (or None), ``type``, ``link``,
        ``event_type``, ``names``, ``mentions``, ``articles``, ``facts`` (counts), ``lone``
        (:class:`LoneFact`) and ``said`` (:class:`Said`); whose edges, keyed ``kind:predicate`` or
        ``kind:not-predicate``, carry ``kind``, ``predicate``, ``plover`` and ``quad`` (None but for
        acts), ``negated``, ``modality`` (the firmest of the proofs), ``reported`` (True when every
        proof rests on somebody's word), ``symmetric``, ``confidence`` (the highest), ``dates`` and
        ``proofs`` (:class:`Proof`). ``graph.graph`` counts ``articles`` and ``facts``, and holds as
        ``contests`` the pairs of a claim and its denial, of :data:`~kg.link.across.claims.Fact` each,
        the surest first.
    """
    merger, every = _Merger(name), list(extractions)
    for extraction in every:
        merger.add(extraction)
    merger.fold_symmetric()
    graph = merger.graph()
    graph.graph["contests"] = tuple(_contests(every, name) if contests is None else contests)
    return graph


def _contests(extractions: Sequence[Extraction], name: Namer) -> Iterable[tuple[Fact, Fact]]:
    """Claims with their denials; where nobody is named, the article is the voice."""
    by_id = {extraction.article.id: extraction for extraction in extractions}

    def voice(article: str, entity: str) -> str:
        return name(by_id[article], by_id[article].by_id[entity])[0] if entity else article

    def sides(contest: Contest) -> tuple[str | Fact, str | Fact, str | Fact, str | Fact]:
        return contest.claim, contest.denial, voice(*contest.claimant), voice(*contest.denier)

    found = sorted(all_contests(extractions, sides).values(), key=lambda one: -one.score)
    return dict.fromkeys((contest.claim, contest.denial) for contest in found)


def _plover_and_quad(kind: str, predicate: str) -> tuple[str | None, str | None]:
    """PLOVER type and quad class of an act (ACCUSE, verbal_conflict); None of other facts."""
    plover = PLOVER.get(predicate) if kind == "act" else None
    return plover, quad_class(plover) if plover else None


def _proof(
    extraction: Extraction,
    evidence: Evidence,
    confidence: float,
    *,
    trigger: Span | None = None,
    date: str | None = None,
    modality: Modality = "asserted",
    negated: bool = False,
    source: str | None = None,
    place: str | None = None,
    detail: str | None = None,
    former: bool = False,
    marks: tuple[tuple[str, int, int], ...] = (),
    number: int | None = None,
) -> Proof:
    article = extraction.article
    proof = Proof(
        sentence=evidence.span.text,
        begin=evidence.span.start,
        end=evidence.span.end,
        article=article.id,
        headline=article.title,
        publisher=article.source,
        published=article.date,
        confidence=confidence,
        date=date,
        modality=modality,
        negated=negated,
        source=source,
        place=place,
        detail=detail,
        former=former,
        marks=marks,
        number=number,
    )
    if trigger is None:
        return proof
    return replace(proof, trigger=trigger.text, trigger_begin=trigger.start, trigger_end=trigger.end)


def _marks(
    extraction: Extraction, evidence: Evidence, content: Span | None = None, **parts: Iterable[str | None]
) -> tuple[tuple[str, int, int], ...]:
    """Where a sentence names the participants of a fact, in the order of the text."""
    spans = {
        (part, mention.span.start, mention.span.end)
        for part, ids in parts.items()
        for one in ids
        if one is not None
        for mention in extraction.by_id[one].mentions
    }
    if content is not None:
        spans.add(("object", content.start, content.end))
    inside = (m for m in spans if evidence.span.start <= m[1] and m[2] <= evidence.span.end)
    return tuple(sorted(inside, key=lambda mark: (mark[1], -mark[2], mark[0])))


def _distinct(proofs: list[Proof]) -> tuple[Proof, ...]:
    """The proofs in reading order; a fact told twice by the same words of an article counts once."""
    kept: dict[tuple[str, int, int | None, str | None], Proof] = {}
    for proof in sorted(proofs, key=lambda one: (-one.confidence, one.source or "", one.date or "")):
        kept.setdefault((proof.article, proof.begin, proof.trigger_begin, proof.detail), proof)
    return tuple(sorted(kept.values(), key=lambda one: one.order))


def _commonest(counter: Counter[str]) -> str:
    """The most frequent key; the alphabetically first of equals."""
    return min(counter, key=lambda key: (-counter[key], key))
