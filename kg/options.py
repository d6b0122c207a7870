"""Arguments and options that several verbs of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.store import Store

F = TypeVar("F", bound=Callable[..., Any])


def examples(*lines: str) -> str:
    """The last part of a verb's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
GRAPH = click.option(
    "--graph",
    "-g",
    type=click.Path(path_type=Path),
    help="Output folder of a build, or an RDF file.  [default: output]",
)
ENDPOINT = click.option(
    "--endpoint",
    metavar="URL",
    help="Ask this SPARQL 1.1 server instead, such as http://localhost:7878/query.",
)
CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file.  [default: kg.toml, if there]"
)


def reading_options(verb: F) -> F:
    """Options of the verbs that read articles."""
    for option in (
        click.option("--quiet", "-q", is_flag=True, help="Print errors only."),
        click.option(
            "--progress/--no-progress", default=None, help="Show a progress bar. Default: in a terminal."
        ),
        click.option("--jobs", "-j", type=int, help="Processes to use.  [default: up to 2]"),
        click.option("--year", type=int, help="Year of datelines that name a day and month only."),
        click.option("--pipeline", help="Language pipeline: ar, rules or a folder.  [default: ar]"),
        CONFIG,
    ):
        verb = option(verb)
    return verb


def open_graph(graph: Path | None, endpoint: str | None, settings: Settings) -> Store:
    """The store that a user names: a server, a folder or file, or else the configured output folder.

    Raises:
        KgError: It cannot be opened.
    """
    from kg.remote import SparqlStore
    from kg.store import open_output

    if endpoint is None:
        return open_output(graph or settings.build.output, settings.rdf.base_iri)
    if graph is not None:
        raise click.UsageError("name a graph or an --endpoint, not both")
    return SparqlStore(endpoint, settings.rdf.base_iri)
