"""Examples as tensors: pieces of words, tags of tokens, candidate pairs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from kg.model import ENTITY_TYPES, MODALITIES, PLOVER, ROLES
from training.prepare import layer_of

NAMES = tuple(t for t in ENTITY_TYPES if layer_of(t, "name") == "names")
LABELS: dict[str, tuple[str, ...]] = {
    "names": NAMES,
    "phrases": ("GROUP", *NAMES),
    "events": ("EVENT", "TREATY"),
    "triggers": tuple(PLOVER),
    "contents": ("CONTENT",),
    "titles": ROLES,
}
"""What each tagger finds. Tags: 0 outside, 2k+1 begins and 2k+2 goes on with label k."""

ARGUMENTS = ("actor", "target", "source")
IGNORED = -100
_MAX_PIECES = 300
_BEFORE, _AFTER = 3, 1
_CANDIDATES = 32
DISTANCES = (-64, -32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64)


@dataclass(slots=True)
class Pairs:
    """Candidate mentions of several anchors (triggers or contents), one row a pair."""

    anchors: list[tuple[int, int]] = field(default_factory=list)
    anchor: list[int] = field(default_factory=list)
    mention: list[int] = field(default_factory=list)
    distance: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    gold: list[list[float]] = field(default_factory=list)
    """A number for each kind of argument: 1 yes, 0 no, -1 another mention of the right entity."""


@dataclass(slots=True)
class Item:
    """One article, ready for the model."""

    id: str
    words: int
    tokens: list[list[str]]
    """The words of each sentence."""
    sentences: list[tuple[list[int], list[int]]]
    """For each sentence the ids of its pieces and the word that each belongs to."""
    tags: dict[str, torch.Tensor]
    spans: dict[str, set[tuple[int, int, str]]]
    mentions: list[tuple[int, int, int]]
    """First and last token and type (with 11 added for nominals)."""
    entities: list[str]
    acts: Pairs
    statements: Pairs
    negated: list[float]
    modality: list[int]


class Reader:
    """Reads prepared examples with an encoder's tokenizer."""

    def __init__(self, encoder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        self.known: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """Ids of a word's pieces, as the runtime finds them."""
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids
        return self.known[word]

    def read(self, path: Path, limit: int | None = None) -> list[Item]:
        """All examples of a file that :mod:`training.prepare` wrote."""
        lines = path.read_text("utf-8").splitlines()[:limit]
        return [self.item(json.loads(line)) for line in lines]

    def item(self, example: dict[str, Any]) -> Item:
        """One article."""
        sentences = []
        for first, last in example["sentences"]:
            ids: list[int] = []
            owners: list[int] = []
            for word in range(first, last):
                pieces = self.pieces(example["words"][word])
                if len(ids) + len(pieces) > _MAX_PIECES:
                    break
                ids += pieces
                owners += [word] * len(pieces)
            sentences.append((ids, owners))
        spans: dict[str, set[tuple[int, int, str]]] = {name: set() for name in LABELS}
        for m in example["mentions"]:
            spans[layer_of(m["type"], m["kind"])].add((m["first"], m["last"], m["type"]))
        spans["triggers"] = {(*a["trigger"], a["predicate"]) for a in example["acts"]}
        spans["contents"] = {(*s["content"], "CONTENT") for s in example["statements"]}
        spans["titles"] = {(*r["title"], r["role"]) for r in example["roles"] if r["title"]}
        count = len(example["words"])
        tags = {name: to_tags(found, LABELS[name], count) for name, found in spans.items()}
        # An act told in headline and body is annotated once, mostly in the body.
        for first, last in example["sentences"][: example["title_sentences"]]:
            if not tags["triggers"][first:last].any():
                tags["triggers"][first:last] = IGNORED
        mentions = [
            (m["first"], m["last"], ENTITY_TYPES.index(m["type"]) + 11 * (m["kind"] == "nominal"))
            for m in example["mentions"]
        ]
        entities = [m["entity"] for m in example["mentions"]]
        acts, statements = Pairs(), Pairs()
        bounds = example["sentences"]
        for act in example["acts"]:
            wanted = [act["actors"], act["targets"], [act["source"]] if act["source"] else []]
            add_pairs(acts, act["trigger"], wanted, mentions, entities, bounds)
        for said in example["statements"]:
            add_pairs(statements, said["content"], [[said["speaker"]]], mentions, entities, bounds)
        return Item(
            example["id"],
            count,
            [example["words"][first:last] for first, last in bounds],
            sentences,
            tags,
            spans,
            mentions,
            entities,
            acts,
            statements,
            [float(a["negated"]) for a in example["acts"]],
            [MODALITIES.index(a["modality"]) for a in example["acts"]],
        )


def add_pairs(
    pairs: Pairs,
    anchor: Sequence[int],
    wanted: Sequence[Sequence[dict[str, Any]]],
    mentions: Sequence[tuple[int, int, int]],
    entities: Sequence[str],
    sentences: Sequence[Sequence[int]],
) -> None:
    """Candidates around an anchor, with the answer for each kind of argument."""
    begins = [first for first, _ in sentences]

    def sentence(token: int) -> int:
        return sum(first <= token for first in begins) - 1

    at = len(pairs.anchors)
    pairs.anchors.append((anchor[0], anchor[1]))
    home = sentence(anchor[0])
    near = []
    for index, (first, last, _) in enumerate(mentions):
        offset = sentence(first) - home
        if -_BEFORE <= offset <= _AFTER:
            gap = first - anchor[1] + 1 if first >= anchor[0] else min(last - anchor[0] - 1, -1)
            near.append((abs(gap), index, gap, offset))
    for _, index, gap, offset in sorted(near)[:_CANDIDATES]:
        pairs.anchor.append(at)
        pairs.mention.append(index)
        pairs.distance.append(sum(gap >= edge for edge in DISTANCES))
        pairs.sentence.append(offset + _BEFORE)
        row = []
        for arguments in wanted:
            chosen = any(a["mention"] == index for a in arguments)
            same = any(a["entity"] == entities[index] for a in arguments)
            row.append(1.0 if chosen else -1.0 if same else 0.0)
        pairs.gold.append(row)


def to_tags(spans: Iterable[tuple[int, int, str]], labels: Sequence[str], count: int) -> torch.Tensor:
    """BIO tags; of overlapping spans the longer one is kept."""
    tags = torch.zeros(count, dtype=torch.long)
    for first, last, label in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if not tags[first:last].any():
            k = labels.index(label)
            tags[first] = 2 * k + 1
            tags[first + 1 : last] = 2 * k + 2
    return tags


def from_tags(tags: Sequence[int], labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """Spans of BIO tags; a tag that goes on where nothing began begins a span."""
    spans = set()
    first, label = 0, -1
    for i, tag in enumerate([*tags, 0]):
        k = (tag - 1) // 2 if tag else -1
        if label >= 0 and (k != label or tag % 2):
            spans.add((first, i, labels[label]))
            label = -1
        if k >= 0 and label < 0:
            first, label = i, k
    return spans
