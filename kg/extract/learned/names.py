"""Named mentions as rules and network see them together. Component ``kg_learned_names_v1``.

It runs after the rules' names and before titles and identity: what the network is sure of is added
or given another type.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.learned.labels import NAMED
from kg.extract.learned.reading import Reading
from kg.extract.learned.settings import ADD_NAME, LONE_NAME, RETYPE_NAME
from kg.extract.learned.spans import Found, trimmed
from kg.extract.owners import body_nouns
from kg.link.gazetteer import names, states
from kg.nlp.drafts import MentionDraft
from kg.nlp.layer import Layer, make_mention
from kg.nlp.trie import heads
from kg.nlp.words import context_words, given_names

METHOD = "kg.learned_names.v1"
_PLACES = frozenset({"STATE", "PLACE"})
_BODIES = frozenset({"GOVBODY", "IGO", "ORG", "MEDIA"})


def revise_names(layer: Layer, reading: Reading) -> None:
    """Add and retype mentions of a layer that has only names so far."""
    tags = reading.tags("names")
    for mention in layer.mentions:
        inside = tags[mention.first : mention.last]
        by_type = inside[:, 1:].reshape(len(inside), -1, 2).sum(2).mean(0)
        best = int(by_type.argmax())
        person = "PERSON" in (mention.type, NAMED[best])  # "إدارة ترامب" is a state, its last word a person
        place = mention.link is not None and mention.type in _PLACES and NAMED[best] not in _PLACES
        if by_type[best] > RETYPE_NAME and NAMED[best] != mention.type and not (person or place):
            mention.type = NAMED[best]
            _link(mention)
    # What titles and short forms will find anyway is left to them: their borders are better.
    held = {i for m in reading.rules.mentions if m.kind == "name" for i in range(m.first, m.last)}
    held |= {i for phrase in reading.rules.titles for i in range(phrase.first, phrase.last)}
    for span in reading.spans("names", ADD_NAME):
        whole = trimmed(layer.words, span)
        if whole is None or held & set(range(whole.first, whole.last)):
            continue
        lone = whole.last == whole.first + 1 and layer.folds.count(layer.folds[whole.first]) == 1
        if whole.label != "PERSON" or not lone or whole.sure >= LONE_NAME:
            _add(layer, whole)


def _add(layer: Layer, span: Found) -> None:
    """Add a span unless a longer known mention holds it; shorter ones of its own give way."""
    held = {id(m): m for i in range(span.first, span.last) if (m := layer.covered.get(i)) is not None}
    for mention in held.values():
        if mention.first < span.first or mention.last > span.last:
            return
        if mention.last - mention.first == span.last - span.first or mention.type != span.label:
            return
    skip, proclitics = proclitics_of(layer.words[span.first], span.label)
    mention = make_mention(
        layer, span.first, span.last, skip, span.label, proclitics=proclitics, method=METHOD
    )
    _link(mention)
    if mention.link is None and mention.type == "STATE":
        return  # the table has all states: another wording would be a second entity of one of them
    for shorter in held.values():
        layer.drop_mention(shorter)
    layer.add_mention(mention)


def proclitics_of(word: str, label: str) -> tuple[int, tuple[str, ...]]:
    """Characters and particles before a name that no table knows.

    Only where the article ("وال…", "لل…") shows that they are particles, or a table knows what is left
    ("وأحمد", "لوكالة").
    """
    for form, skip, proclitics in heads(word):
        if not skip:
            continue
        known = any(entry.type == label for entry in names().get(word[skip:]))
        known |= label == "PERSON" and proclitics == ("و",) and given_names().get(form) is False
        known |= label in _BODIES and (form in body_nouns() or form in context_words()["media_head"])
        if known or (proclitics and form.startswith("ال") and word[skip:].startswith("ال")):
            return skip, proclitics
    return 0, ()


def _link(mention: MentionDraft) -> None:
    """Link a mention to the only table row of its type and name, if there is one; a capital to its state."""
    mention.link, mention.en, mention.name, mention.state = None, None, "", None
    entries = {e.slug: e for e in names().get(mention.text) if e.type == mention.type}
    if mention.type == "STATE" and not entries:
        capitals = {
            e.state: states()[e.state] for e in names().get(mention.text) if e.acts_for_state and e.state
        }
        entries = {slug: state for slug, state in capitals.items() if slug}
    if len(entries) == 1:
        entry = next(iter(entries.values()))
        mention.link, mention.en, mention.name, mention.state = entry.slug, entry.en, entry.ar, entry.state


@Language.component("kg_learned_names_v1", assigns=["doc._.kg"])
def learned_names_component(doc: Doc) -> Doc:
    """spaCy component: names."""
    revise_names(doc._.kg, doc._.reading)
    return doc
