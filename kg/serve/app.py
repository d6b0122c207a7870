"""The endpoint as a WSGI application: SPARQL 1.1 protocol, the page, a form a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode

from pyoxigraph import NamedNode

from kg.errors import KgError, QueryError
from kg.queries import Query, list_queries
from kg.rdf.result import Result
from kg.serve import formats
from kg.serve.html import form_page, question_page
from kg.serve.pool import BusyError, Pool, QueryTimeoutError, Question
from kg.store import Graphs

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

MAX_QUERY = 100_000
"""Bytes that a request's query may have: more than any question a person writes."""
_FORM = "application/x-www-form-urlencoded"
_SPARQL = "application/sparql-query"
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_DESCRIPTION = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

<#service> a sd:Service ;
    sd:endpoint <> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:RDF_XML .
"""


@dataclass(frozen=True, slots=True)
class Site:
    """What the application serves.

    Attributes:
        page: The HTML page of the graph, or None.
        hosts: Names under which a request may address the server; empty = any. Keeps a web page elsewhere
            from reading a local server by letting its own name point here.
        cors: Origin whose pages may read answers, ``*`` for all; None = none.
    """

    page: Path | None = None
    hosts: frozenset[str] = frozenset()
    cors: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back to the client."""

    status: HTTPStatus
    body: bytes
    media: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class Refused(Exception):  # noqa: N818 - a reply, no failure of the program
    """Carries the reply to a request that is not answered."""

    def __init__(self, status: HTTPStatus, why: str, *headers: tuple[str, str]) -> None:
        super().__init__(why)
        self.response = Response(status, f"{why}\n".encode(), headers=headers)


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    path: str
    fields: Mapping[str, list[str]]
    accept: str
    body: str | None = field(default=None)

    def one(self, name: str) -> str | None:
        values = self.fields.get(name, [])
        if len(values) > 1:
            raise Refused(HTTPStatus.BAD_REQUEST, f"the parameter {name} is given more than once")
        return values[0] if values else None


