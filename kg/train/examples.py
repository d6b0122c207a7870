"""Annotated articles as training examples at token level.

Annotations name entities, and surfaces of entities; a model learns from occurrences. So of an
argument's mentions the one is chosen that a reader would take: nearest to the trigger in the
evidence, else the last one before it, else the first after it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from spacy.tokens import Doc

from kg.arabic import fold, split_sentences
from kg.model import Entity, Extraction, Span

Range = tuple[int, int]
"""Half-open range of tokens (white space is no token)."""

Layer = Literal["names", "phrases", "events"]
"""Mentions of one layer lie side by side; those of different layers may overlap."""

Kind = Literal["name", "nominal"]
_Claim = tuple[Entity, Span, Kind]
_DASHES = frozenset("-–—:(")
_IN = frozenset({"في", "الي", "من", "ب"})


@dataclass(slots=True)
class MentionExample:
    """One occurrence of an entity; ``start`` and ``end`` are characters, without proclitics."""

    first: int
    last: int
    start: int
    end: int
    type: str
    kind: Kind
    entity: str

    @property
    def layer(self) -> Layer:
        """Where the mention lies (see :func:`layer_of`)."""
        return layer_of(self.type, self.kind)


def layer_of(type_: str, kind: Kind) -> Layer:
    """Events and documents may hold phrases and names; groups and nominals may hold names."""
    if type_ in ("EVENT", "TREATY"):
        return "events"
    return "phrases" if type_ == "GROUP" or kind == "nominal" else "names"


@dataclass(slots=True)
class Argument:
    """An entity as argument, with the index of the mention chosen (None: the text never names it)."""

    entity: str
    mention: int | None


@dataclass(slots=True)
class ActExample:
    """A trigger with predicate, arguments and attributes."""

    trigger: Range
    predicate: str
    actors: list[Argument]
    targets: list[Argument]
    object: Range | None
    source: Argument | None
    negated: bool
    modality: str
    date: str | None
    evidence: Range


@dataclass(slots=True)
class RoleExample:
    """Person, title words, and the state or body."""

    person: Argument
    role: str
    title: Range | None
    of: Argument | None
    former: bool


@dataclass(slots=True)
class StatementExample:
    """Content with its speaker."""

    content: Range
    speaker: Argument
    addressee: Argument | None
    direct: bool
    evidence: Range


@dataclass(slots=True)
class TreatyExample:
    """Document with parties and date."""

    treaty: Argument
    parties: list[Argument]
    signed: str | None
    duration: str | None


@dataclass(slots=True)
class Example:
    """One article.

    ``title_sentences`` counts the sentences of the headline; ``clusters`` lists the mentions of each entity.
    """

    id: str
    date: str | None
    text: str
    words: list[str]
    starts: list[int]
    sentences: list[Range]
    title_sentences: int
    mentions: list[MentionExample] = field(default_factory=list)
    acts: list[ActExample] = field(default_factory=list)
    roles: list[RoleExample] = field(default_factory=list)
    statements: list[StatementExample] = field(default_factory=list)
    treaties: list[TreatyExample] = field(default_factory=list)
    event_types: dict[str, str] = field(default_factory=dict)
    clusters: dict[str, list[int]] = field(default_factory=dict)


class Preparer:
    """Places one article's annotations on its tokens and counts what is lost."""

    def __init__(self, extraction: Extraction, doc: Doc, counts: Counter[str]) -> None:
        article = extraction.article
        tokens = [token for token in doc if not token.is_space]
        self.starts = [token.idx for token in tokens]
        self.ends = [token.idx + len(token) for token in tokens]
        self.words = [token.text for token in tokens]
        self.text = article.full_text
        self.counts = counts
        self.gold = extraction
        spans = split_sentences(self.text)
        sentences = [(self._at(a), self._at(b - 1) + 1) for a, b in spans]
        headline = sum(start < len(article.title) for start, _ in spans)
        self.example = Example(
            article.id, article.date, self.text, self.words, self.starts, sentences, headline
        )

    def _at(self, char: int) -> int:
        """The token that holds a character, or the last before it."""
        return max(0, bisect_right(self.starts, char) - 1)

    def tokens(self, span: Span) -> Range:
        """The tokens that a span touches."""
        first = bisect_right(self.ends, span.start)
        return first, max(first + 1, bisect_left(self.starts, span.end))

    def placed(self, span: Span, what: str) -> Range:
        """As :meth:`tokens`, counting spans whose borders lie inside a word."""
        first, last = self.tokens(span)
        exact = self.starts[first] == span.start and self.ends[last - 1] == span.end
        self.counts[f"{what}: {'whole words' if exact else 'border inside a word'}"] += 1
        return first, last

    def run(self) -> Example:
        """Place everything."""
        example = self.example
        self._mentions()
        example.event_types = {e.id: e.event_type for e in self.gold.entities if e.event_type}
        for act in self.gold.acts:
            trigger = self.placed(act.trigger, "trigger")
            evidence = self.tokens(act.evidence.span)
            example.acts.append(
                ActExample(
                    trigger=trigger,
                    predicate=act.predicate,
                    actors=[self._argument(a, trigger, evidence, "actor") for a in act.actors],
                    targets=[self._argument(a, trigger, evidence, "target") for a in act.targets],
                    object=self.placed(act.object, "object") if act.object else None,
                    source=self._argument(act.source, trigger, evidence, "source") if act.source else None,
                    negated=act.negated,
                    modality=act.modality,
                    date=act.date,
                    evidence=evidence,
                )
            )
        self._roles()
        for statement in self.gold.statements:
            content = self.placed(statement.content, "content")
            evidence = self.tokens(statement.evidence.span)
            to = statement.addressee
            example.statements.append(
                StatementExample(
                    content=content,
                    speaker=self._argument(statement.speaker, content, evidence, "speaker", content),
                    addressee=self._argument(to, content, evidence, "addressee", content) if to else None,
                    direct=statement.direct,
                    evidence=evidence,
                )
            )
        for treaty in self.gold.treaties:
            evidence = self.tokens(treaty.evidence.span)
            document = self._argument(treaty.treaty, evidence, evidence, "treaty")
            near = evidence
            if document.mention is not None:
                found = example.mentions[document.mention]
                near = (found.first, found.last)
            example.treaties.append(
                TreatyExample(
                    treaty=document,
                    parties=[self._argument(p, near, evidence, "party") for p in treaty.parties],
                    signed=treaty.signed,
                    duration=treaty.duration,
                )
            )
        return example

    def _roles(self) -> None:
        for role in self.gold.roles:
            evidence = self.tokens(role.evidence.span)
            title = None
            if role.title:
                at = role.evidence.span.text.find(role.title)
                if at >= 0:
                    start = role.evidence.span.start + at
                    title = self.placed(Span(start, start + len(role.title), role.title), "title")
                else:
                    self.counts["title: not in its evidence"] += 1
            near = title or evidence
            self.example.roles.append(
                RoleExample(
                    person=self._argument(role.person, near, evidence, "person"),
                    role=role.role,
                    title=title,
                    of=self._argument(role.of, near, evidence, "of") if role.of else None,
                    former=role.former,
                )
            )

    def _mentions(self) -> None:
        """Choose the occurrences: the longest where names overlap, one entity where several share a form."""
        found: dict[tuple[Layer, Range], list[_Claim]] = {}
        for entity in self.gold.entities:
            for mention in entity.mentions:
                key = (layer_of(entity.type, mention.kind), self.tokens(mention.span))
                found.setdefault(key, []).append((entity, mention.span, mention.kind))
        taken = {layer: [False] * len(self.words) for layer in get_args(Layer)}
        people = {
            span[0]
            for (_, span), claims in found.items()
            if any(e.type == "PERSON" and k == "name" for e, _, k in claims)
        }
        chosen: list[MentionExample] = []
        for layer, (first, last) in sorted(found, key=lambda k: (k[0], k[1][0] - k[1][1], k[1][0])):
            claims = found[layer, (first, last)]
            self.counts["mention occurrences"] += len(claims)
            if any(taken[layer][first:last]):
                self.counts["mention occurrences inside a longer one"] += len(claims)
                continue
            entity, span, kind = self._owner(claims, first)
            if kind == "nominal" and entity.type == "PERSON" and last in people:
                self.counts["nominal occurrences that are titles of the next name"] += 1
                continue
            self.counts["mention occurrences with a rival of the same form"] += len(claims) - 1
            taken[layer][first:last] = [True] * (last - first)
            chosen.append(MentionExample(first, last, span.start, span.end, entity.type, kind, entity.id))
        chosen.sort(key=lambda m: (m.first, -m.last))
        self.example.mentions = chosen
        for index, placed in enumerate(chosen):
            self.example.clusters.setdefault(placed.entity, []).append(index)
        named = [e for e in self.gold.entities if e.mentions]
        lost = [e for e in named if e.id not in self.example.clusters]
        self.counts["entities with mentions"] += len(named)
        self.counts["entities whose mentions are all inside or taken by others"] += len(lost)

    def _owner(self, claims: Sequence[_Claim], first: int) -> _Claim:
        """Which entity an occurrence belongs to where several have the form.

        A capital is the place after "in" and in datelines, else its state. Otherwise the entity
        mentioned by more forms, the earlier one at a tie.
        """
        if len(claims) == 1:
            return claims[0]
        types = {entity.type: (entity, span, kind) for entity, span, kind in claims}
        if types.keys() == {"STATE", "PLACE"}:
            before = fold(self.words[first - 1]) if first else ""
            return types["PLACE"] if before in _IN or self._dateline(first) else types["STATE"]
        return max(claims, key=lambda c: (c[2] == "name", len(c[0].mentions)))

    def _dateline(self, first: int) -> bool:
        """Whether the token is among the first of a paragraph that goes on with a date, dash or colon."""
        begins = bisect_right([a for a, _ in self.example.sentences], first) - 1
        at = self.example.sentences[begins][0]
        return first - at < 3 and any(
            w in {"-", "–", "—", ":", "("} for w in self.words[first + 1 : first + 5]
        )

    def _argument(
        self, entity: str, near: Range, evidence: Range, what: str, outside: Range | None = None
    ) -> Argument:
        """The mention of an entity that a fact at ``near`` means (outside the range ``outside``)."""
        example = self.example
        indices = example.clusters.get(entity, [])

        def distance(index: int) -> tuple[bool, int]:
            mention = example.mentions[index]
            inside = outside is not None and outside[0] <= mention.first < outside[1]
            gap = near[0] - mention.last if mention.first < near[0] else mention.first - near[1]
            return inside, max(gap, 0)

        spots = {
            "in the evidence": [i for i in indices if evidence[0] <= example.mentions[i].first < evidence[1]],
            "before it": [i for i in indices if example.mentions[i].first < evidence[0]],
            "after it": indices,
        }
        for spot, candidates in spots.items():
            if candidates:
                self.counts[f"{what}: {spot}"] += 1
                return Argument(entity, min(candidates, key=distance))
        self.counts[f"{what}: no mention"] += 1
        return Argument(entity, None)
