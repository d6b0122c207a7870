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
:mod:`kg.arabic.inflect`. All forms are folded (:func:`kg.arabic.fold`).

A *lexeme* is one inflected word, keyed by word class and spelling
(``v:دَعَا``, ``n:هجوم``); an *entry* is a row of ``triggers.csv`` or
``reporting.csv`` and may be a phrase, whose first word is inflected and whose
other words, alternatives separated by ``/``, follow within a few tokens.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from kg.arabic.clitics import Reading, variants
from kg.arabic.normalise import fold
from kg.errors import TableError
from kg.model import PLOVER

DATA = Path(__file__).parent
FIXED = "fixed"
"""Feature of the first word of a phrase that is not inflected."""

_KASRATAN = "\u064d"
_POS = {"verb": "v", "noun": "n", "adjective": "a"}
# How many tokens may stand between the first words of a phrase whose verb has its subject between
# ("فرضت الولايات المتحدة أمس عقوبات"), and between the later ones.
_GAP_AFTER_VERB = 6
_GAP_WITHIN = 2
_STOPS = frozenset(".!؟?؛;:")
_PREPOSITIONS = frozenset("بلك")
_ENDINGS = ("تان", "تين", "ات", "ون", "ين", "ان", "ا", "ه")


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the participants of an act stand, seen from its trigger.

    Values: ``direct`` (object of a verb), ``gen`` (genitive of a noun), ``by``
    (من قبل, من جانب, على يد), ``subj`` (subject of the verb), ``head`` (the
    noun that the adjective or participle describes), ``speaker`` (who says the
    clause), ``أن`` (a clause), or a preposition. No actor means the subject.
    """

    actor: tuple[str, ...] = ("subj",)
    target: tuple[str, ...] = ()
    content: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Frame:
        """Read ``target=من;content=direct|ب``.

        Raises:
            TableError: On any other key.
        """
        parts: dict[str, tuple[str, ...]] = {}
        for item in filter(None, text.split(";")):
            key, _, value = item.partition("=")
            if key not in ("actor", "target", "content") or not value:
                raise TableError(f"frame {text!r} in triggers.csv", "write actor=…;target=…;content=…")
            parts[key] = tuple(value.split("|"))
        return cls(**parts)

    def of_masdar(self) -> Frame:
        """The frame of the verbal noun: the subject becomes a genitive, an object genitive or ل."""
        swap = {"subj": ("gen", "by"), "direct": ("gen", "ل")}

        def nominal(values: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(new for value in values for new in swap.get(value, (value,))))

        return Frame(nominal(self.actor), nominal(self.target), nominal(self.content))

    def of_passive(self) -> Frame:
        """The frame of the passive: the object becomes the subject, the actor follows by, if at all."""

        def turned(values: tuple[str, ...], old: str) -> tuple[str, ...]:
            return tuple("subj" if value == old else value for value in values)

        actor = tuple("by" if value == "subj" else value for value in self.actor)
        if "direct" in self.target:
            return Frame(actor, turned(self.target, "direct"), self.content)
        return Frame(actor, self.target, turned(self.content, "direct"))


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One word to inflect."""

    key: str
    pos: str
    lemma: str
    vocalised: str = ""
    root: str = ""
    form: str = ""
    plurals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What the rows of triggers.csv and reporting.csv have in common.

    Attributes:
        lemma: Unvocalised; for a phrase all its words.
        vocalised: Of verbs (the first word of a verb phrase) and defective nouns.
        pos: verb, noun, adjective or phrase.
        root: Radicals, hamza as ء; of verbs and verb phrases.
        form: Form code of the conjugator: ``I/a~u``, II … X, ``Iq``.
        masdars: Verbal nouns that count as this entry.
        blocked_forms: Folded forms left out because they are mostly another word.
    """

    id: str
    lemma: str
    vocalised: str
    pos: str
    root: str
    form: str
    masdars: tuple[str, ...]
    plurals: tuple[str, ...]
    blocked_forms: frozenset[str]

    @property
    def tail(self) -> tuple[tuple[str, ...], ...]:
        """The words of a phrase after the first, each with its alternatives."""
        return tuple(tuple(word.split("/")) for word in self.lemma.split()[1:])

    def lexemes(self) -> tuple[Lexeme, ...]:
        """The inflected words that lead to this entry: first itself, then its verbal nouns."""
        first = self.lemma.split()[0]
        if self.root:
            own: tuple[Lexeme, ...] = (
                Lexeme(f"v:{self.vocalised}", "verb", first, self.vocalised, self.root, self.form),
            )
        elif self.pos == "phrase":
            own = tuple(Lexeme(f"f:{word}", FIXED, word) for word in first.split("/"))
        else:
            key = f"{_POS[self.pos]}:{self.lemma}"
            own = (Lexeme(key, self.pos, self.lemma, self.vocalised, plurals=self.plurals),)
        plurals = self.plurals if self.root else ()
        plain = ((noun.replace(_KASRATAN, ""), noun) for noun in self.masdars)
        nouns = (Lexeme(f"n:{lemma}", "noun", lemma, noun, plurals=plurals) for lemma, noun in plain)
        return (*own, *nouns)


@dataclass(frozen=True, slots=True)
class Trigger(Entry):
    """A word or phrase that expresses an act.

    Attributes:
        predicate: One of the 26 predicates.
        n_gold: Acts of this predicate in the annotated training articles triggered by it.
        n_seen: Occurrences of any of its forms in the same articles.
    """

    predicate: str
    frame: Frame
    note: str
    en: str
    n_gold: int
    n_seen: int

    @property
    def plover(self) -> str:
        """PLOVER type of the predicate."""
        return PLOVER[self.predicate]

    def precision(self, prior: float = 0.2, weight: float = 4.0) -> float:
        """Share of occurrences that are this act, drawn towards ``prior`` where few were seen."""
        return (self.n_gold + prior * weight) / (self.n_seen + weight)


@dataclass(frozen=True, slots=True)
class Reporting(Entry):
    """A word or phrase that introduces a statement.

    Attributes:
        governs: What may follow: أن, إن, بأن, إلى أن, على أن, quote, colon, noun, عن …
        np_content: A noun-phrase object is the statement's content.
        participle: The accusative participle (مضيفا) continues a statement.
        also_predicate: Predicate that the same word triggers, or "".
    """

    governs: tuple[str, ...]
    np_content: bool
    participle: bool
    also_predicate: str


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
        for entry in entries:
            for position, lexeme in enumerate(entry.lexemes()):
                is_masdar = bool(entry.root) and position > 0
                self._entries_of.setdefault(lexeme.key, []).append((entry, is_masdar))

    def match(self, tokens: Sequence[str], index: int) -> list[Match[EntryT]]:
        """Entries whose inflected word is ``tokens[index]``; longer phrases first, then by id.

        Args:
            tokens: Words and punctuation marks of a text, unfolded, clitics attached.
            index: Position to look at.
        """
        found: dict[tuple[str, bool], Match[EntryT]] = {}
        for reading in variants(tokens[index]):
            for key, features in self.forms.get(reading.stem, ()):
                possible = tuple(item for item in features if _fits(item, reading))
                if not possible:
                    continue
                for entry, is_masdar in self._entries_of.get(key, ()):
                    if (entry.id, is_masdar) in found:
                        continue
                    rest = _tail(tokens, index, entry)
                    if rest is not None:
                        named = tuple(f"masdar {item}" for item in possible) if is_masdar else possible
                        found[entry.id, is_masdar] = Match(entry, (index, *rest), named, reading)
        return sorted(found.values(), key=lambda match: (-len(match.tokens), match.entry.id))


def _fits(features: str, reading: Reading) -> bool:
    """Whether a word with these features takes these clitics."""
    tense = features.split(" ", 1)[0]
    if tense in ("past", "present", "imperative"):
        marks = set(reading.proclitics) - {"و", "ف"}
        return not marks or (tense == "present" and marks in ({"س"}, {"ل"}))
    return "س" not in reading.proclitics


def _tail(tokens: Sequence[str], index: int, entry: Entry) -> tuple[int, ...] | None:
    """Positions of a phrase's further words after its first, or None if they are not there."""
    found: list[int] = []
    gap = _GAP_AFTER_VERB if entry.root else 0
    for words in entry.tail:
        wanted = _pattern_keys(words)
        for position in range(index + 1, min(index + 2 + gap, len(tokens))):
            if tokens[position] in _STOPS:
                return None
            if not wanted.isdisjoint(_token_keys(tokens[position])):
                break
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


