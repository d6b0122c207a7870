"""The report of the analysis in headless Chromium."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "analyse"))

from analyse_sample import act, event, facts
from test_output import hostile, page

pytestmark = pytest.mark.browser


def opened(chromium: Any, folder: Path, html: str) -> Any:
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    chromium.get("about:blank")
    chromium.get_log("browser")
    chromium.get(path.as_uri())
    return chromium


def test_nothing_in_an_article_runs_in_the_report(chromium: Any, tmp_path: Path) -> None:
    driver = opened(chromium, tmp_path, page(hostile()))
    assert "hacked" not in driver.title
    assert driver.execute_script("return window.hacked") is None
    assert driver.execute_script("return document.scripts.length + document.images.length") == 0
    assert "<script>" in driver.find_element("tag name", "main").text


@pytest.mark.parametrize("width", [1280, 390])
def test_languages_are_switched_and_evidence_opens(chromium: Any, tmp_path: Path, width: int) -> None:
    given = facts(
        event("usa", "iran", day="2025-06-22"),
        act("russia", "condemns", "strikes", "2025-06-23", sentence="دانت روسيا الضربات."),
    )
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver = opened(chromium, tmp_path, page(given))
    main = driver.find_element("tag name", "main")
    english, arabic = "the stance of Usa towards", "موقف الولايات المتحدة من"
    assert english in main.text
    assert arabic in main.text
    for label, shown, hidden, direction in (("ar", arabic, english, "rtl"), ("en", english, arabic, "ltr")):
        driver.find_element("css selector", f"label[for={label}]").click()
        assert shown in main.text
        assert hidden not in main.text
        assert main.value_of_css_property("direction") == direction
    proof = driver.find_element("css selector", "details")
    proof.find_element("tag name", "summary").click()
    assert proof.find_element("tag name", "blockquote").is_displayed()
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert driver.execute_script(overflow) <= 0
    assert [entry["message"] for entry in driver.get_log("browser")] == []
