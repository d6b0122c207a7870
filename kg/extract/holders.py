"""Who holds an office: the name after it or before it, several offices of one person, several holders of one.

"وزير الدفاع السوداني [سالم العاني] والكيني [جون أوتيينو]", "[محمد] ولي العهد وزير الداخلية". Used by
:mod:`kg.extract.titles`, which finds the office phrases.
"""

from __future__ import annotations

import itertools

from kg.extract.names import nationality_at
from kg.extract.persons import can_begin_name, is_name_word, name_end, vouched_end
from kg.link.gazetteer import leader_offices, states, titles
from kg.nlp.drafts import MentionDraft, TitlePhrase
from kg.nlp.layer import Layer, make_mention
from kg.nlp.trie import HYPHENS, heads
from kg.nlp.words import context_words, honorifics, is_common

METHOD = "kg.titles.v1"
_SERVANTS = frozenset({"adviser", "envoy", "spokesperson", "deputy_minister"})
_CHIEFS = frozenset({"head_of_state", "head_of_government", "crown_prince"})


def find_person(layer: Layer, phrase: TitlePhrase) -> None:
    """The name after the title phrase: a known mention or words that can be a name."""
    i = phrase.last
    while i < len(layer) and layer.words[i] in HYPHENS:
        i += 1
    if _owned_by_person(layer, phrase) or _accompanied(layer, phrase):
        return
    comma = i < len(layer) and layer.words[i] in "،,:("
    if comma and _of_kin(layer, phrase):
        return  # "ابنة الرئيس الأميركي، [إيفانكا ترامب]"
    for at in (i, i + 1) if comma else (i,):
        if at < len(layer) and layer.words[at] == "#":
            at += 1
        while at < len(layer) and layer.folds[at] in honorifics() and at not in layer.covered:
            at += 1
        mention = layer.mention_at.get(at) or _known_from_second_word(layer, at)
        if mention is not None:
            if mention.type == "PERSON" and not mention.proclitics:
                _take_mention(layer, phrase, mention)
            return
        if comma:
            # After a comma only a name that something vouches for: two words and a comma again.
            end = vouched_end(layer, at, name_end(layer, at))
            if at > i and end - at >= 2 and end < len(layer) and layer.words[end] in "،,)":
                _new_person(layer, phrase, at, end)
                return
            continue
        if can_begin_name(layer, at):
            end = vouched_end(layer, at, name_end(layer, at))
            if end > at:
                _new_person(layer, phrase, at, end)
                return


def _known_from_second_word(layer: Layer, at: int) -> MentionDraft | None:
    """The person whose first name no table knows, so that the mention began behind it; it is widened."""
    mention = layer.mention_at.get(at + 1)
    if mention is None or mention.type != "PERSON" or mention.proclitics or mention.link:
        return None
    word = layer.folds[at]
    if at in layer.covered or word.startswith(("ال", "لل", "و")) or not is_name_word(layer, at):
        return None
    if titles().get(word) or is_common(word):
        return None
    layer.drop_mention(mention)
    wide = make_mention(layer, at, mention.last, 0, "PERSON", method=METHOD)
    layer.add_mention(wide)
    return wide


def _of_kin(layer: Layer, phrase: TitlePhrase) -> bool:
    """Whether the word before an office is for somebody of its holder's family."""
    before = layer.words[phrase.first - 1] if phrase.first else ""
    return any(form in context_words()["kin_of"] for form, _, _ in heads(before)) if before else False


def _accompanied(layer: Layer, phrase: TitlePhrase) -> bool:
    """Whether a delegation goes with the office-holder, so that the names behind are its members."""
    before = layer.folds[phrase.first - 1] if phrase.first else ""
    return "ل" in phrase.proclitics and before in context_words()["accompanying"]


def _take_mention(layer: Layer, phrase: TitlePhrase, mention: MentionDraft) -> None:
    """Give a phrase the name after it, unless that is whom the office serves or another state's chief."""
    end = vouched_end(layer, mention.first, mention.last) if mention.kind == "name" else mention.last
    if end > mention.last and not mention.link:
        layer.drop_mention(mention)
        mention = make_mention(
            layer, mention.first, end, mention.start - layer.starts[mention.first], "PERSON",
            proclitics=mention.proclitics, method=METHOD,
        )  # fmt: skip
        layer.add_mention(mention)
    if _serves(phrase, mention) or _two_names(layer, phrase, mention):
        phrase.owner = phrase.owner or (mention if phrase.state is None else None)
        if phrase.inner is not None and phrase.inner.row.role in _CHIEFS:
            phrase.inner.person = mention
            mention.begin_phrase(phrase.inner.first, phrase.inner.proclitics)
        behind = _behind(layer, mention.last)
        second = layer.mention_at.get(behind)
        if second is not None and second.type == "PERSON" and not second.proclitics:
            phrase.person = second
        return
    if _leads_another(phrase, mention):
        return
    phrase.person = mention
    mention.begin_phrase(phrase.first, phrase.proclitics)


