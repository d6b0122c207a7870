"""Title phrases: who holds which office, and nominals that stand for a person.

Component ``kg_titles_v1``. A title phrase is an office of the title table with what
it is an office of ("الروسي", "الكرملين", "للأمم المتحدة"), markers ("السابق"), honorifics
and the person's name before or after it. A name that no table knows is taken over
here, since a title vouches for it.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.counterparts import inherit_offices
from kg.extract.credits import find_credits
from kg.extract.holders import attach_preceding, find_person, second_holders, share_person
from kg.extract.offices import phrase_at
from kg.link.gazetteer import titles
from kg.nlp.drafts import MentionDraft, TitlePhrase
from kg.nlp.layer import Layer, make_mention

METHOD = "kg.titles.v1"
_CHIEFS = frozenset({"head_of_state", "head_of_government", "crown_prince"})


def find_titles(layer: Layer) -> list[TitlePhrase]:
    """All title phrases, in text order; adds person mentions and nominals to the layer."""
    phrases: list[TitlePhrase] = []
    k = 0
    while k < len(layer.lex):
        i = layer.lex[k]
        covering = layer.covered.get(i)
        if covering is not None and (phrase := _inside_name(layer, covering, i)) is not None:
            phrases.append(phrase)
            k += 1
            continue
        if (covering is not None and covering.type != "PERSON") or not layer.words[i][0].isalpha():
            k += 1
            continue
        phrase = phrase_at(layer, k) if covering is None else None
        if phrase is None:
            k += 1
            continue
        find_person(layer, phrase)
        phrases.append(phrase)
        if phrase.inner is not None and phrase.inner.person is not None:
            phrases.append(phrase.inner)
        end = phrase.person.last if phrase.person and phrase.person.first >= phrase.last else phrase.last
        while k < len(layer.lex) and layer.lex[k] < end:
            k += 1
    second_holders(layer, phrases)
    share_person(layer, phrases)
    attach_preceding(layer, phrases)
    inherit_offices(layer, phrases)
    for phrase in phrases:
        _mark_nominal(layer, phrase)
    return phrases


def _inside_name(layer: Layer, mention: MentionDraft, i: int) -> TitlePhrase | None:
    """The office with which a name of the tables begins: "[الملك] محمد السادس"."""
    if mention.type != "PERSON" or not mention.link or mention.first != i:
        return None
    office = titles().match(layer.words, layer.folds, i)
    if office is None or i + office.length >= mention.last or office.values[0].role not in _CHIEFS:
        return None
    row = office.values[0]
    return TitlePhrase(i, i + office.length, row, office.skip, office.proclitics, person=mention)


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
