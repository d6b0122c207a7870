"""Read a short text with the rules and see its facts by name, in the tests of extraction and linking."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language

from kg.model import (
    ENTITY_TYPES,
    FACT_KINDS,
    MODALITIES,
    PLOVER,
    PLOVER_TYPES,
    ROLES,
    Act,
    Article,
    Entity,
    Extraction,
    Span,
    Statement,
    Treaty,
)
from kg.nlp.pipeline import annotate, load_pipeline

DATE = "2031-03-04"
"""Day of every report, a Tuesday."""
ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return load_pipeline("rules")


@dataclass(frozen=True)
class Facts:
    """An extraction with its entities called by name: the gazetteer's key, else the Arabic name."""

    extraction: Extraction

    def name(self, entity: str | None) -> str | None:
        return None if entity is None else called(self.extraction.by_id[entity])

    def names(self, entities: tuple[str, ...]) -> set[str]:
        return {called(self.extraction.by_id[i]) for i in entities}

    @property
    def types(self) -> dict[str, str]:
        return {called(e): e.type for e in self.extraction.entities}

    def entity(self, name: str) -> Entity:
        found = [e for e in self.extraction.entities if called(e) == name]
        assert len(found) == 1, f"{len(found)} entities are called {name}, of {sorted(self.types)}"
        return found[0]

    def of_type(self, *types: str) -> set[str]:
        return {name for name, kind in self.types.items() if kind in types}

    def forms(self, name: str) -> set[str]:
        """Everything that names or stands for an entity."""
        return {m.span.text for m in self.entity(name).mentions}

    @property
    def roles(self) -> set[tuple[str | None, str, str | None]]:
        return {(self.name(r.person), r.role, self.name(r.of)) for r in self.extraction.roles}

    def acts(self, predicate: str) -> list[Act]:
        return [a for a in self.extraction.acts if a.predicate == predicate]

    def act(self, predicate: str) -> Act:
        found = self.acts(predicate)
        assert len(found) == 1, f"{len(found)} acts are {predicate}, of {self.did}"
        return found[0]

    @property
    def did(self) -> list[tuple[set[str], str, set[str]]]:
        return [(self.names(a.actors), a.predicate, self.names(a.targets)) for a in self.extraction.acts]

    @property
    def said(self) -> list[tuple[str | None, str]]:
        return [(self.name(s.speaker), s.content.text) for s in self.extraction.statements]

    def statement(self) -> Statement:
        assert len(self.extraction.statements) == 1, self.said
        return self.extraction.statements[0]

    def treaty(self) -> Treaty:
        assert len(self.extraction.treaties) == 1, self.extraction.treaties
        return self.extraction.treaties[0]


Reader = Callable[..., Facts]


def called(entity: Entity) -> str:
    return entity.link or entity.name


def read(text: str, date: str | None = DATE, title: str = "", source: str | None = None) -> Facts:
    """Read one article with the rules; what holds for every extraction is checked each time."""
    article = Article(id="a", title=title, text=text, date=date, source=source)
    (extraction,) = annotate(pipeline(), [article])
    check(extraction)
    return Facts(extraction)


def check(x: Extraction) -> None:
    """Ids exist, spans are exact, values are of the model."""
    text = x.article.full_text
    for span in spans(x):
        assert text[span.start : span.end] == span.text
        assert span.text.strip()
    assert len(x.by_id) == len(x.entities), "ids are not unique"
    for e in x.entities:
        assert e.type in ENTITY_TYPES
        assert e.name
        assert (e.event_type in {*PLOVER_TYPES, "OTHER"}) if e.type == "EVENT" else e.event_type is None
    unknown = set(references(x)) - set(x.by_id)
    assert not unknown, f"facts name entities that do not exist: {sorted(unknown)}"
    for kind in FACT_KINDS:
        for fact in getattr(x, kind):
            assert 0 <= fact.confidence <= 1
            assert fact.method
            assert "\n" not in fact.evidence.span.text.strip()
    for r in x.roles:
        assert r.role in ROLES
        assert x.by_id[r.person].type == "PERSON"
    for a in x.acts:
        assert a.predicate in PLOVER
        assert a.modality in MODALITIES
        assert a.actors, "an act without an actor"
        assert a.date is None or ISO.fullmatch(a.date)
        assert inside(a.trigger, a.evidence.span)
    for t in x.treaties:
        assert x.by_id[t.treaty].type == "TREATY"
        assert t.signed is None or ISO.fullmatch(t.signed)
    for v in x.events:
        assert x.by_id[v.event].type == "EVENT"


def inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end


def spans(x: Extraction) -> Iterator[Span]:
    """Every span of an extraction."""
    for entity in x.entities:
        yield from (m.span for m in entity.mentions)
    for kind in FACT_KINDS:
        yield from (fact.evidence.span for fact in getattr(x, kind))
    for act in x.acts:
        yield act.trigger
        if act.object:
            yield act.object
    yield from (s.content for s in x.statements)


def references(x: Extraction) -> Iterator[str]:
    """Every entity id that a fact names."""
    for r in x.roles:
        yield from (i for i in (r.person, r.of) if i)
    for a in x.acts:
        yield from (*a.actors, *a.targets)
        yield from (i for i in (a.source, a.place) if i)
    for s in x.statements:
        yield from (i for i in (s.speaker, s.addressee) if i)
    for t in x.treaties:
        yield from (t.treaty, *t.parties)
    for v in x.events:
        yield from (v.event, *v.agents, *v.patients)
        yield from (i for i in (v.place,) if i)
