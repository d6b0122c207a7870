"""Fill the slots of a trigger's frame: subject, object, genitive, prepositional phrase, content."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.arabic import fold
from kg.data.lexicon import Frame, Match, Trigger, trigger_precision
from kg.extract.clauses import conjuncts, entities_of, governed, np_starts, subject_after, subject_before
from kg.extract.lexicon import is_finite_verb, is_passive, is_verbal, person
from kg.extract.names import context_words, nationality_at
from kg.extract.phrases import is_preposition, word_class
from kg.extract.settings import SURE_PRECISION
from kg.extract.statements import StatementDraft
from kg.link.gazetteer import states
from kg.model import SYMMETRIC
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, EntityDraft, Layer, MentionDraft, Sentence
from kg.nlp.trie import heads

ACTORS = frozenset({"PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "GROUP"})
_AGENTIVE = frozenset({"قبل", "جانب", "يد", "طرف"})
_SLOTS = frozenset({"direct", "gen", "by", "subj", "head", "speaker", "أن"})
_MAX_OBJECT = 14
_MAX_REST = 10
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


def frame_of(match: Match[Trigger]) -> Frame:
    """The entry's frame, turned for verbal nouns and passives, its prepositions folded."""
    frame = match.entry.frame
    if match.masdar:
        frame = frame.of_masdar()
    elif match.entry.root and is_passive(match):
        frame = frame.of_passive()
    return Frame(*(tuple(v if v in _SLOTS else fold(v) for v in values) for values in (frame.actor, frame.target, frame.content)))


def _is_adverbial(layer: Layer, t: int, match: Match[Trigger]) -> bool:
    """Whether a participle stands in the accusative after a comma ("، مدينا العدوان"): it is active."""
    participle = all("_part" in f for f in match.features)
    return participle and layer.folds[t].endswith("ا") and t > 0 and layer.words[t - 1] in "،,"


