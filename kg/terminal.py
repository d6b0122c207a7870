"""What the command line prints: progress, tables and Arabic that stays readable in a terminal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from kg.build import BuildResult, Progress
    from kg.checks import Finding
    from kg.claims import Contested
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


def print_answer(columns: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> None:
    """Print rows in the first form that fits the console without folding.

    That is a table; else a table in which names stand for the things that they name (``actorLabel``
    for ``actor``); else each row as a list of its values. Pipes and files get the table.
    """
    if not console.is_terminal or _fits(columns, rows, console):
        console.print(table(columns, rows, console))
        return
    named = {column: columns.index(f"{column}Label") for column in columns if f"{column}Label" in columns}
    kept = [i for i, column in enumerate(columns) if not _is_label(column, columns)]
    short = [columns[i] for i in kept]
    names = [[row[named.get(columns[i], i)] or row[i] for i in kept] for row in rows]
    if _fits(short, names, console):
        console.print(table(short, names, console))
    else:
        _print_records(columns, rows, console)


def _is_label(column: str, columns: Sequence[str]) -> bool:
    return column.endswith("Label") and column.removesuffix("Label") in columns


def _fits(columns: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> bool:
    widths = (max(map(cell_len, cells)) for cells in zip(columns, *rows, strict=True))
    return sum(widths) + 2 * len(columns) <= console.width


def _print_records(columns: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> None:
    """Each row as lines of name and value, a thing's name before its IRI; what is empty is left out."""
    for number, row in enumerate(rows):
        values = dict(zip(columns, row, strict=True))
        grid = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        grid.add_column(
            style="dim", min_width=max(len(c) for c in columns if not _is_label(c, columns)), no_wrap=True
        )
        grid.add_column(overflow="fold")
        for column, value in values.items():
            if value and not _is_label(column, columns):
                name = values.get(f"{column}Label", "")
                shown = readable(name or value, console)
                grid.add_row(column, Text.assemble(shown, ("  " + value, "dim")) if name else shown)
        if number:
            console.print()
        console.print(grid)


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


def print_summary(result: BuildResult, console: Console) -> None:
    """Print what a build made, what it left out and how long it took."""
    counts = {"articles": {"": result.articles}, "entities": result.entities, "facts": result.facts}
    console.print(counts_table(counts, console))
    if result.reused:
        console.print(f"{result.reused} of the articles were extracted from before and not again")
    if result.linked is not None:
        number = _counted(result.linked, "entity", "entities") or "no entity"
        console.print(f"{number} linked to Wikidata by the extract")
    if result.kept_out:
        console.print(f"{result.kept_out} facts broke a rule and were kept out: see build.json")
    if result.contradictions:
        number = _counted(result.contradictions, "contradiction was", "contradictions were")
        console.print(f"{number} found: kg check shows them")
    severities = Counter(problem.severity for problem in result.problems)
    notes = (
        _counted(severities["error"], "input left out", "inputs left out"),
        _counted(severities["warning"], "warning", "warnings"),
    )
    console.print("; ".join((f"built in {result.seconds:.1f} s", *filter(None, notes))))


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


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


def print_findings(findings: Sequence[Finding], console: Console) -> None:
    """Print contradictions, each side with its sentence and article."""
    for finding in findings:
        console.print(Text(f"{finding.title}: {finding.case}", style="bold"), soft_wrap=True)
        for side in finding.sides:
            console.print(Text.assemble("  ", readable(side.value, console)), soft_wrap=True)
            proof = Text("    ").append_text(readable(side.sentence, console))
            console.print(proof.append(f"  {side.article}  {side.fact}", style="dim"), soft_wrap=True)
        console.print()
    number = len(findings)
    console.print(_counted(number, "contradiction", "contradictions") or "no contradictions were found")


def print_explanation(known: Known, console: Console) -> None:
    """Print a thing and its facts, each with its sentence and article."""

    def line(*parts: str | None, indent: int = 0, style: str = "") -> None:
        text = Text("  ", style=style).join(readable(part, console) for part in parts if part)
        text.style = style
        if text and console.is_terminal:
            console.print(Padding(text, (0, 0, 0, indent), expand=False))
        elif text:
            console.print(Text(" " * indent).append_text(text), soft_wrap=True)

    line(*known.labels, style="bold")
    line(known.node, *known.types, *known.same_as)
    for merge in known.merges:
        line(merge, indent=2, style="dim")
    for fact in known.facts:
        proof = fact.proof
        console.print()
        line(", ".join(fact.who), fact.what, ", ".join(fact.whom), style="bold")
        line(proof.sentence, indent=2)
        line(proof.headline or proof.article, proof.publisher, proof.published, indent=2, style="dim")
        line(*fact.notes, f"confidence {proof.confidence:.2f}", fact.node, indent=2, style="dim")
    console.print()
    console.print("1 fact" if len(known.facts) == 1 else f"{len(known.facts)} facts")


def print_contested(found: Contested, console: Console) -> None:
    """Print a claim and its denial, each with its sentence and source chain."""
    for sign, side in (("+", found.claim), ("-", found.denial)):
        console.print(Text(f"{sign} ").append_text(readable(side.who, console)), style="bold", soft_wrap=True)
        console.print(Text("    ").append_text(readable(side.sentence, console)), soft_wrap=True)
        chain = Text(" ← ").join(readable(step, console) for step in side.chain)
        console.print(Text("    ").append_text(chain), style="dim", soft_wrap=True)
    console.print(f"  {found.rule}, score {found.score:.2f}", style="dim")
    console.print()
