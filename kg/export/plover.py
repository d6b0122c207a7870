"""Acts as PLOVER event records: JSON lines with the field names of the codebook (version 0.7b1).

A record an act. What the codebook has no field for stands in fields of our own, which it allows:
``predicate``, ``negated``, ``modality``, ``confidence``, ``attributed_to``, ``on_behalf_of``,
``object_text`` and ``date_basis``.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.data.tables import read_table
from kg.export.property_graph import Node, PropertyGraph, property_graph
from kg.model import SYMMETRIC
from kg.rdf.vocabulary import (
    DIP,
    IDENTIFIER,
    IN_LANGUAGE,
    PLOVER_NS,
    RDFS_LABEL,
    SAME_AS,
    WIKIDATA,
    role_property,
)

if TYPE_CHECKING:
    from pyoxigraph import Quad

CODEBOOK = "plover-0.7b1"
_QUADS = {
    "VerbalCooperation": 1,
    "MaterialCooperation": 2,
    "VerbalConflict": 3,
    "MaterialConflict": 4,
}
_TYPES = {"ArmedGroup": "ARMED_GROUP", "GovernmentBody": "GOVBODY", "MediaOutlet": "MEDIA"}
Record = dict[str, Any]


def write_plover(quads: Sequence[Quad], path: Path, base: str) -> None:
    """Write one record an act, sorted by id."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records(quads, base):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def records(quads: Sequence[Quad], base: str) -> Iterator[Record]:
    """The records of a graph's acts.

    * ``date`` is the first day of the act's day, month or year, and ``enddate`` the last where these
      differ; of an act without a date it is the day of publication, and ``date_basis`` says which.
    * Acts of symmetric predicates (a meeting) have all who take part as ``source`` and no
      ``recipient``, as the codebook has it.
    * ``has_event`` is false for what is negated, only planned or only possible.
    """
    reader = _Reader(property_graph(quads, base), base)
    for node in reader.graph.nodes.values():
        if "Act" in node.kinds:
            yield reader.record(node)


@dataclass(frozen=True, slots=True)
class _Holding:
    title: str
    sector: str
    state: str | None


