"""The command line: verbs, what they print and their exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fakes import documents, load_gold, write_articles

import kg
from kg.cli import cli

ROOT = Path(__file__).parent.parent
EXAMPLE = Path(__file__).parent / "gold" / "example"
Kg = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kg:
    """Runs ``kg`` in an empty folder with a pipeline that knows the example articles."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.nlp.pipeline.load_pipeline", lambda name: name)
    monkeypatch.setattr("kg.nlp.pipeline.annotate", lambda nlp, articles: load_gold(nlp)(articles))

    def invoke(*args: str | Path, **more: Any) -> Result:
        return CliRunner().invoke(cli, [str(arg) for arg in args], **more)

    return invoke


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles.jsonl", documents())


@pytest.fixture
def built(run: Kg, articles: Path) -> Path:
    assert run("build", articles, "--quiet").exit_code == 0
    return articles.parent / "output"


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# build


def test_build_says_what_it_made_and_what_to_do_next(run: Kg, articles: Path) -> None:
    result = run("build", articles, "-o", "made")
    assert result.exit_code == 0
    assert re.search(r"articles\s+4", result.stdout)
    assert re.search(r"entities\s+\d+\s+.*PERSON 6", result.stdout)
    assert re.search(r"facts\s+\d+\s+acts 16", result.stdout)
    assert "the graph is in made" in result.stdout
    assert "kg query roles -g made" in result.stdout
    assert Path("made/graph.trig").is_file()


def test_a_second_build_says_what_it_used_again(run: Kg, articles: Path, built: Path) -> None:
    assert "4 of the articles were extracted from before" in run("build", articles).stdout
    assert "extracted from before" not in run("build", articles, "--fresh").stdout


