"""Processes that answer queries, each with the database open for reading.

A query that takes too long is ended by ending its process, one that crashes it (deep nesting overflows
the parser's stack) or needs too much memory ends only that; a new process takes the place.
"""

from __future__ import annotations

import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

from kg.errors import KgError, QueryError
from kg.queries import get_query, run
from kg.rdf.result import Result
from kg.serve.guard import ask_guarded
from kg.store import Graphs, OxigraphStore

MEMORY = 4 << 30
"""Bytes of address space that a process may use, where the system can limit it."""
_START = 120.0
"""Seconds that a process may take to open the database."""


class QueryTimeoutError(QueryError):
    """A query that was ended because it took too long."""


class BusyError(KgError):
    """All processes are at work."""


@dataclass(frozen=True, slots=True)
class Question:
    """What one request asks.

    Attributes:
        text: SPARQL, or the name of a shipped query.
        named: Whether it is such a name.
        params: Values of a shipped query's parameters.
        graphs: Dataset of a SPARQL query that names one.
    """

    text: str
    named: bool = False
    params: Mapping[str, str] = field(default_factory=dict)
    graphs: Graphs | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What a process needs to know: the database's folder, the base IRI, rows that an answer may have."""

    database: Path
    base: str
    most: int


def _limit_memory() -> None:
    # Windows has no such module; there the system alone limits the memory.
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(store: OxigraphStore, question: Question, most: int) -> Result | QueryError:
    try:
        if not question.named:
            return ask_guarded(store, question.text, question.graphs, most)
        result = run(store, get_query(question.text), question.params)
    except QueryError as error:
        return QueryError(error.what, error.mend)
    if len(result) > most:
        return QueryError(f"the answer has more than {most} rows", "give one of the parameters a value")
    return result


def _work(connection: Connection, opening: Opening) -> None:
    """What a process does: answer one question after the other until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its processes itself
    _limit_memory()
    with OxigraphStore(opening.database, opening.base, read_only=True) as store, suppress(EOFError, OSError):
        connection.send(None)
        while True:
            connection.send(_answer(store, connection.recv(), opening.most))


class _Worker:
    """One process; started without waiting for it."""

    def __init__(self, opening: Opening) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, opening), daemon=True)
        self.process.start()
        theirs.close()
        self.open = False

    def ask(self, question: Question, seconds: float) -> Result | QueryError | None:
        """The answer; None if it took too long.

        Raises:
            EOFError: The process has ended.
        """
        if not self.open:
            if not self.connection.poll(_START):
                return None
            self.connection.recv()
            self.open = True
        self.connection.send(question)
        if not self.connection.poll(seconds):
            return None
        reply: Result | QueryError = self.connection.recv()
        return reply

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Pool:
    """Processes that take questions in turn; usable from several threads.

    Args:
        opening: What each process opens.
        size: Number of processes.
        timeout: Seconds that a query may take, and that one waits for a free process.
    """

    def __init__(self, opening: Opening, size: int = 2, timeout: float = 30.0) -> None:
        self.opening = opening
        self.timeout = timeout
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        self._all = {_Worker(opening) for _ in range(size)}
        for worker in self._all:
            self._free.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, question: Question) -> Result:
        """Answer a question.

        Raises:
            QueryError: It cannot be answered.
            QueryTimeoutError: It takes too long.
            BusyError: No process got free in time.
        """
        try:
            worker = self._free.get(timeout=self.timeout)
        except Empty:
            raise BusyError("the server is busy with other queries", "ask again in a minute") from None
        crashed, reply = False, None
        try:
            reply = worker.ask(question, self.timeout)
        except (EOFError, OSError):
            crashed = True
        finally:
            # Also when this thread is interrupted no half-answered question may stay in the process.
            self._free.put(worker if reply is not None else self._replaced(worker))
        if isinstance(reply, QueryError):
            raise reply
        if reply is None:
            if crashed:
                raise QueryError(
                    "the query needs more memory or nesting than there is", "make it smaller or simpler"
                )
            raise QueryTimeoutError(
                f"the query was ended after {self.timeout:g} s", "ask for less, or give the server more time"
            )
        return reply

    def _replaced(self, worker: _Worker) -> _Worker:
        worker.stop()
        self._all.discard(worker)
        new = _Worker(self.opening)
        self._all.add(new)
        return new

    def close(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.stop()
        self._all.clear()
