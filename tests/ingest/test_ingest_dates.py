from __future__ import annotations

import datetime

import pytest

from kg.ingest import dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-06-23", "2025-06-23"),
        ("2025-06", "2025-06"),
        ("2025", "2025"),
        ("2025-06-23T23:30:00+03:00", "2025-06-23"),
        ("2025-06-23 10:00", "2025-06-23"),
        ("20250623", "2025-06-23"),
        ("2025/06/23", "2025-06-23"),
        ("23/06/2025", "2025-06-23"),
        ("23.6.2025", "2025-06-23"),
        ("٢٣/٠٦/٢٠٢٥", "2025-06-23"),
        ("Mon, 23 Jun 2025 10:00:00 GMT", "2025-06-23"),
        ("الاثنين 23 يونيو/حزيران 2025", "2025-06-23"),
        ("2025-02-30", None),
        ("2025-13", None),
        ("31/02/2025", None),
        ("غدا", None),
        ("", None),
        ("0000", None),
    ],
)
def test_metadata(value: str, expected: str | None) -> None:
    assert dates.metadata_date(value) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2025-06-23_talks.txt", datetime.date(2025, 6, 23)),
        ("talks.20250623.txt", datetime.date(2025, 6, 23)),
        ("reuters_2025_06_23.html", datetime.date(2025, 6, 23)),
        ("talks-2025.txt", None),
        ("2025-02-30.txt", None),
        ("000_61582d1151d97b82.txt", None),
        ("a20250623b.txt", None),
        ("2025-0623.txt", None),
    ],
)
def test_file_names(name: str, expected: datetime.date | None) -> None:
    assert dates.from_name(name) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("23 يونيو/حزيران", (6, 23)), ("3 أيار", (5, 3)), ("29 فبراير", (2, 29)), ("3 رجال", None)],
)
def test_month_and_day(words: str, expected: tuple[int, int] | None) -> None:
    assert dates.month_and_day(words) == expected


def test_a_hijri_date_becomes_gregorian() -> None:
    assert dates.full_date("12 رجب 1446 هـ") == "2025-01-12"


def test_near_takes_the_closest_year() -> None:
    assert dates.near(12, 31, datetime.date(2025, 1, 1)) == "2024-12-31"
    assert dates.near(2, 29, datetime.date(2025, 1, 1)) == "2024-02-29"
    assert dates.near(2, 29, datetime.date(2022, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلن الرئيس اليوم الاثنين 23 يونيو 2025 أن بلاده توافق.", "2025-06-23"),
        ("أعلن الرئيس، اليوم الاثنين (23 يونيو/حزيران 2025)، أن بلاده توافق.", "2025-06-23"),
        ("أعلن الرئيس يوم 23 يونيو 2025 أن بلاده توافق.", None),
        ("أعلن الرئيس اليوم أن بلاده توافق.", None),
    ],
)
def test_today(text: str, expected: str | None) -> None:
    assert dates.today_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال يوم الاثنين إن الحكم سقط أواخر عام 2024.", 2025),
        ("قال يوم الاثنين إن الحكم سقط أواخر عام ٢٠٢٤.", 2025),
        ("قال إن الحكم سقط أواخر عام 2024.", None),  # no weekday
        ("قال يوم الاثنين إن الحكم سقط في 2024.", None),  # the year may be any past one
        ("قال يوم الخميس إن الحكم سقط أواخر عام 2024.", None),  # 23 June was no Thursday in either year
        ("قال يوم الاثنين إن الحكم سقط أواخر عام 2024 وإن رؤية 2030 قائمة.", 2025),
        ("قال يوم الاثنين إن الحكم سقط.", None),
    ],
)
def test_year_from_text(text: str, expected: int | None) -> None:
    assert dates.year_from_text(text, 6, 23) == expected
