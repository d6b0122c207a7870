"""Unnamed actors: "مصادر إيرانية", "الشعب الإيراني", "مسؤول في البيت الأبيض". Component ``kg_groups_v1``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.arabic import Reading, fold
from kg.data.heads import group_heads
from kg.data.tables import read_table
from kg.extract.lexicon import is_finite_verb
from kg.extract.names import nationality_at
from kg.extract.phrases import is_preposition, proclitic_length, word_class
from kg.link.gazetteer import nationalities, states
from kg.nlp.drafts import EntityDraft, MentionDraft
from kg.nlp.layer import PUNCTUATION, Layer, make_mention
from kg.nlp.words import context_words

METHOD = "kg.groups.v1"


@lru_cache(maxsize=1)
def group_blocks() -> frozenset[str]:
    """Folded forms of group heads that are hardly ever an actor in annotated news."""
    return frozenset(row["form"] for row in read_table("group_blocks"))


def find_groups(layer: Layer) -> None:
    """Add group mentions: a head with what specifies it, and names of peoples."""
    i = 0
    while i < len(layer):
        if i in layer.covered or i in layer.title_tokens or not layer.words[i][0].isalpha():
            i += 1
            continue
        found = group_heads().read(layer.words, i)
        people = nationalities().match(layer.words, layer.folds, i)
        if layer.folds[i] in group_blocks():
            found = None
        if (
            found is not None
            and layer.free(i, i + found[1])
            and not _is_attribute(layer, i, found[1], found[2])
        ):
            _, length, reading = found
            end, state = _group_end(layer, i + length)
            mention = make_mention(
                layer, i, end, proclitic_length(reading), "GROUP",
                proclitics=tuple(p for p in reading.proclitics if p != "ال"), method=METHOD,
            )  # fmt: skip
            mention.state = state
            layer.add_mention(mention)
            i = end
        elif people is not None and _is_people(layer, i, people.length, people.values[0].people):
            mention = make_mention(
                layer, i, i + people.length, people.skip, "GROUP", proclitics=people.proclitics, method=METHOD
            )
            mention.state = people.values[0].state
            layer.add_mention(mention)
            i += people.length
        else:
            i += 1


def _is_attribute(layer: Layer, i: int, length: int, reading: Reading) -> bool:
    """Whether a form such as "السياسي" is the adjective of the noun before it, no person."""
    word = layer.folds[i]
    if not word.endswith(("ي", "يه")) or i == 0 or length > 1 or proclitic_length(reading):
        return False
    before = layer.words[i - 1]
    return before[0].isalpha() and not word_class(layer.folds[i - 1]) and not is_finite_verb(before)


def _is_people(layer: Layer, i: int, length: int, listed: bool) -> bool:
    """Whether a nationality form stands for the people: "الفلسطينيين", "الروس"."""
    if listed:
        return True
    word = layer.folds[i + length - 1]
    if not (word.endswith(("ون", "ين")) and "ال" in layer.folds[i][:4]):
        return False
    before = layer.folds[i - 1] if i else ""
    # After a plural noun the form is its adjective: "المسؤولين الروس", "الدبلوماسيين الإيرانيين".
    return not before.endswith(("ون", "ين", "ات")) and i - 1 not in layer.covered


def _group_end(layer: Layer, i: int) -> tuple[int, str | None]:
    """Token after the group's specification, and the state it names."""
    state: str | None = None
    steps = 0
    last_good = i
    while i < len(layer) and steps < 5 and layer.sentence_of[i] == layer.sentence_of[last_good - 1]:
        word = layer.folds[i]
        adjective = nationality_at(layer, i)
        mention = layer.mention_at.get(i)
        if adjective:
            state = state or adjective[0]
            i = last_good = i + adjective[1]
        elif mention is not None and not mention.proclitics and last_good == i and steps == 0:
            state = state or mention.state
            i = last_good = mention.last
        elif (
            word in ("في", "من", "ب") and i + 1 in layer.mention_at and not layer.mention_at[i + 1].proclitics
        ):
            owner = layer.mention_at[i + 1]
            if owner.type not in ("GOVBODY", "STATE", "IGO", "ORG", "ARMED_GROUP"):
                break
            state = state or owner.state
            i = last_good = owner.last
            break
        elif word in context_words()["group_adjective"] and steps < 3:
            i += 1
            last_good = i
        elif layer.words[i] in PUNCTUATION or is_preposition(word) or word_class(word):
            break
        elif word.endswith(("ي", "يه", "يون", "يين")) and steps < 3 and i not in layer.covered:
            i += 1
            last_good = i
        else:
            break
        steps += 1
    return last_good, state


def attach_groups(layer: Layer, mentions: Iterable[MentionDraft], method: str) -> None:
    """One entity for each wording of unnamed actors."""
    for mention in mentions:
        entity = layer.entity_of("GROUP", None, mention.text)
        entity.method = entity.method or method
        if mention.state and entity.state is None:
            state = states()[mention.state]
            entity.state = layer.entity_of("STATE", state.slug, state.ar, state.en)
        mention.entity = entity
        entity.mentions.append(mention)


def refer_back(layer: Layer) -> None:
    """Let "المصدر" and "المسؤول بالحركة" be the "مصدر دبلوماسي" and "مسؤول من الحركة" told of before."""
    unnamed = [e for e in layer.entities if e.type == "GROUP" and e.mentions]
    unnamed.sort(key=lambda e: min(m.start for m in e.mentions))
    speakers = context_words()["unnamed_speaker"]
    known: dict[str, list[EntityDraft]] = defaultdict(list)
    for entity in unnamed:
        first = min(entity.mentions, key=lambda m: m.start)
        head = fold(first.text.split()[0])
        noun = re.sub("ين$", "ون", head.removeprefix("ال"))
        if noun not in speakers:
            continue
        before = [e for e in known[noun] if entity.state is None or e.state in (None, entity.state)]
        if not head.startswith("ال") or not before:
            known[noun].append(entity)
            continue
        spoken = max(before, key=lambda e: max(m.start for m in e.mentions if m.start < first.start))
        for mention in entity.mentions:
            mention.kind, mention.entity = "nominal", spoken
        spoken.mentions += entity.mentions
        layer.entities.remove(entity)


@Language.component("kg_groups_v1", assigns=["doc._.kg"])
def groups_component(doc: Doc) -> Doc:
    """spaCy component: unnamed actors, one entity for each wording."""
    layer: Layer = doc._.kg
    known = {id(m) for m in layer.mentions}
    find_groups(layer)
    attach_groups(layer, [m for m in layer.mentions if id(m) not in known], METHOD)
    refer_back(layer)
    return doc
