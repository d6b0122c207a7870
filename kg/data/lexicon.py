"""Words that act, report, negate and name happenings: typed, cached loaders and the matcher.

Three groups of tables belong together:

* ``triggers.csv`` and ``trigger_forms.csv``: words and phrases that express one
  of the 26 predicates, and all their inflections;
* ``reporting.csv`` and ``reporting_forms.csv``: words that introduce what
  somebody says;
* ``event_nouns.csv``, ``treaty_nouns.csv``, ``named_treaties.csv``,
  ``group_nouns.csv`` and ``cues.csv``: heads of mentions, and small words that
  turn a fact round.

The tables of forms are generated from the tables of lexemes by
:mod:`kg.data.inflect`. All forms are folded (:func:`kg.arabic.fold`). Where folding makes a form
another word, ``spelled_forms.csv`` has the letters that tell them apart (هنأ, not هنا).

A *lexeme* is one inflected word, keyed by word class and spelling
(``v:دَعَا``, ``n:هجوم``); an *entry* is a row of ``triggers.csv`` or
``reporting.csv`` and may be a phrase, whose first word is inflected and whose
other words, alternatives separated by ``/``, follow within a few tokens.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from kg.arabic.clitics import Reading, variants
from kg.arabic.normalise import fold
from kg.data.entries import (
    FIXED,
    Entry,
    Frame,
    Lexeme,
    Reporting,
    Trigger,
    read_reporting,
    read_triggers,
)
from kg.data.heads import (
    Cue,
    EventNoun,
    GroupNoun,
    Heads,
    NamedTreaty,
    TreatyNoun,
    cues,
    event_heads,
    group_heads,
    named_treaties,
    treaty_heads,
)
from kg.data.tables import cells, read_table

__all__ = [
    "DATA", "FIXED", "Cue", "Entry", "EventNoun", "Frame", "GroupNoun", "Heads", "Lexeme", "Lexicon", "Match",
    "NamedTreaty", "Reporting", "TreatyNoun", "Trigger", "cues", "event_heads", "group_heads",
    "named_treaties", "read_reporting", "read_triggers", "reporting_lexicon", "treaty_heads",
    "trigger_lexicon", "trigger_precision",
]  # fmt: skip

DATA = Path(__file__).parent

# How many tokens may stand between the first words of a phrase whose verb has its subject between
# ("فرضت الولايات المتحدة أمس عقوبات"), and between the later ones.
_GAP_AFTER_VERB = 6
_GAP_WITHIN = 2
_STOPS = frozenset(".!؟?؛;:")
_PREPOSITIONS = frozenset("بلك")
_ENDINGS = ("تان", "تين", "ات", "ون", "ين", "ان", "ا", "ه")

Tail = tuple[frozenset[tuple[str, str]], ...]
"""Loose keys of the further words of a phrase."""

EntryT = TypeVar("EntryT", bound=Entry)


@dataclass(frozen=True, slots=True)
class Match(Generic[EntryT]):
    """An entry found in running text.

    Attributes:
        tokens: Indices of the matched tokens, the inflected word first.
        features: Possible feature sets of the inflected word ("past 3ms", "present passive 3fs",
            "act_part m sg", "sg", "masdar sg", "fixed").
        reading: How the inflected word was taken apart.
    """

    entry: EntryT
    tokens: tuple[int, ...]
    features: tuple[str, ...]
    reading: Reading

    @property
    def masdar(self) -> bool:
        """Whether the word is a verbal noun of the entry's verb."""
        return self.features[0].startswith("masdar")

    @property
    def participle(self) -> bool:
        """Whether the word can only be a participle."""
        return all("_part" in feature for feature in self.features)


class Lexicon(Generic[EntryT]):
    """Entries with the index of their forms.

    Args:
        entries: Rows of one table.
        forms: Folded form → lexeme keys with feature sets.
    """

    def __init__(
        self, entries: Sequence[EntryT], forms: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]
    ) -> None:
        self.entries: dict[str, EntryT] = {entry.id: entry for entry in entries}
        self.forms = forms
        self._entries_of: dict[str, list[tuple[EntryT, bool]]] = {}
        self._written = spelled_forms()
        for entry in entries:
            for position, lexeme in enumerate(entry.lexemes()):
                is_masdar = bool(entry.root) and position > 0
                self._entries_of.setdefault(lexeme.key, []).append((entry, is_masdar))
        self._begins = lru_cache(maxsize=1 << 14)(self._readings)

    def match(self, tokens: Sequence[str], index: int, inside: Collection[int] = ()) -> list[Match[EntryT]]:
        """Entries whose inflected word is ``tokens[index]``; longer phrases first, then by id.

        Args:
            tokens: Words and punctuation marks of a text, unfolded, clitics attached.
            index: Position to look at.
            inside: Tokens of names and titles: they do not part the words of a phrase
                ("بعث [رئيس الوزراء …] برقية").
        """
        found: list[Match[EntryT]] = []
        for entry, features, reading, tail in self._begins(tokens[index]):
            rest = _tail(tokens, index, tail, _GAP_AFTER_VERB if entry.root else 0, inside) if tail else ()
            if rest is not None:
                found.append(Match(entry, (index, *rest), features, reading))
        return sorted(found, key=lambda match: (-len(match.tokens), match.entry.id))

    def _readings(self, word: str) -> tuple[tuple[EntryT, tuple[str, ...], Reading, Tail], ...]:
        """Entries that a word may be the inflected word of, each with its features, reading and tail."""
        found: dict[tuple[str, bool], tuple[EntryT, tuple[str, ...], Reading, Tail]] = {}
        for reading in variants(word):
            for key, features in self.forms.get(reading.stem, ()):
                if self._written.get((reading.stem, key), "") not in word:
                    continue
                possible = tuple(item for item in features if _fits(item, reading))
                if not possible:
                    continue
                for entry, is_masdar in self._entries_of.get(key, ()):
                    named = tuple(f"masdar {item}" for item in possible) if is_masdar else possible
                    tail = tuple(map(_pattern_keys, entry.tail))
                    found.setdefault((entry.id, is_masdar), (entry, named, reading, tail))
        return tuple(found.values())


