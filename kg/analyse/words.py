"""Words of findings, pictures and the report, in Arabic and English, from ``finding_words.csv``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from kg.data.tables import read_table

Lang = Literal["ar", "en"]
LANGS: tuple[Lang, ...] = ("ar", "en")


@cache
def table() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Arabic and English by group and key, with the page's words for predicates, types and PLOVER types."""
    own = {(row["group"], row["key"]): row for row in read_table("finding_words")}
    shared = {
        (row["group"], row["key"]): row
        for row in read_table("page_labels")
        if row["group"] in ("predicate", "plover", "type")
    }
    # The page's "event" and the analysis' are different words of one group: the analysis' go first.
    return shared | own


def word(group: str, key: str, lang: Lang) -> str:
    """A word or sentence of the table."""
    return table()[group, key][lang]


def say(group: str, key: str, lang: Lang, **values: object) -> str:
    """A sentence of the table with its places filled in."""
    return word(group, key, lang).format_map(values)


def counted(noun: str, count: int, lang: Lang) -> str:
    """A number with its noun in the form that it takes.

    >>> counted("acts", 3, "ar"), counted("acts", 1, "en")
    ('3 أفعال', '1 act')
    """
    forms = word("count", noun, lang).split("|")
    if lang == "en":
        form = forms[0] if count == 1 else forms[1]
    elif count in (1, 2):
        form = forms[count - 1]
    else:
        rest = count % 100
        form = forms[2] if 3 <= rest <= 10 else forms[3] if rest >= 11 else forms[4]
    return form.format(n=count)


def listed(items: Sequence[str], lang: Lang) -> str:
    """Items with commas and, before the last, "and"."""
    if len(items) < 2:
        return "".join(items)
    comma = word("phrase", "comma", lang) + " "
    return say("phrase", "and", lang, a=comma.join(items[:-1]), b=items[-1])


def percent(share: float | None, lang: Lang) -> str:
    """A share in percent; a dash for None."""
    if share is None:
        return "–"
    return f"{share * 100:.0f}%" if lang == "ar" else f"{share * 100:.0f} %"
