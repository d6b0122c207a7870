from __future__ import annotations

from typing import Any

from kg.analyse.network import Proof
from kg.view.contested import Claim, rivals


def claim(number: int, subject: str, predicate: str, target: str | None = "t", **more: Any) -> Claim:
    at = {"begin": 0, "article": "a", **more}
    proof = Proof("s", at.pop("begin"), 9, at.pop("article"), "h", None, None, 1.0, **at)
    return Claim(number, subject, predicate, target, proof)


def test_an_act_that_is_told_and_denied_is_contested() -> None:
    told = claim(0, "russia", "attacks")
    assert rivals([told, claim(1, "russia", "attacks", negated=True, article="b")]) == {0: [1], 1: [0]}
    assert rivals([told, claim(1, "russia", "attacks", negated=True)]) == {}, (
        "one voice does not contradict itself"
    )
    assert rivals([told, claim(1, "russia", "attacks", "u", negated=True, article="b")]) == {}
    planned = claim(2, "russia", "attacks", modality="future")
    assert rivals([planned, claim(1, "russia", "attacks", negated=True, article="b")]) == {}


def test_a_denial_contests_what_a_source_says_in_the_same_sentence() -> None:
    said = claim(0, "iran", "requests", source="reuters")
    assert rivals([said, claim(1, "kremlin", "denies", None)]) == {0: [1], 1: [0]}
    assert rivals([said, claim(1, "kremlin", "denies", None, begin=50)]) == {}
    assert rivals([said, claim(1, "reuters", "denies", None)]) == {}


def test_a_denial_of_a_source_contests_all_that_it_says_in_the_article() -> None:
    said = claim(0, "iran", "requests", source="reuters")
    denial = claim(1, "kremlin", "denies", "reuters", begin=50)
    assert rivals([said, denial]) == {0: [1], 1: [0]}
    elsewhere = claim(1, "kremlin", "denies", "reuters", article="b")
    assert rivals([said, elsewhere]) == {}
