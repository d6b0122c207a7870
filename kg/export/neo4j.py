"""CSV files for ``neo4j-admin database import``."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.property_graph import Column, Plain, PropertyGraph, columns, property_graph, values_of
from kg.export.tables import fresh_folder
from kg.rdf.vocabulary import shorten

if TYPE_CHECKING:
    from pyoxigraph import Quad

NODES, RELATIONSHIPS, SCRIPT = "nodes.csv", "relationships.csv", "import.sh"
DELIMITER = "\x1f"
"""Between the values of a list: the unit separator, which no text of the graph may contain."""
_TYPES = {"text": "string", "when": "string", "integer": "long", "decimal": "double", "boolean": "boolean"}
_IMPORT = f"""#!/bin/sh
# Run here, on the machine of the database, while it is stopped: sh {SCRIPT} [database]
neo4j-admin database import full "${{1:-neo4j}}" \\
  --nodes={NODES} --relationships={RELATIONSHIPS} \\
  --array-delimiter=U+001F --multiline-fields=true --overwrite-destination=true
"""


def write_neo4j(quads: Sequence[Quad], path: Path, base: str) -> None:
    """Write a folder with nodes, relationships and the command that imports them.

    A node has its IRI, its classes as labels and its values as typed properties. A relationship has as
    its type the property's CURIE with an underscore (``dip_condemns``), the property's IRI, and the
    graphs in which it stands.
    """
    graph = property_graph(quads, base)
    fresh_folder(path, SCRIPT)
    table = columns(graph.nodes.values())
    for name, rows in ((NODES, _nodes(graph, table)), (RELATIONSHIPS, _relationships(graph, base))):
        with (path / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)
    (path / SCRIPT).write_text(_IMPORT, encoding="utf-8", newline="\n")


def header(column: Column) -> str:
    """Head of a column of values: its name and type."""
    return f"{column.name}:{_TYPES[column.kind]}{'[]' if column.many else ''}"


def _nodes(graph: PropertyGraph, table: list[Column]) -> Iterator[list[str]]:
    yield ["iri:ID", ":LABEL", *map(header, table)]
    for node in graph.nodes.values():
        cells = [[_text(c.plain(v)) for v in values_of(node, c)] for c in table]
        yield [node.iri, DELIMITER.join(node.kinds), *(DELIMITER.join(own) for own in cells)]


def _text(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).replace(DELIMITER, " ")


def _relationships(graph: PropertyGraph, base: str) -> Iterator[list[str]]:
    yield [":START_ID", ":END_ID", ":TYPE", "property", "graphs:string[]"]
    for edge in graph.edges:
        kind = shorten(edge.property, base).replace(":", "_", 1)
        yield [edge.start, edge.end, kind, edge.property, DELIMITER.join(edge.graphs)]
