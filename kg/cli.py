"""The command line: thin verbs over the public API.

Exit status of every verb: 0 done (problems with single inputs are warnings on standard error);
1 nothing could be done; 2 wrong usage or an input, setting or query that does not exist or cannot be
read; 130 interrupted.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
import time
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli_analyse import analyse
from kg.cli_train import train
from kg.errors import KgError
from kg.options import CONFIG, ENDPOINT, GRAPH, PATHS, examples, open_graph, reading_options
from kg.verbs import check, claims, export, serve, view

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.ingest import Problem
    from kg.remote import SparqlStore


class _Group(click.Group):
    """Turns errors that a user may see into one line and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {' '.join(str(error).split())}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("kg: interrupted; what was there before is unchanged", err=True)
            ctx.exit(130)


def _program() -> str:
    """How to call this program again: by its name where the shell finds it, else by its path."""
    called, found = Path(sys.argv[0]), shutil.which("kg")
    return "kg" if called.name != "kg" or (found and Path(found).samefile(called)) else str(called)


@click.group(cls=_Group, epilog=f"{__doc__.partition(chr(10))[2].strip()}")
@click.version_option(package_name="diplomacy-kg", prog_name="kg")
def cli() -> None:
    """Arabic news articles in, an evidence-backed RDF knowledge graph of diplomacy out."""


cli.add_command(analyse)


def main() -> None:
    """Entry point of the ``kg`` command."""
    for stream in (sys.stdout, sys.stderr):
        # What goes into files and pipes is UTF-8; a terminal of another encoding shows what it can.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    cli()


def _settings(config: Path | None, **overrides: object) -> Settings:
    from kg.config import load_settings

    return load_settings(config, overrides)


def _printer(console: Any, quiet: bool) -> Callable[[Problem], None]:
    """Prints problems as they come, above the progress bar: errors, and warnings unless quiet."""

    def show(problem: Problem) -> None:
        if problem.severity == "error" or (problem.severity == "warning" and not quiet):
            console.print(f"{problem.severity}: {problem}", markup=False, soft_wrap=True)

    return show


@cli.command(
    epilog=examples(
        "kg build seeds -o output",
        "kg build news.jsonl more/ --year 2025 --jobs 4",
        "cat article.txt | kg build -",
        "kg build seeds --infer",
        "kg build news.jsonl --wikidata items.jsonl.gz",
        "kg build seeds --endpoint http://localhost:7878/query",
    )
)
@PATHS
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Folder to write.  [default: output]")
@click.option("--fresh", is_flag=True, help="Extract from all articles again, also from unchanged ones.")
@click.option("--store", is_flag=True, help="Also write a database: queries on large graphs start at once.")
@click.option(
    "--pairs", type=click.Path(path_type=Path), help="CSV file: what is the same, what is different."
)
@click.option(
    "--wikidata",
    type=click.Path(path_type=Path),
    metavar="DUMP",
    help="Extract of Wikidata (CSV, TSV, JSON lines; .gz, .bz2) to link entities with.",
)
@click.option(
    "--infer/--no-infer", default=None, help="Also write what follows by OWL 2 RL.  [default: no-infer]"
)
@click.option("--endpoint", metavar="URL", help="Also put the graph into this SPARQL 1.1 server.")
@click.option(
    "--update-endpoint",
    metavar="URL",
    help="The server's address for updates.  [default: …/update instead of …/query]",
)
@reading_options
def build(
    paths: tuple[str, ...],
    output: Path | None,
    fresh: bool,
    store: bool,
    pairs: Path | None,
    wikidata: Path | None,
    infer: bool | None,
    endpoint: str | None,
    update_endpoint: str | None,
    config: Path | None,
    pipeline: str | None,
    year: int | None,
    jobs: int | None,
    progress: bool | None,
    quiet: bool,
) -> None:
    """Build the graph of articles: RDF, an HTML page, tables.

    PATH is a file (text, JSON, JSONL, CSV, HTML), a folder of such files, or - for standard input.
    The output folder is replaced as a whole when the build is complete; until then, and when the
    build fails or is interrupted, the old one stays as it was.
    """
    from kg.build import build as build_graph
    from kg.terminal import err_console, out_console, print_summary, progress_bar

    settings = _settings(
        config,
        output=output,
        pipeline=pipeline,
        year=year,
        jobs=jobs,
        pairs=pairs,
        wikidata=wikidata,
        infer=infer,
    )
    remote = _remote(endpoint, update_endpoint, settings)
    err, out = err_console(), out_console()
    # A polite kill must clean up like Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with progress_bar(err, _shown(progress, quiet, err)) as bar:
        result = build_graph(
            paths, settings, progress=bar, sink=_printer(err, quiet), reuse=not fresh, store=store
        )
    if remote:
        from kg.store import graph_file

        remote.replace(graph_file(result.output))
    if quiet:
        return
    print_summary(result, out)
    graph = "" if result.output == _settings(config).build.output else f" -g {result.output}"
    for line in (
        f"the graph is in {result.output}",
        f"look at it: {result.output / 'graph.html'}",
        f"ask it: {_program()} query roles{graph}",
    ):
        out.print(line, soft_wrap=True, markup=False)


