"""Compile the corpus: one compact source file an article → annotated article as JSON.

``python corpus/compile.py corpus/src/*.txt`` checks each source and writes
``corpus/articles/ID.json`` in the annotation schema that :mod:`kg.goldjson` reads. The source format
is told in ``corpus/AUTHORING.md``. Every problem of every file is reported as ``file:line: what``;
a file with problems is not written, and the exit code is then 1.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.model import ENTITY_TYPES, PLOVER, PLOVER_TYPES, ROLES

ARTICLES = Path(__file__).parent / "articles"
SENTENCES = range(6, 13)
YEARS = range(2027, 2040)
"""Articles are dated in the future so that nothing in them can be taken for reporting."""

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_OPTION = re.compile(r'(\w+)=("[^"]*"|\S*)')
_PROCLITICS = re.compile(r"[وف]?[بلكس]?")
_TODAY = re.compile(r"اليوم،? \(?(ال[اإأ]ثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|السبت|الأحد|الاحد)")
_WEEKDAYS = ("الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد")
_KINDS = ("role", "act", "statement", "treaty")


class SourceError(KgError):
    """A source file that breaks the format; the message lists every problem with file and line."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of the text section with its offsets in the full text (title, newline, body)."""

    start: int
    end: int
    paragraph: int


@dataclass(slots=True)
class _Draft:
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


def compile_source(path: Path) -> dict[str, Any]:
    """Read one source file.

    Returns:
        The article in the annotation schema, JSON-ready: facts in the order roles, acts, statements,
        treaties, each kind in text order.

    Raises:
        SourceError: The file breaks the format or an annotation rule.
    """
    draft = _Draft(path)
    sections = _sections(path.read_text(encoding="utf-8"), draft)
    _read_header(sections.get("header", []), draft)
    _read_text(sections.get("text", []), draft)
    entity_lines = [(n, text) for n, text in sections.get("entities", []) if not _is_blank(text)]
    fact_lines = [(n, text) for n, text in sections.get("facts", []) if not _is_blank(text)]
    for draft.line, text in entity_lines:
        _read_entity(text, draft)
    for draft.line, text in entity_lines:
        _check_participants(text, draft)
    for draft.line, text in fact_lines:
        _read_fact(text, draft)
    _check_repeats(draft)
    if draft.problems:
        raise SourceError("\n".join(draft.problems))
    facts = sorted(
        (f for _, f in draft.facts),
        key=lambda f: (_KINDS.index(f["kind"]), draft.full.find(f["evidence"])),
    )
    title, _, text = draft.full.partition("\n")
    return {
        "id": draft.header["id"],
        "lang": "ar",
        "source": draft.header["source"],
        "date": draft.header["date"],
        "title": title,
        "text": text,
        "entities": list(draft.entities.values()),
        "facts": facts,
    }


def render(article: dict[str, Any]) -> str:
    """The bytes of an article file, as text: one space of indentation, Arabic unescaped."""
    return json.dumps(article, ensure_ascii=False, indent=1) + "\n"


# --- sections, header, text ------------------------------------------------------------------------


