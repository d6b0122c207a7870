"""Unnamed actors that only the network sees. Component ``kg_learned_groups_v1``, behind the rules' groups."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.groups import attach_groups, refer_back
from kg.extract.learned.names import proclitics_of
from kg.extract.learned.reading import Reading
from kg.extract.learned.settings import ADD_GROUP
from kg.extract.learned.spans import trimmed
from kg.extract.names import nationality_at
from kg.nlp.drafts import MentionDraft
from kg.nlp.layer import Layer, make_mention

METHOD = "kg.learned_groups.v1"


def add_groups(layer: Layer, reading: Reading) -> None:
    """Add groups whose first word no other mention has; names inside them stay what they are."""
    found: list[MentionDraft] = []
    for span in reading.spans("groups", ADD_GROUP):
        whole = trimmed(layer.words, span)
        if whole is None or whole.first in layer.covered:
            continue
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


@Language.component("kg_learned_groups_v1", assigns=["doc._.kg"])
def learned_groups_component(doc: Doc) -> Doc:
    """spaCy component: unnamed actors."""
    add_groups(doc._.kg, doc._.reading)
    return doc
