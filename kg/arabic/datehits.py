"""Turn what the date patterns match into calendar fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kg.arabic.dategrammar import (
    Rule,
    anchors,
    before,
    date_words,
    day_words,
    month_of,
    not_today,
    rules,
    weekday_names,
)
from kg.arabic.datemath import Clock, hijri_iso, is_hijri_year, iso
from kg.arabic.numerals import Word, read_cardinal, time_units, words

Kind = Literal["day", "month", "year", "season", "weekday", "relative", "range"]
_Groups = dict[str, str | None]

_AGO = re.compile(
    r"(?<!\w)[وف]?(?P<how>قبل|منذ|خلال|بعد|(?<=في\s)غضون)\s+"
    r"(?P<about>(?:نحو|حوالي|قرابه|(?:اكثر|اقل)\s+من|ما\s+يقرب\s+من)\s+)?"
)
_AGO_REACH = 60
_THAN = re.compile(r"\s+من(?!\w)(?!\s+الان(?!\w))")
_DEFINITE = re.compile(r"(?<!\w)[وفب]?(ال\w+)\s+\Z")
_TEEN = re.compile(r"\s+عشره?(?!\w)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A date expression in folded text, its fields as the words give them.

    Attributes:
        year, month, day: In the Hijri calendar if ``hijri``.
        mod: -1 for الماضي, 1 for المقبل, 0 for الجاري.
        iso, end_iso: Reading against the report, as far as it is known.
        weekday: ISO number.
        shift: Days from the report, for أمس and the like.
        named: The day is the name of an event or place, so its year is not this one.
    """

    start: int
    end: int
    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hijri: bool = False
    mod: int | None = None
    iso: str | None = None
    end_iso: str | None = None
    weekday: int | None = None
    shift: int | None = None
    named: bool = False


def checked(year: int, month: int | None, day: int | None) -> str | None:
    """ISO form of numbers as written, in either calendar; None where they make no date."""
    if is_hijri_year(year):
        return hijri_iso(year, month, day)[0]
    if not 1000 <= year <= 2199 or (month is not None and not 1 <= month <= 12):
        return None
    return iso(year, month, day)


def resolve(hit: Hit, clock: Clock) -> Hit:
    """Fill in the ISO form of a calendar day, month or year."""
    if hit.kind not in ("day", "month", "year") or hit.iso:
        return hit
    year, month, day = hit.year, hit.month, hit.day
    if hit.hijri:
        if year is not None:
            first, last = hijri_iso(year, month, day)
            return replace(hit, iso=first, end_iso=last)
        if month is None or day is None or hit.named:
            return hit
        return replace(hit, iso=clock.hijri_day(month, day, hit.mod))
    if year is None and month is not None and not hit.named:
        year = clock.year_of(month, day, hit.mod)
    return replace(hit, iso=iso(year, month, day)) if year is not None else hit


def hits(folded: str, clock: Clock) -> Iterator[Hit]:
    """All matches of all rules, in no order, overlaps included."""
    present = {name: bool(pattern.search(folded)) for name, pattern in anchors().items()}
    for rule in rules():
        if present[rule.needs]:
            for match in rule.pattern.finditer(folded):
                hit = _hit(rule, match, clock)
                if hit:
                    yield hit
    for match in _AGO.finditer(folded):
        hit = _ago(folded, match, clock)
        if hit:
            yield hit


def _hit(rule: Rule, match: re.Match[str], clock: Clock) -> Hit | None:
    """What one match says; None where the words around it show that it is no date."""
    group = match.groupdict()
    start, end = match.start("from"), match.end()
    mod = _modifier(group)
    if rule.kind in ("day", "days", "month"):
        return _calendar_hit(rule.kind, match, group, mod, clock)
    if rule.kind == "numeric":
        day, month = int(group["d"]), int(group["m"])
        if month > 12 >= day:
            day, month = month, day
        year = int(group["y"])
        if month > 12 or not 1 <= day <= 31 or not checked(year, month, day):
            return None
        return Hit(start, end, "day", year, month, day, _is_hijri(year, group))
    if rule.kind == "day-of-month":
        month_iso = clock.period("month", mod or 0)
        if not month_iso:
            return Hit(start, end, "day")
        return Hit(start, end, "day", int(month_iso[:4]), int(month_iso[5:]), _day(group))
    if rule.kind == "years":
        first, last = sorted((int(group["y"] or 0), int(group["z"] or 0)))
        return Hit(start, end, "range", iso=iso(first), end_iso=iso(last)) if first < last else None
    if rule.kind in ("year", "bare-year"):
        return _year_hit(rule.kind, match, group)
    if rule.kind == "season":
        return _season_hit(match, group, mod, clock)
    if rule.kind == "weekday":
        return _weekday_hit(match, group, mod, clock)
    if rule.kind == "relative":
        return _relative_hit(match, group, clock)
    unit = time_units()[group.get("unit") or group["unit2"]][0]
    return (
        Hit(start, end, "relative", iso=clock.period(unit, mod or 0))
        if unit in ("week", "month", "year")
        else None
    )


def _modifier(group: _Groups) -> int | None:
    """-1 for the past one, 1 for the coming one, 0 for the present one; twice that for the one beyond."""
    word = group.get("mod")
    if word is None:
        return 0 if group.get("this") else None
    value = date_words("modifier")[word]
    return value * 2 if group.get("far") else value


def _day(group: _Groups) -> int:
    """Day of the month, in digits or words."""
    digits = group.get("d")
    return int(digits) if digits else day_words()[" ".join((group["dw"] or "").split())]