class _Reader:
    """Looks up what a record says of its act's actors and article."""

    def __init__(self, graph: PropertyGraph, base: str) -> None:
        self.graph = graph
        self.base = base
        self.links: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for edge in graph.edges:
            self.links[edge.start, edge.property].append(edge.end)
        self.holdings = self._holdings()

    def _holdings(self) -> dict[str, _Holding]:
        """The office that a person holds; the first by IRI of several."""
        sectors = _sectors("role")
        found: dict[str, _Holding] = {}
        for node in self.graph.nodes.values():
            if "RoleHolding" not in node.kinds or _text(node, "former") == "true":
                continue
            role = self._one(node, "role") or ""
            sector = next((code for key, code in sectors.items() if role_property(key).value == role), "")
            state = self._one(node, "heldIn")
            for holder in self._all(node, "holder"):
                found.setdefault(holder, _Holding(_text(node, "title") or "", sector, state))
        return found

    def _all(self, node: Node, name: str) -> list[str]:
        return self.links[node.iri, DIP + name]

    def _one(self, node: Node, name: str) -> str | None:
        return next(iter(self._all(node, name)), None)

    def record(self, act: Node) -> Record:
        evidence = self._node(self._one(act, "evidence"))
        article = self._node(self._one(evidence, "article"))
        predicate = (self._one(act, "predicate") or "").removeprefix(DIP)
        actors, targets = self._all(act, "actor"), self._all(act, "target")
        if predicate in SYMMETRIC:
            actors, targets = list(dict.fromkeys((*actors, *targets))), []
        quad = (self._one(act, "polarity") or "").removeprefix(PLOVER_NS)
        negated, modality = _text(act, "negated") == "true", _text(act, "modality")
        record: Record = {
            "id": act.iri.removeprefix(self.base),
            "has_event": not negated and modality == "asserted",
            **_when(_text(act, "date"), _text(article, "published")),
            "source": [self._actor(iri) for iri in actors],
            "recipient": [self._actor(iri) for iri in targets],
            "event": [(self._one(act, "ploverType") or "").removeprefix(PLOVER_NS)],
            "event_loc": self._place(self._one(act, "place")),
            "event_text": _all_text(act, "trigger"),
            "quad_code": _QUADS.get(quad),
            "text": _text(evidence, "sentence"),
            "text_info": {
                "start": _number(evidence, "beginIndex"),
                "end": _number(evidence, "endIndex"),
            },
            "cite_info": {
                "citation": _text(article, IDENTIFIER.value),
                "title": _text(article, "headline"),
                "language": _text(article, IN_LANGUAGE.value),
                "publication": _text(article, "publisher"),
                "coder": (self._one(act, "method") or "").removeprefix(f"{self.base}method/"),
                "codebook": CODEBOOK,
            },
            "predicate": predicate,
            "negated": negated,
            "modality": modality,
            "confidence": float(_text(act, "confidence") or 0),
            "object_text": _text(act, "objectText"),
            "attributed_to": [self._actor(iri) for iri in self._all(act, "source")],
            "on_behalf_of": [self._actor(iri) for iri in self._all(act, "onBehalfOf")],
        }
        return {key: value for key, value in record.items() if value not in (None, [], {})}

    def _node(self, iri: str | None) -> Node:
        return self.graph.nodes.get(iri or "") or Node(iri or "")

    def _actor(self, iri: str) -> Record:
        node, holding = self._node(iri), self.holdings.get(iri)
        kind = _TYPES.get(node.kinds[0], "")
        state = iri if "State" in node.kinds else self._state_of(iri, holding)
        code = "IGO" if node.kinds[0] == "IntergovernmentalOrganization" else _country(state, self.base)
        sector = _sectors("type").get(kind) or (holding.sector if holding else None)
        items = [i.removeprefix(WIKIDATA) for i in self.links[iri, SAME_AS.value] if i.startswith(WIKIDATA)]
        found = {
            "code": code,
            "sector": sector,
            "actor_text": _label(node, "ar") or _label(node, "en"),
            "identifier_id": next(iter(items), None),
            "identifier_text": _label(node, "en"),
            "office": holding.title if holding else None,
            "iri": iri,
        }
        return {key: value for key, value in found.items() if value}

    def _state_of(self, iri: str, holding: _Holding | None) -> str | None:
        """The state of a body or office: what it is held in, or the state of that body."""
        slug = iri.removeprefix(self.base)
        if body := _bodies().get(slug):
            return self.base + body
        if holding is None or holding.state is None or holding.state == iri:
            return None
        return (
            holding.state
            if "State" in self._node(holding.state).kinds
            else self._state_of(holding.state, None)
        )

    def _place(self, iri: str | None) -> Record:
        if iri is None:
            return {}
        node = self._node(iri)
        return {"name": _label(node, "en") or _label(node, "ar"), "alternatenames": _label(node, "ar")}


def _when(date: str | None, published: str | None) -> Record:
    text, basis = (date, "text") if date else (published, "publication")
    if not text:
        return {"date_basis": "unknown"}
    first, last = (text, text)
    if len(text) == 7:
        first, last = f"{text}-01", f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]}"
    elif len(text) == 4:
        first, last = f"{text}-01-01", f"{text}-12-31"
    return {"date": first, **({"enddate": last} if last != first else {}), "date_basis": basis}


def _all_text(node: Node, name: str) -> list[str]:
    return [literal.value for literal in node.values.get(name if ":" in name else DIP + name, ())]


def _text(node: Node, name: str) -> str | None:
    """The first value of a property, by IRI or by its local name in the ontology."""
    return next(iter(_all_text(node, name)), None)


def _number(node: Node, name: str) -> int | None:
    text = _text(node, name)
    return None if text is None else int(text)


def _label(node: Node, language: str) -> str | None:
    labels = node.values.get(RDFS_LABEL.value, ())
    return next((label.value for label in labels if label.language == language), None)


@cache
def _sectors(kind: str) -> Mapping[str, str]:
    return {row["key"]: row["code"] for row in read_table("plover_sectors") if row["kind"] == kind}


@cache
def _bodies() -> Mapping[str, str]:
    return {row["slug"]: row["state"] for row in read_table("bodies") if row["state"]}


@cache
def _codes() -> Mapping[str, str]:
    """Three-letter country code by the state's slug."""
    iso3 = {row["iso2"]: row["iso3"] for row in read_table("country_codes")}
    return {row["slug"]: iso3[row["iso2"]] for row in read_table("states") if row["iso2"]}


def _country(state: str | None, base: str) -> str | None:
    return None if state is None else _codes().get(state.removeprefix(base))
