"""Turn the parts of a date expression into ISO strings, given the day of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

_FIRST_HIJRI, _LAST_HIJRI = 1343, 1500
_AHEAD_DAYS = 100
"""How far ahead of the report a date without a year may lie before it is taken for last year's."""


def is_hijri_year(year: int) -> bool:
    """Whether the Umm al-Qura tables cover this year of the Hijri calendar."""
    return _FIRST_HIJRI <= year <= _LAST_HIJRI


def valid(year: int, month: int, day: int) -> bool:
    """Whether the day exists in the Gregorian calendar."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """ISO string as precise as the parts given; None for a day that does not exist."""
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if valid(year, month, day) else None


def hijri_iso(year: int, month: int | None = None, day: int | None = None) -> tuple[str | None, str | None]:
    """Gregorian ISO strings (from, to) of a Hijri day, month or year; to is None within one unit."""
    if not is_hijri_year(year):
        return None, None
    try:
        if month is None:
            first = Hijri(year, 1, 1).to_gregorian()
            last = Hijri(year, 12, 29).to_gregorian()
            return f"{first.year:04d}", f"{last.year:04d}" if last.year != first.year else None
        if day is None:
            first, last = Hijri(year, month, 1).to_gregorian(), Hijri(year, month, 29).to_gregorian()
            start, end = f"{first.year:04d}-{first.month:02d}", f"{last.year:04d}-{last.month:02d}"
            return start, end if end != start else None
        return Hijri(year, month, day).to_gregorian().isoformat(), None
    except (ValueError, OverflowError):
        return None, None


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month ``count`` months on."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


@dataclass(frozen=True, slots=True)
class Clock:
    """The day of the report, against which relative expressions are read.

    Attributes:
        reference: That day, or None where it is unknown.
        future: Whether the sentence speaks of what is to come.
    """

    reference: date | None
    future: bool = False

    def year_of(self, month: int, day: int | None, modifier: int | None) -> int | None:
        """Year of a month or day that is named without one.

        Args:
            month: Gregorian month.
            day: Day of the month, or None for the month as a whole.
            modifier: -1 for الماضي, 1 for المقبل, 0 for الجاري, None without.
        """
        ref = self.reference
        if ref is None:
            return None
        now = ref.month * 100 + (ref.day if day is not None else 0)
        then = month * 100 + (day or 0)
        if modifier == 0:
            return ref.year
        if modifier is not None and modifier < 0:
            return ref.year if then < now else ref.year - 1
        if modifier is not None or self.future:
            return ref.year if then > now or (modifier is None and then == now) else ref.year + 1
        near = [
            year
            for year in (ref.year - 1, ref.year, ref.year + 1)
            if 1 <= year <= 9999 and self._distance(year, month, day) <= _AHEAD_DAYS
        ]
        return max(near, default=None)

    def _distance(self, year: int, month: int, day: int | None) -> int:
        """Days from the report to the first day of the date (negative: past)."""
        ref = self.reference or date.min
        day = min(day or 1, 28)
        return date(year, month, day).toordinal() - ref.toordinal()

    def hijri_day(self, month: int, day: int, modifier: int | None) -> str | None:
        """ISO form of a Hijri day named without its year: the one nearest to the report."""
        ref = self.reference
        if ref is None:
            return None
        try:
            now = int(Gregorian(ref.year, ref.month, ref.day).to_hijri().year)
        except (ValueError, OverflowError):
            return None
        days = [hijri_iso(year, month, day)[0] for year in (now - 1, now, now + 1)]
        shifts = [(date.fromisoformat(found).toordinal() - ref.toordinal(), found) for found in days if found]
        if modifier:
            shifts = [item for item in shifts if (item[0] > 0) == (modifier > 0)]
        return min(shifts, key=lambda item: abs(item[0]), default=(0, None))[1]

    def day(self, shift: int) -> date | None:
        """The day ``shift`` days from the report."""
        try:
            return self.reference + timedelta(days=shift) if self.reference else None
        except OverflowError:
            return None

    def weekday(self, iso_weekday: int, modifier: int | None) -> date | None:
        """The day that a weekday names: on or before the report unless something points ahead.

        Args:
            iso_weekday: 1 for Monday to 7 for Sunday.
            modifier: -1 for الماضي (before the report), 1 for المقبل (after it),
                -2 and 2 a week further, 0 or None without.
        """
        if self.reference is None:
            return None
        back = (self.reference.isoweekday() - iso_weekday) % 7
        if modifier is not None and modifier < 0:
            return self.day(-(back or 7) + 7 * (modifier + 1))
        if modifier is not None and modifier > 0:
            return self.day((7 - back) + 7 * (modifier - 1))
        if self.future and modifier is None:
            return self.day((7 - back) % 7)
        return self.day(-back)

    def ago(self, count: float, unit: str, exact: bool) -> str | None:
        """The date ``count`` units before the report, as precise as the unit lets it be."""
        ref = self.reference
        if ref is None:
            return None
        whole = int(count)
        if unit in ("hour", "minute"):
            return ref.isoformat() if unit == "minute" or count <= 6 else None
        if unit == "day":
            found = self.day(-whole) if exact and whole <= 31 else None
            return found.isoformat() if found else None
        if unit == "week":
            found = self.day(-7 * whole)
            return f"{found.year:04d}-{found.month:02d}" if found else None
        if unit == "month":
            year, month = add_months(ref.year, ref.month, -whole)
            return iso(year, month) if year >= 1 else None
        years = whole * 10 if unit == "decade" else whole
        return iso(ref.year - years) if ref.year - years >= 1 and exact and count == whole else None

    def period(self, unit: str, shift: int) -> str | None:
        """The week, month or year ``shift`` from the one of the report.

        A week has no precision of its own here: its month, if all of it lies in one.
        """
        ref = self.reference
        if ref is None:
            return None
        if unit == "year":
            return iso(ref.year + shift) if 1 <= ref.year + shift <= 9999 else None
        if unit == "month":
            year, month = add_months(ref.year, ref.month, shift)
            return iso(year, month) if 1 <= year <= 9999 else None
        # Arab weeks run from Saturday or Sunday; the seven days around the same weekday decide.
        first, last = self.day(7 * shift - 3), self.day(7 * shift + 3)
        if first and last and (first.year, first.month) == (last.year, last.month):
            return iso(first.year, first.month)
        return None
