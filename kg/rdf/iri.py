"""Deterministic, readable IRIs for everything in the graph.

* A linked entity: base + its gazetteer slug (``…/id/russia``).
* An event or treaty whose participants are all linked: a slug made of them, so that two articles on
  one event meet in one IRI (``…/id/us-strikes-on-iran-2025-06``, ``…/id/russia-iran-treaty-2025``).
* What several articles know under other names: the slug of the group (:mod:`kg.rdf.unify`).
* Any other entity: its name in Latin letters and a short hash of type, name and article.
* A fact: its kind and a short hash of its content; evidence: the article and the offsets.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from kg.data.events import event_kind
from kg.data.tables import read_table
from kg.errors import ConfigError
from kg.model import Entity, Event, Extraction, Span, Treaty
from kg.rdf.romanise import romanise, slugify
from kg.rdf.vocabulary import DEFAULT_BASE

_SLUG = re.compile("[a-z0-9]+(?:[_-][a-z0-9]+)*")
_YEAR, _MONTH = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{4}-[0-9]{2}")
_MARK = "\x1f"


def short_hash(*parts: object, length: int = 8) -> str:
    """Hex digest of the parts' texts; ``None`` and the empty text differ."""
    joined = _MARK.join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()[:length]


def check_base(base: str) -> str:
    """Give back a base IRI that things can be named under.

    Raises:
        ConfigError: If it is no absolute IRI or does not end in ``/``.
    """
    try:
        NamedNode(base)
    except ValueError as error:
        raise ConfigError(f"base IRI {base!r}: {error}", f"give an IRI such as {DEFAULT_BASE}") from error
    if not base.endswith("/"):
        raise ConfigError(f"base IRI {base!r} does not end in /", f"write {base}/")
    return base


@cache
def _short() -> dict[str, str]:
    return {row["slug"]: row["short"] for row in read_table("short_slugs")}


def article_slug(article_id: str) -> str:
    """Slug of an article's id: the id itself, or what can be read of it and a hash."""
    if _SLUG.fullmatch(article_id):
        return article_id
    return f"{slugify(article_id) or 'article'}-{short_hash(article_id)}"


def article_iri(article_id: str, base: str = DEFAULT_BASE) -> NamedNode:
    """IRI of an article."""
    return NamedNode(f"{base}article/{article_slug(article_id)}")


def article_graph(article_id: str, base: str = DEFAULT_BASE) -> NamedNode:
    """Named graph of what one article says."""
    return NamedNode(f"{base}graph/article/{article_slug(article_id)}")


def facts_graph(base: str = DEFAULT_BASE) -> NamedNode:
    """Named graph of the merged direct triples."""
    return NamedNode(f"{base}graph/facts")


def identity_graph(base: str = DEFAULT_BASE) -> NamedNode:
    """Named graph that tells which entities of articles were found to be one, and why."""
    return NamedNode(f"{base}graph/identity")


def derived_graph(base: str = DEFAULT_BASE) -> NamedNode:
    """Named graph of the derived triples."""
    return NamedNode(f"{base}graph/derived")


def inferred_graph(base: str = DEFAULT_BASE) -> NamedNode:
    """Named graph of the triples that follow by reasoning."""
    return NamedNode(f"{base}graph/inferred")


def evidence_iri(article: NamedNode, span: Span) -> NamedNode:
    """IRI of a stretch of an article, after RFC 5147 as NIF does."""
    return NamedNode(f"{article.value}#char={span.start},{span.end}")


