"""Arguments and options that several verbs of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

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
        click.option("--pipeline", help="Language pipeline: a shipped one's name, or a path."),
        CONFIG,
    ):
        verb = option(verb)
    return verb
