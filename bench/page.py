"""Time the page: how long Chromium takes from opening the file to the first drawing.

``python bench/page.py`` writes pages of networks of different sizes, opens each several times in headless
Chromium with an empty cache, and prints the median milliseconds of the browser's own clock (milliseconds
since navigation began): to the first paint, to the drawing that can be used, and to the drawing of all
nodes after a click on "show all"::

    python bench/page.py --nodes 500 2000 --times 5
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import networkx as nx
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

from kg.analyse.network import build_network
from kg.model import Act, Article, Entity, Evidence, Extraction, Mention, Span
from kg.view.page import render_html

EACH = 20
"""Acts of an article."""
PREDICATES = ("meets", "condemns", "supports", "attacks", "aids", "accuses")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run")
_READY = "return document.documentElement.dataset.ready"
_PAINT = "return performance.getEntriesByName('first-contentful-paint').map((entry) => entry.startTime)[0]"
_ALL = """
const done = arguments[0];
const begun = performance.now();
document.querySelector('#more button').click();
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
"""


def network(nodes: int, edges: int) -> nx.MultiDiGraph[str]:
    """Acts between actors of whom few act much and most little; the same at every call."""
    chance = random.Random(1)

    def party() -> int:
        return min(nodes - 1, int(nodes * chance.random() ** 2.5))

    pairs = [(i, party()) for i in range(nodes)] + [(party(), party()) for _ in range(edges - nodes)]
    found = []
    for number, start in enumerate(range(0, len(pairs), EACH)):
        acts = [pair for pair in pairs[start : start + EACH] if pair[0] != pair[1]]
        found.append(article(number, acts, chance))
    return build_network(found, lambda _, entity: (f"https://example.org/id/{entity.link}", entity.en))


def article(number: int, acts: list[tuple[int, int]], chance: random.Random) -> Extraction:
    """One article that tells the acts, a sentence each."""
    title, parties = f"خبر {number}", sorted({end for pair in acts for end in pair})
    text, told = [], []
    mentions: dict[int, list[Mention]] = {party: [] for party in parties}
    at = len(title) + 1
    for one, other in acts:
        sentence = f"التقى الطرف {one} الطرف {other} وبحثا آخر التطورات في المنطقة وسبل دعم الاستقرار."
        for party in (one, other):
            begin = sentence.index(f"الطرف {party} ")
            name = f"الطرف {party}"
            mentions[party].append(Mention(Span(at + begin, at + begin + len(name), name)))
        trigger = Span(at, at + 5, "التقى")
        evidence = Evidence(Span(at, at + len(sentence), sentence))
        told.append(Act(chance.choice(PREDICATES), trigger, (f"E{one}",), (f"E{other}",), evidence))
        text.append(sentence)
        at += len(sentence) + 1
    entities = tuple(
        Entity(f"E{i}", "STATE", f"الطرف {i}", f"Party {i}", tuple(mentions[i]), f"party-{i}")
        for i in parties
    )
    body = Article(
        f"a{number}", title, " ".join(text), date=f"2025-{1 + number % 12:02}-{1 + number % 28:02}"
    )
    return Extraction(body, entities=entities, acts=tuple(told))


def chromium(profile: str) -> Any:
    """Headless Chromium; ``CHROMIUM`` and ``CHROMEDRIVER`` name the programs where they have other names."""
    options = webdriver.ChromeOptions()
    options.binary_location = os.environ.get("CHROMIUM") or shutil.which("chromium") or "google-chrome"
    for flag in (*FLAGS, f"--user-data-dir={profile}", "--window-size=1280,800"):
        options.add_argument(flag)
    driver = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=driver))


def timed(browser: Any, path: Path, whole: bool) -> tuple[float, float, float]:
    """Milliseconds to the first paint and to the drawing, and those that drawing all nodes takes."""
    browser.get("about:blank")
    browser.get(path.as_uri() + ("#all=1" if whole else ""))
    WebDriverWait(browser, 60, 0.05).until(lambda page: page.execute_script(_READY))
    ready, paint = float(browser.execute_script(_READY)), float(browser.execute_script(_PAINT))
    return paint, ready, 0.0 if whole else float(browser.execute_async_script(_ALL))


def main() -> None:
    """Print a line for each size."""
    options = argparse.ArgumentParser(description="Time the opening of the page in headless Chromium.")
    options.add_argument("--nodes", type=int, nargs="+", default=[500, 2000])
    options.add_argument("--edges", type=int, default=3, help="edges for each node")
    options.add_argument("--times", type=int, default=5, help="how often each page is opened")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        browser = chromium(f"{folder}/profile")
        print("nodes  edges  page MB  written s  paint ms  drawn ms  drawn with all ms  show all ms")
        for nodes in given.nodes:
            graph = network(nodes, nodes * given.edges)
            begun = time.perf_counter()
            path = Path(folder) / "page.html"
            path.write_text(render_html(graph), encoding="utf-8", newline="\n")
            written = time.perf_counter() - begun
            first = [timed(browser, path, whole=False) for _ in range(given.times)]
            whole = [timed(browser, path, whole=True) for _ in range(given.times)]
            paint, ready, more = (statistics.median(one) for one in zip(*first, strict=True))
            every = statistics.median(ready for _, ready, _ in whole)
            size = path.stat().st_size / 1e6
            print(
                f"{nodes:5}  {graph.number_of_edges():5}  {size:7.1f}  {written:9.1f}  "
                f"{paint:8.0f}  {ready:8.0f}  {every:17.0f}  {more:11.0f}"
            )
        browser.quit()


if __name__ == "__main__":
    main()
