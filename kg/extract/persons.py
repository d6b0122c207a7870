"""Names of persons that no table knows: given names, what may follow them, kin and offices that vouch."""

from __future__ import annotations

from functools import lru_cache

from kg.extract.lexicon import is_finite_verb
from kg.link.gazetteer import names, nationalities, titles
from kg.nlp.layer import Layer, make_mention
from kg.nlp.trie import HYPHENS, heads
from kg.nlp.words import (
    can_be_name,
    common_words,
    context_words,
    function_words,
    given_names,
    honorifics,
    is_common,
    particles,
)

METHOD = "kg.names.v1"
_MAX_NAME = 5
_STOPS = frozenset("،,.)(:؛")
_BOUND_HAMZA = ("لإ", "لأ", "بإ", "بأ", "وإ", "وأ", "فإ", "فأ")
_LINKS = frozenset({"بن", "ال", "عبد"})
"""Folded words that make a chain of names longer without being a name."""


def nationality_at(layer: Layer, i: int) -> tuple[str, int] | None:
    """State slug and number of tokens of a nationality adjective at token ``i``."""
    if i >= len(layer) or i in layer.covered:
        return None
    found = nationalities().match(layer.words, layer.folds, i)
    if found is None or found.values[0].people:
        return None
    return found.values[0].state, found.length


def name_end(layer: Layer, i: int, limit: int = _MAX_NAME) -> int:
    """Token after the longest run of possible name words from token ``i``.

    Hyphens inside the name are kept; a particle never ends it.
    """
    end = i
    last_good = i
    count = 0
    while end < len(layer) and count < limit and end not in layer.covered:
        word = layer.folds[end]
        if word in HYPHENS and end > i and end + 1 < len(layer):
            if not is_name_word(layer, end + 1) or (word == "-" and layer.starts[end] > layer.ends[end - 1]):
                break
            end += 1
            continue
        before = layer.folds[end - 1] if end else ""
        bound = (before == "عبد" and word.startswith("ال")) or (before == "بن" and end > i)
        if not (bound and word[:1].isalpha()) and (
            not is_name_word(layer, end) or _is_adjective(layer, end, count) or layer.in_date(end)
        ):
            break
        if end > i and word.startswith("و") and word not in given_names():
            break
        if count and _is_office(layer, end):
            break
        end += 1
        count += word not in _LINKS
        if word not in particles() or (end > i + 1 and word.startswith("ال") and word != "ال"):
            last_good = end  # "عوض الله", "بولس الثاني"
    return last_good


def _is_office(layer: Layer, i: int) -> bool:
    """Whether a word after a name is an office with its state ("تميم بن حمد آل ثاني [أمير قطر]")."""
    if i + 1 >= len(layer) or not titles().get(layer.folds[i]):
        return False
    return any(entry.type == "STATE" for entry in names().get(layer.folds[i + 1]))


def _is_adjective(layer: Layer, i: int, count: int) -> bool:
    """Whether a form of nationality is an adjective here and no surname ("خالد اليماني")."""
    if nationality_at(layer, i) is None:
        return False
    before = layer.folds[i - 1] if i else ""
    return not (count <= 1 and layer.folds[i].startswith("ال") and given_names().get(before) is False)


def is_name_word(layer: Layer, i: int) -> bool:
    """Whether token ``i`` can be (a further) part of a person's name.

    Folding makes "على" and "علي" one word: only the latter is a name.
    """
    word = layer.folds[i]
    if _compound(layer, i) or _compound(layer, i - 1):
        return True
    if not word or not "ء" <= word[0] <= "ي" or word[-1].isascii():
        return False
    if i + 1 < len(layer) and layer.folds[i + 1] == "الله" and word.endswith(("ه", "هما", "هم")):
        return False  # "حفظه الله", "حفظهم الله"
    if layer.words[i].startswith(_BOUND_HAMZA) and word not in given_names():
        return False  # "لإظهار"
    if layer.words[i].endswith(("على", "ً", "إن", "أن")) or is_finite_verb(layer.words[i]):
        return word in given_names() and not layer.words[i].endswith(("على", "إن", "أن"))
    if word[:2] in ("سي", "ست", "سن") and len(word) > 4 and word not in given_names():
        return word[1:] not in _verbs_like() and not word.endswith(("ون", "ان"))
    return can_be_name(word)


@lru_cache(maxsize=1)
def _verbs_like() -> frozenset[str]:
    """Common words that begin like a verb in the present."""
    return frozenset(w for w in common_words() if w[0] in "يتن")


def can_begin_name(layer: Layer, i: int) -> bool:
    """Whether a name that no table knows may begin at token ``i``, where a title vouches for it."""
    if i >= len(layer) or i in layer.covered or not is_name_word(layer, i):
        return False
    word = layer.folds[i]
    if word.startswith(("ال", "لل", "وال", "بال")) or (word.startswith("و") and word not in given_names()):
        return False
    if name_end(layer, i) == i + 1 and word not in given_names() and layer.folds.count(word) < 2:
        return False
    return not any(titles().get(form) for form, _, _ in heads(layer.words[i]))


def _compound(layer: Layer, i: int) -> bool:
    """Whether tokens ``i`` and ``i + 1`` are a given name of two words: "عز الدين", "عوض الله"."""
    if i < 0 or i + 1 >= len(layer) or layer.folds[i + 1] not in ("الدين", "الله"):
        return False
    return any(form in context_words()["compound_name"] for form, _, _ in heads(layer.words[i]))


