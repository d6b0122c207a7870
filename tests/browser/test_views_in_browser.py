"""The views beside the graph, what can be copied and saved, and the keyboard."""

from __future__ import annotations

import csv
import io
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, serialize
from rdflib import RDF, RDFS, Dataset, Graph, Literal, URIRef
from view_sample import CONDEMNS, DENIES, HOSTILE, MEETS, crowd, hostile, naming, small, two_articles

from kg.analyse.network import build_network
from kg.model import Act, Extraction
from kg.rdf.background import known_background
from kg.rdf.build import article_quads
from kg.rdf.iri import name_things
from kg.rdf.vocabulary import DIP
from kg.view.page import render_html

webdriver = pytest.importorskip(
    "selenium.webdriver", reason="selenium is not installed: pip install '.[test]'"
)

pytestmark = pytest.mark.browser

Show = Callable[..., Any]
ID = "https://example.org/id/"


def offered(page: Any, kind: str) -> str:
    """What a button for copying offers; the box is closed again."""
    page.find_element("css selector", f"#panel [data-copy={kind}]").click()
    text: str = page.find_element("id", "offer-text").get_property("value")
    page.find_element("id", "offer-close").click()
    return text


def saved(page: Any, folder: Path, kind: str, name: str) -> bytes:
    page.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    page.find_element("css selector", "#save summary").click()
    page.find_element("css selector", f"[data-save={kind}]").click()
    end = time.monotonic() + 20
    while not (folder / name).is_file() or not (folder / name).stat().st_size:
        assert time.monotonic() < end, f"{name} was not saved"
        time.sleep(0.05)
    return (folder / name).read_bytes()


def test_the_matrix_shows_who_is_for_and_against_whom(show: Show) -> None:
    page = show(render_html(small()), address="#lang=en&view=matrix")
    rows = [row.text for row in page.find_elements("css selector", "#matrix tbody th")]
    # Putin speaks for Russia, whose head of state he is; a visit that did not take place is no stance.
    assert sorted(rows) == ["Abbas Araghchi", "Russia"]
    cell = page.find_element("css selector", "#matrix [data-pair]")
    assert cell.text == "+2"
    assert "Cooperation 2" in cell.get_attribute("aria-label")
    cell.click()
    assert [quote.text for quote in page.find_elements("css selector", "#panel blockquote")] == [MEETS, MEETS]
    page.find_element("css selector", "#matrix [data-choice=each]").click()
    assert "Vladimir Putin" in [row.text for row in page.find_elements("css selector", "#matrix tbody th")]
    page.find_element("css selector", "#matrix [data-choice=things]").click()
    (cell,) = page.find_elements("css selector", "#matrix [data-pair]")
    assert cell.text == "−1"


def test_the_timeline_tells_acts_in_their_order(show: Show) -> None:
    page = show(render_html(small()), address="#lang=en&view=timeline")
    days = [day.get_attribute("datetime") for day in page.find_elements("css selector", "#timeline h3 time")]
    assert days == ["2025-06-24", "2025-06-23"]
    page.find_element("css selector", "#timeline [data-choice=oldest]").click()
    moments = page.find_elements("css selector", "#timeline .moment")
    assert CONDEMNS in moments[0].text
    assert "Vladimir Putin condemns attacks on Iran" in moments[0].text
    moments[0].find_element("tag name", "button").click()
    assert page.find_element("css selector", "#panel blockquote").text == CONDEMNS


def test_what_lies_ahead_comes_last_in_the_timeline(show: Show) -> None:
    first, *rest = two_articles()
    planned = replace(first.acts[0], date="2040", modality="future", negated=True)
    network = build_network([replace(first, acts=(*first.acts, planned)), *rest], naming)
    page = show(render_html(network), address="#lang=en&view=timeline")
    days = [day.get_attribute("datetime") for day in page.find_elements("css selector", "#timeline h3 time")]
    assert days == ["2025-06-24", "2025-06-23", "2040"]


