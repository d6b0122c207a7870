"""Answers in the formats of SPARQL 1.1, and which of them a client wants."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, serialize

from kg.rdf.result import Result, Value
from kg.rdf.vocabulary import XSD, prefixes
from kg.xmltext import NOT_XML

_STRING = XSD + "string"


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an answer.

    Attributes:
        name: Short name, for the parameter ``format`` of a request.
        media: Media type; ``also`` are others that mean the same.
        rdf: Format of the RDF library, where it is one of graphs.
    """

    name: str
    media: str
    also: tuple[str, ...] = ()
    rdf: RdfFormat | None = None


HTML = Format("html", "text/html", ("application/xhtml+xml",))
TABLES = (
    Format("json", "application/sparql-results+json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
"""Formats of SELECT and ASK; the first is that of a client who does not say."""
GRAPHS = (
    Format("turtle", "text/turtle", ("application/x-turtle",), RdfFormat.TURTLE),
    Format("ntriples", "application/n-triples", ("text/plain",), RdfFormat.N_TRIPLES),
    Format("jsonld", "application/ld+json", ("application/json",), RdfFormat.JSON_LD),
    Format("rdfxml", "application/rdf+xml", ("application/xml", "text/xml"), RdfFormat.RDF_XML),
)
"""Formats of CONSTRUCT and DESCRIBE, likewise."""


def choose(result: Result, accept: str, wanted: str | None) -> Format | None:
    """The format for an answer.

    Args:
        result: The answer.
        accept: The request's ``Accept`` header; empty takes anything.
        wanted: A :attr:`Format.name` that goes before it.

    Returns:
        None if there is no format that the client takes.
    """
    formats = (*(GRAPHS if result.is_graph else TABLES), HTML)
    if wanted:
        return next((f for f in formats if f.name == wanted), None)
    ranges = _ranges(accept)
    best, quality = None, 0.0
    for form in formats:
        also = (q for media, q in ranges if media in form.also)
        q = max((_quality(form.media, ranges), *also))
        if q > quality:
            best, quality = form, q
    return best


def wants_page(accept: str, wanted: str | None) -> bool:
    """Whether a client is a browser, or asks for a page by name."""
    if wanted:
        return wanted == HTML.name
    return any(media in (HTML.media, *HTML.also) and q > 0 for media, q in _ranges(accept))


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        media, *parameters = (p.strip() for p in part.lower().split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(max(float(parameter[2:]), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if media:
            found.append((media, quality))
    return found or [("*/*", 1.0)]


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    """Quality of a media type; the most specific range that fits decides, as RFC 9110 has it."""
    for fitting in (media, media.partition("/")[0] + "/*", "*/*"):
        if found := [q for name, q in ranges if name == fitting]:
            return max(found)
    return 0.0


def write(result: Result, form: Format) -> bytes:
    """An answer in one of :data:`TABLES` or, if it is a graph, of :data:`GRAPHS`."""
    if form.rdf is not None:
        return serialize(result.statements(), format=form.rdf, prefixes=prefixes(result.base)) or b""
    writers = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}
    return "".join(writers[form.name](result)).encode("utf-8", "replace")


def _json(result: Result) -> Iterator[str]:
    if result.boolean is not None:
        yield json.dumps({"head": {}, "boolean": result.boolean})
        return
    rows = [
        {n: _json_term(v) for n, v in zip(result.variables, row, strict=True) if v is not None}
        for row in result.rows
    ]
    head = {"vars": list(result.variables)}
    yield json.dumps({"head": head, "results": {"bindings": rows}}, ensure_ascii=False)


def _json_term(value: Value) -> dict[str, object]:
    match value:
        case NamedNode():
            return {"type": "uri", "value": value.value}
        case BlankNode():
            return {"type": "bnode", "value": value.value}
        case Literal():
            more = _annotation(value)
            return {"type": "literal", "value": value.value, **({more[0]: more[1]} if more else {})}
    parts = {"subject": value.subject, "predicate": value.predicate, "object": value.object}
    return {"type": "triple", "value": {name: _json_term(term) for name, term in parts.items()}}


def _annotation(literal: Literal) -> tuple[str, str] | None:
    """Language or datatype of a literal, with the name that XML and JSON give it."""
    if literal.language:
        return "xml:lang", literal.language
    return None if literal.datatype.value == _STRING else ("datatype", literal.datatype.value)


def _xml(result: Result) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    if result.boolean is not None:
        yield f"<head/><boolean>{str(result.boolean).lower()}</boolean></sparql>\n"
        return
    names = "".join(f"<variable name={quoteattr(name)}/>" for name in result.variables)
    yield f"<head>{names}</head><results>"
    for row in result.rows:
        yield "<result>"
        for name, value in zip(result.variables, row, strict=True):
            if value is not None:
                yield f"<binding name={quoteattr(name)}>{_xml_term(value)}</binding>"
        yield "</result>"
    yield "</results></sparql>\n"


def _xml_term(value: Value) -> str:
    match value:
        case NamedNode():
            return f"<uri>{escape(value.value)}</uri>"
        case BlankNode():
            return f"<bnode>{escape(value.value)}</bnode>"
        case Literal():
            more = _annotation(value)
            attribute = f" {more[0]}={quoteattr(more[1])}" if more else ""
            return f"<literal{attribute}>{escape(NOT_XML.sub(chr(0xFFFD), value.value))}</literal>"
    named = (("subject", value.subject), ("predicate", value.predicate), ("object", value.object))
    parts = (f"<{name}>{_xml_term(term)}</{name}>" for name, term in named)
    return f"<triple>{''.join(parts)}</triple>"


def _csv(result: Result) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.variables or ("boolean",))
    if result.boolean is not None:
        writer.writerow([str(result.boolean).lower()])
    writer.writerows([_plain(value) for value in row] for row in result.rows)
    yield out.getvalue()


def _plain(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case NamedNode() | Literal():
            return value.value
    return str(value)


def _tsv(result: Result) -> Iterator[str]:
    yield _line("?" + name for name in result.variables) if result.variables else "?boolean\n"
    if result.boolean is not None:
        yield f"{str(result.boolean).lower()}\n"
    for row in result.rows:
        yield _line("" if value is None else str(value).replace("\t", "\\t") for value in row)


def _line(cells: Iterable[str]) -> str:
    return "\t".join(cells) + "\n"
