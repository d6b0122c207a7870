"""Named mentions: the gazetteer, bodies named after their state, and persons.

Component ``kg_names_v1``. Persons that no table knows are recognised by a given
name followed by words that are no ordinary Arabic; those after a title are found
by :mod:`kg.extract.titles`, which runs next.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.data import tables
from kg.data.people import Title
from kg.extract.bodies import find_bodies
from kg.extract.lexicon import is_finite_verb
from kg.extract.owners import DUTIES
from kg.extract.persons import find_persons, name_end
from kg.extract.persons import nationality_at as nationality_at
from kg.link.gazetteer import Entry, names, nationalities, states, titles
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer, make_mention
from kg.nlp.trie import HYPHENS, Match, Trie, heads
from kg.nlp.words import (
    context_words,
    function_words,
    given_names,
    honorifics,
    particles,
)

METHOD = "kg.names.v1"
_MAX_SUBJECT = 7
_OWNING = frozenset({"IGO", "ARMED_GROUP", "ORG"})
_SON_OF = frozenset({"بن", "بنت"})
_RANK = {"PERSON": 0, "STATE": 1, "IGO": 2, "ARMED_GROUP": 3, "GOVBODY": 4, "ORG": 5, "MEDIA": 6, "PLACE": 7}


@lru_cache(maxsize=1)
def body_heads() -> Trie[tables.BodyHead]:
    """Heads of bodies and governments, definite and indefinite."""
    return Trie((row.head, row) for row in tables.body_heads())


def token_range(layer: Layer, k: int, length: int) -> tuple[int, int]:
    """Token range of ``length`` hyphen-free tokens from position ``k``."""
    return layer.lex[k], layer.lex[k + length - 1] + 1


def find_names(layer: Layer) -> None:
    """Add all mentions that tables and patterns give, left to right, longest first."""
    gazetteer, body = names(), body_heads()
    k = 0
    while k < len(layer.lex):
        i = layer.lex[k]
        if i in layer.covered or not layer.words[i][0].isalpha():
            k += 1
            continue
        found = gazetteer.match(layer.lex_words, layer.lex_folds, k)
        office = titles().match(layer.lex_words, layer.lex_folds, k)
        if office and office.length > 1 and (found is None or office.length >= found.length):
            # The words of an office are no name: "وزير الخارجية الإيراني" names no ministry.
            k += _before_longer_name(layer, k, office)
            continue
        headed = body.match(layer.lex_words, layer.lex_folds, k)
        if headed and (found is None or headed.length >= found.length):
            taken = _headed_body(layer, k, headed)
            if taken:
                k += taken
                continue
        if found and (entry := _choose(layer, k, found)):
            end = _add_entry(layer, k, found, entry)
            while k < len(layer.lex) and layer.lex[k] < end:
                k += 1
            continue
        k += 1
    find_bodies(layer)
    find_persons(layer)


def _before_longer_name(layer: Layer, k: int, office: Match[Title]) -> int:
    """Tokens of an office up to a name that goes on behind its last word ("رئيس [الاتحاد الأفريقي]")."""
    length = office.length
    for n in range(1, length if office.values[0].role == "organization_head" else 1):
        if titles().match(layer.lex_words[k : k + n], layer.lex_folds[k : k + n], 0) is None:
            continue
        found = names().match(layer.lex_words, layer.lex_folds, k + n)
        if found is not None and n + found.length > length and found.proclitics in ((), ("ل",)):
            if any(e.type in _OWNING and not e.needs_head for e in found.values):
                return n
    return length


def _choose(layer: Layer, k: int, found: Match[Entry]) -> Entry | None:
    """The row that fits the context best, or None where the form is an ordinary word here."""
    first, last = token_range(layer, k, found.length)
    before = layer.words[first - 1] if first else ""
    if any(form in context_words()["eponym_head"] for form, _, _ in heads(before)):
        fits = [e for e in found.values if e.type != "PERSON"]  # "مستشفى الملك فيصل" names no king
    elif "ك" in found.proclitics and layer.folds[first] in given_names():
        return None  # "كلاوس" is no "like Laos"
    else:
        fits = list(found.values)
    if first and layer.folds[first - 1] in _SON_OF and not found.proclitics:
        fits = [e for e in fits if e.type != "PERSON"]  # "متعب بن [عبد الله بن عبد العزيز]"
    fits = _by_marks(layer.words[first], fits)
    fits = [e for e in fits if not e.needs_head or _has_head(layer, first, last, e.type)]
    fits = [
        e for e in fits
        if e.type != "PERSON" or e.full or not ("ك" in found.proclitics or _name_goes_on(layer, first, last))
    ]  # fmt: skip
    if not fits:
        return None
    return min(fits, key=lambda e: (_RANK[e.type], not e.full))


def _by_marks(word: str, entries: list[Entry]) -> list[Entry]:
    """Entries whose marks the writer set, if there are any: "عُمان" is Oman, "عمّان" Amman."""
    written = [e for e in entries if e.marked and word.endswith(e.marked)]
    return written or [e for e in entries if not e.marked]


def _has_head(layer: Layer, first: int, last: int, type_: str) -> bool:
    """Whether a word such as "صحيفة" or "مدينة" precedes, or quotation marks enclose a media name."""
    before = layer.folds[first - 1] if first else "."
    place = type_ in ("STATE", "PLACE")
    if not place and (before in OPENING | STRAIGHT or before == "("):
        after = layer.words[last] if last < len(layer) else ""
        return after in CLOSING | STRAIGHT or after == ")"
    known = context_words()["place_head" if place else "media_head"]
    return any(form in known for form, _, _ in heads(before))


def _name_goes_on(layer: Layer, first: int, last: int) -> bool:
    """Whether a bare surname is only a part of another person's name here."""
    before = layer.folds[first - 1] if first else ""
    if before in particles() or given_names().get(before) is False:
        return True
    vouched = first > 1 and (
        layer.folds[first - 2] in honorifics() or nationality_at(layer, first - 2) is not None
    )
    if before in given_names() and vouched:
        return True
    if last < len(layer) and before in honorifics() and layer.folds[last].startswith("ال"):
        # "الفريق مشعل الزبن": the word between a rank and a surname is a given name.
        office = titles().match(layer.words, layer.folds, last)
        if office is None and nationality_at(layer, last) is None and not layer.in_date(last):
            return layer.folds[first] in given_names()
    return last < len(layer) and layer.folds[last] in particles()


