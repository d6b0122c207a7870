"""The seed articles, all the way to the graph that a newcomer sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, parse

import kg
from kg.claims import contested
from kg.cli import cli
from kg.config import load_settings
from kg.queries import list_queries
from kg.rdf.serialise import write_sorted
from kg.rdf.vocabulary import DEFAULT_BASE
from kg.store import open_output

GOLDEN = Path(__file__).parent / "golden" / "seeds.trig"
SEEDS = Path(__file__).parents[1] / "seeds"


def ask(folder: Path, name: str, **params: str) -> list[dict[str, str]]:
    return list(kg.query(name, {"lang": "en", **params}, folder).records())


def test_golden_trig(seeds_by_rules: Path, golden: Callable[[Path, str], None]) -> None:
    """All but the ontology, which has tests of its own."""
    own = (
        quad
        for quad in parse(path=seeds_by_rules / "graph.trig", format=RdfFormat.TRIG)
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(DEFAULT_BASE)
    )
    stream = BytesIO()
    write_sorted(own, stream, RdfFormat.TRIG)
    golden(GOLDEN, stream.getvalue().decode())


def test_a_second_build_gives_the_same_bytes(seeds_output: Path, tmp_path: Path) -> None:
    kg.build([SEEDS], load_settings(None, {"output": tmp_path / "output", "jobs": 1}))
    for path in sorted((tmp_path / "output").iterdir()):
        assert path.read_bytes() == (seeds_output / path.name).read_bytes(), path.name


def test_the_graph_is_valid(seeds_output: Path) -> None:
    from kg.ask import article_quads
    from kg.rdf.validate import report

    assert not report(article_quads(seeds_output, DEFAULT_BASE))


NOT_IN_THE_SEEDS = {
    "corroborated", "go-betweens", "mediations", "promises-kept", "retaliations", "successions",
    "threats-carried-out", "treaties-left",
}  # fmt: skip
"""Questions on what two articles of one agency and day do not tell; tests/queries answers them."""


@pytest.mark.parametrize("name", [q.name for q in list_queries() if q.name not in NOT_IN_THE_SEEDS])
def test_every_question_has_an_answer(seeds_output: Path, name: str) -> None:
    assert kg.query(name, output=seeds_output)


@pytest.mark.parametrize(
    ("person", "role", "owner"),
    [
        ("Vladimir Putin", "dip:headOfStateOf", "Russia"),
        ("Abbas Araghchi", "dip:foreignMinisterOf", "Iran"),
        ("Dmitry Peskov", "dip:spokespersonOf", "Kremlin"),
    ],
)
def test_who_holds_which_office(seeds_output: Path, person: str, role: str, owner: str) -> None:
    held = {(r["personLabel"], r["role"], r["stateLabel"]) for r in ask(seeds_output, "roles")}
    assert (person, role, owner) in held


def test_russia_condemns_the_strikes_through_its_president(seeds_output: Path) -> None:
    rows = ask(seeds_output, "states-condemning", state="kg:russia")
    told = {(r["byLabel"], r["target"]) for r in rows}
    assert any(by == "Vladimir Putin" and "strikes-on-iran-2025-06" in target for by, target in told)


def test_the_treaty_of_both_articles_is_one(seeds_output: Path) -> None:
    rows = [r for r in ask(seeds_output, "treaties") if r["treaty"] == "kg:russia-iran-treaty-2025"]
    assert {r["memberLabel"] for r in rows} == {"Russia", "Iran"}
    assert {r["signedOn"] for r in rows} == {"2025-01"}
    assert {r["duration"] for r in rows} == {"20 years"}


def test_the_letter_that_reuters_reports_and_peskov_denies(seeds_by_rules: Path) -> None:
    with open_output(seeds_by_rules) as store:
        found = list(contested(store, "dmitry-peskov", "en"))
    letters = [c for c in found if (c.claim.who, c.denial.who) == ("Reuters", "Dmitry Peskov")]
    assert letters
    assert all("رسالة إلى بوتين" in c.claim.sentence for c in letters)
    assert {"نفى بيسكوف" in c.denial.sentence for c in letters} == {True, False}
    assert {c.rule for c in letters} == {"denied-report"}


def test_the_letter_is_contested_where_only_a_statement_tells_it(seeds_output: Path) -> None:
    with open_output(seeds_output) as store:
        sides = {(c.claim.who, c.denial.who) for c in contested(store, "dmitry-peskov", "en")}
    assert ("Reuters", "Dmitry Peskov") in sides


def test_claims_and_the_query_list_the_same_contests(seeds_output: Path) -> None:
    with open_output(seeds_output) as store:
        told = {(c.claim.node, c.claim.fact, c.denial.node, c.denial.fact) for c in contested(store)}
    rows = ask(seeds_output, "contested")
    assert told
    assert {(r["claimant"], r["claim"], r["denier"], r["denial"]) for r in rows} == told


def test_whether_russia_did_enough_for_iran_is_contested_across_the_articles(seeds_output: Path) -> None:
    done = CliRunner().invoke(
        cli, ["claims", "kremlin", "--lang", "en", "--format", "json", "-g", str(seeds_output)]
    )
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    iran = next(row for row in rows if row["claim"]["who"] == "Iran")
    assert "لم تبذل جهودًا كافية لدعمها" in iran["claim"]["sentence"]
    assert "لم يفعل ما يكفي لدعم إيران" in iran["denial"]["sentence"]
    assert iran["claim"]["chain"] == ["article:putin-meets-araghchi", "رويترز", "Iran"]
    assert iran["denial"]["who"] == "Kremlin"


def test_a_former_minister_is_told_as_former(seeds_output: Path) -> None:
    rows = ask(seeds_output, "tenures", state="kg:united-states")
    powell = [r for r in rows if r["personLabel"] == "Colin Powell"]
    assert [r["current"] for r in powell] == ["false"]
    assert [r["pastSince"] for r in powell] == ["2025-06-23"]


def test_rdflib_users_see_the_same_graph(seeds_output: Path) -> None:
    dataset = kg.load(seeds_output)
    asked = "ASK { kg:vladimir-putin dip:headOfStateOf kg:russia }"
    assert dataset.query(asked).askAnswer


def test_extracting_twice_from_python_works() -> None:
    for _ in range(2):
        assert len(list(kg.extract([SEEDS]))) == 2
