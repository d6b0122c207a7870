"""What can fill a slot of a frame: genitives, objects, prepositional phrases, antecedents, subjects."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.clauses import conjuncts, entities_of, governed, np_starts, subject_before
from kg.extract.lexicon import is_finite_verb
from kg.extract.names import nationality_at
from kg.extract.phrases import is_preposition, word_class
from kg.link.gazetteer import states
from kg.nlp.drafts import EntityDraft, MentionDraft, Sentence, StatementDraft
from kg.nlp.layer import Layer
from kg.nlp.trie import heads
from kg.nlp.words import context_words

ACTORS = frozenset({"PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "GROUP"})
_STOPS = frozenset(".؛:!؟?")


@dataclass(slots=True)
class Context:
    """What surrounds a trigger: its sentence, its clause range and the statement it lies in."""

    sentence: Sentence
    start: int
    stop: int
    statement: StatementDraft | None


@dataclass(slots=True)
class Slot:
    """What fills a slot: entities and the token after their phrase."""

    entities: list[EntityDraft] = field(default_factory=list)
    last: int = -1
    sure: bool = False

    def __bool__(self) -> bool:
        return bool(self.entities)


class SlotFinder:
    """Finds the phrases around a trigger in one article.

    Attributes:
        subject: Actors of the clause before, within the sentence.
        subject_statement: The statement that clause lies in, if any.
    """

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.starts = np_starts(layer)
        self.subject: list[EntityDraft] = []
        self.subject_statement: StatementDraft | None = None

    def genitive(self, i: int, context: Context) -> Slot:
        """The actor right after a noun: adjectives of nationality or a genitive."""
        layer = self.layer
        found: list[EntityDraft] = []
        begin = i
        while i < context.stop and i - begin < 5:
            adjective = nationality_at(layer, i)
            if adjective:
                found.append(self._state(adjective[0]))
                i += adjective[1]
                continue
            mention = self.starts.get(i)
            if mention is not None and mention.entity is not None:
                if governed(layer, mention) or mention.type not in ACTORS or found:
                    break
                return self._chain(mention, context, last=i)
            if layer.words[i] in '-–«»"“”' or (layer.folds[i].startswith("ال") and not layer.covered.get(i)):
                i += 1
                continue
            break
        return Slot(list(dict.fromkeys(found)), i, True) if found else Slot()

    def referent(self, t: int, enclitic: str, context: Context) -> Slot:
        """Whom the pronoun on a noun stands for ("لقائه"): the subject of its clause, if it agrees."""
        main = self.main_actor(t, context)
        if main and enclitic == "ه" and main.entities[0].type in ("STATE", "IGO"):
            nearest = self.antecedent(t, enclitic, [])
            return nearest or main
        return main

    def head(self, t: int, context: Context) -> Slot:
        """The noun that an adjective or participle describes: the phrase or event just before it."""
        layer = self.layer
        for i in range(t, max(context.start, t - 5) - 1, -1):
            event = layer.event_covered.get(i) if i < t or layer.event_covered.get(i - 1) else None
            if event is not None and event.entity is not None and event.first < t:
                return Slot([event.entity], t + 1, True)
            mention = layer.covered.get(i)
            if mention is not None and mention.entity is not None and mention.type in ACTORS:
                return Slot([mention.entity], t + 1, True)
            if layer.words[i] in "،.؛:" or is_finite_verb(layer.words[i]):
                break
        return Slot()

    def main_actor(self, t: int, context: Context) -> Slot:
        """The subject of the clause around token ``t``; the speaker where nobody else is named."""
        layer = self.layer
        before = subject_before(layer, t, context.start)
        for i in range(context.start, t):
            mention = self.starts.get(i)
            if mention is not None and mention.type in ACTORS and not governed(layer, mention):
                return self._chain(mention, context, sure=False)
        if before is not None and before.type in ACTORS:
            return self._chain(before, context, sure=False)
        if context.statement is not None:
            return Slot([context.statement.speaker])
        return Slot(self.subject) if self.subject else Slot()

    def object(self, i: int, context: Context, actors: list[EntityDraft]) -> Slot:
        """The phrase that stands as direct object (or genitive) from token ``i``."""
        layer = self.layer
        limit = min(context.stop, i + 6)
        while i < limit:
            after = self._past_adverbial(i)
            if after > i:
                limit = min(context.stop, limit + after - i)
                i = after
                continue
            mention = self.starts.get(i) or layer.event_at.get(i) or layer.mention_at.get(i)
            if mention is not None and mention.entity is not None:
                if mention.entity in actors:
                    i = max(mention.last, i + 1)
                    continue
                if governed(layer, mention) in ("", "ب", "ل"):
                    if mention.type in ACTORS:
                        return self._chain(mention, context)
                    return Slot([mention.entity], mention.last, True)
                return Slot()
            word = layer.words[i]
            if word in _STOPS or word_class(layer.folds[i]) in ("complementizer", "relative", "boundary"):
                break
            if is_preposition(layer.folds[i]) or is_finite_verb(word):
                break
            i += 1
        return Slot()

    def _past_adverbial(self, i: int) -> int:
        """Token after a date or adverbial ("في موسكو") that starts at token ``i``, else ``i``."""
        layer = self.layer
        if layer.in_date(i):
            return i + 1
        if layer.folds[i] not in context_words()["adverbial"] or i + 1 >= len(layer):
            return i
        inside = layer.covered.get(i + 1) or layer.mention_at.get(i + 1) or layer.event_at.get(i + 1)
        return max(inside.last if inside is not None else 0, i + 2)

    def governed_by(self, i: int, context: Context, prepositions: frozenset[str]) -> Slot:
        """The first phrase after token ``i`` that one of the prepositions governs."""
        layer = self.layer
        limit = min(context.stop, i + 14)
        begin = i
        while i < limit:
            word = layer.words[i]
            if word in _STOPS or (
                i > begin and is_finite_verb(word) and layer.folds[i].startswith(("و", "ف"))
            ):
                break
            if i > begin and word_class(layer.folds[i]) == "complementizer":
                break
            mention = self.starts.get(i) or layer.event_at.get(i) or layer.mention_at.get(i)
            if mention is not None and mention.entity is not None:
                before = layer.folds[i - 1] if i else ""
                if governed(layer, mention) in prepositions or before in prepositions:
                    if mention.type in ACTORS:
                        return self._chain(mention, context)
                    return Slot([mention.entity], mention.last, True)
            elif self._opens_phrase(i, prepositions):
                owner = self._owner_inside(i, context)
                if owner:
                    return owner
            i += 1
        return Slot()

    def _opens_phrase(self, i: int, prepositions: frozenset[str]) -> bool:
        """Whether token ``i`` is one of the prepositions or a noun with one as its proclitic."""
        layer = self.layer
        if layer.folds[i] in prepositions:
            return True
        for form, _, proclitics in heads(layer.words[i]):
            if proclitics and proclitics[-1] in prepositions and (form.startswith("ال") or len(form) > 3):
                return True
        return False

    def _owner_inside(self, i: int, context: Context) -> Slot:
        """The state or body a described thing belongs to: "على المواقع النووية الإيرانية"."""
        layer = self.layer
        for j in range(i, min(context.stop, i + 6)):
            if j > i and (layer.words[j] in "،.؛:" or is_finite_verb(layer.words[j])):
                break
            event = layer.event_at.get(j)
            if event is not None and event.entity is not None:
                return Slot([event.entity], event.last, True)
            phrase = self.starts.get(j)
            if phrase is not None and phrase.type in ACTORS:
                return self._chain(phrase, context)
            adjective = nationality_at(layer, j)
            if adjective:
                return Slot([self._state(adjective[0])], j + adjective[1])
            mention = layer.mention_at.get(j)
            if mention is not None and mention.entity is not None:
                return Slot([mention.entity], mention.last) if mention.type in ACTORS else Slot()
        return Slot()

    def antecedent(self, t: int, enclitic: str, actors: list[EntityDraft]) -> Slot:
        """The latest thing before a pronoun that agrees with it and is no actor."""
        wanted = {
            "ه": ("PERSON",),
            "ها": ("STATE", "EVENT", "TREATY", "ARMED_GROUP", "GOVBODY", "IGO"),
            "هم": ("GROUP", "ARMED_GROUP"),
            "هما": ("PERSON",),
        }.get(enclitic, ())
        for i in range(t - 1, max(-1, t - 40), -1):
            mention = self.layer.covered.get(i) or self.layer.event_at.get(i)
            if mention is not None and mention.entity is not None and mention.type in wanted:
                if mention.entity not in actors:
                    return Slot([mention.entity], -1, True)
        return Slot()

    def _state(self, slug: str) -> EntityDraft:
        state = states()[slug]
        return self.layer.entity_of("STATE", state.slug, state.ar, state.en)

    def _chain(
        self,
        mention: MentionDraft,
        context: Context,
        *,
        back: bool = False,
        last: int = -1,
        sure: bool = True,
    ) -> Slot:
        """A mention with its conjuncts; ``back`` also takes those joined before it."""
        chain = conjuncts(self.layer, mention, context.stop)
        end = max(max(m.last, m.np_last) for m in chain)
        entities = entities_of(chain)
        at = mention
        while back and at.conjoined:
            previous = self.layer.covered.get(at.np_first - 1)
            if previous is None or previous.entity is None or previous.type not in ACTORS:
                break
            entities.insert(0, previous.entity)
            at = previous
        return Slot(list(dict.fromkeys(entities)), max(end, last) if not back else last, sure)
