"""Who concluded the documents of an article, when and for how long, from the sentences around them.

Component ``kg_treaties_v1``, which runs after the acts: "وقعت الكويت مع الفلبين", "الذي أبرمته القوى
الكبرى مع إيران", "الموقع عام 2015", "انسحاب واشنطن من الاتفاق". The documents themselves are found
by :mod:`kg.extract.documents`.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.attributes import act_date
from kg.extract.clauses import entities_of
from kg.extract.documents import is_prospect, party, signing_words, signs
from kg.extract.names import nationality_at
from kg.link.gazetteer import states
from kg.model import Evidence, Treaty
from kg.nlp.drafts import ActDraft, EntityDraft, MentionDraft, TreatyDraft
from kg.nlp.layer import Layer
from kg.nlp.trie import heads
from kg.nlp.words import context_words

METHOD = "kg.treaties.v1"
_REACH = 14
_REACH_BACK = 3
_PARTY_REACH = 14
_LEAVING_REACH = 8
_SIGNATORIES = frozenset({"STATE", "PERSON", "GOVBODY", "IGO", "ORG", "ARMED_GROUP", "GROUP"})


@Language.component("kg_treaties_v1", assigns=["doc._.kg"])
def treaties_component(doc: Doc) -> Doc:
    """spaCy component: parties and dates of the documents, from the sentences around them."""
    layer: Layer = doc._.kg
    for draft in layer.treaty_drafts:
        if not draft.noun.concludes:
            continue
        for mention in draft.entity.mentions:
            _read_signing(layer, draft, mention)
        for mention in draft.entity.mentions:
            _read_signed_clause(layer, draft, mention)
        if not draft.parties:
            _read_named_parties(layer, draft)
        if not draft.parties:
            _read_withdrawal(layer, draft)
        if draft.signed is None:
            draft.signed = _date_near(layer, draft)
    return doc


def _read_signing(layer: Layer, draft: TreatyDraft, mention: MentionDraft) -> None:
    """Parties from an act of agreeing next to the document, and its date as the signing date."""
    sentence = layer.sentence_of[mention.first]
    for act in layer.act_drafts:
        if act.predicate != "agrees" or act.negated or act.sentence.index != sentence:
            continue
        if not -_REACH_BACK <= mention.first - act.first <= _REACH:
            continue
        parties = [party(layer, e) for e in (*act.actors, *act.targets) if e.type in _SIGNATORIES]
        partner = _partner(layer, act.first, layer.sentences[sentence].last)
        if partner is not None:
            parties.append(party(layer, partner))
        parties = list(dict.fromkeys(parties))
        if len(parties) >= 2 and is_prospect(layer, mention):
            continue
        if len(parties) >= 2 and not draft.parties:
            draft.parties, draft.evidence = parties, mention
        if len(parties) >= 2 and act.modality == "asserted" and draft.signed is None:
            draft.signed = act.date


def _read_signed_clause(layer: Layer, draft: TreatyDraft, mention: MentionDraft) -> None:
    """Parties of a clause behind the document: "الذي أبرمته القوى الكبرى مع إيران", "الموقع بين … و…"."""
    if draft.parties:
        return
    sentence = layer.sentences[layer.sentence_of[mention.first]]
    begin = mention.first + 1
    signing = next((i for i in range(begin, min(mention.last + 5, sentence.last)) if signs(layer, i)), None)
    if signing is None:
        return
    parties: list[EntityDraft] = []
    with_other = False
    for i in range(signing + 1, min(signing + _PARTY_REACH, sentence.last)):
        if layer.words[i] in "،,؛(" or layer.folds[i] in context_words()["about"]:
            break
        with_other = with_other or layer.folds[i] in ("مع", "بين")
        found = layer.mention_at.get(i)
        if found is None or found.entity is None or found.type not in _SIGNATORIES:
            continue
        parties += entities_of([found]) if found.also else [party(layer, found.entity)]
    parties = list(dict.fromkeys(parties))
    if with_other and len(parties) >= 2:
        draft.parties, draft.evidence = parties, mention


def _read_named_parties(layer: Layer, draft: TreatyDraft) -> None:
    """ "توقيع اتفاقية مع طهران … الاتفاقية الروسية": each mention names one side."""
    sides = [(m, e) for m in draft.entity.mentions if (e := _other_party(layer, m)) is not None]
    parties = list(dict.fromkeys(e for _, e in sides))
    signed = next((m for m, _ in sides if _signing_before(layer, m)), None)
    if len(parties) < 2 or signed is None:
        return
    draft.parties, draft.evidence = parties[:2], signed
    sentence = layer.sentences[layer.sentence_of[signed.first]]
    draft.signed = draft.signed or act_date(layer, signed.first, sentence)
    layer.act_drafts.append(
        ActDraft(
            predicate="agrees", first=signed.first - 1, last=signed.first, skip=0,
            actors=list(draft.parties), targets=[draft.entity], sentence=sentence,
            date=draft.signed, confidence=0.6,
        )
    )  # fmt: skip


def _signing_before(layer: Layer, mention: MentionDraft) -> bool:
    """Whether the word before a document says that it was concluded ("توقيع اتفاقية")."""
    return mention.first > 0 and layer.folds[mention.first - 1] in signing_words()


def _read_withdrawal(layer: Layer, draft: TreatyDraft) -> None:
    """A state that leaves a document "مع إيران" or "الإيراني" was a party to it, as was the other."""
    others = [e for m in draft.entity.mentions if (e := _other_party(layer, m)) is not None]
    if not others:
        return
    for mention in draft.entity.mentions:
        left = _leaver(layer, mention)
        if left is not None and left is not others[0]:
            draft.parties, draft.evidence = [left, others[0]], mention
            return
    for act in layer.act_drafts:
        if act.predicate == "retreats" and draft.entity in act.targets and not act.negated:
            leaver = party(layer, act.actors[0])
            if leaver.type == "STATE" and leaver is not others[0]:
                draft.parties = [leaver, others[0]]
                draft.evidence = layer.event_at.get(act.first, draft.entity.mentions[0])
                return


def _leaver(layer: Layer, mention: MentionDraft) -> EntityDraft | None:
    """The state named next to a word of leaving before a document: "انسحاب [واشنطن] من الاتفاق"."""
    sentence = layer.sentences[layer.sentence_of[mention.first]]
    begin = sentence.first
    near = range(mention.first - 1, max(begin, mention.first - _LEAVING_REACH) - 1, -1)
    word = next((i for i in near if _is_leaving(layer, i)), None)
    if word is None:  # "الاتفاق لم يمت رغم انسحاب [واشنطن]"
        behind = range(mention.last, min(sentence.last, mention.last + _LEAVING_REACH) - 1)
        left = next((layer.mention_at.get(i + 1) for i in behind if _is_leaving(layer, i)), None)
        return left.entity if left is not None and left.type == "STATE" else None
    if word is None:
        return None
    for i in (*range(word + 1, mention.first), *range(word - 1, max(begin, word - _LEAVING_REACH) - 1, -1)):
        found = layer.mention_at.get(i)
        if found is not None and found.entity is not None and found.type in ("STATE", "PERSON", "GOVBODY"):
            state = party(layer, found.entity)
            return state if state.type == "STATE" else None
    return None


def _is_leaving(layer: Layer, i: int) -> bool:
    return any(form in context_words()["leaving"] for form, _, _ in heads(layer.words[i]))


def _other_party(layer: Layer, mention: MentionDraft) -> EntityDraft | None:
    """The state in or behind a document's name: an adjective of nationality or a state after "مع"."""
    stop = layer.sentences[layer.sentence_of[mention.first]].last
    for i in range(mention.first + 1, min(mention.last + 3, stop)):
        adjective = nationality_at(layer, i)
        if adjective:
            state = states()[adjective[0]]
            return layer.entity_of("STATE", state.slug, state.ar, state.en)
        inner = layer.mention_at.get(i)
        if inner is not None and inner.type == "STATE" and layer.folds[i - 1] == "مع":
            return inner.entity
    return None


