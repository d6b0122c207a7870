"""Who takes part in a meeting, where its sentence names no subject: "جرى خلال اللقاء بحث …", "حضر اللقاء …".

Reports of receptions tell the meeting in one sentence and in the next ones what was
discussed, and name those who attended in one long list.
"""

from __future__ import annotations

from kg.data.lexicon import Match, Trigger
from kg.extract.clauses import governed
from kg.extract.lexicon import is_finite_verb, is_verbal
from kg.extract.slots import ACTORS, Context, Slot, SlotFinder
from kg.nlp.drafts import ActDraft, EntityDraft, Sentence
from kg.nlp.layer import Layer
from kg.nlp.trie import heads
from kg.nlp.words import context_words

_MEETINGS = frozenset({"hosts", "meets", "negotiates", "phones", "visits"})
_NEAR = 2
_REACH = 4
_LIST_STOPS = frozenset(".؛:!؟?")


class MeetingFinder(SlotFinder):
    """Fills slots from the meeting that an article told last.

    Attributes:
        meeting: The act of that meeting, or None.
    """

    def __init__(self, layer: Layer) -> None:
        super().__init__(layer)
        self.meeting: ActDraft | None = None

    def note(self, draft: ActDraft) -> None:
        """Remember an act as the meeting told last, if it is one between two named sides."""
        sides = (*draft.actors, *draft.targets)
        if draft.predicate in _MEETINGS and draft.targets and all(e.type in ACTORS for e in sides):
            self.meeting = draft

    def participants(self, match: Match[Trigger], sentence: Sentence) -> Slot:
        """Both sides of the meeting told last, where a meeting itself discusses ("تناول اللقاء")."""
        told = self.meeting
        if match.entry.predicate != "negotiates" or told is None:
            return Slot()
        if sentence.index - told.sentence.index > _NEAR or not self._held(match, sentence):
            return Slot()
        t, last = match.tokens[0], max(match.tokens) + 1
        if last == t + 1 and t + 1 < sentence.last and self._is_meeting(t + 1):
            last += 1  # what is discussed begins behind the meeting
        return Slot(list(dict.fromkeys((*told.actors, *told.targets))), last, True)

    def _held(self, match: Match[Trigger], sentence: Sentence) -> bool:
        """Whether the subject of a verb is a meeting, or nobody, the meeting being the occasion."""
        if not is_verbal(match):
            return False
        t, last = match.tokens[0], max(match.tokens)
        impersonal = any(form in context_words()["impersonal"] for form, _, _ in heads(self.layer.words[t]))
        if impersonal:
            begin, end = max(sentence.first, t - _REACH), min(sentence.last, max(last, t + _REACH) + 1)
            return any(self._is_meeting(i) for i in range(begin, end))
        return t + 1 < sentence.last and self._is_meeting(t + 1)

    def _is_meeting(self, i: int) -> bool:
        return any(form in context_words()["meeting"] for form, _, _ in heads(self.layer.words[i]))

    def attendees(self, match: Match[Trigger], context: Context) -> Slot:
        """The persons of a list behind the verb: at least two, parted by commas or "و"."""
        layer = self.layer
        last = max(match.tokens) + 1
        if not is_verbal(match):
            return Slot()
        found: list[EntityDraft] = []
        seen = last
        for i in range(last, context.stop):
            if layer.words[i] in _LIST_STOPS or (is_finite_verb(layer.words[i]) and i not in layer.covered):
                break
            mention = self.starts.get(i)
            if mention is None or mention.entity is None or mention.type != "PERSON":
                continue
            if governed(layer, mention) or (found and not self._parted(seen, mention.first)):
                continue
            found.append(mention.entity)
            seen = mention.last
        found = list(dict.fromkeys(found))
        return Slot(found, last, True) if len(found) > 1 else Slot()

    def _parted(self, first: int, last: int) -> bool:
        """Whether a comma or a word with "و" stands in a token range, its end included."""
        layer = self.layer
        return any(layer.words[i] in "،," or layer.folds[i][:1] == "و" for i in range(first, last + 1))

    def attended(self, match: Match[Trigger], actors: Slot) -> Slot:
        """What those of a list attend: the event named next to the verb, or the guest of the meeting."""
        layer, last = self.layer, max(match.tokens) + 1
        for i in (last - 1, last):
            event = layer.event_at.get(i)
            if event is not None and event.entity is not None:
                return Slot([event.entity], event.last, True)
        if self.meeting is None:
            return Slot()
        guests = [e for e in self.meeting.targets if e not in actors.entities]
        return Slot(guests, last)
