"""Stretches of time, and dates of honest precision in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, get_args

from kg.errors import KgError

Unit = Literal["day", "week", "month", "quarter", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DAY = timedelta(days=1)
_MOST = 12
"""Periods that :func:`fitting_unit` aims at, at most."""
ENOUGH = 20
"""Deeds that a period holds at least, to be compared: fewer say nothing of change."""


class PeriodError(KgError):
    """A text that is no period, or a period that ends before it begins."""

    exit_code = 2


@lru_cache(maxsize=1 << 14)
def days_of(iso: str) -> tuple[date, date] | None:
    """First and last day that a date can mean; None for what is no date.

    >>> days_of("2025-02")
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    found = _ISO.fullmatch(iso)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year and month and day:
            return (only := date(year, month, day)), only
        first = date(year or 0, month or 1, 1)
        after = date(first.year + 1, 1, 1) if month in (None, 12) else date(first.year, (month or 1) + 1, 1)
    except ValueError:
        return None
    return first, after - _DAY


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included."""

    name: str
    first: date
    last: date

    def holds(self, iso: str | None) -> bool:
        """Whether a date lies in it for certain: "2025" does not lie in a month of 2025."""
        days = days_of(iso) if iso else None
        return days is not None and self.first <= days[0] and days[1] <= self.last


def parse_period(text: str) -> Period:
    """A period as a user writes it: ``2025``, ``2025-06``, ``2025-06-23`` or two of them with ``..``.

    >>> parse_period("2025-01..2025-03").last
    datetime.date(2025, 3, 31)

    Raises:
        PeriodError: If it is none of these, or ends before it begins.
    """
    ends = [days_of(part.strip()) for part in text.split("..")]
    if len(ends) > 2 or None in ends:
        raise PeriodError(f"{text!r} is no period", "write 2025, 2025-06, 2025-06-23 or 2025-01..2025-03")
    first, last = ends[0], ends[-1]
    assert first
    assert last
    if last[1] < first[0]:
        raise PeriodError(f"the period {text!r} ends before it begins", "write the earlier date first")
    return Period(text, first[0], last[1])


def periods(dates: Iterable[str | None], unit: Unit | None = None) -> tuple[Period, ...]:
    """The periods that hold dates, oldest first, without empty ones.

    Args:
        dates: ISO dates; those too coarse for the unit are passed over.
        unit: None = :func:`fitting_unit`.
    """
    known = [iso for iso in dates if iso]
    unit = unit or fitting_unit(known)
    found: dict[str, Period] = {}
    for iso in sorted(set(known)):
        days = days_of(iso)
        if days and (period := _around(days[0], unit)).holds(iso):
            found.setdefault(period.name, period)
    return tuple(sorted(found.values(), key=lambda period: period.first))


def fitting_unit(dates: Iterable[str]) -> Unit:
    """The finest unit that divides dates, given to the day, into at most a dozen periods worth comparing."""
    days = [found[0] for iso in dates if len(iso) == 10 and (found := days_of(iso))]
    for unit in UNITS:
        counts = Counter(_around(day, unit).name for day in days)
        fullest = [count for _, count in counts.most_common(2)]
        if len(counts) <= _MOST and fullest[1:] and fullest[1] >= ENOUGH:
            return unit
    return "year"


def _around(day: date, unit: Unit) -> Period:
    """The period of a unit in which a day lies."""
    if unit == "day":
        return Period(day.isoformat(), day, day)
    if unit == "week":
        year, week, weekday = day.isocalendar()
        first = day - timedelta(days=weekday - 1)
        return Period(f"{year}-W{week:02}", first, first + timedelta(days=6))
    if unit == "quarter":
        quarter = (day.month - 1) // 3 + 1
        ends = days_of(f"{day.year:04}-{3 * quarter:02}")
        assert ends
        return Period(f"{day.year}-Q{quarter}", date(day.year, 3 * quarter - 2, 1), ends[1])
    name = day.isoformat()[: 7 if unit == "month" else 4]
    ends = days_of(name)
    assert ends
    return Period(name, *ends)
