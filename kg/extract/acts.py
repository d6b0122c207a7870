"""Who does what to whom: acts from the trigger lexicon. Components ``kg_acts_v1``, ``kg_treaty_acts_v1``.

Each trigger in a sentence is read with its frame (:mod:`kg.extract.arguments`);
polarity, modality and date come from :mod:`kg.extract.attributes`, the source from
the statement that the trigger lies in.
"""

from __future__ import annotations

from collections.abc import Set

from spacy.language import Language
from spacy.tokens import Doc

from kg.data.lexicon import Match, Trigger, trigger_lexicon, trigger_precision
from kg.extract.arguments import ArgumentFinder, frame_of
from kg.extract.attributes import act_date, day_of_report, is_negated, modality_of
from kg.extract.clauses import governed
from kg.extract.confidence import confidence
from kg.extract.content import ContentFinder
from kg.extract.lexicon import attribution_at, is_finite_verb, is_verbal, person
from kg.extract.phrases import word_class
from kg.extract.settings import DATED_BY_REPORT, HELD_PRECISION, MAX_READINGS, MIN_CONFIDENCE, MIN_PRECISION
from kg.extract.slots import Context
from kg.model import Act, Evidence
from kg.nlp.drafts import ActDraft, EntityDraft, Sentence, StatementDraft
from kg.nlp.layer import Layer
from kg.nlp.trie import heads

METHOD = "kg.acts.v1"
_LEAD = 1


def find_acts(layer: Layer) -> list[ActDraft]:
    """All acts of an article, one for each predicate, actors and targets."""
    finder = ArgumentFinder(layer)
    found: list[ActDraft] = []
    named = layer.covered.keys() | layer.title_tokens
    credits = {layer.sentence_of[m.first] for m in layer.credits}
    for sentence in layer.sentences:
        if sentence.index in credits:
            continue
        finder.subject, finder.subject_statement = [], None
        used: set[int] = set()
        for t in range(sentence.first, sentence.last):
            if t in used or not layer.words[t][0].isalpha() or _taken(layer, t) or attribution_at(layer, t):
                continue
            best: tuple[ActDraft, Match[Trigger]] | None = None
            for match in _candidates(layer, t, sentence, named):
                draft = _read(layer, finder, match, sentence)
                if draft is not None and (best is None or draft.confidence > best[0].confidence):
                    best = draft, match
            if best is not None and best[0].confidence >= MIN_CONFIDENCE:
                used.update(best[1].tokens)
                found.append(best[0])
                finder.note(best[0])
                finder.subject = best[0].actors
                finder.subject_statement = context_of(layer, t, sentence).statement
    return merge(found)


def _taken(layer: Layer, t: int) -> bool:
    """Whether a token belongs to a name and so is no trigger."""
    mention = layer.covered.get(t)
    return mention is not None and mention.kind == "name" and mention.type != "GROUP"


def _candidates(layer: Layer, t: int, sentence: Sentence, named: Set[int]) -> list[Match[Trigger]]:
    """The most telling triggers at a token: the longest phrases, then the surest."""
    matches = [
        m
        for m in trigger_lexicon().match(layer.words, t, named)
        if max(m.tokens) < sentence.last and trigger_precision(m) >= MIN_PRECISION
    ]
    nominal = _in_noun_position(layer, t)
    matches.sort(
        key=lambda m: (
            len(m.tokens),
            m.masdar == nominal or not m.entry.root,
            trigger_precision(m),
            m.entry.id,
        ),
        reverse=True,
    )
    return matches[:MAX_READINGS]


def _in_noun_position(layer: Layer, t: int) -> bool:
    """Whether a form that can be verb or verbal noun is a noun here: a preposition or noun governs it."""
    if t == 0 or any(p and p[-1] in "بلك" for _, _, p in heads(layer.words[t])):
        return True
    before = layer.folds[t - 1]
    if word_class(before) in ("complementizer", "relative", "negation", "auxiliary", "pronoun"):
        return False
    if word_class(before) in ("preposition", "boundary"):
        return True
    return layer.words[t - 1][0].isalpha() and t - 1 not in layer.covered


