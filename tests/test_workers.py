"""Extraction over many articles: order, processes, articles that break."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg import workers
from kg.errors import ConfigError
from kg.model import Article, Extraction
from kg.workers import Failure, run


def fake(pipeline: str) -> workers.Annotator:
    """A pipeline that breaks where an article's text says so."""
    if pipeline == "missing":
        raise ConfigError("there is no pipeline missing", "use rules")

    def annotate(articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            if article.text == "raise":
                raise ValueError("bad article")
            if article.text == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if article.text != "skip":
                yield Extraction(article)

    return annotate


def articles(count: int, **texts: str) -> list[Article]:
    return [Article(id=f"a{i}", title="", text=texts.get(f"a{i}", "fine")) for i in range(count)]


def results(given: list[Article], jobs: int) -> list[str]:
    return [
        f"{r.article.id} {r.reason}" if isinstance(r, Failure) else r.article.id
        for r in run(given, "fake", jobs, fake)
    ]


def test_nothing_in_nothing_out() -> None:
    assert results([], 2) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_and_bad_articles_are_reported_alone(jobs: int) -> None:
    given = articles(75, a3="raise", a40="raise", a41="skip")
    expected = [f"a{i}" for i in range(75)]
    expected[3] = "a3 ValueError: bad article"
    expected[40] = "a40 ValueError: bad article"
    expected[41] = "a41 the pipeline gave 0 results for 1 articles"
    assert results(given, jobs) == expected


def test_a_script_that_is_not_guarded_runs_once(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "print('script')\nfrom test_workers import articles, results\nprint(len(results(articles(40), 2)))\n",
        "utf-8",
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    done = subprocess.run([sys.executable, script], env=env, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.returncode) == ("script\n40\n", 0), done.stderr


def test_small_inputs_stay_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_Pool", None)
    assert results(articles(workers.ALONE), 8) == [f"a{i}" for i in range(workers.ALONE)]


def test_articles_are_read_lazily() -> None:
    read = []

    def stream() -> Iterator[Article]:
        for article in articles(200):
            read.append(article.id)
            yield article

    outcome = run(stream(), "fake", 1, fake)
    next(outcome)
    assert len(read) < 100


def test_an_article_that_kills_its_process_costs_only_itself() -> None:
    expected = [f"a{i}" for i in range(50)]
    expected[20] = "a20 the process died over this article"
    assert results(articles(50, a20="die"), 2) == expected


@pytest.mark.parametrize("count", [1, 60])
def test_a_pipeline_that_cannot_be_loaded_is_one_error(count: int) -> None:
    with pytest.raises(ConfigError, match="no pipeline missing"):
        list(run(articles(count), "missing", 2, fake))
