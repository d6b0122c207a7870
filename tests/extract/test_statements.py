"""Statements: who says what, in every way that news attribute words."""

from __future__ import annotations

import pytest
from extract_reading import Reader

TRUCE = "الهدنة صامدة في الجنوب"
TALKS = "المفاوضات مستمرة"
WHO = "سامر حدادين"


@pytest.mark.parametrize(
    "text",
    [
        f"قال {WHO} إن {TRUCE}.",
        f"قال {WHO} ان {TRUCE}.",
        f"أكد {WHO} أن {TRUCE}.",
        f"أعلن {WHO} أمس أن {TRUCE}.",
        f"أوضح {WHO} في مؤتمر صحفي أن {TRUCE}.",
        f"{WHO} قال إن {TRUCE}.",
        f"{TRUCE}، بحسب {WHO}.",
        f"{TRUCE}، وفقا ل{WHO}.",
        f"{TRUCE}، وفق {WHO}.",
        f"{TRUCE}، حسب ما أفاد {WHO}.",
        f"{TRUCE}، كما قال {WHO} لوكالة رويترز.",
        f"وأشار {WHO} إلى أن {TRUCE}.",
        f"أفاد {WHO} بأن {TRUCE}.",
        f"حذر {WHO} من أن {TRUCE}.",
        f"قال {WHO}، خلال لقائه خالد المنصوري، إن {TRUCE}.",
        f"قال {WHO} في مقابلة مع قناة الجزيرة إن {TRUCE}.",
        f"قال {WHO} لرويترز إن {TRUCE}.",
        f"بحسب {WHO}، {TRUCE}.",
        f"نقلت وكالة رويترز عن {WHO} قوله إن {TRUCE}.",
        f"وفقا ل{WHO}، فإن {TRUCE}.",
        f"{TRUCE}، على حد قول {WHO}.",
        f"قال {WHO}، خلال مؤتمر صحفي مشترك مع نظيره السوداني في القاهرة، إن {TRUCE}.",
    ],
)
def test_reported_speech(facts: Reader, text: str) -> None:
    read = facts(text)
    assert read.said == [(WHO, TRUCE)]
    assert not read.statement().direct


@pytest.mark.parametrize(
    "text",
    [
        f"قال {WHO}: «{TRUCE}».",
        f'قال {WHO}: "{TRUCE}".',
        f"قال {WHO}: “{TRUCE}”.",
        f"قال {WHO}: “{TRUCE}.”",
        f"قال {WHO} «{TRUCE}».",
        f'قال {WHO} "{TRUCE}".',
        f"قال {WHO} ‹{TRUCE}›.",
        f"قال {WHO}: „{TRUCE}“.",
        f"قال {WHO} إن «{TRUCE}».",
        f"وتابع {WHO} قائلا: «{TRUCE}».",
        f"«{TRUCE}»، قال {WHO}.",
        f"«{TRUCE}»، كما قال {WHO}.",
        f"نقلت وكالة رويترز عن {WHO} قوله: «{TRUCE}».",
    ],
)
def test_quotations(facts: Reader, text: str) -> None:
    read = facts(text)
    assert read.said == [(WHO, TRUCE)]
    assert read.statement().direct


def test_a_colon_without_quotation_marks(facts: Reader) -> None:
    read = facts(f"قال {WHO}: {TRUCE}.")
    assert read.said == [(WHO, TRUCE)]


@pytest.mark.parametrize(
    "joint",
    [
        "، مضيفا أن",
        "، مشيرا إلى أن",
        "، مؤكدا أن",
        "، لافتا إلى أن",
        ". وأضاف أن",
        ". وأكد أن",
        ".\nوأوضح أن",
    ],
)
def test_the_speaker_goes_on(facts: Reader, joint: str) -> None:
    read = facts(f"قال {WHO} إن {TRUCE}{joint} {TALKS}.")
    assert read.said == [(WHO, TRUCE), (WHO, TALKS)]


def test_the_speaker_goes_on_in_quotes(facts: Reader) -> None:
    read = facts(f"قال {WHO} إن {TRUCE}.\nوأضاف: «{TALKS}».")
    assert read.said == [(WHO, TRUCE), (WHO, TALKS)]
    assert [s.direct for s in read.extraction.statements] == [False, True]


def test_another_speaker_takes_over(facts: Reader) -> None:
    read = facts(f"قال {WHO} إن {TRUCE}. وقال خالد المنصوري إن {TALKS}. وأضاف أن الاتفاق قريب.")
    assert read.said == [(WHO, TRUCE), ("خالد المنصوري", TALKS), ("خالد المنصوري", "الاتفاق قريب")]


@pytest.mark.parametrize(
    ("title", "content", "direct"),
    [
        (f"حدادين: {TRUCE}", TRUCE, False),
        ("حدادين: «لا حل عسكريا للأزمة»", "لا حل عسكريا للأزمة", True),
    ],
)
def test_a_headline_with_a_colon(facts: Reader, title: str, content: str, direct: bool) -> None:
    read = facts("وصل وزير الخارجية الأردني سامر حدادين إلى باريس.", title=title)
    assert read.said == [(WHO, content)]
    assert read.statement().direct is direct


