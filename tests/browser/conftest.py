"""Headless Chromium, one for all tests, without any network of its own."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "view"))

webdriver = pytest.importorskip(
    "selenium.webdriver", reason="selenium is not installed: pip install '.[test]'"
)

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
)  # fmt: skip


def _program(variable: str, *names: str) -> str | None:
    return os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    browser = _program("CHROMIUM", "chromium", "chromium-browser", "google-chrome")
    driver = _program("CHROMEDRIVER", "chromedriver", "chromium.chromedriver")
    if not browser or not driver:
        pytest.skip(
            "Chromium or chromedriver is missing: install both, or name them in CHROMIUM and CHROMEDRIVER"
        )
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    session = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=driver))
    yield session
    session.quit()


@pytest.fixture
def show(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a page at a window size and wait for its first drawing; afterwards nothing may have gone wrong.

    ``address`` is what follows the file's name: ``#…``.
    """
    from selenium.webdriver.support.ui import WebDriverWait

    def open_page(html: str, width: int = 1280, height: int = 800, address: str = "") -> Any:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8", newline="\n")
        chromium.get("about:blank")
        for kind in ("browser", "performance"):
            chromium.get_log(kind)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        chromium.get(path.as_uri() + address)
        ready = "return document.documentElement.dataset.ready"
        WebDriverWait(chromium, 20, 0.05).until(lambda d: d.execute_script(ready))
        return chromium

    yield open_page
    assert [entry["message"] for entry in chromium.get_log("browser")] == [], "the console is clean"
    events = (json.loads(entry["message"])["message"] for entry in chromium.get_log("performance"))
    sent = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    # chrome: is the browser's own start page, which may still be loading.
    assert [url for url in sent if not url.startswith(("file:", "data:", "chrome:"))] == [], (
        "the page asks the network for nothing"
    )
