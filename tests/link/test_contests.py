"""Which claim a denial denies."""

from __future__ import annotations

import pytest
from extract_reading import Reader

from kg.link.across.claims import Contest, contests, signs, stem
from kg.link.across.opposites import opposites
from kg.model import Extraction
from kg.rdf.unify import unify


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("لدعمها", "دعمت", True),
        ("كافية", "يكفي", True),
        ("رسائل", "رسالة", True),
        ("المساعدات", "بمساعدة", True),
        ("دعم", "رفض", False),
    ],
)
def test_stems_ignore_inflection(a: str, b: str, one: bool) -> None:
    assert (stem(a) == stem(b)) is one


def test_a_negation_turns_the_words_after_it_in_its_clause() -> None:
    found = signs("لم تبذل جهودا كافية، وقدمت مساعدات")
    assert found[stem("جهود")] is True
    assert found[stem("كافية")] is True
    assert found[stem("مساعدة")] is False


def read(facts: Reader, *texts: str, dates: tuple[str, ...] = ("2031-03-04", "2031-03-05")) -> list[Contest]:
    articles: list[Extraction] = []
    for number, text in enumerate(texts):
        own = facts(text, date=dates[number]).extraction
        articles.append(_numbered(own, number))
    return contests(unify(articles).extractions)


def _numbered(extraction: Extraction, number: int) -> Extraction:
    from dataclasses import replace

    return replace(extraction, article=replace(extraction.article, id=f"a{number}"))


CLAIM = "أعلنت إيران أن روسيا قدمت صواريخ متطورة إلى سوريا."


def test_a_denial_in_another_article_meets_its_claim(facts: Reader) -> None:
    (found,) = read(facts, CLAIM, "نفت روسيا تقديم صواريخ متطورة إلى سوريا.")
    assert found.rule == "denied-content"
    assert (found.claim[0], found.denial[0]) == ("a0", "a1")


def test_a_statement_that_says_the_contrary_meets_its_claim(facts: Reader) -> None:
    found = read(facts, CLAIM, "وأكدت موسكو أن روسيا لم تقدم صواريخ متطورة إلى سوريا.")
    assert {c.rule for c in found} == {"opposite-sign"}
    assert {c.denial[0] for c in found} == {"a1"}


@pytest.mark.parametrize(
    ("second", "date"),
    [
        ("نفت روسيا تقديم صواريخ متطورة إلى سوريا.", "2033-03-05"),
        ("نفت الصين إغلاق سفارتها في كندا.", "2031-03-05"),
        ("أكدت روسيا أنها قدمت صواريخ متطورة إلى سوريا.", "2031-03-05"),
        ("نفت إيران تقديم صواريخ متطورة إلى سوريا.", "2031-03-05"),
        ("رفضت روسيا تقديم صواريخ متطورة إلى سوريا.", "2031-03-05"),
    ],
    ids=["years later", "of something else", "the same claim", "by the claimant", "a refusal"],
)
def test_what_is_no_denial_of_the_claim(facts: Reader, second: str, date: str) -> None:
    assert not read(facts, CLAIM, second, dates=("2031-03-04", date))


def test_a_report_and_its_denial_in_one_sentence(facts: Reader) -> None:
    found = read(
        facts,
        "وردا على سؤال عن تقرير لـ «رويترز» بأن إيران هاجمت إسرائيل، نفى ديمتري بيسكوف وقوع أي هجوم.",
    )
    assert {c.rule for c in found} == {"denied-report"}


@pytest.mark.parametrize(("date", "rules"), [("2031-03-05", {"told-otherwise"}), ("2033-03-05", set())])
def test_an_act_told_as_done_and_as_not_done(facts: Reader, date: str, rules: set[str]) -> None:
    texts = ("هاجمت إسرائيل إيران.", "لم تهاجم إسرائيل إيران.")
    days = ("2031-03-04", date)
    articles = [
        _numbered(facts(text, date=day).extraction, number)
        for number, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    found = list(opposites(unify(articles).extractions))
    assert {c.rule for c in found} == rules
    assert all((c.claimant, c.denier) == (("a0", ""), ("a1", "")) for c in found)


@pytest.mark.parametrize(
    ("words", "denied"),
    [("الانتقادات بأنه", True), ("الاتهامات بأنه", True), ("النائب الذي قال إنه", False)],
    ids=["criticism", "accusations", "a deputy, whose stem is that of news"],
)
def test_who_rejects_denies_only_where_a_report_is_rejected(facts: Reader, words: str, denied: bool) -> None:
    found = read(
        facts,
        "قالت إيران إن الكرملين لم يبذل جهودا كافية لدعم إيران.",
        f"رفض الكرملين {words} لم يبذل جهودا كافية لدعم إيران.",
    )
    assert ("a1" in {c.denial[0] for c in found if c.rule == "denied-content"}) is denied
