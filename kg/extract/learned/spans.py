"""Spans from probabilities of tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kg.nlp.drafts import Sentence

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """A span of tokens with its label and how sure it is, in [0, 1]."""

    first: int
    last: int
    label: str
    sure: float


def decode(tags: Matrix, labels: Sequence[str], sentences: Sequence[Sentence], floor: float) -> list[Found]:
    """Spans that begin where a tag's probability to begin reaches ``floor``.

    A span goes on while its label is likelier to go on than to end or to begin anew. Where the best
    beginning is followed by nothing, it is one word. Of overlapping spans the surer one is kept.

    Args:
        tags: ``(tokens, 2 * labels + 1)``: outside, then begins and goes on for each label.
        labels: Names of the labels.
        sentences: A span never leaves its sentence.
        floor: Least probability of a beginning.
    """
    found = []
    for k, label in enumerate(labels):
        begins, inside = tags[:, 2 * k + 1], tags[:, 2 * k + 2]
        for sentence in sentences:
            starts = sentence.first + np.flatnonzero(begins[sentence.first : sentence.last] >= floor)
            for start in starts.tolist():
                end = start + 1
                while end < sentence.last and inside[end] > max(1 - inside[end] - begins[end], begins[end]):
                    end += 1
                found.append(Found(start, end, label, float(begins[start])))
    found.sort(key=lambda f: (-f.sure, f.first, f.label))
    kept: list[Found] = []
    for span in found:
        if all(span.last <= k.first or k.last <= span.first for k in kept):
            kept.append(span)
    return sorted(kept, key=lambda f: f.first)


def trimmed(words: Sequence[str], span: Found) -> Found | None:
    """A span without the marks at its ends; None where nothing else is in it."""
    first, last = span.first, span.last
    while first < last and not words[first][0].isalnum():
        first += 1
    while first < last and not words[last - 1][0].isalnum():
        last -= 1
    return replace(span, first=first, last=last) if first < last else None


def mass(tags: Matrix, first: int, last: int) -> float:
    """Mean probability that the tokens of a range belong to some span."""
    return float(1 - tags[first:last, 0].mean())
