"""Where graphs live: Oxigraph in memory or on disk, behind one small protocol.

The default graph of queries is the union of all graphs. Two graphs that hold the same triple give two
rows only to ``GRAPH ?g`` patterns and to joins over them: such queries say DISTINCT. rdflib reads no
RDF 1.2, so nothing here writes triple terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple, parse

from kg.errors import QueryError, StoreError
from kg.rdf.bind import bind
from kg.rdf.result import Result, Value
from kg.rdf.serialise import format_of, sort_key, write_sorted
from kg.rdf.vocabulary import DEFAULT_BASE, prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

TRIG_NAME = "graph.trig"
"""File of a build's output folder that holds the whole graph."""

STORE_NAME = "store"
"""Folder of a build's output folder that holds an Oxigraph database, if one was asked for."""


@dataclass(frozen=True, slots=True)
class Graphs:
    """The dataset of a query: graphs whose union is the default graph, and those that GRAPH may name."""

    default: tuple[NamedNode, ...]
    named: tuple[NamedNode, ...]


_PLACE = re.compile(r"error at (\d+):(\d+): ")


class Store(Protocol):
    """What this package asks of an RDF store."""

    base: str

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        ...

    def load_file(self, path: Path) -> None:
        """Add the quads of a file in one of :data:`kg.rdf.serialise.FORMATS`."""
        ...

    def query(self, sparql: str, bindings: Mapping[str, Value] | None = None) -> Result:
        """Answer a SPARQL 1.1 query over the union of all graphs."""
        ...

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Quads of one graph or of all, in the order of :func:`kg.rdf.serialise.sort_key`."""
        ...

    def remove_graph(self, graph: NamedNode) -> None:
        """Drop a named graph; nothing happens if there is none."""
        ...

    def dump(self, path: Path, graph: NamedNode | None = None) -> None:
        """Write one graph or all to a file in the format of its suffix."""
        ...

    def close(self) -> None:
        """Write everything to disk and let go of it."""
        ...

    def __enter__(self) -> Self:
        """The store itself; leaving the block closes it."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        ...


class OxigraphStore:
    """An Oxigraph database in memory or in a folder.

    Args:
        path: Folder of the database, made if need be; None for memory.
        base: Base IRI of things, for the prefix ``kg:`` in queries and files.
        read_only: Open an existing folder without locking it.

    Raises:
        StoreError: If the folder cannot be opened.
    """

    def __init__(
        self, path: Path | None = None, base: str = DEFAULT_BASE, *, read_only: bool = False
    ) -> None:
        self.base = base
        self.path = path
        self.read_only = read_only
        self._prefixes = prefixes(base)
        try:
            if path is None:
                self._store = pyoxigraph.Store()
            elif read_only:
                self._store = pyoxigraph.Store.read_only(str(path))
            else:
                path.mkdir(parents=True, exist_ok=True)
                self._store = pyoxigraph.Store(str(path))
        except OSError as error:
            mend = "close the program that uses it, or give another folder"
            raise StoreError(f"store {path}: cannot be opened: {error}", mend) from error

    @classmethod
    def around(cls, inner: pyoxigraph.Store, base: str = DEFAULT_BASE) -> Self:
        """Wrap an open pyoxigraph store, which stays the caller's."""
        wrapped = cls(None, base)
        wrapped._store = inner
        return wrapped

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._store)

    @property
    def inner(self) -> pyoxigraph.Store:
        """The pyoxigraph store itself."""
        return self._store

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads, in bulk.

        Raises:
            StoreError: If the database cannot be written.
        """
        try:
            self._store.bulk_extend(quads)
        except OSError as error:
            raise StoreError(f"store {self.path}: cannot be written: {error}", "check the disk") from error

    def load_file(self, path: Path) -> None:
        """Add the quads of a file in one of :data:`kg.rdf.serialise.FORMATS`, in bulk.

        Raises:
            StoreError: If the file cannot be read or breaks its format.
        """
        form = format_of(path)
        try:
            with path.open("rb") as stream:
                self._store.bulk_load(stream, form)
        except (OSError, SyntaxError, ValueError) as error:
            raise StoreError(f"{path}: cannot be loaded: {error}", "build the graph again") from error

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Value] | None = None,
        *,
        graphs: Graphs | None = None,
        most: int | None = None,
    ) -> Result:
        """Answer a SPARQL 1.1 query over the union of all graphs.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE; the usual prefixes need not be declared.
            bindings: IRIs and literals that take the place of variables.
            graphs: The dataset, instead of the union and all named graphs.
            most: Rows that an answer may have.

        Raises:
            QueryError: If the query does not parse, cannot be answered or has too many rows.
        """
        text = bind(sparql, bindings or {})
        try:
            if graphs:
                answer = self._store.query(
                    text,
                    default_graph=[*graphs.default],
                    named_graphs=[*graphs.named],
                    prefixes=self._prefixes,
                )
            else:
                answer = self._store.query(text, use_default_graph_as_union=True, prefixes=self._prefixes)
            return to_result(answer, self.base, most)
        except SyntaxError as error:
            raise QueryError(f"the query is no SPARQL 1.1: {_where(text, error)}", "mend it there") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query cannot be answered: {error}", "check its SPARQL") from error

    def graphs(self) -> list[NamedNode]:
        """Names of all named graphs, sorted."""
        names = [g for g in self._store.named_graphs() if isinstance(g, NamedNode)]
        return sorted(names, key=lambda g: g.value)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Quads of one graph or of all named graphs, sorted; holds one graph in memory at a time."""
        for name in self.graphs() if graph is None else [graph]:
            yield from sorted(self._store.quads_for_pattern(None, None, None, name), key=sort_key)

    def remove_graph(self, graph: NamedNode | BlankNode) -> None:
        """Drop a named graph; nothing happens if there is none."""
        self._store.remove_graph(graph)

    def dump(self, path: Path, graph: NamedNode | None = None) -> None:
        """Write one graph or all named graphs to a file in the format of its suffix.

        Raises:
            StoreError: If the suffix is unknown or the file cannot be written.
        """
        write_sorted(self.quads(graph), path, format_of(path), self.base)

    def close(self) -> None:
        """Write everything to disk and let go of it."""
        if self.path is not None and not self.read_only:
            self._store.flush()
        self._store = pyoxigraph.Store()


