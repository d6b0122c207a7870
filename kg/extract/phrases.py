"""How far a described thing reaches: noun phrases from a known head."""

from __future__ import annotations

from kg.arabic import Reading
from kg.extract.lexicon import is_finite_verb
from kg.extract.names import nationality_at
from kg.nlp.layer import CLOSING, OPENING, PUNCTUATION, STRAIGHT, Layer
from kg.nlp.words import function_words, honorifics

_MAX_QUOTED = 6
_ARTICLES = ("ال", "لل", "بال", "وال", "فال", "كال")


def word_class(word: str) -> str:
    """Class of a folded function word, or the empty string."""
    return function_words().get(word, "")


def is_preposition(word: str) -> bool:
    """Whether a folded token is a preposition that stands alone."""
    return word_class(word) == "preposition"


def np_end(layer: Layer, head: int, after: int, *, limit: int = 12, strict: bool = False) -> int:
    """Token after the noun phrase whose head words are ``head:after``.

    It takes adjectives, genitives, prepositional phrases and short quotations, and ends
    at punctuation, a verb, a relative pronoun, a date or a word that opens a new clause;
    ``strict`` ends a head with the article before a person, who cannot be its genitive.
    """
    sentence = layer.sentences[layer.sentence_of[head]]
    stop = min(sentence.last, after + limit)
    dates = _date_starts(layer, layer.starts[head], sentence.end)
    definite = strict and layer.folds[after - 1].startswith(_ARTICLES)
    if definite and after < stop and _names_a_person(layer, after):
        return after
    i = last_good = after
    while i < stop:
        word, raw = layer.folds[i], layer.words[i]
        if layer.starts[i] in dates:
            break
        if raw in OPENING or raw in STRAIGHT:
            close = _closing(layer, i, stop)
            if close is None:
                break
            i = last_good = close + 1
            continue
        if raw in ("-", "–") and i + 1 < stop and nationality_at(layer, i + 1):
            i += 1
            continue
        if raw in PUNCTUATION:
            break
        mention = layer.mention_at.get(i)
        if mention is not None:
            if "و" in mention.proclitics and not _may_coordinate(layer, i):
                break
            i = last_good = mention.last
            continue
        cls = word_class(word)
        if cls in ("boundary", "relative", "complementizer", "negation", "pronoun", "auxiliary"):
            break
        if is_finite_verb(layer.words[i]):
            break
        i += 1
        if cls != "preposition":
            last_good = i
    return last_good


def _names_a_person(layer: Layer, i: int) -> bool:
    """Whether a person, with or without a title, begins at token ``i``."""
    mention = layer.mention_at.get(i)
    person = mention is not None and mention.type == "PERSON" and not mention.proclitics
    return person or i in layer.title_tokens or layer.folds[i] in honorifics()


def _may_coordinate(layer: Layer, i: int) -> bool:
    """Whether "و" before the mention at ``i`` joins it to a mention right before."""
    before = layer.covered.get(i - 1)
    return before is not None and before.kind == "name"


def _closing(layer: Layer, i: int, stop: int) -> int | None:
    """The token that closes the quotation opened at ``i``, if it is short and near."""
    for j in range(i + 1, min(stop, i + 1 + _MAX_QUOTED + 1)):
        if layer.words[j] in CLOSING or layer.words[j] in STRAIGHT:
            return j
    return None


def _date_starts(layer: Layer, start: int, end: int) -> set[int]:
    """Characters where a date expression begins within a range."""
    return {d.start for d in layer.dates if start <= d.start < end}


def proclitic_length(reading: Reading) -> int:
    """Number of characters that the particles before a word take, its article not counted."""
    return sum(len(p) for p in reading.proclitics if p != "ال")
