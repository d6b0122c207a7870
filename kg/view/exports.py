"""The graph for other tools: GraphML for Gephi and networkx, CSV tables for spreadsheets.

All three files are deterministic: the same network gives the same bytes. The tables are UTF-8 with a
byte order mark (Python's ``utf-8-sig``), without which Excel garbles Arabic; read them back with
that encoding. Cells that a spreadsheet would run as a formula get an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from kg.analyse.network import Proof
from kg.sheet import Cell, write_parts, write_table, xml_text
from kg.xmltext import GRAPHML_OPEN

ENTITY_COLUMNS = (
    "iri", "type", "name_ar", "name_en", "link", "event_type", "other_names", "mentions", "articles", "facts",
)  # fmt: skip
ACT_COLUMNS = (
    "actor", "actor_ar", "actor_en", "predicate", "plover", "quad", "target", "target_ar", "target_en",
    "object", "negated", "modality", "source", "source_ar", "date", "place", "confidence", "trigger",
    "trigger_begin", "trigger_end", "sentence", "begin", "end", "article", "headline", "publisher",
    "published",
)  # fmt: skip

_NODE_TYPES = {
    "label": "string", "label_en": "string", "type": "string", "link": "string", "event_type": "string",
    "names": "string", "mentions": "long", "articles": "long", "facts": "long", "statements": "long",
}  # fmt: skip
_EDGE_TYPES = {
    "label": "string", "kind": "string", "plover": "string", "quad": "string", "negated": "boolean",
    "reported": "boolean", "modality": "string", "confidence": "double", "weight": "long",
    "dates": "string", "articles": "string", "evidence": "string",
}  # fmt: skip


def write_graphml(network: nx.MultiDiGraph[str], path: Path) -> None:
    """Write the network as GraphML with flat attributes.

    Node ids are IRIs; edges are numbered ``e0, e1, …`` because Gephi wants their ids unique. ``label``
    is the Arabic name of a node and the predicate of an edge, ``weight`` the number of proofs, and
    ``evidence`` their distinct sentences, a line each. What is unknown is left out.

    Raises:
        InputError: The file cannot be written.
    """
    # networkx' own writer needs ten times as long and the whole tree in memory, and writes other bytes
    # where lxml happens to be installed.
    write_parts(path, _graphml(network))


def _graphml(network: nx.MultiDiGraph[str]) -> Iterator[str]:
    yield GRAPHML_OPEN
    for domain, columns in (("node", _NODE_TYPES), ("edge", _EDGE_TYPES)):
        for name, kind in columns.items():
            ident = f"{domain}_{name}"
            yield f' <key id="{ident}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield ' <graph edgedefault="directed">\n'
    for iri, data in network.nodes(data=True):
        yield f"  <node id={_quoted(iri)}>\n"
        yield from _data("node", _node_values(data))
        yield "  </node>\n"
    for i, (subject, target, data) in enumerate(network.edges(data=True)):
        yield f'  <edge id="e{i}" source={_quoted(subject)} target={_quoted(target)}>\n'
        yield from _data("edge", _edge_values(data))
        yield "  </edge>\n"
    yield " </graph>\n</graphml>\n"


def _node_values(data: Mapping[str, Any]) -> tuple[Cell | None, ...]:
    """Values in the order of the node columns."""
    return (
        data["label_ar"], data["label_en"], data["type"], data["link"], data["event_type"],
        " | ".join(data["names"]), data["mentions"], data["articles"], data["facts"], len(data["said"]),
    )  # fmt: skip


def _edge_values(data: Mapping[str, Any]) -> tuple[Cell | None, ...]:
    """Values in the order of the edge columns."""
    proofs: tuple[Proof, ...] = data["proofs"]
    return (
        data["predicate"], data["kind"], data["plover"], data["quad"], data["negated"], data["reported"],
        data["modality"], data["confidence"], len(proofs), " | ".join(data["dates"]),
        " | ".join(sorted({proof.article for proof in proofs})),
        "\n".join(dict.fromkeys(proof.sentence for proof in proofs)),
    )  # fmt: skip


def _data(domain: str, values: tuple[Cell | None, ...]) -> Iterator[str]:
    columns = _NODE_TYPES if domain == "node" else _EDGE_TYPES
    for name, value in zip(columns, values, strict=True):
        if value is not None:
            text = str(value).lower() if isinstance(value, bool) else escape(xml_text(str(value)))
            yield f'   <data key="{domain}_{name}">{text}</data>\n'


def _quoted(iri: str) -> str:
    return quoteattr(xml_text(iri))


def write_entities_csv(network: nx.MultiDiGraph[str], path: Path) -> None:
    """Write one row an entity with the columns :data:`ENTITY_COLUMNS`, sorted by IRI.

    Raises:
        InputError: The file cannot be written.
    """
    rows = (
        (
            iri,
            data["type"],
            data["label_ar"],
            data["label_en"],
            data["link"],
            data["event_type"],
            "|".join(name for name in data["names"] if name != data["label_ar"]),
            data["mentions"],
            data["articles"],
            data["facts"],
        )
        for iri, data in network.nodes(data=True)
    )
    write_table(path, ENTITY_COLUMNS, rows)


def write_acts_csv(network: nx.MultiDiGraph[str], path: Path) -> None:
    """Write one row for each actor, target and proof of an act, with the columns :data:`ACT_COLUMNS`.

    An act without a target has empty ``target`` columns and its exact words under ``object``. Rows
    are sorted by actor, then target, predicate and proof.

    Raises:
        InputError: The file cannot be written.
    """
    write_table(path, ACT_COLUMNS, _act_rows(network))


def _act_rows(network: nx.MultiDiGraph[str]) -> Iterator[tuple[Cell | None, ...]]:
    nodes: Mapping[str, Mapping[str, str | None]] = network.nodes

    def names(iri: str | None) -> tuple[str | None, str | None, str | None]:
        return (
            (iri, nodes[iri]["label_ar"], nodes[iri]["label_en"]) if iri is not None else (None, None, None)
        )

    for actor, data in network.nodes(data=True):
        acts: list[tuple[str | None, str, str | None, str | None, Proof]] = [
            (None, fact.predicate, fact.plover, fact.quad, fact.proof)
            for fact in data["lone"]
            if fact.kind == "act"
        ]
        for _, target, edge in network.out_edges(actor, data=True):
            if edge["kind"] == "act":
                acts += [
                    (target, edge["predicate"], edge["plover"], edge["quad"], proof)
                    for proof in edge["proofs"]
                ]
        for whom, predicate, plover, quad, proof in acts:
            yield (
                *names(actor), predicate, plover, quad, *names(whom),
                proof.detail, proof.negated, proof.modality, *names(proof.source)[:2],
                proof.date, proof.place,
                round(proof.confidence, 3), proof.trigger, proof.trigger_begin, proof.trigger_end,
                proof.sentence, proof.begin, proof.end,
                proof.article, proof.headline, proof.publisher, proof.published,
            )  # fmt: skip
