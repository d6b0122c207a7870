"""Title phrases: who holds which office, and nominals that stand for a person.

Component ``kg_titles_v1``. A title phrase is an office of the title table with what
it is an office of ("الروسي", "الكرملين", "للأمم المتحدة"), markers ("السابق"), honorifics
and the person's name before or after it. A name that no table knows is taken over
here, since a title vouches for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.arabic import fold, variants
from kg.data.tables import read_table
from kg.extract.names import context_words, is_name_word, make_mention, name_end, nationality_at, token_range
from kg.extract.words import given_names, honorifics
from kg.link.gazetteer import cells, leader_offices, names
from kg.nlp.layer import Layer, MentionDraft
from kg.nlp.trie import HYPHENS, Match, Trie, heads

METHOD = "kg.titles.v1"
_BODY_ROLES = frozenset({"intelligence_chief", "military_commander", "legislator", "organization_head"})
_SERVANTS = frozenset({"adviser", "envoy", "spokesperson", "deputy_minister"})
_CHIEFS = frozenset({"head_of_state", "head_of_government", "crown_prince"})
_OWNERS = frozenset({"STATE", "GOVBODY", "IGO", "ORG", "ARMED_GROUP", "MEDIA", "PLACE"})


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A row of the title table, in one of its forms."""

    title: str
    role: str
    of: str
    en: str
    nominal: bool
    states: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class TitlePhrase:
    """An office found in the text.

    Attributes:
        first: First token.
        last: Token after the office, its owner and its markers (before the name).
        row: The office.
        state: Slug of the state that an adjective names.
        owner: Mention of the body or state it is an office of.
        owner_pronoun: Whether a pronoun stands for the owner ("رئيسها").
        former: Whether a marker says that it is past.
        counterpart: Whether it is "نظيره", which takes its office from the phrase before.
        person: The name it belongs to, or None.
        mention: The nominal mention, where no name follows.
        text: The office as written, with its owner.
    """

    first: int
    last: int
    row: TitleRow
    skip: int = 0
    proclitics: tuple[str, ...] = ()
    state: str | None = None
    owner: MentionDraft | None = None
    owner_pronoun: bool = False
    former: bool = False
    counterpart: bool = False
    person: MentionDraft | None = None
    mention: MentionDraft | None = None
    plural: bool = False
    body: str | None = None
    """Slug of the organisation that an adjective names ("الأممي" → the United Nations)."""


@lru_cache(maxsize=1)
def titles() -> Trie[TitleRow]:
    """All forms of all offices."""
    entries = []
    for row in read_table("titles"):
        value = TitleRow(
            row["title"],
            row["role"],
            row["of"],
            row["en"],
            row["nominal"] == "yes",
            tuple(cells(row, "state_condition")),
        )
        entries += [(form, value) for form in dict.fromkeys(cells(row, "title", "forms"))]
    return Trie(entries)


@lru_cache(maxsize=1)
def body_adjectives() -> dict[str, str]:
    """Folded adjectives that name an organisation → its slug."""
    return {fold(form): row["slug"] for row in read_table("body_adjectives") for form in cells(row, "forms")}


@lru_cache(maxsize=1)
def role_words() -> dict[str, str]:
    """Folded markers (السابق, المنتخب, نظيره) → what they tell."""
    return {fold(row["form"]): row["function"] for row in read_table("role_words")}


_COUNTERPART = TitleRow("نظير", "", "state", "counterpart", True)


def find_titles(layer: Layer) -> list[TitlePhrase]:
    """All title phrases, in text order; adds person mentions and nominals to the layer."""
    phrases: list[TitlePhrase] = []
    k = 0
    while k < len(layer.lex):
        i = layer.lex[k]
        covering = layer.covered.get(i)
        if (covering is not None and covering.type != "PERSON") or not layer.words[i][0].isalpha():
            k += 1
            continue
        phrase = _phrase_at(layer, k) if covering is None else None
        if phrase is None:
            k += 1
            continue
        _find_person(layer, phrase)
        phrases.append(phrase)
        end = phrase.person.last if phrase.person and phrase.person.first >= phrase.last else phrase.last
        while k < len(layer.lex) and layer.lex[k] < end:
            k += 1
    _second_holders(layer, phrases)
    _share_person(layer, phrases)
    _attach_preceding(layer, phrases)
    _inherit_offices(layer, phrases)
    for phrase in phrases:
        _mark_nominal(layer, phrase)
    return phrases


