"""The life of treaties and events: what became of them and when, by the facts that say so.

A treaty is negotiated, signed, ratified, in force, suspended, left; an event planned, held, postponed,
cancelled. Each step is a node of the derived graph that leads to its fact, and so to the sentence; a
step that an article denies is none. Which words make which step stands in ``life_words.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.data.lexicon import trigger_lexicon
from kg.data.tables import cells, read_table
from kg.model import Act, Entity, Event, Extraction, Treaty
from kg.rdf.build import FactNode, fact_nodes
from kg.rdf.iri import Names, derived_graph, name_things
from kg.rdf.literals import date_literal
from kg.rdf.serialise import sort_key
from kg.rdf.vocabulary import DEFAULT_BASE, RDF_TYPE, dip, stage_term

_NEAR = 60
"""Characters after a trigger within which a treaty or event is what the act is about."""
_PHRASE = 8
"""Words from a trigger on that a phrase of the lexicon may span."""
_WORD = re.compile(r"\w+")
_CALLED_OFF = ("postponed", "cancelled")
_OF = {"TREATY": "treaty", "EVENT": "event"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a treaty or event.

    Attributes:
        thing: Entity id of the treaty or event.
        stage: A stage of ``life_words.csv``, or "planned".
        date: When, ISO, as precise as the text; None where it gives no hint.
        modality: "asserted", "future" or "hypothetical"; "asserted" for a plan that exists.
        item: The fact that says so.
    """

    thing: str
    stage: str
    date: str | None
    modality: str
    item: FactNode


@dataclass(frozen=True, slots=True)
class _Rule:
    """A row of the table: any of the predicates, or any of the words and the word before the name."""

    stage: str
    predicates: frozenset[str]
    words: frozenset[str]
    before: str


@cache
def _rules(of: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            row["stage"], frozenset(cells(row["predicates"])), frozenset(cells(row["words"])), row["before"]
        )
        for row in read_table("life_words")
        if row["of"] == of
    )


def steps(extraction: Extraction, names: Names) -> Iterator[Step]:
    """The steps that one article tells, in the order of its facts."""
    published = (extraction.article.date or "")[:10]
    for item in fact_nodes(extraction, names):
        match item.fact:
            case Treaty(treaty=treaty, signed=str(date)):
                yield Step(treaty, "signed", date, "future" if _later(date, published) else "asserted", item)
            case Event(event=event, date=str(date)):
                yield Step(event, "planned" if _later(date, published) else "held", date, "asserted", item)
            case Act(negated=False) as act:
                for about in _things(act, extraction):
                    stage = _stage(act, about, extraction)
                    if stage is not None:
                        yield from _steps_of_act(act, about.entity, stage, published, item)


def _steps_of_act(act: Act, thing: Entity, stage: str, published: str, item: FactNode) -> Iterator[Step]:
    later = act.modality == "asserted" and act.date is not None and _later(act.date, published)
    modality = "future" if later else act.modality
    if stage == "held" and modality == "future":
        yield Step(thing.id, "planned", act.date, "asserted", item)
    elif stage in _CALLED_OFF and later:
        # The day to come is not that of the decision.
        yield Step(thing.id, stage, None, "asserted", item)
        if stage == "postponed":
            yield Step(thing.id, "planned", act.date, "asserted", item)
    else:
        yield Step(thing.id, stage, act.date, modality, item)


def _later(date: str, published: str) -> bool:
    """Whether a date lies after another, as far as both say."""
    n = min(len(date), len(published))
    return date[:n] > published[:n]


@dataclass(frozen=True, slots=True)
class _About:
    """A treaty or event that an act is about.

    Attributes:
        entity: The treaty or event.
        aimed: Whether the act is aimed at it, and does not only have it near.
        lead: The word before its name; none where it is a target.
    """

    entity: Entity
    aimed: bool
    lead: str = ""


def _things(act: Act, extraction: Extraction) -> list[_About]:
    """What an act is about: its targets, or what is named first in its words or just after its trigger."""
    kinds = [entity for entity in extraction.entities if entity.type in _OF]
    if found := [_About(entity, aimed=True) for entity in kinds if entity.id in act.targets]:
        return found
    begin, end = act.trigger.end, min(act.trigger.end + _NEAR, act.evidence.span.end)
    if act.object is not None:
        begin, end = act.object.start, act.object.end
    near = [
        (mention.span.start, entity)
        for entity in kinds
        for mention in entity.mentions
        if begin <= mention.span.start < end
    ]
    if not near:
        return []
    place, entity = min(near, key=lambda one: one[0])
    words = extraction.article.full_text[act.trigger.end : place].split()
    aimed = act.object is not None and entity.type == "TREATY"
    return [_About(entity, aimed, words[-1] if words else "")]


def _stage(act: Act, about: _About, extraction: Extraction) -> str | None:
    words, of = _trigger_words(act, extraction), _OF[about.entity.type]
    # Who talks about a war or at a summit of others does not hold it.
    gathering = of == "treaty" or about.entity.event_type == "CONSULT"
    for rule in _rules(of):
        led = rule.before in ("", about.lead) or (about.aimed and not about.lead)
        if words & rule.words and led:
            return rule.stage
        if about.aimed and gathering and act.predicate in rule.predicates:
            return rule.stage
    return None


def _trigger_words(act: Act, extraction: Extraction) -> frozenset[str]:
    """The lexicon's words, as ids without predicate and kind, that stand where the trigger does."""
    text = extraction.article.full_text[act.trigger.start : act.evidence.span.end] or act.trigger.text
    tokens = _WORD.findall(text)[:_PHRASE]
    matches = trigger_lexicon().match(tokens, 0) if tokens else []
    return frozenset(match.entry.id.split(":")[1] for match in matches)


def life_quads(extractions: Iterable[Extraction], base: str = DEFAULT_BASE) -> list[Quad]:
    """The steps of all treaties and events.

    Returns:
        Distinct quads of ``…/graph/derived`` in a fixed order.
    """
    graph = derived_graph(base)
    found: set[Quad] = set()
    for extraction in extractions:
        names = name_things(extraction, base)
        for step in steps(extraction, names):
            thing = names.entity(step.thing)
            node = names.fact("step", thing.value, step.stage, step.date, step.item.node.value)
            pairs: list[tuple[NamedNode, NamedNode | Literal]] = [
                (RDF_TYPE, dip("LifeStep")),
                (dip("stepOf"), thing),
                (dip("stage"), stage_term(step.stage)),
                (dip("modality"), Literal(step.modality)),
                (dip("toldBy"), step.item.node),
            ]
            if step.date:
                pairs.append((dip("date"), date_literal(step.date)))
            found.update(Quad(node, predicate, value, graph) for predicate, value in pairs)
    return sorted(found, key=sort_key)
