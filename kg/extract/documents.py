"""Agreements, resolutions and declarations: where a text names them, and the parties inside their names.

Component ``kg_documents_v1``. "معاهدة شراكة بين روسيا وإيران" tells its parties itself; what
the sentences around it tell is read by :mod:`kg.extract.treaties`, after the acts.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.arabic import fold, parse_duration
from kg.data.heads import named_treaties, treaty_heads
from kg.extract.clauses import entities_of
from kg.extract.names import nationality_at
from kg.extract.phrases import np_end, proclitic_length
from kg.link.gazetteer import states
from kg.link.identity import name_tokens
from kg.nlp.drafts import EntityDraft, MentionDraft, TreatyDraft, TreatyNoun
from kg.nlp.layer import OPENING, STRAIGHT, Layer, make_mention
from kg.nlp.trie import Trie
from kg.nlp.words import context_words

METHOD = "kg.treaties.v1"
_SIGNING_REACH = 3
_CLAUSE_REACH = 7
_CONCLUDED = frozenset(map(fold, ("الموقع", "الموقعة", "المبرم", "المبرمة", "الموقعين", "المبرمين")))
"""Participles that tell of a document rather than name it."""
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
        if found is None or not (found[0].slug or layer.free(i, i + found[1])):
            i += 1
            continue
        noun, length, skip, proclitics, definite = found
        after = i + length
        if definite and not noun.slug and _is_act_of_agreeing(layer, after):
            i += 1
            continue
        end = after if noun.slug else np_end(layer, i, after, limit=9)
        end = next((j for j in range(after, end) if layer.folds[j] in _CONCLUDED), end)
        if definite and not _specified(layer, after) and any(d.noun.noun == noun.noun for d in drafts):
            end = after
        clause = _signing_clause_end(layer, after, definite) if noun.concludes and end == after else after
        if end == after == clause and not noun.slug and not definite:
            i += 1
            continue
        described = end > after or noun.slug is not None or clause > after
        known = any(d.noun.concludes and _head(d.entity.name) == _head(layer.words[i][skip:]) for d in drafts)
        own = described and not (clause > after and known)
        end = max(end, clause)
        mention = make_mention(
            layer, i, end, skip, "TREATY",
            kind="name" if own else "nominal", proclitics=proclitics, method=METHOD,
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
        i = end if noun.concludes else _inner_document(layer, after, end)
    layer.treaty_drafts = drafts


def _head(name: str) -> str:
    """The folded first word of a document's name, without the article."""
    return name_tokens(name)[0].removeprefix("ال")


def _inner_document(layer: Layer, first: int, last: int) -> int:
    """Where a treaty with a name stands inside "قرار الانسحاب من [الاتفاق النووي]"; ``last`` if none does."""
    matches = (i for i in range(first, last) if named().match(layer.words, layer.folds, i) is not None)
    return next(matches, last)


def _signing_clause_end(layer: Layer, i: int, definite: bool) -> int:
    """Token after the clause that tells a bare document apart: "الاتفاق [الذي أبرمته القوى الكبرى مع إيران]".

    ``i`` itself where no clause of signing follows.
    """
    stop = layer.sentences[layer.sentence_of[i - 1]].last
    if i >= stop or (definite and layer.folds[i] not in ("الذي", "التي")):
        return i
    signing = next((j for j in range(i, min(i + (3 if definite else 2), stop)) if signs(layer, j)), None)
    if signing is None:
        return i
    end = signing + 1
    while end < min(signing + _CLAUSE_REACH, stop) and layer.words[end][0].isalnum():
        if layer.folds[end] in context_words()["about"] or layer.in_date(end):
            break
        mention = layer.mention_at.get(end)
        end = mention.last if mention is not None else end + 1
    return end


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
        if known.noun.noun == noun.noun and noun.concludes and _tells_more(layer, known, mention):
            return known
    return None


def _tells_more(layer: Layer, known: TreatyDraft, mention: MentionDraft) -> bool:
    """Whether the headline and the lead name one document, one of them in more words than the other."""
    first = known.entity.mentions[0]
    distance = layer.sentence_of[mention.first] - layer.sentence_of[first.first]
    if first.start >= layer.title_end or distance > 1:
        return False
    ours, theirs = set(name_tokens(mention.text)), set(name_tokens(known.entity.name))
    return ours <= theirs or theirs <= ours


def _read_parties(layer: Layer, draft: TreatyDraft, mention: MentionDraft, after: int, end: int) -> None:
    """Parties named inside the mention: "بين روسيا وإيران", "الروسي الإيراني"; duration after it."""
    parties: list[EntityDraft] = []
    bodies: list[EntityDraft] = []
    named: list[EntityDraft] = []
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
            named, parties = parties, []
        if adjective and between and i - 1 in layer.covered:
            i += adjective[1]  # "بين «طيران المشرق» السعودية و…"
            continue
        if adjective:
            state = states()[adjective[0]]
            parties.append(layer.entity_of("STATE", state.slug, state.ar, state.en))
            i += adjective[1]
            continue
        if inner is not None and inner.entity is not None:
            if between and inner.also:
                parties += entities_of([inner])
            elif inner.type in _PARTIES | {"PERSON", "GROUP"} and between and layer.folds[i - 1] != "في":
                parties.append(party(layer, inner.entity))
                if inner.type == "GOVBODY" and inner.entity not in bodies:
                    bodies.append(inner.entity)
            i = max(inner.last, i + 1)
            continue
        i += 1
    parties = list(dict.fromkeys(parties))
    if len(parties) < 2:
        parties = list(dict.fromkeys((*named, *parties)))
    if len(bodies) >= 2 and len(bodies) == len(parties):
        parties = bodies  # a memorandum of two ministries binds these
    if len(parties) >= 2 and not draft.parties and not is_prospect(layer, mention):
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


def party(layer: Layer, entity: EntityDraft) -> EntityDraft:
    """Who is bound: the state that a person or body acts for, else the entity itself."""
    if entity.type == "PERSON":
        for person, _, owner, _ in layer.role_drafts:
            if person is entity and owner is not None:
                return owner.state or owner if owner.type == "GOVBODY" else owner
    if entity.type in ("GOVBODY", "GROUP") and entity.state is not None:
        return entity.state
    return entity


def signs(layer: Layer, i: int) -> bool:
    """Whether token ``i`` says that a document was concluded."""
    return layer.folds[i] in signing_words()


def is_prospect(layer: Layer, mention: MentionDraft) -> bool:
    """Whether a document is only hoped for: "دعت إلى التوصل لاتفاق", not "تم التوصل إلى اتفاق"."""
    for i in range(mention.first - 1, max(-1, mention.first - 1 - _SIGNING_REACH), -1):
        if layer.folds[i] in context_words()["reaching"]:
            before = layer.folds[max(0, i - 2) : i]
            done = any(w in context_words()["reached"] for w in before)
            return not done or any(w in ("لم", "لن", "عدم") for w in before)
    return False


@lru_cache(maxsize=1)
def signing_words() -> frozenset[str]:
    """Folded words that say that a document was concluded (الموقع, المبرم, توقيع)."""
    return context_words()["signing"]
