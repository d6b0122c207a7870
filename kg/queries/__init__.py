"""Named, documented SPARQL queries: the questions that the graph must answer.

Each ``.rq`` file opens with comments that say what it answers and which parameters it takes::

    # title: What somebody said
    # title@ar: ماذا قال فلان
    # description: …
    # param: speaker entity | only this speaker | هذا المتحدث فقط
    # param: lang text = ar | language of the labels | لغة التسميات

A parameter is a variable of the query. A given value takes the variable's place as a term, never as
text; without value and default the variable stays free. ``?facts``, ``?derived`` and ``?inferred``
always stand for the graphs of that name. Labels and types of entities are read from ``GRAPH ?facts``:
they are in every article's graph too, and over the union of all graphs each would give a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal as OneOf
from typing import cast, get_args

from pyoxigraph import Literal

from kg.errors import QueryError
from kg.rdf.iri import derived_graph, facts_graph, inferred_graph
from kg.rdf.literals import date_literal
from kg.rdf.lookup import find_entity, find_property
from kg.rdf.result import Queryable, Result, Value
from kg.rdf.vocabulary import XSD_INTEGER, expand

ParameterType = OneOf["entity", "property", "text", "date", "integer"]

_HEADER = re.compile(r"#\s*(title|description|param)(?:@(ar))?\s*:\s*(.*)")
_PARAM = re.compile(r"(?P<name>\w+)\s+(?P<type>\w+)\s*(?:=\s*(?P<default>[^|]*))?$")
_NAME = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query.

    Attributes:
        name: Name of the variable.
        type: ``entity`` (IRI, CURIE, slug or label), ``property`` (CURIE or local name of the
            ontology), ``text``, ``date`` or ``integer``.
        default: Value when none is given; None leaves the variable free.
        help: What it is for, in English.
        help_ar: The same in Arabic.
    """

    name: str
    type: ParameterType
    default: str | None
    help: str
    help_ar: str


@dataclass(frozen=True, slots=True)
class Query:
    """A named query with its documentation."""

    name: str
    title: str
    title_ar: str
    description: str
    description_ar: str
    parameters: tuple[Parameter, ...]
    sparql: str


def parse_query(name: str, text: str) -> Query:
    """Read a query file.

    Raises:
        QueryError: If a header line is malformed or title or description is missing in a language.
    """
    found: dict[tuple[str, str], str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if match := _HEADER.match(line):
            kind, language, value = match.group(1), match.group(2) or "en", match.group(3).strip()
            if kind == "param":
                parameters.append(_parameter(name, value))
            else:
                found[kind, language] = value
    try:
        return Query(
            name,
            found["title", "en"],
            found["title", "ar"],
            found["description", "en"],
            found["description", "ar"],
            tuple(parameters),
            text,
        )
    except KeyError as error:
        what = " in ".join(error.args[0])
        raise QueryError(
            f"query {name}: the header lacks the {what}", "add the line to the .rq file"
        ) from None


def _parameter(query: str, text: str) -> Parameter:
    head, *helps = (part.strip() for part in text.split("|"))
    match = _PARAM.match(head)
    if not match or match["type"] not in get_args(ParameterType) or len(helps) != 2:
        mend = "write: # param: name type = default | English | Arabic"
        raise QueryError(f"query {query}: malformed parameter {text!r}", mend)
    default = match["default"]
    kind = cast(ParameterType, match["type"])
    return Parameter(match["name"], kind, None if default is None else default.strip(), helps[0], helps[1])


@cache
def list_queries() -> tuple[Query, ...]:
    """All shipped queries, sorted by name."""
    return read_queries("kg.queries")


def read_queries(package: str) -> tuple[Query, ...]:
    """All queries of a package, sorted by name.

    Raises:
        QueryError: If a header is malformed.
    """
    folder = files(package)
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".rq")), key=lambda p: p.name)
    return tuple(parse_query(p.name.removesuffix(".rq"), p.read_text(encoding="utf-8")) for p in paths)


def get_query(name: str) -> Query:
    """A shipped query by its name.

    Raises:
        QueryError: If there is none of that name.
    """
    for query in list_queries():
        if query.name == name:
            return query
    known = ", ".join(q.name for q in list_queries())
    raise QueryError(f"there is no query named {name!r}", f"choose one of {known}, or give SPARQL")


def named_graphs(base: str) -> dict[str, Value]:
    """The graphs that a query's variables always stand for."""
    return {
        "facts": facts_graph(base),
        "derived": derived_graph(base),
        "inferred": inferred_graph(base),
    }


def run(store: Queryable, query: str | Query, params: Mapping[str, str] | None = None) -> Result:
    """Answer a shipped query or SPARQL text.

    Args:
        store: Where to ask.
        query: A query, the name of a shipped one, or SPARQL.
        params: Values of its parameters, as a user writes them. In SPARQL text every variable is a
            parameter; its value may be an IRI, a CURIE or a text.

    Raises:
        QueryError: If the query does not exist or parse, or a parameter is unknown or does not fit.
    """
    given = {name: value for name, value in (params or {}).items() if value != ""}
    graphs = named_graphs(store.base)
    if isinstance(query, str) and not _NAME.fullmatch(query.strip()):
        free = {name: _guess(store, value) for name, value in given.items()}
        return store.query(query, graphs | free)
    named = get_query(query.strip()) if isinstance(query, str) else query
    if unknown := sorted(given.keys() - {p.name for p in named.parameters}):
        known = ", ".join(p.name for p in named.parameters) or "none"
        raise QueryError(f"query {named.name} has no parameter {', '.join(unknown)}", f"it has: {known}")
    bindings = graphs
    for parameter in named.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            bindings[parameter.name] = _term(store, named.name, parameter, value)
    return store.query(named.sparql, bindings)


def _guess(store: Queryable, value: str) -> Value:
    """An IRI or CURIE as such, everything else as a text."""
    return expand(value, store.base) or Literal(value)


def _term(store: Queryable, query: str, parameter: Parameter, value: str) -> Value:
    wrong = f"query {query}: {parameter.name}={value!r}"
    match parameter.type:
        case "entity":
            return find_entity(store, value)
        case "property":
            return find_property(value, store.base)
        case "date":
            literal = date_literal(value)
            if literal == Literal(value):
                raise QueryError(f"{wrong} is no date", "write 2025-06-23, 2025-06 or 2025")
            return literal
        case "integer":
            if not re.fullmatch(r"[+-]?\d+", value):
                raise QueryError(f"{wrong} is no whole number", "write digits only")
            return Literal(value, datatype=XSD_INTEGER)
        case "text":
            return Literal(value)
