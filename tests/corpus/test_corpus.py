"""The project's own corpus: sources compile and are up to date, articles differ, names are invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.check import counts, load, missing, real_people, similar, table
from corpus.compile import ARTICLES, SourceError, compile_source, main, render
from kg.goldjson import from_gold
from kg.model import ROLES

CORPUS = ARTICLES.parent
SOURCES = sorted((CORPUS / "src").glob("*.txt"))

Compile = Callable[[str], dict[str, Any]]

SMALL = """id: x1
source: رويترز
date: 2031-03-04
title: روسيا تدين الهجوم
--- text
قال سعد حنين إن روسيا دانت الهجوم.
لم يرد العراق.
انتهى اللقاء.

ووقّعت روسيا والعراق اتفاقا في 2030.
غادر الوفد.
عاد الوفد.
--- entities
E1 STATE | Russia | روسيا
E2 STATE | Iraq | العراق |
E3 PERSON | Saad Hanin | سعد حنين
V1 EVENT ASSAULT | attack | الهجوم | | patients=E2 date=2031
T1 TREATY | agreement | اتفاقا
--- facts
act condemns | دانت | E1 > V1 | - | @1 | src=E3
say E3 | روسيا دانت الهجوم | @1
treaty T1 | E1,E2 | signed=2030 duration="2 years" | @4
role E3 envoy E1 | - | @1 سعد حنين
"""


@pytest.fixture
def compile_small(tmp_path: Path) -> Compile:
    def run(text: str) -> dict[str, Any]:
        path = tmp_path / "x1.txt"
        path.write_text(text, encoding="utf-8")
        return compile_source(path)

    return run


def test_every_source_compiles_and_is_up_to_date() -> None:
    for path in SOURCES:
        compiled = ARTICLES / f"{path.stem}.json"
        assert compiled.exists(), f"{path.name} is not compiled: run python corpus/compile.py {path}"
        assert compiled.read_text(encoding="utf-8") == render(compile_source(path)), (
            f"{path.name} has changed"
        )


def test_every_article_has_a_source() -> None:
    assert {p.stem for p in ARTICLES.glob("*.json")} == {p.stem for p in SOURCES}


def test_articles_read_as_annotations() -> None:
    for article in load():
        extraction = from_gold(article)
        assert extraction.acts
        assert extraction.statements or extraction.roles


def test_no_near_duplicates() -> None:
    assert similar(load()) == []


def test_similar_finds_a_copy() -> None:
    first = load(sorted(ARTICLES.glob("*.json"))[:1])[0]
    copy = first | {"id": "copy", "title": "عنوان آخر"}
    assert similar([first, copy])[0][:2] == (first["id"], "copy")


def test_persons_are_invented() -> None:
    assert real_people(load()) == []


def test_real_people_are_found() -> None:
    entity = {"type": "PERSON", "mentions": ["عباس عراقجي"]}
    assert real_people([{"id": "x", "entities": [entity]}]) == [("x", "عباس عراقجي")]


def test_small_source(compile_small: Compile) -> None:
    article = compile_small(SMALL)
    assert article["text"].count("\n") == 1
    assert [f["kind"] for f in article["facts"]] == ["role", "act", "statement", "treaty"]
    act, treaty = article["facts"][1], article["facts"][3]
    assert (act["actors"], act["targets"], act["source"], act["modality"]) == (
        ["E1"],
        ["V1"],
        "E3",
        "asserted",
    )
    assert act["evidence"] == "قال سعد حنين إن روسيا دانت الهجوم."
    assert (treaty["signed"], treaty["duration"], treaty["parties"]) == ("2030", "2 years", ["E1", "E2"])
    assert article["entities"][3]["patients"] == ["E2"]
    assert list(missing(article)) == []
    assert counts([article])["predicate"]["condemns"] == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: x1", "id: x2", "x1.txt:1: id 'x2' is not the file's name"),
        ("2031-03-04", "2021-03-04", "x1.txt:1: date '2021-03-04'"),
        ("غادر الوفد.\n", "", "5 sentences"),
        ("E3 PERSON", "E3 HUMAN", "x1.txt:16: E3: unknown type 'HUMAN'"),
        ("E2 STATE", "E1 STATE", "entity id E1 twice"),
        ("V1 EVENT ASSAULT", "V1 EVENT BANG", "V1: after EVENT say one of"),
        ("| العراق |", "| العرا |", "E2: not in the article as whole words: 'العرا'"),
        ("patients=E2", "patients=E9", "x1.txt:17: no entity 'E9'"),
        ("act condemns", "act condemn", "unknown predicate 'condemn'"),
        ("| دانت |", "| أدانت |", "trigger is not in the evidence: 'أدانت'"),
        ("E1 > V1", "E1 > ", "neither target nor object"),
        ("E1 > V1", "> V1", "with at least one actor"),
        ("src=E3", "src=E3 maybe", "unknown flag 'maybe'"),
        ("src=E3", "date=2031-13", "date '2031-13' is not"),
        ("| @1\ntreaty", "| @9\ntreaty", "evidence '@9': write @n"),
        ("| @1\ntreaty", "| @1-4\ntreaty", "runs over a paragraph's end"),
        ("role E3 envoy", "role E3 king", "unknown role 'king'"),
        ("role E3 envoy", "role E1 envoy", "E1 is no PERSON"),
        ("treaty T1", "treaty T2", "T1 a TREATY"),
        ("signed=2030", "signed=soon", "signed='soon'"),
        ("say E3", "speak E3", "a fact begins with role, act, say or treaty"),
        ("--- facts", "--- fact", "unknown section 'fact'"),
        ("قال سعد حنين", "قال اليوم الأحد سعد حنين", "2031-03-04 is الثلاثاء"),
        (
            "say E3",
            "act condemns | دانت | E1 > V1 | - | @1\nsay E3",
            "x1.txt:21: the same act as in line 20",
        ),
    ],
)
def test_problems_are_told_with_file_and_line(
    compile_small: Compile, old: str, new: str, message: str
) -> None:
    assert old in SMALL
    with pytest.raises(SourceError) as error:
        compile_small(SMALL.replace(old, new, 1))
    assert message in str(error.value)


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "x1.txt", tmp_path / "x2.txt"
    good.write_text(SMALL, encoding="utf-8")
    bad.write_text(SMALL, encoding="utf-8")
    assert main([str(good), "--out", str(tmp_path)]) == 0
    assert json.loads((tmp_path / "x1.json").read_text(encoding="utf-8"))["id"] == "x1"
    assert main([str(bad), "--out", str(tmp_path)]) == 1
    assert "x2.txt:1: id 'x1'" in capsys.readouterr().err


def test_authoring_page_shows_the_first_article() -> None:
    page = (CORPUS / "AUTHORING.md").read_text(encoding="utf-8")
    assert (CORPUS / "src" / "w001.txt").read_text(encoding="utf-8") in page


def test_every_predicate_and_role_is_frequent_enough() -> None:
    found = counts(load())
    assert {p: n for p, n in found["predicate"].items() if n < 30} == {}
    assert {r: n for r, n in found["role"].items() if n < 10 and r in ROLES} == {}
    assert found["size"]["articles"] >= 150


def test_readme_gives_the_true_counts() -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert table(load()) in readme, "put what python corpus/check.py table prints into corpus/README.md"
