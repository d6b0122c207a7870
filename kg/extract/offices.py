"""Office phrases: an office of the title table with its owner, adjectives and markers.

"الرئيس الروسي", "المتحدث باسم الكرملين", "نائب وزير الخارجية السابق": what is read here
stands without the person; :mod:`kg.extract.titles` adds who holds it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

from kg.arabic import fold
from kg.data import people
from kg.data.tables import cells, read_table
from kg.extract.lexicon import is_finite_verb
from kg.extract.names import nationality_at, token_range
from kg.extract.owners import OWNERS, body_nouns, described_body, duty_end
from kg.link.gazetteer import names, titles
from kg.nlp.drafts import MentionDraft, TitlePhrase
from kg.nlp.layer import Layer, make_mention
from kg.nlp.trie import Match, heads
from kg.nlp.words import context_words, honorifics

METHOD = "kg.titles.v1"
_BODY_ROLES = frozenset({"intelligence_chief", "military_commander", "legislator", "organization_head"})
_SERVANTS = frozenset({"adviser", "envoy", "spokesperson", "deputy_minister", "ambassador"})
_TRAVELLERS = frozenset({"envoy", "ambassador"})
_CHIEF = fold("الرئيس")
_CHIEFS = frozenset({"head_of_state", "head_of_government", "crown_prince"})


@lru_cache(maxsize=1)
def body_adjectives() -> dict[str, str]:
    """Folded adjectives that name an organisation → its slug."""
    return {fold(form): row["slug"] for row in read_table("body_adjectives") for form in cells(row["forms"])}


@lru_cache(maxsize=1)
def role_words() -> dict[str, str]:
    """Folded markers (السابق, المنتخب, نظيره) → what they tell."""
    return {fold(form): function for form, function in people.role_words().items()}


def phrase_at(layer: Layer, k: int) -> TitlePhrase | None:
    """The title phrase that begins at position ``k``, without its person."""
    if k and any(form in context_words()["eponym_head"] for form, _, _ in heads(layer.lex_words[k - 1])):
        return None  # "جامعة الملك سعود" names no king
    if k and layer.lex_folds[k] == _CHIEF and layer.lex_folds[k - 1] in context_words()["chief_noun"]:
        return None  # "الباحث الرئيس"
    found = _office_at(layer, k)
    counterpart = counterpart_at(layer.words[layer.lex[k]])
    if found is not None and found.length == 1 and _is_relation(layer, k):
        found = None
    if found is None and counterpart is None:
        return None
    if found is None:
        first, last = layer.lex[k], layer.lex[k] + 1
        skip, proclitics, row = counterpart or (0, (), COUNTERPART)
        former = row is PREDECESSOR
        phrase = TitlePhrase(first, last, row, skip, proclitics, former=former, counterpart=True)
    else:
        first, last = token_range(layer, k, found.length)
        phrase = TitlePhrase(first, last, found.values[0], found.skip, found.proclitics)
        phrase.plural = _is_dual(layer.folds[first])
        _read_inside(layer, phrase)
    if found is not None and len(found.values) == 1 and len(found.values[0].states) == 1:
        phrase.state = phrase.state or found.values[0].states[0]  # "خادم الحرمين الشريفين" is of one state
    if found is not None and (body := described_body(layer, phrase)) is not None:
        phrase.owner = body
    _read_owner(layer, phrase)
    if found is not None:
        phrase.row = _fitting_row(found, phrase)
        if _heads_no_state(layer, phrase):
            phrase.row = replace(phrase.row, role="")
        _name_body(layer, phrase, last)
        _read_served(layer, phrase)
    return phrase


def _is_relation(layer: Layer, k: int) -> bool:
    """Whether an office is the adjective of the noun before it: "المكتب [الإعلامي]", "المؤتمر [الصحفي]"."""
    word, before = layer.lex_folds[k], layer.lex_folds[k - 1] if k else ""
    if not (word.startswith("ال") and word.endswith(("ي", "يه"))):
        return False
    if not before.startswith(("ال", "وال", "لل")) or is_finite_verb(layer.lex_words[k - 1]):
        return False
    known = before in honorifics() or titles().get(before) or layer.in_date(layer.lex[k - 1])
    return not known and layer.lex[k - 1] not in layer.covered


def _office_at(layer: Layer, k: int) -> Match[people.Title] | None:
    """The longest office at position ``k`` whose words no name takes."""
    found = titles().match(layer.lex_words, layer.lex_folds, k)
    while found is not None:
        first, last = token_range(layer, k, found.length)
        taken = next((i for i in range(first, last) if i in layer.covered), last)
        if taken == last:
            return found
        free = k + sum(1 for i in layer.lex[k : k + found.length] if i < taken)
        found = titles().match(layer.lex_words[:free], layer.lex_folds[:free], k) if free > k else None
    return None


def _read_served(layer: Layer, phrase: TitlePhrase) -> None:
    """Find the chief whom an office serves: "مستشار [الملك]", "متحدث باسم [رئيس الوزراء الهندي]"."""
    if phrase.owner is None and phrase.state is None and phrase.body is None:
        construct = not layer.folds[phrase.last - 1].startswith(("ال", "لل"))
        if phrase.row.role in _SERVANTS and construct and phrase.last < len(layer):
            inner = phrase_at(layer, bisect_left(layer.lex, phrase.last))
            if inner is not None and inner.first == phrase.last and inner.proclitics in ((), ("ل",)):
                phrase.inner = inner
                phrase.state, phrase.owner, phrase.body = inner.state, inner.owner, inner.body
                if phrase.row.role in _TRAVELLERS and inner.owner and "ل" in inner.owner.proclitics:
                    phrase.owner = None  # "مبعوث الملك [للسودان]": where to
                phrase.last = inner.last
                _read_owner(layer, phrase)
                return
    for i in range(phrase.first + 1, phrase.last):
        found = titles().match(layer.words, layer.folds, i) if i not in layer.covered else None
        if found is not None and found.values[0].role in _CHIEFS and found.proclitics in ((), ("ل",)):
            phrase.inner = TitlePhrase(
                i, phrase.last, found.values[0], found.skip, found.proclitics, state=phrase.state
            )
            return


def _heads_no_state(layer: Layer, phrase: TitlePhrase) -> bool:
    """Whether a chief's word is bound to a noun that no table knows: "رئيس [الأبحاث] في شركة"."""
    owned = phrase.owner is not None or phrase.state is not None or phrase.body is not None
    if owned or phrase.row.role != "head_of_state" or phrase.last != phrase.first + 1:
        return False
    after = layer.folds[phrase.last] if phrase.last < len(layer) else ""
    bound = not layer.folds[phrase.first].startswith(("ال", "لل", "وال")) and after.startswith("ال")
    known = phrase.last in layer.covered or after in honorifics() or titles().get(after)
    return bound and not known


