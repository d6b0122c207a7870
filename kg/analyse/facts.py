"""What the analysis works on: the facts of a graph as frozen dataclasses, whatever they were read from.

Things are named by their full IRIs. Dates are ISO strings of honest precision, or None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import EntityType, Modality

ACTORS: frozenset[EntityType] = frozenset(
    {"PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "GROUP"}
)
"""Types of what can take a stance; of all but places one can be taken."""
PARTIES: frozenset[EntityType] = ACTORS - {"GROUP"}
"""Types of what can belong to a bloc: named actors. A group ("sources", "the people") is often a new one in
each article."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity with its names; a name that the graph lacks in one language is given in the other."""

    iri: str
    type: EntityType
    ar: str
    en: str

    def name(self, lang: str) -> str:
        """Its name in Arabic ("ar") or else in English."""
        return self.ar if lang == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that proves a fact.

    Attributes:
        sentence: Its words, exactly as in the article.
        begin: Character offset in the article's full text; ``end`` is exclusive.
        article: Id of the article; ``headline``, ``publisher`` and ``published`` are its own.
        trigger: The words in it that express the act, with their offsets, or None.
    """

    sentence: str
    begin: int
    end: int
    article: str
    headline: str = ""
    publisher: str | None = None
    published: str | None = None
    trigger: str | None = None
    trigger_begin: int | None = None

    @property
    def outlet(self) -> str:
        """Who published it; of an article that names no publisher, the article itself."""
        return self.publisher or self.article

    @property
    def order(self) -> tuple[str, str, int, int]:
        """Sort key: oldest publication first, then the order of the text."""
        return (self.published or "", self.article, self.begin, self.trigger_begin or 0)


@dataclass(frozen=True, slots=True)
class ActFact:
    """An act as one article tells it.

    Attributes:
        behalf: States that the actors act for.
        source: On whose word the article rests; None = its own.
        words: Exact words of the content aimed at, or None.
    """

    iri: str
    predicate: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    quote: Quote
    negated: bool = False
    modality: Modality = "asserted"
    source: str | None = None
    date: str | None = None
    words: str | None = None
    confidence: float = 1.0
    behalf: tuple[str, ...] = ()

    @property
    def when(self) -> str | None:
        """The act's own date, else the day its article was published."""
        return self.date or self.quote.published


@dataclass(frozen=True, slots=True)
class StatementFact:
    """What somebody says."""

    iri: str
    speaker: str
    content: str
    quote: Quote
    direct: bool = False
    date: str | None = None
    confidence: float = 1.0
    behalf: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventFact:
    """What one article tells of an event; ``kind`` is a PLOVER type or None."""

    iri: str
    event: str
    quote: Quote
    kind: str | None = None
    agents: tuple[str, ...] = ()
    patients: tuple[str, ...] = ()
    date: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TreatyFact:
    """Who concluded a treaty, as one article tells it."""

    iri: str
    treaty: str
    quote: Quote
    parties: tuple[str, ...] = ()
    date: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Contest:
    """A claim that somebody else denies or contradicts, as the graph has it.

    Attributes:
        rule: How both were found to belong together; ``score``: how surely.
        claimant: IRI of who claims, or the publisher where the article names nobody; ``denier`` likewise.
    """

    rule: str
    score: float
    claim: ActFact | StatementFact
    claimant: str
    denial: ActFact | StatementFact
    denier: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a graph, each kind sorted by IRI.

    Attributes:
        things: Entities by IRI.
        speaks: The one state that a person or body speaks for, by IRI.
        articles: How many articles the facts come from.
        contests: What is contested, the surest first.
    """

    things: Mapping[str, Thing] = field(default_factory=dict)
    acts: tuple[ActFact, ...] = ()
    statements: tuple[StatementFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    treaties: tuple[TreatyFact, ...] = ()
    speaks: Mapping[str, str] = field(default_factory=dict)
    articles: int = 0
    contests: tuple[Contest, ...] = ()

    def name(self, iri: str, lang: str) -> str:
        """Name of a thing; of what has none (an article) the end of its IRI."""
        thing = self.things.get(iri)
        return thing.name(lang) if thing else iri.rpartition("/")[2]

    def stands_for(self, iri: str) -> str:
        """The state that a thing speaks for, or the thing itself."""
        return self.speaks.get(iri, iri)
