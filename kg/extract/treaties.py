"""Agreements, resolutions and declarations, and who concluded them, when and for how long.

Component ``kg_documents_v1`` finds the documents; ``kg_treaties_v1``, which runs after
the acts, reads their parties and dates: "بين روسيا وإيران", "وقعت الكويت مع الفلبين",
"الموقع عام 2015".
"""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.arabic import parse_duration
from kg.data.heads import named_treaties, treaty_heads
from kg.extract.attributes import act_date
from kg.extract.clauses import entities_of
from kg.extract.names import nationality_at
from kg.extract.phrases import np_end, proclitic_length
from kg.link.gazetteer import states
from kg.link.identity import name_tokens
from kg.model import Evidence, Treaty
from kg.nlp.drafts import ActDraft, EntityDraft, MentionDraft, TreatyDraft, TreatyNoun
from kg.nlp.layer import OPENING, STRAIGHT, Layer, make_mention
from kg.nlp.trie import Trie
from kg.nlp.words import context_words

METHOD = "kg.treaties.v1"
_REACH = 14
_REACH_BACK = 3
_SIGNING_REACH = 3
_PARTY_REACH = 14
_SIGNATORIES = frozenset({"STATE", "PERSON", "GOVBODY", "IGO", "ORG", "ARMED_GROUP", "GROUP"})
_PARTIES = frozenset({"STATE", "IGO", "ARMED_GROUP", "ORG", "GOVBODY"})


@lru_cache(maxsize=1)
def named() -> Trie[TreatyNoun]:
    """Treaties that have a name of their own, in all spellings."""
    return Trie(
        (form, TreatyNoun(treaty.ar, True, treaty.slug, treaty.en))
        for treaty in named_treaties()
        for form in (treaty.ar, *treaty.variants)
    )


def _document_at(layer: Layer, i: int) -> tuple[TreatyNoun, int, int, tuple[str, ...], bool] | None:
    """The document at token ``i``: head, tokens, characters to skip, proclitics, definite or not."""
    name = named().match(layer.words, layer.folds, i)
    if name is not None:
        return name.values[0], name.length, name.skip, name.proclitics, True
    found = treaty_heads().read(layer.words, i)
    if found is None:
        return None
    noun, length, reading = found
    before = layer.folds[max(0, i - _SIGNING_REACH) : i]
    if noun.needs_signing and (reading.enclitic or not any(w in signing_words() for w in before)):
        return None
    particles = tuple(p for p in reading.proclitics if p != "ال")
    head = TreatyNoun(noun.noun, noun.concludes, en=noun.en)
    return head, length, proclitic_length(reading), particles, "ال" in reading.proclitics


def find_treaties(layer: Layer) -> None:
    """Add treaty mentions and entities; a bare definite head joins the treaty named last."""
    drafts: list[TreatyDraft] = []
    i = 0
    while i < len(layer):
        found = None
        if i not in layer.covered and layer.words[i][0].isalpha():
            found = _document_at(layer, i)
        if found is None or not layer.free(i, i + found[1]):
            i += 1
            continue
        noun, length, skip, proclitics, definite = found
        after = i + length
        if definite and not noun.slug and _is_act_of_agreeing(layer, after):
            i += 1
            continue
        end = after if noun.slug else np_end(layer, i, after, limit=9)
        if definite and not _specified(layer, after) and any(d.noun.noun == noun.noun for d in drafts):
            end = after
        if end == after and not noun.slug and not definite:
            i += 1
            continue
        described = end > after or noun.slug is not None
        mention = make_mention(
            layer, i, end, skip, "TREATY",
            kind="name" if described else "nominal", proclitics=proclitics, method=METHOD,
        )  # fmt: skip
        draft = _same_treaty(layer, drafts, noun, mention, definite)
        if draft is None:
            if not described:
                i += 1
                continue
            entity = EntityDraft(
                "TREATY", mention.text, noun.en if noun.slug else None, noun.slug, method=METHOD
            )
            layer.entities.append(entity)
            draft = TreatyDraft(entity, noun)
            drafts.append(draft)
        mention.entity = draft.entity
        draft.entity.mentions.append(mention)
        layer.treaty_mentions.append(mention)
        layer.add_described(mention)
        _read_parties(layer, draft, mention, after, end)
        i = end
    layer.treaty_drafts = drafts


def _is_act_of_agreeing(layer: Layer, after: int) -> bool:
    """ "الاتفاق على …" is the act of agreeing, no document."""
    return after < len(layer) and layer.folds[after] in ("علي", "الي")


def _specified(layer: Layer, after: int) -> bool:
    """Whether a definite head is told apart by what follows: an adjective, "بين", "مع", "بشأن", a name."""
    if after >= len(layer):
        return False
    word = layer.folds[after]
    return (
        word.startswith("ال")
        or word in ("بين", "مع", "بشان", "حول")
        or layer.words[after] in OPENING | STRAIGHT
        or after in layer.mention_at
    )


