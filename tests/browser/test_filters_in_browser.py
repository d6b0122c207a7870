"""What is shown, and how a reader narrows it: legend, filters, expansion, the address that keeps it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from view_sample import crowd, naming, small, two_articles

from kg.analyse.network import build_network
from kg.model import Extraction
from kg.view.book import CORE
from kg.view.page import render_html

webdriver = pytest.importorskip(
    "selenium.webdriver", reason="selenium is not installed: pip install '.[test]'"
)

pytestmark = pytest.mark.browser

Show = Callable[..., Any]


def lines(page: Any) -> set[str]:
    """Keys of the lines that the drawing has."""
    keys: list[str] = page.execute_script(
        "return kgPage.page.graph.edgeSet.getIds().map((id) => kgPage.data.edgeById.get(id).key)"
    )
    return set(keys)


def choose(page: Any, facet: str, value: str) -> None:
    box = f"[data-facet='{facet}'][data-value='{value}']"
    page.execute_script(f"document.querySelector(`[data-list={facet}]`).open = true")
    page.find_element("css selector", box).click()


def test_the_language_of_labels_reaches_the_filters(show: Show) -> None:
    page = show(render_html(small()), address="#lang=en")
    page.find_element("id", "open-filters").click()
    text = page.find_element("id", "filters").text
    for words in ("Filters", "How it is told", "On somebody's word", "Cooperation", "Least confidence"):
        assert words in text


@pytest.mark.parametrize(
    ("facet", "value", "left"),
    [
        ("status", "reported", {"araghchi|act:meets|putin", "putin|act:not-visits|iran"}),
        ("polarity", "denied", {"putin|act:not-visits|iran"}),
        ("polarity", "conflict", {"putin|act:condemns|a3-V1"}),
        ("plover", "CONSULT", {"araghchi|act:meets|putin", "putin|act:not-visits|iran"}),
        ("predicate", "role:head_of_state", {"putin|role:head_of_state|russia"}),
        ("publisher", "=HYPERLINK(1)", {
            "araghchi|act:meets|putin", "iran|treaty:party_to|a4-T1", "russia|treaty:party_to|a4-T1"}),
        ("source", "russia", {"araghchi|act:meets|putin"}),
        ("actor", "STATE", {"iran|treaty:party_to|a4-T1", "russia|treaty:party_to|a4-T1"}),
    ],
)  # fmt: skip
def test_each_filter_leaves_what_it_names(show: Show, facet: str, value: str, left: set[str]) -> None:
    page = show(render_html(small()))
    before = lines(page)
    page.find_element("id", "open-filters").click()
    choose(page, facet, value)
    assert lines(page) == left
    page.find_element("id", "reset").click()
    assert lines(page) == before


def test_filters_combine(show: Show) -> None:
    page = show(render_html(small()))
    page.find_element("id", "open-filters").click()
    choose(page, "plover", "CONSULT")
    choose(page, "source", "araghchi")
    assert lines(page) == {"putin|act:not-visits|iran"}
    slider = page.find_element("id", "least-confidence")
    slider.send_keys(webdriver.Keys.END)
    assert lines(page) == set()
    assert "0" in page.find_element("css selector", "#filters [role=status]").text


def test_width_follows_the_sentences_that_pass(show: Show) -> None:
    page = show(render_html(small()))
    width = (
        "return kgPage.page.graph.edgeSet.get(kgPage.data.edgeByKey.get('araghchi|act:meets|putin').id).width"
    )
    wide = page.execute_script(width)
    page.find_element("id", "open-filters").click()
    choose(page, "source", "russia")
    assert page.execute_script(width) < wide


def test_few_dates_far_off_share_the_outer_bars(show: Show) -> None:
    page = show(render_html(small()))
    days = ["1945-01-01", *(f"2018-03-{day:02}" for day in range(1, 29) for _ in range(3)), "2050-01-01"]
    bars = page.execute_script(
        "return KgHistogram.buckets(arguments[0]).map((b) => [b.key, b.total, ...KgHistogram.ends(b)])",
        [{"start": day, "line": "role"} for day in days],
    )
    assert len(bars) == 28
    assert bars[0] == ["2018-03-01", 4, "", "2018-03-01"]
    assert bars[1] == ["2018-03-02", 3, "2018-03-02", "2018-03-02"]
    assert bars[-1] == ["2018-03-28", 4, "2018-03-28", ""]


def test_a_bar_of_the_histogram_sets_the_dates(show: Show) -> None:
    page = show(render_html(small()))
    page.find_element("id", "open-filters").click()
    treaties = {"iran|treaty:party_to|a4-T1", "russia|treaty:party_to|a4-T1"}
    bar = "#filters [data-bucket='2025-01']"
    page.find_element("css selector", bar).send_keys(webdriver.Keys.ENTER)
    assert lines(page) == treaties
    start, end = page.find_elements("css selector", "#filters input[type=date]")
    assert (start.get_property("value"), end.get_property("value")) == ("2025-01-01", "2025-01-31")
    page.find_element("css selector", bar).send_keys(webdriver.Keys.ENTER)
    assert len(lines(page)) == small().number_of_edges()
    start = page.find_element("css selector", "#filters [data-date=from]")
    page.execute_script(
        "arguments[0].value = '2025-06-01'; arguments[0].dispatchEvent(new Event('change'))", start
    )
    assert len(lines(page)) == small().number_of_edges() - 2
    assert not lines(page) & treaties
    late = lines(page)
    for key, value in (("from", ""), ("to", "2025-05-31")):
        field = page.find_element("css selector", f"#filters [data-date={key}]")
        page.execute_script(
            f"arguments[0].value = '{value}'; arguments[0].dispatchEvent(new Event('change'))", field
        )
    assert lines(page) >= treaties
    assert not lines(page) & late
    assert "to=2025-05-31" in page.current_url


def test_a_long_list_of_a_filter_is_opened_by_its_own_button(show: Show) -> None:
    first, *_ = two_articles()
    told = [
        Extraction(replace(first.article, id=f"p{i}", source=f"صحيفة {i}"), first.entities, acts=first.acts)
        for i in range(11)
    ]
    page = show(render_html(build_network(told, naming)))
    page.find_element("id", "open-filters").click()
    page.execute_script("document.querySelector('[data-list=publisher]').open = true")
    options = "#filters [data-facet=publisher]"
    assert len(page.find_elements("css selector", options)) == 8
    page.find_element("css selector", "[data-list=publisher] .options > button").click()
    assert len(page.find_elements("css selector", options)) == 11
    assert not page.find_elements("css selector", "[data-list=publisher] .options > button")
    choose(page, "publisher", "صحيفة 9")
    assert len(page.find_elements("css selector", options)) == 11


def test_the_legend_hides_a_kind_of_line_and_of_entity(show: Show) -> None:
    page = show(render_html(small()))
    before = lines(page)
    page.find_element("css selector", "#legend [data-kind='treaty']").click()
    assert lines(page) == before - {"iran|treaty:party_to|a4-T1", "russia|treaty:party_to|a4-T1"}
    page.find_element("css selector", "#legend [data-kind='treaty']").click()
    page.find_element("css selector", "#legend [data-kind='PERSON']").click()
    assert lines(page) == {"iran|treaty:party_to|a4-T1", "russia|treaty:party_to|a4-T1"}
    assert "PERSON" not in page.execute_script(
        "return kgPage.page.graph.nodeSet.getIds().map((id) => kgPage.data.nodes[id].type)"
    )


def test_neighbours_are_brought_in_beside_their_node(show: Show) -> None:
    page = show(render_html(crowd(CORE + 40)))
    where = "return kgPage.network.getPositions()"
    before = page.execute_script(where)
    assert len(before) == CORE
    page.execute_script("kgPage.selectNode(0)")
    page.find_element("id", "expand").click()
    after = page.execute_script(where)
    assert len(after) == CORE + 30
    assert {key: after[key] for key in before} == before, "what is shown already stays where it is"
    fresh = [spot for key, spot in after.items() if key not in before]
    crowded = [
        (a, b) for i, a in enumerate(fresh) for b in [*fresh[:i], *before.values()]
        if abs(a["x"] - b["x"]) < 90 and abs(a["y"] - b["y"]) < 60
    ]  # fmt: skip
    assert crowded == []


def test_filters_bring_in_what_the_first_view_hides(show: Show) -> None:
    page = show(render_html(crowd(CORE + 40)))
    hidden = page.execute_script("return kgPage.data.nodes[kgPage.data.nodes.length - 1].type")
    page.find_element("css selector", "#more button").click()
    assert len(page.execute_script("return kgPage.network.getPositions()")) == CORE + 40
    page.find_element("css selector", "#more button").click()
    page.find_element("id", "open-filters").click()
    choose(page, "predicate", "act:warns")
    shown = page.execute_script("return kgPage.page.graph.nodeSet.getIds()")
    assert hidden == "ORG"
    assert all(page.execute_script("return kgPage.filter.live.has(arguments[0])", one) for one in shown)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_an_address_opens_the_same_view(show: Show, lang: str) -> None:
    page = show(render_html(small()), address=f"#lang={lang}")
    page.find_element("id", "open-filters").click()
    choose(page, "plover", "CONSULT")
    page.find_element("id", "theme").click()
    page.find_element("id", "tab-table").click()
    page.execute_script("kgPage.selectEdge(kgPage.data.edgeByKey.get('araghchi|act:meets|putin').id)")
    state = """return [location.hash, document.documentElement.lang, document.documentElement.dataset.theme,
      document.body.dataset.view, kgPage.selected(), document.querySelectorAll("#table tbody tr").length]"""
    before = page.execute_script(state)
    again = show(render_html(small()), address=before[0])
    assert again.execute_script(state) == before
    assert (before[1], before[3], before[5]) == (lang, "table", 2)


def test_a_made_up_address_does_no_harm(show: Show) -> None:
    where = "#lang=xx&view=<script>&node=nobody&line=a|b|c&pair=x"
    what = "&plover=NONE&from=now&confidence=9&no-kind=__proto__&no-line=constructor"
    page = show(render_html(small()), address=where + what)
    assert len(lines(page)) == small().number_of_edges()
    assert page.find_element("tag name", "html").get_attribute("lang") == "ar"
    assert page.execute_script("return [document.body.dataset.view, kgPage.selected()]") == ["graph", None]


def test_a_changed_address_is_followed(show: Show) -> None:
    page = show(render_html(small()))
    page.execute_script("location.hash = '#lang=en&node=iran'")
    webdriver_wait(page, "return document.documentElement.lang === 'en'")
    assert page.find_element("css selector", "#panel h2").text == "Iran"


def webdriver_wait(page: Any, script: str) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(page, 5, 0.05).until(lambda d: d.execute_script(script))
