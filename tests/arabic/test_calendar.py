from __future__ import annotations

from datetime import date, timedelta

import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from kg.arabic import find_dates, parse_date
from kg.data.tables import read_table

WEDNESDAY = date(2025, 6, 25)
MONTHS = [row for row in read_table("months") if row["calendar"] == "gregorian"]
HIJRI = {int(r["month"]): r["name"] for r in read_table("months") if r["calendar"] == "hijri"}
WEEKDAYS = {int(row["iso_weekday"]): row["name"] for row in read_table("weekdays")}


def isos(text: str, *, future: bool = False) -> list[str | None]:
    return [mention.iso for mention in find_dates(text, WEDNESDAY, future=future)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("23 يونيو/حزيران 2025", "2025-06-23"),
        ("في 23 يونيو (حزيران)", "2025-06-23"),
        ("7 تشرين الأول (أكتوبر) 2023", "2023-10-07"),
        ("كانون الأول ديسمبر 2017", "2017-12"),
        ("٢٣ يونيو ٢٠٢٥", "2025-06-23"),
        ("23 جوان 2025", "2025-06-23"),
        ("23/06/2025", "2025-06-23"),
        ("2025-06-23", "2025-06-23"),
        ("23-6-2025م", "2025-06-23"),
        ("في الثالث والعشرين من يونيو", "2025-06-23"),
        ("في الـ12 من الشهر الحالي", "2025-06-12"),
        ("الرابع عشر من الشهر الجاري", "2025-06-14"),
        ("الأسبوع الأول من يونيو", "2025-06"),
        ("15 رمضان 1446 هـ", "2025-03-15"),
        ("27 ذو الحجة 1446 هـ الموافق 23 يونيو 2025م", "2025-06-23"),
        ("9 ذي الحجة", "2025-06-05"),
        ("الاثنين", "2025-06-23"),
        ("والاثنين", "2025-06-23"),
        ("للأحد", "2025-06-22"),
        ("الأربعاء", "2025-06-25"),
        ("الأربعاء الماضي", "2025-06-18"),
        ("الاثنين المقبل", "2025-06-30"),
        ("حتى الثلاثاء", "2025-07-01"),
        ("مساء أمس", "2025-06-24"),
        ("أول من أمس", "2025-06-23"),
        ("غدا", "2025-06-26"),
        ("مساء أمس الثلاثاء (24 يونيو)", "2025-06-24"),
        ("الشهر الماضي", "2025-05"),
        ("العام الماضي", "2024"),
        ("في وقت سابق من هذا العام", "2025"),
        ("في يناير الماضي", "2025-01"),
        ("في يناير المقبل", "2026-01"),
        ("في يناير", "2025-01"),
        ("في مارس الماضي", "2025-03"),
        ("مطلع عام 2024", "2024"),
        ("أواخر يونيو 2024", "2024-06"),
        ("صيف 2024", "2024"),
        ("منذ عام 2003", "2003"),
        ("في 2003", "2003"),
        ("اتفاق 2015 النووي", "2015"),
        ("قبل ثلاثة أيام", "2025-06-22"),
        ("منذ عامين", "2023"),
        ("قبل شهرين", "2025-04"),
        ("قبل ساعتين", "2025-06-25"),
        ("قبل 20 ساعة", None),
        ("منذ أسبوعين", "2025-06"),
        ("الأسبوع الماضي", "2025-06"),
        ("الأسبوع المقبل", None),
        ("قبل عقدين", "2005"),
        ("قبل نحو 3 سنوات", None),
        ("شهر رمضان 1446 هـ", "2025-03"),
        ("9 ذي الحجة الماضي", "2025-06-05"),
        ("9 ذي الحجة المقبل", "2026-05-26"),
        ("7 أكتوبر من العام الماضي", "2024-10-07"),
        ("خلال أسبوعين", None),
        ("قبل ثلاثة أيام من الانتخابات", None),
        ("ثورة 25 يناير", None),
        ("31 فبراير 2024", None),
    ],
)
def test_one_date(text: str, iso: str | None) -> None:
    assert isos(text) == [iso]


def test_a_hijri_year_is_parts_of_two() -> None:
    (mention,) = find_dates("عام 1446 هـ", WEDNESDAY)
    assert (mention.iso, mention.end_iso) == ("2024", "2025")