def _remote(endpoint: str | None, update_endpoint: str | None, settings: Settings) -> SparqlStore | None:
    """The server that a build goes to; a wrong address is told before the build."""
    from kg.remote import SparqlStore

    if endpoint is None:
        if update_endpoint is not None:
            raise click.UsageError("--update-endpoint needs --endpoint")
        return None
    return SparqlStore(endpoint, settings.rdf.base_iri, update_url=update_endpoint)


def _shown(progress: bool | None, quiet: bool, console: Any) -> bool:
    return bool(console.is_terminal and not quiet) if progress is None else progress


@cli.command(
    epilog=examples(
        "kg extract seeds --format json -o facts.jsonl",
        "cat article.txt | kg extract - | jq .facts",
    )
)
@PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl"]),
    default="json",
    help="Both write one JSON object a line.",
)
@click.option(
    "--output", "-o", default="-", metavar="FILE", help="File to write.  [default: standard output]"
)
@reading_options
def extract(
    paths: tuple[str, ...],
    form: str,
    output: str,
    config: Path | None,
    pipeline: str | None,
    year: int | None,
    jobs: int | None,
    progress: bool | None,
    quiet: bool,
) -> None:
    """Write entities and facts of articles as JSON lines.

    One article a line, in the form of the annotations that `kg evaluate` takes. Entities and facts
    that an input already carries are ignored. A file appears under its name only when it is complete.
    """
    from kg.atomic import written_file
    from kg.build import extract as extract_facts
    from kg.goldjson import to_gold
    from kg.terminal import err_console, progress_bar

    settings = _settings(config, pipeline=pipeline, year=year, jobs=jobs)
    err = err_console()
    started, articles = time.perf_counter(), 0
    with progress_bar(err, _shown(progress, quiet, err)) as bar, written_file(output) as stream:
        for extraction in extract_facts(paths, settings, progress=bar, sink=_printer(err, quiet)):
            stream.write(json.dumps(to_gold(extraction), ensure_ascii=False) + "\n")
            articles += 1
    if not quiet and output != "-":
        seconds = time.perf_counter() - started
        err.print(f"{articles} articles in {seconds:.1f} s: {output}", soft_wrap=True, markup=False)


@cli.command(
    epilog=examples(
        "kg evaluate gold/ facts.jsonl",
        "kg evaluate gold/ facts.jsonl --json > scores.json",
        "kg evaluate gold/ facts.jsonl --errors errors.jsonl",
    )
)
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("pred", type=click.Path(path_type=Path))
@click.option("--per-doc", is_flag=True, help="Also print F1 by article.")
@click.option("--json", "as_json", is_flag=True, help="Print all numbers as JSON.")
@click.option(
    "--errors",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write each missed and spurious fact to FILE, one JSON object a line.",
)
def evaluate(gold: Path, pred: Path, per_doc: bool, as_json: bool, errors: Path | None) -> None:
    """Score predicted facts against annotated ones.

    Prints precision, recall and F1 by kind of fact. GOLD and PRED are folders of JSON files or JSONL
    files in the form that `kg extract` writes. An article that PRED lacks counts as an empty one.
    """
    from kg.evaluate import evaluate as score
    from kg.evaluate import print_report, write_errors
    from kg.terminal import out_console

    report = score(gold, pred)
    if errors:
        write_errors(report, errors)
    if as_json:
        click.echo(json.dumps(report.to_dict(), ensure_ascii=False, indent=1))
    else:
        print_report(report, out_console(), per_doc)