def _two_names(layer: Layer, phrase: TitlePhrase, mention: MentionDraft) -> bool:
    """Whether the name of the chief served and that of the servant follow each other.

    "مبعوث الرئيس الفرنسي [جان لوران] إلى لبنان [بيير دوبوا]".
    """
    if phrase.inner is None or phrase.row.role not in _SERVANTS:
        return False
    second = layer.mention_at.get(_behind(layer, mention.last))
    return second is not None and second.type == "PERSON" and not second.proclitics


def _behind(layer: Layer, i: int) -> int:
    """The token after a name and, if there, the place where the office is held, a comma and honorifics."""
    if i + 1 < len(layer) and layer.folds[i] in ("الي", "لدي"):
        place = layer.mention_at.get(i + 1)
        if place is not None and place.type in ("STATE", "PLACE"):
            i = place.last
    if i < len(layer) and layer.words[i] in "،,":
        i += 1
    while i < len(layer) and layer.folds[i] in honorifics():
        i += 1
    return i


def _serves(phrase: TitlePhrase, mention: MentionDraft) -> bool:
    """Whether the name after "مستشار الرئيس الإيراني" is the president's, by the leaders' table."""
    if phrase.row.role not in _SERVANTS and phrase.inner is None:
        return False
    if not mention.link:
        return False
    roles = {role for role, _ in leader_offices(mention.link)}
    if phrase.inner is not None and phrase.inner.row.role not in roles:
        return False  # "نائب الرئيس اليمني خالد بحاح": he was never president
    return bool(roles & _CHIEFS) and phrase.row.role not in roles


def _leads_another(phrase: TitlePhrase, person: MentionDraft) -> bool:
    """Whether the leaders' table knows a person as the chief of states other than the title's."""
    offices = leader_offices(person.link) if person.link else []
    owners = {owner for role, owner in offices if role in _CHIEFS}
    return phrase.state is not None and bool(owners) and phrase.state not in {o for _, o in offices}


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
    if words[-1] != "باسم" and any(w.startswith(("ال", "لل", "وال")) for w in words):
        return False
    phrase.owner = mention
    phrase.last = mention.last
    find_person(layer, phrase)
    return True


def _new_person(layer: Layer, phrase: TitlePhrase, first: int, last: int) -> None:
    """Take the words after a title as a person's name."""
    mention = make_mention(layer, first, last, 0, "PERSON", method=METHOD)
    mention.begin_phrase(phrase.first, phrase.proclitics)
    layer.add_mention(mention)
    phrase.person = mention


def second_holders(layer: Layer, phrases: list[TitlePhrase]) -> None:
    """Further names that share an office, each with its adjective or state.

    "وزير الدفاع السوداني سالم العاني والكيني جون أوتيينو", "وزراء خارجية مصر … وقطر …".
    """
    for phrase in [p for p in phrases if p.person is not None and p.person.first >= p.last]:
        last = phrase
        while (more := _next_holder(layer, last)) is not None:
            phrases.append(more)
            last = more
    phrases.sort(key=lambda p: p.first)


def _next_holder(layer: Layer, phrase: TitlePhrase) -> TitlePhrase | None:
    """The holder that و joins to the one before, with a state of the same form as that one's."""
    i = phrase.person.last if phrase.person else 0
    if i < len(layer) and layer.words[i] in "،,":
        i += 1
    if i >= len(layer) or layer.words[i][0] != "و":
        return None
    adjective = nationality_at(layer, i)
    owner = layer.mention_at.get(i)
    if adjective is not None and phrase.state is not None and layer.folds[i].startswith("وال"):
        last, state, owner = i + adjective[1], adjective[0], None
    elif owner is not None and owner.type == "STATE" and phrase.owner and phrase.owner.type == "STATE":
        last, state = owner.last, None
    else:
        return None
    while last < len(layer) and layer.folds[last] in honorifics():
        last += 1
    mention = layer.mention_at.get(last)
    if mention is not None and (mention.type != "PERSON" or mention.proclitics):
        return None
    second = TitlePhrase(
        i, last, phrase.row, 1, ("و",), state=state, owner=owner, counterpart=phrase.counterpart
    )
    if mention is None:
        end = vouched_end(layer, last, name_end(layer, last)) if can_begin_name(layer, last) else last
        if end - last < 2:
            return None
        _new_person(layer, second, last, end)
    else:
        second.person = mention
        mention.begin_phrase(i, ("و",))
    return second


