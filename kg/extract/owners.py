"""What an office is an office of, where no table names it: described bodies and fields of duty.

"رئيس [لجنة الدفاع في مجلس النواب]" names a body by its kind; "لشؤون الشرق الأوسط" only says
what the office is about. Used by :mod:`kg.extract.offices`.
"""

from __future__ import annotations

from functools import lru_cache

from kg.arabic import fold
from kg.data import people
from kg.data.tables import read_table
from kg.extract.lexicon import is_finite_verb
from kg.extract.persons import name_end, nationality_at
from kg.link.gazetteer import titles
from kg.nlp.drafts import MentionDraft, TitlePhrase
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer, make_mention
from kg.nlp.trie import heads
from kg.nlp.words import context_words, function_words, given_names, honorifics, is_common

METHOD = "kg.titles.v1"
OWNERS = frozenset({"STATE", "GOVBODY", "IGO", "ORG", "ARMED_GROUP", "MEDIA", "PLACE"})
_BODY_OWNED = frozenset({"body", "org", "igo", "party", "armed_group"})
_BODIES = frozenset({"GOVBODY", "ORG", "IGO"})
_MEMBERS = frozenset({"legislator", "other_official"})
_REACH = 7
_ARTICLES = ("ال", "لل")


@lru_cache(maxsize=1)
def body_nouns() -> dict[str, str]:
    """Folded kinds of bodies (لجنة, شركة), bare and with the article → entity type."""
    rows = {fold(row["noun"]): row["type"] for row in read_table("body_nouns")}
    return {**rows, **{"ال" + noun: kind for noun, kind in rows.items()}}


def described_body(layer: Layer, phrase: TitlePhrase) -> MentionDraft | None:
    """Add the body that the words after an office describe, or the last word of the office begins."""
    if phrase.owner is not None or phrase.state is not None or not _BODY_OWNED & set(phrase.row.of):
        return None
    first = phrase.last - 1
    if first == phrase.first or layer.folds[first] not in body_nouns():
        first = phrase.last
    if first >= len(layer) or first in layer.covered or layer.folds[first - 1] in DUTIES:
        return None
    named = _eponym_end(layer, first + 1)
    nouns = body_nouns() if named == first + 1 else body_nouns() | _eponymous()
    reading = next((r for r in heads(layer.words[first]) if r[0] in nouns), None)
    if reading is None or reading[2] not in ((), ("ل",)):
        return None
    form, skip, proclitics = reading
    kind = nouns[form]
    definite = form.startswith("ال")
    eponym = form in _eponymous()
    if eponym and named > first + 1:
        last, state = named, None
    else:
        last, state = _body_end(layer, first + 1, definite)
    if last == first + 1:
        refers = definite and (proclitics == ("ل",) or phrase.row.role not in _MEMBERS)
        return _named_before(layer, phrase, first, form) if refers else None
    inner = [m for i in range(first, last) if (m := layer.mention_at.get(i)) is not None]
    if (
        kind == "ORG"
        and not (eponym and inner and inner[0].last < last)
        and len(inner) == 1
        and inner[0].type in ("ORG", "IGO", "ARMED_GROUP", "MEDIA")
    ):
        phrase.last = max(phrase.last, last)
        return inner[0]
    mention = make_mention(layer, first, last, skip, kind, proclitics=proclitics, state=state, method=METHOD)
    layer.add_mention(mention)
    phrase.last = max(phrase.last, last)
    return mention


@lru_cache(maxsize=1)
def _eponymous() -> dict[str, str]:
    """Folded kinds of institutions that bear a person's name or a sponsor's → entity type."""
    return {noun: "ORG" for form in context_words()["eponym_head"] if (noun := fold(form))}


def _eponym_end(layer: Layer, i: int) -> int:
    """Token after the name of whom a body is named after, and its adjectives; ``i`` if there is none.

    "مدينة [الملك سالم الطبية]": a title of rank with the article and a given name.
    """
    begin = i
    while i < len(layer) and layer.folds[i].startswith("ال") and _is_rank(layer, i):
        i += 1
    if i == begin or i >= len(layer) or (layer.folds[i] not in given_names() and i not in layer.mention_at):
        return begin
    mention = layer.mention_at.get(i)
    if mention is not None and mention.type != "PERSON":
        return begin
    i = mention.last if mention is not None else name_end(layer, i)
    while i < len(layer) and i not in layer.covered and layer.folds[i].startswith("ال"):
        if titles().match(layer.words, layer.folds, i) is not None or layer.folds[i] in honorifics():
            break
        i += 1
    if mention is not None:
        layer.drop_mention(mention)
    return i


