"""The two articles that the project began with: accuracy, and the facts that users asked for."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from extract_reading import Facts, check, pipeline

from kg.evaluate import Report, load_documents, score
from kg.goldjson import to_gold
from kg.model import Article
from kg.nlp.pipeline import annotate

GOLD = Path(__file__).parents[1] / "gold" / "seeds"
CALL, VISIT = "putin-calls-king-hamad", "putin-meets-araghchi"


@lru_cache(maxsize=1)
def seeds() -> dict[str, Facts]:
    gold = [json.loads(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.json"))]
    articles = [Article(g["id"], g["title"], g["text"], source=g["source"], date=g["date"]) for g in gold]
    return {x.article.id: Facts(x) for x in annotate(pipeline(), articles)}


@lru_cache(maxsize=1)
def report() -> Report:
    predicted: dict[str, Any] = {key: to_gold(read.extraction) for key, read in seeds().items()}
    return score(load_documents(GOLD), predicted)


def test_what_holds_for_every_extraction() -> None:
    assert set(seeds()) == {CALL, VISIT}
    for read in seeds().values():
        check(read.extraction)


def test_accuracy() -> None:
    assert report().headline >= 0.80
    assert report().scores["role"].f1 >= 0.95


@pytest.mark.parametrize(
    ("kind", "least"), [("entity", 0.85), ("act:plover", 0.4), ("statement", 0.75), ("treaty", 1.0)]
)
def test_no_kind_of_fact_is_left_behind(kind: str, least: float) -> None:
    assert report().scores[kind].f1 >= least


@pytest.mark.parametrize("article", [CALL, VISIT])
@pytest.mark.parametrize(
    "role",
    [
        ("vladimir-putin", "head_of_state", "russia"),
        ("abbas-araghchi", "foreign_minister", "iran"),
        ("dmitry-peskov", "spokesperson", "kremlin"),
    ],
)
def test_who_holds_which_office(article: str, role: tuple[str, str, str]) -> None:
    assert role in seeds()[article].roles


def test_offices_of_one_article() -> None:
    assert ("sergey-lavrov", "foreign_minister", "russia") in seeds()[VISIT].roles
    assert ("hamad-bin-isa", "head_of_state", "bahrain") in seeds()[CALL].roles


@pytest.mark.parametrize(
    ("article", "signed", "duration"), [(CALL, "2025-01", None), (VISIT, None, "20 years")]
)
def test_the_treaty_of_russia_and_iran(article: str, signed: str | None, duration: str | None) -> None:
    read = seeds()[article]
    treaty = read.treaty()
    assert read.names(treaty.parties) == {"russia", "iran"}
    if signed:
        assert treaty.signed == signed
    assert treaty.duration == duration


@pytest.mark.parametrize("article", [CALL, VISIT])
def test_putin_condemns_the_strikes(article: str) -> None:
    read = seeds()[article]
    aims = [
        read.extraction.by_id[target]
        for act in read.acts("condemns")
        if "vladimir-putin" in read.names(act.actors) and not act.negated
        for target in act.targets
    ]
    assert any(e.type == "EVENT" and e.event_type == "ASSAULT" for e in aims)


def test_putin_phones_the_king_and_hosts_the_minister() -> None:
    assert ({"vladimir-putin"}, "phones", {"hamad-bin-isa"}) in seeds()[CALL].did
    assert ({"vladimir-putin"}, "hosts", {"abbas-araghchi"}) in seeds()[VISIT].did


def test_the_quoted_speaker_said_it() -> None:
    said = seeds()[VISIT].said
    assert ("vladimir-putin", "العالم يمر بمرحلة حرجة للغاية بسبب كل هذا") in said
    assert any(speaker == "dmitry-peskov" and "عمليات مستقلة" in content for speaker, content in said)
