"""Close the working layer: give ids, drop what no fact needs, freeze. Component ``kg_facts_v1``."""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.arabic import fold
from kg.data.tables import read_table
from kg.extract.acts import finish_acts
from kg.extract.events import finish_events
from kg.extract.roles import finish_roles
from kg.extract.statements import finish_statements
from kg.extract.treaties import finish_treaties
from kg.model import Entity, Extraction, Mention
from kg.nlp.drafts import EntityDraft
from kg.nlp.layer import Layer

_PREFIX = {"TREATY": "T", "EVENT": "V"}
_ON_DEMAND = frozenset({"EVENT", "TREATY", "GROUP"})
_BARE = frozenset({"PERSON", "PLACE", "STATE"})
"""Types whose names mostly have no article."""
_NOUN_TABLES = ("body_nouns", "event_nouns", "group_nouns", "treaty_nouns")


def freeze(layer: Layer) -> Extraction:
    """The extraction of a layer: entities with ids in text order, and all facts."""
    needed = _needed(layer)
    counters: dict[str, int] = {}
    kept: list[EntityDraft] = []
    for entity in sorted(layer.entities, key=_first_mention):
        wanted = id(entity) in needed
        named = any(m.kind == "name" for m in entity.mentions)
        if wanted or (named and entity.type not in _ON_DEMAND):
            prefix = _PREFIX.get(entity.type, "E")
            counters[prefix] = counters.get(prefix, 0) + 1
            entity.id = f"{prefix}{counters[prefix]}"
            kept.append(entity)
    return Extraction(
        article=layer.article,
        entities=tuple(_entity(layer, e) for e in kept),
        roles=finish_roles(layer),
        acts=finish_acts(layer),
        statements=finish_statements(layer),
        treaties=finish_treaties(layer),
        events=finish_events(layer),
    )


def _first_mention(entity: EntityDraft) -> tuple[int, str, str]:
    return (min((m.start for m in entity.mentions), default=1 << 40), entity.type, entity.name)


def _needed(layer: Layer) -> set[int]:
    """Identities of the entities that facts refer to, participants of needed events included."""
    needed: set[int] = set()
    for person, _, owner, _ in layer.role_drafts:
        needed |= {id(person)} | ({id(owner)} if owner else set())
    for act in layer.act_drafts:
        needed |= {id(e) for e in (*act.actors, *act.targets, act.source, act.place) if e is not None}
    for statement in layer.statement_drafts:
        needed.add(id(statement.speaker))
        if statement.addressee:
            needed.add(id(statement.addressee))
    for treaty in layer.treaty_drafts:
        if treaty.noun.concludes and len(treaty.parties) >= 2:
            needed |= {id(treaty.entity), *map(id, treaty.parties)}
    for event in layer.event_drafts:
        if id(event.entity) in needed:
            needed |= {id(e) for e in (*event.agents, *event.patients)}
            if event.place:
                needed.add(id(event.place))
    return needed


def _entity(layer: Layer, draft: EntityDraft) -> Entity:
    mentions = sorted(draft.mentions, key=lambda m: (m.start, m.end))
    return Entity(
        id=draft.id,
        type=draft.type,  # type: ignore[arg-type]
        name=_citation(layer, draft),
        en=draft.en,
        mentions=tuple(Mention(layer.chars(m.start, m.end), m.kind) for m in mentions),
        link=draft.link,
        event_type=draft.event_type,
        confidence=draft.confidence,
        method=draft.method,
    )


def _citation(layer: Layer, draft: EntityDraft) -> str:
    """The name as it stands without a particle: "النيابة العامة" for what only "للنيابة العامة" names.

    The article's alif is not written after ل, so the form in the text begins at its second ل.
    """
    name, text = draft.name, layer.article.full_text
    if draft.link or draft.type in _BARE or not name.startswith("ل") or fold(name.split()[0]) in _l_nouns():
        return name
    joined = any(m.text == name and m.start and text[m.start - 1] == "ل" for m in draft.mentions)
    return f"ال{name[1:]}" if joined else name


@cache
def _l_nouns() -> frozenset[str]:
    """Folded nouns that begin with ل themselves ("لجنة")."""
    heads = [noun for table in _NOUN_TABLES for noun in (row["noun"] for row in read_table(table))]
    return frozenset(fold(noun) for noun in heads if noun.startswith("ل"))


@Language.component("kg_facts_v1", requires=["doc._.kg"], assigns=["doc._.extraction"])
def facts_component(doc: Doc) -> Doc:
    """spaCy component: the frozen extraction."""
    doc._.extraction = freeze(doc._.kg)
    return doc
