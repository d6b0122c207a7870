"""The gate in front of the graph, and the full SHACL report.

:func:`gate` checks one article in a build: what breaks a shape is kept out and reported with node,
rule and sentence. :func:`report` runs pySHACL over a finished graph for ``kg validate``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from kg.errors import KgError
from kg.model import FACT_KINDS, Extraction
from kg.rdf.background import NO_BACKGROUND, Background
from kg.rdf.build import article_quads, fact_nodes
from kg.rdf.iri import evidence_iri, name_things
from kg.rdf.shacl import Index, index_quads, violations
from kg.rdf.vocabulary import DEFAULT_BASE, SHAPES_NS, dip, ontology_path


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was kept out of the graph.

    Attributes:
        article: Id of the article; empty in a report on a whole graph.
        node: IRI of the node.
        rule: Local name of the shape that it breaks (``factEvidence``).
        message: What the rule asks for, in English.
        message_ar: The same in Arabic.
        value: The offending value, or None.
        sentence: The evidence sentence, or the words closest to one; empty if there are none.
    """

    article: str
    node: str
    rule: str
    message: str
    message_ar: str
    value: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Gated:
    """What the gate let through of one article.

    Attributes:
        extraction: The extraction without the entities and facts that were rejected.
        quads: Its quads, in order.
        rejections: What was kept out, sorted.
    """

    extraction: Extraction
    quads: list[Quad]
    rejections: tuple[Rejection, ...]


def gate(extraction: Extraction, base: str = DEFAULT_BASE, background: Background = NO_BACKGROUND) -> Gated:
    """Build one article's quads and keep out all that breaks a shape.

    A fact goes where it breaks a shape itself, or its evidence or an entity that it names does. An
    article whose date is no date stays, without it.

    Args:
        extraction: One article's entities and facts.
        base: IRI under which things are named.
        background: Labels and Wikidata ids of linked entities.

    Raises:
        ConfigError: If the base is no usable IRI.
    """
    rejections: list[Rejection] = []
    quads = article_quads(extraction, base, background)
    while found := violations(index_quads(quads)):
        sentences = _sentences(extraction, base)
        rejections.extend(
            Rejection(
                extraction.article.id, v.node.value, v.shape, v.message, v.message_ar, v.value,
                sentences.get(v.node, ""),
            )
            for v in found
        )  # fmt: skip
        cleaned = _without(extraction, {v.node for v in found}, base)
        if cleaned == extraction:
            raise KgError(
                f"article {extraction.article.id}: {found[0].node.value} breaks {found[0].shape} "
                "and is no fact or entity that could be left out",
                "please report this with the article",
            )
        # Events and treaties take their names from facts: whatever remains is named anew.
        extraction = cleaned
        quads = article_quads(extraction, base, background)
    return Gated(extraction, quads, tuple(rejections))


def _without(extraction: Extraction, out: set[NamedNode], base: str) -> Extraction:
    """The extraction without the entities, facts and evidence of some nodes."""
    names = name_things(extraction, base)
    article = extraction.article
    kept = {
        id(item.fact)
        for item in fact_nodes(extraction, names)
        if item.node not in out and evidence_iri(names.article, item.fact.evidence.span) not in out
    }
    facts: dict[str, Any] = {
        kind: tuple(f for f in getattr(extraction, kind) if id(f) in kept) for kind in FACT_KINDS
    }
    return replace(
        extraction,
        article=replace(article, date=None) if names.article in out else article,
        entities=tuple(e for e in extraction.entities if names.entities[e.id] not in out),
        **facts,
    )


def _sentences(extraction: Extraction, base: str) -> dict[NamedNode, str]:
    """For each node of an article the sentence to show when it is rejected."""
    names = name_things(extraction, base)
    found: dict[NamedNode, str] = {names.article: extraction.article.title}
    for entity in extraction.entities:
        found[names.entities[entity.id]] = next((m.span.text for m in entity.mentions), entity.name)
    for item in fact_nodes(extraction, names):
        span = item.fact.evidence.span
        trigger = getattr(item.fact, "trigger", None) or getattr(item.fact, "content", None)
        found[item.node] = span.text or (trigger.text if trigger else "")
        found[evidence_iri(names.article, span)] = span.text
    return found


def report(quads: Iterable[Quad]) -> tuple[Rejection, ...]:
    """Validate a finished graph with pySHACL against the same shapes.

    Slow (about a second for a thousand quads); meant for ``kg validate``.

    Args:
        quads: Article graphs; graph names are dropped.

    Returns:
        What breaks a shape, sorted; empty if the graph conforms.
    """
    # Only needed here, and slow to import.
    from pyshacl import validate
    from rdflib import Graph
    from rdflib.namespace import SH
    from rdflib.term import Literal as RdfLiteral

    data = list(quads)
    index = index_quads(data)
    nquads = serialize({q.triple: None for q in data}, format=RdfFormat.N_TRIPLES)
    _conforms, results, _text = validate(
        Graph().parse(data=nquads or b"", format="nt"),
        shacl_graph=str(ontology_path("shapes")),
        ont_graph=str(ontology_path("diplomacy")),
        shacl_graph_format="turtle",
        ont_graph_format="turtle",
    )
    if not isinstance(results, Graph):
        raise TypeError("pySHACL gave no report graph")
    found = set()
    for result in results.subjects(SH.resultSeverity):
        node = NamedNode(str(results.value(result, SH.focusNode)))
        messages = {
            m.language: str(m) for m in results.objects(result, SH.resultMessage) if isinstance(m, RdfLiteral)
        }
        rule = str(results.value(result, SH.sourceShape)).removeprefix(SHAPES_NS)
        value = results.value(result, SH.value) if results.value(result, SH.resultPath) else None
        found.add(
            Rejection(
                "",
                node.value,
                rule,
                messages.get("en", ""),
                messages.get("ar", ""),
                None if value is None else str(value),
                _sentence_of(node, index),
            )
        )
    return tuple(sorted(found, key=lambda r: (r.node, r.rule, r.value or "")))


def _sentence_of(node: NamedNode, index: Index) -> str:
    own = index.get(node, {})
    for evidence in [node, *own.get(dip("evidence"), ())]:
        for sentence in index.get(evidence, {}).get(dip("sentence"), ()):
            return sentence.value
    return ""
