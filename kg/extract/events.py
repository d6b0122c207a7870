"""Described events: "الهجمات الأمريكية على إيران", "قمة هلسنكي". Component ``kg_events_v1``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.data.heads import event_heads
from kg.extract.names import nationality_at
from kg.extract.phrases import is_preposition, np_end, proclitic_length
from kg.link.gazetteer import states
from kg.link.identity import name_tokens
from kg.model import Event, Evidence
from kg.nlp.drafts import EntityDraft, EventDraft, MentionDraft
from kg.nlp.layer import Layer, make_mention

METHOD = "kg.events.v1"
_AGAINST = frozenset({"على", "ضد", "في", "ب", "ل", "لـ"})
_ACTORS = frozenset({"STATE", "PERSON", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "GROUP"})


def find_events(layer: Layer) -> None:
    """Add event mentions and entities; a bare definite head joins the event of its noun."""
    drafts: list[EventDraft] = []
    i = 0
    while i < len(layer):
        found = None
        inside = layer.event_covered.get(i)
        nested = inside is not None and (inside.type == "TREATY" or not is_preposition(layer.folds[i - 1]))
        if i not in layer.covered and not nested and layer.words[i][0].isalpha():
            found = event_heads().read(layer.words, i)
        if found is None or not layer.free(i, i + found[1]):
            i += 1
            continue
        value, length, reading = found
        after = i + length
        end = np_end(layer, i, after, strict=True)
        definite = "ال" in reading.proclitics
        draft = EventDraft(EntityDraft("EVENT", ""), value.noun)
        _read_participants(layer, draft, after, end)
        described = end > after
        if not described and not definite:
            i += 1
            continue
        mention = make_mention(
            layer, i, end, proclitic_length(reading), "EVENT",
            kind="name" if described else "nominal",
            proclitics=tuple(p for p in reading.proclitics if p != "ال"), method=METHOD,
        )  # fmt: skip
        known = _same_event(drafts, draft, mention)
        if known is None and not described:
            i += 1
            continue
        if known is None:
            draft.entity = EntityDraft(
                "EVENT", mention.text, event_type=value.event_type, method=METHOD, confidence=0.7
            )
            layer.entities.append(draft.entity)
            drafts.append(draft)
            known = draft
        else:
            known.agents += [a for a in draft.agents if a not in known.agents]
            known.patients += [p for p in draft.patients if p not in known.patients]
            known.place = known.place or draft.place
        mention.entity = known.entity
        known.entity.mentions.append(mention)
        layer.event_mentions.append(mention)
        layer.add_described(mention)
        i = after
    layer.event_drafts = drafts


def _read_participants(layer: Layer, draft: EventDraft, i: int, end: int) -> None:
    """Agents and patients from adjectives of nationality, genitives and prepositional phrases."""
    against = False
    while i < end:
        adjective = nationality_at(layer, i)
        mention = layer.mention_at.get(i)
        if adjective:
            slug, length = adjective
            state = states()[slug]
            entity = layer.entity_of("STATE", state.slug, state.ar, state.en)
            (draft.patients if against else draft.agents).append(entity)
            i += length
            continue
        if mention is not None and mention.entity is not None:
            hostile = against or any(p in _AGAINST for p in mention.proclitics)
            if mention.type == "PLACE":
                draft.place = draft.place or mention.entity
            elif mention.type in _ACTORS:
                (draft.patients if hostile else draft.agents).append(mention.entity)
            i = max(mention.last, i + 1)
            continue
        if layer.folds[i] in ("علي", "ضد"):
            against = True
        i += 1


def _same_event(drafts: list[EventDraft], draft: EventDraft, mention: MentionDraft) -> EventDraft | None:
    """The latest event with the same head and no contradicting participants."""
    words = set(name_tokens(mention.text))
    for known in reversed(drafts):
        if known.noun != draft.noun:
            continue
        if mention.kind == "nominal":
            return known
        agree_agents = (
            not draft.agents or not known.agents or set(map(id, draft.agents)) & set(map(id, known.agents))
        )
        agree_patients = (
            not draft.patients or not known.patients
            or set(map(id, draft.patients)) & set(map(id, known.patients))
        )  # fmt: skip
        agree_place = draft.place is None or known.place is None or draft.place is known.place
        shared = bool(draft.agents and known.agents) or bool(draft.patients and known.patients)
        overlap = len(words & set(name_tokens(known.entity.name))) >= 2
        if agree_agents and agree_patients and agree_place and (shared or overlap):
            return known
    return None


@Language.component("kg_events_v1", assigns=["doc._.kg"])
def events_component(doc: Doc) -> Doc:
    """spaCy component: events."""
    find_events(doc._.kg)
    return doc


def finish_events(layer: Layer) -> tuple[Event, ...]:
    """Event facts for the events that are kept, with final entity ids."""
    events = []
    for draft in layer.event_drafts:
        if not draft.entity.id:
            continue
        first = draft.entity.mentions[0]
        sentence = layer.sentences[layer.sentence_of[first.first]]
        events.append(
            Event(
                event=draft.entity.id,
                event_type=draft.entity.event_type or "OTHER",
                evidence=Evidence(layer.sentence_span(sentence)),
                agents=tuple(e.id for e in draft.agents if e.id),
                patients=tuple(e.id for e in draft.patients if e.id),
                place=draft.place.id if draft.place and draft.place.id else None,
                date=draft.date,
                confidence=draft.entity.confidence,
                method=METHOD,
            )
        )
    return tuple(events)
