"""Verbs that carry a graph to others, and that look for what does not agree in it."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from pathlib import Path

import click

from kg.export import FORMS
from kg.options import CONFIG, ENDPOINT, GRAPH, examples, open_graph


@click.command(
    epilog=examples(
        "kg serve",
        "kg serve -g graph --port 8080 --timeout 10 --limit 1000",
        "curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT ?s { ?s dip:condemns ?o }' "
        "http://127.0.0.1:7878/sparql",
    )
)
@GRAPH
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 = any free one."
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=30.0,
    show_default=True,
    help="Seconds that a query may take.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    help="Rows that an answer may have; a larger one is refused, not cut.",
)
@click.option(
    "--workers", type=click.IntRange(1), default=2, show_default=True, help="Queries that run at a time."
)
@click.option(
    "--cors", metavar="ORIGIN", help="Web pages of this origin may read answers; * = all.  [default: none]"
)
@click.option("--open/--no-open", "show", default=False, help="Open a browser.")
@CONFIG
def serve(
    graph: Path | None,
    host: str,
    port: int,
    timeout: float,
    limit: int,
    workers: int,
    cors: str | None,
    show: bool,
    config: Path | None,
) -> None:
    """Serve a built graph as a SPARQL 1.1 endpoint with a form.

    The form with the shipped questions is at /, the endpoint at /sparql, the graph's page at /graph. Nobody
    can change the graph through it, and no query makes it call other servers (SERVICE). It serves this
    machine only; for others put a reverse proxy with TLS in front, or name a --host. A graph with a
    database (kg build --store) is served at once.
    """
    from kg.config import load_settings
    from kg.serve.server import address, serving

    settings = load_settings(config)
    graph = graph or settings.build.output
    with serving(
        graph,
        settings.rdf.base_iri,
        host=host,
        port=port,
        timeout=timeout,
        most=limit,
        workers=workers,
        cors=cors,
    ) as server:
        url = address(server)
        click.echo(f"the form is at {url}")
        click.echo(f"the endpoint is at {url}sparql")
        click.echo("Ctrl-C ends it", err=True)
        if show:
            click.launch(url)
        # A polite kill must end the processes of the server like Ctrl-C does.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


@click.command(
    epilog=examples(
        "kg view", "kg view output --no-open", "kg view --endpoint http://localhost:7878/query -o page.html"
    )
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--open/--no-open", "show", default=None, help="Open a browser.  [default: in a terminal]")
@ENDPOINT
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("graph.html"),
    metavar="FILE",
    show_default=True,
    help="Where to write the page of a server's graph.",
)
@CONFIG
def view(
    folder: Path | None, show: bool | None, endpoint: str | None, output: Path, config: Path | None
) -> None:
    """Open the HTML page of a built graph.

    FOLDER is the output folder of `kg build`. With --endpoint the page is made of what the server holds.
    """
    from kg.config import load_settings
    from kg.errors import InputError

    settings = load_settings(config)
    if endpoint is not None:
        from kg.view.stored import write_page_of

        with open_graph(folder, endpoint, settings) as store:
            write_page_of(store, output)
        page = output.resolve()
    else:
        folder = folder or settings.build.output
        page = (folder / "graph.html").resolve()
        if not page.is_file():
            raise InputError(f"{folder}: no built graph there", f"run: kg build PATH… -o {folder}")
    click.echo(str(page))
    if sys.stdout.isatty() if show is None else show:
        click.launch(page.as_uri())


@click.command(
    epilog=examples(
        "kg export --to parquet",
        "kg export --to neo4j -o import -g output",
        "kg export --to plover -o events.jsonl",
        "kg export --to trig --endpoint http://localhost:7878/query",
    )
)
@click.option("--to", "form", type=click.Choice(list(FORMS)), required=True, help="The form to write.")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="File or folder to write.  [default: its usual name, such as graph.trig]",
)
@GRAPH
@ENDPOINT
@CONFIG
def export(
    form: str, output: Path | None, graph: Path | None, endpoint: str | None, config: Path | None
) -> None:
    """Write the whole graph for another tool.

    trig, jsonld, nquads: RDF. rdf12: RDF 1.2 with reifiers. graphml: networkx, Gephi. csv, parquet: pandas, a
    table a kind of thing (parquet needs pyarrow). neo4j: files for neo4j-admin. plover: event records.
    """
    from kg.config import load_settings
    from kg.export import export as write
    from kg.store import graph_file, read_quads

    settings = load_settings(config)
    base = settings.rdf.base_iri
    if endpoint is not None:
        with open_graph(graph, endpoint, settings) as store:
            quads = list(store.quads())
    else:
        quads = read_quads(graph_file(graph or settings.build.output))
    path = output or Path(FORMS[form].output)
    write(quads, form, path, base)
    click.echo(f"{path}: {FORMS[form].about}", err=True)


@click.command(epilog=examples("kg check", "kg check -g output --json > contradictions.json"))
@click.option("--json", "as_json", is_flag=True, help="Print all findings as JSON.")
@GRAPH
@ENDPOINT
@CONFIG
def check(as_json: bool, graph: Path | None, endpoint: str | None, config: Path | None) -> None:
    """Look for contradictions in a graph.

    Such as a person who heads two states at once, or a treaty that is signed before its talks. Each is
    shown with the sentences that make it; the graph is not changed, and the exit status is 0.
    """
    import json
    from dataclasses import asdict

    from kg.checks import run_checks
    from kg.config import load_settings
    from kg.terminal import out_console, print_findings

    with open_graph(graph, endpoint, load_settings(config)) as store:
        findings = run_checks(store)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        print_findings(findings, out_console())


@click.command(epilog=examples("kg claims", "kg claims بيسكوف", "kg claims russia --lang en --format json"))
@click.argument("who", required=False)
@click.option("--lang", type=click.Choice(["ar", "en"]), default="ar", show_default=True, help="Of names.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@GRAPH
@CONFIG
def claims(who: str | None, lang: str, form: str, graph: Path | None, config: Path | None) -> None:
    """Print contested claims: what one says and another denies.

    Each with both sentences and the way that they came: article ← outlet ← speaker. WHO, an IRI, slug or
    name, keeps those that this actor makes or denies. json gives an object a line.
    """
    import json

    from kg.claims import contested
    from kg.config import load_settings
    from kg.terminal import err_console, out_console, print_contested

    out, count = out_console(), 0
    with open_graph(graph, None, load_settings(config)) as store:
        for found in contested(store, who, lang):
            count += 1
            if form == "json":
                click.echo(json.dumps(found.record(), ensure_ascii=False))
            else:
                print_contested(found, out)
    err_console().print("1 contested claim" if count == 1 else f"{count} contested claims")
