"""Tell the format of data that comes without a file name."""

from __future__ import annotations

import json
import re

from kg.ingest.record import ALIASES

_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_SAMPLE = 64 * 1024


def sniff(data: bytes) -> str:
    """Name of the format that the bytes look like; "text" when they look like no other."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        first = start.split(b"\n", 1)[0]
        try:
            json.loads(first)
        except (ValueError, RecursionError):
            return "json"
        return "json" if first.strip() == start.strip() else "jsonl"
    if _HTML.match(start[:_SAMPLE]):
        return "html"
    header = start[:_SAMPLE].split(b"\n", 1)[0].decode("utf-8", errors="replace").casefold()
    for mark, name in (("\t", "tsv"), (",", "csv"), (";", "csv")):
        columns = {cell.strip().strip('"') for cell in header.split(mark)}
        if len(columns) > 1 and columns & set(ALIASES["text"]):
            return name
    return "text"
