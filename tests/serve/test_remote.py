"""A graph on a SPARQL server, and the verbs that work on it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from sparql_server import Recorded, sparql_server

from kg.cli import cli
from kg.errors import ConfigError, QueryError, StoreError
from kg.queries import list_queries, run
from kg.rdf.vocabulary import DEFAULT_BASE, dip
from kg.remote import BATCH, SparqlStore
from kg.store import open_output

MINE = NamedNode("http://a.example/graph/mine")


@pytest.fixture(params=["always", "asked", "never"])
def server(request: pytest.FixtureRequest) -> Iterator[Recorded]:
    """Servers of three kinds: the default graph is the union always, when asked for, or never."""
    with sparql_server(request.param) as running:
        yield running


@pytest.fixture
def any_server() -> Iterator[Recorded]:
    with sparql_server("asked") as running:
        yield running


def kg(*args: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, [str(arg) for arg in args])
    return done.exit_code, done.output


def test_every_query_answers_as_on_the_built_graph(server: Recorded, seeds_output: Path) -> None:
    with SparqlStore(server.url) as remote, open_output(seeds_output) as local:
        remote.replace(seeds_output / "graph.trig")
        for query in list_queries():
            assert run(remote, query) == run(local, query), query.name
        name = {"person": "بوتين"}
        assert run(remote, "roles", name) == run(local, "roles", name)
        described = "CONSTRUCT { ?s dip:condemns ?o } WHERE { ?s dip:condemns ?o }"
        assert remote.query(described) == local.query(described)
        assert list(remote.quads()) == list(local.quads())


def test_replacing_keeps_foreign_graphs_and_drops_what_vanished(
    any_server: Recorded, seeds_output: Path
) -> None:
    gone = NamedNode(f"{DEFAULT_BASE}graph/article/gone")
    for graph in (MINE, gone):
        any_server.store.add(Quad(MINE, dip("mentions"), MINE, graph))
    with SparqlStore(any_server.url) as remote:
        remote.replace(seeds_output / "graph.trig")
        remote.replace(seeds_output / "graph.trig")
        assert MINE in remote.graphs()
        assert gone not in remote.graphs()
        remote.remove_graph(MINE)
    assert set(any_server.store) == stored(seeds_output)


def stored(output: Path) -> set[Quad]:
    """The graph of a build as Oxigraph keeps it: of whole numbers the value, not the datatype."""
    store = Store()
    store.bulk_load(path=str(output / "graph.trig"), format=RdfFormat.TRIG)
    return set(store)


def test_quads_go_in_batches_with_all_their_characters(any_server: Recorded) -> None:
    texts = (Literal(f'{i} "\\\n\t}} نص', language="ar") for i in range(BATCH + 1))
    quads = [Quad(MINE, dip("content"), text, MINE) for text in texts]
    with SparqlStore(any_server.url) as remote:
        remote.load(quads)
    assert len(any_server.requests) == 2
    assert set(any_server.store) == set(quads)


def test_a_password_is_sent_and_not_shown(any_server: Recorded) -> None:
    locked = any_server.url.replace("//", "//me:s%40cret@").replace("/query", "/locked")
    with pytest.raises(StoreError, match="401") as caught:
        SparqlStore(locked).query("ASK {}")
    assert any_server.requests[-1][2]["Authorization"] == "Basic bWU6c0BjcmV0"
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["nonsense", "ftp://a.example/", "http://", "http://a b/", "file:///etc/passwd", "http://a:x/"]
)
def test_an_address_must_be_one(url: str) -> None:
    with pytest.raises(ConfigError, match="no address of a server"):
        SparqlStore(url)


def test_errors_name_the_server_and_the_mend(any_server: Recorded) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}/query"
    with pytest.raises(StoreError, match="cannot be reached"):
        SparqlStore(nobody).query("ASK {}")
    with pytest.raises(QueryError, match="400"):
        SparqlStore(any_server.url).query("SELECT")
    with pytest.raises(StoreError, match="no SPARQL result but text/html"):
        SparqlStore(any_server.url.replace("/query", "/page")).query("ASK {}")
    with pytest.raises(StoreError, match="--update-endpoint"):
        SparqlStore(any_server.url, update_url=any_server.url + "/none").load([Quad(MINE, MINE, MINE, MINE)])


def test_verbs_work_on_a_server(any_server: Recorded, seeds_output: Path, tmp_path: Path) -> None:
    with SparqlStore(any_server.url) as remote:
        remote.replace(seeds_output / "graph.trig")
    for args in (("query", "roles", "--format", "csv"), ("explain", "kg:russia")):
        assert kg(*args, "--endpoint", any_server.url) == kg(*args, "-g", seeds_output)
    page = tmp_path / "page.html"
    code, printed = kg("view", "--endpoint", any_server.url, "-o", page, "--no-open")
    assert (code, printed.strip()) == (0, str(page))
    assert "Vladimir Putin" in page.read_text("utf-8")


def test_a_build_goes_to_a_server(any_server: Recorded, tmp_path: Path) -> None:
    seeds = Path(__file__).parents[2] / "seeds"
    output = tmp_path / "output"
    assert kg("build", seeds, "-o", output, "-q", "--endpoint", any_server.url) == (0, "")
    assert set(any_server.store) == stored(output)


@pytest.mark.parametrize(
    "args",
    [
        ("query", "roles", "-g", "x", "--endpoint", "http://localhost/query"),
        ("query", "roles", "--endpoint", "nonsense"),
        ("build", "x", "--update-endpoint", "http://localhost/update"),
        ("build", "x", "--endpoint", "nonsense"),
    ],
    ids=" ".join,
)
def test_wrong_addresses_are_wrong_usage(args: tuple[str, ...]) -> None:
    assert kg(*args)[0] == 2


def test_a_graph_that_comes_later_is_found(server: Recorded, seeds_output: Path) -> None:
    early = SparqlStore(server.url)
    assert not early.query("ASK { ?s dip:condemns ?o }")
    SparqlStore(server.url).load_file(seeds_output / "facts.ttl")
    assert early.query("ASK { ?s dip:condemns ?o }")
    SparqlStore(server.url).replace(seeds_output / "graph.trig")
    assert early.query("ASK { ?s dip:condemns ?o }")


def test_an_empty_server_has_no_page(any_server: Recorded, tmp_path: Path) -> None:
    code, printed = kg("view", "--endpoint", any_server.url, "-o", tmp_path / "page.html")
    assert (code, "no articles" in printed) == (1, True)


@pytest.mark.slow
def test_the_oxigraph_server(seeds_output: Path, tmp_path: Path) -> None:
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the package oxigraph is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([program, "serve", "--bind", place], stderr=subprocess.DEVNULL)
    try:
        remote = SparqlStore(f"http://{place}/query")
        _wait(remote)
        seeds = Path(__file__).parents[2] / "seeds"
        assert kg("build", seeds, "-o", tmp_path / "output", "-q", "--endpoint", remote.url) == (0, "")
        with open_output(seeds_output) as local:
            for query in list_queries():
                assert run(remote, query) == run(local, query), query.name
            assert len(list(remote.quads())) == len(list(local.quads()))
        code, _ = kg("view", "--endpoint", remote.url, "-o", tmp_path / "page.html", "--no-open")
        assert code == 0
        asked = ("explain", "kg:russia")
        assert kg(*asked, "--endpoint", remote.url) == kg(*asked, "-g", seeds_output)
    finally:
        process.kill()
        process.wait()


def _wait(remote: SparqlStore) -> None:
    for _ in range(100):
        try:
            remote.query("ASK {}")
        except StoreError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not start")