def _name_body(layer: Layer, phrase: TitlePhrase, office_end: int) -> None:
    """ "مدير المخابرات الأمريكية" is an office of the body that its own words name."""
    known = phrase.row.role in _BODY_ROLES and phrase.state is not None
    if phrase.owner is not None or not (known or "body" in phrase.row.of):
        return
    first = phrase.first + 1
    while first < phrase.last and layer.folds[first] in context_words()["title_part"]:
        first += 1
    last = phrase.last
    while last > office_end and (
        layer.folds[last - 1] in honorifics() or layer.folds[last - 1] in role_words()
    ):
        last -= 1
    if not known:
        # Only a word for a kind of body tells that the words name one.
        while first < last and (layer.folds[first] not in body_nouns() or duty_end(layer, first - 1) > first):
            first += 1
    if last - first < 2 or nationality_at(layer, first) is not None:
        return
    phrase.owner = make_mention(
        layer, first, last, 0, "GOVBODY", state=phrase.state, method=METHOD, en=phrase.row.en
    )
    layer.add_mention(phrase.owner)


def _is_dual(word: str) -> bool:
    """Whether the first word of an office is its dual ("الرئيسان", "الوزيرين")."""
    for ending in ("ان", "ين", "ا", "ي"):
        if word.endswith(ending) and len(word) > 5:
            stem = word[: -len(ending)]
            if any(titles().get(form) for form in (stem, stem.removeprefix("و"), stem.removeprefix("ال"))):
                return ending in ("ان", "ين")
    return False


