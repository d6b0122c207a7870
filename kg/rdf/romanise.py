"""Readable Latin forms of Arabic names, by rule: for IRIs and for labels where no English is known.

This is a reading aid, not a scholarly transliteration: short vowels that Arabic does not write are
put in only so that consonants can be pronounced, but for common names, which a
table spells (``name_romanisations.csv``).
IRIs go by the rule alone: they stay when a name is added to the table.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.arabic import fold
from kg.data.tables import read_table

_CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "ک": "k", "گ": "g", "پ": "p", "چ": "ch", "ژ": "zh", "ڤ": "v",
}  # fmt: skip
_VOWELS = {"ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ة": "a", "ئ": "i", "ؤ": "u", "ء": ""}
_LONG = frozenset("اأإآىةويوؤئ")
_WORD = re.compile(r"[^\W_]+")
_SPELLED_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_AL_MIN = 5
"""Shortest word in which a leading ال is taken for the article."""


def _units(word: str) -> list[tuple[str, bool]]:
    """Latin units of one Arabic word, each with whether it is a vowel."""
    units: list[tuple[str, bool]] = []
    for i, char in enumerate(word):
        after = word[i + 1] if i + 1 < len(word) else ""
        vowel_before = bool(units) and units[-1][1]
        if char in _CONSONANTS:
            units.append((_CONSONANTS[char], False))
        elif char == "ع":
            # Heard as a vowel where none is written beside it, and in the first syllable (عون, عيسى).
            if (not vowel_before and after not in _LONG) or (not units and after in ("و", "ي")):
                units.append(("a", True))
        elif char == "و":
            glide = i == 0 or after in _LONG or vowel_before
            units.append(("w", False) if glide else ("u", True))
        elif char in "يی":
            if i == 0 or vowel_before:
                units.append(("y", False))
            else:
                units.append(("i", True))
                if after in _LONG:
                    units.append(("y", False))
        elif char in _VOWELS:
            vowel = _VOWELS[char]
            if vowel and not (units and units[-1] == (vowel, True)):
                units.append((vowel, True))
        else:
            units.append((char, not char.isalpha()))
    return units


def _pronounceable(units: list[tuple[str, bool]]) -> str:
    out: list[str] = []
    run = 0
    for i, (text, vowel) in enumerate(units):
        run = 0 if vowel else run + 1
        last = i + 1 == len(units)
        if last and run == 2 and (len(units) == 2 or (i > 2 and units[i - 2][1])):
            # Arabic ends no word in two consonants after a long vowel (صالح), nor consists of two (بن).
            out.append("i")
        elif run > (1 if run == i + 1 else 2):
            # A word may begin with one consonant only, and two may meet within it.
            out.append("a")
            run = 1
        out.append(text)
    return "".join(out)


@lru_cache(maxsize=1 << 14)
def romanise_word(word: str) -> str:
    """Latin form of one word, in lower case; the article stands before a hyphen.

    >>> romanise_word("لافروف"), romanise_word("الكرملين")
    ('lafruf', 'al-karmalin')
    """
    if not _SPELLED_ARABIC.search(word):
        return word.lower()
    if word.startswith("ال") and len(word) >= _AL_MIN:
        return "al-" + _pronounceable(_units(word[2:]))
    return _pronounceable(_units(word))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).replace("\u0640", "")
    plain = "".join(
        str(unicodedata.digit(c, c)) for c in plain if unicodedata.category(c) not in ("Mn", "Cf")
    ).replace("إي", "إ")
    return _WORD.findall(plain)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Latin form of common names, which no rule can tell the vowels of, by folded name."""
    return {fold(row["name"]): row["latin"] for row in read_table("name_romanisations")}


def _name(word: str) -> str:
    """Latin form of a word of a name with its capitals; the article stays small."""
    table = _table()
    if latin := table.get(fold(word)):
        return latin
    rest = word[2:] if word.startswith("ال") and len(word) >= _AL_MIN else ""
    if latin := table.get(fold(rest)):
        return f"al-{latin}"
    return "-".join(part if part == "al" else part.capitalize() for part in romanise_word(word).split("-"))


@lru_cache(maxsize=1 << 14)
def romanise(text: str) -> str:
    """Latin form of a name, with capitals: common names by table, all else by rule.

    The article is written "al-" before all letters, as most of the press does.

    >>> romanise("سيرجي لافروف"), romanise("محمد بن سلمان")
    ('Sirji Lafruf', 'Muhammad bin Salman')
    """
    latin = " ".join(filter(None, (_name(word) for word in _words(text))))
    return latin[:1].upper() + latin[1:]


@lru_cache(maxsize=1 << 14)
def slugify(text: str, limit: int = 60) -> str:
    """ASCII slug of a name in any script; empty if nothing of it can be written in Latin letters.

    Args:
        text: The name.
        limit: Longest slug in characters; cut between words.

    >>> slugify("وزارة الخارجية"), slugify("Côte d’Ivoire")
    ('wazara-al-kharjiya', 'cote-d-ivoire')
    """
    latin = " ".join(romanise_word(word) for word in _words(text))
    ascii_text = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_text))
    if len(slug) <= limit:
        return slug
    return slug[: limit + 1].rpartition("-")[0] or slug[:limit]
