from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from view_sample import BIDI, CONDEMNS, HOSTILE, crowd, hostile, naming, repeated, small

from kg.analyse.network import build_network
from kg.goldjson import from_gold
from kg.view.book import CORE
from kg.view.page import render_html

webdriver = pytest.importorskip(
    "selenium.webdriver", reason="selenium is not installed: pip install '.[test]'"
)

pytestmark = pytest.mark.browser

Show = Callable[..., Any]
SIZES = [(1280, 800), (390, 844)]
GOLD = sorted((Path(__file__).parents[1] / "gold" / "seeds").glob("*.json"))


def edge_id(page: Any, predicate: str) -> str:
    found: str = page.execute_script(
        "return kgPage.data.edges.find((e) => e.predicate === arguments[0]).id", predicate
    )
    return found


def click_at(page: Any, point: dict[str, float]) -> None:
    """A real click at a place given in pixels from the drawing's top left corner."""
    graph = page.find_element("id", "graph")
    size = graph.size
    dx, dy = round(point["x"] - size["width"] / 2), round(point["y"] - size["height"] / 2)
    webdriver.ActionChains(page).move_to_element_with_offset(graph, dx, dy).click().perform()


def panel(page: Any) -> str:
    text: str = page.find_element("id", "panel").text
    return text


def settle(page: Any) -> None:
    page.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_link_to_an_entity_opens_on_a_drawing(show: Show, width: int, height: int) -> None:
    page = show(render_html(small()), width, height, "#lang=en&theme=dark&node=putin")
    settle(page)
    assert page.execute_script("return kgPage.selected() !== null"), "the address chose an entity"
    assert page.execute_script(
        "const canvas = document.querySelector('#graph canvas');"
        "return new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)"
        ".data.buffer).some((pixel) => pixel !== 0)"
    ), "the drawing is there, not wiped by its last change of size"


def test_a_page_of_compressed_data_shows_the_same(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = "return JSON.stringify(kgPage.data.records.map((r) => [r.edge && r.edge.key, r.start, r.values]))"
    network = build_network(hostile(), naming)
    plain = show(render_html(network)).execute_script(facts)
    monkeypatch.setattr("kg.view.page._PACKED_FROM", 100)
    packed = render_html(network)
    assert 'id="kg-packed"' in packed
    assert show(packed).execute_script(facts) == plain != "[]"


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_click_on_a_line_shows_its_sentence(show: Show, width: int, height: int) -> None:
    page = show(render_html(small(), title="شبكة"), width, height)
    point = page.execute_script("return kgPage.edgePoint(arguments[0])", edge_id(page, "condemns"))
    click_at(page, point)
    quote = page.find_element("css selector", "#panel blockquote")
    assert quote.text == CONDEMNS
    marks = {mark.get_attribute("class"): mark.text for mark in quote.find_elements("tag name", "mark")}
    assert marks["part-trigger"] == "دان"
    assert marks["part-actor"] == "فلاديمير بوتين"
    assert marks["part-target"] == "الهجمات على إيران"
    text = panel(page)
    assert "رويترز" in text
    assert "23 يونيو 2025" in text
    assert "فلاديمير بوتين" in quote.text
    assert quote.value_of_css_property("direction") == "rtl"


def test_a_click_on_a_node_shows_what_is_known_of_it(show: Show) -> None:
    page = show(render_html(small(), title="شبكة"))
    putin = page.execute_script("return kgPage.data.nodes.find((n) => n.en === 'Vladimir Putin').id")
    point = page.execute_script(
        "return kgPage.network.canvasToDOM(kgPage.network.getPosition(arguments[0]))", putin
    )
    click_at(page, point)
    text = panel(page)
    for words in ("رئيس الدولة", "روسيا", "إدانة", "زيارة (منفي)", "وقف القتال", "تصريحات"):
        assert words in text
    page.find_element("css selector", "#panel [data-edge]").click()
    assert page.find_elements("css selector", "#panel blockquote")


def test_the_table_works_without_a_mouse(show: Show) -> None:
    page = show(render_html(small(), title="شبكة"))
    keys = webdriver.Keys
    page.find_element("id", "tab-table").send_keys(keys.ENTER)
    rows = page.find_elements("css selector", "#table tbody tr")
    assert len(rows) == small().number_of_edges()
    button = page.find_element("css selector", f"#table [data-edge='{edge_id(page, 'condemns')}']")
    button.send_keys(keys.ENTER)
    assert page.find_element("css selector", "#panel blockquote").text == CONDEMNS
    button.send_keys(keys.ESCAPE)
    assert not page.find_elements("css selector", "#panel blockquote")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ايران", "إيران"), ("إِيـران", "إيران"), ("IRAN", "إيران"), ("عراقجى", "عباس عراقجي"),
        ("العراقجي", "عباس عراقجي"), ("araqchi", "عباس عراقجي"), ("Poutine", "بوتين"), ("al-Irān", "إيران"),
    ],
)  # fmt: skip
def test_search_folds_spelling(show: Show, query: str, name: str) -> None:
    page = show(render_html(small(), title="شبكة"))
    box = page.find_element("id", "query")
    box.send_keys(query)
    hits = [hit.text for hit in page.find_elements("css selector", "#hits button bdi")]
    assert hits[0] == name
    box.send_keys(webdriver.Keys.ENTER)
    assert page.find_element("css selector", "#panel h2").text == name


