"""Head nouns of events, treaties and groups, treaties that have a name, and cue words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from kg.arabic.clitics import Reading, variants
from kg.arabic.nominal import adjective_forms, noun_forms
from kg.arabic.normalise import fold
from kg.data.tables import cells, read_table
from kg.errors import TableError
from kg.model import PLOVER_TYPES

CUE_FUNCTIONS: tuple[str, ...] = ("negation", "future", "hypothetical", "attribution", "coordination")
"""What a cue does to the fact that it stands by."""


@dataclass(frozen=True, slots=True)
class EventNoun:
    """Head of an EVENT mention.

    Attributes:
        event_type: A PLOVER type or OTHER.
        agent_frame: Where the agents stand: ``gen``, ``adjective`` (of nationality) or a preposition.
        patient_frame: Where those stand whom it happens to.
    """

    noun: str
    plurals: tuple[str, ...]
    event_type: str
    agent_frame: tuple[str, ...]
    patient_frame: tuple[str, ...]
    en: str


@dataclass(frozen=True, slots=True)
class TreatyNoun:
    """Head of a TREATY mention.

    Attributes:
        concludes: Parties conclude it, so that a treaty fact is right.
        needs_signing: Also another word ("عقد قمة", "توافق على"): a document only after a word of signing.
    """

    noun: str
    plurals: tuple[str, ...]
    concludes: bool
    needs_signing: bool
    en: str


@dataclass(frozen=True, slots=True)
class NamedTreaty:
    """A treaty with a name of its own. ``parties`` are keys of the gazetteer, ``signed`` is an ISO date."""

    slug: str
    en: str
    ar: str
    variants: tuple[str, ...]
    parties: tuple[str, ...]
    signed: str
    wikidata: str


@dataclass(frozen=True, slots=True)
class GroupNoun:
    """Head of a GROUP mention; ``speaks``: it may be a speaker; ``acts``: it may be an actor."""

    noun: str
    plurals: tuple[str, ...]
    speaks: bool
    acts: bool
    en: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that turns a fact round.

    Attributes:
        form: As written, words separated by spaces; a single letter is a proclitic.
        function: One of :data:`CUE_FUNCTIONS`.
        scope: ``next_verb``, ``next_present`` (only a present verb: قد), ``noun`` or ``clause``.
        n_turned: Annotated acts within four words after it that it turned so.
        n_near: All annotated acts within four words after it.
    """

    form: str
    function: str
    scope: str
    n_turned: int
    n_near: int


class _Noun(Protocol):
    @property
    def noun(self) -> str: ...
    @property
    def plurals(self) -> tuple[str, ...]: ...


NounT = TypeVar("NounT", bound=_Noun)


def _head_forms(noun: _Noun, *, people: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Folded forms of a head's first word, each with the folded words that follow it in that number."""
    first, *rest = noun.noun.split()
    following = tuple(map(fold, rest))
    for form, _ in noun_forms(first, ()):
        yield fold(form), following
    for plural in noun.plurals:
        head, *others = plural.split()
        for form, number in noun_forms(first, (head,)):
            if number == "pl":
                yield fold(form), tuple(map(fold, others))
    if people and not rest:
        for form, _ in adjective_forms(first, ()):
            yield fold(form), ()


class Heads(Generic[NounT]):
    """Head nouns by their inflected forms.

    Args:
        nouns: Rows; a head of several words is matched word by word, in the singular or a given plural.
        people: Also try the forms of an adjective ("معارضون", "إسلاميين").
    """

    def __init__(self, nouns: Iterable[NounT], *, people: bool = False) -> None:
        self._rows: dict[str, list[tuple[tuple[str, ...], NounT]]] = {}
        for noun in nouns:
            for form, rest in dict.fromkeys(_head_forms(noun, people=people)):
                self._rows.setdefault(form, []).append((rest, noun))
        for rows in self._rows.values():
            rows.sort(key=lambda row: -len(row[0]))

    def match(self, tokens: Sequence[str], index: int) -> tuple[NounT, int] | None:
        """The longest head that begins at ``tokens[index]`` and its length in tokens, or None."""
        found = self.read(tokens, index)
        return (found[0], found[1]) if found else None

    def read(self, tokens: Sequence[str], index: int) -> tuple[NounT, int, Reading] | None:
        """The longest head that begins at ``tokens[index]``, its length, and how its first word was read.

        Args:
            tokens: Words of a text, unfolded, clitics attached.
            index: Position to look at.
        """
        for reading in variants(tokens[index]):
            for rest, noun in self._rows.get(reading.stem, ()):
                words = tokens[index + 1 : index + 1 + len(rest)]
                if len(words) == len(rest) and all(
                    any(r.stem == want for r in variants(word))
                    for word, want in zip(words, rest, strict=True)
                ):
                    return noun, 1 + len(rest), reading
        return None


@lru_cache(maxsize=1)
def event_heads() -> Heads[EventNoun]:
    """Heads of events.

    >>> noun, length = event_heads().match(["بوقف", "إطلاق", "النار"], 0)
    >>> noun.event_type, length
    ('RETREAT', 3)
    """
    nouns = []
    for row in read_table("event_nouns"):
        if row["event_type"] not in (*PLOVER_TYPES, "OTHER"):
            raise TableError(f"event_type of {row['noun']} in event_nouns.csv", "a PLOVER type or OTHER")
        frames = cells(row["agent_frame"]), cells(row["patient_frame"])
        nouns.append(EventNoun(row["noun"], cells(row["plurals"]), row["event_type"], *frames, row["en"]))
    return Heads(nouns)


@lru_cache(maxsize=1)
def treaty_heads() -> Heads[TreatyNoun]:
    """Heads of treaties."""
    rows = read_table("treaty_nouns")
    return Heads(
        TreatyNoun(
            row["noun"],
            cells(row["plurals"]),
            row["concludes"] == "yes",
            row["needs_signing"] == "yes",
            row["en"],
        )
        for row in rows
    )


@lru_cache(maxsize=1)
def named_treaties() -> tuple[NamedTreaty, ...]:
    """Treaties that have a name, by slug."""
    return tuple(
        NamedTreaty(
            row["slug"],
            row["en"],
            row["ar"],
            cells(row["variants"]),
            cells(row["parties"]),
            row["signed"],
            row["wikidata"],
        )
        for row in read_table("named_treaties")
    )


@lru_cache(maxsize=1)
def group_heads() -> Heads[GroupNoun]:
    """Heads of groups."""
    rows = read_table("group_nouns")
    return Heads(
        (
            GroupNoun(
                row["noun"], cells(row["plurals"]), row["speaks"] == "yes", row["acts"] == "yes", row["en"]
            )
            for row in rows
        ),
        people=True,
    )


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """Cue words, by function, scope and form."""
    found = []
    for row in read_table("cues"):
        if row["function"] not in CUE_FUNCTIONS:
            raise TableError(f"function of {row['form']} in cues.csv", f"one of {', '.join(CUE_FUNCTIONS)}")
        counts = int(row["n_turned"]), int(row["n_near"])
        found.append(Cue(row["form"], row["function"], row["scope"], *counts))
    return tuple(found)
