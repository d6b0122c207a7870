"""Read the facts of a graph: from an output folder, a store, an rdflib ``Dataset`` or extractions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.analyse.facts import ActFact, Contest, EventFact, Facts, Quote, StatementFact, Thing, TreatyFact
from kg.data.tables import read_table
from kg.errors import StoreError
from kg.model import ENTITY_TYPES, EntityType, Extraction, Modality
from kg.rdf.background import known_background
from kg.rdf.build import article_quads, merged_quads
from kg.rdf.infer import derived_quads
from kg.rdf.iri import facts_graph
from kg.rdf.result import Queryable
from kg.rdf.unify import unify
from kg.rdf.vocabulary import DEFAULT_BASE, DIP, PLOVER_NS, class_of, role_property, speaking_roles
from kg.store import OxigraphStore, open_output

if TYPE_CHECKING:
    from rdflib import Dataset

Source: TypeAlias = "Facts | Path | str | Queryable | Dataset | Iterable[Extraction]"
"""What facts can be read from."""

_T = TypeVar("_T")
_TYPES: dict[str, EntityType] = {class_of(kind).value: kind for kind in ENTITY_TYPES}
# What is described in words instead of named has no English name in the tables: Arabic words in Latin
# letters would tell nobody anything, so they are quoted.
_DESCRIBED = frozenset({"EVENT", "GROUP", "TREATY"})
_HASHED = re.compile(r"-[0-9a-f]{8}$")
# One query a property, whatever the kind of the node: a single pattern is one walk along an index, where a
# join with the class looks every node up.
_VALUES = "SELECT ?node ?value WHERE {{ ?node {term} ?value }}"
_NODES = "SELECT DISTINCT ?node WHERE {{ ?node a dip:{kind} }}"
_LABELS = "SELECT ?node ?value WHERE { GRAPH ?facts { ?node rdfs:label ?value } }"
_ANY_LABELS = _VALUES.format(term="rdfs:label")
_CLASSES = "SELECT DISTINCT ?node ?value WHERE {{ VALUES ?value {{ {classes} }} ?node a ?value }}"


def read_facts(source: Source, base: str = DEFAULT_BASE) -> Facts:
    """The facts of a graph.

    Args:
        source: Output folder of a build or an RDF file; an open store; a ``Dataset`` such as
            :func:`kg.load` gives; extractions; or facts, which come back as they are.
        base: Base IRI that the build used, or under which extractions are named. A store has its own.

    Raises:
        StoreError: There is no graph, or it cannot be read.
    """
    if isinstance(source, Facts):
        return source
    if isinstance(source, Path | str):
        with open_output(Path(source), base) as store:
            return _Reader(store).facts()
    if hasattr(source, "namespace_manager"):
        return _Reader(_of_dataset(cast("Dataset", source), base)).facts()
    if hasattr(source, "base"):
        return _Reader(cast(Queryable, source)).facts()
    return _Reader(_of_extractions(source, base)).facts()


def _of_extractions(extractions: Iterable[Extraction], base: str) -> OxigraphStore:
    """The graph that a build makes of them, without what is inferred."""
    known, unified = known_background(), unify(list(extractions), base)
    named = unified.extractions
    store = OxigraphStore(None, base)
    for quads in chain(
        (article_quads(one, base, known) for one in named),
        (merged_quads(named, base, known), derived_quads(named, base, known), unified.quads),
    ):
        store.load(quads)
    return store


def _of_dataset(dataset: Dataset, base: str) -> OxigraphStore:
    """The store behind a dataset of :func:`kg.load`, else a copy of its quads."""
    named = dict(dataset.namespace_manager.namespaces())
    base = str(named.get("kg", base))
    inner = getattr(dataset.store, "_inner", None)
    if inner is not None:
        return OxigraphStore.around(inner, base)
    store = OxigraphStore(None, base)
    try:
        store.inner.bulk_load(dataset.serialize(format="nquads").encode(), RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"the dataset cannot be read: {error}", "give one that kg.load made") from error
    return store


class _Reader:
    """Reads one property after the other and puts the values together by node."""

    def __init__(self, store: Queryable) -> None:
        self.store = store
        self.known: dict[str, dict[str, list[str]]] = {}
        self.kinds: dict[str, list[str]] = {}
        self.quotes = self._evidence()

    def facts(self) -> Facts:
        things = self._things()
        acts = tuple(self._acts())
        statements = tuple(self._statements())
        return Facts(
            things=things,
            acts=acts,
            statements=statements,
            events=tuple(self._events()),
            treaties=tuple(self._treaties()),
            speaks=self._speaks(things, acts, statements),
            articles=len(self._nodes("Article")),
            contests=tuple(self._contests(acts, statements)),
        )

    def _rows(self, sparql: str) -> Iterable[tuple[str, str]]:
        for node, value in self.store.query(sparql).rows:
            if isinstance(node, NamedNode) and isinstance(value, NamedNode | Literal):
                yield node.value, value.value

    def _nodes(self, kind: str) -> list[str]:
        """Nodes of a class, sorted."""
        if kind not in self.kinds:
            rows = self.store.query(_NODES.format(kind=kind)).rows
            self.kinds[kind] = sorted({node.value for (node,) in rows if isinstance(node, NamedNode)})
        return self.kinds[kind]

    def _values(self, kind: str, name: str, prefix: str = "dip") -> dict[str, list[str]]:
        """Values of a property by node, each once and sorted, in sorted order of the nodes."""
        term = f"{prefix}:{name}"
        if term not in self.known:
            found = self.known[term] = {}
            for node, value in self._rows(_VALUES.format(term=term)):
                found.setdefault(node, []).append(value)
            for node, values in found.items():
                if len(values) > 1:
                    found[node] = sorted(set(values))
        known = self.known[term]
        return {node: known[node] for node in self._nodes(kind) if node in known}

    def _one(self, kind: str, name: str, prefix: str = "dip") -> dict[str, str]:
        return {node: values[0] for node, values in self._values(kind, name, prefix).items()}

    def _things(self) -> dict[str, Thing]:
        classes = " ".join(f"<{one}>" for one in _TYPES)
        types: dict[str, EntityType] = {}
        for iri, kind in self._rows(_CLASSES.format(classes=classes)):
            types[iri] = min(types.get(iri, _TYPES[kind]), _TYPES[kind])
        kinds = dict(sorted(types.items()))
        names: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for sparql in (_LABELS, _ANY_LABELS):
            rows = self.store.query(sparql, {"facts": facts_graph(self.store.base)}).rows
            for node, label in sorted(rows, key=str):
                if isinstance(node, NamedNode) and isinstance(label, Literal) and node.value in kinds:
                    names[node.value].setdefault("en" if label.language == "en" else "ar", label.value)

        def thing(iri: str) -> Thing:
            own, spare = names[iri], iri.rpartition("/")[2]
            arabic = own.get("ar") or own.get("en", spare)
            english = own.get("en") or arabic
            if kinds[iri] in _DESCRIBED and _HASHED.search(iri):
                english = f"“{arabic}”"
            return Thing(iri, kinds[iri], arabic, english)

        return {iri: thing(iri) for iri in kinds}

    def _evidence(self) -> dict[str, Quote]:
        def of_article(name: str) -> dict[str, str]:
            return self._one("Article", name)

        headline, publisher, published = map(of_article, ("headline", "publisher", "published"))
        idents = self._one("Article", "identifier", "dcterms")
        begin, end, article = (self._one("Evidence", name) for name in ("beginIndex", "endIndex", "article"))
        return {
            node: Quote(
                sentence,
                int(begin.get(node, 0)),
                int(end.get(node, len(sentence))),
                idents.get(source := article.get(node, ""), source),
                headline.get(source, ""),
                publisher.get(source),
                published.get(source),
            )
            for node, sentence in self._one("Evidence", "sentence").items()
        }

    def _facts_of(self, kind: str, make: Callable[[str, Quote, float], _T]) -> Iterable[_T]:
        """Facts of a kind that have evidence, with their confidence."""
        confidence = self._one(kind, "confidence")
        for node, evidence in self._one(kind, "evidence").items():
            if quote := self.quotes.get(evidence):
                yield make(node, quote, float(confidence.get(node, 1.0)))

    def _acts(self) -> Iterable[ActFact]:
        many = {name: self._values("Act", name) for name in ("actor", "target", "onBehalfOf")}
        one = {
            name: self._one("Act", name)
            for name in (
                "predicate", "negated", "modality", "source", "date", "objectText", "trigger", "triggerBegin",
            )
        }  # fmt: skip

        def make(node: str, quote: Quote, confidence: float) -> ActFact:
            begin = one["triggerBegin"].get(node)
            return ActFact(
                iri=node,
                predicate=one["predicate"].get(node, "").removeprefix(DIP),
                actors=tuple(many["actor"].get(node, ())),
                targets=tuple(many["target"].get(node, ())),
                quote=replace(
                    quote,
                    trigger=one["trigger"].get(node),
                    trigger_begin=None if begin is None else int(begin),
                ),
                negated=one["negated"].get(node) == "true",
                modality=cast(Modality, one["modality"].get(node, "asserted")),
                source=one["source"].get(node),
                date=one["date"].get(node),
                words=one["objectText"].get(node),
                confidence=confidence,
                behalf=tuple(many["onBehalfOf"].get(node, ())),
            )

        return self._facts_of("Act", make)

    def _statements(self) -> Iterable[StatementFact]:
        one = {name: self._one("Statement", name) for name in ("speaker", "content", "direct", "date")}
        behalf = self._values("Statement", "onBehalfOf")

        def make(node: str, quote: Quote, confidence: float) -> StatementFact:
            return StatementFact(
                iri=node,
                speaker=one["speaker"].get(node, ""),
                content=one["content"].get(node, ""),
                quote=quote,
                direct=one["direct"].get(node) == "true",
                date=one["date"].get(node),
                confidence=confidence,
                behalf=tuple(behalf.get(node, ())),
            )

        return self._facts_of("Statement", make)

    def _events(self) -> Iterable[EventFact]:
        one = {name: self._one("EventFact", name) for name in ("event", "eventType", "date")}
        many = {name: self._values("EventFact", name) for name in ("agent", "patient")}

        def make(node: str, quote: Quote, confidence: float) -> EventFact:
            kind = one["eventType"].get(node)
            return EventFact(
                iri=node,
                event=one["event"].get(node, ""),
                quote=quote,
                kind=kind.removeprefix(PLOVER_NS) if kind else None,
                agents=tuple(many["agent"].get(node, ())),
                patients=tuple(many["patient"].get(node, ())),
                date=one["date"].get(node),
                confidence=confidence,
            )

        return self._facts_of("EventFact", make)

    def _treaties(self) -> Iterable[TreatyFact]:
        treaty, parties = self._one("TreatyFact", "treaty"), self._values("TreatyFact", "party")
        signed = self._one("TreatyFact", "signedOn")

        def make(node: str, quote: Quote, confidence: float) -> TreatyFact:
            return TreatyFact(
                node, treaty.get(node, ""), quote, tuple(parties.get(node, ())), signed.get(node), confidence
            )

        return self._facts_of("TreatyFact", make)

    def _contests(self, acts: Iterable[ActFact], statements: Iterable[StatementFact]) -> Iterable[Contest]:
        facts: dict[str, ActFact | StatementFact] = {act.iri: act for act in acts}
        facts |= {said.iri: said for said in statements}
        names = ("claim", "denial", "claimant", "denier", "contestRule", "contestScore")
        one = {name: self._one("Contest", name) for name in names}
        articles = set(self._nodes("Article"))
        found: list[tuple[str, Contest]] = []
        for node, claimed in one["claim"].items():
            claim, denial = facts.get(claimed), facts.get(one["denial"].get(node, ""))
            if claim is None or denial is None:
                continue
            claimant, denier = one["claimant"].get(node, ""), one["denier"].get(node, "")
            contest = Contest(
                rule=one["contestRule"].get(node, ""),
                score=float(one["contestScore"].get(node, 0)),
                claim=claim,
                claimant=claim.quote.outlet if claimant in articles else claimant,
                denial=denial,
                denier=denial.quote.outlet if denier in articles else denier,
            )
            found.append((node, contest))
        found.sort(key=lambda item: (-item[1].score, item[1].claim.iri, item[1].denial.iri, item[0]))
        return [contest for _, contest in found]

    def _speaks(
        self,
        things: Mapping[str, Thing],
        acts: Iterable[ActFact],
        statements: Iterable[StatementFact],
    ) -> dict[str, str]:
        """For which state a person or body speaks, where all that is known agrees on one."""
        base = self.store.base
        bodies = {base + row["slug"]: base + row["state"] for row in read_table("bodies") if row["state"]}
        found: defaultdict[str, set[str]] = defaultdict(set)
        for iri in things:
            if iri in bodies:
                found[iri].add(bodies[iri])
        roles = {role_property(role).value for role in speaking_roles()}
        one = {name: self._one("RoleHolding", name) for name in ("holder", "role", "former", "heldIn")}
        for node, holder in one["holder"].items():
            of = one["heldIn"].get(node, "")
            state = bodies.get(of, of)
            is_state = state in things and things[state].type == "STATE"
            if is_state and one["former"].get(node) != "true" and one["role"].get(node) in roles:
                found[holder].add(state)
        for act in acts:
            if len(act.actors) == 1:
                found[act.actors[0]].update(act.behalf)
        for said in statements:
            found[said.speaker].update(said.behalf)
        return {
            iri: next(iter(states))
            for iri, states in sorted(found.items())
            if len(states) == 1 and iri not in states and states <= things.keys()
        }