def _fits(features: str, reading: Reading) -> bool:
    """Whether a word with these features takes these clitics."""
    tense = features.split(" ", 1)[0]
    if tense in ("past", "present", "imperative"):
        marks = set(reading.proclitics) - {"و", "ف"}
        return not marks or (tense == "present" and marks in ({"س"}, {"ل"}))
    return "س" not in reading.proclitics


def _tail(
    tokens: Sequence[str], index: int, tail: Tail, gap: int, inside: Collection[int]
) -> tuple[int, ...] | None:
    """Positions of a phrase's further words after its first, or None if they are not there.

    Args:
        tokens: Words of a text.
        index: Position of the first word.
        tail: Loose keys of each further word.
        gap: How many tokens may stand before the second word.
        inside: Tokens that do not count as standing between.
    """
    found: list[int] = []
    for wanted in tail:
        left = gap
        for position in range(index + 1, len(tokens)):
            if tokens[position] in _STOPS:
                return None
            if not wanted.isdisjoint(_token_keys(tokens[position])):
                break
            if position not in inside:
                if not left:
                    return None
                left -= 1
        else:
            return None
        found.append(position)
        index, gap = position, min(gap, _GAP_WITHIN)
    return tuple(found)


def _key(proclitics: tuple[str, ...], stem: str) -> set[tuple[str, str]]:
    """Loose keys of a word: its prepositions, and its stem without the endings of gender and number."""
    front = "".join(mark for mark in proclitics if mark in _PREPOSITIONS)
    keys = {(front, stem)}
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) > 2:
            keys.add((front, stem[: -len(ending)]))
    return keys


@lru_cache(maxsize=1 << 16)
def _token_keys(token: str) -> frozenset[tuple[str, str]]:
    keys: set[tuple[str, str]] = set()
    for reading in variants(token):
        keys |= _key(reading.proclitics, reading.stem)
    return frozenset(keys)


@lru_cache(maxsize=1 << 12)
def _pattern_keys(words: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    keys: set[tuple[str, str]] = set()
    for word in words:
        if len(word) < 4:
            keys.add(("", fold(word)))
        else:
            for reading in variants(word):
                if not reading.enclitic and reading.proclitics[:1] != ("و",):
                    keys |= _key(reading.proclitics, reading.stem)
    return frozenset(keys)


def _read_forms(name: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    forms: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    # The longest tables of all: read as plain rows, not kept as dictionaries.
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for form, lexeme, features, _ in rows:
            forms.setdefault(form, []).append((lexeme, cells(features)))
    return forms


@lru_cache(maxsize=1)
def spelled_forms() -> dict[tuple[str, str], str]:
    """Folded form and lexeme key → the letters that the word must be written with to be that lexeme."""
    return {(row["form"], row["lexeme"]): row["written"] for row in read_table("spelled_forms")}


@lru_cache(maxsize=1)
def trigger_lexicon() -> Lexicon[Trigger]:
    """All triggers with their forms.

    >>> found = trigger_lexicon().match(["ودعت", "مصر", "إسرائيل"], 0)
    >>> found[0].entry.predicate, found[0].entry.frame.content
    ('requests', ('إلى', 'ل'))
    """
    return Lexicon(read_triggers(), _read_forms("trigger_forms"))


@lru_cache(maxsize=1)
def reporting_lexicon() -> Lexicon[Reporting]:
    """All reporting words with their forms."""
    return Lexicon(read_reporting(), _read_forms("reporting_forms"))


@lru_cache(maxsize=1)
def _form_counts() -> dict[tuple[str, str], tuple[int, int]]:
    rows = read_table("trigger_counts")
    return {(row["form"], row["trigger_id"]): (int(row["n_gold"]), int(row["n_seen"])) for row in rows}


def trigger_precision(match: Match[Trigger], weight: float = 4.0) -> float:
    """How often this very form of the trigger is the act, in [0, 1].

    Counts of the form (``trigger_counts.csv``) are drawn towards those of the
    whole entry, and these towards a prior. The counts come from articles where
    a repeated act is annotated once: read them as a ranking, not as probabilities.
    """
    n_gold, n_seen = _form_counts().get((match.reading.stem, match.entry.id), (0, 0))
    return (n_gold + match.entry.precision() * weight) / (n_seen + weight)
