"""Read Arabic numbers, in words or digits, and durations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kg.arabic.normalise import fold, normalise
from kg.data.tables import cells, read_table

Number = int | float

_TOKEN = re.compile(r"[ء-ي]+|\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ARTICLE = "ال"
_AGE = re.compile(r"(?:عمره|عمرها|العمر|يبلغ|تبلغ|البالغ|البالغه|سن)\s+(?:من\s+العمر\s+)?(?:نحو\s+)?\Z")
_LASTING = re.compile(
    r"(?:\A|\s)[وف]?(?:لمده|مده|مدتها?|تستمر|يستمر|تستغرق|يستغرق|طوال|طيله|علي مدي|مدي)\s+\Z"
)
_SPANNING = re.compile(r"(?:\A|\s)[وف]?(?:منذ|قبل|خلال|بعد|نحو|حوالي|قرابه|اكثر من|الاخيره?)\s+\Z")
_REACH = 40
_MAX_DIGITS = 24
"""Longer runs of digits are identifiers, not numbers."""


class NumberMention(NamedTuple):
    """A number in a text: half-open offsets into the original, and its value."""

    start: int
    end: int
    value: Number


class Word(NamedTuple):
    """A token of folded text, looked up in the number lexicon.

    Attributes:
        start: Offset in the folded text, after a conjunction.
        end: Offset in the folded text.
        text: The token without conjunction.
        kind: Kind of number word, "digits", or "" for any other word.
        value: Its value; 0 for any other word.
        linked: Whether the conjunction و precedes.
        joined: Whether nothing but space lies between it and the token before.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Number
    linked: bool
    joined: bool


@cache
def _lexicon() -> dict[str, tuple[str, Number]]:
    found: dict[str, tuple[str, Number]] = {}
    for row in read_table("number_words"):
        value = float(row["value"])
        found[fold(row["word"])] = (row["kind"], int(value) if value.is_integer() else value)
    return found


@cache
def time_units() -> dict[str, tuple[str, str]]:
    """Folded time word → (English unit, "singular", "dual" or "plural")."""
    found: dict[str, tuple[str, str]] = {}
    for row in read_table("time_units"):
        for number in ("singular", "dual", "plural"):
            for word in cells(row[number]):
                found.setdefault(fold(word), (row["unit"], number))
    return found


def _digits(text: str) -> Number | None:
    """Value of a token of digits: thousands in groups by commas, decimals after a stop."""
    if len(text) > _MAX_DIGITS:
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if text.count(".") == 1 and "," not in text:
        return float(text)
    return int(text) if text.isdecimal() else None


@cache
def _look_up(token: str) -> tuple[str, Number, int]:
    """Kind and value of a token, and the length of its conjunction."""
    lexicon = _lexicon()
    for skip in (0, 1) if token[0] == "و" and len(token) > 2 else (0,):
        rest = token[skip:]
        entry = lexicon.get(rest)
        if entry is None and rest.startswith(_ARTICLE):
            entry = lexicon.get(rest[2:])
        if entry is not None:
            return (*entry, skip)
    return "", 0, 0