def _entry_fields(row: Mapping[str, str], table: str) -> dict[str, object]:
    if row["pos"] not in (*_POS, "phrase"):
        raise TableError(
            f"pos {row['pos']!r} of {row['id']} in {table}.csv", "verb, noun, adjective or phrase"
        )
    return {
        "id": row["id"], "lemma": row["lemma"], "vocalised": row["vocalised"], "pos": row["pos"],
        "root": row["root"], "form": row["form"], "masdars": _cells(row["masdars"]),
        "plurals": _cells(row["plurals"]), "blocked_forms": frozenset(_cells(row["blocked_forms"])),
    }  # fmt: skip


@lru_cache(maxsize=1)
def read_triggers() -> tuple[Trigger, ...]:
    """Rows of triggers.csv.

    Raises:
        TableError: If a row has an unknown predicate, word class or frame key.
    """
    found = []
    for row in _rows("triggers"):
        if PLOVER.get(row["predicate"]) != row["plover"]:
            what = f"predicate {row['predicate']!r} of {row['id']} in triggers.csv"
            raise TableError(what, "see kg.model.PLOVER")
        fields = _entry_fields(row, "triggers")
        fields |= {
            "predicate": row["predicate"], "frame": Frame.parse(row["frame"]), "note": row["sense_note"],
            "en": row["en"], "n_gold": int(row["n_gold"]), "n_seen": int(row["n_seen"]),
        }  # fmt: skip
        found.append(Trigger(**fields))  # type: ignore[arg-type]
    return tuple(found)


@lru_cache(maxsize=1)
def read_reporting() -> tuple[Reporting, ...]:
    """Rows of reporting.csv."""
    found = []
    for row in _rows("reporting"):
        fields = _entry_fields(row, "reporting")
        fields |= {
            "governs": _cells(row["governs"]), "np_content": row["np_content"] == "yes",
            "participle": row["participle"] == "yes", "also_predicate": row["also_predicate"],
        }  # fmt: skip
        found.append(Reporting(**fields))  # type: ignore[arg-type]
    return tuple(found)


def _read_forms(name: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    forms: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in _rows(name):
        forms.setdefault(row["form"], []).append((row["lexeme"], _cells(row["features"])))
    return forms


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