def method_iri(method: str, base: str = DEFAULT_BASE) -> NamedNode:
    """IRI of a component by its name and version."""
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", method).strip("-")
    return NamedNode(f"{base}method/{slug if slug == method else f'{slug}-{short_hash(method)}'}")


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of one article's things.

    Attributes:
        base: Base IRI.
        article: The article.
        graph: Its named graph.
        entities: IRI by entity id.
        english: English name by entity id, where there is one.
        labels: English label by entity id, for every entity: its English name or, else, its own in Latin
            letters.
    """

    base: str
    article: NamedNode
    graph: NamedNode
    entities: dict[str, NamedNode]
    english: dict[str, str]
    labels: dict[str, str]

    def entity(self, entity_id: str) -> NamedNode:
        """IRI of an entity; of one that does not exist, an IRI that the shapes will reject."""
        found = self.entities.get(entity_id)
        return found or NamedNode(f"{self.base}unknown/{slugify(entity_id) or short_hash(entity_id)}")

    def fact(self, kind: str, *content: object) -> NamedNode:
        """IRI of a fact of this article by its kind (``act``, ``role``, …) and content."""
        return NamedNode(f"{self.base}{kind}/{short_hash(self.article.value, *content, length=12)}")


def shared_names(extraction: Extraction) -> dict[str, tuple[str, str]]:
    """Slug and English label, by entity id, of events and treaties whose facts suffice to name them."""
    events = {e.event: e for e in reversed(extraction.events)}
    treaties = {t.treaty: t for t in reversed(extraction.treaties)}
    found: dict[str, tuple[str, str]] = {}
    for entity in extraction.entities:
        name = None
        if entity.type == "EVENT" and entity.id in events:
            name = _event_name(entity, events[entity.id], extraction)
        elif entity.type == "TREATY" and entity.id in treaties:
            name = _treaty_name(treaties[entity.id], extraction)
        if name and not entity.link:
            found[entity.id] = name
    return found


def local_slug(entity: Entity, article_id: str, readable: str | None = None) -> str:
    """Slug of an entity as one article knows it: what can be read of its name, and a hash."""
    readable = readable or slugify(entity.en or entity.name) or entity.type.lower()
    return f"{readable}-{short_hash(entity.type, entity.name, article_id)}"


def name_things(extraction: Extraction, base: str = DEFAULT_BASE) -> Names:
    """Name everything in one article.

    Raises:
        ConfigError: If the base is no usable IRI.
    """
    check_base(base)
    article = extraction.article
    shared = shared_names(extraction)
    slugs: dict[str, str] = {}
    english: dict[str, str] = {}
    labels: dict[str, str] = {}
    for entity in extraction.entities:
        own = entity.id in shared
        if slug := entity.node or entity.link or (shared[entity.id][0] if own else None):
            slugs[entity.id] = slug
        if name := entity.en or (shared[entity.id][1] if own else ""):
            english[entity.id] = name
        labels[entity.id] = name or romanise(entity.name) or entity.name
    # Of two treaties of the same parties and year in one article each is another one. Two events of
    # one kind, participants and month are one that the article words in two ways.
    taken = Counter(slug for ident, slug in slugs.items() if extraction.by_id[ident].type == "TREATY")
    nodes: dict[str, NamedNode] = {}
    for entity in extraction.entities:
        slug = slugs.get(entity.id)
        if slug is None or (taken[slug] > 1 and not (entity.node or entity.link)):
            slug = local_slug(entity, article.id, slug)
        nodes[entity.id] = NamedNode(base + slug)
    return Names(base, article_iri(article.id, base), article_graph(article.id, base), nodes, english, labels)


def _stem(date: str | None, pattern: re.Pattern[str]) -> str:
    """The part of a date that goes into a name; empty if it is not that precise, or no date."""
    found = pattern.match(date or "")
    return found.group() if found else ""


def _linked(ids: Iterable[str], extraction: Extraction) -> list[Entity] | None:
    """The entities in one fixed order, whatever the article's; None unless all are linked."""
    found = [extraction.by_id.get(i) for i in dict.fromkeys(ids)]
    entities = [e for e in found if e is not None and e.link]
    return sorted(entities, key=lambda e: e.link or "", reverse=True) if len(entities) == len(found) else None


def _slugs(entities: list[Entity]) -> str:
    return "-".join(_short().get(e.link or "", e.link or "") for e in entities)


def _english(entities: list[Entity]) -> str:
    return ", ".join(e.en or romanise(e.name) for e in entities)


def _event_name(entity: Entity, event: Event, extraction: Extraction) -> tuple[str, str] | None:
    """Slug and English label of an event from kind, participants and month; None if they do not suffice."""
    kind = event_kind(entity.name)
    agents, patients = _linked(event.agents, extraction), _linked(event.patients, extraction)
    if kind is None or agents is None or patients is None:
        return None
    enough = {
        "both": bool(agents and patients),
        "patients": bool(patients),
        "any-two": len(agents) + len(patients) >= 2,
        "one": bool(agents or patients),
    }[kind.participants]
    # News tells of what happened lately; what lasts cannot be dated by the day of the report.
    month = "" if kind.lasting else _stem(event.date or extraction.article.date, _MONTH)
    if not enough or not (month or kind.lasting):
        return None
    noun = kind.kind.replace("-", " ")
    if kind.participants == "both":
        slug = f"{_slugs(agents)}-{kind.kind}-on-{_slugs(patients)}"
        label = f"{_english(agents)} {noun} on {_english(patients)}"
    else:
        # Who of them did it to whom differs between reports; who took part does not.
        involved = _linked((*event.agents, *event.patients), extraction) or []
        slug, label = f"{_slugs(involved)}-{kind.kind}", f"{_english(involved)} {noun}"
    return (f"{slug}-{month}", f"{label} ({month})") if month else (slug, label)


def _treaty_name(treaty: Treaty, extraction: Extraction) -> tuple[str, str] | None:
    """Slug and English label of a treaty from parties and year; None if they do not suffice."""
    parties = _linked(treaty.parties, extraction)
    year = _stem(treaty.signed, _YEAR)
    if not parties or len(parties) < 2 or not year:
        return None
    return f"{_slugs(parties)}-treaty-{year}", f"{_english(parties)} treaty ({year})"