def _phrase_at(layer: Layer, k: int) -> TitlePhrase | None:
    """The title phrase that begins at position ``k``, without its person."""
    if k and any(form in context_words()["eponym_head"] for form, _, _ in heads(layer.lex_words[k - 1])):
        return None  # "جامعة الملك سعود" names no king
    found = titles().match(layer.lex_words, layer.lex_folds, k)
    counterpart = _counterpart(layer.words[layer.lex[k]])
    if found is None and counterpart is None:
        return None
    if found is None:
        first, last = layer.lex[k], layer.lex[k] + 1
        skip, proclitics = counterpart or (0, ())
        phrase = TitlePhrase(first, last, _COUNTERPART, skip, proclitics, counterpart=True)
    else:
        first, last = token_range(layer, k, found.length)
        if any(i in layer.covered for i in range(first, last)):
            return None
        phrase = TitlePhrase(first, last, found.values[0], found.skip, found.proclitics)
        phrase.plural = _is_dual(layer.folds[first])
        _read_inside(layer, phrase)
    _read_owner(layer, phrase)
    if found is not None:
        phrase.row = _fitting_row(found, phrase)
        _name_body(layer, phrase)
    return phrase


def _name_body(layer: Layer, phrase: TitlePhrase) -> None:
    """ "مدير المخابرات الأمريكية" is an office of the body that its own words name."""
    if phrase.row.role not in _BODY_ROLES or phrase.state is None or phrase.owner is not None:
        return
    first = phrase.first + 1
    while first < phrase.last and layer.folds[first] in context_words()["title_part"]:
        first += 1
    last = phrase.last
    while last > first and (layer.folds[last - 1] in honorifics() or layer.folds[last - 1] in role_words()):
        last -= 1
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
        if adjective and i + adjective[1] <= phrase.last:
            phrase.state = phrase.state or adjective[0]
            i += adjective[1]
            continue
        found = names().match(layer.words, layer.folds, i)
        if found is not None and phrase.owner is None and i + found.length <= phrase.last:
            entry = next((e for e in found.values if e.type in _OWNERS and not e.needs_head), None)
            if entry is not None and (found.length > 1 or entry.type == "STATE"):
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
        phrase.owner = _last_owner(layer, phrase)


def _last_owner(layer: Layer, phrase: TitlePhrase) -> MentionDraft | None:
    """What a pronoun on the office refers to: the state, group or body named last in the sentence."""
    begin = layer.sentences[layer.sentence_of[phrase.first]].first
    for i in range(phrase.first - 1, begin - 1, -1):
        mention = layer.covered.get(i)
        if mention is not None and mention.type in ("STATE", "ARMED_GROUP", "IGO", "ORG", "PERSON"):
            return mention
    return None


def _counterpart(word: str) -> tuple[int, tuple[str, ...]] | None:
    """Proclitics (characters and particles) where the token is "نظيره" in one of its forms, else None."""
    for form, skip, proclitics in heads(word):
        if role_words().get(form) == "counterpart":
            return skip, proclitics
    return None


