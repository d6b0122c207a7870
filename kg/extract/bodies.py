"""Bodies and organisations that no table knows, by the shape of their names.

"المركز الوطني للبحوث الجيولوجية", "شركة «نور الشرق»", "هيئة الموانئ البحرية": a word for a kind of
body with what tells it apart. Called by :mod:`kg.extract.names` after the gazetteer.
"""

from __future__ import annotations

from kg.extract.lexicon import is_finite_verb
from kg.extract.owners import body_nouns
from kg.extract.persons import nationality_at
from kg.link.gazetteer import names, titles
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer, make_mention
from kg.nlp.trie import heads
from kg.nlp.words import context_words, function_words, honorifics

METHOD = "kg.names.v1"
_QUOTED = 6
_FIELD = 4
_ADJECTIVES = 3
_OFFICE = 4
_LOOSE = frozenset(("التابعه", "التابع", "المكلفه", "المعنيه"))
_JOINED = ((), ("و",), ("ل",), ("ب",), ("ف",), ("و", "ل"), ("و", "ب"))


def find_bodies(layer: Layer) -> None:
    """Add a mention for every described body outside the mentions that are there."""
    i = 0
    while i < len(layer):
        end = _add_body(layer, i)
        i = max(end, i + 1)


def _add_body(layer: Layer, i: int) -> int:
    """The token after the body that begins at token ``i``, once it is added; ``i`` where none does."""
    if i in layer.covered or not layer.words[i][0].isalpha() or _is_told_elsewhere(layer, i):
        return i
    reading = next((r for r in heads(layer.words[i]) if r[0] in body_nouns() and r[2] in _JOINED), None)
    if reading is None:
        return i
    form, skip, proclitics = reading
    stop = layer.sentences[layer.sentence_of[i]].last
    quoted = False
    if form.startswith("ال"):
        end = _after_field(layer, i + 1, stop)
    else:
        end = _after_quotes(layer, i + 1, stop)
        quoted = end > i + 1 and form not in context_words()["event_body"]
        if not quoted:
            end = _after_duty(layer, i + 1, stop, form)
    if end == i + 1 or any(j in layer.covered for j in range(i, end)):
        return i
    state = next((found[0] for j in range(i + 1, end) if (found := nationality_at(layer, j))), None)
    kind = "MEDIA" if quoted and form in context_words()["media_head"] else body_nouns()[form]
    if kind == "ORG" and not quoted and layer.folds[i + 1] in context_words()["public_rank"]:
        kind = "GOVBODY"
    mention = make_mention(layer, i, end, skip, kind, proclitics=proclitics, state=state, method=METHOD)
    layer.add_mention(mention)
    return end


def _is_told_elsewhere(layer: Layer, i: int) -> bool:
    """Whether an office ends right before token ``i`` or takes it, or a table has the name."""
    for j in range(max(0, i - _OFFICE), i + 1):
        office = titles().match(layer.words, layer.folds, j)
        if office is not None and j + office.length >= i:
            return True
    return names().match(layer.words, layer.folds, i) is not None


def _after_quotes(layer: Layer, i: int, stop: int) -> int:
    """ "شركة [«نور الشرق»]": the token after the closing mark; ``i`` where no short quotation follows."""
    if i + 1 >= stop or layer.words[i] not in OPENING | STRAIGHT or not layer.words[i + 1][0].isalpha():
        return i
    for j in range(i + 2, min(stop, i + _QUOTED)):
        if layer.words[j] in CLOSING | STRAIGHT:
            alone = j == i + 2
            described = is_finite_verb(layer.words[i + 1]) or layer.folds[i + 1].endswith("يه")
            return i if alone and described else j + 1
    return i


def _after_field(layer: Layer, i: int, stop: int) -> int:
    """ "المركز [الوطني للبحوث الجيولوجية]": adjectives and a field after "ل"; ``i`` where one is missing."""
    j = i
    while j < min(stop, i + _ADJECTIVES) and _is_adjective(layer, j):
        j += 1
    field = j < stop and layer.folds[j].startswith("لل") and len(layer.folds[j]) > 4
    if j == i or not field or _is_office(layer, j):
        return i
    return _after_definite(layer, j + 1, stop)


def _after_duty(layer: Layer, i: int, stop: int, form: str) -> int:
    """ "هيئة [الموانئ البحرية]": a definite noun with an adjective or a second noun; ``i`` without."""
    if form not in context_words()["duty_head"] or i >= stop or not _is_definite(layer, i):
        return i
    if _is_office(layer, i) or layer.folds[i] in honorifics() or nationality_at(layer, i) is not None:
        return i
    end = _after_definite(layer, i + 1, stop)
    further = (j for j in range(i + 1, end) if not layer.folds[j].startswith("وال"))
    return end if end > i + 1 and all(_is_adjective(layer, j) for j in further) else i


def _after_definite(layer: Layer, i: int, stop: int) -> int:
    """The token after the definite nouns and adjectives from token ``i`` on, four at most."""
    j = i
    while j < min(stop, i + _FIELD) and (_is_definite(layer, j) or layer.folds[j].startswith("وال")):
        if _is_office(layer, j) or layer.folds[j] in honorifics() or layer.folds[j] in _LOOSE:
            break
        if layer.folds[j].startswith("و") and not _is_field_joined(layer, j):
            break
        j += 1
    return j


def _is_field_joined(layer: Layer, i: int) -> bool:
    """Whether "والتقويم" goes on with the field: no name, body or office begins there."""
    bare = any(form in body_nouns() for form, _, _ in heads(layer.words[i]))
    return i not in layer.mention_at and not bare


def _is_definite(layer: Layer, i: int) -> bool:
    word = layer.folds[i]
    plain = i not in layer.covered and word not in function_words()
    return plain and word.startswith("ال") and len(word) > 3 and not is_finite_verb(layer.words[i])


def _is_adjective(layer: Layer, i: int) -> bool:
    """Whether a definite word has the form of an adjective of relation or rank (الوطني, العامة, الأعلى)."""
    word = layer.folds[i]
    return _is_definite(layer, i) and (word.endswith(("ي", "يه")) or word in context_words()["body_rank"])


def _is_office(layer: Layer, i: int) -> bool:
    return titles().match(layer.words, layer.folds, i) is not None
