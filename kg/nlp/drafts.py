"""What the components pass on while an article is read: mutable drafts of mentions and facts.

They share one rule: token positions (``first``, ``last``) and character positions
(``start``, ``end``) are half open, and entities are compared by identity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kg.data.people import Title
from kg.model import Modality


@dataclass(slots=True)
class Sentence:
    """A sentence: token range and character range, both half open."""

    index: int
    first: int
    last: int
    start: int
    end: int


@dataclass(slots=True, eq=False)
class EntityDraft:
    """An entity while its mentions are being collected."""

    type: str
    name: str
    en: str | None = None
    link: str | None = None
    mentions: list[MentionDraft] = field(default_factory=list)
    event_type: str | None = None
    method: str = ""
    confidence: float = 1.0
    state: EntityDraft | None = None
    """For bodies and groups: the state they belong to, where known."""
    id: str = ""


@dataclass(slots=True, eq=False)
class MentionDraft:
    """One occurrence of an entity, as tokens ``first:last`` and characters ``start:end``."""

    first: int
    last: int
    start: int
    end: int
    text: str
    type: str
    kind: Literal["name", "nominal"] = "name"
    link: str | None = None
    en: str | None = None
    name: str = ""
    proclitics: tuple[str, ...] = ()
    entity: EntityDraft | None = None
    method: str = ""
    state: str | None = None
    """Slug of the state that an adjective or the table gives for this mention."""
    number: Literal["sg", "du", "pl"] = "sg"
    role: str | None = None
    """Role class that a nominal such as "الرئيس الروسي" expresses."""
    also: list[EntityDraft] = field(default_factory=list)
    """Further entities that a dual or plural stands for: "الرئيسان", "البلدين"."""
    np_first: int = -1
    """First token of the whole noun phrase, title included."""
    np_last: int = -1
    """Token after the whole noun phrase, apposition included."""
    np_proclitics: tuple[str, ...] | None = None
    """Proclitics of the whole noun phrase; those of the mention itself where no title precedes."""

    def __post_init__(self) -> None:
        self.np_first = self.first if self.np_first < 0 else self.np_first
        self.np_last = self.last if self.np_last < 0 else self.np_last

    def begin_phrase(self, first: int, proclitics: tuple[str, ...]) -> None:
        """Let the noun phrase begin at token ``first``, with its title."""
        if first < self.np_first:
            self.np_first, self.np_proclitics = first, proclitics

    @property
    def conjoined(self) -> bool:
        """Whether و joins the noun phrase to what precedes."""
        proclitics = self.proclitics if self.np_proclitics is None else self.np_proclitics
        return proclitics[:1] == ("و",)


@dataclass(slots=True)
class Quote:
    """A quotation: character range inside the marks."""

    start: int
    end: int


@dataclass(slots=True, eq=False)
class TitlePhrase:
    """An office found in the text.

    Attributes:
        first: First token.
        last: Token after the office, its owner and its markers (before the name).
        row: The office.
        state: Slug of the state that an adjective names.
        owner: Mention of the body or state it is an office of.
        owner_pronoun: Whether a pronoun stands for the owner ("رئيسها").
        former: Whether a marker says that it is past.
        counterpart: Whether it is "نظيره" or "سلفه", which take their office from the phrase before.
        person: The name it belongs to, or None.
        mention: The nominal mention, where no name follows.
        text: The office as written, with its owner.
    """

    first: int
    last: int
    row: Title
    skip: int = 0
    proclitics: tuple[str, ...] = ()
    state: str | None = None
    owner: MentionDraft | None = None
    owner_pronoun: bool = False
    former: bool = False
    counterpart: bool = False
    person: MentionDraft | None = None
    mention: MentionDraft | None = None
    plural: bool = False
    body: str | None = None
    """Slug of the organisation that an adjective names ("الأممي" → the United Nations)."""
    inner: TitlePhrase | None = None
    """The office of the chief whom this one serves ("مستشار [الملك]")."""


@dataclass(slots=True, eq=False)
class StatementDraft:
    """A statement before ids are given: speaker, characters of the content, sentence."""

    speaker: EntityDraft
    start: int
    end: int
    sentence: Sentence
    direct: bool
    addressee: EntityDraft | None = None
    trigger: int = -1
    """Token of the reporting word, -1 where a quotation just goes on."""
    nominal: bool = False
    """Whether the content is a noun phrase."""
    confidence: float | None = None
    method: str = ""
    evidence: dict[str, float] = field(default_factory=dict)
    """What a learned confidence depends on."""


@dataclass(slots=True, eq=False)
class ActDraft:
    """An act before ids are given."""

    predicate: str
    first: int
    last: int
    skip: int
    actors: list[EntityDraft]
    targets: list[EntityDraft]
    sentence: Sentence
    object: tuple[int, int] | None = None
    negated: bool = False
    modality: Modality = "asserted"
    source: EntityDraft | None = None
    date: str | None = None
    place: EntityDraft | None = None
    confidence: float = 0.5
    features: tuple[str, ...] = ()
    precision: float = 0.0
    method: str = ""
    evidence: dict[str, float] = field(default_factory=dict)
    """What a learned confidence depends on."""


@dataclass(slots=True, eq=False)
class EventDraft:
    """Participants of an event as its mentions name them."""

    entity: EntityDraft
    noun: str
    agents: list[EntityDraft] = field(default_factory=list)
    patients: list[EntityDraft] = field(default_factory=list)
    place: EntityDraft | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class TreatyNoun:
    """A head of treaty mentions; ``concludes``: whether parties conclude such a document."""

    noun: str
    concludes: bool
    slug: str | None = None
    en: str | None = None


@dataclass(slots=True, eq=False)
class TreatyDraft:
    """A document and what its mentions say of it."""

    entity: EntityDraft
    noun: TreatyNoun
    parties: list[EntityDraft] = field(default_factory=list)
    signed: str | None = None
    duration: str | None = None
    evidence: MentionDraft | None = None
    signed_here: bool = False
