"""Bodies that no table knows, named by a kind of body and what tells it apart."""

from __future__ import annotations

import pytest
from extract_reading import Reader


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("أعلن المركز الوطني للبحوث الجيولوجية بدء المسح.", "المركز الوطني للبحوث الجيولوجية", "GOVBODY"),
        ("وقعت شركة «نور الشرق» العقد أمس.", "شركة «نور الشرق»", "ORG"),
        ("نفت هيئة الموانئ البحرية وجود أضرار.", "هيئة الموانئ البحرية", "GOVBODY"),
        ("نقلت وكالة «نداء» الخبر.", "وكالة «نداء»", "MEDIA"),
        ("رحبت الهيئة العامة للإحصاء والتخطيط بالقرار.", "الهيئة العامة للإحصاء والتخطيط", "GOVBODY"),
    ],
)
def test_described_bodies(facts: Reader, text: str, name: str, kind: str) -> None:
    assert facts(text).types.get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "افتتح الوزير مؤتمر «آفاق» أمس.",
        "وصفها بأنها منظمة «إرهابية» خطيرة.",
        "اجتمعت اللجنة أمس.",
        "هذه مجموعة «5 + 1» الجديدة.",
        "خرجت هيئة المحلفين إلى القاعة.",
    ],
)
def test_a_word_for_a_body_alone_is_none(facts: Reader, text: str) -> None:
    assert not facts(text).of_type("ORG", "GOVBODY", "MEDIA")
