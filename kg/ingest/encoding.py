"""Bytes to text: UTF-8 first, then byte-order marks, then the encodings that Arabic files come in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from kg.ingest.language import stop_words

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x1f\x8b": "gzip-compressed data",
    b"\xfd7zXZ": "xz-compressed data",
    b"BZh": "bzip2-compressed data",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
}
_CANDIDATES = ("cp1256", "iso8859_6", "mac_arabic", "cp720")
_SAMPLE = 64 * 1024
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NON_ASCII = re.compile("[^\x00-\x7f]")
_ARABIC = re.compile("[\u060c\u061b\u061f\u0621-\u065f\u0660-\u066d\u067e\u0686\u0698\u06af]")
_MARKS = re.compile("[\u00a0\u00ab\u00bb\u2013\u2014\u2018-\u201e\u2022\u2026\u2039\u203a\u200c-\u200f]")
_MIXED = re.compile("[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")


class BinaryDataError(Exception):
    """The bytes are no text; the message says what they look like."""


class UndecodableError(Exception):
    """The bytes look like text, but in no encoding that fits."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text.

    Attributes:
        text: The text, without a byte-order mark.
        encoding: Python's name of the encoding.
        guessed: True where the encoding was inferred from the content.
        lost: Bytes that are not valid in the encoding and stand as U+FFFD in the text.
    """

    text: str
    encoding: str
    guessed: bool = False
    lost: int = 0


def decode(data: bytes, forced: str | None = None, hint: str | None = None) -> Decoded:
    """Decode the content of a file.

    Args:
        data: The bytes.
        forced: Encoding to use whatever the bytes look like; None = find out.
        hint: Encoding to prefer where the bytes are not UTF-8, such as that of the lines before.

    Raises:
        BinaryDataError: If the bytes are no text.
        UndecodableError: If no encoding fits.
    """
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise BinaryDataError(kind)
    if forced is not None:
        return _strict(data, forced)
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return _strict(data, name)
            except UndecodableError:
                break
    try:
        return Decoded(_text(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _guess(data, hint)
    except BinaryDataError:
        wide = _wide(data)
        if wide is None:
            raise
        return wide


def _strict(data: bytes, name: str) -> Decoded:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise UndecodableError(f"byte {error.start} is not valid {name}") from error
    except (LookupError, ValueError) as error:
        raise UndecodableError(f"not valid {name}") from error
    return Decoded(_text(text.removeprefix("\ufeff")), name)


def _text(text: str) -> str:
    """The text itself, if it looks like one.

    Raises:
        BinaryDataError: If it holds NULs or many control characters.
    """
    if "\0" in text or len(_CONTROL.findall(text[:_SAMPLE])) * 50 > min(len(text), _SAMPLE):
        raise BinaryDataError("binary data")
    return text


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a byte-order mark."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _plausible(text):
            return Decoded(text, name, guessed=True)
    return None


def _guess(data: bytes, hint: str | None) -> Decoded:
    if hint is not None:
        try:
            text = data.decode(hint)
        except (UnicodeDecodeError, LookupError):
            text = ""
        if _plausible(text):
            return Decoded(text, hint, guessed=True)
    mended = data.decode("utf-8", errors="replace")
    lost = mended.count("\ufffd")
    # A few broken bytes in a UTF-8 file are likelier than a legacy encoding that imitates UTF-8.
    if len(_NON_ASCII.findall(mended)) >= 10 * lost and "\0" not in mended:
        return Decoded(mended.removeprefix("\ufeff"), "utf-8", lost=lost)
    wide = _wide(data)
    if wide is not None:
        return wide
    order = [
        match.encoding
        for match in charset_normalizer.from_bytes(data[:_SAMPLE], cp_isolation=list(_CANDIDATES))
        if match.encoding in _CANDIDATES
    ]
    found: list[tuple[float, int, str, str]] = []
    for rank, name in enumerate([*order, *(c for c in _CANDIDATES if c not in order)]):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _plausible(text):
            found.append((-_familiarity(text), rank, name, text))
    if not found:
        if b"\0" in data:
            raise BinaryDataError("binary data")
        raise UndecodableError("neither UTF-8 nor a known Arabic encoding")
    _, _, name, text = min(found)
    return Decoded(text, name, guessed=True)


def _plausible(text: str) -> bool:
    """Whether a decoded text is Arabic, or plain text with few other letters."""
    sample = text[:_SAMPLE]
    if not sample or _CONTROL.search(sample):
        return False
    foreign = _NON_ASCII.findall(_MARKS.sub("", sample))
    arabic = sum(1 for char in foreign if _ARABIC.match(char))
    if len(_MIXED.findall(sample)) * 5 > arabic > 0:
        return False
    if arabic * 10 >= len(foreign) * 8:
        return True
    letters = [char for char in foreign if char.isalpha()]
    return arabic == 0 and len(letters) == len(foreign) and len(foreign) * 3 <= len(sample)


def _familiarity(text: str) -> float:
    """Share of the first words that are frequent Arabic words or carry the article."""
    words = _WORD.findall(text[:_SAMPLE])
    common = stop_words()["ar"]
    hits = sum(word in common or word.startswith("ال") for word in words)
    return round(hits / len(words), 2) if words else 0.0
