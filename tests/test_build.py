"""A build from articles to an output folder, with a pipeline that knows the example articles."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import documents, load_gold, load_nothing, write_articles

from kg.build import BuildResult, NothingBuiltError, Progress, build, extract_articles
from kg.config import Settings, load_settings
from kg.ingest import Problem, read
from kg.outputs import FILES
from kg.workers import Loader


def settings(output: Path, **overrides: object) -> Settings:
    return load_settings(overrides={"output": output, "jobs": 1, **overrides})


def make(
    source: Path, output: Path, load: Loader = load_gold, progress: Progress | None = None
) -> BuildResult:
    return build([source], settings(output), load=load, progress=progress)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("in") / "articles.jsonl", documents())


@pytest.fixture(scope="module")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return make(source, tmp_path_factory.mktemp("built") / "out")


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_all_files_are_there_and_none_is_empty(built: BuildResult) -> None:
    assert set(FILES) <= set(contents(built.output))
    assert all(contents(built.output).values())


def test_the_result_counts_what_is_in_the_graph(built: BuildResult) -> None:
    assert built.articles == 4
    assert built.entities["PERSON"] == 6
    assert built.facts == {"roles": 6, "acts": 16, "statements": 4, "treaties": 1, "events": 2}
    assert built.quads > 300
    assert (built.reused, built.kept_out, built.problems) == (0, 0, ())


def test_facts_json_is_an_array_in_the_annotation_schema(built: BuildResult) -> None:
    written = json.loads((built.output / "facts.json").read_text("utf-8"))
    assert [d["id"] for d in written] == ["x1", "x2", "x3", "x4"]
    assert [len(d["facts"]) for d in written] == [len(d["facts"]) for d in documents()]


def test_the_record_names_inputs_and_has_no_clock(built: BuildResult, source: Path) -> None:
    record = json.loads((built.output / "build.json").read_text("utf-8"))
    assert [a["id"] for a in record["articles"]] == ["x1", "x2", "x3", "x4"]
    assert all(len(a["sha256"]) == 64 and str(source) in a["path"] for a in record["articles"])
    assert record["facts"]["acts"] == 16


def test_the_same_inputs_give_the_same_bytes(built: BuildResult, source: Path, tmp_path: Path) -> None:
    again = make(source, tmp_path / "elsewhere")
    assert contents(again.output) == contents(built.output)


def test_a_second_build_extracts_from_new_articles_only(source: Path, tmp_path: Path) -> None:
    first = write_articles(tmp_path / "articles.jsonl", documents()[:3])
    make(first, tmp_path / "out")
    assert make(first, tmp_path / "out", load=load_nothing).reused == 3
    write_articles(first, documents())
    result = make(first, tmp_path / "out")
    assert (result.articles, result.reused) == (4, 3)
    fresh = make(first, tmp_path / "fresh")
    assert contents(result.output) == contents(fresh.output)


def test_doubtful_facts_are_left_out_but_remembered(source: Path, tmp_path: Path) -> None:
    make(source, tmp_path / "out")
    strict = build([source], settings(tmp_path / "out", min_confidence=1.0), load=load_nothing)
    assert strict.facts["acts"] == 16
    assert json.loads((strict.output / "build.json").read_text("utf-8"))["min_confidence"] == 1.0


def test_one_bad_article_is_one_problem(tmp_path: Path) -> None:
    docs = documents()
    docs[1] = {**docs[1], "id": "stranger"}
    problems: list[Problem] = []
    source = write_articles(tmp_path / "articles.jsonl", docs)
    result = build([source], settings(tmp_path / "out"), load=load_gold, sink=problems.append)
    assert result.articles == 3
    assert len(problems) == 1
    assert problems == list(result.problems)
    assert "article stranger was left out: KeyError" in str(problems[0])


def test_nothing_to_build_leaves_no_folder(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "articles.jsonl", [{**documents()[0], "id": "stranger"}])
    with pytest.raises(NothingBuiltError):
        make(source, tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["articles.jsonl"]


def test_progress_reaches_its_total_in_each_stage(source: Path, tmp_path: Path) -> None:
    seen: dict[str, list[tuple[int, int | None]]] = {}

    def progress(stage: str, done: int, total: int | None) -> None:
        seen.setdefault(stage, []).append((done, total))

    make(source, tmp_path / "out", progress=progress)
    assert list(seen) == ["reading", "extracting", "writing"]
    for stage, steps in seen.items():
        first = 1 if stage == "reading" else 0
        assert [done for done, _ in steps] == list(range(first, first + len(steps)))
        assert steps[-1][0] == steps[-1][1]


def test_a_failure_while_writing_leaves_the_old_output_whole(source: Path, tmp_path: Path) -> None:
    make(source, tmp_path / "out")
    before = contents(tmp_path / "out")

    def fail(stage: str, done: int, total: int | None) -> None:
        if stage == "writing" and done == total:
            raise RuntimeError("midway")

    other = write_articles(tmp_path / "other.jsonl", documents()[:1])
    with pytest.raises(RuntimeError, match="midway"):
        make(other, tmp_path / "out", progress=fail)
    assert contents(tmp_path / "out") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["other.jsonl", "out"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_leaves_the_old_output_whole(source: Path, tmp_path: Path, number: int) -> None:
    make(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    script = (
        "import sys\nfrom pathlib import Path\nfrom fakes import load_slow\nfrom kg.build import build\n"
        "from kg.config import load_settings\n"
        "build([sys.argv[1]], load_settings(overrides={'output': Path(sys.argv[2])}), "
        "reuse=False, load=load_slow)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(source), str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
    )
    assert process.stdout
    assert process.stdout.readline() == b"extracting\n"
    process.send_signal(number)
    assert process.wait(timeout=20) != 0
    process.stdout.close()
    assert contents(tmp_path / "out") == before
    make(source, tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]


def test_several_processes_give_the_same_extractions(source: Path, tmp_path: Path) -> None:
    articles = list(read([write_articles(tmp_path / "a.jsonl", documents())], on_problem=print))
    alone = list(extract_articles(articles, settings(tmp_path), load=load_gold))
    repeated = list(extract_articles(articles * 12, settings(tmp_path, jobs=2), load=load_gold))
    assert repeated == alone * 12


def test_a_database_is_written_when_asked_for(source: Path, tmp_path: Path) -> None:
    from kg.store import STORE_NAME, open_output

    result = build([source], settings(tmp_path / "out"), load=load_gold, store=True)
    assert (result.output / STORE_NAME).is_dir()
    with open_output(result.output) as store:
        assert store.query("ASK { ?act a dip:Act }").boolean
    make(source, tmp_path / "out")
    assert not (result.output / STORE_NAME).exists()
