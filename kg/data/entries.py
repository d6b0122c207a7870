"""Rows of ``triggers.csv`` and ``reporting.csv``: words and phrases that act or report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.arabic.nominal import KASRATAN
from kg.data.tables import cells, read_table
from kg.errors import TableError
from kg.model import PLOVER

FIXED = "fixed"
"""Feature and word class of the first word of a phrase that is not inflected."""

_POS = {"verb": "v", "noun": "n", "adjective": "a"}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the participants of an act stand, seen from its trigger.

    Values: ``direct`` (object of a verb), ``gen`` (genitive of a noun), ``by``
    (من قبل, من جانب, على يد), ``subj`` (subject of the verb), ``head`` (the
    noun that the adjective or participle describes), ``speaker`` (who says the
    clause), ``list`` (the persons listed behind), ``أن`` (a clause), or a
    preposition. No actor means the subject.
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
        return _tail(self.lemma)

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
        plain = ((noun.replace(KASRATAN, ""), noun) for noun in self.masdars)
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


def _entry_fields(row: Mapping[str, str], table: str) -> dict[str, object]:
    if row["pos"] not in (*_POS, "phrase"):
        raise TableError(
            f"pos {row['pos']!r} of {row['id']} in {table}.csv", "verb, noun, adjective or phrase"
        )
    return {
        "id": row["id"], "lemma": row["lemma"], "vocalised": row["vocalised"], "pos": row["pos"],
        "root": row["root"], "form": row["form"], "masdars": cells(row["masdars"]),
        "plurals": cells(row["plurals"]), "blocked_forms": frozenset(cells(row["blocked_forms"])),
    }  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _tail(lemma: str) -> tuple[tuple[str, ...], ...]:
    """See :attr:`Entry.tail`, which matching asks for at every word."""
    return tuple(tuple(word.split("/")) for word in lemma.split()[1:])


@lru_cache(maxsize=1)
def read_triggers() -> tuple[Trigger, ...]:
    """Rows of triggers.csv.

    Raises:
        TableError: If a row has an unknown predicate, word class or frame key.
    """
    found = []
    for row in read_table("triggers"):
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
    for row in read_table("reporting"):
        fields = _entry_fields(row, "reporting")
        fields |= {
            "governs": cells(row["governs"]), "np_content": row["np_content"] == "yes",
            "participle": row["participle"] == "yes", "also_predicate": row["also_predicate"],
        }  # fmt: skip
        found.append(Reporting(**fields))  # type: ignore[arg-type]
    return tuple(found)
