"""Plain text and Markdown: the first line is the headline, the rest the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.config import IngestSettings
from kg.ingest.content import decoded, lf
from kg.ingest.dateline import parse
from kg.ingest.problem import Reporter
from kg.ingest.record import ALIASES, MAX_CHARS, FieldError, Record, digest, from_fields
from kg.ingest.source import Source, read_bytes
from kg.ingest.split import split

_LONGEST_TITLE = 250
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|$)", re.S)
_HEADING = re.compile(r"#{1,6}\s+")
_UNDERLINE = re.compile(r"[ \t]*[=\-]{3,}[ \t]*(?:\n|$)")


def read(source: Source, settings: IngestSettings, report: Reporter) -> Iterator[Record]:
    """Articles of a text file: one, or several where they were plainly pasted together.

    The body is kept letter by letter; blank lines between headline and body belong to neither.
    """
    data = read_bytes(source, MAX_CHARS, report)
    text = decoded(data, settings, report) if data is not None else None
    if data is None or text is None:
        return
    text = lf(text)
    if not text.strip():
        report.error("empty file", "remove it or put an article in")
        return
    fields: dict[str, object] = {}
    markdown = source.name.lower().endswith(".md")
    if markdown:
        fields, text = _front_matter(text)
    parts, doubts = split(text)
    for line in doubts:
        report.warning(
            "another article may begin here; read as one article",
            "put each article into a file of its own",
            line,
        )
    for part in parts[1:]:
        report.warning(
            "another article begins here; read as an article of its own",
            "put each article into a file of its own",
            part.line,
        )
    several = len(parts) > 1
    for number, part in enumerate(parts, start=1):
        title, body = divide(part.text, markdown=markdown)
        if not body.strip():
            report.error("no text", "put an article in", part.line)
            continue
        hash_ = digest(part.text.encode() if several else data)
        named = {"title": title, **fields, "text": body}
        try:
            yield from_fields(named, hash_, part.line if several else None, number if several else None)
        except FieldError as error:
            report.error(error.cause, error.mend)


def divide(text: str, *, markdown: bool = False) -> tuple[str, str]:
    """Headline and body of an article's text.

    A first line that is long or carries a dateline is no headline but already the body, as is the line
    of a text that has no other; the headline is empty then.
    """
    start = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, start) + 1
    first, _, rest = text[start:].partition("\n")
    title = first.strip()
    if markdown:
        title = _HEADING.sub("", title)
        rest = _UNDERLINE.sub("", rest, count=1) if _UNDERLINE.match(rest) else rest
    dateline = parse(first)
    if len(title) > _LONGEST_TITLE or (dateline is not None and dateline.strong):
        return "", text[start:]
    if not rest.strip():
        return "", title if markdown else text[start:]
    return title, re.sub(r"^(?:[^\S\n]*\n)+", "", rest)


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    """The ``key: value`` lines between two rules at the start of a Markdown file, and the rest."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    known = {alias for field, aliases in ALIASES.items() if field != "text" for alias in aliases}
    fields: dict[str, object] = {}
    for line in match[1].splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip().casefold() in known and value.strip():
            fields[key.strip()] = value.strip().strip("\"'")
    return fields, text[match.end() :]
