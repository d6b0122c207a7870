"""Compile the corpus: one compact source file an article → annotated article as JSON.

``python corpus/compile.py corpus/src/*.txt`` checks each source and writes
``corpus/articles/ID.json`` in the annotation schema that :mod:`kg.goldjson` reads. The source format
is told in ``corpus/AUTHORING.md``. Every problem of every file is reported as ``file:line: what``;
a file with problems is not written, and the exit code is then 1.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.draft import (
    Draft,
    evidence_of,
    fields_of,
    flags_of,
    forms_of,
    has_words,
    id_list,
    is_blank,
    is_date,
    known,
    options_of,
    padded,
    read_header,
    read_sections,
    read_text,
    words_within,
)
from kg.errors import KgError
from kg.model import ENTITY_TYPES, PLOVER, PLOVER_TYPES, ROLES

ARTICLES = Path(__file__).parent / "articles"
_SILENT = ("STATE", "GOVBODY", "IGO", "ORG")
"""Types that an adjective alone may name ("الرئيس الروسي"), so that they may have no surface form."""
_KINDS = ("role", "act", "statement", "treaty")


class SourceError(KgError):
    """A source file that breaks the format; the message lists every problem with file and line."""


def compile_source(path: Path) -> dict[str, Any]:
    """Read one source file.

    Returns:
        The article in the annotation schema, JSON-ready: facts in the order roles, acts, statements,
        treaties, each kind in text order.

    Raises:
        SourceError: The file breaks the format or an annotation rule.
    """
    draft = Draft(path)
    sections = read_sections(path.read_text(encoding="utf-8"), draft)
    read_header(sections.get("header", []), draft)
    read_text(sections.get("text", []), draft)
    entity_lines = [(n, text) for n, text in sections.get("entities", []) if not is_blank(text)]
    fact_lines = [(n, text) for n, text in sections.get("facts", []) if not is_blank(text)]
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


# --- entities --------------------------------------------------------------------------------------


def _read_entity(line: str, draft: Draft) -> None:
    head, *rest = fields_of(line)
    words = head.split()
    if not 2 <= len(words) <= 3 or not 2 <= len(rest) <= 4:
        draft.problem("an entity is 'ID TYPE | English | mentions | nominals | options'")
        return
    key, kind = words[0], words[1]
    mentions, nominals = forms_of(rest[1]), forms_of(rest[2]) if len(rest) > 2 else []
    options = options_of(rest[3]) if len(rest) > 3 else {}
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
        if not has_words(draft.full, form):
            draft.problem(f"{key}: not in the article as whole words: {form!r}")
        if mentions.count(form) + nominals.count(form) > 1:
            draft.problem(f"{key}: {form!r} twice")
    if not mentions and not nominals and kind not in _SILENT:
        draft.problem(f"{key}: only {', '.join(_SILENT)} may do without mention and nominal")
    if kind == "EVENT":
        entity |= {
            "agents": id_list(options.pop("agents", "")),
            "patients": id_list(options.pop("patients", "")),
            "place": options.pop("place", "") or None,
            "date": options.pop("date", "") or None,
        }
        if entity["date"] and not is_date(entity["date"]):
            draft.problem(f"{key}: date {entity['date']!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    for option in options:
        draft.problem(f"{key}: unknown option {option!r}")
    draft.entities[key] = entity


def _check_participants(line: str, draft: Draft) -> None:
    entity = draft.entities.get(line.split()[0], {})
    place = [entity["place"]] if entity.get("place") else []
    for key in [*entity.get("agents", []), *entity.get("patients", []), *place]:
        known(key, draft)


# --- facts -----------------------------------------------------------------------------------------


def _read_fact(line: str, draft: Draft) -> None:
    head, *cells = fields_of(line)
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


def _role(words: list[str], cells: list[str], draft: Draft) -> dict[str, Any] | None:
    cells = padded(cells, 3)
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
        "person": known(person, draft),
        "role": role,
        "of": None if of == "-" else known(of, draft),
        "title": words_within(cells[0], cells[1], draft, "title"),
        "former": flags_of(cells[2], {"former"}, draft) == {"former": True},
        "evidence": evidence_of(cells[1], draft),
    }


def _act(words: list[str], cells: list[str], draft: Draft) -> dict[str, Any] | None:
    cells = padded(cells, 5)
    if len(words) != 1 or words[0] not in PLOVER:
        draft.problem(f"act: unknown predicate {' '.join(words)!r}; one of {', '.join(PLOVER)}")
        return None
    actors, arrow, targets = cells[1].partition(">")
    flags = flags_of(cells[4], {"neg", "future", "hyp", "src", "date"}, draft)
    thing = None if cells[2] == "-" else words_within(cells[2], cells[3], draft, "object")
    trigger = words_within(cells[0], cells[3], draft, "trigger")
    fact = {
        "kind": "act",
        "predicate": words[0],
        "trigger": trigger,
        "actors": [known(x, draft) for x in id_list(actors)],
        "targets": [known(x, draft) for x in id_list(targets) if x != "-"],
        "object": thing,
        "negated": bool(flags.get("neg")),
        "modality": "future" if flags.get("future") else "hypothetical" if flags.get("hyp") else "asserted",
        "source": known(flags["src"], draft) if flags.get("src") else None,
        "date": flags.get("date"),
        "evidence": evidence_of(cells[3], draft),
    }
    if not arrow or not fact["actors"]:
        draft.problem("act: the third field is 'ACTORS > TARGETS' with at least one actor")
    if not trigger:
        draft.problem("act: no trigger")
    if not fact["targets"] and not thing:
        draft.problem("act: neither target nor object")
    if flags.get("future") and flags.get("hyp"):
        draft.problem("act: future and hyp exclude each other")
    if flags.get("date") and not is_date(str(flags["date"])):
        draft.problem(f"act: date {flags['date']!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    return fact


def _say(words: list[str], cells: list[str], draft: Draft) -> dict[str, Any] | None:
    cells = padded(cells, 3)
    ids = [w for w in words if w != ">"]
    if len(ids) not in (1, 2) or (len(ids) == 2) != (">" in words):
        draft.problem("say: 'say SPEAKER > ADDRESSEE | content | @n | direct' (addressee may lack)")
        return None
    return {
        "kind": "statement",
        "speaker": known(ids[0], draft),
        "addressee": known(ids[1], draft) if len(ids) == 2 and ids[1] != "-" else None,
        "content": words_within(cells[0], cells[1], draft, "content"),
        "direct": flags_of(cells[2], {"direct"}, draft) == {"direct": True},
        "evidence": evidence_of(cells[1], draft),
    }


def _treaty(words: list[str], cells: list[str], draft: Draft) -> dict[str, Any] | None:
    if len(words) != 1 or draft.entities.get(words[0], {}).get("type") != "TREATY":
        draft.problem("treaty: 'treaty T1 | PARTIES | signed=… duration=\"…\" | @n', T1 a TREATY")
        return None
    options = options_of(cells[1])
    if options.keys() - {"signed", "duration"}:
        draft.problem(f"treaty: unknown option in {cells[1]!r}")
    if options.get("signed") and not is_date(options["signed"]):
        draft.problem(f"treaty: signed={options['signed']!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    parties = [known(x, draft) for x in id_list(cells[0])]
    if not parties:
        draft.problem("treaty: no parties; a document without parties has no treaty fact")
    return {
        "kind": "treaty",
        "treaty": words[0],
        "parties": parties,
        "signed": options.get("signed") or None,
        "duration": options.get("duration") or None,
        "evidence": evidence_of(cells[2], draft),
    }


def _check_repeats(draft: Draft) -> None:
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