@cli.command(
    epilog=examples(
        "kg query --list",
        "kg query states-condemning --param target=iran",
        "kg query my-question.rq --format csv -o answer.csv",
        "kg query 'SELECT ?who WHERE { ?who dip:condemns ?what }'",
        "kg query roles --endpoint http://localhost:7878/query",
    )
)
@click.argument("query", required=False)
@click.option("--list", "listed", is_flag=True, help="List the shipped queries and their parameters.")
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Value of a parameter.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default="table",
    show_default=True,
)
@click.option(
    "--output", "-o", default="-", metavar="FILE", help="File to write.  [default: standard output]"
)
@GRAPH
@ENDPOINT
@CONFIG
def query(
    query: str | None,
    listed: bool,
    params: tuple[str, ...],
    form: str,
    output: str,
    graph: Path | None,
    endpoint: str | None,
    config: Path | None,
) -> None:
    """Ask a built graph, in SPARQL or by a query's name.

    QUERY is the name of a shipped query, a file with SPARQL, or SPARQL itself; - reads it from standard
    input. Values of parameters are IRIs (kg:russia), slugs (russia), names (روسيا) or texts. csv and
    json give full IRIs; turtle is for CONSTRUCT and DESCRIBE.
    """
    from kg.ask import ask, list_rows, read_query, render
    from kg.atomic import written_file
    from kg.terminal import err_console, out_console, print_answer, table

    out = out_console()
    if listed:
        out.print(table(("query", "answers", "parameters"), list_rows(), out))
        return
    if query is None:
        raise click.UsageError("name a query, give SPARQL, or use --list")
    values = dict(_pair(param) for param in params)
    with open_graph(graph, endpoint, _settings(config)) as store:
        result = ask(store, read_query(query), values)
    if form == "table" and output == "-":
        if result or not out.is_terminal or result.boolean is not None:
            print_answer(result.variables or ("answer",), result.as_table(), out)
        if result.boolean is None:
            err_console().print("1 row" if len(result) == 1 else f"{len(result)} rows")
        return
    with written_file(output) as stream:
        stream.write(render(result, form))


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals or not name:
        raise click.BadParameter(f"{param!r} is not NAME=VALUE", param_hint="--param")
    return name.strip(), value


@cli.command(epilog=examples("kg validate", "kg validate graph.trig"))
@click.argument("graph", required=False, type=click.Path(path_type=Path))
@CONFIG
def validate(graph: Path | None, config: Path | None) -> None:
    """Check a graph against the SHACL shapes.

    The exit status is 1 if something breaks one. GRAPH is the output folder of a build or an RDF
    file. A build checks each article by itself; this runs the reference implementation over the
    whole, about a second for a thousand quads.
    """
    from kg.ask import article_quads
    from kg.rdf.validate import report
    from kg.terminal import out_console, table

    out = out_console()
    settings = _settings(config)
    broken = report(article_quads(graph or settings.build.output, settings.rdf.base_iri))
    if not broken:
        out.print("the graph conforms to all shapes")
        return
    rows = ((r.node, r.rule, r.message, r.value or "", r.sentence) for r in broken)
    out.print(table(("node", "rule", "asks for", "value", "sentence"), rows, out))
    raise SystemExit(1)


@cli.command(
    epilog=examples("kg explain kg:russia", "kg explain بوتين", "kg explain 'russia dip:condemns ?'")
)
@click.argument("iri")
@GRAPH
@ENDPOINT
@CONFIG
def explain(iri: str, graph: Path | None, endpoint: str | None, config: Path | None) -> None:
    """Print facts about a thing with their sentences.

    IRI is an entity's IRI (full or as kg:russia), slug or name, a fact's IRI, or an edge: three of them
    in quotes, where ? stands for anything.
    """
    from kg.explain import explain as look_up
    from kg.terminal import out_console, print_explanation

    with open_graph(graph, endpoint, _settings(config)) as store:
        print_explanation(look_up(store, iri), out_console())


for verb in (check, claims, export, serve, train, view):
    cli.add_command(verb)
