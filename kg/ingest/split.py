"""Find articles that were pasted one after another into one file.

A second article is taken to begin

* behind a line of dashes or equals signs or a form feed,
* behind the reporters' credit that closes an agency story, or
* with a headline shortly before a dateline deep inside the text,

each time only where a headline and a body follow; the text may even lack a line break between the two,
as files without a final one do when they are joined. Signs without a headline and a body are doubts:
reported, but not acted upon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.data.tables import read_table
from kg.ingest.dateline import parse

_RULE = re.compile(r"[ \t]*(?:[=\-─━—_]{3,}|(?:[=\-─━—_] ){2,}[=\-─━—_])[ \t]*$")
_FINAL = re.compile(r"[.!؟?…][»”\"')\]]*\s*$|[»”\"')\]]\s*$")
_GLUED = re.compile(r"(?<=[.!؟»”)])(?=[\u0621-\u064a])")
_LEAST_WORDS = 20
_DEEP_WORDS = 50
_LOOK_BACK = 5
_CREDIT_WORDS = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One article of a file: its text and the 1-based line where it begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    number: int
    words: int


def split(text: str) -> tuple[list[Part], list[int]]:
    """The articles of a file, and the lines where another one may begin but no border is clear.

    Args:
        text: A decoded file with LF line ends.

    Returns:
        At least one part, and 1-based line numbers.
    """
    lines = _lines(text)
    borders: dict[int, int] = {}
    doubts: list[int] = []
    begin = 0
    index = 0
    while index < len(lines):
        before = [line for line in lines[begin:index] if not _is_rule(line.text)]
        found = None
        if len(before) >= 2 and sum(line.words for line in before) >= _LEAST_WORDS:
            found = _border(lines, begin, index)
        if isinstance(found, tuple):
            end, start = found
            borders[end] = start
            begin = index = next(i for i, line in enumerate(lines) if line.start + len(line.text) > start)
            if lines[begin].start < start:
                lines[begin] = _line(start, text[start : _end(lines[begin])], lines[begin].number)
        elif found is not None:
            doubts.append(found)
        index += 1
    parts: list[Part] = []
    start = 0
    for end, following in [*sorted(borders.items()), (len(text), len(text))]:
        parts.append(Part(text[start:end], text.count("\n", 0, start) + 1))
        start = following
    return parts, doubts


def _border(lines: list[_Line], begin: int, index: int) -> tuple[int, int] | int | None:
    """End of one article and start of the next; or the number of a doubtful line; or None."""
    line = lines[index]
    if _is_rule(line.text):
        if index + 1 < len(lines) and _is_article(lines[index + 1 :]):
            return _end(lines[index - 1]), lines[index + 1].start
        # A rule before a line or two of small print is none of our business.
        return line.number if sum(each.words for each in lines[index + 1 :]) >= 2 * _DEEP_WORDS else None
    credit = _credit_end(line)
    if credit is not None:
        rest = _line(credit, line.text[credit - line.start :], line.number)
        following = [*([rest] if rest.text.strip() else []), *lines[index + 1 :]]
        if following and not _is_rule(following[0].text) and _is_article(following):
            return credit, following[0].start
        return None
    deep = sum(each.words for each in lines[begin:index]) >= _DEEP_WORDS
    dateline = parse(line.text, first=False) if deep else None
    if dateline is None or dateline.publisher is None or not dateline.strong:
        return None
    return _headline_before(lines, begin, index) or line.number


def _headline_before(lines: list[_Line], begin: int, index: int) -> tuple[int, int] | None:
    """Border before the headline that belongs to a dateline at an index."""
    for at in range(index - 1, max(begin + 1, index - 1 - _LOOK_BACK), -1):
        line = lines[at]
        for cut in _GLUED.finditer(line.text):
            if _is_headline(line.text[cut.end() :]):
                return line.start + cut.start(), line.start + cut.end()
        if _is_headline(line.text) and _FINAL.search(lines[at - 1].text):
            return _end(lines[at - 1]), line.start
    return None


def _is_article(lines: list[_Line]) -> bool:
    """Whether lines begin with a headline and go on with a body of at least one full sentence."""
    if not _is_headline(lines[0].text):
        return False
    body = [line for line in lines[1:7] if not _is_rule(line.text)]
    return any(line.words >= 15 and _FINAL.search(line.text) for line in body)


def _is_headline(text: str) -> bool:
    words = text.split()
    if not 3 <= len(words) <= 25 or len(text) > 200:
        return False
    plain = text.rstrip()
    ended = plain.endswith((".", ":", "،", ",", "؛")) and not plain.endswith("...")
    return not ended and parse(text) is None and not _opens_credit(text)


def _credit_end(line: _Line) -> int | None:
    """Where the credit that a line consists of, or begins with, ends in the text; else None."""
    if not _opens_credit(line.text):
        return None
    cut = _GLUED.search(line.text)
    credit = line.text[: cut.start()] if cut else line.text
    if len(credit.split()) > _CREDIT_WORDS or not any(sign in credit for sign in _credit_words("sign")):
        return None
    return line.start + len(credit)


def _opens_credit(text: str) -> bool:
    return text.lstrip(" \t([").startswith(_credit_words("opening"))


@cache
def _credit_words(use: str) -> tuple[str, ...]:
    return tuple(row["words"] for row in read_table("credit_words") if row["use"] == use)


def _is_rule(text: str) -> bool:
    return text.startswith("\f") or _RULE.match(text) is not None


def _lines(text: str) -> list[_Line]:
    """Non-empty lines; a form feed stands as a line of its own."""
    found: list[_Line] = []
    number = 1
    for match in re.finditer("\f|\n|[^\f\n]+", text):
        if match[0] == "\n":
            number += 1
        elif match[0] == "\f" or match[0].strip():
            found.append(_line(match.start(), match[0], number))
    return found


def _line(start: int, text: str, number: int) -> _Line:
    return _Line(start, text, number, len(text.split()))


def _end(line: _Line) -> int:
    return line.start + len(line.text)
