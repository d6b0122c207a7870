"""Hand-made facts for the tests of the analysis."""

from __future__ import annotations

from itertools import count
from typing import Any

from kg.analyse import ActFact, EventFact, Facts, Quote, StatementFact, Thing, TreatyFact

EVENT = "strikes"
TYPES = {"strikes": "EVENT", "charter": "TREATY", "crowd": "GROUP", "gulf": "PLACE", "envoy": "PERSON"}
ARABIC = {"iran": "إيران", "russia": "روسيا", "usa": "الولايات المتحدة", "kremlin": "الكرملين"}

_numbers = count(1)


def quote(article: str = "a1", sentence: str = "جملة.", begin: int = 0, **more: Any) -> Quote:
    return Quote(sentence, begin, begin + len(sentence), article, **more)


def act(
    actor: str, predicate: str, target: str | None = None, day: str | None = None, **more: Any
) -> ActFact:
    """An act; ``article``, ``sentence``, ``begin``, ``publisher`` and ``published`` go to its quote."""
    own = {
        key: more.pop(key)
        for key in ("article", "sentence", "begin", "publisher", "published")
        if key in more
    }
    given = {"confidence": 1.0, "date": day} | more
    targets = (target,) if target else ()
    return ActFact(f"act{next(_numbers):04}", predicate, (actor,), targets, quote(**own), **given)


def event(agents: str, patients: str = "", day: str | None = None, kind: str = "ASSAULT") -> EventFact:
    return EventFact(
        f"event{next(_numbers):04}", EVENT, quote(), kind, tuple(agents.split()), tuple(patients.split()), day
    )


def treaty(parties: str) -> TreatyFact:
    return TreatyFact(f"treaty{next(_numbers):04}", "charter", quote(), tuple(parties.split()), "2025-01")


def said(speaker: str, content: str, article: str = "a1") -> StatementFact:
    return StatementFact(f"said{next(_numbers):04}", speaker, content, quote(article, publisher=article))


def facts(*items: Any, speaks: dict[str, str] | None = None) -> Facts:
    """Facts of these acts, events, treaties and statements; things are named like their IRIs."""
    iris: set[str] = set(speaks or {}) | set((speaks or {}).values())
    for item in items:
        for name in ("actors", "targets", "agents", "patients", "parties"):
            iris.update(getattr(item, name, ()))
        for name in ("event", "treaty", "speaker", "source"):
            iris.update(filter(None, [getattr(item, name, None)]))
    things = {
        iri: Thing(iri, TYPES.get(iri, "STATE"), ARABIC.get(iri, iri), iri.title())  # type: ignore[arg-type]
        for iri in sorted(iris)
    }

    def of(kind: type) -> tuple[Any, ...]:
        return tuple(item for item in items if isinstance(item, kind))

    return Facts(
        things=things,
        acts=of(ActFact),
        events=of(EventFact),
        treaties=of(TreatyFact),
        statements=of(StatementFact),
        speaks=speaks or {},
        articles=len({item.quote.article for item in items}),
    )