def _read(layer: Layer, finder: ArgumentFinder, match: Match[Trigger], sentence: Sentence) -> ActDraft | None:
    """The act of a trigger, or None where nobody acts or nothing is aimed at."""
    context = context_of(layer, match.tokens[0], sentence)
    frame = frame_of(match)
    actors = finder.actors(match, frame, context)
    if not actors:
        return None
    targets = finder.targets(match, frame, context, actors)
    begin = max(max(match.tokens) + 1, actors.last)
    contents = ContentFinder(layer)
    content = contents.content(match, frame, context, begin)
    entities = targets.entities
    if entities and content is not None and not contents.adds_words(content):
        content = None
    if not entities and content is not None:
        entities = described(layer, content, context)
    if not entities and content is None:
        return None
    t = match.tokens[0]
    adjacent = max(match.tokens) - t < len(match.tokens)
    statement = context.statement
    told = statement if statement and statement.speaker not in actors.entities else None
    source = _source(layer, t, sentence, actors.entities)
    draft = ActDraft(
        predicate=match.entry.predicate,
        first=t,
        last=max(match.tokens) + 1 if adjacent else t + 1,
        skip=sum(len(p) for p in match.reading.proclitics if p != "ال"),
        actors=actors.entities,
        targets=entities,
        sentence=sentence,
        object=content,
        negated=is_negated(layer, match, sentence),
        modality=modality_of(layer, match, sentence),
        source=source,
        date=date_of(layer, t, match.entry.predicate, sentence, told),
        place=place_of(layer, max(match.tokens) + 1, context),
        precision=trigger_precision(match),
    )
    if finder.participants(match, sentence):
        draft.precision = max(draft.precision, HELD_PRECISION)
    draft.features = _features(layer, draft, match, actors.sure, context)
    draft.confidence = confidence(draft.features, draft.precision)
    return draft


def _source(layer: Layer, t: int, sentence: Sentence, actors: list[EntityDraft]) -> EntityDraft | None:
    """On whose word an act rests: the nearest speaker around it who is not the one acting."""
    at = layer.starts[t]
    around = [s for s in layer.statement_drafts if s.sentence is sentence and s.start <= at < s.end]
    for statement in sorted(around, key=lambda s: s.start, reverse=True):
        if statement.speaker is not None and statement.speaker not in actors:
            return statement.speaker
    return None


def _features(
    layer: Layer, draft: ActDraft, match: Match[Trigger], sure: bool, context: Context
) -> tuple[str, ...]:
    """What the confidence of an act depends on, as names of rows of ``act_confidence.csv``."""
    kinds = {e.type for e in draft.targets}
    target = "none" if not kinds else min(kinds)
    form = "verb" if is_verbal(match) else "masdar" if match.masdar else match.entry.pos
    statement = context.statement
    place = "own" if statement is None else "quoted" if statement.direct else "reported"
    words = len(layer.text[slice(*draft.object)].split()) if draft.object else 0
    part = "lead" if draft.sentence.index < 3 else "body"
    found = [
        f"predicate={draft.predicate}",
        f"target={target}",
        f"actor={draft.actors[0].type}",
        f"form={form}",
        f"place={place}",
        f"object={'none' if not words else 'short' if words < 3 else 'long'}",
        f"sentence={'title' if draft.sentence.start < layer.title_end else part}",
    ]
    flags = {
        "sure_actor": sure,
        "phrase": len(match.tokens) > 1,
        "several_actors": len(draft.actors) > 1,
        "source": draft.source is not None,
        "negated": draft.negated,
        "hypothetical": draft.modality == "hypothetical",
        "future": draft.modality == "future",
        "first_person": person(match) != "3",
        "enclitic": bool(match.reading.enclitic),
    }
    return (*found, *(name for name, holds in flags.items() if holds))


def date_of(
    layer: Layer, t: int, predicate: str, sentence: Sentence, told: StatementDraft | None
) -> str | None:
    """When the act happened: by the words of its clause; what is done by being said, on the day of report.

    Inside what somebody else tells (``told``) only the date expressions told with it count.
    """
    if told is not None and told.speaker is not None:
        return act_date(layer, t, sentence, told.start, told.end)
    found = act_date(layer, t, sentence)
    if found is None and (sentence.index <= _LEAD or predicate in DATED_BY_REPORT):
        return day_of_report(layer)
    return found


