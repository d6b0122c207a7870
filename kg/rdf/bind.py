"""Put values in the place of a query's variables, token by token.

Works on the text, so that any SPARQL server understands the outcome, but never inside strings, IRIs or
comments, and values are written by the RDF library, which escapes them: what a user types stays a term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError

_TOKEN = re.compile(
    r'''(?P<skip>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'
        |<[^<>"{}|^`\\\s]*>|\#[^\n]*)
      |[?$](?P<variable>\w+)
      |(?<![\w:.-])(?P<word>[A-Za-z]\w*(?![\w:]))|(?P<mark>[{}()])''',
    re.VERBOSE | re.DOTALL,
)
_TAIL = frozenset({"GROUP", "ORDER", "HAVING"})


def bind(sparql: str, bindings: Mapping[str, object]) -> str:
    """Write terms for variables.

    In a SELECT clause the variable stays, as the name of its value; the columns do not change. A SELECT
    inside of one that has the same variable gets another name for it: SPARQL forbids to assign one twice.

    Args:
        sparql: A query. Variables that get a value must not be assigned in it (BIND, VALUES).
        bindings: Named nodes and literals by variable name.

    Raises:
        QueryError: If a value is neither an IRI nor a literal.

    >>> bind("SELECT ?who WHERE { ?who ?p ?o }", {"who": NamedNode("http://a.example/b")})
    'SELECT (<http://a.example/b> AS ?who) WHERE { <http://a.example/b> ?p ?o }'
    >>> bind("SELECT ?s { { SELECT ?s { ?s ?p ?o } } }", {"s": Literal("x")})
    'SELECT ("x" AS ?s) { { SELECT ("x" AS ?s_18) { "x" ?p ?o } } }'
    """
    for name, value in bindings.items():
        if not isinstance(value, NamedNode | Literal):
            raise QueryError(f"the value of ?{name} is no IRI or literal", "give one of these")
    clause, depth = "", 0
    named: set[str] = set()

    def write(match: re.Match[str]) -> str:
        nonlocal clause, depth
        text = match.group()
        if word := match["word"]:
            if word.upper() == "SELECT":
                clause, depth = "head", 0
            elif word.upper() in _TAIL:
                clause, depth = "tail", 0
        elif mark := match["mark"]:
            if mark in "{}":
                clause = ""
            depth += {"(": 1, ")": -1}.get(mark, 0)
        elif (name := match["variable"]) and name in bindings:
            term = str(bindings[name])
            if clause == "head" and depth == 0:
                column = f"{name}_{match.start()}" if name in named else name
                named.add(name)
                return f"({term} AS ?{column})"
            if clause and depth == 0:
                return f"({term})"
            return term
        return text

    return _TOKEN.sub(write, sparql)