def _fitting_row(found: Match[TitleRow], phrase: TitlePhrase) -> TitleRow:
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
        elif (adjective := nationality_at(layer, i)) and phrase.state is None:
            phrase.state = adjective[0]
            i += adjective[1]
        elif (mention := layer.mention_at.get(i)) and _is_owner(layer, phrase, mention):
            phrase.owner = mention
            i = mention.last
        elif (mention := layer.mention_at.get(i)) and _is_post(layer, phrase, mention):
            i = mention.last
        elif word in words["title_link"] and _owner_ahead(layer, i + 1):
            owned = phrase.owner is not None or phrase.body is not None
            if owned or (phrase.state is not None and phrase.row.of == "state"):
                # "السفيرة الأمريكية لدى الأمم المتحدة": where the office is held, not whose it is.
                i = layer.mention_at[i + 1].last
            else:
                i += 1
        elif word in words["title_adjective"] and i == phrase.last:
            i += 1
            phrase.last = i
        elif i == phrase.last and (gap := _open_words(layer, i)):
            i += gap
        else:
            break
    while i < len(layer) and layer.folds[i] in honorifics() and i not in layer.covered:
        i += 1
    phrase.last = i


def _is_owner(layer: Layer, phrase: TitlePhrase, mention: MentionDraft) -> bool:
    """Whether a mention right after the office tells what it is an office of."""
    if mention.type not in _OWNERS or phrase.owner is not None:
        return False
    if not mention.proclitics:
        return phrase.state is None or phrase.row.of not in ("state",)
    return mention.proclitics in (("ل",), ("ب",))


def _open_words(layer: Layer, i: int) -> int:
    """Number of words that describe an office before its owner: "مساعد [السياسة الخارجية] في الكرملين".

    At most three definite nouns and adjectives, and only where an owner follows them.
    """
    for gap in range(1, 4):
        at = i + gap
        if at >= len(layer) or at - 1 in layer.covered or not layer.folds[at - 1].startswith(("ال", "لل", "وال")):
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
    owned = phrase.owner is not None or phrase.state is not None
    return owned and mention.type in _OWNERS and mention.proclitics in (("ل",), ("ب",))


def _owner_ahead(layer: Layer, i: int) -> bool:
    mention = layer.mention_at.get(i)
    return mention is not None and mention.type in _OWNERS


def _find_person(layer: Layer, phrase: TitlePhrase) -> None:
    """The name after the title phrase: a known mention or words that can be a name."""
    i = phrase.last
    while i < len(layer) and layer.words[i] in HYPHENS:
        i += 1
    if _owned_by_person(layer, phrase):
        return
    comma = i < len(layer) and layer.words[i] in "،,:("
    for at in (i, i + 1) if comma else (i,):
        while at < len(layer) and layer.folds[at] in honorifics() and at not in layer.covered:
            at += 1
        mention = layer.mention_at.get(at)
        if mention is not None:
            if mention.type == "PERSON" and not (comma and mention.proclitics):
                if _serves(phrase, mention):
                    phrase.owner = phrase.owner or mention
                    return
                phrase.person = mention
                mention.begin_phrase(phrase.first, phrase.proclitics)
            return
        if comma:
            # After a comma only a name that something vouches for: two words and a comma again.
            end = name_end(layer, at)
            if at > i and end - at >= 2 and end < len(layer) and layer.words[end] in "،,)":
                _new_person(layer, phrase, at, end)
                return
            continue
        if _can_begin_name(layer, at):
            end = name_end(layer, at)
            if end > at:
                _new_person(layer, phrase, at, end)
                return


def _serves(phrase: TitlePhrase, mention: MentionDraft) -> bool:
    """Whether the name after "مستشار الرئيس الإيراني" is the president's, by the leaders' table."""
    if phrase.row.role not in _SERVANTS or not mention.link:
        return False
    roles = {role for role, _ in leader_offices(mention.link)}
    return bool(roles & _CHIEFS) and phrase.row.role not in roles


def _owned_by_person(layer: Layer, phrase: TitlePhrase) -> bool:
    """ "مستشار ترامب", "متحدث باسم نتنياهو": the person named is whom the office serves."""
    if phrase.state is not None or phrase.owner is not None or phrase.last >= len(layer):
        return False
    mention = layer.mention_at.get(phrase.last)
    if mention is None or mention.type != "PERSON" or mention.proclitics:
        return False
    if phrase.row.role not in _SERVANTS:
        return False
    words = [layer.folds[i] for i in range(phrase.first, phrase.last)]
    if any(w.startswith(("ال", "لل", "وال")) for w in words):
        return False
    phrase.owner = mention
    phrase.last = mention.last
    _find_person(layer, phrase)
    return True