def _has_father(layer: Layer, i: int) -> bool:
    """Whether "بن" follows a word that no table has as a name, so that it is one all the same."""
    if i + 2 >= len(layer) or layer.folds[i + 1] not in ("بن", "بنت") or is_common(layer.folds[i]):
        return False
    return not any(form in given_names() for form, skip, _ in heads(layer.words[i]) if skip)


def find_persons(layer: Layer) -> None:
    """Names that begin with a given name and go on with a name word, and the names of kin."""
    i = 0
    while i < len(layer):
        if i in layer.covered or not layer.words[i][0].isalpha():
            i += 1
            continue
        end = _person_at(layer, i) or _kin_at(layer, i)
        i = end or i + 1


def _person_at(layer: Layer, i: int) -> int:
    """Add the person whose given name is token ``i``; returns the token after the name, 0 if none."""
    given = given_names()
    for form, skip, proclitics in heads(layer.words[i]):
        ambiguous = given.get(form)
        if form == "عبد" and i + 1 < len(layer) and layer.folds[i + 1].startswith("ال"):
            ambiguous = False
        if proclitics in ((), ("و",)) and form in context_words()["compound_name"]:
            if i + 1 < len(layer) and layer.folds[i + 1] == "الدين":
                ambiguous = False
        if ambiguous is None and not skip and _has_father(layer, i):
            ambiguous = False
        if ambiguous is None or (ambiguous and skip and "و" not in proclitics) or not is_name_word(layer, i):
            continue
        hashtag = i + 1 < len(layer) and layer.words[i + 1] == "_"
        after = name_end(layer, i + 1 + hashtag, _MAX_NAME - 1)
        if after <= i + 1 + hashtag:
            after = _vouched_surname(layer, i)
            if not after and i and layer.folds[i - 1] in honorifics():
                after = vouched_end(layer, i, i + 1)
            if after <= i + 1:
                continue
        elif ambiguous and not _surely_named(layer, i, after, bool(skip)):
            continue
        layer.add_mention(make_mention(layer, i, after, skip, "PERSON", proclitics=proclitics, method=METHOD))
        return after
    return 0


def _vouched_surname(layer: Layer, i: int) -> int:
    """Token after a surname that is also a common word, where an office behind a comma vouches for it.

    "فهد الرشيد، الرئيس التنفيذي": without the office "الرشيد" might be an adjective. 0 if there is none.
    """
    end = i + 2
    if end + 1 >= len(layer) or i + 1 in layer.covered or layer.words[end] not in "،,":
        return 0
    word = layer.folds[i + 1]
    if len(word) < 3 or not "ء" <= word[0] <= "ي" or word in function_words() or layer.in_date(i + 1):
        return 0
    if is_finite_verb(layer.words[i + 1]) or nationality_at(layer, i + 1) is not None:
        return 0
    office = titles().match(layer.words, layer.folds, end + 1)
    return end if office is not None and not office.proclitics else 0


def _kin_at(layer: Layer, i: int) -> int:
    """Add the name after a word for kin ("ابنته يوليا"); returns the token after it, 0 if there is none."""
    at = i + 1
    if at >= len(layer) or at in layer.covered:
        return 0
    if not any(form in context_words()["kin"] for form, _, _ in heads(layer.words[i])):
        return 0
    word = layer.folds[at]
    if word.startswith(("و", "ال")) or not is_name_word(layer, at):
        return 0
    end = name_end(layer, at)
    if end <= at or (end == at + 1 and word not in given_names()):
        return 0
    layer.add_mention(make_mention(layer, at, end, 0, "PERSON", method=METHOD))
    return end


def _surely_named(layer: Layer, first: int, last: int, joined: bool) -> bool:
    """For a given name that is also a word: an honorific precedes or a title or a surer name word follows."""
    if first and layer.folds[first - 1] in honorifics() and not joined:
        return True
    behind = last + 1 if last < len(layer) and layer.words[last] in "،," else last
    if behind < len(layer):
        office = titles().match(layer.words, layer.folds, behind)
        if office is not None and not office.proclitics and (behind > last or office.values[0].nominal):
            return True
    if joined:
        return False
    rest = layer.folds[first + 1 : last]
    return any(given_names().get(w) is False or w in particles() for w in rest)


def vouched_end(layer: Layer, at: int, end: int) -> int:
    """The end of a name that an office or honorific vouches for: a lone given name takes its surname.

    "الدكتور سامي الصالح", "المهندس ريان قطب،": the surname may be a common word.
    """
    if end != at + 1 or layer.folds[at] not in given_names() or end >= len(layer) or end in layer.covered:
        return end
    word = layer.folds[end]
    if len(word) < 3 or not "ء" <= word[0] <= "ي" or word in function_words() or layer.in_date(end):
        return end
    if is_finite_verb(layer.words[end]) or nationality_at(layer, end) is not None or _is_office(layer, end):
        return end
    if titles().match(layer.words, layer.folds, end) is not None:
        return end
    closed = end + 1 < len(layer) and layer.words[end + 1] in _STOPS
    return end + 1 if word.startswith("ال") or closed else end
