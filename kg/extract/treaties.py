"""Agreements, resolutions, declarations, and the treaty facts about them. Component ``kg_treaties_v1``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.arabic import parse_duration
from kg.data.tables import read_table
from kg.extract.names import make_mention, nationality_at
from kg.extract.phrases import np_end
from kg.link.gazetteer import cells, states
from kg.link.identity import name_tokens
from kg.model import Evidence, Treaty
from kg.nlp.layer import EntityDraft, Layer, MentionDraft
from kg.nlp.trie import Trie

METHOD = "kg.treaties.v1"
_PARTIES = frozenset({"STATE", "IGO", "ARMED_GROUP", "ORG", "GOVBODY"})


@dataclass(frozen=True, slots=True)
class TreatyNoun:
    """A head of treaty mentions; ``concludes``: whether parties conclude such a document."""

    noun: str
    concludes: bool
    slug: str | None = None
    en: str | None = None


@dataclass(slots=True, eq=False)
class TreatyDraft:
    """A document and what its mentions say of it."""

    entity: EntityDraft
    noun: TreatyNoun
    parties: list[EntityDraft] = field(default_factory=list)
    signed: str | None = None
    duration: str | None = None
    evidence: MentionDraft | None = None
    signed_here: bool = False


@lru_cache(maxsize=1)
def treaty_nouns() -> Trie[TreatyNoun]:
    """Heads and names of treaties in all forms."""

    def rows() -> list[tuple[str, TreatyNoun]]:
        entries = []
        for row in read_table("named_treaties"):
            value = TreatyNoun(row["ar"], True, row["slug"], row["en"])
            entries += [(form, value) for form in cells(row, "ar", "variants")]
        for row in read_table("treaty_nouns"):
            value = TreatyNoun(row["noun"], row["concludes"] == "yes", en=row["en"])
            for form in cells(row, "noun", "plurals"):
                entries.append((form, value))
                if not form.startswith("ال") and " " not in form:
                    entries.append(("ال" + form, value))
        return entries

    return Trie(rows())


def find_treaties(layer: Layer) -> None:
    """Add treaty mentions and entities; a bare definite head joins the treaty named last."""
    drafts: list[TreatyDraft] = []
    i = 0
    while i < len(layer):
        found = None
        if i not in layer.covered and layer.words[i][0].isalpha():
            found = treaty_nouns().match(layer.words, layer.folds, i)
        if found is None or not layer.free(i, i + found.length):
            i += 1
            continue
        noun = found.values[0]
        after = i + found.length
        end = after if noun.slug else np_end(layer, i, after, limit=9)
        definite = layer.folds[i][found.skip :].startswith("ال") or "ل" in found.proclitics
        if end == after and not noun.slug and not definite:
            i += 1
            continue
        described = end > after or noun.slug is not None
        mention = make_mention(
            layer, i, end, found.skip, "TREATY",
            kind="name" if described else "nominal", proclitics=found.proclitics, method=METHOD,
        )  # fmt: skip
        draft = _same_treaty(drafts, noun, mention)
        if draft is None:
            if not described:
                i += 1
                continue
            entity = EntityDraft("TREATY", mention.text, noun.en if noun.slug else None, noun.slug, method=METHOD)
            layer.entities.append(entity)
            draft = TreatyDraft(entity, noun)
            drafts.append(draft)
        mention.entity = draft.entity
        draft.entity.mentions.append(mention)
        layer.treaty_mentions.append(mention)
        layer.event_at[i] = mention
        _read_parties(layer, draft, mention, after, end)
        i = after
    layer.treaty_drafts = drafts


def _same_treaty(drafts: list[TreatyDraft], noun: TreatyNoun, mention: MentionDraft) -> TreatyDraft | None:
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
        if known.noun.noun == noun.noun and len(words & theirs) / len(words | theirs) >= 0.5:
            return known
    return None


def _read_parties(layer: Layer, draft: TreatyDraft, mention: MentionDraft, after: int, end: int) -> None:
    """Parties named inside the mention: "بين روسيا وإيران", "الروسي الإيراني"; duration after it."""
    parties: list[EntityDraft] = []
    between = False
    i = after
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
            if inner.type in _PARTIES and (between or layer.folds[i - 1] == "مع"):
                parties.append(inner.entity)
            i = max(inner.last, i + 1)
            continue
        i += 1
    parties = list(dict.fromkeys(parties))
    if len(parties) >= 2 and not draft.parties:
        draft.parties, draft.evidence = parties, mention
    sentence = layer.sentences[layer.sentence_of[mention.first]]
    tail = layer.text[layer.starts[mention.first] : min(sentence.end, layer.ends[end - 1] + 40)]
    durations = parse_duration(tail)
    if durations and draft.duration is None:
        draft.duration = durations[0][2]


@Language.component("kg_treaties_v1", assigns=["doc._.kg"])
def treaties_component(doc: Doc) -> Doc:
    """spaCy component: treaties."""
    find_treaties(doc._.kg)
    return doc


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
