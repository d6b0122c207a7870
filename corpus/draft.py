"""What the reader of a source file works on: sections, sentences, and the checks of single cells.

Functions take a :class:`Draft` and note what is wrong in it instead of raising, so that an author sees
every problem of a file at once.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SENTENCES = range(6, 13)
YEARS = range(2027, 2040)
"""Articles are dated in the future so that nothing in them can be taken for reporting."""

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_OPTION = re.compile(r'(\w+)=("[^"]*"|\S*)')
_PROCLITICS = re.compile(r"[وف]?[بلكس]?ـ?")
_TODAY = re.compile(r"اليوم،? \(?(ال[اإأ]ثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|السبت|الأحد|الاحد)")
_WEEKDAYS = ("الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of the text section with its offsets in the full text (title, newline, body)."""

    start: int
    end: int
    paragraph: int


@dataclass(slots=True)
class Draft:
    """One article under construction: what is read so far, and what is wrong with it."""

    path: Path
    header: dict[str, str] = field(default_factory=dict)
    full: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    line: int = 0

    def problem(self, what: str) -> None:
        """Note a problem at the current line."""
        self.problems.append(f"{self.path}:{self.line}: {what}")


# --- sections, header, text ------------------------------------------------------------------------


def is_blank(line: str) -> bool:
    """Whether a line holds nothing or only a comment."""
    return not line.strip() or line.lstrip().startswith("# ")


def read_sections(raw: str, draft: Draft) -> dict[str, list[tuple[int, str]]]:
    """Split a source into its parts; each line keeps its number."""
    sections: dict[str, list[tuple[int, str]]] = {"header": []}
    name = "header"
    for number, line in enumerate(raw.splitlines(), 1):
        if marker := re.fullmatch(r"--- (\w+)\s*", line):
            name, draft.line = marker[1], number
            if name not in ("text", "entities", "facts"):
                draft.problem(f"unknown section {name!r}: use text, entities, facts")
            sections[name] = []
        else:
            sections[name].append((number, line))
    for name in ("text", "entities", "facts"):
        if name not in sections:
            draft.line = 1
            draft.problem(f"no section {name!r}: begin it with the line '--- {name}'")
    return sections


def read_header(lines: list[tuple[int, str]], draft: Draft) -> None:
    """Read id, source, date and title."""
    for draft.line, line in lines:
        key, colon, value = line.partition(":")
        if colon and key.strip() in ("id", "source", "date", "title"):
            draft.header[key.strip()] = value.strip()
        elif line.strip():
            draft.problem(f"not a header line (id, source, date, title): {line!r}")
    draft.line = 1
    for key in ("id", "source", "date", "title"):
        if not draft.header.get(key):
            draft.problem(f"header has no {key}")
            draft.header.setdefault(key, "")
    if draft.header["id"] != draft.path.stem:
        draft.problem(f"id {draft.header['id']!r} is not the file's name")
    date = draft.header["date"]
    if not is_date(date) or len(date) != 10 or int(date[:4]) not in YEARS:
        draft.problem(f"date {date!r}: give a day in {YEARS[0]}-{YEARS[-1]} as YYYY-MM-DD")


def read_text(lines: list[tuple[int, str]], draft: Draft) -> None:
    """Join the lines into the full text and note where each sentence stands."""
    full, paragraph, joint = draft.header.get("title", ""), 0, "\n"
    draft.sentences.append(Sentence(0, len(full), 0))
    for _, line in lines:
        if not line.strip():
            joint = "\n"
            continue
        paragraph += joint == "\n"
        full += joint
        draft.sentences.append(Sentence(len(full), len(full) + len(line.strip()), paragraph))
        full += line.strip()
        joint = " "
    draft.full = full
    draft.line = lines[0][0] if lines else 1
    if "|" in full:
        draft.problem("the text holds '|', which separates fields")
    if (today := _TODAY.search(full)) and is_date(draft.header["date"]):
        day = _WEEKDAYS[datetime.date.fromisoformat(draft.header["date"]).weekday()]
        if re.sub("[إأ]", "ا", today[1]) != day:
            draft.problem(f"{today[0]!r}, but {draft.header['date']} is {day}")
    if len(draft.sentences) - 1 not in SENTENCES:
        draft.problem(f"{len(draft.sentences) - 1} sentences: write {SENTENCES[0]} to {SENTENCES[-1]}")


