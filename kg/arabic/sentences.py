"""Split news text into sentences, as spans of the original text."""

from __future__ import annotations

import re
from functools import cache

from kg.arabic.normalise import QUOTES_CLOSE, fold
from kg.data.tables import read_table

_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_STOP = re.compile("[.!?؟…]+")
_MARKS = "\u0640\u064b-\u0652"
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_RUN_BEFORE = re.compile(rf"(?:[^\W\d_][{_MARKS}]*)+\Z")
_RUN = re.compile(rf"[^\W\d_{_MARKS}]+")
_GAP = re.compile(rf"[\s{_INVISIBLE}]*")
_NEW_WORD = re.compile(rf"[\s{_INVISIBLE}\"'«“(\[]*([^\W\d_]+)")
_TAIL = re.compile(r"\W*\Z")
_ERA = re.compile(r"\d\s*\Z")
_CURLY = re.compile("[“„«‹「『]|[”»›」』]")
_CLOSERS = frozenset(QUOTES_CLOSE | set(")]}'"))
_REACH = 24


@cache
def _abbreviations(letters: bool) -> frozenset[str]:
    """Abbreviations proper, or the names of English letters that spell out an acronym."""
    table = read_table("abbreviations")
    return frozenset(fold(row["abbreviation"]) for row in table if (row["language"] == "letter") == letters)


@cache
def _openers() -> frozenset[str]:
    verbs = [fold(row["opener"]) for row in read_table("sentence_openers")]
    return frozenset(c + verb + ending for verb in verbs for ending in ("", "ت") for c in ("", "و", "ف"))


def split_sentences(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Split a text into sentences.

    Line breaks and . ! ? ؟ end a sentence; a full stop does so within a
    quotation too, a question or exclamation mark there does not. Dots in
    numbers, initials, abbreviations, list numbers and host names do not, and an
    ellipsis only before a word that opens reported speech. Closing quotes and
    brackets stay with the sentence that they close.

    Args:
        text: Original text, as read.
        offset: Added to every index, for a text that is part of a longer one.

    Returns:
        Half-open spans in text order. They do not overlap, carry no outer white
        space, and leave out nothing but white space.
    """
    spans: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        line = match.group()
        base = match.start() + offset
        begin = 0
        for end in (*_ends(line), len(line)):
            piece = line[begin:end]
            body = piece.strip()
            if body:
                left = begin + len(piece) - len(piece.lstrip())
                spans.append((base + left, base + left + len(body)))
            begin = end
    return spans


def _ends(line: str) -> list[int]:
    """Ends of all sentences of a line but the last."""
    ends: list[int] = []
    quotes = depth = seen = begin = 0
    for match in _STOP.finditer(line):
        start, end = match.span()
        if start < begin:
            continue
        quotes += line.count('"', seen, start)
        for mark in _CURLY.findall(line, seen, start):
            depth = depth + 1 if mark in "“„«‹「『" else max(0, depth - 1)
        seen = start
        asks = any(mark in "!?؟" for mark in match.group())
        if asks and (quotes % 2 or depth):
            inside = True
        else:
            inside = False
            if not asks and not _stops(line, begin, start, end):
                continue
        closed = _absorb(line, end, quotes % 2 == 1)
        if _TAIL.match(line, closed):
            break
        if inside and not (closed > end and _opens(line, closed)):
            continue
        if asks and line[closed - 1] == ")" and not _opens(line, closed):
            continue
        gap = _GAP.match(line, closed)
        following = line[gap.end() if gap else closed]
        if following in "،؛,;:":
            continue
        ends.append(closed)
        begin = closed
    return ends


def _stops(line: str, begin: int, start: int, end: int) -> bool:
    """Whether the dots ``line[start:end]`` end the sentence that begins at ``begin``."""
    if end - start > 1 or line[start] == "…":
        return not line.startswith(")", end) and _opens(line, end)
    if start == 0:
        return False
    before, after = line[start - 1], line[end : end + 1]
    if before.isdigit():
        return not after.isdigit() and not line[begin:start].strip().isdigit()
    run = _RUN_BEFORE.search(line, max(begin, start - _REACH), start)
    if not run:
        return True
    word = fold(run.group())
    glued = _RUN.match(line, end)
    if glued:
        if word.isascii() and glued.group().isascii():
            return False
        return len(word) > 2 and (len(word) > 3 or len(glued.group()) > 3)
    if len(word) == 1 or word in _abbreviations(False):
        return bool(_ERA.search(line, max(0, run.start() - 3), run.start())) or _opens(line, end)
    return not (word in _abbreviations(True) and _next_word(line, end) in _abbreviations(True))


def _opens(line: str, start: int) -> bool:
    """Whether the next word is one that opens a sentence of reported speech."""
    return _next_word(line, start) in _openers()


def _next_word(line: str, start: int) -> str:
    """The next word, folded; empty where something else than a word follows."""
    word = _NEW_WORD.match(line, start)
    return fold(word.group(1)) if word else ""


def _absorb(line: str, end: int, in_quotes: bool) -> int:
    """End of the closing marks that follow a stop."""
    while end < len(line):
        mark = line[end]
        if mark == '"' and not in_quotes and line[end + 1 : end + 2].isalpha():
            break
        if mark in _CLOSERS or mark in ".!?؟…" or (_GAP.fullmatch(mark) and not mark.isspace()):
            end += 1
            if mark == '"':
                in_quotes = not in_quotes
        elif mark in "“„" and not line[end + 1 : end + 2].isalnum():
            end += 1
        else:
            break
    return end
