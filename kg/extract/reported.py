"""What is said: the quotation, clause or noun phrase that a reporting word introduces."""

from __future__ import annotations

from collections.abc import Callable

from kg.data.lexicon import Match, Reporting
from kg.extract.clauses import subject_after
from kg.extract.lexicon import attribution_at, is_finite_verb, is_verbal, reporting_at
from kg.extract.phrases import word_class
from kg.nlp.drafts import Quote, Sentence
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer
from kg.nlp.words import context_words

_MIN_QUOTE_WORDS = 3
_MIN_DISTANT_QUOTE_WORDS = 4
_DESCRIBING = frozenset({"وصف"})
"""Verbs whose content is their object together with what they call it ("وصف القرار بأنه خطوة")."""


class ContentReader:
    """Reads the contents of statements in one article.

    Args:
        layer: The article.
        told: Whether a character range already belongs to a statement.
    """

    def __init__(self, layer: Layer, told: Callable[[int, int], bool]) -> None:
        self.layer = layer
        self.told = told

    def content(self, t: int, form: Match[Reporting], sentence: Sentence) -> tuple[int, int, bool] | None:
        """Characters of the content that the reporting word at ``t`` introduces, and directness."""
        layer = self.layer
        i = t + 1
        if form.entry.lemma.split()[0] in _DESCRIBING and not form.reading.enclitic:
            subject = None if form.participle else subject_after(layer, t, sentence.last, gap=3)
            i = max(subject.last, subject.np_last) if subject is not None else t + 1
            return self._until(layer.starts[i], i, sentence) if i < sentence.last - 1 else None
        while i < sentence.last:
            word, raw = layer.folds[i], layer.words[i]
            quote = self._quote_from(i)
            if quote is not None and self._long(quote, i - t):
                return quote.start, min(quote.end, sentence.end), True
            if raw == ":":
                return self._until(layer.ends[i], i + 1, sentence)
            if (
                word_class(word) == "complementizer"
                and layer.folds[i - 1] not in context_words()["no_content"]
            ):
                noun = layer.folds[i - 1].startswith("ال") and i - 1 not in layer.covered
                if word.startswith("ب") and noun and not _governs_bi(form):
                    return None  # "رفض الاتهامات بأنه …": the noun's content, not the verb's
                return self._until(layer.ends[i], i + 1, sentence)
            named = i in layer.covered  # "شكري" is a name here, not "he thanked me"
            if not named and is_finite_verb(raw) and reporting_at(layer, i) is not None and i > t + 1:
                break
            if word_class(word) == "relative":
                # A relative clause may stand between the speaker and the content: go on behind it.
                while i < sentence.last and layer.words[i] not in "،,:":
                    i += 1
                if i < sentence.last and layer.words[i] == ":":
                    continue
            i += 1
        preceding = self._quote_before(t, sentence)
        if preceding is not None:
            return preceding
        return self._noun_content(t, form, sentence)

    def _noun_content(
        self, t: int, form: Match[Reporting], sentence: Sentence
    ) -> tuple[int, int, bool] | None:
        """ "أكد دعمه للحل السياسي", "شدد على ضرورة …": the noun phrase is the content."""
        if not form.entry.np_content or not (is_verbal(form) or form.participle):
            return None
        layer = self.layer
        i = t + 1
        subject = subject_after(layer, t, sentence.last, gap=4)
        if subject is not None:
            i = max(subject.last, subject.np_last)
        while i < sentence.last and layer.words[i] in "،,":
            i += 1
        while i < sentence.last and word_class(layer.folds[i]) in ("preposition", "boundary"):
            if layer.folds[i] in ("علي", "الي", "عن", "ب"):
                i += 1
                break
            i += 1
            while i < sentence.last and layer.words[i] not in "،," and not word_class(layer.folds[i]):
                i += 1
            while i < sentence.last and layer.words[i] in "،,":
                i += 1
        if i >= sentence.last - 1 or is_finite_verb(layer.words[i]):
            return None
        return self._until(layer.starts[i], i, sentence)

    def _until(self, start: int, i: int, sentence: Sentence) -> tuple[int, int, bool] | None:
        """The content from character ``start`` (token ``i``) to where something else begins."""
        layer = self.layer
        if i >= sentence.last:
            return None
        quote = self._quote_from(i)
        if quote is not None and self._long(quote):
            inside = min(quote.end, sentence.end)
            if inside - quote.start > 0.5 * (sentence.end - quote.start):
                return quote.start, inside, True
        for j in range(i + 1, sentence.last):
            if layer.words[j] in "،,؛" and j + 1 < sentence.last:
                closed = layer.words[j - 1] in CLOSING or layer.words[j - 1] in STRAIGHT
                if self._new_report(j + 1) or (closed and layer.in_quote(layer.starts[j]) is None):
                    return start, layer.starts[j], False
                if layer.folds[j + 1] in context_words()["content_end"]:
                    return start, layer.starts[j], False
            if attribution_at(layer, j) and j > i + 2:
                return start, layer.starts[j], False
        return start, sentence.end, False

    def _new_report(self, j: int) -> bool:
        """Whether a further report begins at token ``j``: "مضيفا أن", "وأشار إلى", "كما قال"."""
        layer = self.layer
        if layer.in_quote(layer.starts[j]) is not None:
            return False
        form = None if j in layer.covered else reporting_at(layer, j)
        if form is not None and (form.participle or layer.folds[j][:1] == "و"):
            return True
        nxt = j + 1
        return (
            layer.folds[j] in ("كما", "فيما", "وقد", "قد")
            and nxt < len(layer)
            and bool(reporting_at(layer, nxt))
        )

    def _quote_from(self, i: int) -> Quote | None:
        """The quotation whose opening mark is token ``i``."""
        if self.layer.words[i] not in OPENING | CLOSING | STRAIGHT:
            return None
        end = self.layer.ends[i]
        return next((q for q in self.layer.quotes if q.start == end), None)

    def _long(self, quote: Quote, distance: int = 0) -> bool:
        """Whether a quotation is more than a name or a few words in scare quotes."""
        least = _MIN_QUOTE_WORDS if distance < 4 else _MIN_DISTANT_QUOTE_WORDS
        return len(self.layer.text[quote.start : quote.end].split()) >= least

    def _quote_before(self, t: int, sentence: Sentence) -> tuple[int, int, bool] | None:
        """ "«…»، قال ماكرون": a quotation that ends just before the verb."""
        layer = self.layer
        at = layer.starts[t]
        for quote in layer.quotes:
            leads = sentence.start - 2 <= quote.start <= sentence.start + 25 or quote.start < sentence.start
            if quote.end <= at and quote.end >= sentence.start and at - quote.end < 12 and leads:
                if self._long(quote) and not self.told(quote.start, quote.end):
                    return max(quote.start, sentence.start), quote.end, True
        return None


def _governs_bi(form: Match[Reporting]) -> bool:
    """Whether a reporting word takes its content with ب ("صرح بأن")."""
    return any(g.startswith("ب") for g in form.entry.governs)
