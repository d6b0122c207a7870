"""The state of an office that its own words leave out: the person's other offices, the side listed.

"حضر من الجانب السنغالي وزير المالية فلان": the list says whose minister he is. Used by
:mod:`kg.extract.roles`.
"""

from __future__ import annotations

from kg.link.gazetteer import body_states, states
from kg.link.identity import home_state
from kg.nlp.drafts import EntityDraft, TitlePhrase
from kg.nlp.layer import Layer
from kg.nlp.trie import heads
from kg.nlp.words import context_words

_AHEAD = 6
_LIST = 3


def other_office(layer: Layer, person: EntityDraft) -> EntityDraft | None:
    """The state that another office of a person names, itself or as the home of a body."""
    for phrase in layer.titles:
        if phrase.person is None or phrase.person.entity is not person:
            continue
        owner = phrase.owner.entity if phrase.owner is not None else None
        slug = phrase.state or (owner.link if owner is not None and owner.type == "STATE" else None)
        if slug in states() and slug is not None:
            return layer.entity_of("STATE", slug, states()[slug].ar, states()[slug].en)
        if owner is not None and owner.state is not None:
            return owner.state
        home = body_states().get(owner.link or "") if owner is not None else None
        if home in states() and home is not None:
            return layer.entity_of("STATE", home, states()[home].ar, states()[home].en)
    return None


def side_state(layer: Layer, phrase: TitlePhrase) -> EntityDraft | None:
    """The state of the side or delegation whose members the sentence lists.

    It stands in an adjective ("الجانب السنغالي") or is that of the person whom the delegation
    accompanies ("الوفد المرافق لولي العهد").
    """
    sentence = layer.sentences[layer.sentence_of[phrase.first]]
    for i in range(phrase.first - 1, sentence.first - 1, -1):
        if not any(form in context_words()["side"] for form, _, _ in heads(layer.words[i])):
            continue
        covering = layer.covered.get(i)
        if covering is not None and covering.type == "STATE":
            return covering.entity
        for j in range(i + 1, min(i + _AHEAD, phrase.first)):
            mention = layer.mention_at.get(j)
            if mention is None or mention.entity is None:
                continue
            if mention.type == "PERSON":
                return home_state(layer, mention.entity) or _leader_state(layer, sentence.first, i)
            return mention.entity if mention.type == "STATE" else mention.entity.state
        return _leader_state(layer, sentence.first, i)
    return None


def _leader_state(layer: Layer, first: int, last: int) -> EntityDraft | None:
    """The state of who is named before a delegation: "يزور [ولي العهد السعودي] مصر على رأس وفد يضم …"."""
    for i in range(first, last):
        mention = layer.mention_at.get(i)
        if mention is not None and mention.type in ("PERSON", "GROUP"):
            if mention.kind == "nominal" and mention.state in states() and mention.state is not None:
                state = states()[mention.state]
                return layer.entity_of("STATE", state.slug, state.ar, state.en)
            return home_state(layer, mention.entity) if mention.entity is not None else None
    return None


def shared_state(layer: Layer, phrase: TitlePhrase) -> EntityDraft | None:
    """The state of the others in a list of office-holders, where two at least have one and none has another.

    "كان في استقباله رئيس الديوان الملكي الهاشمي فلان ووزير الخارجية الأردني فلان ومستشار الملك فلان".
    """
    stated: dict[int, set[int]] = {}
    found: EntityDraft | None = None
    for other in layer.titles:
        person = other.person.entity if other.person is not None else None
        same = layer.sentence_of[other.first] == layer.sentence_of[phrase.first]
        if person is None or not same or other.person is phrase.person:
            continue
        state = home_state(layer, person) or other_office(layer, person)
        if state is not None:
            stated.setdefault(id(state), set()).add(id(person))
            found = state
    return found if len(stated) == 1 and len(next(iter(stated.values()))) > 1 else None


def list_state(layer: Layer, phrase: TitlePhrase) -> EntityDraft | None:
    """The state of the office-holder before this one in a list of at least three.

    "حضر المباحثات ولي العهد السعودي فلان ووزير الداخلية فلان ووزير المالية فلان".
    """
    here = [
        p
        for p in layer.titles
        if p.person is not None and layer.sentence_of[p.first] == layer.sentence_of[phrase.first]
    ]
    if len({id(p.person) for p in here}) < _LIST:
        return None
    for before in reversed([p for p in here if p.first < phrase.first]):
        if before.person is not None and before.person.entity is not None:
            state = home_state(layer, before.person.entity) or other_office(layer, before.person.entity)
            if state is not None:
                return state
    return None
