"""Which mentions can serve an anchor, and what is known of each pair before any vector is seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.extract.clauses import subject_after, subject_before
from kg.extract.names import nationality_at
from kg.extract.phrases import word_class
from kg.link.gazetteer import states
from kg.model import ENTITY_TYPES
from kg.nlp.drafts import EntityDraft, Quote
from kg.nlp.layer import Layer

_BEFORE, _AFTER = 3, 1
_COUNT = 28
_DISTANCES = (-64, -32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64)
_PREPOSITIONS = ("في", "من", "علي", "الي", "عن", "مع", "بين", "ضد", "بعد", "قبل", "خلال", "لدي", "ل", "ب")
_KINDS = ("name", "nominal", "adjective")
_BETWEEN = 6
_PARTS = ("speaker", "subject after", "subject before", "last speaker")
_AT_DISTANCE = 0
_AT_SENTENCE = len(_DISTANCES) + 1
_AT_TYPE = _AT_SENTENCE + _BEFORE + _AFTER + 1
_AT_KIND = _AT_TYPE + len(ENTITY_TYPES)
_AT_PREPOSITION = _AT_KIND + len(_KINDS)
_AT_CLITIC = _AT_PREPOSITION + len(_PREPOSITIONS)
_AT_BETWEEN = _AT_CLITIC + 6
_AT_QUOTE = _AT_BETWEEN + _BETWEEN
_AT_HELD = _AT_QUOTE + 3
_AT_PARTS = _AT_HELD + 3
PAIR_WIDTH = _AT_PARTS + len(_PARTS)
"""Numbers that describe a pair."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention as the reader sees it: tokens ``first:last``, type, kind and the entity's key."""

    first: int
    last: int
    type: str
    kind: str
    skip: int
    """Characters of proclitics in its first token."""
    entity: EntityDraft | str
    phrase_first: int
    """First token of the whole noun phrase, title included."""


@dataclass(slots=True)
class Pairs:
    """Candidate mentions of several anchors, one row a pair."""

    anchor: list[int] = field(default_factory=list)
    mention: list[int] = field(default_factory=list)
    extras: list[NDArray[np.float32]] = field(default_factory=list)

    def matrix(self) -> NDArray[np.float32]:
        """What is known of the pairs: ``(pairs, PAIR_WIDTH)``."""
        return np.stack(self.extras) if self.extras else np.zeros((0, PAIR_WIDTH), np.float32)


Opinions = Sequence[tuple[int, int, Sequence[frozenset[int]]]]
"""What the rules hold: tokens ``first:last`` of an anchor, and the tokens that fill each kind of link."""


def candidates_of(layer: Layer) -> list[Candidate]:
    """All mentions of a layer, and the nationality adjectives, in text order."""
    found = [
        Candidate(
            m.first,
            m.last,
            m.type,
            m.kind,
            m.start - layer.starts[m.first],
            m.entity,
            min(m.np_first, m.first),
        )
        for m in (*layer.mentions, *layer.event_mentions, *layer.treaty_mentions)
        if m.entity is not None
    ]
    for t in range(len(layer)):
        adjective = nationality_at(layer, t)
        if adjective:
            state = states()[adjective[0]]
            entity = layer.entity_of("STATE", state.slug, state.ar, state.en)
            found.append(Candidate(t, t + adjective[1], "STATE", "adjective", 0, entity, t))
    return sorted(found, key=lambda c: (c.first, -c.last, c.type))


def pair_up(
    layer: Layer,
    anchors: Sequence[tuple[int, int]],
    candidates: Sequence[Candidate],
    opinions: Opinions,
    rules: Layer,
) -> Pairs:
    """The nearest candidates of each anchor, from three sentences before it to one after it.

    Args:
        layer: The layer of the candidates.
        anchors: Token ranges.
        candidates: Its mentions.
        opinions: What the rules hold of such anchors.
        rules: The layer as the rules left it.
    """
    pairs = Pairs()
    known = [_known(layer, c) for c in candidates]
    for at, (first, last) in enumerate(anchors):
        home = layer.sentence_of[first]
        near = []
        for index, c in enumerate(candidates):
            offset = layer.sentence_of[c.first] - home
            if offset > _AFTER:
                break
            if offset < -_BEFORE:
                continue
            gap = c.first - last + 1 if c.first >= first else min(c.last - first - 1, -1)
            near.append((abs(gap), index, gap, offset))
        near.sort()
        near = near[:_COUNT]
        behind = [gap for gap, _, signed, _ in near if signed > 0]
        ahead = [gap for gap, _, signed, _ in near if signed < 0]
        held = [o[2] for o in opinions if o[0] < last and first < o[1]]
        parts = _parts(rules, first)
        quote = layer.in_quote(layer.starts[first])
        for distance, index, gap, offset in near:
            between = bisect_left(behind if gap > 0 else ahead, distance)
            c = candidates[index]
            row, other = known[index]
            row = row.copy()
            row[_AT_DISTANCE + bisect_right(_DISTANCES, gap)] = 1
            row[_AT_SENTENCE + offset + _BEFORE] = 1
            row[_AT_BETWEEN + min(between, _BETWEEN - 1)] = 1
            row[_AT_QUOTE] = quote is not None and quote is other
            row[_AT_QUOTE + 1] = quote is not None and other is None
            row[_AT_QUOTE + 2] = quote is None and other is not None
            covered = range(c.first, c.last)
            for kinds in held:
                for k, tokens in enumerate(kinds):
                    if not tokens.isdisjoint(covered):
                        row[_AT_HELD + k] = 1
            for k, tokens in enumerate(parts):
                row[_AT_PARTS + k] = not tokens.isdisjoint(covered)
            pairs.anchor.append(at)
            pairs.mention.append(index)
            pairs.extras.append(row)
    return pairs


