"""The credit line that closes an agency report: "كتب فلان، وحرره فلان". Used by :mod:`kg.extract.titles`."""

from __future__ import annotations

from kg.extract.persons import can_begin_name, name_end
from kg.nlp.drafts import MentionDraft
from kg.nlp.layer import Layer, make_mention
from kg.nlp.words import context_words, given_names

METHOD = "kg.titles.v1"


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
                if mention is None and can_begin_name(layer, at) and name_end(layer, at) - at >= 2:
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
