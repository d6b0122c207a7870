"""Take the README's picture of the page: ``python docs/picture.py [OUTPUT] [PICTURE]``.

Opens ``graph.html`` of an output folder in headless Chromium (which must be installed with its
chromedriver, as must the package's extra ``test``), selects a line that condemns something, and writes
the window as a PNG.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

SIZE = (1280, 800)
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")
SELECT = """
const { nodes, edges } = kgPage.data;
const best = edges.filter((edge) => edge.predicate === "condemns" && nodes[edge.to].type === "EVENT");
const edge = best.sort((a, b) => b.count - a.count || a.from - b.from)[0];
if (edge) kgPage.selectEdge(edge.id);
"""


def take(page: Path, picture: Path) -> None:
    """Write a picture of a page."""
    options = webdriver.ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    # Named, so that selenium does not look for one in the network.
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    browser = webdriver.Chrome(options=options, service=service)
    try:
        metrics = {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        browser.get(page.resolve().as_uri())
        ready = "return document.documentElement.dataset.ready"
        WebDriverWait(browser, 20).until(lambda driver: driver.execute_script(ready))
        browser.execute_script(SELECT)
        browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        picture.write_bytes(browser.get_screenshot_as_png())
    finally:
        browser.quit()


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "output")
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent / "graph.png"
    take(folder / "graph.html", target)
    print(target)