def _read_inside(layer: Layer, phrase: TitlePhrase) -> None:
    """Owner inside the words of the office itself: "المستشار النمساوي", "رئيس السلطة الفلسطينية"."""
    i = phrase.first + 1
    while i < phrase.last:
        adjective = nationality_at(layer, i)
        if adjective and i + adjective[1] <= phrase.last and not _is_department(layer, phrase, i):
            phrase.state = phrase.state or adjective[0]
            i += adjective[1]
            continue
        if layer.folds[i] in body_adjectives():
            phrase.body = phrase.body or body_adjectives()[layer.folds[i]]
            i += 1
            continue
        found = names().match(layer.words, layer.folds, i)
        if found is not None and phrase.owner is None and i + found.length <= phrase.last:
            entry = next((e for e in found.values if e.type in OWNERS and not e.needs_head), None)
            if entry is not None and (found.length > 1 or entry.type in ("STATE", "GOVBODY")):
                phrase.owner = make_mention(
                    layer, i, i + found.length, found.skip, entry.type,
                    link=entry.slug, en=entry.en, name=entry.ar, state=entry.state, method=METHOD,
                )  # fmt: skip
                layer.add_mention(phrase.owner)
                i += found.length
                continue
        i += 1
    word = layer.words[phrase.last - 1]
    if phrase.owner is None and phrase.state is None and word.endswith(("ه", "ها", "هم", "هما")):
        owner = _last_owner(layer, phrase)
        if owner is not None and owner.type == "GOVBODY":
            phrase.state = owner.state  # "قالت وزارة الخارجية السودانية إن [سفيرها]"
        else:
            phrase.owner = owner


def _is_department(layer: Layer, phrase: TitlePhrase, i: int) -> bool:
    """ "وزير المالية": a feminine that does not agree with the office is its department, no nationality."""
    if layer.folds[i].startswith("وال"):
        return True  # "وزير الاقتصاد والمالية"
    feminine = layer.words[i].endswith("ة") and i == phrase.first + 1
    agrees = layer.words[phrase.first].endswith("ة")
    return feminine and (not agrees or nationality_at(layer, phrase.last) is not None)


def _last_owner(layer: Layer, phrase: TitlePhrase) -> MentionDraft | None:
    """What a pronoun on the office refers to: the state, group or body named last in the sentence."""
    begin = layer.sentences[layer.sentence_of[phrase.first]].first
    for i in range(phrase.first - 1, begin - 1, -1):
        mention = layer.covered.get(i)
        if mention is None:
            continue
        of_state = mention.type == "GOVBODY" and mention.state and phrase.row.of[:1] == ("state",)
        if of_state or mention.type in ("STATE", "ARMED_GROUP", "IGO", "ORG", "PERSON"):
            return mention
    return None


def counterpart_at(word: str) -> tuple[int, tuple[str, ...], people.Title] | None:
    """Proclitics (characters and particles) and row of a form of "نظيره" or "سلفه", else None."""
    for form, skip, proclitics in heads(word):
        row = _RELATIVE.get(role_words().get(form, ""))
        if row is not None:
            return skip, proclitics, row
    return None


def _fitting_row(found: Match[people.Title], phrase: TitlePhrase) -> people.Title:
    """Where a form stands for several offices, the one whose condition the owner fulfils."""
    state = phrase.state or (phrase.owner.state if phrase.owner else None)
    for row in found.values:
        if row.states and state in row.states:
            return row
    return next((row for row in found.values if not row.states), found.values[0])


