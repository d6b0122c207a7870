"""The network: a shared encoder, features of the rules, taggers, classifiers and scorers of pairs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from kg.extract.learned.features import COLUMNS, LEXICON_COLUMNS, MENTION_COLUMNS
from kg.extract.learned.labels import CLASSES, LINKS, TAGS
from kg.train.data import IGNORED, Item, Text
from kg.train.examples import Range
from kg.train.linker import Dating, Linker, means

_SLACK = 64
_BUDGET = 1024
_PAIR = 128
_WINDOW = 5
_HIDDEN_MENTIONS = 0.25
_HIDDEN_WORDS = 0.1


class Pointer(nn.Module):
    """Scores where the content of a trigger begins and, given that, where it ends; or that it has none."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.trigger = nn.Linear(width, _PAIR)
        self.first = nn.Linear(width, _PAIR)
        self.known = nn.Linear(2 * width, _PAIR)
        self.last = nn.Linear(width, _PAIR)
        self.near = nn.Parameter(torch.zeros(2, 65))
        self.none = nn.Linear(width, 1)

    def begins(self, trigger: torch.Tensor, words: torch.Tensor, gaps: torch.Tensor) -> torch.Tensor:
        """``(words + 1)``: scores of the first word and, last, of no content."""
        scores = self.first(words) @ self.trigger(trigger) / _PAIR**0.5 + self.near[0, gaps]
        return torch.cat([scores, self.none(trigger)])

    def ends(self, trigger: torch.Tensor, words: torch.Tensor, first: int) -> torch.Tensor:
        """``(words)``: scores of the last word of a content that begins at ``first``."""
        known = self.known(torch.cat([trigger, words[first]]))
        lengths = (torch.arange(len(words)) - first).clamp(-1, 63) + 1
        return self.last(words) @ known / _PAIR**0.5 + self.near[1, lengths]


