"""What the rules make of an article, as numbers for each token: the reader's second input.

The columns are named (:data:`COLUMNS`); a model keeps the names that it was trained with, so that
tables and rules may grow without breaking it, while a model of other columns is refused.
"""

from __future__ import annotations

from collections.abc import Set

import numpy as np
from numpy.typing import NDArray

from kg.data.lexicon import trigger_lexicon, trigger_precision
from kg.extract.learned.labels import PREDICATES
from kg.extract.lexicon import attribution_at, is_finite_verb, is_passive, is_verbal, reporting_at
from kg.extract.names import nationality_at
from kg.extract.phrases import word_class
from kg.model import ENTITY_TYPES, ROLES
from kg.nlp.drafts import MentionDraft
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer

Matrix = NDArray[np.float32]

_CLASSES = ("preposition", "complementizer", "relative", "boundary", "negation", "auxiliary", "pronoun")
_MARKS = {"،": "comma", ",": "comma", ".": "stop", ":": "colon", "؛": "stop", "-": "dash", "–": "dash"}

MENTION_COLUMNS: tuple[str, ...] = (
    *(f"{part} {type_}" for type_ in ENTITY_TYPES for part in ("begins", "in")),
    "nominal",
    "linked",
)
LEXICON_COLUMNS: tuple[str, ...] = (
    *(f"may be {p}" for p in PREDICATES),
    *(f"act {p}" for p in PREDICATES),
    "act goes on",
    "verb",
    "masdar",
    "passive",
)
OTHER_COLUMNS: tuple[str, ...] = (
    "title begins",
    "title",
    *(f"title {role}" for role in ROLES),
    "nationality",
    "reporting verb",
    "reporting noun",
    "attribution",
    "content begins",
    "content",
    "content ends",
    "quoted",
    "quote begins",
    "quote ends",
    "date",
    "finite",
    "number",
    *_CLASSES,
    "comma",
    "stop",
    "colon",
    "dash",
    "mark",
    "headline",
    "lead",
    "first",
    "joined by و",
)
COLUMNS: tuple[str, ...] = (*MENTION_COLUMNS, *LEXICON_COLUMNS, *OTHER_COLUMNS)
"""Names of the columns, in order."""

_AT = {name: i for i, name in enumerate(COLUMNS)}


def token_features(layer: Layer) -> Matrix:
    """Features of the tokens of an article that the rules have read: ``(tokens, columns)``, mostly 0 or 1."""
    rows = np.zeros((len(layer), len(COLUMNS)), np.float32)
    for mention in (*layer.mentions, *layer.event_mentions, *layer.treaty_mentions):
        _mention(rows, mention)
    _titles(rows, layer)
    _acts(rows, layer)
    _contents(rows, layer)
    for quote in layer.quotes:
        first, last = layer.token_at(quote.start), layer.token_at(max(quote.start, quote.end - 1))
        rows[first : last + 1, _AT["quoted"]] = 1
        rows[first, _AT["quote begins"]] = 1
        rows[last, _AT["quote ends"]] = 1
    named = layer.covered.keys() | layer.title_tokens
    for t in range(len(layer)):
        for name in _marks_of(layer, t):
            rows[t, _AT[name]] = 1
        _lexicon(rows, layer, t, named)
    return rows


def _mention(rows: Matrix, mention: MentionDraft) -> None:
    rows[mention.first, _AT[f"begins {mention.type}"]] = 1
    rows[mention.first + 1 : mention.last, _AT[f"in {mention.type}"]] = 1
    if mention.kind == "nominal":
        rows[mention.first : mention.last, _AT["nominal"]] = 1
    if mention.link:
        rows[mention.first : mention.last, _AT["linked"]] = 1


def _titles(rows: Matrix, layer: Layer) -> None:
    for phrase in layer.titles:
        rows[phrase.first, _AT["title begins"]] = 1
        rows[phrase.first : phrase.last, _AT["title"]] = 1
        if phrase.row.role:
            rows[phrase.first : phrase.last, _AT[f"title {phrase.row.role}"]] = 1


def _acts(rows: Matrix, layer: Layer) -> None:
    for act in layer.act_drafts:
        column = _AT[f"act {act.predicate}"]
        rows[act.first, column] = max(rows[act.first, column], act.confidence)
        rows[act.first + 1 : act.last, _AT["act goes on"]] = 1


def _contents(rows: Matrix, layer: Layer) -> None:
    for statement in layer.statement_drafts:
        first, last = layer.token_at(statement.start), layer.token_at(max(statement.start, statement.end - 1))
        rows[first, _AT["content begins"]] = 1
        rows[first : last + 1, _AT["content"]] = 1
        rows[last, _AT["content ends"]] = 1


def _lexicon(rows: Matrix, layer: Layer, t: int, named: Set[int]) -> None:
    word = layer.words[t]
    if not word[0].isalpha():
        return
    matches = trigger_lexicon().match(layer.words, t, named)
    for match in matches:
        column = _AT[f"may be {match.entry.predicate}"]
        rows[t, column] = max(rows[t, column], 0.5 + 0.5 * trigger_precision(match))
        for more in match.tokens[1:]:
            rows[more, _AT["act goes on"]] = 1
    if matches:
        rows[t, _AT["verb"]] = float(any(is_verbal(m) for m in matches))
        rows[t, _AT["masdar"]] = float(any(m.masdar for m in matches))
        rows[t, _AT["passive"]] = float(all(is_passive(m) for m in matches))


def _marks_of(layer: Layer, t: int) -> list[str]:
    """Columns that say what kind of word or mark a token is, and where it stands."""
    word, folded = layer.words[t], layer.folds[t]
    sentence = layer.sentences[layer.sentence_of[t]]
    found = []
    if sentence.start < layer.title_end:
        found.append("headline")
    elif sentence.index < 3:
        found.append("lead")
    if t == sentence.first:
        found.append("first")
    if not word[0].isalpha():
        mark = "mark" if word in OPENING | CLOSING | STRAIGHT else _MARKS.get(word)
        if mark:
            found.append(mark)
        if word[0].isdigit():
            found.append("number")
    else:
        kind = word_class(folded)
        if kind in _CLASSES:
            found.append(kind)
        if len(folded) > 3 and folded[0] == "و":
            found.append("joined by و")
        if is_finite_verb(word):
            found.append("finite")
        if nationality_at(layer, t):
            found.append("nationality")
        report = reporting_at(layer, t)
        if report is not None:
            found.append("reporting noun" if report.entry.pos == "noun" else "reporting verb")
        if attribution_at(layer, t):
            found.append("attribution")
    if layer.in_date(t):
        found.append("date")
    return found