def _is_rank(layer: Layer, i: int) -> bool:
    return layer.folds[i] in honorifics() or titles().match(layer.words, layer.folds, i) is not None


def _named_before(layer: Layer, phrase: TitlePhrase, first: int, form: str) -> MentionDraft | None:
    """The body that a bare noun refers back to: "الرئيس التنفيذي [للشركة]" after "شركة الفجر"."""
    noun = form.removeprefix("ال")
    for mention in reversed(layer.mentions):
        if mention.last <= phrase.first and mention.type in _BODIES and mention.kind == "name":
            if any(f.removeprefix("ال") == noun for f, _, _ in heads(layer.words[mention.first])):
                phrase.last = max(phrase.last, first + 1)
                return mention
    return None


def _body_end(layer: Layer, i: int, definite: bool) -> tuple[int, str | None]:
    """Token after the words that tell a body apart, and the state that they name."""
    begin, state = i, None
    stop = min(layer.sentences[layer.sentence_of[i - 1]].last, i + _REACH)
    while i < stop:
        word = layer.folds[i]
        mention = layer.mention_at.get(i)
        if mention is not None:
            joined = mention.proclitics not in ((), ("ل",), ("ب",))
            if joined or mention.type not in OWNERS or (definite and not mention.proclitics):
                break
            state = state or mention.state
            i = mention.last
        elif (adjective := nationality_at(layer, i)) is not None:
            state = state or adjective[0]
            i += adjective[1]
        elif word in people.role_words():
            break  # "مدير جامعة الفجر [المكلف]"
        elif i > begin and _is_purpose(layer, i):
            i += 2
        elif word in honorifics() or word in function_words():
            inner = layer.mention_at.get(i + 1)
            if word != "في" or i == begin or inner is None or inner.type not in OWNERS or inner.proclitics:
                break
            state = state or inner.state
            i = inner.last
        elif layer.words[i] in OPENING | STRAIGHT:
            close = next((j for j in range(i + 2, i + 6) if j < stop and _closes(layer, j)), None)
            if close is None:
                break
            return close + 1, state
        elif not layer.words[i][0].isalpha():
            break
        elif titles().match(layer.words, layer.folds, i) is not None:
            if i > begin or not word.startswith("ال"):
                break
            return i + 1, state  # "مدير مكتب [الملك]"
        elif word.startswith(_ARTICLES) or (word.startswith("وال") and i > begin):
            i += 1
        elif is_finite_verb(layer.words[i]) or definite or word in given_names():
            break
        elif (i == begin and not word.isascii()) or (i == begin + 1 and is_common(word)):
            definite = word.startswith("ل")
            i += 1
        else:
            break
    return i, state


def _is_purpose(layer: Layer, i: int) -> bool:
    """Whether ل with a noun and its genitive tells what a body is for: "مركز الفجر [لدعم الطلاب]"."""
    behind_name = layer.covered.get(i - 1) is not None
    genitive = i + 1 < len(layer) and layer.folds[i + 1].startswith("ال") and i + 1 not in layer.covered
    word = layer.folds[i]
    return (
        behind_name and genitive and word.startswith("ل") and word[1:2] != "ل" and word not in given_names()
    )


def _closes(layer: Layer, i: int) -> bool:
    return layer.words[i] in CLOSING or layer.words[i] in STRAIGHT


def duty_end(layer: Layer, i: int) -> int:
    """Token after what an office is about ("لشؤون الشرق الأوسط", "وشؤون المغتربين"); ``i`` if nothing is."""
    if i >= len(layer) or i in layer.covered or layer.folds[i] not in DUTIES:
        return i
    begin = i
    i += 1
    stop = min(layer.sentences[layer.sentence_of[begin]].last, begin + _REACH)
    while i < stop:
        word = layer.folds[i]
        mention = layer.mention_at.get(i)
        if mention is not None:
            if mention.type not in ("STATE", "PLACE") or mention.proclitics[:1] in (("ب",), ("ل",)):
                break
            i = mention.last
        elif word in honorifics() or titles().match(layer.words, layer.folds, i) is not None:
            break
        elif i > begin + 1 and nationality_at(layer, i) is not None and not word.endswith("ه"):
            break  # "للشؤون القنصلية [الكويتي]"
        elif word.startswith(("ال", "وال")) or (i == begin + 1 and is_common(word)):
            i += 1
        else:
            break
    return i


DUTIES = frozenset(map(fold, ("لشؤون", "للشؤون", "وشؤون", "لشئون", "للشئون", "والشؤون", "لسياسات")))
