"""Find dates in Arabic text and read them against the day of the report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.arabic.datehits import Hit, Kind, checked, hits, resolve
from kg.arabic.datemath import Clock
from kg.arabic.normalise import normalise

_TO = re.compile(r"\s*(?:،\s*)?(?:(?:الي|حتي|و?لغايه)\s+|[–—/-]\s*)(?:(?:يوم|شهر|عام|نهايه|غايه)\s+)*")
_AND = re.compile(r"\s+و\s*")
_BETWEEN = re.compile(r"بين\s+(?:(?:عامي|شهري|يومي)\s+)?(?:ال)?\Z")
_SAME = re.compile(r"[^\S\n]*[،,(\[/–—-]?[^\S\n]*(?:ل?(?:الموافق|المصادف)[^\S\n]*ل?[^\S\n]*)?\(?")
_EXPLICIT = frozenset(("day", "month", "year"))


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression: ``text == source[start:end]``.

    Attributes:
        iso: ISO 8601 date as precise as the words allow (2025-06-23, 2025-06 or
            2025); the first day, month or year of a range; None where the words
            or the missing reference leave it open.
        end_iso: Last day, month or year of a range, else None.
        kind: What the words are: a calendar day, month, year or season, a
            weekday, an expression relative to the report, or a range.
    """

    start: int
    end: int
    text: str
    iso: str | None
    end_iso: str | None
    kind: Kind


def find_dates(text: str, reference: date | None, *, future: bool = False) -> list[DateMention]:
    """Find all date expressions of a text.

    Args:
        text: Original text, as read.
        reference: Day of the report; without it relative expressions and dates
            without a year get no ISO form.
        future: The sentence speaks of what is to come, so that bare weekdays,
            days and months are the next ones.

    Returns:
        Mentions in text order, without overlap. A weekday, أمس or a second
        calendar next to a date is part of one mention.
    """
    norm = normalise(text)
    clock = Clock(reference, future)
    separate = _ranges(norm.text, _disjoint(hits(norm.text, clock)), clock)
    found: list[DateMention] = []
    for hit in _joined(norm.text, [resolve(hit, clock) for hit in separate], clock):
        start, end = norm.span(hit.start, hit.end)
        found.append(DateMention(start, end, text[start:end], hit.iso, hit.end_iso, hit.kind))
    return found


_STAMP = re.compile(r"\s*(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T\s]\d\d?:\d\d.*)?)?)?\s*", re.DOTALL)
_MONTH_YEAR = re.compile(r"\s*(\d\d?)\s*[/-]\s*(\d{4})\s*")


def parse_date(text: str, reference: date | None = None) -> str | None:
    """Read a whole string, such as a dateline or a metadata field, as one date.

    Returns:
        The ISO form of the most precise date in it (the first day of a range),
        or None.

    >>> parse_date("الاثنين 23 يونيو/حزيران 2025"), parse_date("2025-06-23T10:00:00Z")
    ('2025-06-23', '2025-06-23')
    """
    folded = normalise(text).text
    stamp = _STAMP.fullmatch(folded)
    if stamp:
        year, month, day = (int(part) if part else None for part in stamp.groups())
        return checked(year or 0, month, day)
    short = _MONTH_YEAR.fullmatch(folded)
    if short:
        return checked(int(short.group(2)), int(short.group(1)), None)
    found = [mention.iso for mention in find_dates(text, reference) if mention.iso]
    return max(found, key=len, default=None)


def _disjoint(found: Iterable[Hit]) -> list[Hit]:
    """The hits in text order, of overlapping ones the first and longest."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.start, -h.end, h.kind)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _ranges(folded: str, found: list[Hit], clock: Clock) -> list[Hit]:
    """Join "from … to …" and "between … and …" into ranges; one year may serve both ends."""
    joined: list[Hit] = []
    for hit in found:
        last = joined[-1] if joined else None
        if last and last.kind == hit.kind and hit.kind in _EXPLICIT and _spans(folded, last, hit):
            first, second = _same_year(last, hit)
            first, second = resolve(first, clock), resolve(second, clock)
            end_iso = second.end_iso or second.iso
            if first.iso and end_iso and first.iso < end_iso:
                joined[-1] = Hit(last.start, hit.end, "range", iso=first.iso, end_iso=end_iso)
                continue
        joined.append(hit)
    return joined


def _spans(folded: str, first: Hit, second: Hit) -> bool:
    """Whether two hits are the ends of a range."""
    if _TO.fullmatch(folded, first.end, second.start):
        return True
    between = _BETWEEN.search(folded, max(0, first.start - 20), first.start)
    return bool(between and _AND.fullmatch(folded, first.end, second.start))


def _same_year(first: Hit, second: Hit) -> tuple[Hit, Hit]:
    """Give a year that only one end names to the other end too."""
    if first.year is None and second.year is not None and first.hijri == second.hijri:
        later = (first.month or 0) > (second.month or 0)
        return replace(first, year=second.year - later), second
    if second.year is None and first.year is not None and first.hijri == second.hijri:
        return first, replace(second, year=first.year)
    return first, second


def _joined(folded: str, found: list[Hit], clock: Clock) -> list[Hit]:
    """Join expressions side by side that name the same day (أمس الاثنين 23 يونيو)."""
    joined: list[Hit] = []
    for hit in found:
        last = joined[-1] if joined else None
        if last and _SAME.fullmatch(folded, last.end, hit.start):
            both = _both(last, hit)
            if both:
                closing = folded[last.end : hit.start].rstrip().endswith("(") and folded.startswith(
                    ")", hit.end
                )
                joined[-1] = replace(both, start=last.start, end=hit.end + closing)
                continue
        joined.append(hit)
    return joined


def _both(first: Hit, second: Hit) -> Hit | None:
    """What two neighbours say together; None where they do not speak of one day."""
    if first.kind == second.kind and first.kind in _EXPLICIT and first.hijri != second.hijri:
        ours, theirs = (second, first) if first.hijri else (first, second)
        return ours if ours.iso else theirs
    for day, other in ((first, second), (second, first)):
        if day.kind == "day" and (other.kind == "weekday" or other.shift is not None):
            return day if day.iso or day.named else replace(day, iso=other.iso)
        if day.kind == "weekday" and other.kind == "relative" and other.shift is not None:
            return replace(day, iso=_nearest(other.iso, day.weekday or 1), shift=None)
    return None


def _nearest(day: str | None, weekday: int) -> str | None:
    """The day of that name nearest to a day (أمس الاثنين in an article dated a day late)."""
    if day is None:
        return None
    base = date.fromisoformat(day)
    away = (weekday - base.isoweekday() + 3) % 7 - 3
    try:
        return (base + timedelta(days=away)).isoformat()
    except OverflowError:
        return None
