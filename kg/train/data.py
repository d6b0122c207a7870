"""Annotated articles as tensors: pieces of words, features of tokens, tags, and linked pairs."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from tokenizers import Tokenizer

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
from kg.extract.learned.dates import DATE_WIDTH, Option, options_of, weigh
from kg.extract.learned.features import token_features
from kg.extract.learned.labels import CLASSES, TAGS
from kg.goldjson import from_gold
from kg.link.gazetteer import names
from kg.model import Entity, Extraction
from kg.nlp.drafts import EntityDraft
from kg.nlp.layer import Layer
from kg.nlp.pipeline import load_pipeline
from kg.train.examples import Argument, Example, MentionExample, Preparer, Range, layer_of

IGNORED = -100
_MAX_PIECES = 300
# Triggers a word from which on an article tells more acts than a reader would report: real ones have
# 0.041 in the middle and 0.057 at the ninth tenth. It teaches all but which words are triggers.
_DENSE = 0.07
_FIXED_TYPES = {"person": frozenset({"PERSON"})}


@dataclass(slots=True)
class Linked:
    """Pairs of anchors and candidates with their annotation, for one kind of anchor."""

    anchors: list[Range]
    anchor: torch.Tensor
    mention: torch.Tensor
    extras: torch.Tensor
    gold: torch.Tensor
    """``(pairs, links)``: 1 yes, 0 no, -1 another mention of the right entity."""


@dataclass(slots=True)
class Text:
    """What encoder and rules see of a text."""

    id: str
    words: int
    sentences: list[tuple[list[int], list[int]]]
    """For each sentence the ids of its pieces and the word that each belongs to."""
    features: torch.Tensor
    spots: list[Range]
    """Tokens of the mentions that the rules found: training hides some of their features."""


@dataclass(slots=True)
class Item(Text):
    """One article, ready for the model."""

    tags: dict[str, torch.Tensor]
    spans: dict[str, set[tuple[int, int, str]]]
    mentions: list[Range]
    entities: list[str | None]
    """The annotated entity of each candidate mention; None where it is none."""
    links: dict[str, Linked]
    classes: dict[str, list[tuple[Range, int]]]
    """Annotated spans with their class, for each classifier."""
    contents: list[tuple[Range, Range, Range | None]]
    """Trigger, its sentence, and its content."""
    dates: Linked
    """Triggers and their possible dates; the right ones are those of the annotated day, month or year."""
    date_spans: list[Range]


class Reader:
    """Reads annotated articles with an encoder's tokenizer and the rules."""

    def __init__(self, encoder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        config = json.loads((encoder / "config.json").read_text("utf-8"))
        # Some kinds count positions from 2 on, and each sentence gets a first and a last piece.
        self.room = min(_MAX_PIECES, int(config.get("max_position_embeddings", 512)) - 4)
        self.known: dict[str, list[int]] = {}
        self.rules: Language = load_pipeline("rules")

    def pieces(self, word: str) -> list[int]:
        """Ids of a word's pieces, as the runtime finds them."""
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids
        return self.known[word]

    def sentences(
        self, words: Sequence[str], ranges: Iterable[Range]
    ) -> Iterator[tuple[list[int], list[int]]]:
        """For each sentence the ids of its pieces and the word that each belongs to."""
        for first, last in ranges:
            ids: list[int] = []
            owners: list[int] = []
            for word in range(first, last):
                pieces = self.pieces(words[word])
                if len(ids) + len(pieces) > self.room:
                    break
                ids += pieces
                owners += [word] * len(pieces)
            yield ids, owners

    def read(self, folder: Path, limit: int | None = None) -> Iterator[Item]:
        """All articles of a folder, by file name."""
        for path in sorted(folder.glob("*.json"))[:limit]:
            yield self.item(from_gold(json.loads(path.read_text("utf-8")), str(path)))

    def item(self, gold: Extraction) -> Item:
        """One article."""
        doc = self.rules.make_doc(gold.article.full_text)
        doc._.article = gold.article
        example = Preparer(gold, doc, Counter()).run()
        layer: Layer = self.rules(doc)._.kg
        return _Builder(self, gold, example, layer).item()


class _Builder:
    """Puts one article's annotations beside what the rules found."""

    def __init__(self, reader: Reader, gold: Extraction, example: Example, layer: Layer) -> None:
        self.reader, self.gold, self.example, self.layer = reader, gold, example, layer
        self.candidates: list[Candidate] = []
        self.entities: list[str | None] = []
        self._candidates()

    def _candidates(self) -> None:
        """The rules' mentions with the entity each stands for, and the annotated ones that they miss."""
        found = candidates_of(self.layer)
        owner = _match_entities(found, self.example, self.gold.entities)
        pairs = [(c, owner.get(c.entity)) for c in found]  # type: ignore[arg-type]
        taken: dict[str | None, set[int]] = defaultdict(set)
        for candidate, entity in pairs:
            taken[entity].update(range(candidate.first, candidate.last))
        for m in self.example.mentions:
            if not taken[m.entity] & set(range(m.first, m.last)):
                skip = m.start - self.example.starts[m.first]
                pairs.append((Candidate(m.first, m.last, m.type, m.kind, skip, m.entity, m.first), m.entity))
        pairs.sort(key=lambda p: (p[0].first, -p[0].last, p[0].type))
        self.candidates = [c for c, _ in pairs]
        self.entities = [e for _, e in pairs]

    def item(self) -> Item:
        example, count = self.example, len(self.example.words)
        spans: dict[str, set[tuple[int, int, str]]] = {name: set() for name in TAGS}
        for m in example.mentions:
            layer = "groups" if m.type == "GROUP" else layer_of(m.type, m.kind)
            if layer in spans:
                spans[layer].add((m.first, m.last, m.type))
        spans["triggers"] = {(*a.trigger, "TRIGGER") for a in example.acts}
        spans["contents"] = {(*s.content, "CONTENT") for s in example.statements}
        spans["titles"] = {(*r.title, "TITLE") for r in example.roles if r.title}
        tags = {name: to_tags(found, TAGS[name], count) for name, found in spans.items()}
        # An act told in headline and body is annotated once, mostly in the body.
        for first, last in example.sentences[: example.title_sentences]:
            if not tags["triggers"][first:last].any():
                tags["triggers"][first:last] = IGNORED
        options = options_of(self.layer)
        if len(spans["triggers"]) > _DENSE * count:
            tags["triggers"][:] = IGNORED
        return Item(
            id=example.id,
            words=count,
            sentences=list(self.reader.sentences(example.words, example.sentences)),
            features=torch.from_numpy(token_features(self.layer)),
            spots=[(m.first, m.last) for m in self.layer.mentions],
            tags=tags,
            spans=spans,
            mentions=[(c.first, c.last) for c in self.candidates],
            entities=self.entities,
            links=self._links(),
            classes=self._classes(),
            contents=list(self._contents()),
            dates=self._dates(options),
            date_spans=[(o.first, o.last) for o in options],
        )

    def _links(self) -> dict[str, Linked]:
        example, layer = self.example, self.layer
        acts: dict[Range, list[list[Argument]]] = defaultdict(lambda: [[], [], []])
        for act in example.acts:
            row = acts[act.trigger]
            row[0] += act.actors
            row[1] += act.targets
            row[2] += [act.source] if act.source else []
        said: dict[Range, list[list[Argument]]] = defaultdict(lambda: [[]])
        for statement in example.statements:
            said[statement.content][0].append(statement.speaker)
        held: dict[Range, list[list[Argument]]] = defaultdict(lambda: [[], []])
        for role in example.roles:
            if role.title:
                held[role.title][0].append(role.person)
                held[role.title][1] += [role.of] if role.of else []
        signed: dict[Range, list[list[Argument]]] = {
            (c.first, c.last): [[]] for c in self.candidates if c.type == "TREATY"
        }
        parties = {t.treaty.entity: t.parties for t in example.treaties}
        for c, entity in zip(self.candidates, self.entities, strict=True):
            if c.type == "TREATY" and entity in parties:
                signed[c.first, c.last] = [parties[entity]]
        return {
            "acts": self._linked(acts, act_opinions(layer)),
            "statements": self._linked(said, statement_opinions(layer)),
            "titles": self._linked(held, title_opinions(layer)),
            "treaties": self._linked(signed, treaty_opinions(layer)),
        }

    def _linked(self, wanted: dict[Range, list[list[Argument]]], opinions: Opinions) -> Linked:
        anchors = list(wanted)
        pairs = pair_up(self.layer, anchors, self.candidates, opinions, self.layer)
        rows: dict[int, list[int]] = defaultdict(list)
        for row, at in enumerate(pairs.anchor):
            rows[at].append(row)
        links = len(next(iter(wanted.values()))) if wanted else 1
        gold = torch.zeros(len(pairs.anchor), links)
        for at, anchor in enumerate(anchors):
            for k, arguments in enumerate(wanted[anchor]):
                for argument in arguments:
                    same = [r for r in rows[at] if self.entities[pairs.mention[r]] == argument.entity]
                    if not same:
                        continue
                    chosen = [r for r in same if self._is_chosen(pairs.mention[r], argument)]
                    for r in same:
                        if gold[r, k] == 0:
                            gold[r, k] = -1
                    gold[(chosen or same)[0], k] = 1
        return Linked(
            anchors,
            torch.tensor(pairs.anchor, dtype=torch.long),
            torch.tensor(pairs.mention, dtype=torch.long),
            torch.from_numpy(pairs.matrix()),
            gold,
        )

    def _dates(self, options: Sequence[Option]) -> Linked:
        wanted = {act.trigger: act.date for act in self.example.acts}
        anchors = list(wanted)
        pairs = weigh(self.layer, anchors, options, self.layer)
        rows = zip(pairs.anchor, pairs.mention, strict=True)
        gold = [[float(options[m].iso == wanted[anchors[a]])] for a, m in rows]
        return Linked(
            anchors,
            torch.tensor(pairs.anchor, dtype=torch.long),
            torch.tensor(pairs.mention, dtype=torch.long),
            torch.from_numpy(pairs.matrix() if pairs.extras else np.zeros((0, DATE_WIDTH), np.float32)),
            torch.tensor(gold).reshape(len(gold), 1),
        )

    def _is_chosen(self, candidate: int, argument: Argument) -> bool:
        """Whether a candidate is the mention that the annotation means."""
        if argument.mention is None:
            return False
        mention, c = self.example.mentions[argument.mention], self.candidates[candidate]
        return c.first < mention.last and mention.first < c.last

    def _classes(self) -> dict[str, list[tuple[Range, int]]]:
        found: dict[str, list[tuple[Range, int]]] = {name: [] for name in CLASSES}
        for act in self.example.acts:
            found["predicates"].append((act.trigger, CLASSES["predicates"].index(act.predicate)))
            found["modality"].append((act.trigger, CLASSES["modality"].index(act.modality)))
            found["negated"].append((act.trigger, int(act.negated)))
        for role in self.example.roles:
            if role.title:
                found["roles"].append((role.title, CLASSES["roles"].index(role.role)))
        return found

    def _contents(self) -> Iterator[tuple[Range, Range, Range | None]]:
        """Contents of acts: their object, else the described event or document they are aimed at."""
        for act in self.example.acts:
            sentence = self.layer.sentences[self.layer.sentence_of[act.trigger[0]]]
            span = act.object
            for target in () if span else act.targets:
                if target.mention is not None:
                    mention = self.example.mentions[target.mention]
                    if mention.type in ("EVENT", "TREATY"):
                        span = (mention.first, mention.last)
            inside = span is not None and sentence.first <= span[0] and span[1] <= sentence.last
            yield act.trigger, (sentence.first, sentence.last), span if inside else None


def _match_entities(
    found: Sequence[Candidate], example: Example, entities: Sequence[Entity]
) -> dict[EntityDraft, str]:
    """Which annotated entity each of the rules' entities is: by shared tokens, states also by name."""
    at: dict[int, list[MentionExample]] = defaultdict(list)
    for mention in example.mentions:
        for i in range(mention.first, mention.last):
            at[i].append(mention)
    votes: dict[EntityDraft, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for c in found:
        for i in range(c.first, c.last):
            for mention in at[i]:
                if (mention.type == c.type) and (mention.kind == c.kind or c.type in ("EVENT", "TREATY")):
                    weight = (2 if c.kind == "name" else 1) / max(
                        c.last - c.first, mention.last - mention.first
                    )
                    if isinstance(c.entity, EntityDraft):
                        votes[c.entity][mention.entity] += weight
    result = {draft: max(sorted(count), key=lambda e: count[e]) for draft, count in votes.items()}
    slugs: dict[str, str] = {}
    for entity in entities:
        for surface in (entity.name, *(m.span.text for m in entity.mentions if m.kind == "name")):
            for entry in names().get(surface):
                if entry.type == entity.type == "STATE":
                    slugs.setdefault(entry.slug, entity.id)
    for c in found:
        draft = c.entity
        if isinstance(draft, EntityDraft) and draft.link and draft.type == "STATE" and draft not in result:
            if draft.link in slugs:
                result[draft] = slugs[draft.link]
    return result


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
