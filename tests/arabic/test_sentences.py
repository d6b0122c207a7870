from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.arabic import split_sentences


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "قال أ. ف. ب. إن د. محمد حضر القمة",
        "بلغ النمو 2.5 في المئة و1.244 منطقة",
        "اشترت U.S. Steel السفينة No. 5 من www.site.com",
        "حديثه لشبكة سي.بي.إس وهيئة بي. بي. سي عن بنك في.تي.بي",
        "الوقت مبكر... لا أحد يدرك الوضع (...) والخطأ يجب تصحيحه",
        "1. وقف إطلاق النار",
        "قال «من هم؟ هم أعداؤنا» للصحفيين",
    ],
)
def test_one_sentence(text: str) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("صدر البيان. وقال الوزير نعم.", ["صدر البيان.", "وقال الوزير نعم."]),
        ("ما الحل؟ لا أحد يعلم!", ["ما الحل؟", "لا أحد يعلم!"]),
        ("قال: «معلومة صحيحة. لكن تقرير آخر».", ["قال: «معلومة صحيحة.", "لكن تقرير آخر»."]),
        ('قال "انتهى الأمر." وأضاف نعم', ['قال "انتهى الأمر."', "وأضاف نعم"]),
        ("عنوان\nنص أول.\nنص ثان", ["عنوان", "نص أول.", "نص ثان"]),
        ("غادر المنطقة.وقال إنه عائد", ["غادر المنطقة.", "وقال إنه عائد"]),
        ("انتهت الحرب... وقال إنه عائد", ["انتهت الحرب...", "وقال إنه عائد"]),
        ("وقع عام 1446 هـ. ثم عاد", ["وقع عام 1446 هـ.", "ثم عاد"]),
        ("في عام 2018. ثم عاد", ["في عام 2018.", "ثم عاد"]),
    ],
)
def test_several_sentences(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_offset_is_added() -> None:
    assert split_sentences("نعم. لا.", offset=10) == [(10, 14), (15, 18)]


@given(st.one_of(st.text(), st.text(alphabet='ابتد 12.!؟…\n"«»“”()،؛\u200fA')))
def test_spans_are_ordered_and_cover_all_but_space(text: str) -> None:
    spans = split_sentences(text)
    before = 0
    for start, end in spans:
        assert before <= start < end
        assert text[before:start].strip() == ""
        assert text[start:end].strip() == text[start:end]
        before = end
    assert text[before:].strip() == ""