class Network(nn.Module):
    """All heads over one encoder.

    Args:
        encoder: Hugging Face folder.
        bfloat16: Train the encoder's matrix products at half precision.
    """

    def __init__(self, encoder: Path, bfloat16: bool = False) -> None:
        super().__init__()
        self.bfloat16 = bfloat16
        try:
            self.encoder = AutoModel.from_pretrained(encoder, add_pooling_layer=False)
        except TypeError:  # of a kind that has none
            self.encoder = AutoModel.from_pretrained(encoder)
        tokenizer = AutoTokenizer.from_pretrained(encoder)
        self.marks = (tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.hints = nn.Conv1d(len(COLUMNS), width, _WINDOW, padding=_WINDOW // 2)
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, width)
        self.down = nn.Linear(width, width)
        self.taggers = nn.ModuleDict({name: nn.Linear(width, 2 * len(v) + 1) for name, v in TAGS.items()})
        self.classifiers = nn.ModuleDict({name: nn.Linear(width, len(v)) for name, v in CLASSES.items()})
        self.scorers = nn.ModuleDict({name: Linker(width, len(v)) for name, v in LINKS.items()})
        self.pointer = Pointer(width)
        self.dating = Dating(width)
        columns = [name in {*MENTION_COLUMNS} for name in COLUMNS]
        self.mention_columns = torch.tensor(columns)
        self.word_columns = torch.tensor([name in {*LEXICON_COLUMNS} for name in COLUMNS])
        # Words that training does not show must stay where the pretraining put them.
        for part in (self.encoder.get_input_embeddings(), getattr(self.encoder, "embeddings", None)):
            for parameter in part.parameters() if part is not None else ():
                parameter.requires_grad = False

    def freeze(self, layers: int) -> None:
        """Keep the encoder's lowest layers as they are (of encoders that are built like BERT)."""
        self.encoder.encoder.layer[:layers].requires_grad_(False)

    def encode(self, items: Sequence[Text]) -> list[torch.Tensor]:
        """The encoder's vectors of the words of articles, ``(words, width)`` each: means of their pieces."""
        offsets = [0]
        for item in items:
            offsets.append(offsets[-1] + item.words)
        sums = torch.zeros(offsets[-1], self.encoder.config.hidden_size)
        counts = torch.zeros(offsets[-1], 1)
        sentences = [
            (ids, [offset + o for o in owners])
            for item, offset in zip(items, offsets, strict=False)
            for ids, owners in item.sentences
            if ids
        ]
        for batch in _batches(sentences):
            length = max(len(ids) for ids, _ in batch) + 2
            begin, end, pad = self.marks
            pieces = torch.full((len(batch), length), pad)
            mask = torch.zeros(len(batch), length, dtype=torch.long)
            for row, (ids, _) in enumerate(batch):
                pieces[row, : len(ids) + 2] = torch.tensor([begin, *ids, end])
                mask[row, : len(ids) + 2] = 1
            # Only the encoder: sums of losses over an article do not fit into bfloat16.
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16 and self.training):
                output = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state.float()
            rows = torch.cat([output[row, 1 : 1 + len(ids)] for row, (ids, _) in enumerate(batch)])
            owners = torch.tensor([owner for _, owners in batch for owner in owners])
            sums = sums.index_add(0, owners, rows)
            counts.index_add_(0, owners, torch.ones(len(owners), 1))
        vectors = sums / counts.clamp(min=1)
        return [vectors[a:b] for a, b in pairwise(offsets)]

    def read(self, vectors: torch.Tensor, item: Text) -> torch.Tensor:
        """Vectors that hold what encoder and rules make of the words: ``(words, width)``."""
        features = self._partly_hidden(item) if self.training else item.features
        hints = self.hints(features.T[None])[0].T
        mixed = self.norm(self.dropout(vectors) + hints)
        return mixed + self.down(self.dropout(functional.gelu(self.up(mixed))))

    def _partly_hidden(self, item: Text) -> torch.Tensor:
        """Features without some mentions and words: tables know the training articles better than others."""
        features = item.features.clone()
        for first, last in item.spots:
            if random.random() < _HIDDEN_MENTIONS:
                features[first:last, self.mention_columns] = 0
        hidden = torch.rand(item.words) < _HIDDEN_WORDS
        features[hidden.nonzero() * self.word_columns.new_ones(1), self.word_columns.nonzero()[:, 0]] = 0
        return features

    def link(self, name: str, words: torch.Tensor, item: Item) -> torch.Tensor:
        """Scores ``(pairs, links)`` of an article's pairs."""
        linked = item.links[name]
        pairs = (linked.anchor, linked.mention)
        scores: torch.Tensor = self.scorers[name](words, linked.anchors, item.mentions, pairs, linked.extras)
        return scores

    def date(self, words: torch.Tensor, item: Item) -> torch.Tensor:
        """Logarithms of the probabilities of the possible dates of an article's triggers."""
        dates = item.dates
        pairs = (dates.anchor, dates.mention)
        found: torch.Tensor = self.dating(words, dates.anchors, item.date_spans, pairs, dates.extras)
        return found

    def losses(self, item: Item, vectors: torch.Tensor) -> dict[str, torch.Tensor]:
        """The loss of each head on one article; those of spans and pairs are means over the anchors."""
        words = self.dropout(self.read(vectors, item))
        losses = {}
        for name, tagger in self.taggers.items():
            if (item.tags[name] != IGNORED).any():
                losses[name] = functional.cross_entropy(tagger(words), item.tags[name], ignore_index=IGNORED)
        for name, classifier in self.classifiers.items():
            rows = item.classes[name]
            if rows:
                scores = classifier(means(words, [span for span, _ in rows]))
                losses[name] = functional.cross_entropy(scores, torch.tensor([c for _, c in rows]))
        for name in self.scorers:
            linked = item.links[name]
            if len(linked.anchor):
                scores = self.link(name, words, item)
                each = functional.binary_cross_entropy_with_logits(
                    scores, linked.gold.clamp(min=0), reduction="none"
                )
                losses[f"link {name}"] = (each * (linked.gold >= 0)).sum() / len(linked.anchors)
        if len(item.dates.anchor):
            right = self.date(words, item).exp() * item.dates.gold[:, 0]
            each = words.new_zeros(len(item.dates.anchors)).index_add(0, item.dates.anchor, right)
            told = each > 0  # others happened on days that no option names
            if told.any():
                losses["dates"] = -each[told].clamp(min=1e-9).log().mean()
        if item.contents:
            total = words.new_zeros(())
            for trigger, (first, last), content in item.contents:
                anchor, inside = words[trigger[0] : trigger[1]].mean(0), words[first:last]
                begins = self.pointer.begins(anchor, inside, gaps(trigger, first, last))
                begin = content[0] - first if content else last - first
                total = total + functional.cross_entropy(begins, torch.tensor(begin))
                if content:
                    ends = self.pointer.ends(anchor, inside, begin)
                    total = total + functional.cross_entropy(ends, torch.tensor(content[1] - 1 - first))
            losses["contents of acts"] = total / len(item.contents)
        return losses


def gaps(trigger: Range, first: int, last: int) -> torch.Tensor:
    """For each word of a sentence how far it stands from the trigger, as a row of the pointer's table."""
    return (torch.arange(first, last) - trigger[0]).clamp(-32, 32) + 32


def _batches(sentences: list[tuple[list[int], list[int]]]) -> Iterator[list[tuple[list[int], list[int]]]]:
    """Sentences of like length together."""
    batch: list[tuple[list[int], list[int]]] = []
    padding = 0
    for sentence in sorted(sentences, key=lambda s: len(s[0])):
        if batch:
            padding += len(batch) * (len(sentence[0]) - len(batch[-1][0]))
            if padding > _SLACK or (len(batch) + 1) * len(sentence[0]) > _BUDGET:
                yield batch
                batch, padding = [], 0
        batch.append(sentence)
    if batch:
        yield batch
