"""The JSON form of facts: what annotators write, ``kg extract`` prints and ``kg evaluate`` reads.

One object an article: ``id, lang, source, date, title, text, entities, facts``. Strings are exact
substrings of ``title + "\\n" + text``; entities carry distinct surface forms, not occurrences.
:func:`to_gold` writes it from an :class:`~kg.model.Extraction`, :func:`from_gold` reads it back and
finds the offsets again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, cast, get_args

from kg.errors import InputError
from kg.model import (
    ENTITY_TYPES,
    PLOVER,
    PLOVER_TYPES,
    ROLES,
    Act,
    Article,
    Entity,
    EntityType,
    Event,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Role,
    Span,
    Statement,
    Treaty,
)

_COPY = "copy the words letter by letter from the title or the text"
_PROCLITICS = re.compile(r"(?<!\w)[وف]?[بلك]?$")
"""Letters that Arabic writes onto the next word; a name after them still begins at a word border."""


def to_gold(extraction: Extraction) -> dict[str, Any]:
    """Write an extraction in the annotation schema.

    Returns:
        A JSON-ready dict. Facts stand in the order roles, acts, statements, treaties, each in text
        order and with its ``confidence`` (three decimals), which annotations do not have. What is
        known of events stands on the EVENT entities (``agents, patients, place, date``).
    """
    article = extraction.article
    return {
        "id": article.id,
        "lang": article.lang,
        "source": article.source,
        "date": article.date,
        "title": article.title,
        "text": article.text,
        "entities": [_entity_out(e, extraction.events) for e in extraction.entities],
        "facts": [
            *map(_role_out, extraction.roles),
            *map(_act_out, extraction.acts),
            *map(_statement_out, extraction.statements),
            *map(_treaty_out, extraction.treaties),
        ],
    }


def _entity_out(entity: Entity, events: tuple[Event, ...]) -> dict[str, Any]:
    out: dict[str, Any] = {"id": entity.id, "type": entity.type}
    if entity.type == "EVENT":
        out["event_type"] = entity.event_type or "OTHER"
    out |= {
        "name": entity.name,
        "en": entity.en,
        "mentions": list(entity.surfaces("name")),
        "nominals": list(entity.surfaces("nominal")),
    }
    if entity.type == "EVENT":
        known = [e for e in events if e.event == entity.id]
        out["agents"] = list(dict.fromkeys(a for e in known for a in e.agents))
        out["patients"] = list(dict.fromkeys(p for e in known for p in e.patients))
        out["place"] = next((e.place for e in known if e.place), None)
        out["date"] = next((e.date for e in known if e.date), None)
    return out


def _role_out(role: Role) -> dict[str, Any]:
    return {
        "kind": "role",
        "person": role.person,
        "role": role.role,
        "of": role.of,
        "title": role.title or None,
        "former": role.former,
        "evidence": role.evidence.span.text,
        "confidence": round(role.confidence, 3),
    }


def _act_out(act: Act) -> dict[str, Any]:
    return {
        "kind": "act",
        "predicate": act.predicate,
        "trigger": act.trigger.text,
        "actors": list(act.actors),
        "targets": list(act.targets),
        "object": act.object.text if act.object else None,
        "negated": act.negated,
        "modality": act.modality,
        "source": act.source,
        "date": act.date,
        "evidence": act.evidence.span.text,
        "confidence": round(act.confidence, 3),
    }


def _statement_out(statement: Statement) -> dict[str, Any]:
    return {
        "kind": "statement",
        "speaker": statement.speaker,
        "addressee": statement.addressee,
        "content": statement.content.text,
        "direct": statement.direct,
        "evidence": statement.evidence.span.text,
        "confidence": round(statement.confidence, 3),
    }


def _treaty_out(treaty: Treaty) -> dict[str, Any]:
    return {
        "kind": "treaty",
        "treaty": treaty.treaty,
        "parties": list(treaty.parties),
        "signed": treaty.signed,
        "duration": treaty.duration,
        "evidence": treaty.evidence.span.text,
        "confidence": round(treaty.confidence, 3),
    }


def from_gold(data: Mapping[str, Any], where: str = "") -> Extraction:
    """Read one annotated article and find the offsets of everything in it.

    Args:
        data: An object of the annotation schema; unknown keys are ignored.
        where: File (and line) it came from, for messages.

    Returns:
        The extraction. Mentions are all occurrences of the annotated forms that begin and end at a
        word border (a proclitic may stand before), without those inside a longer form of the same
        entity; an evidence string is its first occurrence, and triggers, objects, titles and
        contents are looked for inside their evidence first. Events take as evidence the shortest
        one of a fact around their first mention, or the mention.

    Raises:
        InputError: The object lacks a key, names an unknown id, type, role or predicate, or holds a
            string that is not in the article. The message names the file, the article and the fact.
    """
    return _Reader(data, where).extraction()


class _Reader:
    """Reads one object; holds the text, the known ids and the name of the input for messages."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        if not isinstance(data, Mapping) or not isinstance(data.get("id"), str):
            raise InputError(f"{where or 'annotation'}: not an annotated article (no id)", "see GUIDELINES")
        self.data = data
        self.where = f"{where}: article {data['id']}" if where else f"article {data['id']}"
        self.article = Article(
            id=data["id"],
            title=data.get("title") or "",
            text=data.get("text") or "",
            lang=data.get("lang") or "ar",
            source=data.get("source"),
            date=data.get("date"),
            path=where,
        )
        self.text = self.article.full_text
        self.ids = {e.get("id") for e in self._list(data, "entities", self.where)}

    def extraction(self) -> Extraction:
        entities = self._list(self.data, "entities", self.where)
        facts = [
            (f"{self.where}: fact {i} ({f.get('kind')})", f)
            for i, f in enumerate(self._list(self.data, "facts", self.where))
        ]
        for at, fact in facts:
            if fact.get("kind") not in ("role", "act", "statement", "treaty"):
                raise InputError(f"{at}: unknown kind of fact", "use role, act, statement or treaty")
        of_kind = {
            kind: [(at, fact, self._evidence(fact, at)) for at, fact in facts if fact["kind"] == kind]
            for kind in ("role", "act", "statement", "treaty")
        }
        evidences = [evidence for rows in of_kind.values() for _, _, evidence in rows]
        read = tuple(self._entity(e) for e in entities)
        events = (self._event(e, r, evidences) for e, r in zip(entities, read, strict=True))
        return Extraction(
            article=self.article,
            entities=read,
            roles=tuple(self._role(f, at, ev) for at, f, ev in of_kind["role"]),
            acts=tuple(self._act(f, at, ev) for at, f, ev in of_kind["act"]),
            statements=tuple(self._statement(f, at, ev) for at, f, ev in of_kind["statement"]),
            treaties=tuple(self._treaty(f, at, ev) for at, f, ev in of_kind["treaty"]),
            events=tuple(e for e in events if e is not None),
        )

    def _entity(self, e: Mapping[str, Any]) -> Entity:
        at = f"{self.where}: entity {e.get('id')}"
        kind = self._one_of(e, "type", ENTITY_TYPES, at)
        event_type = None
        if kind == "EVENT":
            event_type = self._one_of(e, "event_type", (*PLOVER_TYPES, "OTHER"), at)
        return Entity(
            id=self._string(e, "id", at),
            type=cast(EntityType, kind),
            name=self._string(e, "name", at),
            en=e.get("en"),
            mentions=tuple(sorted(self._mentions(e, at), key=lambda m: (m.span.start, -m.span.end, m.kind))),
            event_type=event_type,
            method="annotation",
        )

    def _mentions(self, e: Mapping[str, Any], at: str) -> Iterator[Mention]:
        names = dict.fromkeys(e.get("mentions") or [])
        nominals = dict.fromkeys(e.get("nominals") or [])
        taken: list[tuple[int, int]] = []
        for form in sorted({*names, *nominals}, key=lambda f: (-len(f), f)):
            found = list(self._occurrences(form))
            if not found:
                raise InputError(f"{at}: mention is not in the article: {form!r}", _COPY)
            free = [s for s in found if not any(a <= s.start and s.end <= b for a, b in taken)] or found[:1]
            taken += [(s.start, s.end) for s in free]
            kinds: tuple[tuple[Literal["name", "nominal"], bool], ...]
            kinds = (("name", form in names), ("nominal", form in nominals))
            yield from (Mention(span, kind) for span in free for kind, holds in kinds if holds)

    def _occurrences(self, form: str) -> Iterator[Span]:
        """Occurrences at word borders; where there is none, all occurrences."""
        starts = [m.start() for m in re.finditer(f"(?={re.escape(form)})", self.text)] if form else []
        whole = [s for s in starts if self._is_word(s, s + len(form))]
        yield from (Span(s, s + len(form), form) for s in whole or starts)

    def _is_word(self, start: int, end: int) -> bool:
        if end < len(self.text) and self.text[end].isalnum():
            return False
        before = self.text[max(0, start - 3) : start]
        return not before or not before[-1].isalnum() or bool(_PROCLITICS.search(before))

    def _find(self, fact: Mapping[str, Any], key: str, at: str, inside: Span) -> Span | None:
        """The span of a fact's string: a whole word inside the evidence, if there is one."""
        form = fact.get(key)
        if not form:
            return None
        found = list(self._occurrences(self._string(fact, key, at)))
        if not found:
            raise InputError(f"{at}: {key} is not in the article: {form!r}", _COPY)
        within = [s for s in found if inside.start <= s.start and s.end <= inside.end]
        if not within and form in inside.text:
            start = inside.start + inside.text.index(form)
            return Span(start, start + len(form), form)
        return (within or found)[0]

    def _evidence(self, fact: Mapping[str, Any], at: str) -> Evidence:
        text = self._string(fact, "evidence", at)
        start = self.text.find(text)
        if start < 0:
            raise InputError(f"{at}: evidence is not in the article: {text!r}", _COPY)
        return Evidence(Span(start, start + len(text), text))

    def _role(self, f: Mapping[str, Any], at: str, evidence: Evidence) -> Role:
        self._find(f, "title", at, evidence.span)
        return Role(
            person=self._id(f, "person", at),
            role=self._one_of(f, "role", ROLES, at),
            of=self._maybe_id(f, "of", at),
            title=f.get("title") or "",
            evidence=evidence,
            former=bool(f.get("former")),
            confidence=_confidence(f),
            method="annotation",
        )

    def _act(self, f: Mapping[str, Any], at: str, evidence: Evidence) -> Act:
        trigger = self._find(f, "trigger", at, evidence.span)
        if trigger is None:
            raise InputError(f"{at}: no trigger", "name the words of the evidence that express the act")
        modality = f.get("modality") or "asserted"
        if modality not in get_args(Modality):
            raise InputError(f"{at}: unknown modality {modality!r}", "use asserted, future or hypothetical")
        return Act(
            predicate=self._one_of(f, "predicate", tuple(PLOVER), at),
            trigger=trigger,
            actors=self._ids(f, "actors", at),
            targets=self._ids(f, "targets", at),
            evidence=evidence,
            object=self._find(f, "object", at, evidence.span),
            negated=bool(f.get("negated")),
            modality=cast(Modality, modality),
            source=self._maybe_id(f, "source", at),
            date=f.get("date"),
            confidence=_confidence(f),
            method="annotation",
        )

    def _statement(self, f: Mapping[str, Any], at: str, evidence: Evidence) -> Statement:
        content = self._find(f, "content", at, evidence.span)
        if content is None:
            raise InputError(f"{at}: no content", "name the words that are said")
        return Statement(
            speaker=self._id(f, "speaker", at),
            content=content,
            evidence=evidence,
            addressee=self._maybe_id(f, "addressee", at),
            direct=bool(f.get("direct")),
            confidence=_confidence(f),
            method="annotation",
        )

    def _treaty(self, f: Mapping[str, Any], at: str, evidence: Evidence) -> Treaty:
        return Treaty(
            treaty=self._id(f, "treaty", at),
            parties=self._ids(f, "parties", at),
            evidence=evidence,
            signed=f.get("signed"),
            duration=f.get("duration"),
            confidence=_confidence(f),
            method="annotation",
        )

    def _event(self, e: Mapping[str, Any], entity: Entity, evidences: list[Evidence]) -> Event | None:
        """What an EVENT entity's own keys say; None for other types and events that the text never names."""
        if entity.type != "EVENT" or not entity.mentions:
            return None
        at = f"{self.where}: entity {entity.id}"
        first = entity.mentions[0].span
        around = [x for x in evidences if x.span.start <= first.start and first.end <= x.span.end]
        return Event(
            event=entity.id,
            event_type=entity.event_type or "OTHER",
            evidence=min(
                around, key=lambda x: (x.span.end - x.span.start, x.span.start), default=Evidence(first)
            ),
            agents=self._ids(e, "agents", at),
            patients=self._ids(e, "patients", at),
            place=self._maybe_id(e, "place", at),
            date=e.get("date"),
            method="annotation",
        )

    @staticmethod
    def _list(data: Mapping[str, Any], key: str, at: str) -> list[Mapping[str, Any]]:
        value = data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(x, Mapping) for x in value):
            raise InputError(f"{at}: {key} is not a list of objects", "see GUIDELINES")
        return value

    @staticmethod
    def _string(data: Mapping[str, Any], key: str, at: str) -> str:
        value = data.get(key)
        if not isinstance(value, str) or not value:
            raise InputError(f"{at}: {key} is missing", "give it as a string")
        return value

    def _one_of(self, data: Mapping[str, Any], key: str, known: tuple[str, ...], at: str) -> str:
        value = data.get(key)
        if value not in known:
            raise InputError(f"{at}: unknown {key} {value!r}", f"use one of {', '.join(known)}")
        return cast(str, value)

    def _id(self, data: Mapping[str, Any], key: str, at: str) -> str:
        value = self._string(data, key, at)
        if value not in self.ids:
            raise InputError(
                f"{at}: {key} names no entity: {value!r}", "use an id of this article's entities"
            )
        return value

    def _maybe_id(self, data: Mapping[str, Any], key: str, at: str) -> str | None:
        return self._id(data, key, at) if data.get(key) else None

    def _ids(self, data: Mapping[str, Any], key: str, at: str) -> tuple[str, ...]:
        return tuple(self._id({key: value}, key, at) for value in data.get(key) or [])


def _confidence(fact: Mapping[str, Any]) -> float:
    return float(fact.get("confidence", 1.0))
