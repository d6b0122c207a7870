"""The data that flows between the stages: frozen dataclasses, nothing else.

All offsets are character offsets into :attr:`Article.full_text`, half open
(``full_text[start:end]``). Dates are ISO 8601 strings of honest precision
(``2025-06-23``, ``2025-06`` or ``2025``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

EntityType = Literal[
    "PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "PLACE", "GROUP", "TREATY", "EVENT"
]
ENTITY_TYPES: tuple[EntityType, ...] = (
    "PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "PLACE", "GROUP", "TREATY", "EVENT",
)  # fmt: skip
Modality = Literal["asserted", "future", "hypothetical"]
MODALITIES: tuple[Modality, ...] = ("asserted", "future", "hypothetical")

ROLES: tuple[str, ...] = (
    "head_of_state", "head_of_government", "crown_prince", "foreign_minister", "defense_minister",
    "other_minister", "deputy_minister", "ambassador", "envoy", "spokesperson", "adviser",
    "intelligence_chief", "military_commander", "legislator", "party_leader", "organization_head",
    "journalist", "other_official",
)  # fmt: skip

PLOVER: dict[str, str] = {
    "meets": "CONSULT", "phones": "CONSULT", "visits": "CONSULT", "hosts": "CONSULT",
    "negotiates": "CONSULT", "mediates": "CONSULT",
    "supports": "SUPPORT", "praises": "SUPPORT",
    "agrees": "AGREE", "pledges": "AGREE",
    "cooperates": "COOPERATE", "aids": "AID", "concedes": "CONCEDE", "retreats": "RETREAT",
    "requests": "REQUEST", "condemns": "ACCUSE", "accuses": "ACCUSE", "rejects": "REJECT",
    "denies": "REJECT", "threatens": "THREATEN", "warns": "THREATEN", "protests": "PROTEST",
    "sanctions": "SANCTION", "mobilizes": "MOBILIZE", "coerces": "COERCE", "attacks": "ASSAULT",
}  # fmt: skip
"""The 26 predicates, each with its PLOVER type."""

PLOVER_TYPES: tuple[str, ...] = tuple(dict.fromkeys(PLOVER.values()))

SYMMETRIC: frozenset[str] = frozenset({"meets", "phones", "negotiates", "cooperates", "agrees"})
"""Predicates whose actor and target may change places."""


FACT_KINDS: tuple[str, ...] = ("roles", "acts", "statements", "treaties", "events")
"""The fields of :class:`Extraction` that hold facts."""


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as read.

    Attributes:
        id: Unique within a build.
        title: First line or headline; may be empty.
        text: Body, exactly as read (after decoding).
        lang: ISO 639-1 code.
        source: Publisher or agency as the article or its metadata names it.
        date: Publication date, ISO, or None.
        place: Place of the dateline, or None.
        path: File it came from, as given by the user ("-" for stdin).
        sha256: Hex digest of the file's bytes (of the record's bytes in JSONL and CSV).
    """

    id: str
    title: str
    text: str
    lang: str = "ar"
    source: str | None = None
    date: str | None = None
    place: str | None = None
    path: str = ""
    sha256: str = ""

    @property
    def full_text(self) -> str:
        """The text that all offsets point into: title, a newline, body."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article: ``article.full_text[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of an entity. ``kind`` tells a name from a nominal ("الرئيس الروسي")."""

    span: Span
    kind: Literal["name", "nominal"] = "name"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence (or clause) that supports a fact."""

    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor, place, document or event of one article.

    Attributes:
        id: Unique within the article: E1, E2, … ; T1, … for treaties ; V1, … for events.
        type: One of :data:`ENTITY_TYPES`.
        name: Canonical Arabic name.
        en: English label, or None.
        mentions: Every occurrence, names and nominals, in text order.
        link: Key of the gazetteer row ("russia", "vladimir-putin"), or None.
        event_type: For EVENT: a PLOVER type or "OTHER"; else None.
        node: Slug under which several articles know it, once they have been compared; else None.
    """

    id: str
    type: EntityType
    name: str
    en: str | None = None
    mentions: tuple[Mention, ...] = ()
    link: str | None = None
    event_type: str | None = None
    confidence: float = 1.0
    method: str = ""
    node: str | None = None

    def surfaces(self, kind: Literal["name", "nominal"]) -> tuple[str, ...]:
        """Distinct surface forms of one kind, in order of first occurrence."""
        return tuple(dict.fromkeys(m.span.text for m in self.mentions if m.kind == kind))


@dataclass(frozen=True, slots=True)
class Role:
    """A person holds a role in a state or body (entity ids)."""

    person: str
    role: str
    of: str | None
    title: str
    evidence: Evidence
    former: bool = False
    confidence: float = 1.0
    method: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something towards somebody or something (entity ids).

    Attributes:
        object: Exact words of the content aimed at, where no entity fits or beside one.
        source: Entity on whose word the article rests for this act; None = the article itself.
        date: When the act happened; None where the text gives no hint.
        place: PLACE entity where it happened, or None.
    """

    predicate: str
    trigger: Span
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    evidence: Evidence
    object: Span | None = None
    negated: bool = False
    modality: Modality = "asserted"
    source: str | None = None
    date: str | None = None
    place: str | None = None
    confidence: float = 1.0
    method: str = ""

    @property
    def plover(self) -> str:
        """The PLOVER type of the predicate."""
        return PLOVER[self.predicate]


@dataclass(frozen=True, slots=True)
class Statement:
    """Who says what: a direct quote or a reported clause."""

    speaker: str
    content: Span
    evidence: Evidence
    addressee: str | None = None
    direct: bool = False
    date: str | None = None
    confidence: float = 1.0
    method: str = ""


@dataclass(frozen=True, slots=True)
class Treaty:
    """An agreement with its parties and date; ``treaty`` is the id of a TREATY entity."""

    treaty: str
    parties: tuple[str, ...]
    evidence: Evidence
    signed: str | None = None
    duration: str | None = None
    confidence: float = 1.0
    method: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What is known of an EVENT entity: participants, place and date."""

    event: str
    event_type: str
    evidence: Evidence
    agents: tuple[str, ...] = ()
    patients: tuple[str, ...] = ()
    place: str | None = None
    date: str | None = None
    confidence: float = 1.0
    method: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything extracted from one article. Lists are in text order and deterministic."""

    article: Article
    entities: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    acts: tuple[Act, ...] = ()
    statements: tuple[Statement, ...] = ()
    treaties: tuple[Treaty, ...] = ()
    events: tuple[Event, ...] = ()
    by_id: dict[str, Entity] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {e.id: e for e in self.entities})