def _is_blank(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("# ")


def _sections(raw: str, draft: _Draft) -> dict[str, list[tuple[int, str]]]:
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


def _read_header(lines: list[tuple[int, str]], draft: _Draft) -> None:
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
    if not _is_date(date) or len(date) != 10 or int(date[:4]) not in YEARS:
        draft.problem(f"date {date!r}: give a day in {YEARS[0]}-{YEARS[-1]} as YYYY-MM-DD")


def _read_text(lines: list[tuple[int, str]], draft: _Draft) -> None:
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
    if (today := _TODAY.search(full)) and _is_date(draft.header["date"]):
        day = _WEEKDAYS[datetime.date.fromisoformat(draft.header["date"]).weekday()]
        if re.sub("[إأ]", "ا", today[1]) != day:
            draft.problem(f"{today[0]!r}, but {draft.header['date']} is {day}")
    if len(draft.sentences) - 1 not in SENTENCES:
        draft.problem(f"{len(draft.sentences) - 1} sentences: write {SENTENCES[0]} to {SENTENCES[-1]}")


# --- entities --------------------------------------------------------------------------------------


def _fields(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def _options(text: str) -> dict[str, str]:
    return {key: value.strip('"') for key, value in _OPTION.findall(text)}


def _forms(cell: str) -> list[str]:
    return [form.strip() for form in cell.split(" ; ") if form.strip(" ;")]


def _read_entity(line: str, draft: _Draft) -> None:
    head, *rest = _fields(line)
    words = head.split()
    if not 2 <= len(words) <= 3 or not 2 <= len(rest) <= 4:
        draft.problem("an entity is 'ID TYPE | English | mentions | nominals | options'")
        return
    key, kind = words[0], words[1]
    mentions, nominals = _forms(rest[1]), _forms(rest[2]) if len(rest) > 2 else []
    options = _options(rest[3]) if len(rest) > 3 else {}
    name = options.pop("name", "") or next(iter([*mentions, *nominals]), "")
    if key in draft.entities:
        draft.problem(f"entity id {key} twice")
    if kind not in ENTITY_TYPES:
        draft.problem(f"{key}: unknown type {kind!r}; one of {', '.join(ENTITY_TYPES)}")
    if not re.fullmatch({"TREATY": r"T\d+", "EVENT": r"V\d+"}.get(kind, r"E\d+"), key):
        draft.problem(f"{key}: ids are V1… for events, T1… for treaties, E1… for all others")
    if not name:
        draft.problem(f'{key}: no name: give a mention, a nominal or name="…"')
    entity: dict[str, Any] = {"id": key, "type": kind}
    if kind == "EVENT":
        entity["event_type"] = words[2] if len(words) > 2 else ""
        if entity["event_type"] not in (*PLOVER_TYPES, "OTHER"):
            draft.problem(f"{key}: after EVENT say one of {', '.join(PLOVER_TYPES)}, OTHER")
    elif len(words) > 2:
        draft.problem(f"{key}: only an EVENT has a third word")
    entity |= {"name": name, "en": rest[0] or None, "mentions": mentions, "nominals": nominals}
    if not entity["en"] or re.search(r"[؀-ۿ]", entity["en"]):
        draft.problem(f"{key}: the second field is the English name")
    for form in [*mentions, *nominals]:
        if not _has(draft.full, form):
            draft.problem(f"{key}: not in the article as whole words: {form!r}")
        if mentions.count(form) + nominals.count(form) > 1:
            draft.problem(f"{key}: {form!r} twice")
    if not mentions and not nominals and kind != "STATE":
        draft.problem(f"{key}: only a STATE may do without mention and nominal")
    if kind == "EVENT":
        entity |= {
            "agents": _ids(options.pop("agents", "")),
            "patients": _ids(options.pop("patients", "")),
            "place": options.pop("place", None),
            "date": options.pop("date", None),
        }
        if entity["date"] and not _is_date(entity["date"]):
            draft.problem(f"{key}: date {entity['date']!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    for option in options:
        draft.problem(f"{key}: unknown option {option!r}")
    draft.entities[key] = entity


def _check_participants(line: str, draft: _Draft) -> None:
    entity = draft.entities.get(line.split()[0], {})
    place = [entity["place"]] if entity.get("place") else []
    for key in [*entity.get("agents", []), *entity.get("patients", []), *place]:
        _known(key, draft)


# --- facts -----------------------------------------------------------------------------------------


def _read_fact(line: str, draft: _Draft) -> None:
    head, *cells = _fields(line)
    kind, _, rest = head.partition(" ")
    reader = {"role": _role, "act": _act, "say": _say, "treaty": _treaty}.get(kind)
    if reader is None:
        draft.problem(f"a fact begins with role, act, say or treaty, not {kind!r}")
        return
    least, most = {"role": (2, 3), "act": (4, 5), "say": (2, 3), "treaty": (3, 3)}[kind]
    if not least <= len(cells) <= most:
        draft.problem(f"{kind}: {len(cells) + 1} fields; see AUTHORING.md (a field may be '-', not absent)")
        return
    fact = reader(rest.split(), cells, draft)
    if fact:
        draft.facts.append((draft.line, fact))


def _role(words: list[str], cells: list[str], draft: _Draft) -> dict[str, Any] | None:
    cells = _cells(cells, 3)
    if len(words) != 3:
        draft.problem("role: 'role PERSON role OF | title | @n | former' (OF may be '-')")
        return None
    person, role, of = words
    if role not in ROLES:
        draft.problem(f"unknown role {role!r}; one of {', '.join(ROLES)}")
    if draft.entities.get(person, {}).get("type") != "PERSON":
        draft.problem(f"role: {person} is no PERSON")
    return {
        "kind": "role",
        "person": _known(person, draft),
        "role": role,
        "of": None if of == "-" else _known(of, draft),
        "title": _within(cells[0], cells[1], draft, "title"),
        "former": _flags(cells[2], {"former"}, draft) == {"former": True},
        "evidence": _evidence(cells[1], draft),
    }


def _act(words: list[str], cells: list[str], draft: _Draft) -> dict[str, Any] | None:
    cells = _cells(cells, 5)
    if len(words) != 1 or words[0] not in PLOVER:
        draft.problem(f"act: unknown predicate {' '.join(words)!r}; one of {', '.join(PLOVER)}")
        return None
    actors, arrow, targets = cells[1].partition(">")
    flags = _flags(cells[4], {"neg", "future", "hyp", "src", "date"}, draft)
    thing = None if cells[2] == "-" else _within(cells[2], cells[3], draft, "object")
    trigger = _within(cells[0], cells[3], draft, "trigger")
    fact = {
        "kind": "act",
        "predicate": words[0],
        "trigger": trigger,
        "actors": [_known(x, draft) for x in _ids(actors)],
        "targets": [_known(x, draft) for x in _ids(targets) if x != "-"],
        "object": thing,
        "negated": bool(flags.get("neg")),
        "modality": "future" if flags.get("future") else "hypothetical" if flags.get("hyp") else "asserted",
        "source": _known(flags["src"], draft) if flags.get("src") else None,
        "date": flags.get("date"),
        "evidence": _evidence(cells[3], draft),
    }
    if not arrow or not fact["actors"]:
        draft.problem("act: the third field is 'ACTORS > TARGETS' with at least one actor")
    if not trigger:
        draft.problem("act: no trigger")
    if not fact["targets"] and not thing:
        draft.problem("act: neither target nor object")
    if flags.get("future") and flags.get("hyp"):
        draft.problem("act: future and hyp exclude each other")
    if flags.get("date") and not _is_date(str(flags["date"])):
        draft.problem(f"act: date {flags['date']!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    return fact


def _say(words: list[str], cells: list[str], draft: _Draft) -> dict[str, Any] | None:
    cells = _cells(cells, 3)
    ids = [w for w in words if w != ">"]
    if len(ids) not in (1, 2) or (len(ids) == 2) != (">" in words):
        draft.problem("say: 'say SPEAKER > ADDRESSEE | content | @n | direct' (addressee may lack)")
        return None
    return {
        "kind": "statement",
        "speaker": _known(ids[0], draft),
        "addressee": _known(ids[1], draft) if len(ids) == 2 and ids[1] != "-" else None,
        "content": _within(cells[0], cells[1], draft, "content"),
        "direct": _flags(cells[2], {"direct"}, draft) == {"direct": True},
        "evidence": _evidence(cells[1], draft),
    }


def _treaty(words: list[str], cells: list[str], draft: _Draft) -> dict[str, Any] | None:
    if len(words) != 1 or draft.entities.get(words[0], {}).get("type") != "TREATY":
        draft.problem("treaty: 'treaty T1 | PARTIES | signed=… duration=\"…\" | @n', T1 a TREATY")
        return None
    options = _options(cells[1])
    if options.keys() - {"signed", "duration"}:
        draft.problem(f"treaty: unknown option in {cells[1]!r}")
    if options.get("signed") and not _is_date(options["signed"]):
        draft.problem(f"treaty: signed={options['signed']!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    parties = [_known(x, draft) for x in _ids(cells[0])]
    if not parties:
        draft.problem("treaty: no parties; a document without parties has no treaty fact")
    return {
        "kind": "treaty",
        "treaty": words[0],
        "parties": parties,
        "signed": options.get("signed") or None,
        "duration": options.get("duration") or None,
        "evidence": _evidence(cells[2], draft),
    }


def _check_repeats(draft: _Draft) -> None:
    """One act per predicate, actors and targets; acts without a target are told apart by their object."""
    seen: dict[tuple[Any, ...], int] = {}
    for line, fact in draft.facts:
        draft.line = line
        if fact["kind"] == "act":
            thing = None if fact["targets"] else fact["object"]
            key: tuple[Any, ...] = (
                fact["predicate"], tuple(sorted(fact["actors"])), tuple(sorted(fact["targets"])), thing,
            )  # fmt: skip
        else:
            key = tuple(str(v) for k, v in fact.items() if k != "evidence")
        if key in seen:
            draft.problem(f"the same {fact['kind']} as in line {seen[key]}")
        seen.setdefault(key, line)


# --- cells -----------------------------------------------------------------------------------------


def _cells(cells: list[str], count: int) -> list[str]:
    return [*cells, *[""] * (count - len(cells))]


def _ids(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _known(key: str, draft: _Draft) -> str:
    if key not in draft.entities:
        draft.problem(f"no entity {key!r}")
    return key


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 7 else f"{text}-01"[:10])
    except ValueError:
        return False
    return True


def _flags(cell: str, allowed: set[str], draft: _Draft) -> dict[str, Any]:
    flags: dict[str, Any] = {}
    for word in cell.split():
        key, equals, value = word.partition("=")
        if key not in allowed or (equals == "=") != (key in ("src", "date")):
            draft.problem(f"unknown flag {word!r}; here: {', '.join(sorted(allowed))}")
        flags[key] = value or True
    return flags


def _evidence(cell: str, draft: _Draft, quiet: bool = False) -> str:
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


def _within(words: str, evidence: str, draft: _Draft, what: str) -> str | None:
    """Check that words stand in the evidence as whole words; ``-`` is None."""
    if words in ("", "-"):
        if what == "content":
            draft.problem("say: no content")
        return None
    text = _evidence(evidence, draft, quiet=True)
    if text and not _has(text, words):
        where = "as whole words " if words in text else ""
        draft.problem(f"{what} is not {where}in the evidence: {words!r}")
    return words


def _has(text: str, words: str) -> bool:
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


# --- command line ----------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Compile the sources named on the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Compile annotated articles into corpus/articles.")
    parser.add_argument("sources", nargs="+", type=Path, help="source files, corpus/src/*.txt")
    parser.add_argument("--out", type=Path, default=ARTICLES, help="folder to write to")
    options = parser.parse_args(argv)
    failed = 0
    for path in options.sources:
        try:
            article = compile_source(path)
        except SourceError as error:
            print(error, file=sys.stderr)
            failed += 1
        else:
            (options.out / f"{article['id']}.json").write_text(render(article), encoding="utf-8")
    print(f"{len(options.sources) - failed} compiled, {failed} with problems")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
