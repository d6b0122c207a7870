"""Groups of things that are one, grown pair by pair; every step is kept with its rule and score."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Merge(Generic[K]):
    """Why two things are one.

    Attributes:
        a: One of them.
        b: The other.
        rule: Name of the rule that says so.
        score: How sure it is, from 0 to 1.
    """

    a: K
    b: K
    rule: str
    score: float


@dataclass
class Clusters(Generic[K]):
    """Disjoint groups of things.

    Attributes:
        fits: Tells whether two groups may be one; given their members.
        merges: The steps so far, in order.
    """

    fits: Callable[[list[K], list[K]], bool] | None = None
    merges: list[Merge[K]] = field(default_factory=list)
    _members: dict[K, list[K]] = field(default_factory=dict)
    _root: dict[K, K] = field(default_factory=dict)
    _apart: dict[K, set[K]] = field(default_factory=dict)

    def add(self, things: Iterable[K]) -> None:
        """Make each new thing a group of its own."""
        for thing in things:
            if thing not in self._root:
                self._root[thing] = thing
                self._members[thing] = [thing]

    def keep_apart(self, a: K, b: K) -> None:
        """Never let two things be one."""
        self._apart.setdefault(a, set()).add(b)
        self._apart.setdefault(b, set()).add(a)

    def root(self, thing: K) -> K:
        """What stands for the group of a thing."""
        root = thing
        while self._root[root] != root:
            root = self._root[root]
        while self._root[thing] != root:
            self._root[thing], thing = root, self._root[thing]
        return root

    def members(self, thing: K) -> list[K]:
        """The group of a thing."""
        return self._members[self.root(thing)]

    def unite(self, merge: Merge[K], *, forced: bool = False) -> bool:
        """Make two things one, unless something keeps their groups apart.

        Args:
            merge: What is one, and why.
            forced: Do not ask whether the groups fit; what is kept apart stays so.

        Returns:
            Whether they are one now.
        """
        a, b = self.root(merge.a), self.root(merge.b)
        if a == b:
            return True
        left, right = self._members[a], self._members[b]
        if self._apart and any(self._apart.get(x, set()).intersection(right) for x in left):
            return False
        if not forced and self.fits and not self.fits(left, right):
            return False
        if len(left) < len(right):
            a, b, left, right = b, a, right, left
        self._root[b] = a
        left.extend(self._members.pop(b))
        self.merges.append(merge)
        return True

    def groups(self) -> list[list[K]]:
        """All groups, in the order of their first things."""
        return list(self._members.values())
