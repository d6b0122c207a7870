"""Who acts and at whom: the slots of a trigger's frame, filled from its clause."""

from __future__ import annotations

from kg.arabic import fold
from kg.data.lexicon import Frame, Match, Trigger
from kg.extract.clauses import entities_of, subject_after, subject_before
from kg.extract.content import SLOTS
from kg.extract.lexicon import is_finite_verb, is_passive, is_verbal, person
from kg.extract.meetings import MeetingFinder
from kg.extract.phrases import is_preposition, word_class
from kg.extract.slots import Context, Slot
from kg.model import SYMMETRIC
from kg.nlp.drafts import MentionDraft
from kg.nlp.layer import Layer
from kg.nlp.words import context_words

_AGENTIVE = frozenset({"قبل", "جانب", "يد", "طرف"})
_BY = (["من", "قبل"], ["من", "جانب"], ["من", "طرف"], ["علي", "يد"], ["علي", "ايدي"])
_AGENT_REACH = 8


def frame_of(match: Match[Trigger]) -> Frame:
    """The entry's frame, turned for verbal nouns and passives, its prepositions folded."""
    frame = match.entry.frame
    if match.masdar:
        frame = frame.of_masdar()
    elif match.entry.root and is_passive(match):
        frame = frame.of_passive()
    slots = (frame.actor, frame.target, frame.content)
    return Frame(*(tuple(v if v in SLOTS else fold(v) for v in values) for values in slots))


def _is_adverbial(layer: Layer, t: int, match: Match[Trigger]) -> bool:
    """Whether a participle stands in the accusative after a comma ("، مدينا العدوان"): it is active."""
    participle = all("_part" in f for f in match.features)
    return participle and layer.folds[t].endswith("ا") and t > 0 and layer.words[t - 1] in "،,"


class ArgumentFinder(MeetingFinder):
    """Resolves the slots of a frame in one article."""

    # -- actors ----------------------------------------------------------------------------

    def actors(self, match: Match[Trigger], frame: Frame, context: Context) -> Slot:
        """Who acts: the first filled slot of the frame's actor values."""
        t, last = match.tokens[0], max(match.tokens) + 1
        speaker = person(match)
        if speaker in ("1s", "1p") and context.statement is not None:
            return Slot([context.statement.speaker], last, True)
        if speaker != "3":
            return Slot()
        told = self.participants(match, context.sentence)
        if told:
            return told
        if "list" in frame.actor:
            listed = self.attendees(match, context)
            if listed:
                return listed
        agent = self.agent(match, context)
        if agent:
            return agent
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
            found = (
                Slot() if adverbial and value == "by" else self._actor_slot(value, match, context, t, last)
            )
            if found:
                return found
        if is_passive(match) and not adverbial:
            return Slot()
        return self.main_actor(t, context)

    def agent(self, match: Match[Trigger], context: Context) -> Slot:
        """Who acts by "من قبل" or "على يد" behind a verbal noun or a passive; its object stands between."""
        if is_verbal(match) and not is_passive(match):
            return Slot()
        layer, last = self.layer, max(match.tokens) + 1
        for i in range(last, min(context.stop, last + _AGENT_REACH)):
            if layer.folds[i - 1 : i + 1] in _BY and i + 1 in self.starts:
                found = self._chain(self.starts[i + 1], context)
                return Slot(found.entities, last, True)
            if layer.words[i] in "،,.؛:" or is_finite_verb(layer.words[i]):
                break
        return Slot()

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
        dual_verb = is_verbal(match) and all(
            "d" in f.split()[-1] for f in match.features if "act_part" not in f
        )
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

    def _actor_slot(self, value: str, match: Match[Trigger], context: Context, t: int, last: int) -> Slot:
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
        if value in SLOTS:
            return Slot()
        return self.governed_by(last, context, frozenset({value}))

    def verb_subject(self, t: int, last: int, match: Match[Trigger], context: Context) -> Slot:
        """The subject of a finite verb: touching before it, after it, further before, or dropped."""
        layer = self.layer
        chained = layer.folds[t][:1] == "و" and "و" in match.reading.proclitics
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
            if layer.words[i] in '،,)(»"' or word_class(layer.folds[i]) in (
                "auxiliary",
                "negation",
                "relative",
            ):
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

    # -- targets ---------------------------------------------------------------------------

    def targets(self, match: Match[Trigger], frame: Frame, context: Context, actors: Slot) -> Slot:
        """At whom: the first filled slot of the frame's target values."""
        t, last = match.tokens[0], max(match.tokens) + 1
        begin = max(last, actors.last)
        if match.entry.predicate in SYMMETRIC and not is_verbal(match) and not match.reading.enclitic:
            found = self.governed_by(last, context, frozenset({"بين"}))
            rest = [e for e in found.entities if e not in actors.entities]
            if len(found.entities) > 1 and rest:
                return Slot(rest, found.last, True)
        if "list" in frame.actor and len(actors.entities) > 1 and actors.last == last:
            host = self.genitive(last, context) if "gen" in frame.target else Slot()
            others = [e for e in host.entities if e not in actors.entities]
            if others:
                return Slot(others, host.last, True)
            return self.attended(match, actors)
        if match.reading.enclitic and match.masdar and actors.last == last and self.agent(match, context):
            found = self.antecedent(t, match.reading.enclitic, actors.entities)
            if found:
                return found
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
                following = self.layer.event_at.get(t + 2)
                extra = [following.entity] if following is not None and following.entity is not None else []
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
            elif value == "by" or value in SLOTS:
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