def _can_begin_name(layer: Layer, i: int) -> bool:
    if i >= len(layer) or i in layer.covered or not is_name_word(layer, i):
        return False
    word = layer.folds[i]
    if word.startswith(("ال", "لل", "وال", "بال")) or (word[0] == "و" and word not in given_names()):
        return False
    if name_end(layer, i) == i + 1 and word not in given_names() and layer.folds.count(word) < 2:
        return False
    return not any(titles().get(form) for form, _, _ in heads(layer.words[i]))


def _new_person(layer: Layer, phrase: TitlePhrase, first: int, last: int) -> None:
    mention = make_mention(layer, first, last, 0, "PERSON", method=METHOD)
    mention.begin_phrase(phrase.first, phrase.proclitics)
    layer.add_mention(mention)
    phrase.person = mention


def _second_holders(layer: Layer, phrases: list[TitlePhrase]) -> None:
    """ "الرئيسان الروسي بوتين والصيني شي": the second adjective and name share the dual's office."""
    for phrase in [p for p in phrases if p.plural and p.person is not None]:
        i = phrase.person.last if phrase.person else 0
        if i < len(layer) and layer.words[i] in "،,":
            i += 1
        adjective = nationality_at(layer, i) if i < len(layer) and layer.words[i][0] == "و" else None
        if adjective is None:
            continue
        last = i + adjective[1]
        mention = layer.mention_at.get(last)
        if mention is None or mention.type != "PERSON":
            continue
        second = TitlePhrase(i, last, phrase.row, 1, ("و",), state=adjective[0], person=mention)
        mention.begin_phrase(i, ("و",))
        phrases.append(second)
    phrases.sort(key=lambda p: p.first)


def _share_person(layer: Layer, phrases: list[TitlePhrase]) -> None:
    """Offices stacked before a name ("وزير الدولة عضو مجلس الوزراء فلان") are all that person's."""
    for phrase, following in reversed(list(zip(phrases, phrases[1:], strict=False))):
        person = following.person
        if phrase.person is None and person is not None and person.first >= following.last:
            if following.first == phrase.last and phrase.owner is None and not following.counterpart:
                phrase.person = person
                person.begin_phrase(phrase.first, phrase.proclitics)
                phrase.state = phrase.state or following.state


def _attach_preceding(layer: Layer, phrases: list[TitlePhrase]) -> None:
    """Titles after the name: "فاسيلي نيبينزيا، سفير روسيا لدى الأمم المتحدة"."""
    for n, phrase in enumerate(phrases):
        if phrase.person is not None or phrase.skip:
            continue
        stacked = phrases[n - 1] if n else None
        if stacked is not None and stacked.last == phrase.first and stacked.person is not None:
            # "محمد … ولي العهد نائب رئيس مجلس الوزراء وزير الداخلية": one name, several offices.
            if stacked.person.last <= stacked.first:
                phrase.person = stacked.person
                phrase.state = phrase.state or (stacked.state if phrase.owner is None else None)
                phrase.person.np_last = max(phrase.person.np_last, phrase.last)
                continue
        i = phrase.first - 1
        while i >= 0 and layer.words[i] in "،,-–(":
            i -= 1
        mention = layer.covered.get(i) if i >= 0 else None
        if mention is None or mention.type != "PERSON" or mention.last != i + 1:
            continue
        if layer.sentence_of[i] != layer.sentence_of[phrase.first]:
            continue
        bare = phrase.state is None and phrase.owner is None and phrase.body is None
        if phrase.first - 1 == i and bare and phrase.last - phrase.first < 2:
            continue
        phrase.person = mention
        mention.np_last = max(mention.np_last, phrase.last)


