"""A small SPARQL 1.1 server for tests: queries and updates, with the default graph of one's choice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    serialize,
)

JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"


@dataclass
class Recorded:
    """The server's store, its address, and the requests that came."""

    url: str = ""
    store: Store = field(default_factory=Store)
    requests: list[tuple[str, dict[str, list[str]], dict[str, str]]] = field(default_factory=list)


def _answer(store: Store, fields: dict[str, list[str]], union: str) -> tuple[str, bytes]:
    nodes = {
        kind: [NamedNode(g) for g in fields.get(f"{kind}-graph-uri", [])] for kind in ("default", "named")
    }
    if nodes["default"] or nodes["named"]:
        answer = store.query(
            fields["query"][0], default_graph=[*nodes["default"]], named_graphs=[*nodes["named"]]
        )
    else:
        every = union == "always" or (union == "asked" and "union-default-graph" in fields)
        answer = store.query(fields["query"][0], use_default_graph_as_union=every)
    if isinstance(answer, QuerySolutions | QueryBoolean):
        return JSON, answer.serialize(format=QueryResultsFormat.JSON) or b""
    return TRIPLES, serialize(answer, format=RdfFormat.N_TRIPLES) or b""


@contextmanager
def sparql_server(union: str) -> Iterator[Recorded]:
    """Run a server.

    Args:
        union: Whether the default graph is the union of all: "always", if "asked" for, or "never".
    """
    recorded = Recorded()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            direct = self.headers["Content-Type"] == "application/sparql-update"
            fields = {} if direct else parse_qs(text)
            recorded.requests.append((self.path, fields, dict(self.headers)))
            status, media, body = 200, JSON, b""
            try:
                if self.path == "/locked":
                    status, body = 401, b"who are you?"
                elif self.path == "/page":
                    media, body = "text/html", b"<html>"
                elif self.path == "/update" and direct:
                    recorded.store.update(text)
                elif self.path == "/query" and not direct:
                    media, body = _answer(recorded.store, fields, union)
                else:
                    status = 404
            except SyntaxError as error:
                status, body = 400, str(error).encode()
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        recorded.url = f"http://127.0.0.1:{server.server_port}/query"
        yield recorded
        server.shutdown()
