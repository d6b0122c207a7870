"""Ask a built graph and write the answer down."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize

from kg.config import load_settings
from kg.errors import InputError, QueryError
from kg.queries import Query, list_queries, parse_query, run
from kg.rdf.result import Result, Value
from kg.rdf.vocabulary import prefixes
from kg.store import Store, graph_file, open_output, read_quads


def query(query: str, params: Mapping[str, str] | None = None, output: Path | str | None = None) -> Result:
    """Answer a query on a built graph.

    Args:
        query: The name of a shipped query, or SPARQL.
        params: Values of its parameters: IRIs, CURIEs, slugs, names or texts.
        output: Output folder of a build, or an RDF file; None = the configured output folder.

    Raises:
        QueryError: The query does not exist or parse, or a parameter does not fit.
        StoreError: There is no graph, or it cannot be read.
    """
    settings = load_settings()
    path = Path(output) if output is not None else settings.build.output
    with open_output(path, settings.rdf.base_iri) as store:
        return ask(store, query, params)


def ask(store: Store, query: str | Query, params: Mapping[str, str] | None = None) -> Result:
    """Answer a query on an open store."""
    return run(store, query, params)


def read_query(text: str) -> str | Query:
    """What a user means by a query: a shipped one's name, a file, "-" for standard input, or SPARQL.

    Raises:
        InputError: The file cannot be read.
    """
    if text == "-":
        return _parsed("stdin", sys.stdin.read())
    if any(text == query.name for query in list_queries()) or "{" in text or "\n" in text:
        return text
    path = Path(text)
    if path.suffix not in (".rq", ".sparql") and not path.is_file():
        return text
    try:
        return _parsed(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})", "give a UTF-8 file with SPARQL") from error


def _parsed(name: str, text: str) -> str | Query:
    """SPARQL text; with the header of a shipped query it is one, whose parameters have types."""
    return parse_query(name, text) if "# title:" in text else text


def list_rows() -> Iterator[tuple[str, str, str]]:
    """Name, title and parameters of each shipped query."""
    for shipped in list_queries():
        parameters = (p.name if p.default is None else f"{p.name}={p.default}" for p in shipped.parameters)
        yield shipped.name, shipped.title, " ".join(parameters)


def article_quads(path: Path, base: str) -> Iterator[Quad]:
    """What the articles of a graph say, without what is merged or derived from it.

    Read from the file and not from a store, which would write numbers of one kind as another.

    Args:
        path: Output folder of a build, or an RDF file; of a file without graphs, all is taken.
        base: Base IRI that the build used.

    Raises:
        StoreError: There is no graph, or it cannot be read.
    """
    file = graph_file(path)
    articles = f"{base}graph/article/"
    for quad in read_quads(file):
        graph = quad.graph_name
        if not isinstance(graph, NamedNode) or graph.value.startswith(articles):
            yield quad


def render(result: Result, form: str) -> str:
    """An answer as text.

    Args:
        result: The answer.
        form: "csv" or "table" (comma-separated, full IRIs), "json" (a list of objects, unbound
            variables left out; true or false for ASK) or "turtle".

    Raises:
        QueryError: Turtle was asked for and the query was no CONSTRUCT or DESCRIBE.
    """
    if form == "turtle":
        return _turtle(result)
    names = result.variables or ("answer",)
    rows: list[list[str | None]]
    if result.boolean is not None:
        if form == "json":
            return json.dumps(result.boolean) + "\n"
        rows = [["true" if result.boolean else "false"]]
    else:
        rows = [[None if value is None else _plain(value) for value in row] for row in result.rows]
    if form == "json":
        records = ({n: v for n, v in zip(names, row, strict=True) if v is not None} for row in rows)
        return json.dumps(list(records), ensure_ascii=False, indent=1) + "\n"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([value or "" for value in row] for row in rows)
    return text.getvalue()


def _plain(value: Value) -> str:
    return value.value if isinstance(value, NamedNode | BlankNode | Literal) else str(value)


def _turtle(result: Result) -> str:
    if not result.is_graph:
        raise QueryError("the answer is a table and no graph", "use CONSTRUCT or DESCRIBE, or another format")
    text = serialize(result.statements(), format=RdfFormat.TURTLE, prefixes=prefixes(result.base))
    return (text or b"").decode()
