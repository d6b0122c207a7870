"""Bodies, organisations, media and places that no table has: by the words of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import combinations

from kg.arabic import fold
from kg.data.tables import read_table
from kg.link.across.clusters import Clusters, Merge
from kg.link.across.spelling import bare, likeness, sketch
from kg.link.across.things import Key, Thing
from kg.link.gazetteer import names, nationalities
from kg.nlp.tokenizer import split_words
from kg.nlp.words import common_words

TYPES = frozenset({"STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "PLACE"})
"""Types whose names name; who is in a GROUP ("Iranian sources") changes from article to article."""
_SAME, _VARIANT = 0.9, 0.8
_MINISTRY = "وزاره"
_IN = frozenset({"في", "ب", "من"})


@lru_cache(maxsize=1 << 14)
def canonical(name: str) -> tuple[tuple[str, ...], str | None]:
    """Words of a body's name without article and prepositions, and the state that it names.

    >>> canonical("وزارة خارجية موريتانيا") == canonical("الخارجية الموريتانية")
    True
    """
    tokens = [w for w in split_words(name) if any(c.isalnum() for c in w)]
    folds = [fold(w) for w in tokens]
    out: list[str] = []
    state: str | None = None
    i = 0
    while i < len(tokens):
        found: set[str] = set()
        length = 1
        if match := nationalities().match(tokens, folds, i):
            found, length = {n.state for n in match.values}, match.length
        elif match_name := names().match(tokens, folds, i):
            found = {e.slug for e in match_name.values if e.type == "STATE"}
            length = match_name.length if found else 1
        if len(found) == 1 and i and state is None:
            state, i = found.pop(), i + length
            continue
        if folds[i] not in _IN and not (folds[i] == _MINISTRY and len(tokens) > 1):
            out.append(bare(folds[i]))
        i += 1
    return tuple(out), state


@cache
def _many() -> dict[str, bool]:
    """Words for bodies of which a state has several → whether a further word names one ("court": yes)."""
    return {fold(row["form"]): row["named"] == "yes" for row in read_table("many_of_a_kind")}


@cache
def _generic() -> frozenset[str]:
    """Words that bodies of all states share: "المدني", "العامة", "المسلحة"."""
    return frozenset(bare(fold(row["form"])) for row in read_table("generic_body_words"))


def _telling(type_: str, name: tuple[str, ...], state: str | None) -> bool:
    """Whether a name tells one thing from all others: every state has a ministry of finance, a civil
    defence and a ruling party, and "the city" is another one in each article."""
    if type_ in ("GOVBODY", "STATE", "ORG", "PLACE") and name and name[0] in _many():
        if not _many()[name[0]] or len(name) == 1:
            return False
    if state is not None or type_ not in ("GOVBODY", "STATE", "ORG"):
        return bool(name)
    if type_ == "ORG" and len(name) == 1:
        return True
    return any(
        word.removeprefix("لل") not in _generic()
        and word not in common_words()
        and "ال" + word not in common_words()
        for word in name[1:]
    )


def unite_bodies(things: Iterable[Thing], clusters: Clusters[Key]) -> None:
    """Group bodies, organisations, media and places of all articles by row and name."""
    rows: dict[tuple[str, str], Key] = {}
    named: defaultdict[tuple[str, str | None], dict[tuple[str, ...], Key]] = defaultdict(dict)
    for thing in things:
        entity = thing.entity
        if entity.link:
            first = rows.setdefault((entity.type, entity.link), thing.key)
            if first != thing.key:
                clusters.unite(Merge(first, thing.key, "row", 1.0), forced=True)
            continue
        name, state = canonical(entity.name)
        if not _telling(entity.type, name, state):
            continue
        key = named[entity.type, state].setdefault(name, thing.key)
        if key != thing.key:
            clusters.unite(Merge(key, thing.key, "same-name", _SAME))
    for group in sorted(named, key=str):
        blocks: defaultdict[str, list[tuple[tuple[str, ...], Key]]] = defaultdict(list)
        for name, key in named[group].items():
            blocks[sketch("".join(name))].append((name, key))
        for block in blocks.values():
            for (a, x), (b, y) in combinations(block, 2):
                like = likeness(a, b)
                if like and like.form in ("same", "variant") and like.cost < _VARIANT:
                    clusters.unite(Merge(x, y, "variant-name", _VARIANT))
