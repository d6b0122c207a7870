"""Answers to queries, in a form of our own, whatever store they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.rdf.vocabulary import DEFAULT_BASE, shorten

Value = NamedNode | BlankNode | Literal | Triple


def show(value: Value | None, base: str = DEFAULT_BASE) -> str:
    """A value as a reader wants it: CURIEs, texts without quotes, nothing for an unbound variable."""
    match value:
        case None:
            return ""
        case NamedNode():
            return shorten(value.value, base)
        case Literal():
            return value.value
    return str(value)


@dataclass(frozen=True, slots=True)
class Result:
    """Answer to a SPARQL query.

    Attributes:
        variables: Column names; ``subject, predicate, object`` for CONSTRUCT and DESCRIBE; empty for ASK.
        rows: One tuple a solution, ``None`` where a variable is unbound.
        boolean: Answer to an ASK query, else None.
        base: Base IRI, for short forms.
        is_graph: Whether the rows are the triples of CONSTRUCT or DESCRIBE.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    boolean: bool | None = None
    base: str = DEFAULT_BASE
    is_graph: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows) if self.boolean is None else self.boolean

    def as_table(self) -> list[list[str]]:
        """Rows as texts, in the order of :attr:`variables`; an ASK query gives one cell."""
        if self.boolean is not None:
            return [["true" if self.boolean else "false"]]
        return [[show(value, self.base) for value in row] for row in self.rows]

    def records(self) -> Iterator[dict[str, str]]:
        """Rows as dicts of texts, without the unbound variables."""
        for row in self.rows:
            pairs = zip(self.variables, row, strict=True)
            yield {name: show(value, self.base) for name, value in pairs if value is not None}

    def statements(self) -> Iterator[Triple]:
        """The triples of an answer that is a graph; nothing of a table."""
        for row in self.rows if self.is_graph else ():
            match row:
                case (NamedNode() | BlankNode() as s, NamedNode() as p, value) if value is not None:
                    yield Triple(s, p, value)

    def column(self, name: str) -> list[str]:
        """Texts of one column.

        Raises:
            KeyError: If the query has no such variable.
        """
        if name not in self.variables:
            raise KeyError(name)
        i = self.variables.index(name)
        return [show(row[i], self.base) for row in self.rows]


class Queryable(Protocol):
    """Anything that answers SPARQL over the union of all its graphs."""

    base: str

    def query(self, sparql: str, bindings: Mapping[str, Value] | None = None) -> Result:
        """Answer a query in which some variables have values already."""
        ...
