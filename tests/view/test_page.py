from __future__ import annotations

import base64
import json
import re
import zlib
from html import unescape
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from view_sample import CONDEMNS, HOSTILE, crowd, hostile, naming, repeated, small

import kg.view.page
from kg.analyse.network import build_network
from kg.data.tables import read_table
from kg.errors import InputError
from kg.model import ENTITY_TYPES, MODALITIES, PLOVER, PLOVER_TYPES, ROLES
from kg.rdf.vocabulary import DIP, ontology_triples
from kg.view.book import CORE, Book
from kg.view.page import labels, render_html, write_html

STATIC = Path(kg.view.page.__file__).parent / "static"


def block(page: str, name: str) -> Any:
    found = re.search(rf'<script id="kg-{name}" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_same_network_same_bytes(tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        write_html(small(), tmp_path / "new" / name, title="شبكة")
    one, two = ((tmp_path / "new" / name).read_bytes() for name in ("one.html", "two.html"))
    assert one == two
    assert b"\r" not in one


def test_the_page_loads_nothing() -> None:
    page = unescape(render_html(small(), title="شبكة"))
    assert "default-src 'none'" in page
    assert "unsafe-inline" not in page
    assert "unsafe-eval" not in page
    outside_scripts = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"<(?:link|img|iframe|object|embed|base)\b", outside_scripts)
    assert not re.search(r"""\b(?:src|href)\s*=|url\(|@import""", outside_scripts)


def test_evidence_is_in_the_page_with_its_trigger() -> None:
    page = render_html(small(), title="شبكة")
    rest, edges = block(page, "rest"), block(page, "edges")
    (edge,) = [edge for edge in edges if edge["predicate"] == "condemns"]
    (number,) = edge["proofs"]
    proof = rest["proofs"][number]
    assert rest["sentences"][proof["s"]] == CONDEMNS
    assert rest["articles"][proof["a"]]["publisher"] == "رويترز"
    units = CONDEMNS.encode("utf-16-le")
    marked = {part: units[2 * begin : 2 * end].decode("utf-16-le") for part, begin, end in proof["marks"]}
    assert marked == {"trigger": "دان", "actor": "فلاديمير بوتين", "target": "الهجمات على إيران"}


def test_hostile_text_stays_text() -> None:
    page = render_html(build_network(hostile(), naming), title=HOSTILE)
    assert "<img" not in page.split("<style>")[0]
    assert page.count("</script>") == render_html(small(), title="x").count("</script>")
    assert block(page, "rest")["sentences"][0] == HOSTILE
    data = "".join(re.findall(r'type="application/json">(.*?)</script>', page, re.DOTALL))
    assert not re.search("[<>&\u2028\u2029]", data)
    page.encode("utf-8")


def test_large_data_are_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    network = build_network(hostile(), naming)
    plain = render_html(network)
    monkeypatch.setattr("kg.view.page._PACKED_FROM", 100)
    page = render_html(network)
    found = re.search(r'<script id="kg-packed" type="text/plain">([A-Za-z0-9+/=]+)</script>', page)
    assert found
    assert 'id="kg-rest"' not in page
    data = json.loads(zlib.decompress(base64.b64decode(found[1])))
    assert {key: data.pop(key) for key in ("nodes", "edges")} == {
        key: block(plain, key) for key in ("nodes", "edges")
    }
    assert data == block(plain, "rest")


def test_large_graphs_show_the_most_telling_nodes_first() -> None:
    page = render_html(crowd(), title="x")
    nodes = block(page, "nodes")
    assert block(page, "rest")["core"] == CORE < len(nodes)
    core = [node["facts"] for node in nodes[:CORE]]
    assert core == sorted(core, reverse=True)
    assert min(core) >= max(node["facts"] for node in nodes[CORE:])
    assert all((node["at"][0] is not None) == (node["id"] < CORE) for node in nodes)


