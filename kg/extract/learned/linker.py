"""Scores of links in numpy: the candidates of an anchor seen beside one another and the words around it.

A candidate of an anchor is a slot; slots attend to the other slots of their anchor and to the words
around it, in a few layers of :mod:`kg.train.linker`, whose modules have the same names.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Rows = NDArray[np.int64]

WINDOW = 25
"""Words on either side of an anchor that its slots see."""
FAR = 32
HEADS = 4


def slots_of(anchors: Sequence[int], count: int) -> tuple[Rows, Rows]:
    """Where the pairs of anchors lie when each anchor has a row of slots.

    Args:
        anchors: For each pair its anchor, in rising order.
        count: How many anchors there are.

    Returns:
        The slot of each pair, and the number of slots of each anchor.
    """
    sizes = np.bincount(np.asarray(anchors, np.int64), minlength=count)
    begins = np.cumsum(sizes) - sizes
    return np.arange(len(anchors)) - np.repeat(begins, sizes), sizes


def windows_of(anchors: Sequence[tuple[int, int]], words: int) -> tuple[Rows, Rows]:
    """The words around anchors.

    Returns:
        Their rows ``(anchors, widest window)``, -1 where a window is narrower; and how far each stands from
        the anchor, as a row of the table of distances.
    """
    firsts = np.array([first for first, _ in anchors])
    lasts = np.array([last for _, last in anchors])
    begins, ends = np.maximum(firsts - WINDOW, 0), np.minimum(lasts + WINDOW, words)
    rows = begins[:, None] + np.arange((ends - begins).max())[None]
    gaps = np.clip(rows - firsts[:, None], -FAR, FAR) + FAR
    return np.where(rows < ends[:, None], rows, -1), gaps


class Linker:
    """A scorer of links.

    Args:
        weights: Arrays by the name of the PyTorch parameter.
        name: What the names of this scorer's parameters begin with.
    """

    def __init__(self, weights: Mapping[str, Matrix], name: str) -> None:
        self.weights = {k.removeprefix(f"{name}."): v for k, v in weights.items() if k.startswith(f"{name}.")}
        self.depth = sum(k.startswith("layers.") and k.endswith(".query.weight") for k in self.weights)

    def _linear(self, name: str, rows: Matrix) -> Matrix:
        return linear(rows, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def _normal(self, name: str, rows: Matrix) -> Matrix:
        return normal(rows, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def scores(
        self,
        words: Matrix,
        anchors: Sequence[tuple[int, int]],
        mentions: Sequence[tuple[int, int]],
        pairs: tuple[Sequence[int], Sequence[int]],
        extras: Matrix,
    ) -> Matrix:
        """Probabilities that mentions are linked to anchors.

        Args:
            words: Vectors of all words.
            anchors: Ranges of words.
            mentions: Ranges of words.
            pairs: For each pair its anchor, in rising order, and its mention.
            extras: What is known of each pair.

        Returns:
            ``(pairs, links)``.
        """
        owner, mention = np.asarray(pairs[0]), np.asarray(pairs[1])
        a = self._linear("anchor", means(words, anchors))
        m = self._linear("mention", means(words, mentions))
        inner = gelu(
            paired(a, m, (owner, mention), extras, self.weights["inner.weight"], self.weights["inner.bias"])
        )
        at, sizes = slots_of(pairs[0], len(anchors))
        slots = np.zeros((len(anchors), int(sizes.max()), inner.shape[1]), np.float32)
        slots[owner, at] = inner
        rows, gaps = windows_of(anchors, len(words))
        around = self._linear("words", words)[rows] + self.weights["near.weight"][gaps]
        around = self._normal("around", around)
        blank = np.concatenate([np.arange(slots.shape[1])[None] >= sizes[:, None], rows < 0], axis=1)
        for k in range(self.depth):
            slots = self._layer(f"layers.{k}", slots, around, blank)
        logits = self._linear("outer", self._normal("norm", slots[owner, at]))
        result: Matrix = (1 / (1 + np.exp(-logits))).astype(np.float32)
        return result

    def _layer(self, name: str, slots: Matrix, around: Matrix, blank: NDArray[np.bool_]) -> Matrix:
        """One layer: attention to slots and words, and a feed-forward step, each added to what came in."""
        normed = self._normal(f"{name}.before", slots)
        seen = np.concatenate([normed, around], axis=1)
        query = _heads(self._linear(f"{name}.query", normed))
        key, value = np.split(self._linear(f"{name}.seen", seen), 2, axis=-1)
        fit = query @ _heads(key).swapaxes(2, 3) / np.float32(query.shape[-1] ** 0.5)
        fit = np.where(blank[:, None, None], np.float32(-1e9), fit)
        fit = np.exp(fit - fit.max(axis=-1, keepdims=True))
        mixed = (fit / fit.sum(axis=-1, keepdims=True)) @ _heads(value)
        slots = slots + self._linear(f"{name}.mixed", mixed.swapaxes(1, 2).reshape(slots.shape))
        step = gelu(self._linear(f"{name}.up", self._normal(f"{name}.between", slots)))
        result: Matrix = slots + self._linear(f"{name}.down", step)
        return result


def _heads(rows: Matrix) -> Matrix:
    """``(anchors, rows, width)`` as ``(anchors, heads, rows, width of a head)``."""
    shaped: Matrix = rows.reshape(*rows.shape[:2], HEADS, -1).swapaxes(1, 2)
    return shaped


def linear(rows: Matrix, weight: Matrix, bias: Matrix) -> Matrix:
    """Rows of the last axis times a weight as PyTorch keeps it, and a bias.

    One product of two matrices and an addition in place: fresh memory costs more time here than sums.
    """
    flat: Matrix = rows.reshape(-1, rows.shape[-1]) @ weight.T
    flat += bias
    return flat.reshape(*rows.shape[:-1], len(bias))


def paired(
    left: Matrix, right: Matrix, pairs: tuple[Rows, Rows], extras: Matrix, weight: Matrix, bias: Matrix
) -> Matrix:
    """A layer over the left row, the right row, their product and the extras of each pair, side by side.

    What depends on one side alone is computed once for all its pairs.
    """
    width = left.shape[1]
    alone, other, both = np.split(weight, [width, 2 * width], axis=1)
    found = linear(np.concatenate([left[pairs[0]] * right[pairs[1]], extras], axis=1), both, bias)
    found += (left @ alone.T)[pairs[0]]
    found += (right @ other.T)[pairs[1]]
    return found


def means(words: Matrix, spans: Sequence[tuple[int, int]]) -> Matrix:
    """Mean vectors of spans of words; of an empty one, zeros."""
    if not spans:
        return np.zeros((0, words.shape[1]), np.float32)
    return np.stack([words[first:last].sum(0) / max(last - first, 1) for first, last in spans])


def normal(rows: Matrix, weight: Matrix, bias: Matrix) -> Matrix:
    """Rows of mean zero and variance one, scaled and moved."""
    result: Matrix = rows - rows.mean(-1, keepdims=True)
    squares = np.einsum("...i,...i->...", result, result)[..., None] / np.float32(rows.shape[-1])
    result /= np.sqrt(squares + np.float32(1e-5))
    result *= weight
    result += bias
    return result


def gelu(x: Matrix) -> Matrix:
    """x times the standard normal distribution function.

    The error function by formula 7.1.26 of Abramowitz and Stegun, Handbook of Mathematical
    Functions (1964); its error is below 1.5e-7.
    """
    z = np.abs(x) / math.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    found = 1.061405429 * t
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        found += factor
        found *= t
    found *= np.exp(np.negative(np.square(z, out=z), out=z), out=z)
    np.subtract(1, found, out=found)
    found *= np.sign(x)
    found += 1
    found *= 0.5 * x
    result: Matrix = found.astype(np.float32, copy=False)
    return result
