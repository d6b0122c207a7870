"""Who is the subject here? Noun phrases, prepositions and clause borders around a verb."""

from __future__ import annotations

from kg.extract.lexicon import is_finite_verb
from kg.extract.phrases import is_preposition, word_class
from kg.nlp.drafts import EntityDraft, MentionDraft
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer
from kg.nlp.trie import heads

_SPEAKERS = frozenset({"PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "GROUP"})
_BREAKS = frozenset(":؛;") | OPENING | CLOSING
_MAX_GAP = 9


def np_starts(layer: Layer) -> dict[int, MentionDraft]:
    """First token of each actor's whole noun phrase (title included) → its mention."""
    if layer.np_index is None:
        index: dict[int, MentionDraft] = {}
        for mention in layer.mentions:
            if mention.entity is not None and mention.type in _SPEAKERS:
                known = index.get(mention.np_first)
                if known is None or (mention.np_first == mention.first and known.kind == "nominal"):
                    index[mention.np_first] = mention
        layer.np_index = index
    return layer.np_index


def governed(layer: Layer, mention: MentionDraft) -> str:
    """The preposition that governs a mention's noun phrase ("" for none).

    A proclitic preposition counts; so does a preposition that stands before the phrase.
    """
    first = mention.np_first
    listed = _listed_before(layer, mention)
    if listed is not None:
        return governed(layer, listed)
    for form, _, proclitics in heads(layer.words[first]):
        if first == mention.first:
            for p in mention.proclitics:
                if p in "لبك":
                    return p
            break
        if proclitics and proclitics[-1] in "لبك" and form.startswith("ال"):
            return proclitics[-1]
    if first > 0:
        before = layer.folds[first - 1]
        if before == "من" and first > 1:
            each = _each(layer, first - 2)
            if each is not None:
                return each
        if is_preposition(before):
            return before
        if before in ("»", "«", '"') and first > 1 and is_preposition(layer.folds[first - 2]):
            return layer.folds[first - 2]
    return ""


def _each(layer: Layer, i: int) -> str | None:
    """What governs the list that "كل من" opens at token ``i`` ("بين كل من مصر والأردن"), or None."""
    for form, _, proclitics in heads(layer.words[i]):
        if form == "كل":
            if proclitics and proclitics[-1] in "لبك":
                return proclitics[-1]
            before = layer.folds[i - 1] if i else ""
            return before if is_preposition(before) else ""
    return None


def _listed_before(layer: Layer, mention: MentionDraft) -> MentionDraft | None:
    """The item before this one in a list ("لافروف، وأوشاكوف، وكوستيوكوف"), or None."""
    first = mention.np_first
    if not mention.conjoined:
        return None
    i = first - 1
    if i > 0 and layer.words[i] in "،,":
        i -= 1
    before = layer.covered.get(i) if i >= 0 else None
    if before is None or before is mention or before.entity is None or before.type not in _SPEAKERS:
        return None
    return before if max(before.last, before.np_last) == i + 1 else None


def in_genitive(layer: Layer, mention: MentionDraft) -> bool:
    """Whether the phrase hangs on a noun right before it ("رد روسيا", "قوات النظام")."""
    first = mention.np_first
    listed = _listed_before(layer, mention)
    if listed is not None:
        return in_genitive(layer, listed)
    if first == 0 or layer.sentence_of[first - 1] != layer.sentence_of[first]:
        return False
    if mention.proclitics and first == mention.first:
        return False
    before = layer.words[first - 1]
    if not before[0].isalpha() or first - 1 in layer.covered:
        return False
    word = layer.folds[first - 1]
    if word_class(word) or is_finite_verb(before):
        return False
    return not word.startswith("ال") and not word.endswith(("ا", "ون", "ين"))


def subject_after(layer: Layer, t: int, stop: int, *, gap: int = _MAX_GAP) -> MentionDraft | None:
    """The subject of the verb at token ``t`` in verb–subject order, or None."""
    starts = np_starts(layer)
    i = t + 1
    limit = min(stop, t + 1 + gap)
    while i < limit:
        mention = starts.get(i)
        if mention is not None:
            if governed(layer, mention) or (i > t + 1 and in_genitive(layer, mention)):
                i = max(mention.last, i + 1)
                limit = min(stop, i + gap)
                continue
            return mention
        word = layer.folds[i]
        if layer.words[i] in _BREAKS or word_class(word) in ("complementizer", "relative"):
            return None
        if is_finite_verb(layer.words[i]) and i > t + 1:
            return None
        i += 1
    return None


def subject_before(layer: Layer, t: int, start: int) -> MentionDraft | None:
    """The subject of the verb at token ``t`` in subject–verb order, or None.

    Looks for the nearest free noun phrase left of the verb inside its clause.
    """
    best: MentionDraft | None = None
    for i in range(t - 1, start - 1, -1):
        mention = layer.covered.get(i)
        if mention is not None and mention.entity is not None and mention.type in _SPEAKERS:
            if mention.np_first <= i < mention.np_last or mention.first <= i < mention.last:
                if not governed(layer, mention) and not in_genitive(layer, mention):
                    best = mention
                    break
            continue
        if layer.words[i] in _BREAKS or layer.words[i] in STRAIGHT:
            break
        if word_class(layer.folds[i]) == "complementizer":
            break
    return best


def conjuncts(layer: Layer, mention: MentionDraft, stop: int) -> list[MentionDraft]:
    """The mention and those joined to it by و: "روسيا والصين وباكستان"."""
    starts = np_starts(layer)
    chain = [mention]
    i = max(mention.last, mention.np_last)
    while i < stop:
        if layer.words[i] == "،" and i + 1 < stop and i + 1 in starts and starts[i + 1].conjoined:
            i += 1
        following = starts.get(i)
        if following is None or not following.conjoined:
            break
        chain.append(following)
        i = max(following.last, following.np_last)
    return chain


def entities_of(mentions: list[MentionDraft]) -> list[EntityDraft]:
    """The entities that mentions stand for, those of duals and plurals included, without repeats."""
    found: dict[int, EntityDraft] = {}
    for mention in mentions:
        for entity in (mention.entity, *mention.also):
            if entity is not None:
                found.setdefault(id(entity), entity)
    return list(found.values())
