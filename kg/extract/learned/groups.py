"""Unnamed actors that only the network sees. Component ``kg_learned_groups_v1``, behind the rules' groups."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.groups import attach_groups, refer_back
from kg.extract.learned.names import proclitics_of
from kg.extract.learned.reading import Reading
from kg.extract.learned.settings import ADD_GROUP
from kg.extract.learned.spans import Found, trimmed
from kg.extract.names import nationality_at
from kg.nlp.drafts import MentionDraft
from kg.nlp.layer import Layer, make_mention

METHOD = "kg.learned_groups.v1"


def add_groups(layer: Layer, reading: Reading) -> None:
    """Add groups whose first word no other mention has; names inside them stay what they are.

    Groups of the rules give way that such a group holds: they are its head or a part of it.
    """
    found: list[MentionDraft] = []
    for span in reading.spans("groups", ADD_GROUP):
        whole = trimmed(layer.words, span)
        if whole is None:
            continue
        parts = _parts(layer, whole)
        first = layer.covered.get(whole.first)
        if first is not None and first not in parts:
            continue
        for part in parts:
            _take_back(layer, part)
        skip, proclitics = proclitics_of(layer.words[whole.first], "GROUP")
        mention = make_mention(
            layer, whole.first, whole.last, skip, "GROUP", proclitics=proclitics, method=METHOD
        )
        adjectives = (nationality_at(layer, i) for i in range(whole.first, whole.last))
        mention.state = next((a[0] for a in adjectives if a), None)
        inner = {i: m for i in range(whole.first, whole.last) if (m := layer.covered.get(i)) is not None}
        layer.add_mention(mention)
        layer.covered.update(inner)
        found.append(mention)
    attach_groups(layer, found, METHOD)
    refer_back(layer)


def _parts(layer: Layer, whole: Found) -> list[MentionDraft]:
    """Mentions of shorter groups that lie in a span."""
    inside = {id(m): m for i in range(whole.first, whole.last) if (m := layer.covered.get(i)) is not None}
    return [
        m
        for m in inside.values()
        if m.type == "GROUP"
        and whole.first <= m.first
        and m.last <= whole.last
        and m.last - m.first < whole.last - whole.first
    ]


def _take_back(layer: Layer, mention: MentionDraft) -> None:
    """Drop the mention of a group, and its entity where that was the only one."""
    layer.drop_mention(mention)
    if mention.entity is None:
        return
    mention.entity.mentions = [m for m in mention.entity.mentions if m is not mention]
    if not mention.entity.mentions:
        layer.entities.remove(mention.entity)


@Language.component("kg_learned_groups_v1", assigns=["doc._.kg"])
def learned_groups_component(doc: Doc) -> Doc:
    """spaCy component: unnamed actors."""
    add_groups(doc._.kg, doc._.reading)
    return doc