def _is_hijri(year: int | None, group: _Groups) -> bool:
    """Whether a year is one of the Hijri calendar: it says so, or could be none of ours in the news."""
    if year is None or not is_hijri_year(year):
        return False
    return (group.get("era") or "ه")[0] != "م" and "ميلاد" not in (group.get("era") or "")


def _calendar_hit(
    kind: str, match: re.Match[str], group: _Groups, mod: int | None, clock: Clock
) -> Hit | None:
    name = month_of(group["m"] or "")
    year = int(group.get("y") or 0) or None
    start, end = match.start("from"), match.end()
    if kind == "month":
        certain = year or mod is not None or group.get("word") or group.get("d")
        if name.ambiguity == "strict" and not certain:
            return None
        if name.ambiguity == "preposition" and not certain and (group.get("glued") or not group.get("prep")):
            return None
    if year is None and mod is not None and (group.get("yr") or group.get("this")) and clock.reference:
        year = clock.reference.year + mod
    hijri = name.hijri or (year is not None and _is_hijri(year, group))
    hit = Hit(start, end, "month", year, name.number, None, hijri, mod)
    if kind == "month":
        return hit
    if group.get("dw") and _counts_a_noun(match.string, start):
        return None
    named = bool(before("anniversary").search(match.string, max(0, start - 30), start)) and year is None
    day = _day(group)
    hit = replace(hit, kind="day", day=day, named=named)
    if kind == "days":
        last = int(group["e"] or 0)
        if last <= day:
            return None
        first_iso, last_iso = resolve(hit, clock).iso, resolve(replace(hit, day=last), clock).iso
        return Hit(start, end, "range", iso=first_iso, end_iso=last_iso if first_iso else None)
    return hit


def _year_hit(kind: str, match: re.Match[str], group: _Groups) -> Hit | None:
    year = int(group["y"] or 0)
    if kind == "bare-year":
        following = words(match.string, match.end(), min(len(match.string), match.end() + 20))
        counted = following and following[0].joined and following[0].text in time_units()
        if year % 100 == 0 or counted:
            return None
    return Hit(match.start("from"), match.end(), "year", year, hijri=_is_hijri(year, group))


def _season_hit(match: re.Match[str], group: _Groups, mod: int | None, clock: Clock) -> Hit | None:
    start, end = match.start("from"), match.end()
    if group.get("y"):
        return Hit(start, end, "season", iso=iso(int(group["y"] or 0)))
    year = clock.year_of(date_words("season")[group["season"] or ""], None, mod)
    return Hit(start, end, "season", iso=iso(year) if year else None)


def _weekday_hit(match: re.Match[str], group: _Groups, mod: int | None, clock: Clock) -> Hit | None:
    start, end = match.start("from"), match.end()
    if before("not-weekday-before").search(match.string, max(0, start - 20), start):
        return None
    number = weekday_names()[group["w"] or ""]
    if (number == 7 and _TEEN.match(match.string, end)) or (
        number == 1 and _of_the_two(match.string, start, end)
    ):
        return None
    ahead = clock.future or bool(before("ahead").search(match.string, max(0, start - 20), start))
    day = replace(clock, future=ahead).weekday(number, mod)
    return Hit(start, end, "weekday", mod=mod, weekday=number, iso=day.isoformat() if day else None)


def _relative_hit(match: re.Match[str], group: _Groups, clock: Clock) -> Hit | None:
    start, end = match.start("from"), match.end()
    word = " ".join((group["rel"] or "").split())
    shift = date_words("day")[word]
    if shift == 0 and (
        not_today().match(match.string, end)
        or before("not-today-before").search(match.string, max(0, start - 20), match.start())
    ):
        return None
    day = clock.day(shift)
    return Hit(start, end, "relative", shift=shift, iso=day.isoformat() if day else None)


def _ago(folded: str, match: re.Match[str], clock: Clock) -> Hit | None:
    """A span of time before or after the report (قبل ثلاثة أيام)."""
    tokens = words(folded, match.end(), min(len(folded), match.end() + _AGO_REACH))
    if not tokens:
        return None
    read = read_cardinal(tokens, 0) if tokens[0].kind else None
    at = read[1] if read else 0
    if at >= len(tokens) or not tokens[at].joined or tokens[at].text not in time_units():
        return None
    unit, number = time_units()[tokens[at].text]
    end = tokens[at].end
    if read is None and number == "plural":
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].joined else None
    short = number == "singular" and unit in ("day", "hour", "minute")
    if read is None and (short or _counts_on(folded, following)):
        return None
    count = read[0] if read else (2 if number == "dual" else 1)
    start = match.start("how")
    if match.group("how") not in ("قبل", "منذ") or _THAN.match(folded, end):
        return Hit(start, end, "relative")
    return Hit(start, end, "relative", iso=clock.ago(count, unit, match.group("about") is None))


def _counts_on(folded: str, following: Word | None) -> bool:
    """Whether the word after a unit makes it something else than one unit (عام 2011, شهر رمضان)."""
    return following is not None and bool(following.kind or anchors()["month"].match(folded, following.start))


def _counts_a_noun(folded: str, start: int) -> bool:
    """Whether an ordinal belongs to the noun before it (الأسبوع الأول من يونيو)."""
    noun = _DEFINITE.search(folded, max(0, start - 20), start)
    return (
        noun is not None and noun.group(1) not in weekday_names() and noun.group(1) not in date_words("day")
    )


def _of_the_two(folded: str, start: int, end: int) -> bool:
    """Whether الاثنين means "the two" (بين الاثنين)."""
    return folded[:start].endswith("بين ") and not folded.startswith(" وال", end)
