"""The graph as tables for pandas and its like: CSV files, or Parquet.

A table a kind of node (``Person``, ``Act``, ``Evidence``, …) with a column a property, one named
``edges`` with all merged and derived triples, and ``tables.json``, which says which property, language
and datatype a column stands for. A cell that may have several values is a list: a JSON list in CSV.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ConfigError, StoreError
from kg.export.property_graph import Column, Edge, Node, PropertyGraph, columns, property_graph, values_of

if TYPE_CHECKING:
    from pyoxigraph import Quad

SCHEMA = "tables.json"
EDGES = "edges"
"""Table of the triples that stand in no article's graph: the merged and the derived ones."""
_EDGE_COLUMNS = ("subject", "predicate", "object", "graphs")
Cell = str | int | float | bool | list[Any] | None


@dataclass(frozen=True, slots=True)
class Link:
    """A column of IRIs: what the nodes of a table are linked to by a property."""

    name: str
    property: str
    many: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows in the order of the columns ``iri``, ``kinds``, values, links."""

    name: str
    values: tuple[Column, ...]
    links: tuple[Link, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Names of all columns."""
        return ("iri", "kinds", *(c.name for c in self.values), *(link.name for link in self.links))


def tables(graph: PropertyGraph, base: str) -> Iterator[Table]:
    """A table a kind of node, sorted by name; a node of several kinds is in that of the first."""
    by_kind: defaultdict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes.values():
        by_kind[node.kinds[0]].append(node)
    ends: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in graph.edges:
        if in_article(edge, base):
            ends[edge.start, edge.property].append(edge.end)
    properties: defaultdict[str, set[str]] = defaultdict(set)
    for start, name in ends:
        properties[graph.nodes[start].kinds[0]].add(name)
    for kind, nodes in sorted(by_kind.items()):
        own = columns(nodes)
        taken = {"iri", "kinds", *(column.name for column in own)}
        links = []
        for name in sorted(properties[kind]):
            local = name.rpartition("#")[2].rpartition("/")[2]
            several = any(len(ends[node.iri, name]) > 1 for node in nodes)
            links.append(Link(f"{local}_iri" if local in taken else local, name, several))
        rows = tuple(
            (
                node.iri,
                list(node.kinds),
                *(_cell([c.plain(v) for v in values_of(node, c)], c.many) for c in own),
                *(_cell(list(ends[node.iri, link.property]), link.many) for link in links),
            )
            for node in nodes
        )
        yield Table(kind, tuple(own), tuple(links), rows)


def in_article(edge: Edge, base: str) -> bool:
    """Whether an article says it, so that it is in the table of its subject."""
    return any(graph.startswith(f"{base}graph/article/") or not graph for graph in edge.graphs)


def _cell(values: list[Any], many: bool) -> Cell:
    if many:
        return values
    return values[0] if values else None


def write_csv(quads: Sequence[Quad], path: Path, base: str) -> None:
    """Write a folder of CSV files (UTF-8, with a header) and ``tables.json``."""

    def write(file: Path, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        with file.with_suffix(".csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([_text(cell) for cell in row] for row in rows)

    _write(quads, path, base, write)


def _text(cell: Cell) -> Cell:
    if isinstance(cell, list):
        return json.dumps(cell, ensure_ascii=False) if cell else None
    return str(cell).lower() if isinstance(cell, bool) else cell


def write_parquet(quads: Sequence[Quad], path: Path, base: str) -> None:
    """Write a folder of Parquet files with typed columns and ``tables.json``.

    Raises:
        ConfigError: The package pyarrow is not installed.
    """
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        mend = "pip install 'diplomacy-kg[parquet]', or export --to csv"
        raise ConfigError("Parquet needs the package pyarrow", mend) from error

    def write(file: Path, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        cells = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
        table = arrow.table({name: arrow.array(own) for name, own in zip(header, cells, strict=True)})
        parquet.write_table(table, file.with_suffix(".parquet"))

    _write(quads, path, base, write)


def _write(
    quads: Sequence[Quad],
    path: Path,
    base: str,
    write: Callable[[Path, Sequence[str], Sequence[Sequence[Cell]]], None],
) -> None:
    graph = property_graph(quads, base)
    fresh_folder(path, SCHEMA)
    described: dict[str, Any] = {}
    for table in tables(graph, base):
        write(path / table.name, table.header, table.rows)
        described[table.name] = {
            "values": [asdict(column) for column in table.values],
            "links": [asdict(link) for link in table.links],
        }
    rows = [
        (edge.start, edge.property, edge.end, list(edge.graphs))
        for edge in graph.edges
        if any(not g.startswith(f"{base}graph/article/") for g in edge.graphs)
    ]
    write(path / EDGES, _EDGE_COLUMNS, rows)
    text = json.dumps(described, ensure_ascii=False, indent=1)
    (path / SCHEMA).write_text(text + "\n", encoding="utf-8", newline="\n")


def fresh_folder(path: Path, mark: str) -> None:
    """Make a folder, or empty one that an earlier export filled.

    Args:
        path: The folder.
        mark: A file that every export into such a folder writes.

    Raises:
        StoreError: There are files in it, but not the mark: it is somebody else's.
    """
    if path.is_dir() and any(path.iterdir()) and not (path / mark).is_file():
        raise StoreError(f"{path}: holds files of another kind", "name a new folder with --output")
    if path.is_dir():
        shutil.rmtree(path)
    path.mkdir(parents=True)
