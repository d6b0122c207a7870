"""Generate every inflected form of the trigger and reporting lexemes (development time only).

The tables ``kg/data/trigger_forms.csv`` and ``kg/data/reporting_forms.csv`` are
the output of ``python -m kg.data.inflect``. Verbs are conjugated by the
library ``mazini`` (extra ``lexicon``) from root and form; nouns and adjectives
by :mod:`kg.arabic.nominal`. Forms are folded, so vowels, hamza seats and the dots of
final ة and ى do not matter; what a clitic adds is left to
:mod:`kg.arabic.clitics`, which undoes it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.arabic.nominal import KASRATAN, adjective_forms, bare, noun_forms
from kg.arabic.normalise import fold
from kg.data.lexicon import DATA, FIXED, Entry, Lexeme, read_reporting, read_triggers
from kg.errors import KgError, TableError

if TYPE_CHECKING:
    from mazini import Conjugation

_PERSONS = ("3ms", "3fs", "3md", "3fd", "3mp", "1s", "1p", "2ms", "2mp")
# Slot prefixes of the conjugator and the features they stand for. Subjunctive and jussive are
# presents here: news has them after أن, لن and لم.
_TENSES = {
    "past": "past", "past_pass": "past passive",
    "ind": "present", "sub": "present", "juss": "present",
    "ind_pass": "present passive", "sub_pass": "present passive", "juss_pass": "present passive",
}  # fmt: skip
_SOURCES = ("rules", "mazini")

Inflection = tuple[str, str]
"""A folded form and its features, parts of a feature set separated by spaces."""


def conjugate(root: str, form: str) -> Conjugation:
    """Conjugate a verb.

    Args:
        root: Three or four radicals, hamza as ء.
        form: Form code: ``I/a~u`` (with past and present vowel), II … X, ``Iq``, ``IIq``, ``IVq``.

    Raises:
        KgError: If mazini is not installed.
        TableError: If there is no such verb.
    """
    try:
        import mazini
    except ModuleNotFoundError as error:
        raise KgError(
            "the verb conjugator mazini is missing", "pip install 'diplomacy-kg[lexicon]'"
        ) from error
    try:
        return mazini.conjugate(root, form)
    except mazini.MaziniError as error:
        raise TableError(f"no verb of root {root!r} and form {form!r}", "mend root or form") from error


def verb_forms(root: str, form: str) -> Iterator[Inflection]:
    """Every form of a verb that news text has, participles included, verbal nouns not."""
    slots = conjugate(root, form).slots
    for prefix, features in _TENSES.items():
        for person in _PERSONS:
            for item in slots.get(f"{prefix}_{person}", ()):
                yield bare(item.form), f"{features} {person}"
    for person in ("2ms", "2mp"):
        for item in slots.get(f"imp_{person}", ()):
            # Shorter imperatives are letters that mean anything.
            if len(bare(item.form)) > 3:
                yield bare(item.form), f"imperative {person}"
    for slot, name in (("ap", "act_part"), ("pp", "pass_part")):
        for item in slots.get(slot, ()):
            if item.form != "?":
                for word, features in adjective_forms(item.form, ()):
                    yield word, f"{name} {features}"


def lexeme_forms(lexeme: Lexeme) -> dict[str, list[str]]:
    """All forms of a lexeme, folded, each with its feature sets in order of generation."""
    match lexeme.pos:
        case "verb":
            found = verb_forms(lexeme.root, lexeme.form)
        case "noun":
            found = noun_forms(lexeme.vocalised or lexeme.lemma, lexeme.plurals)
        case "adjective":
            found = adjective_forms(lexeme.vocalised or lexeme.lemma, lexeme.plurals)
        case _:
            # The accusative of an indefinite noun: "حربا كلامية".
            found = iter([(lexeme.lemma, FIXED), (f"{lexeme.lemma}ا", FIXED)])
    forms: dict[str, list[str]] = {}
    for word, features in found:
        known = forms.setdefault(fold(word), [])
        if features not in known:
            known.append(features)
    return {word: features for word, features in forms.items() if len(word) > 1}


def collect(entries: Iterable[Entry]) -> tuple[list[Lexeme], dict[str, frozenset[str]]]:
    """The distinct lexemes of some entries, with the plurals and the blocked forms of all their rows."""
    lexemes: dict[str, Lexeme] = {}
    blocked: dict[str, frozenset[str]] = {}
    for entry in entries:
        for lexeme in entry.lexemes():
            known = lexemes.get(lexeme.key, lexeme)
            plurals = tuple(dict.fromkeys((*known.plurals, *lexeme.plurals)))
            # One row may know that the noun is defective, where another does not say so.
            vocalised = max(known.vocalised, lexeme.vocalised, key=lambda word: KASRATAN in word)
            lexemes[lexeme.key] = replace(known, plurals=plurals, vocalised=vocalised)
            blocked[lexeme.key] = blocked.get(lexeme.key, frozenset()) | entry.blocked_forms
    return list(lexemes.values()), blocked


def write_forms(path: Path, lexemes: Iterable[Lexeme], blocked: dict[str, frozenset[str]]) -> int:
    """Write a table of forms, sorted by form and lexeme.

    Args:
        path: Where to write.
        lexemes: What to inflect.
        blocked: Folded forms to leave out, by lexeme key.

    Returns:
        Number of rows written.
    """
    rows = sorted(
        (form, lexeme.key, "|".join(features), _SOURCES[lexeme.pos == "verb"])
        for lexeme in lexemes
        for form, features in lexeme_forms(lexeme).items()
        if form not in blocked.get(lexeme.key, ())
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("form", "lexeme", "features", "source"))
        writer.writerows(rows)
    return len(rows)


def main() -> None:
    """Rewrite both tables of forms from the tables of lexemes."""
    for name, entries in (("trigger", read_triggers()), ("reporting", read_reporting())):
        lexemes, blocked = collect(entries)
        count = write_forms(DATA / f"{name}_forms.csv", lexemes, blocked)
        print(f"{name}_forms.csv: {count} forms of {len(lexemes)} lexemes")


if __name__ == "__main__":
    main()