def words(folded: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Look up all tokens of a stretch of folded text."""
    found: list[Word] = []
    last, pending = start, False
    for match in _TOKEN.finditer(folded, start, len(folded) if end is None else end):
        token, left = match.group(), match.start()
        joined = pending or not folded[last:left].strip()
        last = match.end()
        if token == "و":
            pending = joined
            continue
        if token[0].isdigit():
            value = _digits(token)
            kind, skip = ("" if value is None else "digits"), 0
        else:
            kind, value, skip = _look_up(token)
        found.append(Word(left + skip, last, token[skip:], kind, value or 0, bool(skip) or pending, joined))
        pending = False
    return found


def _kind(tokens: Sequence[Word], at: int, linked: bool) -> str:
    """Kind of the token at ``at`` if it goes on from the one before, with or without و."""
    if at < len(tokens) and tokens[at].joined and tokens[at].linked == linked:
        return tokens[at].kind
    return ""


def _below_hundred(tokens: Sequence[Word], at: int) -> tuple[Number, int] | None:
    kind, value = tokens[at].kind, tokens[at].value
    if kind in ("unit", "bound"):
        if _kind(tokens, at + 1, False) == "ten":
            return value + 10, at + 2
        if _kind(tokens, at + 1, True) == "tens":
            return value + tokens[at + 1].value, at + 2
    return (value, at + 1) if kind in ("unit", "ten", "tens", "digits") else None


def _below_thousand(tokens: Sequence[Word], at: int) -> tuple[Number, int] | None:
    kind, value = tokens[at].kind, tokens[at].value
    if kind == "unit" and value in range(3, 10) and _kind(tokens, at + 1, False) == "hundred":
        value, at = value * 100, at + 1
    elif kind not in ("hundred", "hundreds"):
        return _below_hundred(tokens, at)
    if _kind(tokens, at + 1, True) not in ("", "digits"):
        rest = _below_hundred(tokens, at + 1)
        if rest:
            return value + rest[0], rest[1]
    return value, at + 1


def _part(tokens: Sequence[Word], at: int) -> tuple[Number, Number, int] | None:
    """One member of a large number: value, scale (1 below a thousand), next token."""
    kind, value = tokens[at].kind, tokens[at].value
    if kind == "scale":
        return value, value, at + 1
    if kind in ("dual-scale", "scale-or-dual"):
        scale = value // 2 if kind == "dual-scale" else value
        return 2 * scale, scale, at + 1
    if kind == "fraction":
        if _kind(tokens, at + 1, False) == "scale":
            return value * tokens[at + 1].value, 1, at + 2
        return None
    group = _below_thousand(tokens, at)
    if group and _kind(tokens, group[1], False) in ("scale", "scale-or-dual", "plural-scale"):
        scale = tokens[group[1]].value
        return group[0] * scale, scale, group[1] + 1
    return (group[0], 1, group[1]) if group else None


def read_cardinal(tokens: Sequence[Word], at: int) -> tuple[Number, int] | None:
    """Read the longest cardinal number that begins at token ``at``.

    Returns:
        Its value and the index of the token after it, or None.
    """
    part = _part(tokens, at)
    if not part:
        return None
    total, scale, at = part
    while scale > 1 and _kind(tokens, at, True) not in ("", "fraction"):
        more = _part(tokens, at)
        if not more or more[1] >= scale or (more[1] == 1 and tokens[at].kind == "digits"):
            break
        total, scale, at = total + more[0], more[1], more[2]
    if _kind(tokens, at, True) == "fraction":
        total += tokens[at].value * scale
        at += 1
        if _kind(tokens, at, False) in ("scale", "scale-or-dual") and tokens[at].value == scale:
            at += 1
    return (int(total) if float(total).is_integer() else total), at


def read_ordinal(tokens: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read the ordinal that begins at token ``at``: its value and the index after it, or None."""
    kind, value = tokens[at].kind, int(tokens[at].value)
    if kind in ("ordinal", "bound-ordinal"):
        if _kind(tokens, at + 1, False) == "ten":
            return value + 10, at + 2
        if _kind(tokens, at + 1, True) == "tens":
            return value + int(tokens[at + 1].value), at + 2
    return (value, at + 1) if kind in ("ordinal", "tens") else None


def parse_number(text: str) -> Number | None:
    """Read a text that is nothing but a cardinal number.

    >>> parse_number("مئتان وخمسة وعشرون ألفا"), parse_number("٢٠"), parse_number("1.5 مليون")
    (225000, 20, 1500000)
    """
    folded = fold(text)
    tokens = words(folded)
    read = read_cardinal(tokens, 0) if tokens else None
    whole = (
        read is not None and read[1] == len(tokens) and tokens[0].start == 0 and tokens[-1].end == len(folded)
    )
    return read[0] if read and whole else None


def parse_ordinal(text: str) -> int | None:
    """Read a text that is nothing but an ordinal number.

    >>> parse_ordinal("الحادي والعشرين")
    21
    """
    folded = fold(text)
    tokens = words(folded)
    read = read_ordinal(tokens, 0) if tokens else None
    whole = (
        read is not None and read[1] == len(tokens) and tokens[0].start == 0 and tokens[-1].end == len(folded)
    )
    return read[0] if read and whole else None


def find_numbers(text: str) -> list[NumberMention]:
    """Find the cardinal numbers of a text, in text order."""
    norm = normalise(text)
    tokens = words(norm.text)
    found: list[NumberMention] = []
    at = 0
    while at < len(tokens):
        read = read_cardinal(tokens, at) if tokens[at].kind else None
        if read:
            found.append(NumberMention(*norm.span(tokens[at].start, tokens[read[1] - 1].end), read[0]))
        at = read[1] if read else at + 1
    return found


@cache
def _unit_pattern() -> re.Pattern[str]:
    forms = sorted(time_units(), key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![ء-ي])(?:[وفبلك]|ال|بال|لل|وال)?({'|'.join(forms)})(?![ء-ي])")


def parse_duration(text: str) -> list[tuple[int, int, str]]:
    """Find durations.

    A bare unit counts as one only after a word such as لمدة; decades (which in
    Arabic may also be contracts) are taken only after such a word; ages are left out.

    Returns:
        (start, end, "20 years") for each, in text order; offsets into the
        original. Units are minute, hour, day, week, month, year (a decade is ten years).

    >>> [d for _, _, d in parse_duration("معاهدة لمدة 20 عامًا وهدنة خمسة أيام")]
    ['20 years', '5 days']
    """
    norm = normalise(text)
    folded = norm.text
    found: list[tuple[int, int, str]] = []
    for match in _unit_pattern().finditer(folded):
        read = _duration(folded, match)
        if read:
            start, end, count, unit = read
            if unit == "decade":
                count, unit = count * 10, "year"
            if isinstance(count, float) and count.is_integer():
                count = int(count)
            left, right = norm.span(start, end)
            found.append((left, right, f"{count} {unit}" if count == 1 else f"{count} {unit}s"))
    return found


def _duration(folded: str, match: re.Match[str]) -> tuple[int, int, Number, str] | None:
    """Start, end (folded), count and unit of the duration whose unit word is ``match``."""
    unit, number = time_units()[match.group(1)]
    start, end = match.start(1), match.end(1)
    definite = folded[match.start() : start].endswith((_ARTICLE, "لل"))
    count: Number | None = None
    if number != "dual":
        count, begin = _count_before(folded, match.start())
        if count is not None and match.start() == start:
            start = begin
        elif number == "plural" and definite:
            count, end = _count_after(folded, end)
            start -= 2 if count is not None else 0
    elif not definite:
        count = 2
    after = words(folded, end, min(len(folded), end + _REACH))
    if count is None and number == "singular" and not definite:
        if after and after[0].joined and after[0].text in ("واحد", "واحده"):
            count, end = 1, after[0].end
        elif _LASTING.search(folded, max(0, start - _REACH), match.start()):
            count = 1
    if count is None or _AGE.search(folded, max(0, start - _REACH), start):
        return None
    if unit == "decade" and not (
        _LASTING.search(folded, max(0, start - _REACH), start)
        or _SPANNING.search(folded, max(0, start - _REACH), start)
    ):
        return None
    if after and after[0].joined and after[0].linked and after[0].kind == "fraction":
        count, end = count + after[0].value, after[0].end
    return start, end, count, unit


def _count_before(folded: str, end: int) -> tuple[Number | None, int]:
    """The number that ends right before ``end``, and where it starts."""
    tokens = words(folded, max(0, end - _REACH), end)
    if not tokens or not tokens[-1].kind or folded[tokens[-1].end : end].strip():
        return None, end
    for at in range(len(tokens)):
        read = read_cardinal(tokens, at) if tokens[at].kind else None
        if read and read[1] == len(tokens):
            return read[0], tokens[at].start
    return None, end


def _count_after(folded: str, start: int) -> tuple[Number | None, int]:
    """The number that follows at ``start`` (الأعوام الخمسة), and where it ends."""
    tokens = words(folded, start, min(len(folded), start + _REACH))
    if tokens and tokens[0].joined and tokens[0].kind and not tokens[0].linked:
        read = read_cardinal(tokens, 0)
        if read:
            return read[0], tokens[read[1] - 1].end
    return None, start
