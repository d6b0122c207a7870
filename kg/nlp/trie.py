"""Look up phrases of tables in a tokenised text, proclitics and spelling variants aside.

Every phrase becomes a path of folded tokens. A text position is tried as it stands and
with each formal reading of its proclitics, so that "والصين", "لإيران" and "للكرملين" are
found; the longest path wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from kg.arabic import fold, variants
from kg.nlp.tokenizer import split_words

T = TypeVar("T", bound=Hashable)
_PREPOSED = frozenset("وفبكل")
HYPHENS = frozenset("-–‐‑#_")
"""Characters that writers set between the words of a name or leave out, hashtag marks included."""


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """Values found at a position.

    Attributes:
        length: Number of tokens.
        skip: Characters of the first token that its proclitics take.
        proclitics: The proclitics (without the article), in order.
        values: The values stored under the phrase.
    """

    length: int
    skip: int
    proclitics: tuple[str, ...]
    values: tuple[T, ...]


@lru_cache(maxsize=1 << 16)
def heads(word: str) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """Ways to read a token as the first word of a phrase.

    Returns:
        Tuples of the folded form (with its article), the number of characters of
        ``word`` that the proclitics take, and the proclitics; the plain form first.
    """
    found: dict[str, tuple[str, int, tuple[str, ...]]] = {}
    for reading in variants(word):
        if reading.enclitic:
            continue
        proclitics = reading.proclitics
        article = bool(proclitics) and proclitics[-1] == "ال"
        particles = proclitics[:-1] if article else proclitics
        if any(p not in _PREPOSED for p in particles):
            continue
        form = "ال" + reading.stem if article else reading.stem
        found.setdefault(form, (form, len(particles), particles))
    return tuple(sorted(found.values(), key=lambda r: r[1]))


def path_of(phrase: str) -> tuple[str, ...]:
    """The folded tokens of a phrase; hyphens, which writers set or leave out, are dropped."""
    return tuple(fold(w) for w in split_words(phrase) if w not in HYPHENS)


class Trie(Generic[T]):
    """Phrases and their values.

    Args:
        entries: Pairs of a phrase and its value; a phrase may have several values.
    """

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        paths: dict[tuple[str, ...], dict[T, None]] = defaultdict(dict)
        for phrase, value in entries:
            path = path_of(phrase)
            if path:
                paths[path].setdefault(value)
        self._paths = {path: tuple(values) for path, values in paths.items()}
        longest: dict[str, int] = {}
        for path in self._paths:
            longest[path[0]] = max(longest.get(path[0], 0), len(path))
        self._longest = longest
        self._begins = lru_cache(maxsize=1 << 14)(self._readings)

    def get(self, phrase: str) -> tuple[T, ...]:
        """Values of exactly this phrase (after folding)."""
        return self._paths.get(path_of(phrase), ())

    def _readings(self, word: str) -> tuple[tuple[str, int, tuple[str, ...], int], ...]:
        """The readings of a token that begin a phrase, each with the length of the longest one."""
        return tuple((*head, self._longest[head[0]]) for head in heads(word) if head[0] in self._longest)

    def match(self, words: Sequence[str], folds: Sequence[str], i: int) -> Match[T] | None:
        """The longest phrase that begins at token ``i``, or None.

        Args:
            words: Tokens as written, without hyphens.
            folds: Their folded forms.
            i: Where the phrase begins.
        """
        best: Match[T] | None = None
        for form, skip, proclitics, limit in self._begins(words[i]):
            top = min(limit, len(folds) - i)
            floor = best.length if best else 0
            for length in range(top, floor, -1):
                values = self._paths.get((form, *folds[i + 1 : i + length]))
                if values:
                    best = Match(length, skip, proclitics, values)
                    break
        return best