class Application:
    """The endpoint.

    Args:
        pool: Answers the queries.
        site: What else there is.
    """

    def __init__(self, pool: Pool, site: Site) -> None:
        self.pool = pool
        self.site = site

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, as PEP 3333 has it."""
        try:
            response = self._respond(environ)
        except Refused as refused:
            response = refused.response
        except QueryTimeoutError as error:
            response = Response(HTTPStatus.SERVICE_UNAVAILABLE, f"{error}\n".encode())
        except BusyError as error:
            response = Response(
                HTTPStatus.SERVICE_UNAVAILABLE, f"{error}\n".encode(), headers=(("Retry-After", "60"),)
            )
        except KgError as error:
            response = Response(HTTPStatus.BAD_REQUEST, f"{error}\n".encode())
        headers = [
            ("Content-Type", response.media),
            ("Content-Length", str(len(response.body))),
            ("X-Content-Type-Options", "nosniff"),
            ("Vary", "Accept"),
            *response.headers,
        ]
        if self.site.cors and environ.get("PATH_INFO") == "/sparql":
            headers.append(("Access-Control-Allow-Origin", self.site.cors))
        start_response(f"{response.status.value} {response.status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.body]

    def _respond(self, environ: WSGIEnvironment) -> Response:
        host = _host(environ.get("HTTP_HOST", ""))
        if self.site.hosts and host not in self.site.hosts:
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, f"this server is not called {host[:80]!r}")
        request = _read(environ)
        # Paths are compared whole and never lead to files: there is nothing to traverse.
        if request.path == "/sparql":
            return self._sparql(request)
        if request.method not in ("GET", "HEAD"):
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "only GET here", ("Allow", "GET, HEAD"))
        if request.path == "/":
            return _html(form_page(page=self.site.page is not None))
        if request.path == "/graph" and self.site.page is not None:
            return Response(HTTPStatus.OK, self.site.page.read_bytes(), "text/html; charset=utf-8")
        for query in list_queries():
            if request.path == f"/questions/{query.name}":
                return self._question(request, query)
        raise Refused(HTTPStatus.NOT_FOUND, "nothing is here; the form is at / and the endpoint at /sparql")

    def _sparql(self, request: _Request) -> Response:
        if request.method == "OPTIONS":
            return self._preflight()
        if "update" in request.fields:
            raise Refused(HTTPStatus.FORBIDDEN, "this endpoint is read-only")
        text = request.body if request.body is not None else request.one("query")
        if text is None:
            if request.method == "POST":
                raise Refused(HTTPStatus.BAD_REQUEST, "the parameter query is missing")
            if formats.wants_page(request.accept, request.one("format")):
                return _html(form_page(page=self.site.page is not None))
            return Response(HTTPStatus.OK, _DESCRIPTION.encode(), "text/turtle; charset=utf-8")
        question = Question(text, graphs=_graphs(request))
        if not formats.wants_page(request.accept, request.one("format")):
            return self._answered(self.pool.ask(question), request)
        result, status, error = self._asked(question)
        again = f"/sparql?{urlencode({'query': text})}"
        return _html(form_page(text, result, error, again, page=self.site.page is not None), status)

    def _preflight(self) -> Response:
        allow: tuple[tuple[str, str], ...] = (("Allow", "GET, HEAD, POST, OPTIONS"),)
        if self.site.cors:
            allow += (
                ("Access-Control-Allow-Methods", "GET, HEAD, POST"),
                ("Access-Control-Allow-Headers", "Accept, Content-Type"),
            )
        return Response(HTTPStatus.NO_CONTENT, b"", headers=allow)

    def _question(self, request: _Request, query: Query) -> Response:
        given = {name: request.one(name) or "" for name in request.fields if name not in ("ask", "format")}
        question = Question(query.name, named=True, params=given)
        if not formats.wants_page(request.accept, request.one("format")):
            return self._answered(self.pool.ask(question), request)
        result, status, error = None, HTTPStatus.OK, None
        if request.fields:
            result, status, error = self._asked(question)
        again = f"/questions/{quote(query.name)}?{urlencode({**given, 'ask': '1'})}"
        return _html(question_page(query, given, result, error, again, base=self.pool.opening.base), status)

    def _asked(self, question: Question) -> tuple[Result | None, HTTPStatus, str | None]:
        """An answer for a page, which shows errors where the answer would be."""
        try:
            return self.pool.ask(question), HTTPStatus.OK, None
        except (QueryTimeoutError, BusyError) as error:
            return None, HTTPStatus.SERVICE_UNAVAILABLE, str(error)
        except QueryError as error:
            return None, HTTPStatus.BAD_REQUEST, str(error)

    def _answered(self, result: Result, request: _Request) -> Response:
        form = formats.choose(result, request.accept, request.one("format"))
        if form is None or form is formats.HTML:
            kinds = formats.GRAPHS if result.is_graph else formats.TABLES
            known = ", ".join(f"{form.name} ({form.media})" for form in kinds)
            raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"this answer can be written as {known}")
        media = form.media + ("; charset=utf-8" if form.media.startswith("text/") else "")
        return Response(HTTPStatus.OK, formats.write(result, form), media)


def _html(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    headers = (("Content-Security-Policy", _POLICY), ("Referrer-Policy", "no-referrer"))
    return Response(status, text.encode("utf-8", "replace"), "text/html; charset=utf-8", headers)


def _host(header: str) -> str:
    """The name in a ``Host`` header, without the port."""
    name = header.rpartition(":")[0] if header.rpartition(":")[2].isdigit() else header
    return name.strip("[]").lower()


def _read(environ: WSGIEnvironment) -> _Request:
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO") or "/"
    if method not in ("GET", "HEAD", "POST", "OPTIONS"):
        raise Refused(
            HTTPStatus.METHOD_NOT_ALLOWED,
            f"{method} is not possible: this server is read-only",
            ("Allow", "GET, HEAD, POST, OPTIONS"),
        )
    asked = environ.get("QUERY_STRING", "")
    if len(asked) > MAX_QUERY:
        raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, f"a query may have {MAX_QUERY} bytes")
    fields = _fields(asked)
    accept, body = environ.get("HTTP_ACCEPT", ""), None
    if method == "POST":
        kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        text = _body(environ)
        if kind == _FORM:
            fields = {**fields, **_fields(text)}
        elif kind == _SPARQL:
            body = text
        elif kind == "application/sparql-update":
            raise Refused(HTTPStatus.FORBIDDEN, "this endpoint is read-only")
        else:
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {_SPARQL} or {_FORM}")
    return _Request(method, path, fields, accept, body)


def _fields(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:  # also UnicodeDecodeError
        raise Refused(HTTPStatus.BAD_REQUEST, "the parameters are no UTF-8 form") from error


def _body(environ: WSGIEnvironment) -> str:
    length = environ.get("CONTENT_LENGTH", "")
    if not length.isdigit():
        raise Refused(HTTPStatus.LENGTH_REQUIRED, "say how long the query is")
    if int(length) > MAX_QUERY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a query may have {MAX_QUERY} bytes")
    try:
        data: bytes = environ["wsgi.input"].read(int(length))
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "the query is not UTF-8") from error


def _graphs(request: _Request) -> Graphs | None:
    default, named = (request.fields.get(f"{kind}-graph-uri", []) for kind in ("default", "named"))
    if not default and not named:
        return None
    try:
        return Graphs(tuple(map(NamedNode, default)), tuple(map(NamedNode, named)))
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"a graph's name is no IRI: {error}") from error
