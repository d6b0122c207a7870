"""From articles to an output folder: reading, extraction, the graph and all the forms it is written in."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.config import Settings, as_settings
from kg.errors import KgError
from kg.model import FACT_KINDS, Article, Extraction
from kg.workers import Failure, Loader, load_annotator, run

if TYPE_CHECKING:
    from kg.cache import ExtractionCache
    from kg.ingest import Problem
    from kg.link.across.pairs import Pair

# `import kg` loads this module, so what takes time to import is imported where it is used.

Progress = Callable[[str, int, int | None], None]
"""Told the stage, how much of it is done and, where it is known, how much there is."""
Sink: TypeAlias = "Callable[[Problem], None]"
"""Told of each problem when it is found."""


class NothingBuiltError(KgError):
    """None of the inputs gave an article that could be worked on."""


@dataclass(frozen=True)
class BuildResult:
    """What a build made.

    Attributes:
        output: The output folder.
        articles: Articles in the graph.
        reused: How many of them were extracted from by an earlier build.
        entities: Distinct entities by type.
        facts: Facts by kind.
        quads: Quads in the graph.
        linked: Entities that the user's extract of Wikidata linked; None if there is no extract.
        kept_out: Nodes that broke a shape and were kept out; ``build.json`` lists them.
        contradictions: What :mod:`kg.checks` found, if ``rdf.infer`` is set; ``build.json`` lists it too.
        problems: All problems with inputs and articles.
        seconds: Wall time.
    """

    output: Path
    articles: int
    reused: int
    entities: Mapping[str, int]
    facts: Mapping[str, int]
    quads: int
    linked: int | None
    kept_out: int
    contradictions: int
    problems: tuple[Problem, ...]
    seconds: float


def extract_articles(
    articles: Iterable[Article],
    settings: Settings,
    progress: Progress | None = None,
    sink: Sink | None = None,
    load: Loader = load_annotator,
) -> Iterator[Extraction]:
    """Extract entities and facts from articles.

    Args:
        articles: What to read. A sequence lets the progress name a total.
        settings: ``nlp.pipeline``, ``build.jobs`` and ``extract.min_confidence`` are used.
        progress: Called after each article with the stage "extracting".
        sink: Told of each article that extraction breaks on; that article is left out.
        load: Loads the pipeline in each process.

    Yields:
        Extractions in the articles' order, whatever the number of processes.

    Raises:
        KgError: The pipeline cannot be loaded.
    """
    for extraction in _extractions(articles, settings, progress, sink, load):
        yield confident(extraction, settings.extract.min_confidence)


def _extractions(
    articles: Iterable[Article],
    settings: Settings,
    progress: Progress | None,
    sink: Sink | None,
    load: Loader,
    earlier: ExtractionCache | None = None,
) -> Iterator[Extraction]:
    """Extractions in order, those of an earlier build used again; all facts, however doubtful."""
    total = len(articles) if isinstance(articles, Sequence) else None
    if earlier is None:
        results = run(articles, settings.nlp.pipeline, settings.build.jobs, load)
    else:
        results = _partly_reused(articles, settings, load, earlier)
    if progress:
        progress("extracting", 0, total)
    for done, result in enumerate(results, 1):
        if isinstance(result, Extraction):
            yield result
        elif sink:
            sink(_problem(result))
        if progress:
            progress("extracting", done, total)


def _partly_reused(
    articles: Iterable[Article], settings: Settings, load: Loader, earlier: ExtractionCache
) -> Iterator[Extraction | Failure]:
    pairs = [(article, earlier.get(article)) for article in articles]
    new = run(
        [article for article, known in pairs if known is None],
        settings.nlp.pipeline,
        settings.build.jobs,
        load,
    )
    for _, known in pairs:
        yield known or next(new)


def confident(extraction: Extraction, floor: float) -> Extraction:
    """The extraction without facts whose confidence lies below ``floor``."""
    if floor <= 0:
        return extraction
    kept: dict[str, Any] = {
        kind: tuple(fact for fact in getattr(extraction, kind) if fact.confidence >= floor)
        for kind in FACT_KINDS
    }
    return replace(extraction, **kept)


def _problem(failure: Failure) -> Problem:
    from kg.ingest import Problem

    return Problem(
        path=failure.article.path or failure.article.id,
        line=None,
        cause=f"article {failure.article.id} was left out: {failure.reason}",
        mend="the other articles are not affected; please report this with the article",
    )


def _nothing_called(pair: Pair) -> Problem:
    from kg.ingest import Problem

    return Problem(
        path=pair.path,
        line=pair.line,
        cause=f"{pair.a} or {pair.b} is nothing in the graph",
        mend="`kg explain` shows what an entity is called; delete the line if its article is gone",
        severity="warning",
    )


def extract(
    paths: Iterable[Path | str] | Path | str,
    settings: Settings | Mapping[str, object] | None = None,
    *,
    progress: Progress | None = None,
    sink: Sink | None = None,
) -> Iterator[Extraction]:
    """Read articles from files and folders and extract entities and facts from them.

    Args:
        paths: Files, folders, or "-" for standard input; a single one need not be in a list.
        settings: Settings, or values by key (``{"pipeline": "rules"}``); None = the defaults and
            ``kg.toml`` of the current folder.
        progress: See :data:`Progress`.
        sink: See :data:`Sink`.

    Yields:
        One extraction an article, in the order of reading.

    Raises:
        KgError: A setting is impossible, no input can be read, or the pipeline cannot be loaded.
    """
    settings = as_settings(settings)
    articles = _articles(paths, settings, progress, sink)
    yield from extract_articles(articles, settings, progress, sink)


def _articles(
    paths: Iterable[Path | str] | Path | str,
    settings: Settings,
    progress: Progress | None,
    sink: Sink | None,
) -> list[Article]:
    from kg.ingest import count, read

    named = [paths] if isinstance(paths, Path | str) else list(paths)
    total = None
    if progress:
        size = count(named, settings=settings.ingest)
        total = size.records if size.exact else None
    articles: list[Article] = []
    for article in read(named, settings=settings.ingest, on_problem=sink or _ignore):
        articles.append(article)
        if progress:
            progress("reading", len(articles), total)
    if not articles:
        raise NothingBuiltError("no article could be read", "name files or folders that hold articles")
    return articles


def _ignore(problem: Problem) -> None:
    """Sink of a caller who does not want to know."""


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Search for unreachable objects rarely: nearly all that a build makes lives until its end."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_rare_collections()
def build(
    paths: Iterable[Path | str] | Path | str,
    settings: Settings | Mapping[str, object] | None = None,
    *,
    output: Path | str | None = None,
    progress: Progress | None = None,
    sink: Sink | None = None,
    reuse: bool = True,
    store: bool = False,
    load: Loader = load_annotator,
) -> BuildResult:
    """Build the graph of articles into an output folder.

    The folder (``build.output``) is replaced as a whole once all is written; if the build fails or
    is interrupted, what was there stays. The same inputs and settings give the same bytes, but for
    the database of ``store``.

    Args:
        paths: Files, folders, or "-" for standard input; a single one need not be in a list.
        settings: Settings, or values by key (``{"pipeline": "rules"}``); None = the defaults and
            ``kg.toml`` of the current folder.
        output: Folder to write into, instead of ``build.output``.
        progress: See :data:`Progress`; the stages are "reading", "extracting" and "writing".
        sink: See :data:`Sink`.
        reuse: Take the extractions of articles that an earlier build into the same folder made with
            the same pipeline.
        store: Also write an Oxigraph database, so that queries on a large graph start at once.
        load: Loads the pipeline in each process.

    Raises:
        KgError: A setting is impossible, no article can be read or extracted from, another build is
            writing the folder, or it cannot be written.
    """
    from kg.atomic import OutputError, replaced
    from kg.cache import ExtractionCache, write_cache
    from kg.outputs import MARK, OWN, Writer

    started = time.perf_counter()
    settings = as_settings(settings, output)
    problems: list[Problem] = []

    def note(problem: Problem) -> None:
        problems.append(problem)
        if sink:
            sink(problem)

    if settings.link.wikidata:
        from kg.link.wikidata import check_extract

        check_extract(settings.link.wikidata)
    articles = _articles(paths, settings, progress, note)
    output = settings.build.output
    with replaced(output, MARK, OWN) as folder:
        earlier = ExtractionCache(output, settings.nlp.pipeline) if reuse else None
        extractions = list(_extractions(articles, settings, progress, note, load, earlier))
        if not extractions:
            raise NothingBuiltError(
                "no article could be extracted from", "see the problems above; nothing was written"
            )
        floor = settings.extract.min_confidence
        try:
            written = Writer(folder, settings).write(
                [confident(e, floor) for e in extractions], progress, store=store
            )
            write_cache(extractions, settings.nlp.pipeline, folder)
        except OSError as error:
            raise OutputError(
                f"{output}: {error.strerror or error}", "check the disk; what was there is unchanged"
            ) from error
    for pair in written.unknown:
        note(_nothing_called(pair))
    return BuildResult(
        output=output,
        articles=written.articles,
        reused=earlier.hits if earlier else 0,
        entities=written.entities,
        facts=written.facts,
        quads=written.quads,
        linked=written.linked,
        kept_out=len(written.rejections),
        contradictions=len(written.findings),
        problems=tuple(problems),
        seconds=time.perf_counter() - started,
    )
