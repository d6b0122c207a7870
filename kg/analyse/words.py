"""Words of findings, pictures and the report, in Arabic and English, from ``finding_words.csv``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Any, Literal

from kg.data.tables import read_table

Lang = Literal["ar", "en"]
LANGS: tuple[Lang, ...] = ("ar", "en")

_WORD = re.compile(r"(?<!\w)(و?)(\w+)(?!\w)")
_PLURAL = re.compile(r"(?:ال)?\w{3,}يون|الم\w{3,}ون")
"""Sound masculine plurals that show as such: relations (الحوثيون) and participles (المتمردون)."""


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


class _Sentence(Formatter):
    """Fills in places; ``{name!o}`` puts the Arabic words there into the oblique case."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return oblique(str(value)) if conversion == "o" else super().convert_field(value, conversion)


@cache
def _cases() -> Mapping[str, str]:
    return {row["word"]: row["oblique"] for row in read_table("case_words")}


def oblique(names: str) -> str:
    """Names as they stand behind a preposition or in a genitive: sound plurals and known duals in ين.

    >>> oblique("الإسرائيليون والحوثيون"), oblique("الطرفان وإيران وماكرون")
    ('الإسرائيليين والحوثيين', 'الطرفين وإيران وماكرون')
    """

    def inflected(match: re.Match[str]) -> str:
        joined, name = match.groups()
        if name in _cases():
            return joined + _cases()[name]
        return f"{joined}{name[:-2]}ين" if _PLURAL.fullmatch(name) else match[0]

    return _WORD.sub(inflected, names)


@cache
def _with_article() -> frozenset[str]:
    """Nouns, and whole names, before which English puts "the"."""
    return frozenset(row["word"] for row in read_table("english_articles"))


def with_article(name: str) -> str:
    """An English name as it stands in a sentence.

    >>> with_article("United States"), with_article("League of Arab States"), with_article("Qatar")
    ('the United States', 'the League of Arab States', 'Qatar')
    """
    head = name.split(" of ")[0].split(" for ")[0].split()
    takes = name in _with_article() or (head and head[-1] in _with_article() and "'s " not in name)
    return f"the {name}" if takes else name


def say(group: str, key: str, lang: Lang, **values: object) -> str:
    """A sentence of the table with its places filled in."""
    return _Sentence().vformat(word(group, key, lang), (), values)


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
    """Items joined by "and"; in English with commas before the last.

    >>> listed(["قطر", "مصر", "روسيا"], "ar"), listed(["Qatar", "Egypt", "Russia"], "en")
    ('قطر ومصر وروسيا', 'Qatar, Egypt and Russia')
    """
    if len(items) < 2:
        return "".join(items)
    if lang == "ar":
        return say("phrase", "and", lang, a=listed(items[:-1], lang), b=items[-1])
    comma = word("phrase", "comma", lang) + " "
    return say("phrase", "and", lang, a=comma.join(items[:-1]), b=items[-1])


def percent(share: float | None, lang: Lang) -> str:
    """A share in percent; a dash for None."""
    if share is None:
        return "–"
    return f"{share * 100:.0f}%" if lang == "ar" else f"{share * 100:.0f} %"
