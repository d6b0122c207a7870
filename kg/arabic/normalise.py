"""Fold Arabic spelling so that one name has one form, and keep the way back to the source.

Newspapers write the same name with and without hamza, dots, vowel marks and
stretching strokes. Tables and matchers work on the folded form; evidence must
still be cut from the article as printed, hence the offsets.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

QUOTES_OPEN: frozenset[str] = frozenset('«“„‟‹‘‛「『〈《⟨❝"＂')
"""Characters that may open a quotation; the straight double quote opens and closes."""

QUOTES_CLOSE: frozenset[str] = frozenset('»”›’」』〉》⟩❞"＂')
"""Characters that may close a quotation."""

_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي",
    "ک": "ك", "ڪ": "ك", "گ": "ك", "ی": "ي", "ې": "ي", "ے": "ي", "ھ": "ه", "ہ": "ه", "ە": "ه", "ۀ": "ه",
    "ۂ": "ه", "ۃ": "ه", "ۆ": "و", "ڤ": "ف", "پ": "ب", "چ": "ج", "ژ": "ز",
    "_": " ", "#": " ", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "٫": ".", "٬": ",",
}  # fmt: skip

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
_STRETCH = "\u0640"
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_DELETED = re.compile(f"[{_MARKS}{_STRETCH}{_INVISIBLE}]")
_ATTACHED = re.compile(f"[{_MARKS}{_STRETCH}]*")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_SPACES = re.compile(r"\s+")
_HASHTAG = re.compile(r"[#_\s]+")


def _fold_char(char: str) -> str:
    """Folded form of one character; may be empty or longer than one character."""
    if _DELETED.match(char):
        return ""
    if char in _LETTERS:
        return _LETTERS[char]
    if _PRESENTATION.match(char):
        plain = unicodedata.normalize("NFKC", char)
        if plain == char:
            return char
        # Isolated vowel marks decompose to a space plus the mark: nothing remains of them.
        return "" if plain[0] == " " and len(plain) < 4 else "".join(_fold_char(c) for c in plain)
    if "\u0660" <= char <= "\u0669" or "\u06f0" <= char <= "\u06f9":
        return str(unicodedata.digit(char))
    folded = char.casefold()
    return folded if folded == char else "".join(_fold_char(c) for c in folded)


class _Table(dict[int, str]):
    """Translation table for :meth:`str.translate` that fills itself as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Normalised:
    """A folded text with the way back to its original.

    Attributes:
        text: The folded text.
        offsets: For each index in ``text`` the index of the original character
            that it comes from; one last item holds the length of the original.
        original: The text as given.
    """

    text: str
    offsets: Sequence[int]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map ``text[start:end]`` to the original.

        Returns:
            Half-open offsets into the original. Vowel marks and stretching
            strokes on the last letter are taken in; invisible controls are not.

        Raises:
            IndexError: If the span does not lie within the folded text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span {start}:{end} outside folded text of {len(self.text)} characters")
        first = self.offsets[start]
        if start == end:
            return first, first
        attached = _ATTACHED.match(self.original, self.offsets[end - 1] + 1)
        return first, attached.end() if attached else self.offsets[end - 1] + 1


def normalise(text: str) -> Normalised:
    """Fold a text and keep the offsets of its characters.

    Removed: vowel marks, stretching strokes, bidi controls, zero-width
    characters. Unified: alef and its hamza forms, ى/ي, ة/ه, ؤ/و, ئ/ي, Persian
    and ornamental letters, presentation forms, all digits (to ASCII), letter
    case, underscores and hash signs (to spaces). Quotation marks stay.
    """
    folded = text.translate(_TABLE)
    if len(folded) == len(text) and not _DELETED.search(text) and not _PRESENTATION.search(text):
        # Only the letters that casefold lengthens (ß, ŉ, …) are left to upset the count, and they
        # cannot hide: nothing was removed that would make up for them.
        return Normalised(folded, range(len(text) + 1), text)
    offsets = array("I")
    table = _TABLE
    for index, char in enumerate(text):
        width = len(table[ord(char)])
        if width == 1:
            offsets.append(index)
        elif width:
            offsets.extend([index] * width)
    offsets.append(len(text))
    return Normalised(folded, offsets, text)


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Fold one token or table key: as :func:`normalise`, with spaces trimmed and collapsed.

    >>> fold("الإمَـارات")
    'الامارات'
    """
    folded = word.translate(_TABLE)
    return _SPACES.sub(" ", folded).strip() if " " in folded or "\n" in folded or "\t" in folded else folded


def expand_hashtag(tag: str) -> str:
    """Give the words of a hashtag, unfolded.

    >>> expand_hashtag("#الولايات_المتحدة")
    'الولايات المتحدة'
    """
    return _HASHTAG.sub(" ", tag).strip()
