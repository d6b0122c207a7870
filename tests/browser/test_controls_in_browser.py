"""The buttons that no other test presses, and that nothing on the page covers anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from view_sample import crowd, named, naming, proof, repeated, small, span, two_articles

from kg.analyse.network import build_network
from kg.model import Article, Entity, Extraction, Statement
from kg.view.page import render_html

webdriver = pytest.importorskip(
    "selenium.webdriver", reason="selenium is not installed: pip install '.[test]'"
)

pytestmark = pytest.mark.browser

Show = Callable[..., Any]
SIZES = [(1280, 800), (390, 844)]
_COVERED = """
const buttons = document.getElementById("zoom").getBoundingClientRect();
const stage = document.getElementById("graph").getBoundingClientRect();
return kgPage.page.graph.nodeSet.getIds().filter((id) => {
  const { x, y } = kgPage.network.canvasToDOM(kgPage.network.getPosition(id));
  const [left, top] = [stage.left + x, stage.top + y];
  const beside = 8; // about the radius of a small node
  return left > buttons.left - beside && left < buttons.right + beside
    && top > buttons.top - beside && top < buttons.bottom + beside;
})"""


def press(page: Any, selector: str) -> None:
    page.find_element("css selector", selector).click()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_node_lies_under_the_zoom_buttons(show: Show, lang: str, width: int, height: int) -> None:
    first, second = two_articles()
    lone = tuple(Entity(f"L{i}", "GROUP", f"مصدر {i}", None, ()) for i in range(14))
    network = build_network([replace(first, entities=(*first.entities, *lone)), second], naming)
    page = show(render_html(network), width, height, f"#lang={lang}")
    assert page.execute_script(_COVERED) == []
    press(page, "#language")
    assert page.execute_script(_COVERED) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_only_the_views_scroll(show: Show, width: int, height: int) -> None:
    page = show(render_html(repeated(30, times=2)), width, height)
    for view in ("graph", "matrix", "timeline", "actor", "table"):
        press(page, f"#tab-{view}")
        assert page.execute_script(
            "const { scrollHeight, scrollWidth } = document.documentElement;"
            "return scrollHeight <= window.innerHeight && scrollWidth <= window.innerWidth"
        ), view


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_narrow_table_fits_with_all_its_columns(show: Show, lang: str) -> None:
    page = show(render_html(small()), 390, 844, f"#view=table&lang={lang}")
    assert page.execute_script(
        "const it = document.getElementById('table'); return it.scrollWidth <= it.clientWidth"
    )
    assert (
        page.execute_script(
            r"""const range = document.createRange();
        return [...document.querySelectorAll("#table td:first-child .link")].filter((link) => {
          const words = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
          for (let node; (node = words.nextNode());) {
            for (const { index, 0: word } of node.data.matchAll(/\S+/g)) {
              range.setStart(node, index);
              range.setEnd(node, index + word.length);
              if (new Set([...range.getClientRects()].map((one) => one.top)).size > 1) return true;
            }
          }
          return false;
        }).map((link) => link.textContent)"""
        )
        == []
    ), "no word is broken"


def test_buttons_zoom_and_fit(show: Show) -> None:
    page = show(render_html(small()))
    scale = "return kgPage.network.getScale()"
    whole = page.execute_script(scale)
    press(page, "[data-zoom=in]")
    nearer = page.execute_script(scale)
    press(page, "[data-zoom=out]")
    press(page, "[data-zoom=out]")
    assert page.execute_script(scale) < whole < nearer
    press(page, "[data-zoom=fit]")
    assert page.execute_script(scale) == pytest.approx(whole)


def test_the_theme_is_switched_and_kept(show: Show) -> None:
    page = show(render_html(small()), address="#theme=light")
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = page.execute_script(ground)
    press(page, "#theme")
    assert page.execute_script(ground) != light
    assert "theme=dark" in page.current_url
    press(page, "#theme")
    assert page.execute_script(ground) == light


def test_the_theme_follows_the_system_until_one_is_chosen(show: Show) -> None:
    page = show(render_html(small()))

    def grounds() -> list[str]:
        found = []
        for scheme in ("light", "dark"):
            feature = {"name": "prefers-color-scheme", "value": scheme}
            page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
            # The page hears of it when it draws next.
            page.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
            found.append(page.execute_script("return getComputedStyle(document.body).backgroundColor"))
        return found

    try:
        light, dark = grounds()
        assert light != dark
        press(page, "#theme")
        assert page.execute_script("return getComputedStyle(document.body).backgroundColor") == light
        assert grounds() == [light, light], "what the reader has chosen stays"
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_pressed_button_can_be_read_under_the_pointer(show: Show) -> None:
    page = show(render_html(small()), address="#theme=light")
    button = page.find_element("id", "open-filters")
    button.click()
    webdriver.ActionChains(page).move_to_element(button).perform()
    colours = page.execute_script(
        "const style = getComputedStyle(arguments[0]); return [style.color, style.backgroundColor]", button
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(28, 36, 48)"]


def test_the_panel_goes_on_back_and_away(show: Show) -> None:
    page = show(render_html(small()), address="#lang=en")
    press(page, "#panel .top-list [data-node]")
    first = page.find_element("css selector", "#panel h2").text
    press(page, "#panel [data-edge]")
    press(page, "#panel .triple [data-node]:last-of-type")
    press(page, "#back")
    press(page, "#back")
    assert page.find_element("css selector", "#panel h2").text == first
    press(page, "#actor-page")
    assert page.find_element("css selector", "#actor h2").text == first
    press(page, "#tab-graph")
    press(page, "#close")
    assert page.execute_script("return kgPage.selected()") is None
    assert page.switch_to.active_element.get_attribute("id") == "graph"


def test_the_table_is_sorted_by_its_heads(show: Show) -> None:
    page = show(render_html(small()), address="#lang=en&view=table")

    def column(place: int) -> list[str]:
        return [cell.text for cell in page.find_elements("css selector", f"#table td:nth-child({place})")]

    press(page, "[data-sort=subject]")
    rising = column(1)
    assert rising == sorted(rising)
    press(page, "[data-sort=subject]")
    assert column(1) == rising[::-1] or column(1) == sorted(rising, reverse=True)
    assert page.switch_to.active_element.get_attribute("data-sort") == "subject"


def test_what_is_offered_can_be_copied(show: Show) -> None:
    page = show(render_html(small()), address="#lang=en&node=putin")
    press(page, "[data-copy=sparql]")
    press(page, "#offer-copy")
    webdriver.support.ui.WebDriverWait(page, 5).until(
        lambda _: page.find_element("id", "offer-copy").text == "Copied"
    )
    press(page, "#offer-close")
    assert not page.find_element("id", "offer").is_displayed()


def test_long_lists_are_opened_by_a_button(show: Show) -> None:
    page = show(render_html(crowd(900)), address="#all=1&view=timeline")
    moments = "return document.querySelectorAll('#timeline .moment').length"
    few = page.execute_script(moments)
    press(page, "#more-moments")
    assert page.execute_script(moments) > few
    press(page, "#tab-table")
    rows = "return document.querySelectorAll('#table tbody tr').length"
    few = page.execute_script(rows)
    press(page, "#table > .quiet")
    assert page.execute_script(rows) > few


def test_the_filters_are_closed_by_their_button(show: Show) -> None:
    page = show(render_html(small()))
    press(page, "#open-filters")
    press(page, "#close-filters")
    assert not page.find_element("id", "filters").is_displayed()
    assert page.switch_to.active_element.get_attribute("id") == "open-filters"


def test_numbers_count_what_the_page_leaves_out(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.book.PROOFS", 1)
    page = show(render_html(repeated(3, times=4)), address="#view=table")
    assert {cell.text for cell in page.find_elements("css selector", "#table td:last-child")} == {"4"}
    assert page.execute_script("return kgPage.page.graph.edgeSet.get()[0].width") > 3


def test_statements_that_contradict_each_other_stand_side_by_side(show: Show) -> None:
    told = [
        ("روسيا", "russia", "وقال إن بلاده دعمت إيران في الحرب."),
        ("مصادر", "sources", "وقالت إن روسيا لم تدعم إيران في الحرب."),
    ]
    articles = []
    for number, (speaker, link, sentence) in enumerate(told, start=1):
        a = Article(f"a{number}", "خبر", f"{speaker}. {sentence}", date=f"2025-06-2{number}")
        entities = [named(a, "E1", "STATE", speaker, link.title(), link)]
        entities.append(named(a, "E2", "STATE", "إيران", "Iran", "iran"))
        if link != "russia":
            entities.append(named(a, "E3", "STATE", "روسيا", "Russia", "russia"))
        content = span(a, sentence[sentence.index("إن ") + 3 : -1])
        said = (Statement("E1", content, proof(a, sentence)),)
        articles.append(Extraction(a, tuple(entities), statements=said))
    page = show(render_html(build_network(articles, naming)), address="#lang=en")
    sides = page.find_elements("css selector", "#panel .claimed .sides .proof")
    assert {side.find_element("css selector", ".claim").text for side in sides} == {
        "Russia says",
        "Sources says",
    }
    assert {side.find_element("tag name", "blockquote").text for side in sides} == {s for *_, s in told}
