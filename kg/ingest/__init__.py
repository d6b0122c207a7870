"""Read articles from files, folders and standard input.

Formats: plain text and Markdown, JSON and JSON Lines, CSV and TSV, HTML, each also compressed with gzip
or xz. :func:`read` yields articles and reports problems one by one; nothing a file holds stops a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.config import IngestSettings
from kg.ingest.assemble import Assembler
from kg.ingest.problem import Problem, Reporter, Severity
from kg.ingest.registry import READERS
from kg.ingest.size import Size, count
from kg.ingest.source import find
from kg.model import Article

__all__ = ["Problem", "Severity", "Size", "count", "read"]


def read(
    paths: Sequence[str | Path],
    *,
    settings: IngestSettings | None = None,
    on_problem: Callable[[Problem], None],
) -> Iterator[Article]:
    """Articles behind paths, lazily and in a fixed order.

    Args:
        paths: Files, folders (read recursively, in sorted order) and "-" for standard input. Hidden
            files and unknown formats are passed over in folders and reported when named.
        settings: Year, language, encoding and format to assume; None = the defaults.
        on_problem: Called with every problem as it is met; reading goes on.

    Yields:
        Articles with ids that are unique in this run. A text file is named by its stem; records
        without an id by the stem and their number. An article's hash is that of its (decompressed)
        file, of its line in JSON Lines, of its canonical JSON form in JSON arrays and tables, and of
        its own text where one text file holds several articles.
    """
    settings = settings or IngestSettings()
    assembler = Assembler(settings, on_problem)
    for source in find(paths, settings, on_problem):
        report = Reporter(source.path, on_problem)
        for record in READERS[source.format](source, settings, report):
            article = assembler.article(record, source, report)
            if article is not None:
                yield article
