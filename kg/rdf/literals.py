"""Literals of the graph: dates of honest precision, numbers, texts."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from pyoxigraph import Literal

from kg.rdf.vocabulary import XSD_BOOLEAN, XSD_DATE, XSD_DECIMAL, XSD_MONTH, XSD_OFFSET, XSD_YEAR

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_YEAR, _MONTH, _DAY = re.compile(r"\d{4}"), re.compile(r"\d{4}-\d\d"), re.compile(r"\d{4}-\d\d-\d\d")


def _exists(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1 << 12)
def date_literal(text: str) -> Literal:
    """Type a date by its precision; what is no date stays a plain string, for the shapes to reject.

    >>> date_literal("2025-01").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    """
    if _DAY.fullmatch(text) and _exists(text):
        return Literal(text, datatype=XSD_DATE)
    if _MONTH.fullmatch(text) and _exists(text + "-01"):
        return Literal(text, datatype=XSD_MONTH)
    if _YEAR.fullmatch(text) and text != "0000":
        return Literal(text, datatype=XSD_YEAR)
    return Literal(text)


@lru_cache(maxsize=1 << 12)
def decimal_literal(value: float) -> Literal:
    """A decimal of at most three places; what is no number (NaN) stays a plain string."""
    if value != value or value in (float("inf"), float("-inf")):
        return Literal(str(value))
    text = f"{value:.3f}".rstrip("0")
    return Literal(text + "0" if text.endswith(".") else text, datatype=XSD_DECIMAL)


def offset_literal(value: int) -> Literal:
    """A character offset; a negative one is ill-typed, for the shapes to reject."""
    return Literal(str(value), datatype=XSD_OFFSET)


def text_literal(text: str, language: str) -> Literal:
    """A text in a language; without one where the tag is malformed."""
    return Literal(text, language=language.lower()) if _LANGUAGE.fullmatch(language) else Literal(text)


_LEXICAL = {
    XSD_DECIMAL: re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    XSD_OFFSET: re.compile(r"\+?\d+|-0+"),
    XSD_BOOLEAN: re.compile("true|false|1|0"),
}


def well_typed(literal: Literal) -> bool:
    """Whether a literal of the graph's datatypes is written as its datatype asks.

    >>> well_typed(Literal("2025-02-30", datatype=XSD_DATE))
    False
    """
    datatype = literal.datatype
    if datatype in (XSD_DATE, XSD_MONTH, XSD_YEAR):
        return date_literal(literal.value).datatype == datatype
    pattern = _LEXICAL.get(datatype)
    return pattern is None or pattern.fullmatch(literal.value) is not None