def test_the_language_switch_turns_the_page(show: Show) -> None:
    page = show(render_html(small(), title="شبكة"))
    root = page.find_element("tag name", "html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    panel_left = page.find_element("id", "panel").location["x"]
    page.find_element("id", "language").click()
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("en", "ltr")
    assert page.find_element("id", "panel").location["x"] > panel_left
    assert "Vladimir Putin" in panel(page)
    assert page.find_element("id", "query").get_attribute("placeholder").startswith("Find")


def test_a_page_without_a_title_of_its_own_has_one_in_both_languages(show: Show) -> None:
    page = show(render_html(small()))
    title = page.find_element("tag name", "h1")
    assert title.text == page.title == "شبكة العلاقات الدبلوماسية"
    page.find_element("id", "language").click()
    assert title.text == page.title == "Network of diplomatic relations"


def test_hostile_text_is_only_text(show: Show) -> None:
    page = show(render_html(build_network(hostile(), naming), title=HOSTILE))
    page.execute_script("kgPage.selectEdge(kgPage.data.edges[0].id)")
    settle(page)
    assert page.find_element("css selector", "#panel blockquote").get_property("textContent") in {
        HOSTILE,
        BIDI,
    }
    for node in range(3):
        page.execute_script("kgPage.selectNode(arguments[0])", node)
        settle(page)
        for view in ("matrix", "timeline", "actor", "table", "graph"):
            page.find_element("id", f"tab-{view}").click()
    page.find_element("id", "open-filters").click()
    page.find_element("id", "query").send_keys("<script>")
    page.find_element("id", "language").click()
    assert page.execute_script("return window.hacked") is None
    assert page.find_elements("css selector", "img, iframe, h1 *, aside script, .sheet script") == []
    assert page.title == " ".join(HOSTILE.split())
    names = page.execute_script(
        "return [...document.querySelectorAll('bdi')].map((e) => e.textContent).join('')"
    )
    assert "\u202e" not in names


def test_large_graphs_start_small_and_can_be_opened(show: Show) -> None:
    page = show(render_html(crowd(CORE + 50), title="x"))
    count = "return kgPage.network.body.data.nodes.length"
    assert page.execute_script(count) == CORE
    more = page.find_element("id", "more")
    assert "50" in more.text
    last = page.execute_script("return kgPage.data.nodes[kgPage.data.nodes.length - 1].label")
    page.find_element("id", "query").send_keys(last + webdriver.Keys.ENTER)
    assert page.execute_script(count) == CORE + 1, "a search brings a hidden node in"
    more.find_element("tag name", "button").click()
    assert page.execute_script(count) == CORE + 50
    more.find_element("tag name", "button").click()
    assert page.execute_script(count) == CORE


def test_what_the_page_leaves_out_is_counted(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("CORE", 5), ("ENTITIES", 10), ("PROOFS", 1)):
        monkeypatch.setattr(f"kg.view.book.{name}", most)
    page = show(render_html(repeated(30, times=4), title="x"))
    assert "30" in page.find_element("id", "counts").text
    assert "20" in page.find_element("id", "more").text
    page.execute_script("kgPage.selectEdge(kgPage.data.edges[0].id)")
    assert len(page.find_elements("css selector", "#panel blockquote")) == 1
    left = page.find_element("css selector", "#panel .left")
    assert left.text.startswith("3 ")
    assert "dip:attacks" in left.find_element("tag name", "code").text


def test_nothing_moves_by_itself(show: Show) -> None:
    page = show(render_html(small(), title="شبكة"))
    where = "return JSON.stringify(kgPage.network.getPositions())"
    before = page.execute_script(where)
    settle(page)
    assert page.execute_script(where) == before


@pytest.mark.skipif(not GOLD, reason="no annotated seed articles beside the tests")
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_line_of_the_seed_articles_leads_to_its_sentence(show: Show, width: int, height: int) -> None:
    network = build_network([from_gold(json.loads(path.read_text("utf-8"))) for path in GOLD], naming)
    page = show(render_html(network, title="شبكة"), width, height)
    shown = page.execute_script(
        """return kgPage.data.edges.map((edge) => {
             kgPage.selectEdge(edge.id);
             return [...document.querySelectorAll("#panel blockquote")].map((quote) => quote.textContent);
           })"""
    )
    wanted = [[proof.sentence for proof in data["proofs"]] for *_, data in network.edges(data=True)]
    # Beside what is contested stands what speaks against it.
    assert all(set(sentences) <= set(seen) for sentences, seen in zip(wanted, shown, strict=True))
    contested = page.execute_script("return kgPage.data.edges.map((e) => e.proofs.some((p) => p.vs))")
    assert any(contested)
    plain = [i for i, disputed in enumerate(contested) if not disputed]
    assert [shown[i] for i in plain] == [wanted[i] for i in plain]
    assert page.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