class ArgumentFinder:
    """Resolves slots in one article.

    Attributes:
        subject: Actors of the clause before, within the sentence.
    """

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.starts = np_starts(layer)
        self.subject: list[EntityDraft] = []
        self.subject_statement: StatementDraft | None = None

    # -- actors ----------------------------------------------------------------------------

    def actors(self, match: Match[Trigger], frame: Frame, context: Context) -> Slot:
        """Who acts: the first filled slot of the frame's actor values."""
        t, last = match.tokens[0], max(match.tokens) + 1
        speaker = person(match)
        if speaker in ("1s", "1p") and context.statement is not None:
            return Slot([context.statement.speaker], last, True)
        if speaker != "3":
            return Slot()
        pair = self._pair(match, context)
        if pair:
            return pair
        between = self._both(match, context, last)
        if between:
            return between
        adverbial = _is_adverbial(self.layer, t, match)
        for value in frame.actor:
            if value == "gen" and match.masdar and len(match.tokens) > 1 and not match.reading.enclitic:
                continue  # the further words of the phrase are its object: what follows is no actor
            found = Slot() if adverbial and value == "by" else self._actor_slot(value, match, context, t, last)
            if found:
                return found
        if is_passive(match) and not adverbial:
            return Slot()
        return self.main_actor(t, context)

    def _both(self, match: Match[Trigger], context: Context, last: int) -> Slot:
        """ "لقاء بين بوتين وترامب": the first of two actors of a mutual act; the other becomes its target."""
        if match.entry.predicate not in SYMMETRIC or is_verbal(match) or match.reading.enclitic:
            return Slot()
        found = self.governed_by(last, context, frozenset({"بين"}))
        if len(found.entities) < 2:
            return Slot()
        return Slot(found.entities[:1], last, True)

    def _pair(self, match: Match[Trigger], context: Context) -> Slot:
        """Two actors for a dual verb or pronoun without a subject of its own ("وأعربا عن دعمهما")."""
        t, last = match.tokens[0], max(match.tokens) + 1
        dual_verb = is_verbal(match) and all("d" in f.split()[-1] for f in match.features if "act_part" not in f)
        if not dual_verb and match.reading.enclitic != "هما":
            return Slot()
        if dual_verb and subject_before(self.layer, t, context.start) is not None:
            return Slot()
        for i in range(t, context.sentence.first - 1, -1):
            mention = self.layer.covered.get(i)
            if mention is not None and mention.also:
                return Slot(entities_of([mention]), last, True)
        persons = self.layer.last_entities(t, ("PERSON",), 2)
        return Slot(persons, last) if len(persons) == 2 else Slot()

    def _actor_slot(
        self, value: str, match: Match[Trigger], context: Context, t: int, last: int
    ) -> Slot:
        if value == "subj":
            if is_verbal(match):
                return self.verb_subject(t, last, match, context)
            return self.main_actor(t, context)
        if value == "speaker":
            if context.statement is not None:
                return Slot([context.statement.speaker], last, True)
            return self.main_actor(t, context)
        if value == "gen":
            if match.reading.enclitic:
                return self.referent(t, match.reading.enclitic, context)
            return self.genitive(last, context)
        if value == "head":
            return self.head(t, context)
        if value == "بين":
            found = self.governed_by(last, context, frozenset({"بين"}))
            return Slot(found.entities[:1], found.last, True) if len(found.entities) > 1 else Slot()
        if value == "by":
            return self.governed_by(last, context, _AGENTIVE)
        if value in _SLOTS:
            return Slot()
        return self.governed_by(last, context, frozenset({value}))

    def verb_subject(self, t: int, last: int, match: Match[Trigger], context: Context) -> Slot:
        """The subject of a finite verb: touching before it, after it, further before, or dropped."""
        layer = self.layer
        chained = layer.folds[t][0] == "و" and "و" in match.reading.proclitics
        before = None if chained else subject_before(layer, t, context.start)
        if before is not None and self._touches(before, t) and not self._relative_object(t, match):
            return self._chain(before, context, back=True, last=last)
        after = subject_after(layer, t, context.stop, gap=4 if chained else 9)
        if after is not None and not (chained and self._keeps_subject(t, after, context)):
            return self._chain(after, context, last=last)
        if before is not None:
            return self._chain(before, context, back=True, last=last, sure=False)
        if self.subject and context.statement is self.subject_statement:
            return Slot(self.subject, last)
        return self.main_actor(t, context)

    def _keeps_subject(self, t: int, after: MentionDraft, context: Context) -> bool:
        """Whether a chained verb has its object, not its subject, right after it."""
        if not self.subject or after.entity in self.subject:
            return False
        verb = self.layer.folds[t]
        # A dual or plural verb before a noun phrase cannot agree with it: the phrase is its object.
        return verb.endswith(("وا", "ا")) and len(verb) > 4

    def _touches(self, mention: MentionDraft, t: int) -> bool:
        """Whether only commas, particles or a relative pronoun stand between a mention and the verb."""
        layer = self.layer
        for i in range(max(mention.last, mention.np_last), t):
            if layer.words[i] in "،,)(»\"" or word_class(layer.folds[i]) in ("auxiliary", "negation", "relative"):
                continue
            return False
        return True

    def _relative_object(self, t: int, match: Match[Trigger]) -> bool:
        """ "العقوبات التي فرضتها واشنطن", "إيران التي وقع معها": the noun before التي is no subject."""
        if t == 0 or word_class(self.layer.folds[t - 1]) != "relative":
            return False
        return bool(match.reading.enclitic) or self._resumed(t + 1)

    def _resumed(self, i: int) -> bool:
        """Whether token ``i`` is a preposition with a pronoun ("معها", "إليه")."""
        return i < len(self.layer) and self.layer.folds[i] in context_words()["resumptive"]

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
            if layer.words[i] in "-–«»\"“”" or (layer.folds[i].startswith("ال") and not layer.covered.get(i)):
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

    # -- targets ---------------------------------------------------------------------------

    def targets(
        self, match: Match[Trigger], frame: Frame, context: Context, actors: Slot
    ) -> Slot:
        """At whom: the first filled slot of the frame's target values."""
        t, last = match.tokens[0], max(match.tokens) + 1
        begin = max(last, actors.last)
        if match.entry.predicate in SYMMETRIC and not is_verbal(match) and not match.reading.enclitic:
            found = self.governed_by(last, context, frozenset({"بين"}))
            rest = [e for e in found.entities if e not in actors.entities]
            if len(found.entities) > 1 and rest:
                return Slot(rest, found.last, True)
        if match.reading.enclitic and not is_verbal(match) and frame.target:
            found = self.object(last, context, actors.entities)
            if found:
                return found
        if match.reading.enclitic and is_verbal(match) and "direct" in frame.target:
            found = self.antecedent(t, match.reading.enclitic, actors.entities)
            if found:
                return found
        if self._relative_object(t, match) and self._resumed(t + 1):
            named = self.layer.covered.get(t - 2)
            if named is not None and named.entity is not None:
                rest = self.layer.event_at.get(t + 2)
                extra = [rest.entity] if rest is not None and rest.entity is not None else []
                return Slot([named.entity, *extra], t + 2, True)
        for value in frame.target:
            if value == "direct":
                found = self.object(begin, context, actors.entities)
            elif value == "gen":
                tail = self.layer.folds[last - 1]
                if len(match.tokens) > 1 and is_preposition(tail):
                    found = self.governed_by(last, context, frozenset({tail}))
                else:
                    found = self._genitive_target(begin, actors, context)
            elif value == "subj":
                found = self._passive_subject(t, last, match, context)
            elif value == "head":
                found = self.head(t, context)
            elif value == "by" or value in _SLOTS:
                continue
            else:
                found = self.governed_by(last, context, frozenset({value}))
                if value == "بين":
                    found.entities = [e for e in found.entities if e not in actors.entities]
            found.entities = [e for e in found.entities if e not in actors.entities]
            if found:
                return found
        return Slot()

    def _genitive_target(self, i: int, actors: Slot, context: Context) -> Slot:
        """A genitive that is no actor, or an event or document that follows the noun."""
        layer = self.layer
        event = layer.event_at.get(i)
        if event is not None and event.entity is not None:
            return Slot([event.entity], event.last)
        return self.object(i, context, actors.entities)

    def _passive_subject(self, t: int, last: int, match: Match[Trigger], context: Context) -> Slot:
        if is_verbal(match):
            return self.verb_subject(t, last, match, context)
        return self.head(t, context)

    def object(self, i: int, context: Context, actors: list[EntityDraft]) -> Slot:
        """The phrase that stands as direct object (or genitive) from token ``i``."""
        layer = self.layer
        limit = min(context.stop, i + 6)
        while i < limit:
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

    def governed_by(self, i: int, context: Context, prepositions: frozenset[str]) -> Slot:
        """The first phrase after token ``i`` that one of the prepositions governs."""
        layer = self.layer
        limit = min(context.stop, i + 14)
        begin = i
        while i < limit:
            word = layer.words[i]
            if word in _STOPS or (i > begin and is_finite_verb(word) and layer.folds[i][0] in "وف"):
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

    # -- content ---------------------------------------------------------------------------

    def content(
        self, match: Match[Trigger], frame: Frame, context: Context, begin: int
    ) -> tuple[int, int] | None:
        """Characters of what the act is about, to the end of its clause."""
        layer = self.layer
        t = match.tokens[0]
        values = (*frame.content, *frame.target)
        if "head" in frame.content and t > context.start:
            return self._head_words(t, context)
        wanted = {v for v in values if v not in _SLOTS}
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
            if end > first and is_finite_verb(word) and layer.folds[end][0] == "و":
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
        while end < context.stop and end - i < _MAX_REST and layer.words[end] not in "،,.؛:»”\"":
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
            proclitics = named.proclitics if named else next((p for _, _, p in heads(layer.words[j]) if p), ())
            if proclitics and proclitics[-1] in wanted:
                return layer.starts[j] + len(proclitics)
            plain = layer.words[j][0].isalpha() and word_class(word) not in ("preposition", "relative")
            if direct and first is None and plain and not word_class(word):
                if j not in layer.covered or j in layer.event_at:
                    first = layer.starts[j]
        return first

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

    # -- helpers ---------------------------------------------------------------------------

    def _state(self, slug: str) -> EntityDraft:
        state = states()[slug]
        return self.layer.entity_of("STATE", state.slug, state.ar, state.en)

    def _chain(
        self, mention: MentionDraft, context: Context, *, back: bool = False, last: int = -1, sure: bool = True
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
