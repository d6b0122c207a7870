"""The endpoint over the seeds: the protocol, the formats, the pages, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import urlopen
from wsgiref.util import setup_testing_defaults
from xml.etree import ElementTree

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.errors import InputError, StoreError
from kg.queries import list_queries
from kg.rdf.vocabulary import DEFAULT_BASE, DIP
from kg.serve.app import MAX_QUERY, Application, Site
from kg.serve.guard import disarm
from kg.serve.pool import Opening, Pool
from kg.serve.server import address, serving
from kg.store import STORE_NAME

MOST, SECONDS = 2_000, 3.0
LABELS = "SELECT ?name { kg:russia rdfs:label ?name } ORDER BY ?name"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?f && ?c != ?g) }"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media(self) -> str:
        return self.headers["Content-Type"].partition(";")[0]


class Client:
    """Calls the application as a server would."""

    def __init__(self, app: Application) -> None:
        self.app = app

    def __call__(
        self, path: str, method: str = "GET", body: bytes = b"", kind: str = "", **headers: str
    ) -> Reply:
        environ: dict[str, object] = {}
        path, _, asked = path.partition("?")
        environ |= {"PATH_INFO": path, "QUERY_STRING": asked, "REQUEST_METHOD": method, "CONTENT_TYPE": kind}
        environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        told: list[tuple[str, list[tuple[str, str]]]] = []
        content = b"".join(self.app(environ, lambda *args: told.append(args)))  # type: ignore[arg-type, return-value]
        status, own = told[0]
        return Reply(int(status.split()[0]), dict(own), content)

    def sparql(self, query: str, accept: str = "", **more: str) -> Reply:
        return self("/sparql?" + urlencode({"query": query, **more}), accept=accept)


@pytest.fixture(scope="module")
def pool(seeds_output: Path) -> Iterator[Pool]:
    with Pool(Opening(seeds_output / STORE_NAME, DEFAULT_BASE, MOST), size=1, timeout=SECONDS) as running:
        yield running


@pytest.fixture(scope="module")
def client(pool: Pool, seeds_output: Path) -> Client:
    return Client(Application(pool, Site(page=seeds_output / "graph.html")))


# The protocol


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("GET", ""),
        ("POST", "application/x-www-form-urlencoded; charset=utf-8"),
        ("POST", "application/sparql-query"),
    ],
)
def test_queries_come_in_three_ways(client: Client, method: str, kind: str) -> None:
    form = urlencode({"query": LABELS})
    if method == "GET":
        reply = client(f"/sparql?{form}")
    else:
        reply = client("/sparql", "POST", (LABELS if "sparql" in kind else form).encode(), kind)
    assert (reply.status, reply.media) == (200, "application/sparql-results+json")
    names = [row["name"]["value"] for row in json.loads(reply.body)["results"]["bindings"]]
    assert {"روسيا", "Russia"} <= set(names)


def test_the_dataset_of_the_request_goes_before_the_union(client: Client) -> None:
    ask = "SELECT (COUNT(*) AS ?n) { ?s dip:condemns ?o }"
    facts, derived = (f"{DEFAULT_BASE}graph/{name}" for name in ("facts", "derived"))

    def count(query: str, **more: str) -> int:
        return int(csv_rows(client.sparql(query, "text/csv", **more))[1][0])

    own = {name: count(ask, **{"default-graph-uri": name}) for name in (facts, derived)}
    assert own[facts] > 0 < own[derived]
    assert count(ask) == sum(own.values())
    named = ask.replace("{ ?s", "{ GRAPH ?g { ?s") + " }"
    assert count(named, **{"named-graph-uri": facts}) == own[facts]
    assert client.sparql(ask, **{"default-graph-uri": "no iri"}).status == 400


def csv_rows(reply: Reply) -> list[list[str]]:
    return list(csv.reader(io.StringIO(reply.text)))


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("image/png, text/csv;q=0.1", "text/csv"),
    ],
)
def test_tables_are_written_as_the_client_wants(client: Client, accept: str, media: str) -> None:
    reply = client.sparql(LABELS, accept)
    assert (reply.status, reply.media) == (200, media)


def test_all_formats_say_the_same(client: Client) -> None:
    values = '<http://a.example/b> "x\\ty\\n\\"z\\"<&>"@en "2025-01"^^xsd:gYearMonth 7'
    query = f"SELECT ?v ?unbound {{ VALUES ?v {{ {values} }} }}"
    replies = {name: client.sparql(query, format=name) for name in ("json", "xml", "tsv", "csv")}
    read = {
        name: [
            [solution["v"], solution["unbound"]]
            for solution in parse_query_results(replies[name].body, getattr(QueryResultsFormat, name.upper()))
        ]
        for name in ("json", "xml", "tsv")
    }
    assert read["json"] == read["xml"] == read["tsv"]
    assert [value.value for value, _ in read["json"]] == [row[0] for row in csv_rows(replies["csv"])[1:]]
    assert read["json"][1][0].language == "en"
    assert [unbound for _, unbound in read["xml"]] == [None] * 4


def test_ask_in_every_format(client: Client) -> None:
    query = "ASK { kg:russia a dip:State }"
    assert json.loads(client.sparql(query).body) == {"head": {}, "boolean": True}
    root = ElementTree.fromstring(client.sparql(query, format="xml").body)
    assert root.findtext("{*}boolean") == "true"
    assert client.sparql(query, format="csv").text.split() == ["boolean", "true"]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_graphs_are_written_as_the_client_wants(client: Client, accept: str, form: RdfFormat) -> None:
    reply = client.sparql("CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s a dip:State ; rdfs:label ?o }", accept)
    assert reply.media == form.media_type
    triples = {quad.triple for quad in parse(reply.body, form)}
    assert len(triples) > 10
    assert any(triple.object.language == "ar" for triple in triples)


def test_a_kind_that_does_not_exist_is_not_acceptable(client: Client) -> None:
    assert client.sparql(LABELS, "image/png").status == 406
    assert client.sparql(LABELS, "text/turtle").status == 406
    assert client.sparql(LABELS, format="doc").status == 406


def test_without_a_query_the_service_describes_itself(client: Client) -> None:
    reply = client("/sparql")
    assert reply.media == "text/turtle"
    described = list(parse(reply.body, RdfFormat.TURTLE, base_iri="http://localhost/sparql"))
    assert any(str(quad.object).endswith("UnionDefaultGraph>") for quad in described)


def test_head_gives_the_headers_alone(client: Client) -> None:
    reply = client(f"/sparql?{urlencode({'query': LABELS})}", "HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["Content-Length"]) > 50


# What it refuses


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "DROP ALL",
        "CLEAR ALL",
        "LOAD <http://a.example/>",
        "DELETE WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_no_queries(client: Client, query: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = client.sparql(count).body
    assert client.sparql(query).status == 400
    assert client(f"/sparql?{urlencode({'update': query})}").status == 403
    form = urlencode({"update": query}).encode()
    assert client("/sparql", "POST", form, "application/x-www-form-urlencoded").status == 403
    assert client("/sparql", "POST", query.encode(), "application/sparql-update").status == 403
    assert client.sparql(count).body == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    reply = client("/sparql", method)
    assert reply.status == 405
    assert "GET" in reply.headers["Allow"]
    assert client("/", "POST", b"", "application/sparql-query").status == 405


@pytest.fixture(scope="module")
def stranger() -> Iterator[tuple[str, list[str]]]:
    """Another server that no query may call, and what was asked of it."""
    called: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            called.append(self.path)
            self.send_error(500)

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sparql", called
        server.shutdown()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service silent <URL> { ?s ?p ?o } }",
        "PREFIX u: <URL> SELECT * { SERVICE u: { ?s ?p ?o } }",
        "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
        "SELECT * { ?x rdfs:label 1SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT <URL> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVIC\\u0045 <URL> { ?s ?p ?o } }",
        "SELECT * { BIND('''' AS ?a) # '''\n SERVICE <URL> { ?s ?p ?o } # '''\n }",
        "SELECT * { FILTER(1<2#>'''\n) SERVICE <URL> { ?s ?p ?o } #'''\n}",
        "SELECT * { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
        "SELECT * FROM <URL> { ?s ?p ?o } LIMIT 1",
        "DESCRIBE <URL>",
    ],
)
def test_no_query_calls_another_server(client: Client, stranger: tuple[str, list[str]], query: str) -> None:
    url, called = stranger
    client.sparql(query.replace("URL", url))
    assert called == []


def test_the_stranger_would_be_called_without_the_guard(
    seeds_output: Path, stranger: tuple[str, list[str]]
) -> None:
    """Else the test above could not fail."""
    from kg.errors import QueryError
    from kg.store import open_output

    url, called = stranger
    with open_output(seeds_output) as store, pytest.raises(QueryError):
        store.query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
    assert called
    called.clear()


def test_the_word_service_is_free_in_texts_names_and_comments(client: Client) -> None:
    query = """# Service of the state
    SELECT ?service ("Secret Service" AS ?text) { BIND(<http://service.example/> AS ?service) }"""
    assert csv_rows(client.sparql(query, "text/csv"))[1:] == [["http://service.example/", "Secret Service"]]
    assert disarm("no such word") == "no such word"


def test_a_query_that_calls_others_is_told_why(client: Client) -> None:
    reply = client.sparql("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }")
    assert (reply.status, "calls no other" in reply.text) == (400, True)


def test_a_slow_query_is_ended_and_the_next_one_answered(client: Client) -> None:
    started = time.monotonic()
    reply = client.sparql(SLOW)
    assert (reply.status, "ended after 3 s" in reply.text) == (503, True)
    assert time.monotonic() - started < 3 * SECONDS
    assert client.sparql(LABELS).status == 200


def test_a_query_that_crashes_its_process_harms_nobody(client: Client) -> None:
    deep = f"ASK {{ FILTER({'(' * 40_000}1{')' * 40_000}) }}"
    reply = client("/sparql", "POST", deep.encode(), "application/sparql-query")
    assert (reply.status, "nesting" in reply.text) == (400, True)
    assert client.sparql(LABELS).status == 200


def test_too_many_rows_are_refused_and_not_cut(client: Client) -> None:
    every = "SELECT * { ?s ?p ?o }"
    reply = client.sparql(every)
    assert (reply.status, f"more than {MOST} rows" in reply.text) == (400, True)
    assert len(csv_rows(client.sparql(f"{every} LIMIT {MOST}", "text/csv"))) == MOST + 1


def test_huge_and_broken_requests_are_refused(client: Client) -> None:
    kind = "application/sparql-query"
    assert client("/sparql", "POST", b" " * (MAX_QUERY + 1), kind).status == 413
    assert client(f"/sparql?query={'x' * MAX_QUERY}").status == 414
    assert client("/sparql", "POST", b"ASK {}", "image/png").status == 415
    assert client("/sparql", "POST", b"ASK { \xff }", kind).status == 400
    assert client("/sparql", "POST", b"", "application/x-www-form-urlencoded").status == 400
    assert client("/sparql?query=ASK{}&query=ASK{}").status == 400
    assert client("/sparql?query=%FF").status == 400
    reply = client("/sparql?query=SELECT")
    assert (reply.status, "no SPARQL 1.1" in reply.text) == (400, True)


@pytest.mark.parametrize(
    "path",
    [
        "/../build.json",
        "/graph/../build.json",
        "/build.json",
        "/..%2fbuild.json",
        "//etc/passwd",
        "/questions/..",
        "/questions/../../../etc/passwd",
        "/questions/none",
        "/graph.html",
    ],
)
def test_no_path_leads_to_a_file(client: Client, path: str) -> None:
    assert client(path).status == 404


def test_only_its_own_names_are_served(pool: Pool) -> None:
    local = Client(Application(pool, Site(hosts=frozenset({"localhost", "::1"}))))
    assert local("/", host="localhost:7878").status == 200
    assert local("/", host="[::1]:7878").status == 200
    assert local("/", host="evil.example").status == 421


def test_other_origins_may_read_only_where_that_is_wanted(client: Client, pool: Pool) -> None:
    def allowed(of: Client, method: str) -> str | None:
        return of("/sparql", method, origin="https://a.example").headers.get("Access-Control-Allow-Origin")

    assert [allowed(client, method) for method in ("GET", "OPTIONS")] == [None, None]
    shared = Client(Application(pool, Site(cors="https://a.example")))
    assert [allowed(shared, method) for method in ("GET", "OPTIONS")] == ["https://a.example"] * 2
    assert shared("/", origin="https://a.example").headers.get("Access-Control-Allow-Origin") is None


# The pages


def test_the_form_lists_all_questions_and_links_the_graph(client: Client, seeds_output: Path) -> None:
    text = client("/", accept="text/html").text
    for query in list_queries():
        assert f'href="/questions/{query.name}"' in text
        assert query.title_ar in text
    assert 'href="/graph"' in text
    assert client("/graph").body == (seeds_output / "graph.html").read_bytes()
    assert client("/sparql", accept="text/html,*/*;q=0.8").text == text


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_every_question_is_answered(client: Client, query: object) -> None:
    name = getattr(query, "name", "")
    page = client(f"/questions/{name}?ask=1", accept="text/html")
    data = client(f"/questions/{name}", accept="text/csv")
    assert (page.status, data.status) == (200, 200)
    assert page.text.count("<tr>") == len(csv_rows(data))


def test_parameters_of_a_question_take_names(client: Client) -> None:
    reply = client(f"/questions/roles?person={quote('بوتين')}&lang=en&format=csv")
    assert {row[1] for row in csv_rows(reply)[1:]} == {"Vladimir Putin"}
    wrong = client("/questions/roles?person=nobody-at-all&ask=1", accept="text/html")
    assert (wrong.status, 'role="alert"' in wrong.text) == (400, True)
    assert client("/questions/roles?nonsense=1").status == 400


def test_an_answer_on_the_page_links_its_other_formats(client: Client) -> None:
    page = client.sparql(LABELS, "text/html").text
    assert "Russia" in page
    assert "/sparql?query=SELECT" in page
    assert "format=tsv" in page


def test_what_a_user_types_is_text_on_the_page(client: Client) -> None:
    evil = "</textarea><script>alert(1)</script>"
    for reply in (
        client.sparql(evil, "text/html"),
        client.sparql(f"SELECT ('{evil}' AS ?x) {{}}", "text/html"),
        client(f"/questions/statements?{urlencode({'contains': evil, 'ask': 1})}", accept="text/html"),
    ):
        assert "<script>" not in reply.text
        assert "&lt;script&gt;" in reply.text
        assert "script-src" not in reply.headers["Content-Security-Policy"]
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


# The server


def test_a_server_serves_a_graph_without_a_database(seeds_output: Path, tmp_path: Path) -> None:
    shutil.copy(seeds_output / "graph.trig", tmp_path / "mine.trig")
    with serving(tmp_path / "mine.trig", DEFAULT_BASE, port=0, workers=1) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            asked = urlencode({"query": f"ASK {{ kg:russia <{DIP}condemns> ?what }}"})
            with urlopen(f"{address(server)}sparql?{asked}", timeout=60) as reply:
                assert json.loads(reply.read())["boolean"] is True
            with pytest.raises(InputError, match="cannot listen"):
                serving(tmp_path / "mine.trig", DEFAULT_BASE, port=server.server_port).__enter__()
        finally:
            server.shutdown()


def test_no_graph_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph here"), serving(tmp_path, DEFAULT_BASE, port=0):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_verb_serves_until_it_is_ended(seeds_output: Path, sign: signal.Signals) -> None:
    command = [sys.executable, "-m", "kg", "serve", "-g", str(seeds_output), "--port", "0", "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        url = process.stdout.readline().split()[-1]
        with urlopen(url, timeout=60) as reply:
            assert "/questions/roles" in reply.read().decode()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        workers = children.read_text().split() if children.exists() else []
        process.send_signal(sign)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, "Traceback" in errors) == (0, False), errors
    # The last to go is the one that watches over the others' shared resources.
    ends = time.monotonic() + 20
    while left := [worker for worker in workers if Path(f"/proc/{worker}").exists()]:
        assert time.monotonic() < ends, left
        time.sleep(0.1)