def test_a_page_has_limits_and_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("ENTITIES", 100), ("PROOFS", 2), ("ALONE", 3)):  # of each, whatever the budget
        monkeypatch.setattr(f"kg.view.book.{name}", most)
    page = render_html(repeated(120, times=5), title="x")
    nodes, edges, rest = (block(page, name) for name in ("nodes", "edges", "rest"))
    assert len(nodes) == 100
    assert rest["total"] == {"entities": 120, "facts": 120 * 5, "articles": 5}
    assert {(edge["count"], len(edge["proofs"])) for edge in edges} == {(5, 2)}
    assert all(max(edge["from"], edge["to"]) < 100 for edge in edges)
    assert (len(nodes[0]["said"]), nodes[0]["left"]) == (3, 2)
    # Whom the page lacks is named all the same.
    sources = [rest["proofs"][number]["source"] for edge in edges for number in edge["proofs"]]
    assert {"كيان 119"} == {source[0] for source in sources}


def test_what_has_a_line_comes_before_what_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.book.CORE", 3)
    network = small()
    lonely = "https://example.org/id/lonely"
    network.add_node(lonely, **{**network.nodes["https://example.org/id/putin"], "facts": 99, "link": None})
    assert lonely not in Book(network).core
    assert lonely in Book(network).order


def test_the_budget_is_shared_by_all_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.book.BUDGET", 60)
    page = render_html(repeated(5, times=20), title="x")
    assert [len(edge["proofs"]) for edge in block(page, "edges")] == [12] * 4
    assert {edge["count"] for edge in block(page, "edges")} == {20}


def test_states_have_codes_and_officials_speak_for_them() -> None:
    nodes = {node["iri"]: node for node in block(render_html(small()), "nodes")}
    assert (nodes["russia"]["code"], nodes["iran"]["code"]) == ("RU", "IR")
    assert nodes["russia"]["wikidata"] == "Q159"
    assert nodes["putin"]["state"] == nodes["russia"]["id"]
    assert "state" not in nodes["araghchi"]


def test_terms_of_the_page_are_those_of_the_ontology() -> None:
    known = {triple.subject.value for triple in ontology_triples("diplomacy")}
    terms = block(render_html(small()), "rest")["terms"]
    used = [name for name, _ in terms["fact"].values()] + list(terms["type"].values())
    assert [name for name in used if DIP + name not in known] == []


def test_an_empty_network_has_a_page() -> None:
    assert block(render_html(nx.MultiDiGraph(), title=""), "nodes") == []


def test_a_page_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file"):
        write_html(small(), tmp_path / "file" / "page.html", title="x")


def test_every_key_has_words_in_both_languages() -> None:
    table = labels()
    wanted = {
        "predicate": {*PLOVER, "party_to", "agent", "patient", "place"},
        "role": set(ROLES),
        "type": set(ENTITY_TYPES),
        "plover": {*PLOVER_TYPES, "OTHER"},
        "modality": set(MODALITIES),
        "status": {"told", "reported", "unsure", "contested"},
        "polarity": {"cooperation", "conflict", "neutral", "denied"},
        "part": {"trigger", "actor", "target", "object", "source", "place"},
        "facet": {"predicate", "plover", "polarity", "status", "publisher", "source", "actor"},
    }
    for group, keys in wanted.items():
        assert set(table[group]) == keys
    assert all(ar and en for words in table.values() for ar, en in words.values())


def test_the_table_of_words_is_sorted_and_every_word_used() -> None:
    keys = [(row["group"], row["key"]) for row in read_table("page_labels")]
    assert keys == sorted(keys)
    code = "".join(path.read_text("utf-8") for path in sorted(STATIC.glob("*.js")))
    views = {"graph", "matrix", "timeline", "actor", "table"}
    made = ("zoom_", "save_")  # put together from parts
    own = {key for group, key in keys if group == "ui"}
    assert [
        key for key in own if f'"{key}"' not in code and key not in views and not key.startswith(made)
    ] == []
    asked = set(re.findall(r'\b(?:ui|word)\(\s*"(\w+)"\)', code)) | set(re.findall(r'"ui", "(\w+)"', code))
    assert asked - own == set()