def place_of(layer: Layer, i: int, context: Context) -> EntityDraft | None:
    """Where the act happened: the first place behind "في" or "بـ" in the clause from token ``i`` on."""
    for j in range(i, context.stop):
        word = layer.words[j]
        if word in ".؛:" or word_class(layer.folds[j]) in ("complementizer", "relative"):
            return None
        if j > i and is_finite_verb(word) and j not in layer.covered:
            return None
        mention = layer.mention_at.get(j)
        if mention is not None and mention.type == "PLACE" and governed(layer, mention) in ("في", "ب"):
            return mention.entity
    return None


def described(layer: Layer, content: tuple[int, int], context: Context) -> list[EntityDraft]:
    """The event or document that a content begins with."""
    i = layer.token_at(content[0])
    for j in range(i, min(i + 2, context.stop)):
        mention = layer.event_at.get(j)
        if mention is not None and mention.entity is not None:
            return [mention.entity]
    return []


def context_of(layer: Layer, t: int, sentence: Sentence) -> Context:
    """The clause range of a trigger and the innermost statement around it."""
    at = layer.starts[t]
    inner: StatementDraft | None = None
    for statement in layer.statement_drafts:
        if statement.sentence is sentence and statement.start <= at < statement.end:
            if inner is None or statement.start >= inner.start:
                inner = statement
    start, stop = sentence.first, sentence.last
    if inner is not None:
        start = layer.token_at(inner.start)
        stop = layer.token_at(max(inner.end - 1, inner.start)) + 1
    else:
        for statement in layer.statement_drafts:
            if statement.sentence is sentence and statement.start > at:
                stop = min(stop, max(t + 1, layer.token_at(statement.start)))
    return Context(sentence, start, stop, inner)


def merge(drafts: list[ActDraft]) -> list[ActDraft]:
    """One act for each predicate, actor set and target set, the most detailed one."""
    kept: dict[tuple[object, ...], ActDraft] = {}
    for draft in drafts:
        key: tuple[object, ...] = (
            draft.predicate,
            frozenset(map(id, draft.actors)),
            frozenset(map(id, draft.targets)),
            draft.object if not draft.targets else None,
        )
        known = kept.get(key)
        if known is None or (draft.date is not None, draft.confidence) > (
            known.date is not None,
            known.confidence,
        ):
            kept[key] = draft
    return sorted(kept.values(), key=lambda d: (d.first, d.predicate))


@Language.component("kg_acts_v1", assigns=["doc._.kg"])
def acts_component(doc: Doc) -> Doc:
    """spaCy component: acts."""
    layer: Layer = doc._.kg
    layer.act_drafts = find_acts(layer)
    return doc


@Language.component("kg_treaty_acts_v1", assigns=["doc._.kg"])
def treaty_acts_component(doc: Doc) -> Doc:
    """spaCy component: acts for the documents to be read with, in a pipeline whose network finds acts."""
    layer: Layer = doc._.kg
    layer.act_drafts = find_acts(layer) if any(d.noun.concludes for d in layer.treaty_drafts) else []
    return doc


def finish_acts(layer: Layer) -> tuple[Act, ...]:
    """The acts, with final entity ids."""
    acts = []
    for draft in layer.act_drafts:
        span = layer.span(draft.first, draft.last)
        acts.append(
            Act(
                predicate=draft.predicate,
                trigger=layer.chars(span.start + draft.skip, span.end),
                actors=tuple(e.id for e in draft.actors),
                targets=tuple(e.id for e in draft.targets),
                evidence=Evidence(layer.sentence_span(draft.sentence)),
                object=layer.chars(*draft.object) if draft.object else None,
                negated=draft.negated,
                modality=draft.modality,
                source=draft.source.id if draft.source else None,
                date=draft.date,
                place=draft.place.id if draft.place and draft.place.id else None,
                confidence=draft.confidence,
                method=draft.method or METHOD,
            )
        )
    return tuple(acts)
