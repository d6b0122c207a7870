"""Dates of honest precision: how far apart two are, and whether they can be one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

FAR = 10**6
"""Days between dates of which one is not known."""


@lru_cache(maxsize=1 << 14)
def span(text: str) -> tuple[int, int]:
    """First and last day, as ordinals, that an ISO date of any precision covers.

    >>> [b - a for a, b in map(span, ("2024-02-03", "2024-02", "2024"))]
    [0, 28, 365]
    """
    parts = [int(part) for part in text[:10].split("-")]
    if len(parts) == 3:
        day = date(*parts).toordinal()
        return day, day
    first, last = (parts[1], parts[1]) if len(parts) == 2 else (1, 12)
    end = date(parts[0], last, monthrange(parts[0], last)[1])
    return date(parts[0], first, 1).toordinal(), end.toordinal()


def readable(text: str | None) -> str | None:
    """The date if it is one, else None: what the shapes will keep out must not break the linking."""
    try:
        span(text or "")
    except ValueError:
        return None
    return text


def apart(a: str | None, b: str | None) -> int:
    """Days between two dates at least, 0 where they may be one; :data:`FAR` where one is not known."""
    if not a or not b:
        return FAR
    (a1, a2), (b1, b2) = span(a), span(b)
    return max(0, b1 - a2, a1 - b2)


def exact(text: str | None) -> bool:
    """Whether a date names a day."""
    return bool(text) and len(text or "") >= 10
