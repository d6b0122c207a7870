"""Negation, modality, source, date and evidence of acts."""

from __future__ import annotations

import pytest
from extract_reading import Reader


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("لم يلتق بوتين عراقجي.", "meets"),
        ("لم يزر بوتين الصين.", "visits"),
        ("لا تؤيد الصين روسيا.", "supports"),
        ("لم تدن الصين إسرائيل.", "condemns"),
        ("الصين لم تدن إسرائيل.", "condemns"),
        ("لن يزور بوتين الصين.", "visits"),
        ("لم تقصف إسرائيل لبنان.", "attacks"),
        ("قال بوتين إن روسيا لم تقصف أوكرانيا.", "attacks"),
    ],
)
def test_negation(facts: Reader, text: str, predicate: str) -> None:
    assert facts(text).act(predicate).negated


def test_negation_does_not_reach_the_next_clause(facts: Reader) -> None:
    read = facts("لم يزر بوتين الصين. ودعا عراقجي إلى وقف القتال.")
    assert read.act("visits").negated
    assert not read.act("requests").negated


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("زار بوتين الصين.", "asserted"),
        ("يزور بوتين الصين.", "asserted"),
        ("سيزور بوتين الصين.", "future"),
        ("سوف يزور بوتين الصين.", "future"),
        ("من المقرر أن يزور بوتين الصين.", "future"),
        ("من المتوقع أن يزور بوتين الصين.", "future"),
        ("قد يزور بوتين الصين.", "hypothetical"),
        ("ربما يزور بوتين الصين.", "hypothetical"),
        ("إذا زار بوتين الصين فالاتفاق قريب.", "hypothetical"),
        ("لو زار بوتين الصين لكان الاتفاق قريبا.", "hypothetical"),
    ],
)
def test_modality(facts: Reader, text: str, modality: str) -> None:
    assert facts(text).act("visits").modality == modality


def test_an_intention_is_future(facts: Reader) -> None:
    act = facts("تعتزم روسيا مهاجمة أوكرانيا.").act("attacks")
    assert act.modality == "future"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قصفت روسيا أوكرانيا.", None),
        ("قالت إيران إن روسيا قصفت أوكرانيا.", "iran"),
        ("بحسب وزارة الخارجية الألمانية، قصفت روسيا أوكرانيا.", "وزارة الخارجية الألمانية"),
        ("قصفت روسيا أوكرانيا، بحسب وزارة الخارجية الألمانية.", "وزارة الخارجية الألمانية"),
        ("قصفت روسيا أوكرانيا، وفقا للحكومة الألمانية.", "germany"),
        ("قال سامر حدادين: «روسيا قصفت أوكرانيا».", "سامر حدادين"),
        ("ذكرت وكالة رويترز أن روسيا قصفت أوكرانيا.", "reuters"),
    ],
)
def test_on_whose_word_an_act_rests(facts: Reader, text: str, source: str | None) -> None:
    read = facts(text)
    assert read.name(read.act("attacks").source) == source


def test_what_a_speaker_does_by_speaking_has_no_source(facts: Reader) -> None:
    read = facts("قال بوتين إن العالم في خطر. ودان بوتين إسرائيل.")
    assert read.act("condemns").source is None


@pytest.mark.parametrize(
    ("when", "date"),
    [
        ("يوم الاثنين", "2031-03-03"),
        ("الاثنين الماضي", "2031-03-03"),
        ("الجمعة", "2031-02-28"),
        ("اليوم الثلاثاء", "2031-03-04"),
        ("أمس", "2031-03-03"),
        ("اليوم", "2031-03-04"),
        ("في فبراير الماضي", "2031-02"),
        ("في شباط/فبراير الماضي", "2031-02"),
        ("في 12 فبراير", "2031-02-12"),
        ("في ١٢ فبراير", "2031-02-12"),
        ("في 12 فبراير 2030", "2030-02-12"),
        ("في الثاني عشر من فبراير 2030", "2030-02-12"),
        ("في فبراير 2030", "2030-02"),
        ("عام 2028", "2028"),
        ("العام الماضي", "2030"),
    ],
)
def test_dates_against_the_day_of_the_report(facts: Reader, when: str, date: str) -> None:
    assert facts(f"التقى بوتين عراقجي {when}.").act("meets").date == date


def test_a_date_to_come(facts: Reader) -> None:
    act = facts("سيلتقي بوتين عراقجي غدا.").act("meets")
    assert (act.date, act.modality) == ("2031-03-05", "future")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("دانت إيران إسرائيل.", "2031-03"),
        ("وصل الوفد مساء الاثنين إلى باريس. ودانت إيران إسرائيل.", "2031-03-03"),
        ("وصل الوفد إلى باريس عام 2028. ودانت إيران إسرائيل.", "2031-03"),
    ],
)
def test_an_act_without_a_date_happens_on_the_day_that_the_report_opens_with(
    facts: Reader, text: str, date: str
) -> None:
    """Where it opens with none, only the month of publication is known."""
    assert facts(text).act("condemns").date == date


def test_without_a_day_of_report_nothing_is_guessed(facts: Reader) -> None:
    assert facts("دانت إيران إسرائيل.", date=None).act("condemns").date is None
    assert facts("التقى بوتين عراقجي أمس.", date=None).act("meets").date is None
    assert facts("التقى بوتين عراقجي في فبراير 2030.", date=None).act("meets").date == "2030-02"


def test_each_sentence_has_its_own_date(facts: Reader) -> None:
    read = facts("التقى بوتين عراقجي أمس. وزار أردوغان الصين في فبراير 2030.")
    assert read.act("meets").date == "2031-03-03"
    assert read.act("visits").date == "2030-02"


def test_the_evidence_is_the_sentence(facts: Reader) -> None:
    text = "الطقس جميل في باريس. دانت الصين إسرائيل يوم الاثنين. والشمس مشرقة."
    assert facts(text).act("condemns").evidence.span.text == "دانت الصين إسرائيل يوم الاثنين."


def test_offsets_count_the_title(facts: Reader) -> None:
    read = facts("دانت الصين إسرائيل.", title="عنوان الخبر")
    assert read.act("condemns").trigger.start == len("عنوان الخبر\n")


def test_offsets_survive_marks_and_odd_spaces(facts: Reader) -> None:
    text = "\u200f دَانَتِ  الصّيـــن\u00a0\t«إسرائيل» .\r\nوالسلام."
    act = facts(text).act("condemns")
    assert act.trigger.text == "دَانَتِ"


def test_a_clear_act_is_surer_than_a_weak_one(facts: Reader) -> None:
    clear = facts("اتهمت إيران إسرائيل بقصف المنشأة.").act("accuses")
    weak = facts("حاصرت إسرائيل غزة.").act("coerces")
    assert clear.confidence > weak.confidence
