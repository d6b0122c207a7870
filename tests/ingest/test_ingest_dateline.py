from __future__ import annotations

import pytest

from kg.ingest.dateline import find, parse

SAYS = "قال الرئيس إن بلاده ترحب بالاتفاق."


@pytest.mark.parametrize(
    ("head", "publisher", "place", "date"),
    [
        ("رويترز، موسكو، 23 يونيو/حزيران: ", "رويترز", "موسكو", "23 يونيو/حزيران"),
        ("موسكو (رويترز) - ", "رويترز", "موسكو", None),
        ("القاهرة - أ ف ب: ", "أ ف ب", "القاهرة", None),
        ("باريس (أ.ف.ب.) – ", "أ ف ب", "باريس", None),
        ("واشنطن/ 3 مايو/ سبأ / ", "سبأ", "واشنطن", "3 مايو"),
        ("(CNN) -- ", "CNN", None, None),
        ("دبي، الإمارات العربية المتحدة (CNN)-- ", "CNN", "دبي", None),
        ("\u202bدبي، الإمارات العربية المتحدة (CNN) – ", "CNN", "دبي", None),
        ("عمّان 3 أيار (بترا) - ", "بترا", "عمّان", "3 أيار"),
        ("القاهرة (أ ش أ) ", "أ ش أ", "القاهرة", None),
        ("بغداد / واع / ", "واع", "بغداد", None),
        ("واشنطن، ٢٣ يونيو (شينخوا) -- ", "شينخوا", "واشنطن", "23 يونيو"),
        ("الدوحة في 23 يونيو 2025 /قنا/ ", "قنا", "الدوحة", "23 يونيو 2025"),
        ("القدس المحتلة – «القدس العربي» – وكالات: ", "القدس العربي", "القدس المحتلة", None),
        ("رويترز - ", "رويترز", None, None),
        ("موسكو، 23 يونيو 2025: ", None, "موسكو", "23 يونيو 2025"),
        ("نيويورك (الأمم المتحدة) - رويترز: ", "رويترز", "نيويورك", None),
    ],
)
def test_before_a_sentence(head: str, publisher: str | None, place: str | None, date: str | None) -> None:
    found = parse(head + SAYS)
    assert found is not None
    assert (found.publisher, found.place, found.date) == (publisher, place, date)
    assert (head + SAYS)[found.end :].strip() == SAYS


@pytest.mark.parametrize(
    ("line", "publisher", "place", "date"),
    [
        ("الرياض 12 رجب 1446 هـ الموافق 12 يناير 2025 م واس", "واس", "الرياض", "12 يناير 2025 م"),
        ("باريس ـ «الشرق الأوسط»", "الشرق الأوسط", "باريس", None),
        ("لندن: «الشرق الأوسط»", "الشرق الأوسط", "لندن", None),
        ("غزة/ الأناضول", "الأناضول", "غزة", None),
        ("واشنطن/ 3 مايو/ سبأ", "سبأ", "واشنطن", "3 مايو"),
        ("فرانس24/ أ ف ب/رويترز", "فرانس 24", None, None),
    ],
)
def test_on_a_line_of_its_own(line: str, publisher: str, place: str | None, date: str | None) -> None:
    found = parse(line)
    assert found is not None
    assert (found.publisher, found.place, found.date) == (publisher, place, date)


@pytest.mark.parametrize(
    "line",
    [
        "قال بوتين: لن نقبل بذلك",
        "موسكو - مدينة كبيرة",
        "بوتين يلتقي وزير الخارجية الإيراني عراقجي",
        "وقال لـ«الشرق الأوسط»: نعم",
        'وبحسب "رويترز"، فإن المحادثات بدأت',
        'وأوردت وكالة الأنباء "تاس": بدأت المحادثات',
        "وأوردت (وام) نص البيان",
        'وحصلت "العربية.نت" على الوثيقة',
        "في 23 يونيو 2025 بدأت المحادثات",
        "",
        "   ",
        "- (",
    ],
)
def test_ordinary_sentences_are_no_datelines(line: str) -> None:
    assert parse(line) is None


def test_a_date_that_begins_the_sentence_is_not_the_articles() -> None:
    found = parse("دبي، الإمارات العربية المتحدة (CNN)-- في 2 سبتمبر/ أيلول، وقع الاتفاق")
    assert found is not None
    assert found.date is None


def test_a_bare_publisher_counts_in_the_first_paragraph_only() -> None:
    assert parse("رويترز: إيران ترفض العرض", first=False) is None
    found = parse("رويترز: إيران ترفض العرض")
    assert found is not None
    assert not found.strong


def test_found_in_a_later_paragraph_with_its_offset() -> None:
    text = f"وفقًا لمصدر، بدأت المحادثات.\n\nلم تُعرف التفاصيل.\n\nموسكو (رويترز) - {SAYS}\n"
    found = find(text)
    assert found is not None
    assert text[found.start : found.end] == "موسكو (رويترز) -"
    assert find(text, paragraphs=2) is None
    assert find("") is None
