"""Receptions: who attended, what was discussed, who congratulated, and agents behind "من قبل"."""

from __future__ import annotations

import pytest
from extract_reading import Facts, Reader

from kg.model import Act

RECEPTION = "استقبل الرئيس الأردني سامر حدادين أمس وزير الخارجية المصري نبيل العكر. "


def acts(read: Facts, predicate: str) -> list[Act]:
    return [act for act in read.extraction.acts if act.predicate == predicate]


@pytest.mark.parametrize(
    "text",
    [
        "وجرى خلال اللقاء بحث العلاقات الثنائية بين البلدين.",
        "وتناول اللقاء سبل تعزيز العلاقات الثنائية.",
    ],
)
def test_what_a_meeting_discussed_is_an_act_of_both_sides(facts: Reader, text: str) -> None:
    read = facts(RECEPTION + text)
    assert [read.names(act.actors) for act in acts(read, "negotiates")] == [{"سامر حدادين", "نبيل العكر"}]


def test_a_meeting_without_sides_has_none_to_discuss(facts: Reader) -> None:
    assert not acts(facts("وتناول اللقاء سبل تعزيز العلاقات الثنائية."), "negotiates")


def test_all_of_a_list_attended(facts: Reader) -> None:
    read = facts(RECEPTION + "حضر اللقاء الدكتور ماجد الخولي والسفير رامي الحداد والدكتور هاني شحاتة.")
    attended = next(act for act in acts(read, "meets") if len(act.actors) > 1)
    assert read.names(attended.actors) == {"ماجد الخولي", "رامي الحداد", "هاني شحاتة"}
    assert read.names(attended.targets) == {"نبيل العكر"}


def test_here_is_no_congratulation(facts: Reader) -> None:
    assert not acts(facts("قال سامر حدادين إن روسيا هنا في القمة."), "praises")
    read = facts("هنأ الرئيس الأردني سامر حدادين روسيا بعيدها الوطني.")
    assert [read.names(act.targets) for act in acts(read, "praises")] == [{"russia"}]


def test_a_long_title_does_not_part_a_phrase(facts: Reader) -> None:
    read = facts(
        "بعث نائب رئيس مجلس الوزراء وزير الدفاع الأردني الدكتور سامر حدادين أمس برقية تهنئة إلى روسيا."
    )
    found = [*acts(read, "phones"), *acts(read, "praises")]
    assert any((read.names(a.actors), read.names(a.targets)) == ({"سامر حدادين"}, {"russia"}) for a in found)


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("أعلن قصف سوريا من قبل إسرائيل أمس.", "israel", "syria"),
        ("أعلن قصف سوريا من جانب روسيا أمس.", "russia", "syria"),
    ],
)
def test_the_agent_behind_a_verbal_noun(facts: Reader, text: str, actor: str, target: str) -> None:
    read = facts(text)
    pairs = [(read.names(act.actors), read.names(act.targets)) for act in read.extraction.acts]
    assert ({actor}, {target}) in pairs
