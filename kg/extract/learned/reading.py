"""What the network made of one article, kept while the components build its facts."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned.candidates import (
    Candidate,
    Opinions,
    act_opinions,
    candidates_of,
    pair_up,
    statement_opinions,
    title_opinions,
    treaty_opinions,
)
from kg.extract.learned.dates import options_of, weigh
from kg.extract.learned.features import token_features
from kg.extract.learned.heads import Heads, Pointed
from kg.extract.learned.labels import LINKS, TAGS
from kg.extract.learned.settings import OPEN_DATE
from kg.extract.learned.spans import Found, decode
from kg.nlp.drafts import EntityDraft
from kg.nlp.layer import Layer

Matrix = NDArray[np.float32]
Range = tuple[int, int]

_OPINIONS: Final = {
    "acts": act_opinions,
    "statements": statement_opinions,
    "titles": title_opinions,
    "treaties": treaty_opinions,
}


class Reading:
    """Vectors of the words of an article, and what the heads say of them.

    Args:
        heads: The heads.
        vectors: The encoder's vectors of the layer's tokens.
        rules: The layer as the rules left it; the facts are built on another one.
        weights: Weights of the confidence of acts and statements.
    """

    def __init__(
        self, heads: Heads, vectors: Matrix, rules: Layer, weights: Mapping[str, Mapping[str, float]]
    ) -> None:
        self.heads = heads
        self.weights = weights
        self.rules = rules
        self.words = heads.read(vectors, token_features(rules))
        self._tags: dict[str, Matrix] = {}
        self._opinions: dict[str, Opinions] = {}

    @cached_property
    def _pointed(self) -> Pointed:
        return self.heads.pointed(self.words)

    def tags(self, name: str) -> Matrix:
        """Probabilities of a tagger's tags."""
        if name not in self._tags:
            self._tags[name] = self.heads.tags(name, self.words)
        return self._tags[name]

    def spans(self, name: str, floor: float) -> list[Found]:
        """Spans of a tagger."""
        return decode(self.tags(name), TAGS[name], self.rules.sentences, floor)

    def confidence(self, kind: str, evidence: Mapping[str, float]) -> float:
        """How sure a fact is, from what speaks for it: a logistic model, to three decimals.

        Args:
            kind: "acts" or "statements".
            evidence: Numbers by name; those that the model does not know count nothing.
        """
        weights = self.weights.get(kind, {})
        total = weights.get("bias", 0.0) + sum(weights.get(k, 0.0) * v for k, v in evidence.items())
        return round(1 / (1 + math.exp(-total)), 3)

    def classes(self, name: str, spans: Sequence[Range]) -> Matrix:
        """Probabilities of the classes of spans."""
        return self.heads.classes(name, self.words, spans)

    def content(self, trigger: Range) -> tuple[Range | None, float, float]:
        """Where a trigger's content would be, how likely that is, and how likely it has none."""
        sentence = self.rules.sentences[self.rules.sentence_of[trigger[0]]]
        begins, ends = self.heads.content(self.words, self._pointed, trigger, (sentence.first, sentence.last))
        none = float(begins[-1])
        joint = np.triu(begins[:-1, None] * ends)
        at = trigger[0] - sentence.first
        joint[: at + 1, at:] = 0  # a content never holds its own trigger
        if not joint.any():
            return None, 0.0, none
        first, last = divmod(int(joint.argmax()), joint.shape[1])
        return (sentence.first + first, sentence.first + last + 1), float(joint[first, last]), none

    def dates(self, layer: Layer, triggers: Sequence[Range]) -> list[str | None]:
        """When the acts of triggers happened: the likeliest day, month or year, or None where it is open."""
        options = options_of(layer)
        pairs = weigh(layer, triggers, options, self.rules)
        scores = self.heads.dates(self.words, triggers, [(o.first, o.last) for o in options], pairs)
        weights: list[dict[str | None, float]] = [defaultdict(float) for _ in triggers]
        for anchor, option, score in zip(pairs.anchor, pairs.mention, scores.tolist(), strict=True):
            weights[anchor][options[option].iso] += score
        return [_likeliest(found) for found in weights]

    def linked(
        self, name: str, layer: Layer, anchors: Sequence[Range], candidates: Sequence[Candidate] | None = None
    ) -> list[list[dict[EntityDraft, float]]]:
        """Which entities of a layer are linked to anchors.

        Args:
            name: Kind of anchors.
            layer: The layer that holds the entities.
            anchors: Token ranges.
            candidates: Its mentions, where they are at hand.

        Returns:
            For each anchor and each kind of link the probability of each entity, by its likeliest mention.
        """
        if name not in self._opinions:
            self._opinions[name] = _OPINIONS[name](self.rules)
        found: list[list[dict[EntityDraft, float]]] = [[{} for _ in LINKS[name]] for _ in anchors]
        mentions = candidates_of(layer) if candidates is None else candidates
        pairs = pair_up(layer, anchors, mentions, self._opinions[name], self.rules)
        if not pairs.anchor:
            return found
        spans = [(c.first, c.last) for c in mentions]
        scores = self.heads.links(name, self.words, anchors, spans, pairs)
        for anchor, mention, row in zip(pairs.anchor, pairs.mention, scores.tolist(), strict=True):
            entity = mentions[mention].entity
            if isinstance(entity, EntityDraft):
                for k, score in enumerate(row):
                    known = found[anchor][k]
                    known[entity] = max(known.get(entity, 0.0), score)
        return found


def _likeliest(dates: Mapping[str | None, float]) -> str | None:
    """The likeliest date, or None where it is surely open."""
    if dates.get(None, 0.0) >= OPEN_DATE:
        return None
    return max((iso for iso in dates if iso), key=lambda iso: dates[iso], default=None)