def _parts(rules: Layer, anchor: int) -> tuple[frozenset[int], ...]:
    """Tokens of those who, by the rules, play the parts of :data:`_PARTS` around an anchor."""
    sentence = rules.sentences[rules.sentence_of[anchor]]
    at = rules.starts[anchor]
    inner = last = None
    for statement in rules.statement_drafts:
        if statement.start <= at < statement.end and (inner is None or statement.start >= inner.start):
            inner = statement
        if statement.end <= at and (last is None or statement.end >= last.end):
            last = statement
    after = subject_after(rules, anchor, sentence.last)
    before = subject_before(rules, anchor, sentence.first)
    return (
        tokens_of(rules, inner.speaker if inner else None),
        tokens_of(rules, after.entity if after else None),
        tokens_of(rules, before.entity if before else None),
        tokens_of(rules, last.speaker if last else None),
    )


def _known(layer: Layer, c: Candidate) -> tuple[NDArray[np.float32], Quote | None]:
    """What a candidate brings into all its pairs: a row with type, kind and governor, and its quotation."""
    row = np.zeros(PAIR_WIDTH, np.float32)
    row[_AT_TYPE + ENTITY_TYPES.index(c.type)] = 1
    row[_AT_KIND + _KINDS.index(c.kind)] = 1
    before = c.phrase_first - 1
    if before >= 0 and layer.sentence_of[before] == layer.sentence_of[c.first]:
        word = layer.folds[before]
        if word in _PREPOSITIONS:
            row[_AT_PREPOSITION + _PREPOSITIONS.index(word)] = 1
    taken = layer.folds[c.first][: c.skip] if c.phrase_first == c.first else layer.folds[c.phrase_first][:2]
    for k, letter in enumerate("ولبك"):
        row[_AT_CLITIC + k] = letter in taken
    row[_AT_CLITIC + 4] = before >= 0 and layer.words[before] in "،,"
    row[_AT_CLITIC + 5] = before >= 0 and word_class(layer.folds[before]) == "relative"
    return row, layer.in_quote(layer.starts[c.first])


def tokens_of(layer: Layer, entity: EntityDraft | None) -> frozenset[int]:
    """All tokens of an entity's mentions."""
    if entity is None:
        return frozenset()
    return frozenset(i for m in entity.mentions for i in range(m.first, m.last))


def act_opinions(layer: Layer) -> Opinions:
    """The rules' acts: actors, targets and source of each."""
    return [
        (
            d.first,
            d.last,
            (
                frozenset().union(*(tokens_of(layer, e) for e in d.actors)),
                frozenset().union(*(tokens_of(layer, e) for e in d.targets)),
                tokens_of(layer, d.source),
            ),
        )
        for d in layer.act_drafts
    ]


def statement_opinions(layer: Layer) -> Opinions:
    """The rules' statements: the speaker of each."""
    return [
        (layer.token_at(s.start), layer.token_at(max(s.start, s.end - 1)) + 1, (tokens_of(layer, s.speaker),))
        for s in layer.statement_drafts
    ]


def title_opinions(layer: Layer) -> Opinions:
    """The rules' roles: person and owner of each title."""
    return [
        (phrase.first, phrase.last, (tokens_of(layer, person), tokens_of(layer, owner)))
        for person, _, owner, phrase in layer.role_drafts
    ]


def treaty_opinions(layer: Layer) -> Opinions:
    """The rules' documents: the parties of each, at each of its mentions."""
    return [
        (m.first, m.last, (frozenset().union(*(tokens_of(layer, p) for p in d.parties)),))
        for d in layer.treaty_drafts
        for m in d.entity.mentions
    ]
