"""The analysis for other programs: GraphML, Gephi's GEXF, and tables for spreadsheets.

All files are deterministic. The graph files carry every attribute of :func:`kg.analyse.as_graph`, and of each
node its measures (:class:`kg.analyse.Standing`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from kg.analyse.analysis import Analysis
from kg.analyse.facts import ActFact
from kg.analyse.finding import Finding
from kg.analyse.phrase import words_of
from kg.analyse.stance import as_graph
from kg.analyse.standing import Standing
from kg.rdf.vocabulary import quad_class
from kg.sheet import Cell, write_parts, write_table, xml_text

Domain = Literal["node", "edge"]

_MEASURES = tuple(field.name for field in fields(Standing))
_KINDS = {str: "string", int: "long", float: "double", bool: "boolean"}

# Colour-blind safe: Okabe and Ito. One a bloc; grey for what is in none.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
GREY = "#8c8c8c"


def measured_graph(analysis: Analysis) -> nx.DiGraph[str]:
    """The stance network for networkx, with the measures of :class:`kg.analyse.Standing` on every node."""
    graph = as_graph(analysis.network, analysis.facts)
    for iri, standing in analysis.standings.items():
        values = {name: getattr(standing, name) for name in _MEASURES} | {"standing": standing.standing}
        graph.nodes[iri].update(
            {name: round(value, 6) if isinstance(value, float) else value for name, value in values.items()}
        )
    return graph


def write_graphml(graph: nx.DiGraph[str], path: Path) -> None:
    """Write a graph with scalar attributes as GraphML; None is left out.

    Raises:
        InputError: The file cannot be written.
    """
    write_parts(path, _graphml(graph))


def write_gexf(graph: nx.DiGraph[str], path: Path) -> None:
    """Write a graph as GEXF 1.3, which Gephi reads, with colours by bloc and sizes by strength.

    Raises:
        InputError: The file cannot be written.
    """
    write_parts(path, _gexf(graph))


def _columns(graph: nx.DiGraph[str], domain: Domain) -> dict[str, type]:
    """Attributes of nodes or edges with their types; a column of whole and other numbers is one of floats."""
    found: dict[str, type] = {}
    rows = (data for *_, data in (graph.nodes(data=True) if domain == "node" else graph.edges(data=True)))
    for data in rows:
        for name, value in data.items():
            if value is not None:
                kind = type(value)
                found[name] = float if {found.get(name, kind), kind} == {int, float} else kind
    return dict(sorted(found.items()))


def _graphml(graph: nx.DiGraph[str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    columns: dict[Domain, dict[str, type]] = {
        "node": _columns(graph, "node"),
        "edge": _columns(graph, "edge"),
    }
    for domain, names in columns.items():
        for name, kind in names.items():
            ident = f'id="{domain}_{name}" for="{domain}"'
            yield f' <key {ident} attr.name="{name}" attr.type="{_KINDS[kind]}"/>\n'
    yield ' <graph edgedefault="directed">\n'

    def data(domain: Domain, values: Mapping[str, Any]) -> Iterator[str]:
        for name in columns[domain]:
            if values.get(name) is not None:
                yield f'   <data key="{domain}_{name}">{escape(_text(values[name]))}</data>\n'

    for iri, values in graph.nodes(data=True):
        yield f"  <node id={_quoted(iri)}>\n"
        yield from data("node", values)
        yield "  </node>\n"
    for i, (actor, target, values) in enumerate(graph.edges(data=True)):
        yield f'  <edge id="e{i}" source={_quoted(actor)} target={_quoted(target)}>\n'
        yield from data("edge", values)
        yield "  </edge>\n"
    yield " </graph>\n</graphml>\n"


def _gexf(graph: nx.DiGraph[str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    yield ' <graph defaultedgetype="directed" mode="static">\n'
    columns: dict[Domain, dict[str, type]] = {
        "node": _columns(graph, "node"),
        "edge": _columns(graph, "edge"),
    }
    # Gephi's own weight must not be below 0: it is the strength; the signed one stands beside it.
    for domain, names in columns.items():
        yield f'  <attributes class="{domain}">\n'
        for name, kind in names.items():
            own = f"stance_{name}" if (domain, name) == ("edge", "weight") else name
            yield f'   <attribute id="{domain}_{name}" title="{own}" type="{_KINDS[kind]}"/>\n'
        yield "  </attributes>\n"

    def values(domain: Domain, of: Mapping[str, Any]) -> Iterator[str]:
        yield "    <attvalues>\n"
        for name in columns[domain]:
            if of.get(name) is not None:
                yield f'     <attvalue for="{domain}_{name}" value={_quoted(_text(of[name]))}/>\n'
        yield "    </attvalues>\n"

    strength = {iri: sum(d["strength"] for *_, d in graph.in_edges(iri, data=True)) for iri in graph}
    most = max(strength.values(), default=0) or 1
    yield "  <nodes>\n"
    for iri, of in graph.nodes(data=True):
        yield f"   <node id={_quoted(iri)} label={_quoted(str(of['label']))}>\n"
        yield from values("node", of)
        colour = colour_of(of.get("bloc")).lstrip("#")
        red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
        yield f'    <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
        yield f'    <viz:size value="{5 + 25 * strength[iri] / most:.2f}"/>\n   </node>\n'
    yield "  </nodes>\n  <edges>\n"
    for i, (actor, target, of) in enumerate(graph.edges(data=True)):
        ends = f"source={_quoted(actor)} target={_quoted(target)}"
        yield f'   <edge id="e{i}" {ends} weight="{of["strength"]}">\n'
        yield from values("edge", of)
        yield "   </edge>\n"
    yield "  </edges>\n </graph>\n</gexf>\n"


def colour_of(bloc: int | None) -> str:
    """Colour of a bloc, as #rrggbb."""
    return GREY if bloc is None else COLOURS[bloc % len(COLOURS)]


