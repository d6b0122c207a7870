"""Contradictions are found with all their sides, and what agrees is left in peace."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.checks import Finding, list_checks, run_checks
from kg.cli import cli
from kg.model import Act, Article, Entity, Evidence, Extraction, Mention, Role, Span, Treaty
from kg.rdf.build import article_quads, merged_quads
from kg.store import OxigraphStore, open_store

TEXT = "قال إن الرئيس هنا. وقعت روسيا وإيران معاهدة شراكة في موسكو بعد التفاوض على المعاهدة."
PUTIN, OTHER = "vladimir-putin", "dmitry-medvedev"


def mention(text: str) -> tuple[Mention, ...]:
    return (Mention(Span(TEXT.index(text) + 1, TEXT.index(text) + 1 + len(text), text)),)


def proof(part: int = 0) -> Evidence:
    text = TEXT.split(". ")[part]
    start = TEXT.index(text) + 1
    return Evidence(Span(start, start + len(text), text))


def person(key: str, link: str) -> Entity:
    return Entity(key, "PERSON", "الرئيس", link.replace("-", " ").title(), mention("الرئيس"), link)


STATES = (
    Entity("E2", "STATE", "روسيا", "Russia", mention("روسيا"), "russia"),
    Entity("E3", "STATE", "إيران", "Iran", mention("إيران"), "iran"),
)
TREATY = Entity("T1", "TREATY", "معاهدة شراكة", None, mention("معاهدة شراكة"), "a-treaty")


def article(ident: str, date: str = "2025-06-23", link: str = PUTIN, **facts: object) -> Extraction:
    read = Article(ident, "", TEXT, date=date, sha256="ab" * 32)
    return Extraction(read, (person("E1", link), *STATES, TREATY), **facts)  # type: ignore[arg-type]


def head(of: str, role: str = "head_of_state", former: bool = False) -> tuple[Role, ...]:
    return (Role("E1", role, of, "الرئيس", proof(), former, method="kg.sample.v1"),)


def signed(date: str) -> tuple[Treaty, ...]:
    return (Treaty("T1", ("E2", "E3"), proof(1), signed=date, method="kg.sample.v1"),)


def talks(date: str | None, **more: object) -> tuple[Act, ...]:
    trigger = mention("التفاوض")[0].span
    act = Act("negotiates", trigger, ("E2",), ("T1",), proof(1), date=date, method="kg.sample.v1")
    return (replace(act, **more),)  # type: ignore[arg-type]


def store_of(*articles: Extraction) -> OxigraphStore:
    store = open_store()
    for one in articles:
        store.load(article_quads(one))
    store.load(merged_quads(articles))
    return store


def findings(*articles: Extraction) -> list[Finding]:
    with store_of(*articles) as store:
        return run_checks(store)


def names(*articles: Extraction) -> list[str]:
    return [finding.check for finding in findings(*articles)]


def test_a_head_of_two_states_is_reported_with_both_sentences() -> None:
    (found,) = findings(article("a", roles=head("E2")), article("b", roles=head("E3", "head_of_government")))
    assert (found.check, found.case) == ("head-of-two-states", "kg:vladimir-putin")
    assert [(side.value, side.article) for side in found.sides] == [
        ("kg:iran", "article:b"),
        ("kg:russia", "article:a"),
    ]
    assert {side.sentence for side in found.sides} == {proof().span.text}
    assert all(side.fact.startswith("role:") for side in found.sides)


def test_one_who_headed_a_state_before_is_no_contradiction() -> None:
    assert names(article("a", roles=head("E2")), article("b", roles=head("E3", former=True))) == []
    assert names(article("a", roles=head("E2")), article("b", roles=head("E2", "head_of_government"))) == []


def test_two_heads_of_one_state_in_one_month() -> None:
    one, other = article("a", roles=head("E2")), article("b", roles=head("E2"), link=OTHER)
    (found,) = findings(one, other)
    assert (found.check, found.case) == ("two-heads-of-one-state", "kg:russia")
    assert [side.value for side in found.sides] == [f"kg:{OTHER}", f"kg:{PUTIN}"]
    assert names(one, article("b", date="2009-06-23", roles=head("E2"), link=OTHER)) == []


@pytest.mark.parametrize(
    ("date", "then", "wrong"),
    [
        ("2025-01", "2025-02", True),
        ("2025-01-17", "2025-01-18", True),
        ("2024", "2025-02-01", True),
        ("2025-01", "2025-01-20", False),
        ("2025", "2025-02", False),
        ("2025-02", "2025-01", False),
    ],
)
def test_a_treaty_signed_before_its_talks(date: str, then: str, wrong: bool) -> None:
    found = findings(article("a", treaties=signed(date), acts=talks(then)))
    assert [finding.check for finding in found] == (["signed-before-talks"] if wrong else [])
    if wrong:
        assert [side.value for side in found[0].sides] == [f"negotiated {then}", f"signed {date}"]
        assert all(side.sentence for side in found[0].sides)


def test_talks_that_were_not_held_contradict_nothing() -> None:
    for more in ({"negated": True}, {"modality": "future"}):
        assert names(article("a", treaties=signed("2025-01"), acts=talks("2025-02", **more))) == []


def test_dates_of_signing_must_agree_as_far_as_they_say() -> None:
    one = article("a", treaties=signed("2025-01"))
    assert names(one, article("b", treaties=signed("2025-01-17"))) == []
    (found,) = findings(one, article("b", treaties=signed("2024-12")))
    assert (found.check, [side.value for side in found.sides]) == ("signed-twice", ["2024-12", "2025-01"])


def test_an_act_cannot_be_told_before_it_happened() -> None:
    (found,) = findings(article("a", acts=talks("2025-06-25")))
    assert found.check == "told-before-it-happened"
    assert found.sides[0].value == "2025-06-25 in an article of 2025-06-23"
    assert names(article("a", acts=talks("2025-06"))) == []
    assert names(article("a", acts=talks("2025-06-25", modality="future"))) == []


def test_one_thing_of_two_kinds() -> None:
    odd = article("b")
    odd = replace(odd, entities=(*odd.entities[:2], replace(STATES[1], type="PLACE"), TREATY))
    (found,) = findings(article("a"), odd)
    assert (found.check, found.case) == ("two-kinds-of-thing", "kg:iran")
    assert {(side.value, side.article) for side in found.sides} == {
        ("dip:State", "article:a"),
        ("dip:Place", "article:b"),
    }


def test_every_check_is_documented_and_has_the_same_columns(seeds_output: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "data-model.md").read_text("utf-8")
    with store_of(article("a")) as store:
        for check in list_checks():
            assert f"| `{check.name}` |" in page
            assert all((check.title, check.title_ar, check.description, check.description_ar))
            from kg.queries import run

            assert run(store, check).variables == ("case", "value", "fact", "sentence", "article")


def test_the_verb_prints_findings_and_changes_nothing(tmp_path: Path) -> None:
    graph = tmp_path / "graph.trig"
    with store_of(article("a", treaties=signed("2025-01"), acts=talks("2025-02"))) as store:
        store.dump(graph)
    before = graph.read_bytes()
    shown = CliRunner().invoke(cli, ["check", "-g", str(graph)])
    assert shown.exit_code == 0
    assert "A treaty is signed before its talks: kg:a-treaty" in shown.stdout
    assert proof(1).span.text in shown.stdout
    assert shown.stdout.endswith("1 contradiction\n")
    (found,) = json.loads(CliRunner().invoke(cli, ["check", "-g", str(graph), "--json"]).stdout)
    assert (found["check"], len(found["sides"])) == ("signed-before-talks", 2)
    assert graph.read_bytes() == before


def test_no_findings_are_said_so(tmp_path: Path) -> None:
    with store_of(article("a")) as store:
        store.dump(tmp_path / "graph.trig")
    shown = CliRunner().invoke(cli, ["check", "-g", str(tmp_path / "graph.trig")])
    assert shown.stdout == "no contradictions were found\n"