def share_person(layer: Layer, phrases: list[TitlePhrase]) -> None:
    """Offices stacked before a name ("وزير الدولة عضو مجلس الوزراء فلان") are all that person's."""
    for phrase, following in reversed(list(itertools.pairwise(phrases))):
        person = following.person
        if phrase.person is None and person is not None and person.first >= following.last:
            if "و" in following.proclitics and _behind_name(layer, phrase):
                continue  # "[سالم العاني] وزير الدفاع والرئيس فلان"
            home, other = _home(phrase), _home(following)
            if home and other and home != other:
                continue
            if phrase.row.role == "head_of_state" and following.row.role in _CHIEFS - {"head_of_state"}:
                continue  # "استقبل الملك [ولي العهد فلان]"
            if (
                following.first == phrase.last
                and not following.counterpart
                and _same_holder(layer, phrase, following)
            ):
                phrase.person = person
                person.begin_phrase(phrase.first, phrase.proclitics)
                phrase.state = phrase.state or following.state
                if following.owner is None and following.body is None:
                    following.state = following.state or phrase.state


def _behind_name(layer: Layer, phrase: TitlePhrase) -> bool:
    """Whether a person's name stands right before an office."""
    mention = layer.covered.get(phrase.first - 1)
    return mention is not None and mention.type == "PERSON" and mention.kind == "name"


def _home(phrase: TitlePhrase) -> str | None:
    """Slug of the state that an office is of, by adjective or genitive."""
    owner = phrase.owner
    return phrase.state or (owner.link if owner is not None and owner.type == "STATE" else None)


def _same_holder(layer: Layer, phrase: TitlePhrase, following: TitlePhrase) -> bool:
    """Whether the next office belongs to the same person as an office whose owner is named.

    "رئيس مجلس النواب [نائب رئيس الحزب] فلان" does; the definite "الرئيس" after it is someone else.
    """
    if _accompanied(layer, phrase):
        return False
    if "و" in following.proclitics:
        women = layer.words[phrase.first].endswith("ة") and layer.words[following.first].endswith("ة")
        return phrase.owner is None or women
    if phrase.owner is None:
        return True
    rank = following.row.role in ("other_official", "ambassador") and following.state is None
    return rank or not layer.folds[following.first].startswith("ال")


def attach_preceding(layer: Layer, phrases: list[TitlePhrase]) -> None:
    """Titles after the name: "فاسيلي نيبينزيا، سفير روسيا لدى الأمم المتحدة"."""
    for n, phrase in enumerate(phrases):
        joined = phrase.proclitics == ("و",) and not layer.folds[phrase.first].startswith("وال")
        if phrase.person is not None or (phrase.skip and not joined):
            continue
        stacked = phrases[n - 1] if n else None
        if stacked is not None and stacked.person is not None and _stacked(layer, stacked, phrase):
            # "محمد … ولي العهد نائب رئيس مجلس الوزراء وزير الداخلية": one name, several offices.
            if stacked.person.last <= stacked.first:
                phrase.person = stacked.person
                phrase.state = phrase.state or (stacked.state if phrase.owner is None else None)
                phrase.person.np_last = max(phrase.person.np_last, phrase.last)
                continue
        if phrase.skip:
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
        if phrase.first - 1 == i and _is_another(layer, phrase, mention, phrases[:n]):
            continue
        phrase.person = mention
        mention.np_last = max(mention.np_last, phrase.last)


def _stacked(layer: Layer, before: TitlePhrase, phrase: TitlePhrase) -> bool:
    """Whether an office follows another of the same person: at once, or as a further appointment.

    "ولي العهد [وزير الداخلية]", "وليا للعهد وتعيينه [نائبا لرئيس مجلس الوزراء]".
    """
    if before.last == phrase.first:
        return True
    gap = [layer.folds[i] for i in range(before.last, phrase.first) if layer.words[i] not in "،,"]
    return len(gap) == 1 and gap[0] in context_words()["appointing"] and phrase.first - before.last < 4


def _is_another(layer: Layer, phrase: TitlePhrase, person: MentionDraft, before: list[TitlePhrase]) -> bool:
    """Whether a title right behind a name, without a comma, is the next noun phrase of the sentence.

    "هنأ الملك عبد الله الثاني [الرئيس التركي]": a name that has its office already takes no
    second one with the article, nor does any name take "نظيره" or the chief of another state.
    """
    if phrase.counterpart:
        return True
    if not layer.folds[phrase.first].startswith("ال") or phrase.state is None:
        return False
    if any(p.person is person and p.row.role and p.last <= person.first for p in before):
        return True
    owners = {owner for _, owner in (leader_offices(person.link) if person.link else ())}
    elsewhere = bool(owners & states().keys()) or phrase.row.role in _CHIEFS
    return elsewhere and phrase.state not in owners
