"""Polarity, modality and date of an act, from cue words around its trigger."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from kg.arabic import fold
from kg.data.lexicon import Match, Trigger
from kg.data.tables import cells, read_table
from kg.extract.lexicon import is_verbal
from kg.extract.phrases import word_class
from kg.model import Modality
from kg.nlp.drafts import Sentence
from kg.nlp.layer import Layer
from kg.nlp.trie import heads

_WINDOW = 3
_NEAR_DAYS = 4
_LEAD_SENTENCES = 5


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """Function (negation, future, hypothetical) → folded one-word cues."""
    table: dict[str, set[str]] = {}
    for row in read_table("cues"):
        for form in cells(row["form"]):
            if " " not in form:
                table.setdefault(row["function"], set()).add(fold(form))
    return {k: frozenset(v) for k, v in table.items()}


def _cue_before(layer: Layer, t: int, sentence: Sentence, function: str, window: int) -> bool:
    words = cues().get(function, frozenset())
    for i in range(t - 1, max(sentence.first, t - window) - 1, -1):
        if layer.words[i] in ".،؛:":
            return False
        if any(form in words for form, _, _ in heads(layer.words[i])):
            return True
    return False


def is_negated(layer: Layer, match: Match[Trigger], sentence: Sentence) -> bool:
    """Whether a negation governs the trigger: right before a verb, or "عدم" before a noun."""
    return _cue_before(layer, match.tokens[0], sentence, "negation", 1 if is_verbal(match) else 2)


def modality_of(layer: Layer, match: Match[Trigger], sentence: Sentence) -> Modality:
    """asserted, future (planned, promised) or hypothetical (conditional, possible)."""
    t = match.tokens[0]
    if "س" in match.reading.proclitics or _cue_before(layer, t, sentence, "future", _WINDOW):
        return "future"
    if _cue_before(layer, t, sentence, "hypothetical", _WINDOW):
        return "hypothetical"
    return "asserted"


def act_date(
    layer: Layer, t: int, sentence: Sentence, start: int | None = None, end: int | None = None
) -> str | None:
    """The date expression that tells when the act at token ``t`` happened, or None.

    The nearest one in the sentence (or between the characters ``start`` and ``end``) counts,
    unless it lies in a clause of its own behind a relative pronoun or conjunction, or says
    since when something lasts.
    """
    at = layer.starts[t]
    best: tuple[int, str] | None = None
    for mention in layer.dates:
        if not mention.iso or not (start or sentence.start) <= mention.start < (end or sentence.end):
            continue
        first = layer.token_at(mention.start)
        if first > 0 and layer.folds[first - 1] in ("منذ", "مند"):
            continue
        if first > t and any(
            word_class(layer.folds[i]) in ("relative", "complementizer") for i in range(t + 1, first)
        ):
            continue
        distance = abs(mention.start - at)
        if best is None or distance < best[0]:
            best = (distance, mention.iso)
    return best[1] if best else None


def day_of_report(layer: Layer) -> str | None:
    """The day the article reports on, where its lead names one near its own date; else only the month."""
    reference = layer.reference
    if reference is None:
        return layer.article.date
    lead = layer.sentences[min(_LEAD_SENTENCES, len(layer.sentences)) - 1].end
    for mention in layer.dates:
        if mention.iso and len(mention.iso) == 10 and mention.start < lead:
            if abs((date.fromisoformat(mention.iso) - reference).days) <= _NEAR_DAYS:
                return mention.iso
    return reference.isoformat()[:7]
