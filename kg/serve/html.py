"""The pages of the endpoint: a form for SPARQL and one a shipped question. They need no script."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.queries import Query, list_queries, named_graphs
from kg.rdf.bind import bind
from kg.rdf.result import Result
from kg.serve.formats import GRAPHS, TABLES

EXAMPLE = """SELECT DISTINCT ?who ?what WHERE {
  ?who dip:condemns ?what
}
LIMIT 100"""


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _render(name: str, **values: object) -> str:
    return _environment().get_template(name).render(queries=list_queries(), **values)


def _answer(result: Result | None, error: str | None, again: str) -> dict[str, object]:
    """What the templates show of an answer; ``again`` is its address, for the other formats."""
    forms = GRAPHS if result is not None and result.is_graph else TABLES
    return {
        "error": error,
        "columns": None if result is None else result.variables or ("answer",),
        "rows": [] if result is None else result.as_table(),
        "links": [(form.name, f"{again}&format={form.name}") for form in forms] if again else [],
    }


def form_page(
    text: str = EXAMPLE,
    result: Result | None = None,
    error: str | None = None,
    again: str = "",
    *,
    page: bool = False,
) -> str:
    """The start page: the questions, a field for SPARQL and, if something was asked, the answer.

    Args:
        text: SPARQL in the field.
        result: The answer; None if nothing was asked.
        error: What went wrong instead.
        again: Address that gives the same answer, ending in a query string.
        page: Whether there is a page of the graph to link to.
    """
    return _render("form.html.j2", text=text, page=page, **_answer(result, error, again))


def question_page(
    query: Query, given: Mapping[str, str], result: Result | None, error: str | None, again: str, *, base: str
) -> str:
    """The page of one shipped question; arguments as of :func:`form_page`.

    Args:
        query: The question.
        given: Values of its parameters.
        base: Base IRI of the graph, which its SPARQL names.
    """
    header_ends = query.sparql.find("\nSELECT") + 1
    sparql = bind(query.sparql[header_ends:], named_graphs(base))
    return _render(
        "question.html.j2", query=query, given=given, sparql=sparql, **_answer(result, error, again)
    )
