"""The reader's heads in numpy: small matrices over the encoder's vectors and the rules' features.

Weights come from :mod:`kg.train.network`, whose modules have the same names; ``heads.npz`` holds them
as half precision with the names of the feature columns that they were trained with.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.errors import ConfigError
from kg.extract.learned.candidates import Pairs
from kg.extract.learned.features import COLUMNS
from kg.extract.learned.labels import LINKS
from kg.extract.learned.linker import Linker, gelu, linear, means, normal, paired, slots_of

Matrix = NDArray[np.float32]
_PAIR = 128
_FAR = 32
_MEND = "install the package anew, or train the pipeline again"


class Pointed(NamedTuple):
    """Words as the pointer to contents sees them: as a first word, as a last one, beside the first."""

    first: Matrix
    last: Matrix
    known: Matrix


class Heads:
    """Taggers, classifiers, scorers of pairs and the pointer to contents.

    Args:
        weights: Arrays by the name of the PyTorch parameter.
        columns: Names of the feature columns, in the order of the weights.

    Raises:
        ConfigError: The weights were trained with features that this version does not have.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.floating]], columns: Sequence[str]) -> None:
        unknown = sorted(set(columns) - set(COLUMNS))
        if unknown:
            raise ConfigError(f"the trained pipeline expects the feature {unknown[0]!r}", _MEND)
        self.weights = {name: np.asarray(array, np.float32) for name, array in weights.items()}
        self.columns = tuple(columns)
        self._linkers = {name: Linker(self.weights, f"scorers.{name}") for name in LINKS}
        self._order = [COLUMNS.index(name) for name in columns]

    def to_bytes(self) -> bytes:
        """The weights as an npz file, half precision."""
        buffer = io.BytesIO()
        arrays = {name: array.astype(np.float16) for name, array in self.weights.items()}
        np.savez_compressed(buffer, **arrays, columns=np.array(self.columns))  # type: ignore[arg-type]
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Heads:
        """Read what :meth:`to_bytes` wrote.

        Raises:
            ConfigError: It is damaged or of another version.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                weights = {name: arrays[name] for name in arrays.files}
            columns = [str(name) for name in weights.pop("columns")]
        except (ValueError, OSError, KeyError, EOFError) as error:
            raise ConfigError(f"the heads of the trained pipeline cannot be read ({error})", _MEND) from None
        return cls(weights, columns)

    def _linear(self, name: str, rows: Matrix) -> Matrix:
        return linear(rows, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def read(self, vectors: Matrix, features: Matrix) -> Matrix:
        """What encoder and rules make of the words: ``(words, width)``."""
        kernel = self.weights["hints.weight"]
        window = kernel.shape[2]
        margin = window // 2
        padded = np.pad(features[:, self._order], ((margin, margin), (0, 0)))
        hints = self.weights["hints.bias"] + sum(
            padded[k : k + len(features)] @ kernel[:, :, k].T for k in range(window)
        )
        mixed = vectors + hints
        mixed = normal(mixed, self.weights["norm.weight"], self.weights["norm.bias"])
        result: Matrix = mixed + self._linear("down", gelu(self._linear("up", mixed)))
        return result.astype(np.float32)

    def tags(self, name: str, words: Matrix) -> Matrix:
        """Probabilities of a tagger's tags: ``(words, tags)``."""
        return softmax(self._linear(f"taggers.{name}", words))

    def classes(self, name: str, words: Matrix, spans: Sequence[tuple[int, int]]) -> Matrix:
        """Probabilities of the classes of spans: ``(spans, classes)``."""
        return softmax(self._linear(f"classifiers.{name}", means(words, spans)))

    def links(
        self,
        name: str,
        words: Matrix,
        anchors: Sequence[tuple[int, int]],
        mentions: Sequence[tuple[int, int]],
        pairs: Pairs,
    ) -> Matrix:
        """Probabilities that mentions are linked to anchors: ``(pairs, links)``."""
        return self._linkers[name].scores(
            words, anchors, mentions, (pairs.anchor, pairs.mention), pairs.matrix()
        )

    def dates(
        self,
        words: Matrix,
        anchors: Sequence[tuple[int, int]],
        dates: Sequence[tuple[int, int]],
        pairs: Pairs,
    ) -> Matrix:
        """Probabilities of the possible dates of anchors: ``(pairs)``, one in sum for each anchor."""
        t = self._linear("dating.trigger", means(words, anchors))
        d = self._linear("dating.date", means(words, dates))
        sides = (np.asarray(pairs.anchor), np.asarray(pairs.mention))
        layer = self.weights["dating.inner.weight"], self.weights["dating.inner.bias"]
        inner = gelu(paired(t, d, sides, pairs.matrix(), *layer))
        at, sizes = slots_of(pairs.anchor, len(anchors))
        table = np.full((len(anchors), int(sizes.max())), -1e9, np.float32)
        table[pairs.anchor, at] = self._linear("dating.outer", inner)[:, 0]
        return softmax(table)[pairs.anchor, at]

    def pointed(self, words: Matrix) -> Pointed:
        """What the pointer to contents needs of the words of an article, once for all triggers."""
        known = self.weights["pointer.known.weight"][:, words.shape[1] :]
        return Pointed(
            self._linear("pointer.first", words),
            self._linear("pointer.last", words),
            linear(words, known, self.weights["pointer.known.bias"]),
        )

    def content(
        self, words: Matrix, pointed: Pointed, trigger: tuple[int, int], sentence: tuple[int, int]
    ) -> tuple[Matrix, Matrix]:
        """Where in its sentence a trigger's content lies.

        Args:
            words: Vectors of all words.
            pointed: What :meth:`pointed` makes of them.
            trigger: Its words.
            sentence: The words of its sentence.

        Returns:
            Probabilities that it begins at each word or, last, that there is none ``(words + 1)``; and,
            for each beginning, that it ends at each word ``(words, words)``.
        """
        anchor = words[trigger[0] : trigger[1]].mean(0, keepdims=True)
        inside = slice(*sentence)
        gaps = np.clip(np.arange(*sentence) - trigger[0], -_FAR, _FAR) + _FAR
        asked = self._linear("pointer.trigger", anchor)
        scores = (pointed.first[inside] @ asked.T)[:, 0] / _PAIR**0.5
        scores = scores + self.weights["pointer.near"][0, gaps]
        begins = softmax(np.append(scores, self._linear("pointer.none", anchor)[0])[None])[0]
        known = pointed.known[inside] + anchor @ self.weights["pointer.known.weight"][:, : words.shape[1]].T
        places = np.arange(len(known))
        lengths = np.clip(places[None] - places[:, None], -1, 2 * _FAR - 1) + 1
        ends = known @ pointed.last[inside].T / _PAIR**0.5
        ends = ends + self.weights["pointer.near"][1, lengths]
        return begins, softmax(ends.astype(np.float32))


def softmax(scores: Matrix) -> Matrix:
    """Row by row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Matrix = shifted / shifted.sum(axis=1, keepdims=True)
    return result