Answer = QuerySolutions | QueryTriples | QueryBoolean | Iterable[Triple]


def to_result(answer: Answer, base: str, most: int | None = None) -> Result:
    """An answer in our own form; triples are sorted.

    Args:
        answer: What Oxigraph or its parsers give; triples stand for CONSTRUCT and DESCRIBE.
        base: Base IRI, for short forms.
        most: Rows that it may have.

    Raises:
        QueryError: If it has more.
    """
    if isinstance(answer, QueryBoolean):
        return Result((), (), bool(answer), base)
    names: tuple[str, ...] = ("subject", "predicate", "object")
    rows: Iterable[tuple[Value | None, ...]]
    if isinstance(answer, QuerySolutions):
        names = tuple(variable.value for variable in answer.variables)
        rows = (tuple(row) for row in answer)
    else:
        rows = ((t.subject, t.predicate, t.object) for t in answer)
    found = list(rows if most is None else islice(rows, most + 1))
    if most is not None and len(found) > most:
        raise QueryError(f"the answer has more than {most} rows", "add LIMIT, or ask for less")
    if isinstance(answer, QuerySolutions):
        return Result(names, tuple(found), None, base)
    return Result(names, tuple(sorted(found, key=str)), None, base, is_graph=True)


def _where(sparql: str, error: SyntaxError) -> str:
    """Where a query breaks, in words; the parser's own list of what it expected there is left out."""
    found = _PLACE.match(str(error))
    if found is None:
        return str(error)
    lines = sparql.splitlines() or [""]
    number, column = int(found[1]), int(found[2])
    before = lines[min(number, len(lines)) - 1][: column - 1].rstrip()
    if not before:
        return f"line {number} cannot begin so" if sparql.strip() else "it is empty"
    return f"line {number} breaks after {before[-40:]!r}"


def open_store(path: Path | None = None, base: str = DEFAULT_BASE) -> OxigraphStore:
    """Open an Oxigraph store in a folder, made if need be, or in memory.

    Raises:
        StoreError: If the folder cannot be opened.
    """
    return OxigraphStore(path, base)


def open_output(output: Path, base: str = DEFAULT_BASE) -> OxigraphStore:
    """Open what a build wrote: its database if it made one, else its TriG file, read into memory.

    Args:
        output: Output folder of a build, or a file in one of :data:`kg.rdf.serialise.FORMATS`.
        base: Base IRI that the build used.

    Raises:
        StoreError: If there is no graph, or it cannot be read.
    """
    if (output / STORE_NAME).is_dir():
        return OxigraphStore(output / STORE_NAME, base, read_only=True)
    file = graph_file(output)
    store = OxigraphStore(None, base)
    store.load_file(file)
    return store


def graph_file(output: Path) -> Path:
    """The RDF file of a build's output folder; a file stands for itself.

    Raises:
        StoreError: If there is none.
    """
    file = output / TRIG_NAME if output.is_dir() else output
    if not file.is_file():
        raise StoreError(f"{output}: there is no graph here", "run kg build first, or name its output folder")
    return file


def read_quads(file: Path) -> list[Quad]:
    """The quads of a file, letter by letter: a store would write numbers of one kind as another.

    Raises:
        StoreError: It cannot be read, or breaks its format.
    """
    try:
        return list(parse(path=file, format=format_of(file)))
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"{file}: cannot be read: {error}", "build the graph again") from error


def load(output: Path | str, base: str = DEFAULT_BASE) -> Dataset:
    """Open what a build wrote as an rdflib ``Dataset`` that Oxigraph answers for.

    Args:
        output: Output folder of a build, or a file in one of :data:`kg.rdf.serialise.FORMATS`.
        base: Base IRI that the build used, for the prefix ``kg:``.

    Returns:
        A dataset whose default graph is the union of all graphs.

    Raises:
        StoreError: If there is no graph, or it cannot be read.
    """
    # Only needed here, and slow to import.
    import oxrdflib
    from rdflib import Dataset

    opened = open_output(Path(output), base)
    dataset = Dataset(store=oxrdflib.OxigraphStore(store=opened.inner), default_union=True)
    for prefix, namespace in prefixes(base).items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    return dataset
