"""Write an analysis into a folder: the report, tables, graph files and pictures."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from kg.analyse.analysis import Analysis
from kg.analyse.export import write_tables
from kg.analyse.finding import Finding
from kg.analyse.places import REPORT, TABLES_FOLDER
from kg.analyse.report import write_report
from kg.analyse.topics import findings
from kg.errors import InputError


def write_analysis(
    analysis: Analysis,
    folder: Path | str,
    *,
    found: Sequence[Finding] | None = None,
    pictures: bool | None = None,
) -> list[Path]:
    """Write the report and the folder ``analysis`` with tables, graph files and pictures.

    What an earlier analysis left in that folder is removed; nothing else is touched.

    Args:
        analysis: From :func:`kg.analyse.analyse`.
        folder: Where to write; made if need be. An output folder's report links to its page.
        found: The findings, if they are known already.
        pictures: Draw pictures; None = if matplotlib is installed.

    Returns:
        What was written: the report, then the folder's files.

    Raises:
        InputError: A file cannot be written.
        PlotError: Pictures are asked for and matplotlib is missing or too old.
    """
    folder = Path(folder)
    tables = folder / TABLES_FOLDER
    found = findings(analysis) if found is None else found
    try:
        if tables.is_dir():
            shutil.rmtree(tables)
    except OSError as error:
        raise InputError(f"cannot replace {tables}: {error.strerror}", "close what uses it") from error
    page = "graph.html" if (folder / "graph.html").is_file() else None
    write_report(analysis, found, folder / REPORT, graph_page=page)
    write_tables(analysis, found, tables)
    if find_spec("matplotlib") is not None if pictures is None else pictures:
        from kg.analyse.plot import write_pictures

        write_pictures(analysis, tables)
    return [folder / REPORT, *sorted(tables.iterdir())]
