"""The patterns of date expressions, over folded text, built from the tables of names and words.

Group names: ``d``, ``e`` days in digits; ``dw`` a day in words; ``m`` a month with its
twin; ``y``, ``z`` years; ``era``; ``mod`` the past or coming one, ``far`` the one beyond it;
``yr``, ``this`` a modifier of the year; ``unit`` a period; ``w`` a weekday; ``rel`` a day
relative to the report; ``from`` marks where the mention begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.arabic.normalise import fold
from kg.arabic.numerals import time_units
from kg.data.tables import read_table


@dataclass(frozen=True, slots=True)
class MonthName:
    """A month as some calendar and region names it.

    ``ambiguity`` is empty, "preposition" (a month only after one) or "strict"
    (only with a day, a year or the word شهر).
    """

    number: int
    hijri: bool
    ambiguity: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the kind of expression it finds, and what a text must hold for it to be tried."""

    kind: str
    needs: str
    pattern: re.Pattern[str]


def alternatives(words: Iterable[str]) -> str:
    """Regular expression for any of the words, the longest first; a space stands for any white space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


@cache
def month_names() -> dict[str, MonthName]:
    """Folded month name → month, the longest names first."""
    table = read_table("months")
    names = {
        fold(row["name"]): MonthName(int(row["month"]), row["calendar"] == "hijri", row["ambiguity"])
        for row in table
    }
    return dict(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def month_of(text: str) -> MonthName:
    """The month that a folded text begins with.

    Raises:
        KeyError: If it begins with none.
    """
    flat = " ".join(text.split())
    for name, month in month_names().items():
        if flat.startswith(name) and not flat[len(name) : len(name) + 1].isalnum():
            return month
    raise KeyError(text)


@cache
def weekday_names() -> dict[str, int]:
    """Folded weekday → ISO number, 1 for Monday."""
    table = read_table("weekdays")
    names = {fold(row["name"]): int(row["iso_weekday"]) for row in table}
    return names | {"لل" + name[2:]: number for name, number in names.items()}


@cache
def date_words(kind: str) -> dict[str, int]:
    """Folded words of one kind of ``date_words.csv`` → their value (0 where they have none)."""
    table = read_table("date_words")
    return {fold(row["word"]): int(row["value"] or 0) for row in table if row["kind"] == kind}


@cache
def day_words() -> dict[str, int]:
    """Folded ordinal of a day of the month, with the article → 1 to 31."""
    table = [(fold(row["word"]), int(float(row["value"])), row["kind"]) for row in read_table("number_words")]
    ordinals = [(word, value) for word, value, kind in table if "ordinal" in kind]
    tens = [(word, value) for word, value, kind in table if kind == "tens" and value < 40]
    found = {f"ال{word}": value for word, value, kind in table if kind == "ordinal"}
    found |= {f"ال{word}": value for word, value in tens}
    for word, value in ordinals:
        if value < 10:
            found |= {f"ال{word} {ten}": value + 10 for ten in ("عشر", "عشره")}
            found |= {f"ال{word} وال{ten}": value + more for ten, more in tens}
    return {word: value for word, value in found.items() if value <= 31}


def _month_pattern() -> str:
    """A month, perhaps with the name that another region gives to the same month."""
    same: dict[tuple[bool, int], list[str]] = {}
    for name, month in month_names().items():
        same.setdefault((month.hijri, month.number), []).append(name)
    options = []
    for names in same.values():
        name = alternatives(names) + r"(?!\w)"
        options.append(rf"{name}(?:\s*[/|\\(–—-]\s*{name}(?:\s*\))?|\s+{name})?")
    return "(?P<m>" + "|".join(options) + ")"


_YEAR = r"(?:1\d{3}|2[01]\d\d)"
_MODERN = r"(?:19|20)\d\d"
_WHOLE = r"(?![\d%])(?![.,/:-]\d)"
_ERA = r"(?:\s*(?P<era>م|ه|ميلاديه?|هجريه?|للميلاد|للهجره)(?!\w))?"
_FULL_YEAR = rf"(?P<y>{_YEAR}){_WHOLE}{_ERA}"
_YEAR_WORD = r"(?:(?:من|في)\s+)?(?:ل?ل?(?:ال)?(?:عام|سنه)\s+)?"
_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
_UNTIL_DAY = r"(?P<e>0?[1-9]|[12]\d|3[01])(?!\d)"
_LINK = r"\s*(?:و\s*|(?:الي|حتي|ولغايه|لغايه)\s+|[–—-]\s*)"
_BEFORE_DIGITS = r"(?<![\w.,/:-])"
_CLITICS = r"(?<!\w)[وف]?[بلك]?"
_OF_MONTH = r"(?:\s+من)?\s*(?:شهر\s+)?"


@cache
def rules() -> tuple[Rule, ...]:
    """All patterns, compiled once."""
    units = {word for word, (_, number) in time_units().items() if number == "singular"}
    month, weekday = _month_pattern(), alternatives(weekday_names())
    season = f"(?P<season>{alternatives(date_words('season'))})"
    part = f"(?:{alternatives(date_words('part'))}\\s+)"
    dated = rf"[بل]?(?:ال)?{alternatives(date_words('dated'))}"
    dayparts = rf"(?:(?:بعد\s+)?{alternatives(date_words('daypart'))}\s+)*"
    mod = rf"(?:(?P<far>قبل|بعد)\s+)?(?P<mod>{alternatives(date_words('modifier'))})(?!\w)"
    tail = rf"(?:\s*[،,(]?\s*{_YEAR_WORD}{_FULL_YEAR})?"
    relative_year = rf"(?P<this>هذا\s+العام|هذه\s+السنه)|(?P<yr>(?:العام|السنه)\s+)?{mod}"
    soon = rf"(?:\s+(?:من\s+)?(?:{relative_year}))?"
    front = r"(?<![\w.,/:-])(?:[وف]?[بلك]?(?:ال\s?)?)?(?P<from>)"
    start = rf"{_CLITICS}(?P<from>){part}?"
    day_word = f"(?P<dw>{alternatives(day_words())})"
    period = f"(?P<unit>{alternatives(units)})"
    preposition = r"(?P<prep>(?:في|منذ|خلال|بحلول|حتي|قبل|بعد|من|الي)\s+)?"
    table = [
        ("numeric", "digit", rf"{_BEFORE_DIGITS}[وبل]?(?P<from>)(?P<y>{_YEAR})(?P<s>[-/.])(?P<m>\d\d?)(?P=s)"
                             r"(?P<d>\d\d?)(?!\d)(?![-/.]\d)"),
        ("numeric", "digit", rf"{_BEFORE_DIGITS}[وبل]?(?P<from>)(?P<d>\d\d?)\s?(?P<s>[-/.])\s?(?P<m>\d\d?)\s?"
                             rf"(?P=s)\s?{_FULL_YEAR}"),
        ("days", "month", rf"{front}{_DAY}{_LINK}(?:ال\s?)?{_UNTIL_DAY}{_OF_MONTH}{month}{tail}{soon}"),
        ("day", "month", rf"{front}(?:{_DAY}{_OF_MONTH}|{day_word}\s+من\s+(?:شهر\s+)?){month}{tail}{soon}"),
        ("day-of-month", "unit", rf"{front}(?:{_DAY}|{day_word})\s+من\s+"
                                 rf"(?:(?P<this>هذا\s+الشهر)|الشهر\s+{mod})"),
        ("day", "month", rf"(?<!\w)(?P<from>){month}\s+{_DAY}\s*[،,]\s*{_FULL_YEAR}"),
        ("month", "month", rf"(?<!\w)[وف]?{preposition}(?P<glued>[بلك]?)(?P<from>){part}?"
                           rf"(?P<word>شهر[اي]?\s+)?{month}{tail}{soon}"),
        ("years", "digit", rf"{_BEFORE_DIGITS}(?P<from>)(?P<y>{_MODERN})\s?[–—/-]\s?(?P<z>{_MODERN})"
                           rf"{_WHOLE}"),
        ("years", "digit", rf"{_CLITICS}(?:من|بين)?\s*(?P<from>)(?:(?:عامي|سنتي|(?:ال)?(?:اعوام|سنوات))\s+|"
                           rf"(?<=من\s)|(?<=بين\s))(?P<y>{_MODERN})"
                           rf"{_LINK}(?:عام\s+)?(?P<z>{_MODERN}){_WHOLE}"),
        ("season", "season", rf"{start}(?:ال)?{season}\s+(?:{_YEAR_WORD}{_FULL_YEAR}|(?:العام\s+)?{mod})"),
        ("year", "digit", rf"{start}(?:ال|لل)?(?:عام|سنه)\s+{_FULL_YEAR}"),
        ("bare-year", "digit", rf"(?<!\w)[وف]?(?:في|منذ|حتي|الي|بحلول|قبل|بعد|خلال|{part}|{dated})\s*"
                               rf"(?P<from>)(?P<y>{_MODERN}){_WHOLE}{_ERA}"),
        ("bare-year", "digit", rf"[(\[](?P<from>)(?P<y>{_MODERN})(?=[)\]])"),
        ("weekday", "weekday", rf"{_CLITICS}(?P<from>){dayparts}(?P<w>{weekday})(?!\w)(?:\s+{mod})?"),
        ("relative", "relative", rf"{_CLITICS}(?P<from>){dayparts}(?P<rel>{alternatives(date_words('day'))})"
                                 r"(?!\w)"),
        ("period", "unit", rf"{start}هذ[اه]\s+ال{period}(?!\w)"),
        ("period", "unit", rf"{start}ال{period}\s+{mod}"),
        ("period", "unit", rf"{_CLITICS}(?P<from>){part}ال{period}(?!\w)(?!\s+\d)"),
    ]  # fmt: skip
    return tuple(Rule(kind, needs, re.compile(_bounded(pattern))) for kind, needs, pattern in table)


def _bounded(pattern: str) -> str:
    """The pattern with white space of at most three characters, so that long runs cost no backtracking."""
    return pattern.replace(r"\s*", r"\s{0,3}").replace(r"\s+", r"\s{1,3}")


@cache
def anchors() -> dict[str, re.Pattern[str]]:
    """For each thing that rules need, a cheap pattern that finds it."""
    units = [word for word, (_, number) in time_units().items() if number == "singular"]
    return {
        "digit": re.compile(r"\d[\d/. -]"),
        "month": re.compile(alternatives(month_names())),
        "season": re.compile(alternatives(date_words("season"))),
        "weekday": re.compile(alternatives(weekday_names())),
        "relative": re.compile(alternatives(date_words("day"))),
        "unit": re.compile("ال" + alternatives(units)),
    }


@cache
def before(kind: str) -> re.Pattern[str]:
    """Words of one kind right before a place in the text (with what is written together with them)."""
    return re.compile(rf"(?<!\w)[وفبل]?(?:ال|لل)?{alternatives(date_words(kind))}\s+\Z")


@cache
def not_today() -> re.Pattern[str]:
    """What follows اليوم where it names a special day or the day of a story, not the day of the report."""
    ordinals = [word for word in day_words() if " " not in word]
    return re.compile(rf"\s+{alternatives([*date_words('not-today-after'), *ordinals])}(?!\w)")