def test_quiet_prints_nothing(run: Kg, articles: Path) -> None:
    result = run("build", articles, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_a_bad_input_is_a_warning_when_others_are_good(run: Kg, articles: Path) -> None:
    result = run("build", articles, "missing.txt")
    assert result.exit_code == 0
    assert "missing.txt" in result.stderr
    assert re.search(r"articles\s+4", result.stdout)


def test_nothing_built_is_a_failure_in_one_line(run: Kg) -> None:
    result = run("build", "missing.txt")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("kg: no article could be read — ")
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "args",
    [
        ("build",),
        ("build", "x.txt", "--jobs", "0"),
        ("build", "x.txt", "--year", "12"),
        ("build", "x.txt", "--config", "none.toml"),
        ("extract", "x.txt", "--format", "xml"),
        ("query",),
        ("query", "no-such-query"),
        ("query", "stances", "--param", "novalue"),
        ("evaluate", "gold", "pred"),
        ("view", "nowhere"),
        ("nonsense",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2_without_a_traceback(run: Kg, built: Path, args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.output


def test_an_interrupt_is_status_130(run: Kg, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.nlp.pipeline.annotate", interrupt)
    result = run("build", articles)
    assert result.exit_code == 130
    assert "interrupted" in result.stderr
    assert not Path("output").exists()


def test_progress_goes_to_standard_error_when_asked_for(run: Kg, articles: Path) -> None:
    result = run("build", articles, "--progress", env={"FORCE_COLOR": "1"})
    assert result.exit_code == 0
    assert "extracting" in result.stderr
    assert "extracting" not in result.stdout


# extract


def test_extract_writes_one_object_a_line_with_ids_kept(run: Kg, articles: Path) -> None:
    assert run("extract", articles, "--format", "json", "-o", "facts.jsonl").exit_code == 0
    written = [json.loads(line) for line in Path("facts.jsonl").read_text("utf-8").split("\n") if line]
    assert [d["id"] for d in written] == ["x1", "x2", "x3", "x4"]
    assert written[0]["text"] == documents()[0]["text"]
    assert [len(d["facts"]) for d in written] == [len(d["facts"]) for d in documents()]


def test_extract_never_carries_annotations_of_its_input_through(
    run: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.model import Extraction

    monkeypatch.setattr("kg.nlp.pipeline.annotate", lambda nlp, articles: map(Extraction, articles))
    source = write_articles(
        tmp_path / "gold.jsonl", documents(), keys=("id", "title", "text", "date", "entities", "facts")
    )
    for document in [*lines(run("extract", source)), *lines(run("extract", EXAMPLE / "gold"))]:
        assert document["entities"] == document["facts"] == []


def test_extract_of_the_example_scores_perfectly(run: Kg, articles: Path) -> None:
    run("extract", articles, "-o", "facts.jsonl")
    result = run("evaluate", EXAMPLE / "gold", "facts.jsonl", "--json")
    assert json.loads(result.stdout)["headline"] == 1.0


def test_a_failing_extract_leaves_no_file(run: Kg, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("facts.jsonl").write_text("old", "utf-8")
    monkeypatch.setattr("kg.nlp.pipeline.load_pipeline", lambda name: 1 / 0)
    assert run("extract", articles, "-o", "facts.jsonl").exception
    assert Path("facts.jsonl").read_text("utf-8") == "old"
    assert sorted(p.name for p in Path().iterdir()) == ["articles.jsonl", "facts.jsonl"]


# query, explain, validate, view


def test_query_by_name_gives_a_table(run: Kg, built: Path) -> None:
    result = run("query", "roles")
    assert result.exit_code == 0
    assert "سامر الحديدي" in result.stdout
    assert "rows" in result.stderr


def test_every_shipped_query_is_listed_and_answers(run: Kg, built: Path) -> None:
    from kg.queries import list_queries

    listed = run("query", "--list").stdout
    for query in list_queries():
        assert query.name in listed
        assert run("query", query.name, "--format", "csv").exit_code == 0


def test_query_takes_sparql_files_and_standard_input(run: Kg, built: Path) -> None:
    sparql = "SELECT (COUNT(DISTINCT ?act) AS ?n) WHERE { ?act a dip:Act }"
    Path("count.rq").write_text(sparql, "utf-8")
    expected = "n\n16\n"
    assert run("query", sparql, "--format", "csv").stdout == expected
    assert run("query", "count.rq", "--format", "csv").stdout == expected
    assert run("query", "-", "--format", "csv", input=sparql).stdout == expected


def test_query_writes_json_csv_and_turtle(run: Kg, built: Path) -> None:
    select = "SELECT DISTINCT ?e ?name { ?e a dip:MediaOutlet ; rdfs:label ?name FILTER(lang(?name) = 'en') }"
    (row,) = json.loads(run("query", select, "--format", "json").stdout)
    assert row["name"] == "Petra"
    assert row["e"].startswith("https://w3id.org/diplomacy-kg/id/")
    assert run("query", "ASK { ?x a dip:Act }", "--format", "json").stdout == "true\n"
    run("query", "CONSTRUCT { ?s a dip:Act } WHERE { ?s a dip:Act }", "--format", "turtle", "-o", "acts.ttl")
    assert Path("acts.ttl").read_text("utf-8").count("a dip:Act") == 16
    refused = run("query", select, "--format", "turtle")
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_query_parameters_are_terms_and_never_text(run: Kg, built: Path) -> None:
    result = run("query", "statements", "-p", "contains=} DROP ALL #", "--format", "csv")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


def test_explain_shows_each_fact_with_its_sentence(run: Kg, built: Path) -> None:
    result = run("explain", "سامر الحديدي")
    assert result.exit_code == 0
    assert "Samer al-Hadidi" in result.stdout
    assert "dip:condemns" in result.stdout
    assert "أدان وزير الخارجية الأردني سامر الحديدي اليوم الثلاثاء الغارات الجوية" in result.stdout
    assert "الأردن يدين الغارات على اللاذقية  مثال  2024-03-12" in result.stdout
    fact = re.search(r"kg:act/\w+|act:\w+", result.stdout)
    assert fact
    alone = run("explain", fact.group())
    assert alone.exit_code == 0
    assert alone.stdout.endswith("1 fact\n")
    edge = run("explain", "? dip:condemns ?")
    assert "أدان" in edge.stdout
    assert edge.stdout.endswith("1 fact\n")


def test_explain_of_an_unknown_thing_is_one_line(run: Kg, built: Path) -> None:
    result = run("explain", "kg:atlantis")
    assert result.exit_code == 2
    assert result.stderr.startswith("kg: kg:atlantis: the graph knows nothing about it")


def test_validate_accepts_a_build_and_names_what_breaks_a_shape(run: Kg, built: Path, tmp_path: Path) -> None:
    good = run("validate")
    assert (good.exit_code, "conforms" in good.stdout) == (0, True)
    broken = tmp_path / "broken.ttl"
    broken.write_text(
        "@prefix dip: <https://w3id.org/diplomacy-kg/ontology#> .\n<urn:act> a dip:Act .\n",
        "utf-8",
    )
    bad = run("validate", broken)
    assert bad.exit_code == 1
    assert "urn:act" in bad.stdout


def test_view_prints_the_page(run: Kg, built: Path) -> None:
    assert Path(run("view", "--no-open").stdout.strip()) == built / "graph.html"
    assert Path(run("view", built, "--no-open").stdout.strip()).is_file()


def test_verbs_on_a_missing_graph_say_how_to_build_one(run: Kg) -> None:
    for args in (["query", "roles"], ["explain", "kg:russia"], ["validate"], ["view"]):
        result = run(*args)
        assert result.exit_code in (1, 2)
        assert "kg build" in result.stderr


# evaluate


def test_evaluate_prints_writes_errors_and_json(run: Kg) -> None:
    result = run(
        "evaluate", EXAMPLE / "gold", EXAMPLE / "pred.jsonl", "--per-doc", "--errors", "errors.jsonl"
    )
    assert result.exit_code == 0
    assert "headline" in result.stdout
    assert Path("errors.jsonl").read_text("utf-8") == (EXAMPLE / "errors.jsonl").read_text("utf-8")
    as_json = run("evaluate", EXAMPLE / "gold", EXAMPLE / "pred.jsonl", "--json")
    assert json.loads(as_json.stdout) == json.loads((EXAMPLE / "scores.json").read_text("utf-8"))


# help, start-up, terminals


def test_the_list_of_verbs_cuts_no_line_short(run: Kg) -> None:
    verbs = run("--help", terminal_width=80).stdout.partition("Commands:")[2]
    assert "..." not in verbs


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_every_verb_has_help_with_an_example(run: Kg, verb: str) -> None:
    text = run(verb, "--help").stdout
    assert f"kg {verb}" in text
    assert "Examples:" in text


def test_exit_status_is_documented(run: Kg) -> None:
    assert "Exit status" in run("--help").stdout


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == kg.__version__


@pytest.mark.parametrize("args", [["--help"], ["query", "--list"], ["evaluate", "--help"]])
def test_nothing_slow_is_imported_without_need(args: list[str]) -> None:
    code = (
        "import sys\nfrom kg.cli import cli\n"
        "try:\n    cli(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "slow = ('spacy', 'rdflib', 'pyshacl', 'networkx', 'trafilatura', 'numpy')\n"
        "print([m for m in slow if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_arabic_comes_out_as_utf8_whatever_the_locale(built: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "explain", "سامر الحديدي", "-g", str(built)],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert "أدان وزير الخارجية" in done.stdout.decode()


def test_api_names_stay_functions_after_their_modules_are_imported() -> None:
    import kg.build
    import kg.evaluate
    import kg.extract.acts
    import kg.queries

    for name in ("build", "evaluate", "extract", "load", "query"):
        assert callable(getattr(kg, name))
    with pytest.raises(AttributeError):
        _ = kg.nonsense