def _text(value: Cell) -> str:
    return str(value).lower() if isinstance(value, bool) else xml_text(str(value))


def _quoted(text: str) -> str:
    return quoteattr(xml_text(text))


def write_tables(analysis: Analysis, found: Iterable[Finding], folder: Path) -> None:
    """Write every result as a table of its own, and the findings as JSON, into a folder.

    Raises:
        InputError: A file cannot be written.
    """
    graph = measured_graph(analysis)
    for name, (columns, rows) in _tables(analysis, graph).items():
        write_table(folder / f"{name}.csv", columns, rows)
    write_graphml(graph, folder / "stances.graphml")
    write_gexf(graph, folder / "stances.gexf")
    records = [asdict(finding) for finding in found]
    text = json.dumps(records, ensure_ascii=False, indent=1)
    write_parts(folder / "findings.json", (text.encode("utf-8", "replace").decode(), "\n"))


TABLES = (
    "stances", "matrix", "changes", "parties", "blocs", "timeline", "reactions", "claims", "contested",
    "sources",
)  # fmt: skip
"""Names of the tables, each a CSV file."""

_Table = tuple[tuple[str, ...], Iterator[tuple[Cell | None, ...]]]


def _tables(analysis: Analysis, graph: nx.DiGraph[str]) -> dict[str, _Table]:
    facts = analysis.facts

    def who(iri: str) -> tuple[str, str, str]:
        return iri, facts.name(iri, "ar"), facts.name(iri, "en")

    def some(iris: Iterable[str], lang: str) -> str:
        return " | ".join(facts.name(iri, lang) for iri in iris)

    pair = ("actor", "actor_ar", "actor_en", "target", "target_ar", "target_en")
    edge_columns, node_columns = _columns(graph, "edge"), _columns(graph, "node")
    matrix = analysis.matrix
    return {
        "stances": (
            (*pair, *edge_columns),
            (
                (*who(a), *who(b), *(data.get(name) for name in edge_columns))
                for a, b, data in graph.edges(data=True)
            ),
        ),
        "matrix": (
            ("of", *(facts.name(column, "ar") for column in matrix.columns)),
            (
                (facts.name(row, "ar"), *(None if w is None else round(w, 4) for w in weights))
                for row, weights in zip(matrix.rows, matrix.weights(), strict=True)
            ),
        ),
        "changes": (
            (*pair, "turn", "before", "after", "difference"),
            (
                (
                    *who(c.actor),
                    *who(c.target),
                    c.turn,
                    round(c.before.weight, 4) if c.before else None,
                    round(c.after.weight, 4) if c.after else None,
                    round(c.difference, 4),
                )
                for c in analysis.changes
            ),
        ),
        "parties": (
            ("iri", *node_columns),
            ((iri, *(data.get(name) for name in node_columns)) for iri, data in graph.nodes(data=True)),
        ),
        "blocs": (
            ("blocs", "friction", "share", "stability", "bloc", "iri", "name_ar", "name_en"),
            (
                (size, round(p.friction, 4), round(p.share, 4), round(p.stability, 4), bloc + 1, *who(iri))
                for size, p in analysis.partitions.items()
                for iri, bloc in p.bloc.items()
            ),
        ),
        "timeline": (
            ("day", "plover", "quad", "acts"),
            (
                (analysis.timeline.day(i).isoformat(), kind, quad_class(kind), count)
                for i, day in enumerate(analysis.timeline.days)
                for kind, count in day.items()
            ),
        ),
        "reactions": (
            (
                "event",
                "event_ar",
                "event_en",
                "rank",
                "actor",
                "actor_ar",
                "actor_en",
                "predicate",
                "sign",
                "date",
                "days",
                "date_is_of_article",
                "confidence",
                "acts",
                "sentence",
                "article",
            ),
            (
                (
                    *who(event),
                    r.rank,
                    *who(r.actor),
                    r.act.predicate,
                    r.sign,
                    r.date,
                    r.days,
                    r.published,
                    round(r.confidence, 4),
                    len(r.acts),
                    r.act.quote.sentence,
                    r.act.quote.article,
                )
                for event, found in analysis.reactions.items()
                for r in found
            ),
        ),
        "claims": (
            (
                "who_ar",
                "who_en",
                "predicate",
                "whom_ar",
                "whom_en",
                "words",
                "single",
                "told_by",
                "publishers",
                "articles",
                "confidence",
                "sentence",
            ),
            (
                (
                    some(c.who, "ar"),
                    some(c.who, "en"),
                    c.predicate,
                    some(c.whom, "ar"),
                    some(c.whom, "en"),
                    c.words,
                    c.single,
                    some(c.told_by, "ar"),
                    " | ".join(c.outlets),
                    c.articles,
                    round(c.confidence, 4),
                    c.quotes[0].sentence,
                )
                for c in analysis.claims
            ),
        ),
        "contested": (
            (
                "rule",
                "score",
                "claimant_ar",
                "claimant_en",
                "claim",
                "claim_sentence",
                "claim_article",
                "denier_ar",
                "denier_en",
                "denied",
                "denial_sentence",
                "denial_article",
            ),
            (
                (
                    c.rule,
                    c.score,
                    facts.name(c.claimant, "ar"),
                    facts.name(c.claimant, "en"),
                    c.claim.predicate if isinstance(c.claim, ActFact) else "says",
                    c.claim.quote.sentence,
                    c.claim.quote.article,
                    facts.name(c.denier, "ar"),
                    facts.name(c.denier, "en"),
                    words_of(c.denial),
                    c.denial.quote.sentence,
                    c.denial.quote.article,
                )
                for c in facts.contests
            ),
        ),
        "sources": (
            ("source", "name_ar", "name_en", "claims", "contradicted", "share", "at_least", "by"),
            (
                (
                    *who(s.source),
                    s.claims,
                    s.contradicted,
                    round(s.share, 4),
                    round(s.at_least, 4),
                    some(s.by, "ar"),
                )
                for s in analysis.sources
            ),
        ),
    }