def test_an_actor_has_a_page(show: Show) -> None:
    page = show(render_html(small()), address="#lang=en&view=actor&node=putin")
    sheet = page.find_element("id", "actor")
    for words in (
        "Vladimir Putin",
        "Its stance on others",
        "head of state",
        "Russia",
        "Statements",
        "Articles\n2",
    ):
        assert words in sheet.text
    assert not page.find_element("id", "panel").is_displayed(), "it would say the same again"
    sheet.find_element("css selector", ".stance").click()
    assert page.find_element("css selector", "#panel blockquote").is_displayed()


def test_copied_turtle_says_what_the_graph_says(show: Show) -> None:
    page = show(render_html(small()), address="#line=putin|act:condemns|a3-V1")
    graph = Graph().parse(data=offered(page, "turtle"), format="turtle")
    putin, attacks = URIRef(ID + "putin"), URIRef(ID + "a3-V1")
    assert (putin, URIRef(DIP + "condemns"), attacks) in graph
    assert (putin, RDFS.label, Literal("بوتين", lang="ar")) in graph
    (act,) = graph.subjects(RDF.type, URIRef(DIP + "Act"))
    evidence = graph.value(act, URIRef(DIP + "evidence"))
    assert graph.value(evidence, URIRef(DIP + "sentence")) == Literal(CONDEMNS, lang="ar")
    assert graph.value(evidence, URIRef(DIP + "article")) == URIRef(ID + "article/a3")
    page.execute_script("kgPage.selectEdge(kgPage.data.edgeByKey.get('putin|act:not-visits|iran').id)")
    denied = Graph().parse(data=offered(page, "turtle"), format="turtle")
    assert (putin, URIRef(DIP + "visits"), None) not in denied, "what did not happen is no direct triple"


def test_copied_queries_find_the_evidence(show: Show) -> None:
    """Every line's query, and a node's, against the graph that the same articles give."""
    base = "https://w3id.org/diplomacy-kg/id/"

    def names(extraction: Extraction, entity: Any) -> tuple[str, str | None]:
        named = name_things(extraction, base)
        return named.entities[entity.id].value, named.english.get(entity.id)

    told = two_articles()
    network = build_network(told, names)
    data = Dataset(default_union=True)
    quads = [quad for extraction in told for quad in article_quads(extraction, base, known_background())]
    data.parse(data=serialize(quads, format=RdfFormat.N_QUADS), format="nquads")
    page = show(render_html(network))
    asked = page.execute_script(
        "return kgPage.data.edges.map((e) => [e.key, kgPage.page.copy.edge.sparql(e)])"
    )
    for key, query in asked:
        assert list(data.query(query)), key
    node = page.execute_script("return kgPage.page.copy.node.sparql(kgPage.data.nodes[0])")
    assert len(list(data.query(node))) > 1


def test_a_citation_names_publisher_title_and_date(show: Show) -> None:
    page = show(render_html(small()), address="#line=putin|act:condemns|a3-V1")
    assert offered(page, "citation") == f"رويترز، «بوتين يدين»، 2025-06-23: «{CONDEMNS}»"


