"""What a reader hands on: an article's fields before id, language and date are settled."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_CHARS = 20_000_000
"""Longest text of one article."""

ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "guid"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "article"),
    "lang": ("lang", "language"),
    "source": ("source", "publisher"),
    "date": ("date", "published", "pubdate", "publishedat", "published_at"),
    "place": ("place",),
}
"""Names under which records carry a field, in order of preference; upper and lower case are one."""

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its file gives it; None = the file does not say.

    Attributes:
        line: 1-based line of the file where it begins, in formats with several records.
        number: 1-based position among the file's records; None where the file is one article.
    """

    title: str
    text: str
    sha256: str
    id: str | None = None
    lang: str | None = None
    source: str | None = None
    date: str | None = None
    place: str | None = None
    line: int | None = None
    number: int | None = None


class FieldError(Exception):
    """A record that makes no article: ``cause`` and ``mend`` say why and what to do."""

    def __init__(self, cause: str, mend: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.mend = mend


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def scrub(text: str) -> str:
    """The text with lone surrogates, which no encoding can write, as U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def from_fields(
    fields: Mapping[str, object], sha256: str, line: int | None = None, number: int | None = None
) -> Record:
    """A record from named fields; unknown ones are ignored.

    Raises:
        FieldError: If there is no text or a field has an impossible type.
    """
    found: dict[str, str | None] = {}
    lowered = {name.strip().casefold(): name for name in reversed(list(fields)) if isinstance(name, str)}
    for field, aliases in ALIASES.items():
        found[field] = None
        for alias in aliases:
            name = lowered.get(alias)
            value = _string(field, name, fields[name]) if name is not None else None
            if value is not None and (value.strip() or field == "title"):
                found[field] = value
                break
    text = found.pop("text")
    title = found.pop("title") or ""
    if text is None:
        raise FieldError(
            "no text",
            f"give the article's body in a field named {', '.join(ALIASES['text'][:-1])} or article",
        )
    if len(text) > MAX_CHARS:
        raise FieldError(*too_large(len(text)))
    return Record(title=title, text=text, sha256=sha256, line=line, number=number, **found)


def too_large(size: int) -> tuple[str, str]:
    """Cause and mend for a text that is no article by its size."""
    return (
        f"too large for one article ({size / 1e6:.0f} MB; the limit is {MAX_CHARS / 1e6:.0f} MB)",
        "split it into one file or record an article",
    )


def _string(field: str, name: str | None, value: object) -> str | None:
    """The value as text; None for null.

    Raises:
        FieldError: If it has another type.
    """
    if value is None:
        return None
    if field == "source" and isinstance(value, Mapping):
        # News interfaces give the publisher as {"id": …, "name": …}.
        value = value.get("name")
        if value is None:
            return None
    if isinstance(value, str):
        return scrub(value)
    if field in ("id", "date") and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    raise FieldError(f"field {name} is {kinds.get(type(value), 'no text')}, not text", "write it as a string")
