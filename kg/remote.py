"""A graph on any SPARQL 1.1 server: the protocol's queries and, for a build, its updates.

The shipped queries run over the union of all named graphs. Servers differ in what their default graph
is, so the first query finds out: the union already; the union on request, as with Oxigraph's
server; or else each query names all graphs.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from kg.errors import ConfigError, QueryError, StoreError
from kg.rdf.bind import bind
from kg.rdf.result import Result, Value
from kg.rdf.serialise import format_of, sort_key, write_sorted
from kg.rdf.vocabulary import DEFAULT_BASE, prefixes
from kg.store import to_result

BATCH = 2_000
"""Quads that one update carries: servers limit how long a request may be."""
_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_TABLE, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_PROBE = """ASK {
  { SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 100 }
  FILTER NOT EXISTS { ?s ?p ?o }
}"""
_UNION = (("union-default-graph", "true"),)
_NOT_IN_IRIS = frozenset(' <>"{}|\\^`\n')
_WHY = 300


class _NoRedirect(HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without its query; say where to instead."""

    def redirect_request(self, *args: object) -> None:
        return None


class SparqlStore:
    """A store behind a SPARQL 1.1 endpoint.

    Args:
        url: Address of the query endpoint; a name and password in it are sent as HTTP Basic
            authentication.
        base: Base IRI of things, for the prefix ``kg:`` in queries and files.
        update_url: Address for updates; None = the query endpoint's with its last part ``query`` or
            ``sparql`` changed to ``update``, else the same.
        timeout: Seconds to wait for the server.

    Raises:
        ConfigError: An address is none of http or https.
    """

    def __init__(
        self, url: str, base: str = DEFAULT_BASE, *, update_url: str | None = None, timeout: float = 60.0
    ) -> None:
        self.base = base
        self.timeout = timeout
        self.url, self._login = _address(url)
        self.update_url, _ = _address(update_url or re.sub(r"/(query|sparql)$", "/update", self.url))
        self._opener = build_opener(_NoRedirect)
        self._dataset: tuple[tuple[str, str], ...] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def query(self, sparql: str, bindings: Mapping[str, Value] | None = None) -> Result:
        """Answer a SPARQL 1.1 query over the union of all graphs.

        Raises:
            QueryError: The server refuses the query.
            StoreError: The server cannot be reached or gives no SPARQL answer.
        """
        text = bind(sparql, bindings or {})
        if self._dataset is None:
            self._dataset = self._find_dataset()
        return self._ask(_declared(text, self.base), self._dataset or ())

    def _find_dataset(self) -> tuple[tuple[str, str], ...] | None:
        """Parameters that make the default graph the union of all graphs; None where there are none yet."""
        if not self._ask("ASK { GRAPH ?g { ?s ?p ?o } }"):
            return None
        for parameters in ((), _UNION):
            if self._ask(_PROBE, parameters).boolean is False:
                return parameters
        names = [graph.value for graph in self.graphs()]
        return tuple((f"{kind}-graph-uri", name) for kind in ("default", "named") for name in names)

    def _ask(self, text: str, parameters: Iterable[tuple[str, str]] = ()) -> Result:
        body = urlencode([("query", text), *parameters]).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": _ACCEPT}
        media, data = self._send(self.url, body, headers)
        try:
            if media == _TRIPLES:
                return to_result((quad.triple for quad in parse(data, RdfFormat.N_TRIPLES)), self.base)
            return to_result(parse_query_results(data, QueryResultsFormat.JSON), self.base)
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"{self.url}: the answer is no SPARQL result but {media or 'of no kind'}",
                "give the address of the query endpoint, such as http://localhost:7878/query",
            ) from error

    def graphs(self) -> list[NamedNode]:
        """Names of all named graphs, sorted."""
        found = self._ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
        return sorted((row[0] for row in found if isinstance(row[0], NamedNode)), key=lambda g: g.value)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Quads of one graph or of all named graphs, sorted; holds one graph in memory at a time."""
        for name in self.graphs() if graph is None else [graph]:
            triples = self._ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
            found = (Quad(t.subject, t.predicate, t.object, name) for t in triples.statements())
            yield from sorted(found, key=sort_key)

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads, some thousands a request.

        Raises:
            StoreError: The server cannot be reached or takes no updates.
        """
        stream = iter(quads)
        while batch := list(islice(stream, BATCH)):
            batch.sort(key=lambda quad: str(quad.graph_name))
            parts = []
            for name, own in groupby(batch, key=lambda quad: quad.graph_name):
                triples: list[Triple] = [quad.triple for quad in own]
                text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
                parts.append(text if isinstance(name, DefaultGraph) else f"GRAPH {name} {{\n{text}}}\n")
            self._update(f"INSERT DATA {{\n{''.join(parts)}}}")

    def load_file(self, path: Path) -> None:
        """Add the quads of a file in one of :data:`kg.rdf.serialise.FORMATS`.

        Raises:
            StoreError: The file cannot be read, or the server takes no updates.
        """
        try:
            with path.open("rb") as stream:
                self.load(parse(stream, format_of(path)))
        except (OSError, SyntaxError, ValueError) as error:
            raise StoreError(f"{path}: cannot be loaded: {error}", "build the graph again") from error

    def remove_graph(self, graph: NamedNode) -> None:
        """Drop a named graph; nothing happens if there is none."""
        self._update(f"DROP SILENT GRAPH {graph}")

    def replace(self, path: Path) -> None:
        """Let the server hold what a build wrote, in place of what an earlier build sent there.

        Graphs of the build and of the base IRI are replaced; graphs of others stay.

        Args:
            path: TriG file of the build.

        Raises:
            StoreError: The file cannot be read, or the server takes no updates.
        """
        with path.open("rb") as stream:
            new = {
                q.graph_name for q in parse(stream, format_of(path)) if isinstance(q.graph_name, NamedNode)
            }
        for graph in self.graphs():
            if graph in new or graph.value.startswith(f"{self.base}graph/"):
                self.remove_graph(graph)
        self.load_file(path)
        self._dataset = None

    def dump(self, path: Path, graph: NamedNode | None = None) -> None:
        """Write one graph or all named graphs to a file in the format of its suffix.

        Raises:
            StoreError: If the suffix is unknown or the file cannot be written.
        """
        write_sorted(self.quads(graph), path, format_of(path), self.base)

    def close(self) -> None:
        """Nothing is left open between requests."""

    def _update(self, text: str) -> None:
        try:
            self._send(self.update_url, text.encode(), {"Content-Type": "application/sparql-update"})
        except QueryError as error:
            raise StoreError(error.what, "give the address for updates: --update-endpoint URL") from error

    def _send(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[str, bytes]:
        """Media type and body of the answer."""
        request = Request(url, body, {**headers, **self._login, "User-Agent": "diplomacy-kg"})
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return answer.headers.get_content_type(), answer.read()
        except HTTPError as error:
            why = " ".join(error.read(_WHY).decode("utf-8", "replace").split())
            what = f"{url}: the server answers {error.code} {error.reason}" + (f": {why}" if why else "")
            if error.code in (301, 302, 307, 308):
                raise StoreError(what, f"use its address: {error.headers.get('Location')}") from error
            if error.code in (401, 403):
                raise StoreError(what, "check that it allows this, or put name:password@ into it") from error
            raise QueryError(what, "check the query and the address") from error
        except (URLError, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise StoreError(
                f"{url}: cannot be reached: {reason}", "check the address and the server"
            ) from error


def _address(url: str) -> tuple[str, dict[str, str]]:
    """An address without name and password, and the header that carries these."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        good = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not set(url) & set(' <>"{}|\\^`\n')
        )
        _ = parts.port
    except ValueError:
        good = False
    if not good:
        raise ConfigError(f"{url!r} is no address of a server", "write http://localhost:7878/query")
    login = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        login["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    return urlunsplit(parts._replace(netloc=host, fragment="")), login


def _declared(sparql: str, base: str) -> str:
    """A query that declares the usual prefixes, as far as their names occur in it."""
    known = prefixes(base).items()
    used = (f"PREFIX {p}: <{iri}>" for p, iri in known if re.search(rf"(?<![\w-]){re.escape(p)}:", sparql))
    return "\n".join((*used, sparql))