def test_what_is_shown_can_be_saved(show: Show, tmp_path: Path) -> None:
    page = show(render_html(build_network(hostile(), naming), title=HOSTILE))
    picture = saved(page, tmp_path, "png", "graph.png")
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 2000
    drawing = ET.fromstring(saved(page, tmp_path, "svg", "graph.svg"))
    space = "{http://www.w3.org/2000/svg}"
    assert {element.tag.removeprefix(space) for element in drawing.iter()} <= {
        "svg", "rect", "g", "path", "polygon", "circle", "text", "title"}  # fmt: skip
    assert " ".join(HOSTILE.split()) in {element.text for element in drawing.iter(space + "text")}
    table = saved(page, tmp_path, "csv", "facts.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == 3
    assert {row["sentence"] for row in rows} >= {HOSTILE}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    page.find_element("css selector", "#save summary").click()
    page.find_element("css selector", "[data-save=link]").click()
    assert page.find_element("id", "offer-text").get_property("value").startswith("file:")


def test_contested_claims_stand_side_by_side(show: Show) -> None:
    first, second = two_articles()
    visit = next(act for act in first.acts if act.predicate == "visits")
    text = second.article.full_text
    told = Act(
        "visits",
        second.acts[0].trigger,
        ("E3",),
        ("E2",),
        second.acts[0].evidence,
        source="E1",
    )
    assert visit.negated
    assert MEETS in text
    network = build_network([first, Extraction(second.article, second.entities, acts=(told,))], naming)
    page = show(render_html(network), address="#lang=en&line=putin|act:visits|iran")
    sides = page.find_elements("css selector", "#panel .sides .proof")
    assert [side.find_element("css selector", ".claim").text for side in sides] == [
        "Vladimir Putin visits Iran", "Vladimir Putin visits (denied) Iran"]  # fmt: skip
    assert [side.find_element("tag name", "blockquote").text for side in sides] == [MEETS, DENIES]
    page.find_element("id", "open-filters").click()
    page.find_element("css selector", "[data-facet=status][data-value=contested]").click()
    assert page.execute_script("return kgPage.page.graph.edgeSet.length") == 2


def test_the_drawing_answers_the_keyboard(show: Show) -> None:
    page = show(render_html(small()))
    keys = webdriver.Keys
    graph = page.find_element("id", "graph")
    graph.send_keys(keys.ARROW_RIGHT)
    first = page.execute_script("return kgPage.selected()")
    assert first == {"node": 0}
    for key in (keys.ARROW_LEFT, keys.ARROW_RIGHT, keys.ARROW_UP, keys.ARROW_DOWN):
        graph.send_keys(key)
    assert page.execute_script("return kgPage.selected()") != first
    assert page.find_element("id", "said").get_property("textContent")
    scale = page.execute_script("return kgPage.network.getScale()")
    graph.send_keys("+")
    assert page.execute_script("return kgPage.network.getScale()") > scale
    graph.send_keys(keys.ESCAPE)
    assert page.execute_script("return kgPage.selected()") is None
    graph.send_keys("/")
    assert page.switch_to.active_element.get_attribute("id") == "query"
    tab = page.find_element("id", "tab-graph")
    tab.send_keys(keys.ARROW_LEFT)  # the next in a language that runs to the left
    assert page.switch_to.active_element.get_attribute("id") == "tab-matrix"
    assert page.find_element("id", "matrix").is_displayed()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_control_has_a_name(show: Show, lang: str) -> None:
    page = show(render_html(small()), address=f"#lang={lang}&node=putin")
    nameless = """
      const kinds = "button, input, a, summary, textarea, [role=button], [tabindex='0']";
      const all = document.querySelectorAll(kinds);
      const named = (e) => e.getAttribute("aria-label") || e.getAttribute("aria-labelledby")
        || e.textContent.trim() || e.labels?.length;
      return [...all].filter((e) => e.checkVisibility() && !named(e)).map((e) => e.outerHTML)"""
    page.find_element("id", "open-filters").click()
    assert page.execute_script(nameless) == []
    for view in ("matrix", "timeline", "actor", "table"):
        page.find_element("id", f"tab-{view}").click()
        assert page.execute_script(nameless) == [], view
    if lang == "en":
        arabic = """
          const all = document.querySelectorAll("header button, [role=tab], #legend *, #filters summary");
          const strange = (e) => /[\\u0600-\\u06ff]/.test(e.textContent) && e.id !== "language";
          return [...all].filter(strange).map((e) => e.textContent)"""
        assert page.execute_script(arabic) == []


@pytest.mark.parametrize(("count", "most"), [(500, 2000), (2000, 4000)])
def test_a_page_opens_quickly_with_all_nodes_shown(show: Show, count: int, most: int) -> None:
    page = show(render_html(crowd(count)), address="#all=1")
    assert len(page.execute_script("return kgPage.network.getPositions()")) == count
    assert int(page.execute_script("return document.documentElement.dataset.ready")) < most