def test_a_quotation_of_several_sentences_is_all_said(facts: Reader) -> None:
    read = facts(f"قال {WHO}: «{TRUCE}. {TALKS}. الاتفاق قريب جدا».")
    assert {speaker for speaker, _ in read.said} == {WHO}
    words = " ".join(content for _, content in read.said)
    assert all(part in words for part in (TRUCE, TALKS, "الاتفاق قريب جدا"))
    assert all(s.direct for s in read.extraction.statements)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"قالت مصادر إيرانية إن {TRUCE}.", "مصادر إيرانية"),
        (f"قالت وزارة الخارجية الألمانية إن {TRUCE}.", "وزارة الخارجية الألمانية"),
        (f"قالت حركة حماس إن {TRUCE}.", "hamas"),
        (f"قالت طهران إن {TRUCE}.", "iran"),
        (f"قال الكرملين إن {TRUCE}.", "kremlin"),
        (f"قال مسؤولون أميركيون إن {TRUCE}.", "مسؤولون أميركيون"),
        (f"قال دبلوماسي غربي رفيع المستوى إن {TRUCE}.", "دبلوماسي غربي رفيع المستوى"),
        (f"قال وزير الخارجية الإيراني إن {TRUCE}.", "وزير الخارجية الإيراني"),
        (f"كتب بوتين على منصة إكس أن {TRUCE}.", "vladimir-putin"),
        (f"نقلت وكالة رويترز عن مصدر دبلوماسي أن {TRUCE}.", "مصدر دبلوماسي"),
        (f"ذكرت وكالة رويترز أن {TRUCE}.", "reuters"),
        (f"قال مصدر في وزارة الخارجية الإيرانية إن {TRUCE}.", "مصدر في وزارة الخارجية الإيرانية"),
    ],
)
def test_who_may_speak(facts: Reader, text: str, speaker: str) -> None:
    assert facts(text).said == [(speaker, TRUCE)]


def test_a_noun_phrase_may_be_what_is_stressed(facts: Reader) -> None:
    read = facts(f"شدد {WHO} على ضرورة وقف القتال.")
    assert read.said == [(WHO, "ضرورة وقف القتال")]


@pytest.mark.parametrize(
    "text",
    [
        "عاد سامر حدادين إلى عمان بعد أن زار باريس.",
        "غادر سامر حدادين القاعة قبل أن يصل الوفد.",
        "رفض الكرملين الاتهامات بأنه لم يفعل ما يكفي.",
        "يجب أن يغادر سامر حدادين القاعة.",
        "دعا سامر حدادين إيران إلى وقف القتال.",
        "التقى سامر حدادين الوفد في فندق «شيراتون».",
        "وقع سامر حدادين كتابه «طريق السلام» في باريس.",
        "الساعة الآن: منتصف الليل.",
    ],
)
def test_what_nobody_says(facts: Reader, text: str) -> None:
    assert facts(text).said == []


def test_the_evidence_holds_the_content(facts: Reader) -> None:
    statement = facts(f"الطقس جميل. قال {WHO} إن {TRUCE}. الشمس مشرقة.").statement()
    assert TRUCE in statement.evidence.span.text
    assert "الطقس" not in statement.evidence.span.text
    assert "الشمس" not in statement.evidence.span.text


@pytest.mark.parametrize(
    "text", [f"قال {WHO} ”{TRUCE}“.", f"قال {WHO}: ”{TRUCE}“.", f"قال {WHO}: ‘{TRUCE}’."]
)
def test_rarer_quotation_marks(facts: Reader, text: str) -> None:
    read = facts(text)
    assert read.said == [(WHO, TRUCE)]
    assert read.statement().direct


@pytest.mark.parametrize(
    ("text", "speaker"),
    [(f"ذكر بيان للكرملين أن {TRUCE}.", "kremlin"), (f"كتبت «الحياة» أن {TRUCE}.", "al-hayat")],
)
def test_papers_speak(facts: Reader, text: str, speaker: str) -> None:
    assert facts(text).said == [(speaker, TRUCE)]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        (f"قال بوتين لعراقجي إن {TRUCE}.", "abbas-araghchi"),
        (f"أبلغ بوتين عراقجي أن {TRUCE}.", "abbas-araghchi"),
        (f"قال بوتين إن {TRUCE}.", None),
    ],
)
def test_whom_the_speaker_tells(facts: Reader, text: str, addressee: str | None) -> None:
    read = facts(text)
    assert read.said == [("vladimir-putin", TRUCE)]
    assert read.name(read.statement().addressee) == addressee


def test_a_surname_that_is_also_a_verb_does_not_end_the_search_for_the_content(facts: Reader) -> None:
    found = facts("وقال سامح شكري إن مصر لن تقبل التدخل في ليبيا.")
    assert found.said == [("sameh-shoukry", "مصر لن تقبل التدخل في ليبيا")]
