from __future__ import annotations

import pytest
from analyse_sample import act, facts, said

from kg.analyse import claims, contested, most_repeated, single_sourced, sources


def kinds(*items: object, **more: object) -> list[tuple[str, str, str]]:
    return [(c.kind, c.claimant, c.denier) for c in contested(facts(*items, **more))]  # type: ignore[arg-type]


def test_a_claim_denied_in_its_own_sentence() -> None:
    claim = act("envoy", "attacks", "iran", source="usa", begin=5)
    assert kinds(claim, act("kremlin", "denies", begin=5)) == [("same_sentence", "usa", "kremlin")]
    assert kinds(claim, act("kremlin", "denies", begin=6)) == []
    assert kinds(claim, act("kremlin", "denies", begin=5, article="other")) == []
    assert kinds(claim, act("usa", "denies", begin=5)) == []


def test_a_report_denied_in_the_same_article() -> None:
    claim = act("envoy", "attacks", "iran", source="usa", begin=5)
    assert kinds(claim, act("kremlin", "denies", "usa", begin=9)) == [("same_article", "usa", "kremlin")]


def test_what_another_tells_as_not_having_happened() -> None:
    told = act("usa", "attacks", "iran", publisher="Reuters")
    denied = act("usa", "attacks", "iran", negated=True, source="kremlin", article="a2")
    assert kinds(told, denied) == [("told_otherwise", "Reuters", "kremlin")]
    assert kinds(told, act("usa", "aids", "iran", negated=True, source="kremlin")) == []
    assert kinds(told, act("usa", "attacks", "iran", negated=True, publisher="Reuters")) == []


REPROACH = "رفض الكرملين الانتقادات بأنه لم يفعل ما يكفي لدعم إيران"


@pytest.mark.parametrize(
    ("words", "sentence", "day", "rebuts"),
    [
        ("لم يفعل ما يكفي لدعم إيران", REPROACH, "2025-06-24", True),
        ("لم يفعل ما يكفي لدعم ايران", REPROACH, None, True),
        ("لم يفعل ما يكفي لدعم سوريا", REPROACH, "2025-06-24", False),
        ("إرسال قوات إلى إيران", "رفض الكرملين إرسال قوات إلى إيران", "2025-06-24", False),
        ("لم يفعل ما يكفي لدعم إيران", REPROACH, "2024", False),
    ],
)
def test_a_reproach_that_whom_it_meets_rejects(words: str, sentence: str, day: str, rebuts: bool) -> None:
    reproach = act("iran", "condemns", "russia", "2025-06-23", source="envoy", article="a1")
    rejection = act("kremlin", "rejects", None, day, words=words, sentence=sentence, article="a2")
    found = kinds(reproach, rejection, speaks={"kremlin": "russia"})
    assert found == ([("rebutted", "envoy", "kremlin")] if rebuts else [])


def test_tellings_of_one_thing_are_one_claim() -> None:
    found = claims(
        facts(
            act("usa", "attacks", "iran", "2025-06-22", publisher="A", article="1", published="2025-06-23"),
            act("usa", "attacks", "iran", "2025-06", publisher="B", article="2", published="2025-06-22"),
            act("usa", "attacks", "iran", "2024-01", publisher="C", article="3"),
            act("usa", "attacks", "iran", "2025-06", negated=True, publisher="D", article="4"),
            act("iran", "requests", words="وقف إطلاق النار", article="5"),
            act("iran", "requests", words="وقف اطلاق النار", article="6"),
            act("iran", "requests", words="مساعدة", article="7"),
        )
    )
    repeated = {claim.predicate: claim for claim in most_repeated(found)}
    assert set(repeated) == {"attacks", "requests"}
    attack = repeated["attacks"]
    assert (attack.outlets, attack.articles, attack.single) == (("A", "B"), 2, False)
    assert [quote.article for quote in attack.quotes] == ["2", "1"]
    assert (repeated["requests"].words, repeated["requests"].articles) == ("وقف إطلاق النار", 2)
    assert len(found) == 4


def test_repeated_words_and_single_sources() -> None:
    given = facts(
        said("kremlin", "نرحب بذلك", "1"), said("kremlin", "نُرحّب بذلك", "2"), said("iran", "نعم", "2"),
        act("usa", "aids", "iran", source="kremlin", article="1", confidence=0.6),
        act("usa", "aids", "iran", source="kremlin", article="2", confidence=0.7),
        act("usa", "meets", "iran", publisher="A", article="1", confidence=0.9),
        act("usa", "meets", "iran", publisher="B", article="2"),
    )  # fmt: skip
    found = claims(given)
    assert [(c.predicate, c.words) for c in most_repeated(found) if c.predicate == "says"] == [
        ("says", "نرحب بذلك")
    ]
    (single,) = single_sourced(found)
    assert (single.predicate, single.told_by, single.articles, single.confidence) == (
        "aids",
        ("kremlin",),
        2,
        0.7,
    )


def test_sources_ranked_by_how_often_others_contradict_them() -> None:
    often = [act("usa", "attacks", "iran", source="envoy", begin=i) for i in range(10)]
    denials = [act("kremlin", "denies", begin=i) for i in range(8)]
    once = [act("usa", "aids", "iran", source="crowd", begin=50), act("kremlin", "denies", begin=50)]
    given = facts(*often, *denials, *once)
    found = sources(given)
    assert [(s.source, s.claims, s.contradicted) for s in found[:2]] == [("envoy", 10, 8), ("crowd", 1, 1)]
    assert found[0].by == {"kremlin": 8}
    assert found[0].at_least == pytest.approx(0.490, abs=1e-3)
    assert found[1].share == 1
    assert found[-1].contradicted == 0
    assert found[-1].at_least == 0