def _partner(layer: Layer, i: int, stop: int) -> EntityDraft | None:
    """With whom: the first actor after "مع" behind token ``i``."""
    for j in range(i, min(stop, i + _REACH)):
        mention = layer.mention_at.get(j)
        if mention is not None and mention.entity is not None and mention.type in _SIGNATORIES:
            if mention.np_first and layer.folds[mention.np_first - 1] == "مع":
                return mention.entity
        if layer.folds[j] in ("معها", "معه") and j < i + 3:
            named = layer.last_entities(i, ("STATE", "PERSON", "IGO"), 1)
            return named[0] if named else None
    return None


def _date_near(layer: Layer, draft: TreatyDraft) -> str | None:
    """A date right after a mention: "الاتفاق النووي المبرم عام 2015"."""
    for mention in draft.entity.mentions:
        sentence = layer.sentences[layer.sentence_of[mention.first]]
        for found in layer.dates:
            gap = found.start - mention.end
            if found.iso and -2 - len(mention.text) <= gap <= 45 and found.end <= sentence.end:
                if any(
                    form in signing_words()
                    for form in layer.folds[mention.first : layer.token_at(found.start)]
                ):
                    return found.iso
    return None


def finish_treaties(layer: Layer) -> tuple[Treaty, ...]:
    """Treaty facts: documents that parties conclude, with at least two parties."""
    facts = []
    for draft in layer.treaty_drafts:
        if not draft.entity.id or not draft.noun.concludes or len(draft.parties) < 2:
            continue
        mention = draft.evidence or draft.entity.mentions[0]
        sentence = layer.sentences[layer.sentence_of[mention.first]]
        facts.append(
            Treaty(
                treaty=draft.entity.id,
                parties=tuple(e.id for e in draft.parties),
                evidence=Evidence(layer.sentence_span(sentence)),
                signed=draft.signed,
                duration=draft.duration,
                confidence=0.8 if draft.signed else 0.6,
                method=METHOD,
            )
        )
    return tuple(facts)
