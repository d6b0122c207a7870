from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.arabic import find_numbers, parse_duration, parse_number, parse_ordinal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("عشرون", 20), ("عشرين", 20), ("20", 20), ("٢٠", 20), ("خمسة عشر", 15), ("أحد عشر", 11),
        ("اثنتي عشرة", 12), ("مليون", 10**6), ("مئتا", 200), ("مائتين", 200), ("ألفان", 2000),
        ("ألفين", 2000),
        ("ثلاثمئة وستة وستين", 366), ("ثلاث مئة", 300), ("مئتان وخمسة وعشرون ألفا", 225_000),
        ("ألف وتسعمائة وثمانية وأربعين", 1948), ("ألفين وأربعة وعشرين", 2024), ("1,244", 1244),
        ("1.5 مليون", 1_500_000), ("مليونان ونصف المليون", 2_500_000), ("نصف مليون", 500_000),
        ("ثلاثة ملايين و200 ألف", 3_200_000), ("خمسة آلاف", 5000), ("ثلاثة ونصف", 3.5),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "أحد", "رئيس", "عشرون وثلاثون", "خمسة، عشر", "آلاف", "20 رجلا"])
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("الثالث", 3), ("الحادي عشر", 11), ("الحادي والعشرين", 21), ("العشرين", 20), ("ثانية", 2)],
)
def test_ordinals(text: str, value: int) -> None:
    assert parse_ordinal(text) == value


def test_two_numbers_side_by_side_stay_two() -> None:
    assert [n.value for n in find_numbers("قتل 20 و30 شخصا، بينهم خمسة وعشرون")] == [20, 30, 25]


@pytest.mark.parametrize(
    ("text", "durations"),
    [
        ("لمدة 20 عامًا", ["20 years"]),
        ("خمس سنوات", ["5 years"]),
        ("مدتها سنة", ["1 year"]),
        ("هدنة لمدة يومين", ["2 days"]),
        ("٤٨ ساعة", ["48 hours"]),
        ("السنوات الخمس المقبلة", ["5 years"]),
        ("لمدة عام ونصف العام", ["1.5 years"]),
        ("لمدة ثلاثة عقود", ["30 years"]),
        ("شهر واحد", ["1 month"]),
        ("في عام 2024", []),
        ("عقدين مع الشركة", []),
        ("البالغ من العمر 26 عاما", []),
        ("يوم الاثنين", []),
    ],
)
def test_durations(text: str, durations: list[str]) -> None:
    assert [found for _, _, found in parse_duration(text)] == durations


def test_duration_span() -> None:
    text = "اتفاقية لمدة 20 عامًا مع طهران"
    ((start, end, _),) = parse_duration(text)
    assert text[start:end] == "20 عامًا"


@given(st.text(alphabet="عشرونخمسةمئألفيوال 0123456789.,ًا"))
def test_numbers_never_fail_and_lie_in_the_text(text: str) -> None:
    before = 0
    for start, end, _ in find_numbers(text):
        assert before <= start < end <= len(text)
        before = end
    for start, end, _ in parse_duration(text):
        assert 0 <= start < end <= len(text)


def test_endless_digits_are_no_number() -> None:
    assert find_numbers("1" * 20_000) == []


@given(st.integers(0, 10**12))
def test_digits_come_back(value: int) -> None:
    arabic = str(value).translate({ord("0") + i: chr(0x660 + i) for i in range(10)})
    assert parse_number(arabic) == parse_number(str(value)) == parse_number(f"{value:,}") == value
