"""What a query from outside may not do."""

from __future__ import annotations

import re

from kg.errors import QueryError
from kg.rdf.result import Result
from kg.store import Graphs, OxigraphStore

_SERVICE = re.compile(r"[?$]\w+|(?P<s>s)(?P<rest>ervice)", re.IGNORECASE)


def disarm(sparql: str) -> str:
    r"""A query that cannot call other servers, whatever it tries.

    SPARQL allows ``\u0073`` for "s" in texts, IRIs and comments, and Oxigraph does not take it in
    keywords. So every "service" is written in that way: in a text it stays the same word, as the
    keyword it no longer parses. This does not depend on telling texts and keywords apart, which a
    cunning query could confuse. Variables stay as they are, since a keyword is never part of one.

    >>> disarm('SELECT ?service { ?service ?p "Secret Service" }')
    'SELECT ?service { ?service ?p "Secret \\u0053ervice" }'
    """

    def escape(match: re.Match[str]) -> str:
        return match.group() if match["s"] is None else f"\\u{ord(match['s']):04x}{match['rest']}"

    return _SERVICE.sub(escape, sparql)


def ask_guarded(store: OxigraphStore, sparql: str, graphs: Graphs | None, most: int) -> Result:
    """Answer a query from outside.

    Args:
        store: Where to ask. A query never changes it: updates are another language.
        sparql: The query.
        graphs: The dataset that the request names.
        most: Rows that the answer may have.

    Raises:
        QueryError: If the query does not parse, calls another server or has too many rows.
    """
    safe = disarm(sparql)
    try:
        return store.query(safe, graphs=graphs, most=most)
    except QueryError as error:
        if safe != sparql and "SPARQL" in error.what:
            mend = "leave out SERVICE, and name no prefix or property so"
            raise QueryError("this server calls no other ones for a query", mend) from error
        raise
