"""When an act happened: the date expressions around its trigger, the day of the report, or open.

Options of a trigger are weighed against one another by :meth:`kg.extract.learned.heads.Heads.dates`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from kg.arabic.datehits import Kind
from kg.extract.attributes import act_date, day_of_report
from kg.extract.learned.candidates import Pairs
from kg.extract.phrases import word_class
from kg.nlp.drafts import StatementDraft
from kg.nlp.layer import Layer

Range = tuple[int, int]

_BEFORE, _AFTER = 3, 1
_COUNT = 10
_DISTANCES = (-32, -16, -8, -4, -2, 0, 2, 4, 8, 16, 32)
_AGES = (-31, -7, -1, 0, 1, 2, 5, 31)
_SPECIAL = ("day of report", "day of article", "month of article", "open")
_KINDS: tuple[str, ...] = get_args(Kind)
_LENGTHS = (4, 7, 10)
_LEAD = 1
_AT_SENTENCE = len(_DISTANCES) + 1
_AT_KIND = _AT_SENTENCE + _BEFORE + _AFTER + 1
_AT_LENGTH = _AT_KIND + len(_KINDS)
_AT_AGE = _AT_LENGTH + len(_LENGTHS)
_AT_SPECIAL = _AT_AGE + len(_AGES) + 1
_AT_FLAG = _AT_SPECIAL + len(_SPECIAL)
DATE_WIDTH = _AT_FLAG + 9
"""Numbers that describe an option."""


@dataclass(frozen=True, slots=True)
class Option:
    """A possible date of acts: tokens ``first:last`` (none for what no words tell) and ISO date."""

    first: int
    last: int
    iso: str | None
    kind: str


def options_of(layer: Layer) -> list[Option]:
    """All dates that an article names, in text order, and the options that need no words."""
    found = []
    for mention in layer.dates:
        if mention.iso:
            first = layer.token_at(mention.start)
            last = max(layer.token_at(max(mention.start, mention.end - 1)) + 1, first + 1)
            found.append(Option(first, last, mention.iso, mention.kind))
    day = layer.article.date
    isos = (day_of_report(layer), day, day[:7] if day else None, None)
    return found + [Option(0, 0, iso, kind) for iso, kind in zip(isos, _SPECIAL, strict=True)]


def weigh(layer: Layer, anchors: Sequence[Range], options: Sequence[Option], rules: Layer) -> Pairs:
    """The options of each anchor, with what is known of each before any vector is seen.

    Args:
        layer: The article.
        anchors: Token ranges of triggers.
        options: See :func:`options_of`.
        rules: The layer as the rules left it, for its statements.
    """
    pairs = Pairs()
    report = day_of_report(layer)
    for at, (first, last) in enumerate(anchors):
        sentence = layer.sentences[layer.sentence_of[first]]
        told = _told(rules, layer.starts[first])
        nearest = act_date(layer, first, sentence)
        near = []
        for index, option in enumerate(options):
            if option.kind in _SPECIAL:
                near.append((-1, index, 0))
                continue
            offset = layer.sentence_of[option.first] - sentence.index
            if -_BEFORE <= offset <= _AFTER:
                gap = option.first - last + 1 if option.first >= first else option.last - first - 1
                near.append((abs(gap), index, gap))
        near.sort()
        for _, index, gap in near[: _COUNT + len(_SPECIAL)]:
            option = options[index]
            row = np.zeros(DATE_WIDTH, np.float32)
            if option.kind in _SPECIAL:
                row[_AT_SPECIAL + _SPECIAL.index(option.kind)] = 1
            else:
                offset = layer.sentence_of[option.first] - sentence.index
                row[bisect_right(_DISTANCES, gap)] = 1
                row[_AT_SENTENCE + offset + _BEFORE] = 1
                row[_AT_KIND + _KINDS.index(option.kind)] = 1
                _place(layer, row, first, option, told)
                row[_AT_FLAG + 4] = option.iso == nearest and offset == 0
            if option.iso:
                row[_AT_LENGTH + _LENGTHS.index(len(option.iso))] = 1
                age = _age(layer, option.iso)
                if age is not None:
                    row[_AT_AGE + bisect_right(_AGES, age)] = 1
                row[_AT_FLAG + 5] = option.iso == report
            row[_AT_FLAG + 6] = told is not None
            row[_AT_FLAG + 7] = sentence.index <= _LEAD
            row[_AT_FLAG + 8] = nearest is None
            pairs.anchor.append(at)
            pairs.mention.append(index)
            pairs.extras.append(row)
    return pairs


def _place(
    layer: Layer, row: NDArray[np.float32], trigger: int, option: Option, told: StatementDraft | None
) -> None:
    """How a date stands to a trigger: since when, behind a clause of its own, told with it or around it."""
    row[_AT_FLAG] = option.first > 0 and layer.folds[option.first - 1] in ("منذ", "مند")
    between = range(min(trigger, option.last) + 1, max(trigger, option.first))
    row[_AT_FLAG + 1] = any(word_class(layer.folds[i]) in ("relative", "complementizer") for i in between)
    row[_AT_FLAG + 2] = any(layer.words[i] in "،,؛:" for i in between)
    row[_AT_FLAG + 3] = told is not None and told.start <= layer.starts[option.first] < told.end


def _told(rules: Layer, char: int) -> StatementDraft | None:
    """The innermost statement around a character."""
    around = [s for s in rules.statement_drafts if s.start <= char < s.end]
    return max(around, key=lambda s: s.start, default=None)


def _age(layer: Layer, iso: str) -> int | None:
    """Days from a date, or its first day, to the article's."""
    reference = layer.reference
    if reference is None:
        return None
    return (reference - date.fromisoformat((iso + "-01-01")[:10])).days
