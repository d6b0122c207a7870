"""What the command line prints: progress, tables and Arabic that stays readable in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from kg.build import Progress
    from kg.explain import Known

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FSI, _PDI = "\u2068", "\u2069"
WIDE = 4096
"""Columns of a table that goes into a file or a pipe, where nothing may be cut off."""


def out_console() -> Console:
    """Standard output: as wide as the terminal, or wide enough for anything."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDE)


def err_console() -> Console:
    """Standard error: progress, summaries beside data, and problems."""
    return Console(stderr=True, highlight=False)


def readable(text: str, console: Console) -> Text:
    """Text for a console: no control characters, and in a terminal Arabic isolated from its row.

    The terminal itself does the reordering; the isolate keeps it from moving the neighbouring cells.
    """
    text = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
    return Text(f"{_FSI}{text}{_PDI}" if console.is_terminal and _RTL.search(text) else text)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], console: Console, numbers: int = 0) -> Table:
    """A table whose last ``numbers`` columns are right-aligned; long cells are folded, never cut."""
    result = Table(box=None, pad_edge=False, header_style="bold")
    for i, column in enumerate(columns):
        is_number = i >= len(columns) - numbers
        result.add_column(column, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        result.add_row(*(readable(cell, console) for cell in row))
    return result


def counts_table(counts: Mapping[str, Mapping[str, int]], console: Console) -> Table:
    """Counts by group and kind: a row a group, its total and its kinds, the commonest first.

    A kind without a name counts towards the total alone.
    """
    rows = []
    for group, kinds in counts.items():
        named = sorted(((kind, n) for kind, n in kinds.items() if kind and n), key=lambda k: (-k[1], k[0]))
        rows.append((group, str(sum(kinds.values())), ", ".join(f"{kind} {n}" for kind, n in named)))
    result = Table(box=None, pad_edge=False, show_header=False)
    result.add_column()
    result.add_column(justify="right", style="bold")
    result.add_column(overflow="fold")
    for row in rows:
        result.add_row(*(readable(cell, console) for cell in row))
    return result


@contextmanager
def progress_bar(console: Console, show: bool) -> Iterator[Progress | None]:
    """A progress bar on a console; None where it is not to be shown."""
    if not show:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        tasks: dict[str, int] = {}

        def advance(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield advance


def print_explanation(known: Known, console: Console) -> None:
    """Print a thing and its facts, each with its sentence and article."""

    def line(*parts: str | None, indent: int = 0, style: str = "") -> None:
        text = Text(" " * indent, style=style)
        for i, part in enumerate(filter(None, parts)):
            text.append("  " if i else "").append_text(readable(part, console))
        console.print(text, soft_wrap=not console.is_terminal)

    line(*known.labels, style="bold")
    line(known.node, *known.types, *known.same_as)
    for fact in known.facts:
        proof = fact.proof
        console.print()
        line(", ".join(fact.who), fact.what, ", ".join(fact.whom), style="bold")
        line(proof.sentence, indent=2)
        line(proof.headline or proof.article, proof.publisher, proof.published, indent=2, style="dim")
        line(*fact.notes, f"confidence {proof.confidence:.2f}", fact.node, indent=2, style="dim")
    console.print()
    console.print("1 fact" if len(known.facts) == 1 else f"{len(known.facts)} facts")