def _read_owner(layer: Layer, phrase: TitlePhrase) -> None:
    """Read adjectives, owner, markers and honorifics after the office; moves ``phrase.last``."""
    i = phrase.last
    words = context_words()
    while i < len(layer):
        word = layer.folds[i]
        if role_words().get(word) in ("former", "acting", "elect"):
            phrase.former = phrase.former or role_words()[word] == "former"
            i += 1
        elif word in body_adjectives() and phrase.body is None:
            phrase.body = body_adjectives()[word]
            i += 1
        elif word[:1] != "و" and (adjective := nationality_at(layer, i)) and phrase.state is None:
            phrase.state = adjective[0]
            i += adjective[1]
        elif (mention := layer.mention_at.get(i)) and _is_owner(layer, phrase, mention):
            phrase.owner = mention
            i = mention.last
        elif (mention := layer.mention_at.get(i)) and _is_post(layer, phrase, mention):
            i = mention.last
        elif word == "لدي" and i + 1 < len(layer) and layer.folds[i + 1] in words["receiving_state"]:
            i += 2
        elif word in words["title_link"] and _owner_ahead(layer, i + 1):
            owned = phrase.owner is not None or phrase.body is not None
            if word == "الي" and phrase.row.role not in _TRAVELLERS:
                break  # "زيارة ولي العهد إلى مصر": a goal, no owner
            posted = word == "الي" or (
                word == "لدي" and (phrase.state is not None or phrase.row.role == "ambassador")
            )
            if owned or posted or (phrase.state is not None and phrase.row.of == ("state",)):
                # "السفيرة الأمريكية لدى الأمم المتحدة": where the office is held, not whose it is.
                i = layer.mention_at[i + 1].last
            else:
                i += 1
        elif word in words["title_adjective"] and (i == phrase.last or phrase.state is not None):
            i += 1
            if phrase.state is None:
                phrase.last = i
        elif (end := _duties_end(layer, phrase, i)) > i:
            i = end
            if phrase.state is None and phrase.owner is None:
                phrase.last = i
        elif i == phrase.last and (gap := _open_words(layer, i)):
            i += gap
        else:
            break
    while i < len(layer) and layer.folds[i] in honorifics() and i not in layer.covered:
        office = titles().match(layer.words, layer.folds, i)
        if office is not None and office.length > 1:
            break  # "ولي العهد [نائب رئيس مجلس الوزراء]": not the honorific of "نائب الأدميرال"
        i += 1
    phrase.last = i


def _duties_end(layer: Layer, phrase: TitlePhrase, i: int) -> int:
    """Token after what an office is about, whose first word ("للشؤون") the office may have taken already."""
    return max(duty_end(layer, i), duty_end(layer, i - 1) if i == phrase.last else i)


def _is_owner(layer: Layer, phrase: TitlePhrase, mention: MentionDraft) -> bool:
    """Whether a mention right after the office tells what it is an office of."""
    if mention.type not in OWNERS or phrase.owner is not None:
        return False
    if mention.proclitics not in ((), ("ل",), ("ب",)):
        return False
    sender = phrase.body is not None or phrase.inner is not None
    if sender and phrase.row.role in _TRAVELLERS and mention.type in ("STATE", "PLACE"):
        return False  # "المبعوث الأممي إلى اليمن", "مبعوث الملك لليمن": not whose, but where to
    definite = layer.folds[mention.first - 1].startswith(("ال", "لل"))
    if definite and mention.type == "STATE" and not mention.proclitics:
        return False  # "غادر وزير الدفاع [مصر]": an office with the article takes no genitive
    return phrase.state is None or phrase.row.of != ("state",)


def _open_words(layer: Layer, i: int) -> int:
    """Number of words that describe an office before its owner: "مساعد [السياسة الخارجية] في الكرملين".

    At most three definite nouns and adjectives, and only where an owner follows them.
    """
    for gap in range(1, 4):
        at = i + gap
        if (
            at >= len(layer)
            or at - 1 in layer.covered
            or not layer.folds[at - 1].startswith(("ال", "لل", "وال"))
        ):
            return 0
        if nationality_at(layer, at - 1) is not None:
            return 0
        owned = nationality_at(layer, at) is not None or (
            layer.folds[at] in context_words()["title_link"] and _owner_ahead(layer, at + 1)
        )
        if owned:
            return gap
    return 0


def _is_post(layer: Layer, phrase: TitlePhrase, mention: MentionDraft) -> bool:
    """Whether a mention with a proclitic tells where an office is held ("السفير الروسي بالقاهرة")."""
    owned = any(o is not None for o in (phrase.owner, phrase.state, phrase.body, phrase.inner))
    return owned and mention.type in OWNERS and mention.proclitics in (("ل",), ("ب",))


def _owner_ahead(layer: Layer, i: int) -> bool:
    mention = layer.mention_at.get(i)
    return mention is not None and mention.type in OWNERS


COUNTERPART = people.Title("نظير", (), "", ("state",), (), (), "counterpart", True)
PREDECESSOR = people.Title("سلف", (), "", ("state",), (), (), "predecessor", True)
_RELATIVE = {"counterpart": COUNTERPART, "predecessor": PREDECESSOR}
