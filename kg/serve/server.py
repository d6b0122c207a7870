"""Runs the application on the standard library's WSGI server, a thread a connection."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from tempfile import TemporaryDirectory
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from kg.errors import InputError
from kg.serve.app import Application, Site
from kg.serve.pool import Opening, Pool
from kg.store import STORE_NAME, OxigraphStore, graph_file

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
PAGE_NAME = "graph.html"
_PATIENCE = 30
"""Seconds that a client may take to send its request: a slow one must not hold a thread for ever."""


class Server(ThreadingMixIn, WSGIServer):
    """Listens and answers; ``server_close`` lets go of the port."""

    daemon_threads = True


class _Server6(Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = _PATIENCE

    def address_string(self) -> str:
        """The client's address, without asking the network for its name."""
        return str(self.client_address[0])

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of requests that went well."""


@contextmanager
def serving(
    graph: Path,
    base: str,
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    timeout: float = 30.0,
    most: int = 10_000,
    workers: int = 2,
    cors: str | None = None,
) -> Iterator[Server]:
    """A server for a built graph, ready for ``serve_forever``.

    Args:
        graph: Output folder of a build, or an RDF file. Without a database (``kg build --store``) one is
            made for as long as the server runs.
        base: Base IRI that the build used.
        host: Address to listen at; 0 as ``port`` takes a free one.
        timeout: Seconds that a query may take.
        most: Rows that an answer may have.
        workers: Queries that run at a time.
        cors: Origin whose web pages may read answers.

    Raises:
        StoreError: There is no graph, or it cannot be read.
        InputError: The address is not free.
    """
    with ExitStack() as stack:
        database = graph / STORE_NAME
        if not database.is_dir():
            file = graph_file(graph)
            database = Path(stack.enter_context(TemporaryDirectory(prefix="kg-serve-")))
            with OxigraphStore(database, base) as store:
                store.load_file(file)
        page = graph / PAGE_NAME
        hosts = LOCAL if host in LOCAL else frozenset[str]()
        kind = _Server6 if ":" in host else Server
        try:
            server = kind((host, port), _Handler)
        except (OSError, OverflowError) as error:
            mend = "choose another --port or --host"
            raise InputError(f"{host}:{port}: cannot listen there: {error}", mend) from error
        stack.callback(server.server_close)
        pool = stack.enter_context(Pool(Opening(database, base, most), workers, timeout))
        server.set_app(Application(pool, Site(page if page.is_file() else None, hosts, cors)))
        yield server


def address(server: Server) -> str:
    """URL of a server's form."""
    host, port = server.server_address[:2]
    name = host.decode() if isinstance(host, bytes | bytearray) else host
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
