"""Treaties: parties, day of signing and duration; other documents without a treaty fact."""

from __future__ import annotations

import pytest
from extract_reading import Reader


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("وقعت مصر والسودان اتفاقية تعاون عسكري.", {"egypt", "sudan"}),
        ("وقعت روسيا مع إيران معاهدة شراكة في فبراير 2030.", {"russia", "iran"}),
        ("وقعت روسيا معاهدة تعاون مع إيران في يناير الماضي.", {"russia", "iran"}),
        ("وقع بوتين مع عراقجي اتفاقية تعاون نووي.", {"vladimir-putin", "abbas-araghchi"}),
        ("أبرمت روسيا وإيران معاهدة شراكة إستراتيجية.", {"russia", "iran"}),
        ("تنص معاهدة التعاون بين روسيا وإيران على تبادل الخبرات.", {"russia", "iran"}),
        ("دخلت اتفاقية المياه بين مصر والسودان حيز التنفيذ.", {"egypt", "sudan"}),
        ("وقعت مصر والسودان مذكرة تفاهم في مجال الطاقة.", {"egypt", "sudan"}),
        ("انسحبت روسيا من اتفاقية التعاون مع إيران.", {"russia", "iran"}),
        (
            "وقع وزير الخارجية الأردني سامر حدادين مع نظيره المصري نبيل العكر اتفاقية تعاون.",
            {"jordan", "egypt"},
        ),
    ],
)
def test_parties(facts: Reader, text: str, parties: set[str]) -> None:
    read = facts(text)
    treaty = read.treaty()
    assert read.names(treaty.parties) == parties
    assert treaty.evidence.span.text == text


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("وقعت روسيا مع إيران معاهدة شراكة في فبراير 2030.", "2030-02"),
        ("وقعت روسيا معاهدة تعاون مع إيران في يناير الماضي.", "2031-01"),
        ("وقعت مصر والسودان مذكرة تفاهم في مجال الطاقة يوم الاثنين.", "2031-03-03"),
        ("وقعت السعودية والإمارات في أبوظبي في 12 فبراير 2031 اتفاقية تعاون.", "2031-02-12"),
        ("وقعت مصر والسودان أمس اتفاقية تعاون عسكري.", "2031-03-03"),
        ("تنص معاهدة التعاون بين روسيا وإيران على تبادل الخبرات.", None),
    ],
)
def test_day_of_signing(facts: Reader, text: str, signed: str | None) -> None:
    assert facts(text).treaty().signed == signed


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("أبرمت روسيا وإيران معاهدة شراكة إستراتيجية لمدة 20 عاما.", "20 years"),
        ("أبرمت روسيا وإيران معاهدة شراكة لمدة ٢٠ عاما.", "20 years"),
        ("وقعت السعودية والإمارات اتفاقية لمدة عشر سنوات.", "10 years"),
        ("وقعت مصر والسودان اتفاقية تعاون عسكري.", None),
    ],
)
def test_duration(facts: Reader, text: str, duration: str | None) -> None:
    assert facts(text).treaty().duration == duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("وقعت مصر والسودان اتفاقية تعاون. وتسري الاتفاقية لمدة خمس سنوات.", "5 years"),
        ("وقعت مصر والسودان معاهدة دفاع. ومدة المعاهدة عشرون عاما.", "20 years"),
    ],
)
def test_a_later_sentence_adds_the_duration(facts: Reader, text: str, duration: str) -> None:
    treaty = facts(text).treaty()
    assert treaty.duration == duration


def test_signing_is_an_act_too(facts: Reader) -> None:
    read = facts("وقعت مصر والسودان اتفاقية تعاون عسكري.")
    assert read.names(read.act("agrees").actors) == {"egypt", "sudan"}


def test_a_named_treaty_is_linked(facts: Reader) -> None:
    read = facts("انسحبت روسيا من معاهدة ستارت الجديدة.")
    assert read.of_type("TREATY") == {"new-start"}
    assert read.did == [({"russia"}, "retreats", {"new-start"})]
    assert read.extraction.treaties == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("اعتمد مجلس الأمن الدولي القرار 1701 بشأن لبنان.", "1701"),
        ("اعتمد مجلس الأمن القرار 2803.", "2803"),
        ("اعتمد مجلس الأمن القرار رقم 2803.", "2803"),
        ("طالب مجلس الأمن بتنفيذ القرار 1701.", "1701"),
    ],
)
def test_a_resolution_is_a_document_without_parties(facts: Reader, text: str, number: str) -> None:
    read = facts(text)
    (document,) = (e for e in read.extraction.entities if e.type == "TREATY")
    assert number in document.surfaces("name")[0]
    assert read.extraction.treaties == ()


def test_a_document_is_no_actor(facts: Reader) -> None:
    read = facts("اعتمد مجلس الأمن الدولي القرار 1701 بشأن لبنان. ودان القرار إسرائيل.")
    documents = {e.id for e in read.extraction.entities if e.type == "TREATY"}
    assert all(documents.isdisjoint(a.actors) for a in read.extraction.acts)


@pytest.mark.parametrize(
    "text",
    ["اتفقت مصر والسودان على مواصلة التشاور.", "زار بوتين الصين.", "ناقش البرلمان مشروع قانون جديدا."],
)
def test_no_document_no_treaty(facts: Reader, text: str) -> None:
    read = facts(text)
    assert read.extraction.treaties == ()
    assert not read.of_type("TREATY")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("الاتفاق الذي أبرمته روسيا مع إيران عام 2015 مهدد.", {"russia", "iran"}),
        ("أعلن ترامب انسحاب بلاده من الاتفاق النووي مع طهران.", {"united-states", "iran"}),
        (
            "وقعت مذكرة تفاهم بين وزارة الطاقة المصرية ووزارة الطاقة الأردنية.",
            {"وزارة الطاقة المصرية", "وزارة الطاقة الأردنية"},
        ),
    ],
)
def test_parties_told_around_the_document(facts: Reader, text: str, parties: set[str]) -> None:
    read = facts(text)
    assert read.names(read.treaty().parties) == parties


@pytest.mark.parametrize(
    "text",
    [
        "يسعى مسؤولون إلى عقد قمة بين روسيا وإيران في فنلندا.",
        "إيران توافق على استئناف المحادثات مع العراق.",
        "دعت رئيسة الوزراء إلى التوصل لاتفاق تجارة بين روسيا وإيران.",
        "لم يتم التوصل إلى اتفاق بين روسيا وإيران.",
    ],
)
def test_no_treaty_where_none_is_concluded(facts: Reader, text: str) -> None:
    assert not facts(text).extraction.treaties


def test_the_headline_names_the_document_of_the_lead(facts: Reader) -> None:
    read = facts("وقعت مصر والسودان مذكرة تفاهم أمس.", title="مصر توقع مذكرة تفاهم مع السودان")
    assert len(read.of_type("TREATY")) == 1


def test_only_those_behind_between_are_parties(facts: Reader) -> None:
    read = facts("وقعت أمس اتفاقية الغاز الروسي بين مصر والسودان.")
    assert read.names(read.treaty().parties) == {"egypt", "sudan"}
