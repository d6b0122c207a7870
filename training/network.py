"""The network: a shared encoder, taggers over words, and scorers of pairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from kg.model import MODALITIES
from training.data import ARGUMENTS, DISTANCES, IGNORED, LABELS, Item, Pairs

_SLACK = 64
_BUDGET = 1024
_PAIR = 128


class PairScorer(nn.Module):
    """Scores how a mention serves an anchor: from both vectors, their product, distance and type."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.from_anchor = nn.Linear(width, _PAIR)
        self.from_mention = nn.Linear(width, _PAIR)
        self.distance = nn.Embedding(len(DISTANCES) + 1, 32)
        self.sentence = nn.Embedding(8, 16)
        self.kind = nn.Embedding(22, 32)
        self.score = nn.Sequential(
            nn.Linear(3 * _PAIR + 80, _PAIR), nn.GELU(), nn.Dropout(0.1), nn.Linear(_PAIR, outputs)
        )

    def forward(
        self, anchors: torch.Tensor, mentions: torch.Tensor, item: Item, pairs: Pairs
    ) -> torch.Tensor:
        """Scores ``(pairs, outputs)``; ``anchors`` and ``mentions`` hold one vector each."""
        a = self.from_anchor(anchors)[pairs.anchor]
        m = self.from_mention(mentions)[pairs.mention]
        types = torch.tensor([item.mentions[i][2] for i in pairs.mention])
        extra = [
            self.distance(torch.tensor(pairs.distance)),
            self.sentence(torch.tensor(pairs.sentence)),
            self.kind(types),
        ]
        return self.score(torch.cat([a, m, a * m, *extra], dim=1))


class Network(nn.Module):
    """All heads over one encoder.

    Args:
        encoder: Hugging Face folder.
        bfloat16: Train the encoder's matrix products at half precision.
    """

    def __init__(self, encoder: Path, bfloat16: bool = False) -> None:
        super().__init__()
        self.bfloat16 = bfloat16
        self.encoder = AutoModel.from_pretrained(encoder, add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.taggers = nn.ModuleDict({name: nn.Linear(width, 2 * len(v) + 1) for name, v in LABELS.items()})
        self.arguments = PairScorer(width, len(ARGUMENTS))
        self.speakers = PairScorer(width, 1)
        self.negated = nn.Linear(width, 1)
        self.modality = nn.Linear(width, len(MODALITIES))
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False

    def vectors(self, item: Item) -> torch.Tensor:
        """Vectors of the words of an article, ``(words, width)``: means of their pieces."""
        sums = torch.zeros(item.words, self.encoder.config.hidden_size)
        counts = torch.zeros(item.words, 1)
        for batch in _batches([s for s in item.sentences if s[0]]):
            length = max(len(ids) for ids, _ in batch) + 2
            pieces = torch.full((len(batch), length), 1)
            mask = torch.zeros(len(batch), length, dtype=torch.long)
            for row, (ids, _) in enumerate(batch):
                pieces[row, : len(ids) + 2] = torch.tensor([0, *ids, 2])
                mask[row, : len(ids) + 2] = 1
            # Only the encoder: sums of losses over an article do not fit into bfloat16.
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16 and self.training):
                output = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state.float()
            rows = torch.cat([output[row, 1 : 1 + len(ids)] for row, (ids, _) in enumerate(batch)])
            owners = torch.tensor([owner for _, owners in batch for owner in owners])
            sums = sums.index_add(0, owners, rows)
            counts.index_add_(0, owners, torch.ones(len(owners), 1))
        return sums / counts.clamp(min=1)

    def losses(self, item: Item) -> dict[str, torch.Tensor]:
        """The loss of each head on one article."""
        words = self.dropout(self.vectors(item))
        losses = {}
        for name, tagger in self.taggers.items():
            losses[name] = functional.cross_entropy(
                tagger(words), item.tags[name], ignore_index=IGNORED, reduction="sum"
            )
        mentions = means(words, [(m[0], m[1]) for m in item.mentions])
        for name, scorer, pairs in (
            ("arguments", self.arguments, item.acts),
            ("speakers", self.speakers, item.statements),
        ):
            if pairs.anchor:
                anchors = means(words, pairs.anchors)
                gold = torch.tensor(pairs.gold)
                scores = scorer(anchors, mentions, item, pairs)
                each = functional.binary_cross_entropy_with_logits(
                    scores, gold.clamp(min=0), reduction="none"
                )
                losses[name] = (each * (gold >= 0)).sum()
        if item.acts.anchors:
            anchors = means(words, item.acts.anchors)
            losses["negated"] = functional.binary_cross_entropy_with_logits(
                self.negated(anchors)[:, 0], torch.tensor(item.negated), reduction="sum"
            )
            losses["modality"] = functional.cross_entropy(
                self.modality(anchors), torch.tensor(item.modality), reduction="sum"
            )
        return losses


def means(words: torch.Tensor, spans: list[tuple[int, int]]) -> torch.Tensor:
    """Mean vectors of spans of words."""
    if not spans:
        return words.new_zeros(0, words.shape[1])
    return torch.stack([words[first:last].mean(0) for first, last in spans])


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
