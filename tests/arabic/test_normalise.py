from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.arabic import QUOTES_CLOSE, QUOTES_OPEN, expand_hashtag, fold, normalise

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإئؤىةٱـًٌٍَُِّْٰ٠١٢۳ کیﻻﷲ\u200f\u200d_#«»“”.،Aß")
MIXED = st.one_of(st.text(), ARABIC)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("الإمَـــارات", "الامارات"),
        ("أمريكى", "امريكي"),
        ("مسؤولة", "مسووله"),
        ("رئيسا", "رييسا"),
        ("٢٠٢٥", "2025"),
        ("۲۰۲۵", "2025"),
        ("ایران", "ايران"),
        ("NATO", "nato"),
        ("\u200fالصين\u200e", "الصين"),
        ("#الولايات_المتحدة", "الولايات المتحده"),
        ("ﻻ", "لا"),
        ("ا\u0655يران", "ايران"),
    ],
)
def test_spellings_of_one_word_share_a_form(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_quotation_marks_stay() -> None:
    assert normalise("«نعم» “لا”").text == "«نعم» “لا”"
    assert "«" in QUOTES_OPEN
    assert "»" in QUOTES_CLOSE
    assert '"' in QUOTES_OPEN & QUOTES_CLOSE


def test_span_takes_the_marks_of_the_last_letter_in() -> None:
    norm = normalise("قالَ محمّدٌ أمس")
    start = norm.text.index("محمد")
    begin, end = norm.span(start, start + 4)
    assert norm.original[begin:end] == "محمّدٌ"


def test_span_outside_is_refused() -> None:
    with pytest.raises(IndexError):
        normalise("نص").span(0, 3)


def test_hashtag() -> None:
    assert expand_hashtag("#الولايات_المتحدة") == "الولايات المتحدة"


@given(MIXED)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalise(normalise(text).text).text == normalise(text).text


@given(MIXED)
def test_offsets_are_monotone_and_point_into_the_original(text: str) -> None:
    norm = normalise(text)
    offsets = list(norm.offsets)
    assert len(offsets) == len(norm.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)


@given(MIXED, st.data())
def test_every_slice_comes_from_characters_that_fold_to_it(text: str, data: st.DataObject) -> None:
    norm = normalise(text)
    start = data.draw(st.integers(0, len(norm.text)))
    end = data.draw(st.integers(start, len(norm.text)))
    begin, stop = norm.span(start, end)
    refolded = normalise(text[begin:stop]).text
    if start == end:
        assert begin == stop
    elif norm.offsets[start] != norm.offsets[start - 1] or start == 0:
        # A slice may end within a ligature; then it gets the whole ligature.
        assert refolded.startswith(norm.text[start:end])
    else:
        assert norm.text[start:end] in refolded
