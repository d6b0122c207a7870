"""Which entities are items of an extract: by name and fitting type, where only one can be meant."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kg.arabic import fold
from kg.link.wikidata.dump import Item

_LONG_NAMES = frozenset({"PERSON", "EVENT", "TREATY"})
"""Types whose names of one word (a surname, "القمة") are too many things' names."""


def name_key(name: str) -> str:
    """What two spellings of one name share: folded Arabic, Latin letters without accents and case."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not "\u0300" <= c <= "\u036f")
    return fold(plain).replace("-", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def link_items(
    nodes: Mapping[str, tuple[Iterable[str], Iterable[str]]], items: Iterable[Item], taken: Iterable[str] = ()
) -> dict[str, str]:
    """Find the items that nodes are.

    A node is linked if all items of a fitting type that share one of its names are one item, and no other
    node claims that item. Items are read one at a time; only the nodes are held in memory.

    Args:
        nodes: Entity types and names of each node.
        items: The extract.
        taken: Items that other nodes are known to be.

    Returns:
        Item by node.
    """
    types: dict[str, frozenset[str]] = {}
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for node, (kinds, names) in nodes.items():
        types[node] = frozenset(kinds)
        for key in {name_key(name) for name in names}:
            if key and not (types[node] & _LONG_NAMES and " " not in key):
                wanted[key].add(node)
    candidates: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        if not item.types:
            continue
        for key in {name_key(name) for name in item.names}:
            for node in wanted.get(key, ()):
                if types[node] & item.types:
                    candidates[node].add(item.id)
    clear = {node: next(iter(found)) for node, found in candidates.items() if len(found) == 1}
    claims = Counter(clear.values())
    claims.update(taken)
    return {node: item for node, item in sorted(clear.items()) if claims[item] == 1}
