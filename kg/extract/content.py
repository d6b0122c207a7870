"""The content of an act: the words that say what it is about."""

from __future__ import annotations

from kg.data.lexicon import Frame, Match, Trigger, trigger_precision
from kg.extract.lexicon import is_finite_verb
from kg.extract.phrases import word_class
from kg.extract.settings import SURE_PRECISION
from kg.extract.slots import Context
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer
from kg.nlp.trie import heads

SLOTS = frozenset({"direct", "gen", "by", "subj", "head", "speaker", "list", "أن"})
"""Values of a frame that are no prepositions."""

_MAX_OBJECT = 14
_MAX_REST = 10


class ContentFinder:
    """Finds the content of acts in one article."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer

    def content(
        self, match: Match[Trigger], frame: Frame, context: Context, begin: int
    ) -> tuple[int, int] | None:
        """Characters of what the act is about, to the end of its clause."""
        layer = self.layer
        t = match.tokens[0]
        values = (*frame.content, *frame.target)
        if "head" in frame.content and t > context.start:
            return self._head_words(t, context)
        wanted = {v for v in values if v not in SLOTS}
        direct = not wanted or any(v in ("direct", "gen", "أن") for v in values)
        start = self._content_start(begin, context, wanted, direct)
        if start is None:
            sure = trigger_precision(match) >= SURE_PRECISION
            return self._antecedent_words(t, context) or (self._rest(begin, context) if sure else None)
        first = layer.token_at(start)
        end = first
        limit = context.stop if context.statement is not None else context.sentence.last
        while end < limit and end - first < _MAX_OBJECT:
            word = layer.words[end]
            if end > first and (word in "،,.؛:" or word in CLOSING):
                break
            if end > first and is_finite_verb(word) and layer.folds[end][:1] == "و":
                break
            end += 1
        while end > first + 1 and layer.words[end - 1] in OPENING | STRAIGHT:
            end -= 1
        stop = layer.ends[end - 1]
        while start < stop and not layer.text[start].isalnum():
            start += 1
        return (start, stop) if stop - start > 2 else None

    def _antecedent_words(self, t: int, context: Context) -> tuple[int, int] | None:
        """ "الاتهامات التي نفتها موسكو": the words before a relative pronoun that opens the verb's clause."""
        for i in range(t - 1, max(context.start, t - 3) - 1, -1):
            if word_class(self.layer.folds[i]) == "relative" and i > context.start:
                return self._head_words(i, context)
        return None

    def _rest(self, i: int, context: Context) -> tuple[int, int] | None:
        """What is left of the clause after the trigger and its subject, where nothing else is named."""
        layer = self.layer
        while i < context.stop and (layer.words[i] in "،," or layer.in_date(i)):
            i += 1
        end = i
        while end < context.stop and end - i < _MAX_REST and layer.words[end] not in '،,.؛:»”"':
            end += 1
        return (layer.starts[i], layer.ends[end - 1]) if end - i >= 2 else None

    def _content_start(self, i: int, context: Context, wanted: set[str], direct: bool) -> int | None:
        """Where the content begins: at a conjunction or wanted preposition, else at the direct object."""
        layer = self.layer
        first: int | None = None
        for j in range(i, min(context.stop, i + 12)):
            word = layer.folds[j]
            if layer.words[j] in ".؛" or (j > i and is_finite_verb(layer.words[j]) and word[0] in "وف"):
                break
            if layer.in_date(j):
                continue
            if word_class(word) == "complementizer":
                return layer.starts[j] if j + 1 < context.sentence.last else None
            if word in wanted:
                return layer.ends[j]
            if word_class(word) == "boundary":
                direct = False
            named = layer.mention_at.get(j)
            proclitics = named.proclitics if named else self._joined(j)
            if proclitics and proclitics[-1] in wanted:
                return layer.starts[j] + len(proclitics)
            plain = layer.words[j][0].isalpha() and word_class(word) not in ("preposition", "relative")
            if direct and first is None and plain and not word_class(word):
                if j not in layer.covered or j in layer.event_at:
                    first = layer.starts[j]
        return first

    def adds_words(self, content: tuple[int, int]) -> bool:
        """Whether a content says more than names, dates and the particles between them."""
        layer = self.layer
        i = layer.token_at(content[0])
        while i < len(layer) and layer.starts[i] < content[1]:
            named = i in layer.covered or i in layer.mention_at or layer.in_date(i)
            if not named and layer.words[i][0].isalpha() and not word_class(layer.folds[i]):
                if not any(form == "كل" for form, _, _ in heads(layer.words[i])):
                    return True
            i += 1
        return False

    def _joined(self, j: int) -> tuple[str, ...]:
        """Proclitics that token ``j`` can be read with: none inside a name or on a function word."""
        layer = self.layer
        if j in layer.covered or word_class(layer.folds[j]):
            return ()
        return next((p for _, _, p in heads(layer.words[j]) if p), ())

    def _head_words(self, t: int, context: Context) -> tuple[int, int] | None:
        """The few words before an adjective: what it describes."""
        layer = self.layer
        i = t
        while i > context.start and t - i < 6:
            word = layer.words[i - 1]
            if word in "،.؛:" or is_finite_verb(word) or word_class(layer.folds[i - 1]) == "complementizer":
                break
            i -= 1
        return (layer.starts[i], layer.ends[t - 1]) if i < t else None
