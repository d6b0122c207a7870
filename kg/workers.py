"""Extraction over many articles: several processes, order kept, one bad article never stops the rest."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from kg.model import Article, Extraction

Annotator = Callable[[Iterable[Article]], Iterator[Extraction]]
"""Turns articles into extractions, in order."""
Loader = Callable[[str], Annotator]
"""Loads the annotator of a pipeline's name; a function that another process can import."""

CHUNK = 16
"""Articles that a process takes at a time: enough for batching, few enough for an even load."""
ALONE = 2 * CHUNK
"""Up to so many articles one process is faster than starting several."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that extraction could not deal with, and why."""

    article: Article
    reason: str


def load_annotator(pipeline: str) -> Annotator:
    """The annotator of a language pipeline, by name or path."""
    from kg.nlp.pipeline import annotate, load_pipeline

    nlp = load_pipeline(pipeline)
    return lambda articles: annotate(nlp, articles)


def run(
    articles: Iterable[Article], pipeline: str, jobs: int = 1, load: Loader = load_annotator
) -> Iterator[Extraction | Failure]:
    """Extract from articles.

    Args:
        articles: Read lazily, a few chunks ahead of the results.
        pipeline: Name of the pipeline.
        jobs: Processes to use at most; small inputs use one, which is this process.
        load: Loads the annotator, once a process.

    Yields:
        One result an article, in the articles' order, whatever the number of processes.
    """
    stream = iter(articles)
    first = list(islice(stream, ALONE + 1))
    if not first:
        return
    if jobs <= 1 or len(first) <= ALONE:
        annotate = load(pipeline)
        for chunk in _chunks(chain(first, stream)):
            yield from _annotate(annotate, chunk)
        return
    yield from _Pool(pipeline, jobs, load).run(_chunks(chain(first, stream)))


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    stream = iter(articles)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _annotate(annotate: Annotator, articles: list[Article]) -> list[Extraction | Failure]:
    """Results of a chunk; where the chunk as a whole fails, of its articles one by one."""
    try:
        results = list(annotate(articles))
        if len(results) == len(articles):
            return list(results)
        reason = f"the pipeline gave {len(results)} results for {len(articles)} articles"
    except Exception as error:  # whatever breaks, the other articles must go on
        reason = f"{type(error).__name__}: {error}"
    if len(articles) == 1:
        return [Failure(articles[0], reason)]
    return [result for article in articles for result in _annotate(annotate, [article])]


_annotator: Annotator | None = None
"""In a worker process: its annotator, once loaded."""


def _start_worker() -> None:
    # Ctrl-C reaches the whole process group; the parent alone decides what follows.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    if parent := parent_process():
        parent.join()
    os._exit(1)


def _work(pipeline: str, load: Loader, articles: list[Article]) -> list[Extraction | Failure]:
    # Loaded here and not when the process starts, so that a failure to load reaches the parent.
    global _annotator
    if _annotator is None:
        _annotator = load(pipeline)
    return _annotate(_annotator, articles)


class _Process(SpawnProcess):
    """A process that does not run the caller's script again, as one that is spawned otherwise would."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802 -- the name that multiprocessing calls
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return SpawnProcess._Popen(process_obj)
        finally:
            sys.modules["__main__"] = script


class _Context(SpawnContext):
    Process = _Process


class _Pool:
    """A pool of processes that survives the death of one of them."""

    def __init__(self, pipeline: str, jobs: int, load: Loader) -> None:
        self.work = partial(_work, pipeline, load)
        self.jobs = jobs
        # Each process computes on one thread: two pools of threads on two cores stand in each other's way.
        for library in ("OPENBLAS", "OMP", "MKL"):
            os.environ.setdefault(f"{library}_NUM_THREADS", "1")

    def _executor(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, _Context(), _start_worker)

    def run(self, chunks: Iterator[list[Article]]) -> Iterator[Extraction | Failure]:
        """Results of all chunks in order, computed at most ``2 * jobs`` chunks ahead."""
        pending: deque[tuple[list[Article], Future[list[Extraction | Failure]]]] = deque()
        executor = self._executor(self.jobs)
        try:
            while True:
                for chunk in islice(chunks, 2 * self.jobs - len(pending)):
                    pending.append((chunk, executor.submit(self.work, chunk)))
                if not pending:
                    return
                chunk, future = pending.popleft()
                try:
                    results = future.result()
                except BrokenProcessPool:
                    executor.shutdown(cancel_futures=True)
                    results = self._singly(chunk)
                    executor = self._executor(self.jobs)
                    pending = deque((c, executor.submit(self.work, c)) for c, _ in pending)
                yield from results
        finally:
            executor.shutdown(cancel_futures=True)

    def _singly(self, chunk: list[Article]) -> list[Extraction | Failure]:
        """Results of a chunk in which, perhaps, an article kills its process."""
        results: list[Extraction | Failure] = []
        executor = self._executor(1)
        try:
            for article in chunk:
                try:
                    results += executor.submit(self.work, [article]).result()
                except BrokenProcessPool:
                    results.append(Failure(article, "the process died over this article"))
                    executor.shutdown()
                    executor = self._executor(1)
        finally:
            executor.shutdown(cancel_futures=True)
        return results