def _add_entry(layer: Layer, k: int, found: Match[Entry], entry: Entry) -> int:
    """Add the mention of a table row; returns the token after it."""
    first, last = token_range(layer, k, found.length)
    if entry.type == "PERSON" and last < len(layer) and layer.folds[last] in particles():
        last = name_end(layer, last)
    kind, link, name, en = entry.type, entry.slug, entry.ar, entry.en
    if (
        entry.type == "PLACE"
        and entry.acts_for_state
        and entry.state
        and not is_locative(layer, first, found)
    ):
        state = states()[entry.state]
        kind, link, name, en = "STATE", state.slug, state.ar, state.en
    layer.add_mention(
        make_mention(
            layer, first, last, found.skip, kind,
            link=link, en=en, name=name, proclitics=found.proclitics, state=entry.state, method=METHOD,
        )
    )  # fmt: skip
    return last


def is_locative(layer: Layer, first: int, found: Match[Entry]) -> bool:
    """Whether a capital is only a place here: "في موسكو", "العاصمة", "زار طهران"."""
    words = context_words()
    if "ب" in found.proclitics or _in_dateline(layer, first, found):
        return True
    if "و" in found.proclitics and first and (other := layer.covered.get(first - 1)):
        return other.type == "PLACE" and not other.proclitics
    if _is_goal(layer, first):
        return True
    for back in (1, 2):
        if first - back < 0:
            return False
        before = layer.folds[first - back]
        if any(form in words["locative"] for form, _, _ in heads(before)):
            return True
        adjective = nationalities().match(layer.words, layer.folds, first - back)
        if before not in words["transparent"] and adjective is None:
            return False
    return False


def _in_dateline(layer: Layer, first: int, found: Match[Entry]) -> bool:
    """Whether a dash joins a capital to the outlet that reports from there: "صحيفة الفجر – الرياض"."""
    if first < 2 or layer.words[first - 1] not in HYPHENS:
        return False
    before = layer.covered.get(first - 2)
    return before is not None and before.type == "MEDIA" and not found.proclitics


def _is_goal(layer: Layer, first: int) -> bool:
    """Whether a verb of movement and its subject precede: "زار بوتين [بغداد]", "وصل بوتين إلى [بغداد]"."""
    words = context_words()
    for i in range(first - 1, max(-1, first - 1 - _MAX_SUBJECT), -1):
        if any(form in words["movement"] for form, _, _ in heads(layer.words[i])):
            return True
        mention = layer.covered.get(i)
        if layer.folds[i] in words["transparent"] or (mention is not None and not mention.proclitics):
            continue
        if not layer.words[i][0].isalpha() or is_finite_verb(layer.words[i]):
            return False
        if layer.folds[i] in function_words() or layer.folds[i][:1] == "و":
            return False
    return False


def _headed_body(layer: Layer, k: int, found: Match[tables.BodyHead]) -> int:
    """Add "وزارة الخارجية الروسية" and the like; returns the number of tokens used, 0 if none."""
    first, last = token_range(layer, k, found.length)
    if first and layer.folds[first - 1] in DUTIES:
        return 0  # "للشؤون القنصلية" is no consulate
    head = found.values[0]
    link: str | None = None
    end = last
    joined = last < len(layer) and layer.folds[last].startswith("و")  # "بين المملكة [وإيطاليا]"
    adjective = None if joined else nationality_at(layer, last)
    skip_one = last + 1 < len(layer) and layer.folds[last] in context_words()["body_modifier"]
    if adjective is None and skip_one:
        adjective = nationality_at(layer, last + 1)
        if adjective:
            last += 1
    if adjective:
        link, end = adjective[0], last + adjective[1]
    else:
        follow = names().match(layer.words, layer.folds, last) if last < len(layer) else None
        if follow and not follow.proclitics:
            owner = min(follow.values, key=lambda e: _RANK[e.type])
            if (
                owner.type == "STATE"
                or (owner.type == "PLACE" and owner.acts_for_state)
                or (owner.type == "PERSON" and head.type == "STATE")
            ):
                link, end = owner.state, last + follow.length
    if link is None:
        if head.type != "GOVBODY" or found.length < 2:
            return 0
        end = last
    text = layer.text[layer.starts[first] + found.skip : layer.ends[end - 1]]
    if head.type == "STATE" and link:
        state = states()[link]
        slug, name, en = link, state.ar, state.en
    else:
        slug, name = "", text
        en = f"{states()[link].en} {head.en}" if link else head.en
    layer.add_mention(
        make_mention(
            layer, first, end, found.skip, head.type,
            link=slug or None, en=en, name=name, proclitics=found.proclitics, state=link, method=METHOD,
        )
    )  # fmt: skip
    return sum(1 for i in layer.lex if first <= i < end)


@Language.component("kg_names_v1", assigns=["doc._.kg"])
def names_component(doc: Doc) -> Doc:
    """spaCy component: named mentions."""
    find_names(doc._.kg)
    return doc