# --- cells -----------------------------------------------------------------------------------------


def padded(cells: list[str], count: int) -> list[str]:
    """The cells, with empty ones added up to the count."""
    return [*cells, *[""] * (count - len(cells))]


def id_list(cell: str) -> list[str]:
    """Split ``E1,E2``."""
    return [part.strip() for part in cell.split(",") if part.strip()]


def known(key: str, draft: Draft) -> str:
    """Check that an entity id is known; returns it."""
    if key not in draft.entities:
        draft.problem(f"no entity {key!r}")
    return key


def is_date(text: str) -> bool:
    """Whether a text is a possible date of the form YYYY, YYYY-MM or YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 7 else f"{text}-01"[:10])
    except ValueError:
        return False
    return True


def flags_of(cell: str, allowed: set[str], draft: Draft) -> dict[str, Any]:
    """Read ``neg future src=E1``: a bare word is True, ``src`` and ``date`` need a value."""
    flags: dict[str, Any] = {}
    for word in cell.split():
        key, equals, value = word.partition("=")
        if key not in allowed or (equals == "=") != (key in ("src", "date")):
            draft.problem(f"unknown flag {word!r}; here: {', '.join(sorted(allowed))}")
        flags[key] = value or True
    return flags


def evidence_of(cell: str, draft: Draft, quiet: bool = False) -> str:
    """``@3`` is sentence 3, ``@3-4`` two sentences of one paragraph, ``@3 words`` words of sentence 3."""
    match = re.fullmatch(r"@(\d+)(?:-(\d+))?(?:\s+(.+))?", cell)
    last = int(match[2] or match[1]) if match else 0
    if not match or last >= len(draft.sentences) or last < int(match[1]):
        if not quiet:
            draft.problem(f"evidence {cell!r}: write @n with n from 0 (title) to {len(draft.sentences) - 1}")
        return ""
    first, end = draft.sentences[int(match[1])], draft.sentences[last]
    text = draft.full[first.start : end.end]
    if not quiet and first.paragraph != end.paragraph:
        draft.problem(f"evidence {cell!r}: runs over a paragraph's end")
    if match[3] and match[3] not in text:
        if not quiet:
            draft.problem(f"evidence: not in sentence {match[1]}: {match[3]!r}")
        return ""
    return match[3] or text


def words_within(words: str, evidence: str, draft: Draft, what: str) -> str | None:
    """Check that words stand in the evidence as whole words; ``-`` is None."""
    if words in ("", "-"):
        if what == "content":
            draft.problem("say: no content")
        return None
    text = evidence_of(evidence, draft, quiet=True)
    if text and not has_words(text, words):
        where = "as whole words " if words in text else ""
        draft.problem(f"{what} is not {where}in the evidence: {words!r}")
    return words


def has_words(text: str, words: str) -> bool:
    """Whether words begin (a proclitic may stand before) and end at a word's border somewhere in text."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        open_after = end == len(text) or not (text[end].isalnum() and words[-1].isalnum())
        before = re.split(r"[^\w]|_", text[:start])[-1]
        if open_after and (not words[0].isalnum() or _PROCLITICS.fullmatch(before)):
            return True
        start = text.find(words, start + 1)
    return False


def fields_of(line: str) -> list[str]:
    """Split a line at ``|``."""
    return [part.strip() for part in line.split("|")]


def options_of(text: str) -> dict[str, str]:
    """Read ``key=value key="two words"``."""
    return {key: value.strip('"') for key, value in _OPTION.findall(text)}


def forms_of(cell: str) -> list[str]:
    """Split surface forms at a semicolon between spaces."""
    return [form.strip() for form in cell.split(" ; ") if form.strip(" ;")]
