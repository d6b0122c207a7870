"""Who says what: quotations and reported clauses. Component ``kg_statements_v1``.

A reporting verb, participle or noun is followed by its speaker and by the content:
after أن or إن, after a colon, in quotation marks, or as a noun phrase after verbs such
as أكد. Attributions ("بحسب …") make the clause before (or after) them a statement.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.data.lexicon import Match, Reporting
from kg.extract.clauses import conjuncts, entities_of, governed, np_starts, subject_after, subject_before
from kg.extract.lexicon import attribution_at, is_verbal, reporting_at, reporting_blocks
from kg.extract.phrases import word_class
from kg.extract.reported import ContentReader
from kg.model import Evidence, Statement
from kg.nlp.drafts import EntityDraft, MentionDraft, Sentence, StatementDraft
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer

METHOD = "kg.statements.v1"
_TELLING = frozenset({"أبلغ", "أخبر", "أطلع", "أعلم"})
"""Verbs whose object is whom they tell."""
_STRIP = " \n\t.،,؛:" + "".join(OPENING | CLOSING | STRAIGHT)


class StatementFinder:
    """Reads one article sentence by sentence; remembers who spoke last."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.found: list[StatementDraft] = []
        self.reader = ContentReader(layer, self._told)
        self.last: list[EntityDraft] = []
        self.last_sentence = -9

    def run(self) -> list[StatementDraft]:
        """All statements of the article, in text order."""
        for sentence in self.layer.sentences:
            before = len(self.found)
            said_before = self.last
            self._headline(sentence)
            self._reported(sentence)
            self._attributed(sentence)
            if len(self.found) == before:
                self._continued_quote(sentence)
            if len(self.found) > before:
                self.last_sentence = sentence.index
                lead = self.found[before]
                self.last = [s.speaker for s in self.found[before:] if s.trigger == lead.trigger]
            else:
                topic = self._topic(sentence)
                self.last = [topic] if topic is not None else said_before
        return self.found

    def _topic(self, sentence: Sentence) -> EntityDraft | None:
        """The person that a sentence without a statement is about: its first free noun phrase."""
        starts = np_starts(self.layer)
        opener = self.layer.folds[sentence.first]
        if word_class(opener) or word_class(opener[1:]):
            return None
        for i in range(sentence.first, min(sentence.last, sentence.first + 4)):
            mention = starts.get(i)
            if mention is not None and not governed(self.layer, mention):
                return mention.entity if mention.type == "PERSON" else None
        return None

    # -- one way of reporting each ---------------------------------------------------------

    def _headline(self, sentence: Sentence) -> None:
        """ "ماكرون: يجب …" — a speaker, a colon, the content."""
        layer = self.layer
        for i in range(sentence.first + 1, min(sentence.last - 2, sentence.first + 9)):
            if layer.words[i] != ":":
                continue
            mention = layer.covered.get(i - 1)
            if sentence.start < layer.title_end:
                mention = np_starts(layer).get(sentence.first, mention)
            if (
                mention is not None
                and mention.entity is not None
                and mention.np_first == sentence.first
                and mention.type != "PLACE"
                and not (mention.type == "MEDIA" and sentence.start > layer.title_end)
            ):
                self._add(entities_of([mention]), layer.ends[i], sentence.end, sentence, trigger=i)
            return

    def _reported(self, sentence: Sentence) -> None:
        layer = self.layer
        t = sentence.first
        while t < sentence.last:
            form = reporting_at(layer, t)
            if form is None or t in layer.covered or self._inside(t) or "ال" in form.reading.proclitics:
                t += 1
                continue
            content = self.reader.content(t, form, sentence)
            if content is not None and self._blocked(form, content):
                content = None
            speakers = self._speakers(t, form, sentence, content[0] if content else None)
            if content is None or not speakers:
                t += 1
                continue
            start, end, direct = content
            before = layer.folds[max(0, layer.token_at(start) - 1)]
            nominal = not direct and word_class(before) != "complementizer"
            told = self._addressee(t, form, speakers, start)
            self._add(
                speakers, start, end, sentence, direct=direct, trigger=t, nominal=nominal, addressee=told
            )
            t += 1

    def _attributed(self, sentence: Sentence) -> None:
        """ "…، بحسب بيان للكرملين" and "ووفقا لمصدر، …"."""
        layer = self.layer
        starts = np_starts(layer)
        for i in range(sentence.first, sentence.last):
            length = attribution_at(layer, i)
            if not length or self._inside(i):
                continue
            mention = None
            j = i + length
            while j < min(sentence.last, i + length + 7):
                mention = starts.get(j)
                if mention is not None:
                    break
                if layer.words[j] in "،.:":
                    break
                j += 1
            if mention is None or mention.entity is None:
                continue
            if i <= sentence.first + 1:
                k = mention.last
                while k < sentence.last and layer.words[k] not in "،,:":
                    k += 1
                if k < sentence.last:
                    if k + 1 < sentence.last and layer.folds[k + 1] == "فان":
                        k += 1
                    self._add([mention.entity], layer.ends[k], sentence.end, sentence, trigger=i)
            else:
                begin = sentence.start
                for known in self.found:
                    if known.sentence is sentence and known.end <= layer.starts[i] and not known.nominal:
                        begin = max(begin, known.end)
                self._add([mention.entity], begin, layer.starts[i], sentence, trigger=i)
            return

    def _continued_quote(self, sentence: Sentence) -> None:
        """A sentence inside a quotation that began earlier, or a quotation without a verb."""
        layer = self.layer
        if not self.last or sentence.index - self.last_sentence > 1:
            return
        for quote in layer.quotes:
            start, end = max(quote.start, sentence.start), min(quote.end, sentence.end)
            whole = quote.start < sentence.start or quote.end > sentence.end
            words = len(layer.text[start:end].split())
            if end - start > 0.6 * (sentence.end - sentence.start) and (whole or words > 5):
                self._add(self.last, start, end, sentence, direct=True)
                return

    def _blocked(self, form: Match[Reporting], content: tuple[int, int, bool]) -> bool:
        """Whether this word introduces something else than a statement more often than not."""
        start, _, direct = content
        i = self.layer.token_at(start)
        clause = i > 0 and word_class(self.layer.folds[i - 1]) == "complementizer"
        kind = "quote" if direct else "clause" if clause else "noun"
        return (form.entry.lemma, form.entry.pos, kind) in reporting_blocks()

    # -- parts -----------------------------------------------------------------------------

    def _told(self, start: int, end: int) -> bool:
        """Whether a statement already found overlaps a character range."""
        return any(s.start < end and start < s.end for s in self.found)

    def _inside(self, t: int) -> bool:
        """Whether a token lies in the content of a direct statement already found."""
        at = self.layer.starts[t]
        return any(s.direct and s.start <= at < s.end for s in self.found[-4:])

    def _speakers(
        self, t: int, form: Match[Reporting], sentence: Sentence, content_start: int | None
    ) -> list[EntityDraft]:
        layer = self.layer
        stop = sentence.last
        if content_start is not None and content_start > layer.starts[t]:
            stop = max(t + 1, layer.token_at(content_start))
        chained = layer.folds[t].startswith(("و", "ف")) and is_verbal(form)
        mention: MentionDraft | None = None
        if form.participle:
            mention = None
        elif form.entry.lemma.startswith("نقل"):
            mention = self._after_preposition(t, stop, "عن")
        elif form.reading.enclitic and not is_verbal(form):
            mention = self._last_person(t, sentence)
        elif form.entry.pos == "noun":
            mention = subject_after(layer, t, stop, gap=3)
            if mention is None:
                return []
        else:
            mention = subject_after(layer, t, stop) or self._publication(t, stop)
            if mention is None and not chained:
                mention = subject_before(layer, t, sentence.first)
                if mention is not None and not self._touches(mention, t):
                    mention = None if any(s.sentence is sentence for s in self.found) else mention
                    mention = mention and self._main_subject(sentence, t)
        if mention is not None:
            chain = entities_of(conjuncts(layer, mention, stop))
            self.last = chain
            return chain
        here = [s for s in self.found if s.sentence is sentence]
        if here:
            return list(dict.fromkeys(s.speaker for s in here if s.trigger == here[0].trigger))
        if form.participle:
            subject = self._main_subject(sentence, t)
            if subject is not None and subject.entity is not None:
                self.last = [subject.entity]
                return self.last
        return self.last

    def _publication(self, t: int, stop: int) -> MentionDraft | None:
        """ "ذكر بيان للكرملين", "كتبت «الحياة»": a body by its paper, a medium in quotation marks."""
        layer = self.layer
        if t + 2 >= stop:
            return None
        mention = layer.covered.get(t + 2)
        if mention is None or mention.entity is None or mention.first != t + 2:
            return None
        if layer.words[t + 1] in OPENING | STRAIGHT:
            return mention if mention.type == "MEDIA" else None
        paper = reporting_at(layer, t + 1)
        is_paper = paper is not None and paper.entry.pos == "noun" and not paper.reading.proclitics
        return mention if is_paper and governed(layer, mention) == "ل" else None

    def _addressee(
        self, t: int, form: Match[Reporting], speakers: list[EntityDraft], content_start: int
    ) -> EntityDraft | None:
        """ "قال بوتين لعراقجي إن", "أبلغ بوتين عراقجي أن": whom the speaker tells."""
        layer = self.layer
        if not is_verbal(form):
            return None
        starts = np_starts(layer)
        i, stop = t + 1, layer.token_at(content_start)
        while i < stop:
            mention = starts.get(i)
            if mention is None or mention.entity is None:
                return None
            spoken_to = governed(layer, mention) == "ل"
            told = form.entry.lemma in _TELLING and i > t + 1 and not mention.conjoined
            if mention.entity not in speakers and (spoken_to or told):
                return mention.entity
            i = max(mention.last, mention.np_last, i + 1)
        return None

    def _after_preposition(self, t: int, stop: int, preposition: str) -> MentionDraft | None:
        """ "نقلت الوكالة عن بيسكوف قوله": the mention after عن."""
        starts = np_starts(self.layer)
        for i in range(t + 1, stop):
            mention = starts.get(i)
            if mention is not None and governed(self.layer, mention) == preposition:
                return mention
        return None

    def _touches(self, mention: MentionDraft, t: int) -> bool:
        """Whether only commas and particles stand between a noun phrase and the verb at ``t``."""
        layer = self.layer
        between = range(max(mention.last, mention.np_last), t)
        return all(
            layer.words[i] in '،,)(»"' or word_class(layer.folds[i]) in ("auxiliary", "relative")
            for i in between
        )

    def _last_person(self, t: int, sentence: Sentence) -> MentionDraft | None:
        """ "نقلت الوكالة عن بيسكوف قوله": whom the pronoun of a verbal noun refers to."""
        for i in range(t - 1, sentence.first - 1, -1):
            mention = self.layer.covered.get(i)
            if mention is not None and mention.entity is not None and mention.type in ("PERSON", "GROUP"):
                return mention
        return None

    def _main_subject(self, sentence: Sentence, t: int) -> MentionDraft | None:
        """The first noun phrase of the sentence before ``t`` that nothing governs."""
        starts = np_starts(self.layer)
        for i in range(sentence.first, t):
            mention = starts.get(i)
            if mention is not None and not governed(self.layer, mention):
                return mention
        return None

    def _add(
        self, speakers: list[EntityDraft], start: int, end: int, sentence: Sentence,
        *, direct: bool = False, trigger: int = -1, nominal: bool = False,
        addressee: EntityDraft | None = None,
    ) -> None:  # fmt: skip
        text = self.layer.text
        while start < end and text[start] in _STRIP:
            start += 1
        while end > start and text[end - 1] in _STRIP:
            end -= 1
        if len(text[start:end].split()) < 2:
            return
        quote = self.layer.in_quote(start)
        direct = direct or (quote is not None and min(quote.end, end) - start > 0.6 * (end - start))
        for known in self.found:
            if known.sentence is sentence and known.start < end and start < known.end:
                overlap = min(end, known.end) - max(start, known.start)
                if overlap > 0.8 * min(end - start, known.end - known.start) and known.speaker in speakers:
                    return
        for speaker in speakers:
            self.found.append(
                StatementDraft(speaker, start, end, sentence, direct, addressee, trigger, nominal)
            )


@Language.component("kg_statements_v1", assigns=["doc._.kg"])
def statements_component(doc: Doc) -> Doc:
    """spaCy component: statements."""
    layer: Layer = doc._.kg
    layer.statement_drafts = StatementFinder(layer).run()
    return doc


def finish_statements(layer: Layer) -> tuple[Statement, ...]:
    """The statements, with final entity ids."""
    return tuple(
        Statement(
            speaker=s.speaker.id,
            content=layer.chars(s.start, s.end),
            evidence=Evidence(layer.sentence_span(s.sentence)),
            addressee=s.addressee.id if s.addressee else None,
            direct=s.direct,
            confidence=s.confidence if s.confidence is not None else 0.85 if s.trigger >= 0 else 0.7,
            method=s.method or METHOD,
        )
        for s in layer.statement_drafts
    )
