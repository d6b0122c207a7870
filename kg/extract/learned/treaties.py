"""Parties that only the network sees. Component ``kg_learned_treaties_v1``, behind the rules' treaties."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.documents import party
from kg.extract.learned.reading import Reading
from kg.extract.learned.settings import PARTY
from kg.nlp.drafts import EntityDraft
from kg.nlp.layer import Layer

METHOD = "kg.learned_treaties.v1"
_PARTIES = frozenset({"STATE", "IGO", "ARMED_GROUP", "ORG", "GOVBODY", "PERSON", "GROUP"})


def add_parties(layer: Layer, reading: Reading) -> None:
    """Give documents of which the rules know no two parties those that the network is sure of."""
    open_drafts = [d for d in layer.treaty_drafts if d.noun.concludes and len(d.parties) < 2]
    mentions = [(d, m) for d in open_drafts for m in d.entity.mentions]
    links = reading.linked("treaties", layer, [(m.first, m.last) for _, m in mentions])
    best: dict[int, dict[EntityDraft, float]] = {}
    for (draft, mention), (parties,) in zip(mentions, links, strict=True):
        known = best.setdefault(id(draft), {})
        for entity, score in parties.items():
            if entity.type in _PARTIES and score >= PARTY:
                bound = party(layer, entity)
                if score > known.get(bound, 0.0):
                    known[bound] = score
                    draft.evidence = draft.evidence or mention
    for draft in open_drafts:
        found = best.get(id(draft), {})
        if len(found) >= 2:
            draft.parties = sorted(found, key=lambda e: -found[e])


@Language.component("kg_learned_treaties_v1", assigns=["doc._.kg"])
def learned_treaties_component(doc: Doc) -> Doc:
    """spaCy component: parties."""
    add_parties(doc._.kg, doc._.reading)
    return doc
