"""Structural balance: triads of friends and foes, and who stands between foes.

A triad is balanced when the product of its signs is positive ("the enemy of my enemy is my friend"); in
the weak sense (Davis 1967) three mutual foes are balanced too, which more than two blocs need.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.analyse.signed import SignedGraph


@dataclass(frozen=True, slots=True)
class Balance:
    """Census of the triads.

    Attributes:
        triads: How many of each kind: "+++", "++-", "+--", "---".
        between: For each node, the pairs of foes of whom it is a friend.
    """

    triads: Mapping[str, int]
    between: Mapping[str, tuple[tuple[str, str], ...]]

    @property
    def count(self) -> int:
        """How many triads in all."""
        return sum(self.triads.values())

    @property
    def balanced(self) -> float | None:
        """Share of the triads that are balanced; None where there are none."""
        return (self.triads["+++"] + self.triads["+--"]) / self.count if self.count else None

    @property
    def weakly_balanced(self) -> float | None:
        """Share that is balanced in the weak sense; None where there are none."""
        return 1 - self.triads["++-"] / self.count if self.count else None


_KINDS = ("---", "+--", "++-", "+++")
_PAIRS = 50
"""Pairs of foes kept of each node between them; all are counted by the triads."""


def balance(graph: SignedGraph) -> Balance:
    """Count the triads of a network.

    Each is found once, from its first node in the order of degrees: a network of 100,000 ties takes seconds.
    """
    later = _later(graph)
    counts: Counter[int] = Counter()
    between: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for first, own in enumerate(later):
        for second, tie in own.items():
            others = later[second]
            for third in own.keys() & others.keys():
                signs = tie > 0, own[third] > 0, others[third] > 0
                friendly = sum(signs)
                counts[friendly] += 1
                if friendly == 2:
                    apex = (third, second, first)[signs.index(False)]
                    pair = ((first, second), (first, third), (second, third))[signs.index(False)]
                    between[apex].append((min(pair), max(pair)))
    names = graph.nodes
    return Balance(
        triads={kind: counts[i] for i, kind in reversed(list(enumerate(_KINDS)))},
        between={
            names[apex]: tuple((names[a], names[b]) for a, b in sorted(pairs)[:_PAIRS])
            for apex, pairs in sorted(between.items())
        },
    )


def _later(graph: SignedGraph) -> list[dict[int, float]]:
    """Neighbours of each node that come after it when all are ordered by degree."""
    degrees: Counter[int] = Counter(node for pair in graph.ties for node in pair)
    found: list[dict[int, float]] = [{} for _ in graph.nodes]
    for (a, b), weight in graph.ties.items():
        first, second = (a, b) if (degrees[a], a) < (degrees[b], b) else (b, a)
        found[first][second] = weight
    return found
