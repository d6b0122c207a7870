"""The scorer of links: the candidates of an anchor seen beside one another and the words around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from kg.extract.learned.candidates import PAIR_WIDTH
from kg.extract.learned.dates import DATE_WIDTH
from kg.extract.learned.linker import FAR, HEADS, slots_of, windows_of

Range = tuple[int, int]

WIDTH = 128
DEPTH = 2
_DATING = 64
_DROPOUT = 0.1


class LinkLayer(nn.Module):
    """Slots attend to the slots of their anchor and to the words around it."""

    def __init__(self) -> None:
        super().__init__()
        self.before = nn.LayerNorm(WIDTH)
        self.query = nn.Linear(WIDTH, WIDTH)
        self.seen = nn.Linear(WIDTH, 2 * WIDTH)
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.between = nn.LayerNorm(WIDTH)
        self.up = nn.Linear(WIDTH, 2 * WIDTH)
        self.down = nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, slots: torch.Tensor, around: torch.Tensor, open_: torch.Tensor) -> torch.Tensor:
        """The slots ``(anchors, slots, WIDTH)`` after a layer; ``open_``: which slots and words exist."""
        normed = self.before(slots)
        key, value = self.seen(torch.cat([normed, around], dim=1)).chunk(2, dim=-1)
        mixed = functional.scaled_dot_product_attention(
            _heads(self.query(normed)),
            _heads(key),
            _heads(value),
            attn_mask=open_[:, None, None],
            dropout_p=_DROPOUT if self.training else 0.0,
        )
        slots = slots + self._dropped(self.mixed(mixed.transpose(1, 2).reshape(slots.shape)))
        return slots + self._dropped(self.down(functional.gelu(self.up(self.between(slots)))))

    def _dropped(self, rows: torch.Tensor) -> torch.Tensor:
        return functional.dropout(rows, _DROPOUT, self.training)


class Linker(nn.Module):
    """Scores how mentions serve anchors.

    Args:
        width: Numbers of a word's vector.
        outputs: Kinds of links.
    """

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.anchor = nn.Linear(width, WIDTH)
        self.mention = nn.Linear(width, WIDTH)
        self.inner = nn.Linear(3 * WIDTH + PAIR_WIDTH, WIDTH)
        self.words = nn.Linear(width, WIDTH)
        self.near = nn.Embedding(2 * FAR + 1, WIDTH)
        self.around = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(LinkLayer() for _ in range(DEPTH))
        self.norm = nn.LayerNorm(WIDTH)
        self.outer = nn.Linear(WIDTH, outputs)

    def forward(
        self,
        words: torch.Tensor,
        anchors: Sequence[Range],
        mentions: Sequence[Range],
        pairs: tuple[torch.Tensor, torch.Tensor],
        extras: torch.Tensor,
    ) -> torch.Tensor:
        """Scores ``(pairs, links)``; arguments as for :meth:`kg.extract.learned.linker.Linker.scores`."""
        owner, mention = pairs
        a = self.anchor(means(words, anchors))[owner]
        m = self.mention(means(words, mentions))[mention]
        inner = functional.gelu(self.inner(torch.cat([a, m, a * m, extras], dim=1)))
        at, sizes = slots_of(owner.tolist(), len(anchors))
        slots = inner.new_zeros(len(anchors), int(sizes.max()), WIDTH)
        slots = slots.index_put((owner, torch.from_numpy(at)), inner)
        rows, gaps = windows_of(anchors, len(words))
        around = self.around(self.words(words)[torch.from_numpy(rows)] + self.near(torch.from_numpy(gaps)))
        filled = np.arange(slots.shape[1])[None] < sizes[:, None]
        open_ = torch.from_numpy(np.concatenate([filled, rows >= 0], axis=1))
        for layer in self.layers:
            slots = layer(slots, around, open_)
        return self.outer(self.norm(slots[owner, torch.from_numpy(at)]))


class Dating(nn.Module):
    """Weighs the possible dates of triggers against one another."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.trigger = nn.Linear(width, _DATING)
        self.date = nn.Linear(width, _DATING)
        self.inner = nn.Linear(3 * _DATING + DATE_WIDTH, _DATING)
        self.outer = nn.Linear(_DATING, 1)

    def forward(
        self,
        words: torch.Tensor,
        anchors: Sequence[Range],
        dates: Sequence[Range],
        pairs: tuple[torch.Tensor, torch.Tensor],
        extras: torch.Tensor,
    ) -> torch.Tensor:
        """Logarithms of the probabilities of the options of each anchor, ``(pairs)``."""
        owner, option = pairs
        t = self.trigger(means(words, anchors))[owner]
        d = self.date(means(words, dates))[option]
        inner = functional.gelu(self.inner(torch.cat([t, d, t * d, extras], dim=1)))
        scores = self.outer(functional.dropout(inner, _DROPOUT, self.training))[:, 0]
        at, sizes = slots_of(owner.tolist(), len(anchors))
        table = scores.new_full((len(anchors), int(sizes.max())), -1e9)
        rows = (owner, torch.from_numpy(at))
        return functional.log_softmax(table.index_put(rows, scores), dim=1)[rows]


def _heads(rows: torch.Tensor) -> torch.Tensor:
    return rows.unflatten(-1, (HEADS, -1)).transpose(1, 2)


def means(words: torch.Tensor, spans: Sequence[Range]) -> torch.Tensor:
    """Mean vectors of spans of words."""
    if not spans:
        return words.new_zeros(0, words.shape[1])
    sums = torch.cat([words.new_zeros(1, words.shape[1]), words.cumsum(0)])
    first = torch.tensor([a for a, _ in spans])
    last = torch.tensor([b for _, b in spans])
    return (sums[last] - sums[first]) / (last - first).clamp(min=1)[:, None]