def _inherit_offices(layer: Layer, phrases: list[TitlePhrase]) -> None:
    """Give "نظيره" the office of the phrase before it, and plural titles their further persons."""
    for n, phrase in enumerate(phrases):
        if not phrase.counterpart:
            continue
        here = [p for p in phrases[:n] if not p.counterpart and p.row.role]
        same = [p for p in here if layer.sentence_of[p.first] == layer.sentence_of[phrase.first]]
        leading = [p for p in same if p.row.role not in ("spokesperson", "journalist")]
        if "و" in phrase.proclitics and same:
            phrase.row = same[-1].row
        elif leading or same or here:
            phrase.row = (leading or same or here[-1:])[0].row


def _mark_nominal(layer: Layer, phrase: TitlePhrase) -> None:
    """A title phrase without a name stands for a person: "الرئيس الروسي", "المتحدث باسم الكرملين"."""
    if phrase.person is not None or not layer.free(phrase.first, phrase.first + 1):
        return
    definite = layer.folds[phrase.first].lstrip("وفبك").startswith(("ال", "لل"))
    owned = phrase.state is not None or phrase.owner is not None or phrase.body is not None
    if not (owned or phrase.counterpart or (definite and phrase.row.nominal)):
        return
    last = max(phrase.last, phrase.first + 1)
    while last > phrase.first + 1 and layer.words[last - 1] in "،,(:":
        last -= 1
    mention = make_mention(
        layer, phrase.first, last, phrase.skip, "PERSON",
        kind="nominal", proclitics=phrase.proclitics, role=phrase.row.role or None, method=METHOD,
    )  # fmt: skip
    mention.state = phrase.state or (phrase.owner.state if phrase.owner else None)
    phrase.mention = mention
    owner = phrase.owner
    layer.mentions.append(mention)
    layer.mention_at[mention.first] = mention
    for i in range(mention.first, mention.last):
        if owner is None or not owner.first <= i < owner.last:
            layer.covered.setdefault(i, mention)


def pronoun(word: str) -> str:
    """The enclitic pronoun of a token's longest formal reading, or the empty string."""
    return max((r.enclitic for r in variants(word)), key=len, default="")


def find_credits(layer: Layer) -> list[MentionDraft]:
    """Persons of the credit line that closes an agency report ("كتب فلان، وحرره فلان")."""
    known = context_words()["credit"]
    found: list[MentionDraft] = []
    for sentence in layer.sentences[-2:]:
        words = layer.folds[sentence.first : sentence.last]
        for i, word in enumerate(words, start=sentence.first):
            if word not in known:
                continue
            for at in range(i + 1, min(i + 3, sentence.last)):
                mention = layer.mention_at.get(at)
                if mention is None and _can_begin_name(layer, at) and name_end(layer, at) - at >= 2:
                    mention = make_mention(layer, at, name_end(layer, at), 0, "PERSON", method=METHOD)
                    layer.add_mention(mention)
                if mention is not None and mention.type == "PERSON":
                    found.append(mention)
                    follow = layer.mention_at.get(mention.last) or _second_credit(layer, mention.last)
                    if follow is not None and follow.type == "PERSON" and "و" in follow.proclitics:
                        found.append(follow)
                    break
    return found


def _second_credit(layer: Layer, i: int) -> MentionDraft | None:
    """A further name joined to the one before it: "مارك تريفيليان ومارك هاينريش"."""
    if i >= len(layer) or layer.words[i][0] != "و" or layer.folds[i][1:] not in given_names():
        return None
    end = name_end(layer, i + 1)
    if end == i + 1:
        return None
    mention = make_mention(layer, i, end, 1, "PERSON", proclitics=("و",), method=METHOD)
    layer.add_mention(mention)
    return mention


@Language.component("kg_titles_v1", assigns=["doc._.kg"])
def titles_component(doc: Doc) -> Doc:
    """spaCy component: title phrases, the persons they vouch for, nominals."""
    layer: Layer = doc._.kg
    layer.titles = find_titles(layer)
    for phrase in layer.titles:
        if phrase.person is not None:
            layer.title_tokens.update(range(phrase.first, phrase.last))
    layer.credits = find_credits(layer)
    return doc
