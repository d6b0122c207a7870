"""Saved web pages: the main text, headline, publisher and date, found with trafilatura."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from kg.config import IngestSettings
from kg.ingest.content import decoded, lf
from kg.ingest.dates import metadata_date
from kg.ingest.problem import Reporter
from kg.ingest.record import MAX_CHARS, FieldError, Record, digest, from_fields
from kg.ingest.source import Source, read_bytes

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.-]+)", re.I
)
_LANG = re.compile(r"<html\b[^>]{0,500}?\b(?:xml:)?lang\s*=\s*[\"']?\s*([A-Za-z]{2,3})\b", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LEAST_LETTERS = 40
# The date search must neither guess from the text nor look at the clock.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2200-12-31"}


def read(source: Source, settings: IngestSettings, report: Reporter) -> Iterator[Record]:
    """The article of a web page."""
    data = read_bytes(source, MAX_CHARS, report)
    if data is None:
        return
    text = _declared(data) if settings.encoding is None else None
    if text is None:
        text = decoded(data, settings, report)
        if text is None:
            return
    page = lf(text)
    found = _extract(page)
    body = (found.text or "").strip() if found is not None else ""
    if sum(char.isalpha() for char in body) < _LEAST_LETTERS:
        report.error(
            "no article text in this page", "save the article's own page, complete, not a list or a frame"
        )
        return
    title = html.unescape(found.title or "").strip()
    first, _, rest = body.partition("\n")
    if title and rest.strip() and first.strip() == title:
        body = rest.lstrip("\n")
    lang = _LANG.search(page[:5000])
    fields = {
        "title": title,
        "text": body,
        "source": found.sitename or found.hostname,
        "date": metadata_date(found.date) if found.date else None,
        "lang": lang[1].lower() if lang else None,
    }
    try:
        yield from_fields(fields, digest(data))
    except FieldError as error:
        report.error(error.cause, error.mend)


def _declared(data: bytes) -> str | None:
    """The page in the encoding that it declares itself; None if it declares none or a wrong one."""
    match = _CHARSET.search(data[:4096])
    if match is None:
        return None
    try:
        name = (match[1] or match[2]).decode("ascii")
        text = data.decode(name)
    except (LookupError, ValueError):
        return None
    return text if isinstance(text, str) and "\0" not in text else None


def _extract(page: str) -> Any:
    """What trafilatura finds: a document with title, date, sitename and text; or None."""
    # Imported late: it takes longer to load than all other formats to read.
    import trafilatura

    try:
        return trafilatura.bare_extraction(
            _XML_DECLARATION.sub("", page),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATES,
        )
    except Exception:  # A parser of whatever the web holds: any failure means that there is no article.
        return None
