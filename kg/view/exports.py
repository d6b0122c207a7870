"""The graph for other tools: GraphML for Gephi and networkx, CSV tables for spreadsheets.

All three files are deterministic: the same network gives the same bytes. The tables are UTF-8 with a
byte order mark (Python's ``utf-8-sig``), without which Excel garbles Arabic; read them back with
that encoding. Cells that a spreadsheet would run as a formula get an apostrophe in front.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from pathlib import Path

import networkx as nx

from kg.analyse.network import Proof
from kg.errors import InputError

Cell = str | int | float | bool

ENTITY_COLUMNS = (
    "iri", "type", "name_ar", "name_en", "link", "event_type", "other_names", "mentions", "articles", "facts",
)  # fmt: skip
ACT_COLUMNS = (
    "actor", "actor_ar", "actor_en", "predicate", "plover", "quad", "target", "target_ar", "target_en",
    "object", "negated", "modality", "source", "source_ar", "date", "place", "confidence", "trigger",
    "trigger_begin", "trigger_end", "sentence", "begin", "end", "article", "headline", "publisher",
    "published",
)  # fmt: skip

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


def write_graphml(network: nx.MultiDiGraph[str], path: Path) -> None:
    """Write the network as GraphML with flat attributes.

    Node ids are IRIs; edges are numbered ``e0, e1, …`` because Gephi wants their ids unique. ``label``
    is the Arabic name of a node and the predicate of an edge, ``weight`` the number of proofs, and
    ``evidence`` their distinct sentences, a line each. What is unknown is left out.

    Raises:
        InputError: The file cannot be written.
    """
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, data in network.nodes(data=True):
        flat.add_node(
            _xml(iri),
            **_known(
                label=data["label_ar"],
                label_en=data["label_en"],
                type=data["type"],
                link=data["link"],
                event_type=data["event_type"],
                names=" | ".join(data["names"]),
                mentions=data["mentions"],
                articles=data["articles"],
                facts=data["facts"],
                statements=len(data["said"]),
            ),
        )
    for i, (subject, target, data) in enumerate(network.edges(data=True)):
        proofs: tuple[Proof, ...] = data["proofs"]
        flat.add_edge(
            _xml(subject),
            _xml(target),
            key=f"e{i}",
            **_known(
                label=data["predicate"],
                kind=data["kind"],
                plover=data["plover"],
                quad=data["quad"],
                negated=data["negated"],
                reported=data["reported"],
                modality=data["modality"],
                confidence=data["confidence"],
                weight=len(proofs),
                dates=" | ".join(data["dates"]),
                articles=" | ".join(sorted({proof.article for proof in proofs})),
                evidence="\n".join(dict.fromkeys(proof.sentence for proof in proofs)),
            ),
        )
    buffer = BytesIO()
    # Not nx.write_graphml: that writes other bytes where lxml happens to be installed.
    nx.write_graphml_xml(flat, buffer, prettyprint=True)
    _write(path, buffer.getvalue())


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
    _table(path, ENTITY_COLUMNS, rows)


def write_acts_csv(network: nx.MultiDiGraph[str], path: Path) -> None:
    """Write one row for each actor, target and proof of an act, with the columns :data:`ACT_COLUMNS`.

    An act without a target has empty ``target`` columns and its exact words under ``object``. Rows
    are sorted by actor, then target, predicate and proof.

    Raises:
        InputError: The file cannot be written.
    """
    _table(path, ACT_COLUMNS, _act_rows(network))


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


def _table(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[Cell | None, ...]]) -> None:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    _write(path, text.getvalue().encode("utf-8-sig", "replace"))


def _cell(value: Cell | None) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        value = value.replace("\0", "")
        return f"'{value}" if _FORMULA.match(value) else value
    return value


def _known(**values: Cell | None) -> dict[str, Cell]:
    """The values that are there, fit for XML."""
    return {
        key: _xml(value) if isinstance(value, str) else value
        for key, value in values.items()
        if value is not None
    }


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise InputError(
            f"cannot write {path}: {error.strerror}", "name a file in a writable folder"
        ) from error