def _same_treaty(
    layer: Layer, drafts: list[TreatyDraft], noun: TreatyNoun, mention: MentionDraft, definite: bool
) -> TreatyDraft | None:
    """The document that a mention names again: by its name, its words, or a definite head right after."""
    words = set(name_tokens(mention.text))
    for known in reversed(drafts):
        if noun.slug or known.noun.slug:
            if noun.slug == known.noun.slug:
                return known
            if mention.kind == "name":
                continue
        if mention.kind == "nominal" and known.noun.concludes == noun.concludes:
            return known
        theirs = set(name_tokens(known.entity.name))
        recent = layer.sentence_of[mention.first] - layer.sentence_of[known.entity.mentions[-1].first] <= 1
        if definite and recent and known.noun.noun == noun.noun and not known.noun.slug:
            return known
        if known.noun.noun == noun.noun and len(words & theirs) / len(words | theirs) >= 0.5:
            return known
    return None


def _read_parties(layer: Layer, draft: TreatyDraft, mention: MentionDraft, after: int, end: int) -> None:
    """Parties named inside the mention: "بين روسيا وإيران", "الروسي الإيراني"; duration after it."""
    parties: list[EntityDraft] = []
    bodies: list[EntityDraft] = []
    between = False
    i = after
    sentence_end = layer.sentences[layer.sentence_of[mention.first]].last
    if end < sentence_end and any(w in signing_words() for w in layer.folds[end : end + 3]):
        end = min(sentence_end, end + 9)
    while i < end:
        adjective = nationality_at(layer, i)
        inner = layer.mention_at.get(i)
        if layer.folds[i] == "بين":
            between = True
        if adjective:
            state = states()[adjective[0]]
            parties.append(layer.entity_of("STATE", state.slug, state.ar, state.en))
            i += adjective[1]
            continue
        if inner is not None and inner.entity is not None:
            if between and inner.also:
                parties += entities_of([inner])
            elif inner.type in _PARTIES | {"PERSON", "GROUP"} and between:
                parties.append(party(layer, inner.entity))
                if inner.type == "GOVBODY" and inner.entity not in bodies:
                    bodies.append(inner.entity)
            i = max(inner.last, i + 1)
            continue
        i += 1
    parties = list(dict.fromkeys(parties))
    if len(bodies) >= 2 and len(bodies) == len(parties):
        parties = bodies  # a memorandum of two ministries binds these
    if len(parties) >= 2 and not draft.parties and not _is_prospect(layer, mention):
        draft.parties, draft.evidence = parties, mention
    sentence = layer.sentences[layer.sentence_of[mention.first]]
    tail = layer.text[layer.starts[mention.first] : min(sentence.end, layer.ends[end - 1] + 40)]
    durations = parse_duration(tail)
    if durations and draft.duration is None:
        draft.duration = durations[0][2]


@Language.component("kg_documents_v1", assigns=["doc._.kg"])
def documents_component(doc: Doc) -> Doc:
    """spaCy component: documents and what their own words say of the parties."""
    find_treaties(doc._.kg)
    return doc


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
    signing = next((i for i in range(begin, min(mention.last + 5, sentence.last)) if _signs(layer, i)), None)
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


def _signs(layer: Layer, i: int) -> bool:
    return layer.folds[i] in signing_words()


def _is_prospect(layer: Layer, mention: MentionDraft) -> bool:
    """Whether a document is only hoped for: "دعت إلى التوصل لاتفاق", not "تم التوصل إلى اتفاق"."""
    for i in range(mention.first - 1, max(-1, mention.first - 1 - _SIGNING_REACH), -1):
        if layer.folds[i] in context_words()["reaching"]:
            before = layer.folds[max(0, i - 2) : i]
            done = any(w in context_words()["reached"] for w in before)
            return not done or any(w in ("لم", "لن", "عدم") for w in before)
    return False


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
    for act in layer.act_drafts:
        if act.predicate == "retreats" and draft.entity in act.targets and not act.negated:
            leaver = party(layer, act.actors[0])
            if leaver.type == "STATE" and leaver is not others[0]:
                draft.parties = [leaver, others[0]]
                draft.evidence = layer.event_at.get(act.first, draft.entity.mentions[0])
                return


def _other_party(layer: Layer, mention: MentionDraft) -> EntityDraft | None:
    """The state inside a document's name: an adjective of nationality or a state after "مع"."""
    for i in range(mention.first + 1, mention.last):
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


def party(layer: Layer, entity: EntityDraft) -> EntityDraft:
    """Who is bound: the state that a person or body acts for, else the entity itself."""
    if entity.type == "PERSON":
        for person, _, owner, _ in layer.role_drafts:
            if person is entity and owner is not None:
                return owner.state or owner if owner.type == "GOVBODY" else owner
    if entity.type in ("GOVBODY", "GROUP") and entity.state is not None:
        return entity.state
    return entity


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


@lru_cache(maxsize=1)
def signing_words() -> frozenset[str]:
    """Folded words that say that a document was concluded (الموقع, المبرم, توقيع)."""
    return context_words()["signing"]


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