@pytest.mark.parametrize(
    "text",
    [
        "أحد المسؤولين", "اليوم السابع", "مارس الرئيس ضغوطا", "تيريزا ماي", "رجب طيب أردوغان",
        "من باب الصداقة", "1.5 مليون", "القرار 2231", "في 2000 قرية", "أيام الجمعة", "القائد الأب",
        "99/99/2020", "العلاقة بين الاثنين",
    ],
)  # fmt: skip
def test_false_friends(text: str) -> None:
    assert isos(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("بين 18 و21 يونيو", "2025-06-18", "2025-06-21"),
        ("من 3 إلى 5 مايو", "2025-05-03", "2025-05-05"),
        ("من 28 مايو إلى 3 يونيو 2024", "2024-05-28", "2024-06-03"),
        ("بين 20 ديسمبر و5 يناير 2024", "2023-12-20", "2024-01-05"),
        ("بين يناير ومارس 2024", "2024-01", "2024-03"),
        ("بين عامي 2015 و2020", "2015", "2020"),
        ("2015-2020", "2015", "2020"),
    ],
)
def test_ranges(text: str, first: str, last: str) -> None:
    (mention,) = find_dates(text, WEDNESDAY)
    assert (mention.iso, mention.end_iso, mention.kind) == (first, last, "range")


def test_long_runs_of_space_cost_nothing() -> None:
    assert find_dates("5 و" + " " * 20_000 + "مايو", WEDNESDAY)


def test_future_sentences_look_ahead() -> None:
    assert isos("سيزور باريس الاثنين", future=True) == ["2025-06-30"]
    assert isos("سيزور باريس في مارس", future=True) == ["2026-03"]


def test_without_reference_nothing_is_guessed() -> None:
    assert [m.iso for m in find_dates("الاثنين وأمس و3 مايو ومايو 2024", None)] == [
        None,
        None,
        None,
        "2024-05",
    ]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-06-23T10:00:00Z", "2025-06-23"),
        ("Mon, 23 Jun 2025 10:00:00 GMT", "2025-06-23"),
        ("June 23, 2025", "2025-06-23"),
        ("06/2025", "2025-06"),
        ("1446/9/15", "2025-03-15"),
        ("موسكو في 23 حزيران 2025 (رويترز)", "2025-06-23"),
        ("2025-13-40", None),
        ("", None),
    ],
)
def test_whole_strings(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso


@given(
    st.dates(date(1950, 1, 1), date(2070, 12, 31)),
    st.data(),
    st.sampled_from(
        ("{d} {m} {y}", "{d} {m}/{t} {y}", "{w} {d} {m} ({t}) {y}", "{d} من {m} عام {y}", "{w}، {d} {m} {y}م")
    ),
    st.sampled_from(("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")),
)
def test_any_spelling_of_a_day_comes_back(day: date, data: st.DataObject, form: str, digits: str) -> None:
    names = [row["name"] for row in MONTHS if int(row["month"]) == day.month]
    name, twin = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    spell = str.maketrans("0123456789", digits)
    text = form.format(
        d=str(day.day).translate(spell),
        y=str(day.year).translate(spell),
        m=name,
        t=twin,
        w=WEEKDAYS[day.isoweekday()],
    )
    (mention,) = find_dates(f"وقع البيان في {text} في موسكو", date(2025, 1, 1))
    assert mention.iso == day.isoformat()
    assert mention.text.strip("م") in text


@given(st.dates(date(1930, 1, 1), date(2070, 12, 31)))
def test_hijri_days_come_back(day: date) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    assert parse_date(f"{hijri.day} {HIJRI[hijri.month]} {hijri.year} هـ") == day.isoformat()


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 7))
def test_a_weekday_is_within_the_last_week(reference: date, weekday: int) -> None:
    (mention,) = find_dates(WEEKDAYS[weekday], reference)
    assert mention.iso is not None
    found = date.fromisoformat(mention.iso)
    assert found.isoweekday() == weekday
    assert timedelta(0) <= reference - found < timedelta(7)


PIECES = st.sampled_from(
    ["23", "31", "2025", "1446", "0", "/", "-", " و", " من ", " إلى ", "بين ", "يونيو", "فبراير", "رمضان",
     "حزيران", "الاثنين", "أمس", "اليوم", "غدا", "قبل ", "منذ ", "عام ", "عامي ", "ثلاثة", "أيام", "الماضي",
     "المقبل", "قبل الماضي", "صيف ", "مطلع ", "شهر ", "هـ", "(", ")", "،", " ", "\n", "الشهر ", "الأسبوع ",
     "9999999999", "مليون ", "سنة", "١٢"]
)  # fmt: skip


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)),
    st.one_of(st.none(), st.dates()),
    st.booleans(),
)
def test_never_fails_and_spans_match(text: str, reference: date | None, future: bool) -> None:
    before = 0
    for mention in find_dates(text, reference, future=future):
        assert before <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        before = mention.end
    parse_date(text, reference)
