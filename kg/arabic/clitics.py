"""Read a token as proclitics + stem + enclitic pronoun, by form alone.

Arabic writes conjunctions, prepositions, the article and object or possessive
pronouns together with the word. No lexicon is consulted here: every formally
possible reading is given, and the caller keeps those whose stem it knows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.arabic.normalise import fold


class Reading(NamedTuple):
    """One way to read a token, over folded forms.

    Attributes:
        proclitics: Prefixed particles in order, each of و ف ب ك ل س ال.
        stem: What remains, with the changes undone that an enclitic brings
            about (زيارته gives زياره, the folded زيارة).
        enclitic: Suffixed pronoun, or the empty string.
    """

    proclitics: tuple[str, ...]
    stem: str
    enclitic: str


_ENCLITICS: tuple[str, ...] = ("هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ني", "ه", "ك", "ي")
_ARABIC_WORD = re.compile(r"[ء-ي]{2,}")
_MIN_STEM = 2


@lru_cache(maxsize=1 << 16)
def variants(word: str) -> tuple[Reading, ...]:
    """Give every formal reading of a token, the one without clitics first.

    Spelling that folding would hide is used where it decides: a word in ة has
    no enclitic, an initial أ or إ is no article. Readings with fewer clitics
    come first. A stem keeps at least two letters.

    Args:
        word: One token, folded or not.

    >>> Reading(("و", "ل"), "الصين", "") in variants("وللصين")
    True
    """
    folded = fold(word)
    bare = Reading((), folded, "")
    if not _ARABIC_WORD.fullmatch(folded):
        return (bare,)
    fronts = _fronts(folded)
    if word[0] in "أإآ":
        fronts = [front for front in fronts if not front[0]]
    found: dict[Reading, None] = dict.fromkeys(Reading(pro, stem, "") for pro, stem in fronts)
    if word[-1] != "ة":
        for pro, stem in fronts:
            if not pro or pro[-1] != "ال":
                for reading in _backs(pro, stem):
                    found.setdefault(reading)
    return tuple(sorted(found, key=lambda r: len(r.proclitics) + (1 if r.enclitic else 0)))


def _fronts(word: str) -> list[tuple[tuple[str, ...], str]]:
    """All splits into proclitics and rest."""
    found = [((), word), *_particles((), word)]
    if word[0] in "وف" and len(word) > _MIN_STEM:
        conjunction, rest = (word[0],), word[1:]
        found.append((conjunction, rest))
        found.extend(_particles(conjunction, rest))
    return found


def _particles(before: tuple[str, ...], word: str) -> list[tuple[tuple[str, ...], str]]:
    """Splits at a preposition, the future particle or the article; ``before`` is a conjunction."""
    found: list[tuple[tuple[str, ...], str]] = []
    if word.startswith("ال") and len(word) >= 2 + _MIN_STEM:
        found.append(((*before, "ال"), word[2:]))
    if len(word) <= _MIN_STEM:
        return found
    head, rest = word[0], word[1:]
    if head in "بكل":
        found.append(((*before, head), rest))
        if rest.startswith("ال") and len(rest) >= 2 + _MIN_STEM:
            found.append(((*before, head, "ال"), rest[2:]))
    elif head == "س" and rest[0] in "يتنا" and len(rest) > _MIN_STEM:
        found.append(((*before, "س"), rest))
    if head == "ل" and rest[0] == "ل":
        # The article loses its alef after ل, and its lam too where the stem begins with one.
        after = rest[1:]
        if len(after) >= _MIN_STEM:
            found += [((*before, "ل"), "ال" + after), ((*before, "ل", "ال"), after)]
        found += [((*before, "ل"), "ال" + rest), ((*before, "ل", "ال"), rest)]
    return found


def _backs(pro: tuple[str, ...], word: str) -> list[Reading]:
    """Readings of ``word`` with an enclitic, the stem's own ending restored."""
    found: list[Reading] = []
    for enclitic in _ENCLITICS:
        if not word.endswith(enclitic):
            continue
        stem = word[: -len(enclitic)]
        if len(stem) < _MIN_STEM:
            continue
        found.append(Reading(pro, stem, enclitic))
        last = stem[-1]
        if last == "ت" and len(stem) > _MIN_STEM:
            found.append(Reading(pro, stem[:-1] + "ه", enclitic))
        elif last == "ا":
            found.append(Reading(pro, stem[:-1] + "ي", enclitic))
        elif last == "و":
            found.append(Reading(pro, stem + "ا", enclitic))
        if last in "وي" and len(stem) > _MIN_STEM and stem[-2] == "ا":
            found.append(Reading(pro, stem[:-1] + "ء", enclitic))
    return found
