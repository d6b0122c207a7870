"""How near two Arabic spellings of a name are: variants of letters, of transliteration, of length."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from kg.arabic import fold
from kg.data.people import given_names, honorifics
from kg.data.tables import read_table
from kg.link.gazetteer import JOINED
from kg.nlp.tokenizer import split_words
from kg.nlp.trie import HYPHENS

_DROPPED = frozenset({"بن", "ال"})
_SAME_WORD = 0.8
"""Most that two spellings of one word may cost …"""
_PER_LETTER = 0.18
"""… and most a letter of the longer one …"""
_SHORT, _SHORT_WORD = 3, 0.2
"""… where words of so few letters may cost no more than this."""
_SHORT_NAME = 0.3
"""Most that a part of a name may cost: what is left out must not be made up for by other spellings."""
_VOWELS = frozenset("اوي")
_OTHER = 1.0
_GIVEN = 0.6
"""Least that two different known given names cost: سعد and سعيد are two."""


@cache
def _costs(arabic: bool) -> dict[tuple[str, str], float]:
    """What it costs to put one letter for another, or for none; other pairs cost a whole letter."""
    costs: dict[tuple[str, str], float] = {}
    for row in read_table("letter_costs"):
        pair, cost = (row["a"], row["b"]), float(row["cost"])
        # In Arabic surnames ("الكعبي") a vowel makes another name; in foreign ones it is a matter of taste.
        if arabic and not _VOWELS.isdisjoint(pair):
            cost = min(_OTHER, 3 * cost)
        costs[pair] = costs[pair[::-1]] = cost
    return costs


@cache
def _given() -> frozenset[str]:
    return frozenset(fold(name) for name in given_names())


@cache
def _titles() -> frozenset[str]:
    return frozenset(fold(word) for word in honorifics())


def words(name: str) -> tuple[str, ...]:
    """Folded words of a name that tell it from others.

    Titles of honour before it and the words بن and آل are left out, and what belongs together is
    joined: عبد, أبو and ابن to what follows, الدين to what precedes.

    >>> words("الشيخ عبد الله بن سالم آل نور الدين")
    ('عبدالله', 'سالم', 'نورالدين')
    """
    tokens = [fold(w) for w in split_words(name) if w not in HYPHENS and any(c.isalnum() for c in w)]
    while len(tokens) > 1 and tokens[0] in _titles():
        tokens.pop(0)
    out: list[str] = []
    join = False
    for i, token in enumerate(tokens):
        if token in _DROPPED and len(tokens) > 1:
            continue
        if join or (token == "الدين" and out):
            out[-1] += token
        else:
            out.append(token)
        join = token in JOINED and i + 1 < len(tokens)
    return tuple(out)


def bare(word: str) -> str:
    """The word without its article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def sketch(word: str) -> str:
    """What all spellings of a word share, nearly: its strong consonants, in classes, for blocking.

    >>> sketch("كوستريكوف") == sketch("كوستيريكوف"), sketch("ميلغرام") == sketch("ميلجرام")
    (True, True)
    """
    out = ""
    for char in bare(word).replace("تش", "ش"):
        char = _CLASS.get(char, char)
        if char and out[-1:] != char:
            out += char
    return out or bare(word)


_CLASS = {
    **dict.fromkeys("اويعهحء", ""),
    **dict.fromkeys("غجقكگشخ", "ك"),
    **dict.fromkeys("تطثسصزذظدض", "ت"),
    **dict.fromkeys("فبڤپ", "ف"),
}


@lru_cache(maxsize=1 << 16)
def distance(a: str, b: str) -> float:
    """What it costs to turn one spelling of a word into another; 0 = the same, 1 = another letter.

    Words further apart than one letter are not compared to their ends: for them it is a lower bound.

    >>> distance("غوتيريش", "جوتيريس") < 1 < distance("نديريتو", "نديريبا")
    True
    """
    costs = _costs(a.startswith("ال") and b.startswith("ال"))
    a, b = bare(a), bare(b)
    if a == b:
        return 0.0
    adding = [costs.get(("", y), _OTHER) for y in b]
    doubled = [
        0.1 if j and b[j - 1] == y else cost for j, (y, cost) in enumerate(zip(b, adding, strict=True))
    ]
    row = list(accumulate(adding, initial=0.0))
    before = ""
    for x in a:
        drop = costs.get(("", x), _OTHER)
        again = 0.1 if x == before else drop
        left = row[0] + drop
        new = [left]
        for j, y in enumerate(b):
            left = min(
                row[j] if x == y else row[j] + costs.get((x, y), _OTHER),
                row[j + 1] + again,
                left + doubled[j],
            )
            new.append(left)
        row, before = new, x
        least = min(row)
        if least > _OTHER:
            return least
    if a in _given() and b in _given():
        return max(row[-1], _GIVEN)
    return row[-1]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names compare.

    Attributes:
        form: "same" words, "variant" spellings of them, "short" for a part of the other with two words or
            more, "surname" for its last word alone.
        cost: Sum of the words' distances.
    """

    form: str
    cost: float


def likeness(a: tuple[str, ...], b: tuple[str, ...]) -> Likeness | None:
    """Compare two names, given as their :func:`words`; None if they cannot name one thing.

    >>> likeness(words("محمد جواد ظريف"), words("جواد ظريف"))
    Likeness(form='short', cost=0.0)
    """
    if [bare(w) for w in a] == [bare(w) for w in b]:
        return Likeness("same", 0.0)
    long, short = (a, b) if len(a) >= len(b) else (b, a)
    if not short:
        return None
    # "لو دريان" and "لودريان": the same letters in other words.
    if len(long) != len(short) and len("".join(short)) > 4:
        cost = distance("".join(map(bare, long)), "".join(map(bare, short)))
        if cost <= _SAME_WORD / 2:
            return Likeness("variant", cost)
    if distance(long[-1], short[-1]) > _most(long[-1], short[-1]):
        return None  # most pairs end here: the last words must be one
    total = 0.0
    at = len(long)
    for word in reversed(short):
        # In order, from the surname on: "خالد بن سلطان" is not "سلطان بن خالد".
        costs = ((distance(long[i], word), i) for i in range(at - 1, -1, -1))
        cost, at = min(costs, default=(_OTHER * 2, 0), key=lambda pair: (pair[0], -pair[1]))
        if cost > _most(long[at], word):
            return None
        if word is short[-1] and at != len(long) - 1:
            return None
        total += cost
    if len(long) == len(short):
        return Likeness("variant" if total else "same", total)
    if total > _SHORT_NAME or (len(short) == 1 and short[0] in _given()):
        return None
    return Likeness("short" if len(short) > 1 else "surname", total)


def _most(a: str, b: str) -> float:
    """Most that two spellings of one word may cost."""
    letters = max(len(bare(a)), len(bare(b)))
    return min(_SAME_WORD, _SHORT_WORD if letters <= _SHORT else _PER_LETTER * letters)


def ambiguous(name: tuple[str, ...]) -> bool:
    """Whether many persons bear a name: it has two words at most, and both are given names."""
    return len(name) <= 2 and all(w in _given() for w in name)
