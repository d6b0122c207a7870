"""The verb ``kg analyse``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from kg.options import CONFIG, GRAPH, examples

if TYPE_CHECKING:
    from rich.console import Console

    from kg.analyse import Analysis, Facts

_Rows: TypeAlias = "tuple[tuple[str, ...], Iterable[tuple[str, ...]]]"
_TOPICS = (
    "findings", "stances", "matrix", "changes", "balance", "parties", "timeline", "reactions", "claims",
    "sources",
)  # fmt: skip


@click.command(
    epilog=examples(
        "kg analyse",
        "kg analyse stances --of iran",
        "kg analyse reactions --of us-strikes-on-iran-2025-06 --lang ar",
        "kg analyse changes --by month --period 2025",
        "kg analyse -g output --no-write --level actor",
    )
)
@click.argument("topic", type=click.Choice(_TOPICS), default="findings", required=False)
@click.option("--of", metavar="NAME", help="Only what concerns this actor or event: IRI, slug or name.")
@click.option("--period", metavar="DATES", help="Only this time: 2025, 2025-06 or 2025-01..2025-03.")
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "quarter", "year"]),
    help="Periods to compare.  [default: the finest that hold enough]",
)
@click.option(
    "--level",
    type=click.Choice(["state", "actor"]),
    default="state",
    show_default=True,
    help="Whether states stand for those who speak for them.",
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out doubtful facts.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="Rows to print.")
@click.option("--lang", type=click.Choice(["ar", "en"]), default="en", show_default=True, help="Language.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Folder to write.  [default: the graph's]"
)
@click.option("--write/--no-write", default=True, help="Write the report and tables, or print only.")
@click.option(
    "--pictures/--no-pictures", default=None, help="Draw pictures.  [default: if matplotlib is there]"
)
@GRAPH
@CONFIG
def analyse(
    topic: str,
    of: str | None,
    period: str | None,
    by: Any,
    level: Any,
    min_confidence: float,
    most: int,
    lang: Any,
    output: Path | None,
    write: bool,
    pictures: bool | None,
    graph: Path | None,
    config: Path | None,
) -> None:
    """Analyse who stands where in a built graph.

    Prints one TOPIC and writes all of them: report.html, and the folder analysis with tables, GraphML and
    GEXF for Gephi, and pictures. findings (the default) are sentences; stances are who supports and
    criticises whom; the others are tables. What the numbers mean is told in docs/analysis.md.
    """
    from kg.analyse import Options, analyse, findings, parse_period, read_facts, write_analysis
    from kg.config import load_settings
    from kg.rdf.lookup import find_entity
    from kg.store import open_output
    from kg.terminal import out_console, table

    settings = load_settings(config, {})
    source = graph or settings.build.output
    with open_output(source, settings.rdf.base_iri) as store:
        facts = read_facts(store)
        about = find_entity(store, of).value if of else None
    options = Options(parse_period(period) if period else None, by, level, min_confidence=min_confidence)
    analysis = analyse(facts, options)
    found = findings(analysis)
    out = out_console()
    if topic == "findings":
        for finding in found:
            if about is None or about in finding.about:
                out.print(f"• {finding.text(lang)}", markup=False, soft_wrap=True)
    else:
        columns, rows = _ROWS[topic](analysis, about, lang)
        out.print(table(columns, list(rows)[:most], out))
    if write:
        folder = output or (source if source.is_dir() else Path())
        report, *files = write_analysis(analysis, folder, found=found, pictures=pictures)
        _written(out, report, files)


def _written(out: Console, report: Path, files: list[Path]) -> None:
    out.print(f"the report is in {report}", soft_wrap=True, markup=False)
    out.print(
        f"tables, graph files and pictures ({len(files)}) are in {files[0].parent}",
        soft_wrap=True,
        markup=False,
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:+.2f}"


def _stances(analysis: Analysis, about: str | None, lang: str) -> _Rows:
    edges = [edge for edge in analysis.network.edges.values() if about in (None, edge.target, edge.actor)]
    edges.sort(key=lambda edge: (edge.target != about, -edge.strength, edge.actor, edge.target))
    name = analysis.facts.name
    return ("of", "towards", "weight", "friendly", "hostile", "confidence", "deeds"), (
        (
            name(e.actor, lang), name(e.target, lang), _number(e.weight), f"{e.positive:.2f}",
            f"{e.negative:.2f}", f"{e.confidence:.2f}",
            ", ".join(f"{what} {count}" for what, count in e.predicates.items()),
        )
        for e in edges
    )  # fmt: skip


def _matrix(analysis: Analysis, about: str | None, lang: str) -> _Rows:
    matrix, name = analysis.matrix, analysis.facts.name
    shown = [i for i, column in enumerate(matrix.columns[:8]) if about in (None, column)]
    return ("", *(name(matrix.columns[i], lang) for i in shown)), (
        (name(row, lang), *(_number(weights[i]) for i in shown))
        for row, weights in zip(matrix.rows, matrix.weights(), strict=True)
    )


def _changes(analysis: Analysis, about: str | None, lang: str) -> _Rows:
    name = analysis.facts.name
    names = [network.period.name for network in analysis.compared if network.period] or ["before", "after"]
    return ("of", "towards", "turn", *names), (
        (
            name(c.actor, lang), name(c.target, lang), c.turn, _number(c.before.weight if c.before else None),
            _number(c.after.weight if c.after else None),
        )
        for c in analysis.changes
        if about in (None, c.actor, c.target)
    )  # fmt: skip


def _balance(analysis: Analysis, about: str | None, lang: str) -> _Rows:
    del about
    best, triads = analysis.blocs, analysis.balance.triads
    rows = [("triads", "  ".join(f"{kind} {count}" for kind, count in triads.items()))]
    for size, division in analysis.partitions.items():
        rows.append(
            (f"friction of {size} blocs", f"{division.share:.3f}, stability {division.stability:.2f}")
        )
    for number, bloc in enumerate(best.blocs if best else (), 1):
        rows.append((f"bloc {number}", ", ".join(analysis.facts.name(iri, lang) for iri in bloc)))
    return ("balance", ""), rows


def _parties(analysis: Analysis, about: str | None, lang: str) -> _Rows:
    ranked = sorted(
        analysis.standings.items(),
        key=lambda item: (-item[1].received_positive - item[1].received_negative, item[0]),
    )
    return ("party", "bloc", "friendly", "hostile", "standing", "prestige", "PN in", "between", "mediates"), (
        (
            analysis.facts.name(iri, lang), "" if s.bloc is None else str(s.bloc + 1),
            f"{s.received_positive:.2f}", f"{s.received_negative:.2f}", _number(s.standing),
            f"{s.prestige:.3f}", f"{s.pn_in:.3f}", f"{s.betweenness:.3f}", str(s.mediates),
        )
        for iri, s in ranked
        if about in (None, iri)
    )  # fmt: skip


def _timeline(analysis: Analysis, about: str | None, lang: str) -> _Rows:
    del about, lang
    line = analysis.timeline
    points = {point.day: f"{point.before:.1f} → {point.after:.1f}" for point in analysis.change_points}
    days = [(line.day(i), of) for i, of in enumerate(line.days) if of]
    return ("day", "acts", "of which", "pace"), (
        (
            day.isoformat(), str(sum(of.values())), ", ".join(f"{kind} {n}" for kind, n in of.items()),
            points.get(day, ""),
        )
        for day, of in sorted(days, reverse=True)
    )  # fmt: skip


def _reactions(analysis: Analysis, about: str | None, lang: str) -> _Rows:
    name = analysis.facts.name
    return ("event", "rank", "actor", "act", "date", "days", "confidence"), (
        (
            name(event, lang), str(r.rank), name(r.actor, lang), r.act.predicate, r.date or "",
            "" if r.days is None else str(r.days), f"{r.confidence:.2f}",
        )
        for event, found in analysis.reactions.items()
        for r in found
        if about in (None, event, r.actor)
    )  # fmt: skip


def _claims(analysis: Analysis, about: str | None, lang: str) -> _Rows:
    from kg.analyse import ActFact

    name = analysis.facts.name
    contested = (
        (
            "contested", name(c.claimant, lang),
            c.claim.predicate if isinstance(c.claim, ActFact) else "says",
            _names(analysis.facts, c.claim.targets, lang) if isinstance(c.claim, ActFact) else "",
            name(c.denier, lang), c.denial.quote.sentence,
        )
        for c in analysis.facts.contests
        if about in (None, c.claimant, c.denier)
    )  # fmt: skip
    told = (
        (
            "one word only" if c.single else f"{c.articles} articles", _names(analysis.facts, c.who, lang),
            c.predicate, _names(analysis.facts, c.whom, lang), _names(analysis.facts, c.told_by, lang),
            c.quotes[0].sentence,
        )
        for c in analysis.claims
        if about is None or about in (*c.who, *c.whom)
    )  # fmt: skip
    return ("claim", "who", "what", "whom", "by", "sentence"), [*contested, *told]


def _sources(analysis: Analysis, about: str | None, lang: str) -> _Rows:
    return ("source", "claims", "contradicted", "at least", "by"), (
        (
            analysis.facts.name(s.source, lang), str(s.claims), str(s.contradicted), f"{s.at_least:.3f}",
            _names(analysis.facts, s.by, lang),
        )
        for s in analysis.sources
        if about in (None, s.source)
    )  # fmt: skip


def _names(facts: Facts, iris: Iterable[str], lang: str) -> str:
    return ", ".join(facts.name(iri, lang) for iri in iris)


_ROWS: dict[str, Callable[[Analysis, str | None, str], _Rows]] = {
    "stances": _stances,
    "matrix": _matrix,
    "changes": _changes,
    "balance": _balance,
    "parties": _parties,
    "timeline": _timeline,
    "reactions": _reactions,
    "claims": _claims,
    "sources": _sources,
}
