"""What the page holds of a network: JSON-ready rows, and not more of them than a browser can bear.

Entities beyond :data:`ENTITIES` and proofs beyond :data:`PROOFS` an edge stay out; every row says how
many there are in all, so that the page can tell. The tables and the graph beside the page hold all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import networkx as nx

from kg.analyse.network import LoneFact, Proof, Said
from kg.view.layout import positions

CORE = 150
"""Nodes shown at first; those with the most facts."""
ENTITIES = 2000
"""Nodes that the page holds at most; those with the most facts."""
PROOFS = 8
"""Proofs of an edge that the page holds at most; the most confident."""
ALONE = 20
"""Statements, and facts without a second entity, that the page holds of a node at most; each."""

_SHAPES = {
    "PERSON": "dot", "STATE": "square", "GOVBODY": "diamond", "IGO": "hexagon", "ARMED_GROUP": "triangle",
    "ORG": "triangleDown", "MEDIA": "triangleDown", "PLACE": "dot", "GROUP": "dot", "TREATY": "diamond",
    "EVENT": "star",
}  # fmt: skip


class Book:
    """Turns a network into rows; articles and sentences are stored once and numbered.

    Args:
        network: From :func:`kg.analyse.network.build_network`.

    Attributes:
        order: IRIs of the page's nodes, those with most facts first.
        core: Those of them that it shows at first.
        articles: Articles that the rows refer to by number; filled by :meth:`nodes` and :meth:`edges`.
        sentences: Sentences, likewise.
    """

    def __init__(self, network: nx.MultiDiGraph[str]) -> None:
        self.network = network
        ranked = sorted(network, key=lambda iri: (-network.nodes[iri]["facts"], iri))
        self.order = ranked[:ENTITIES]
        self.core = self.order[:CORE]
        self.number = {iri: i for i, iri in enumerate(self.order)}
        self.articles: list[dict[str, str | None]] = []
        self.sentences: list[str] = []
        self._article_numbers: dict[str, int] = {}
        self._sentence_numbers: dict[str, int] = {}

    def total(self) -> dict[str, int]:
        """How much there is in the whole network, on the page or not."""
        return {
            "entities": len(self.network),
            "facts": self.network.graph.get("facts", 0),
            "articles": self.network.graph.get("articles", 0),
        }

    def nodes(self) -> list[dict[str, Any]]:
        """Rows of the nodes, those with most facts first; ids are their places in that order."""
        pairs = sorted({(a, b) for a, b in self.network.edges() if a in self.number and b in self.number})
        inside = set(self.core)
        near = positions(self.core, [(a, b) for a, b in pairs if a in inside and b in inside])
        far = positions(self.order, pairs) if len(self.order) > len(self.core) else near
        most = math.log1p(max((self.network.nodes[iri]["facts"] for iri in self.core), default=0)) or 1.0
        rows = []
        for iri in self.order:
            data = self.network.nodes[iri]
            rows.append(
                {
                    "id": self.number[iri],
                    "label": data["label_ar"],
                    "en": data["label_en"],
                    "shape": _SHAPES[data["type"]],
                    "size": round(8 + 19 * math.log1p(data["facts"]) / most, 1),
                    "type": data["type"],
                    "iri": iri,
                    "link": data["link"],
                    "eventType": data["event_type"],
                    "names": list(data["names"]),
                    "mentions": data["mentions"],
                    "facts": data["facts"],
                    "at": [near.get(iri), far[iri]],
                    "lone": [self._lone(fact) for fact in data["lone"][:ALONE]],
                    "said": [self._said(said) for said in data["said"][:ALONE]],
                    "left": max(0, len(data["lone"]) - ALONE) + max(0, len(data["said"]) - ALONE),
                }
            )
        return rows

    def edges(self) -> list[dict[str, Any]]:
        """Rows of the edges between the page's nodes, in the network's order."""
        rows: list[dict[str, Any]] = []
        for subject, target, data in self.network.edges(data=True):
            if subject not in self.number or target not in self.number:
                continue
            rows.append(
                {
                    "from": self.number[subject],
                    "to": self.number[target],
                    "id": f"e{len(rows)}",
                    "kind": data["kind"],
                    "predicate": data["predicate"],
                    "plover": data["plover"],
                    "quad": data["quad"],
                    "negated": data["negated"],
                    "modality": data["modality"],
                    "reported": data["reported"],
                    "symmetric": data["symmetric"],
                    "count": len(data["proofs"]),
                    "proofs": [self._proof(proof) for proof in _surest(data["proofs"])],
                }
            )
        return rows

    def _who(self, iri: str) -> int | list[str | None]:
        """A node's number; of one that the page lacks, its names in Arabic and English."""
        data = self.network.nodes[iri]
        return self.number[iri] if iri in self.number else [data["label_ar"], data["label_en"]]

    def _lone(self, fact: LoneFact) -> dict[str, Any]:
        return {
            "kind": fact.kind,
            "predicate": fact.predicate,
            "quad": fact.quad,
            "proof": self._proof(fact.proof),
        }

    def _said(self, said: Said) -> dict[str, Any]:
        row: dict[str, Any] = {
            "content": said.content,
            "direct": said.direct,
            "proof": self._proof(said.proof),
        }
        if said.addressee is not None:
            row["to"] = self._who(said.addressee)
        return row

    def _proof(self, proof: Proof) -> dict[str, Any]:
        row: dict[str, Any] = {
            "s": self._sentence(proof.sentence),
            "a": self._article(proof),
            "begin": proof.begin,
        }
        if proof.trigger_begin is not None and proof.trigger_end is not None:
            begin, end = proof.trigger_begin - proof.begin, proof.trigger_end - proof.begin
            if 0 <= begin < end <= len(proof.sentence):
                row["mark"] = [_utf16(proof.sentence[:begin]), _utf16(proof.sentence[:end])]
        for key, value in (("date", proof.date), ("detail", proof.detail)):
            if value:
                row[key] = value
        for key, iri in (("source", proof.source), ("place", proof.place)):
            if iri is not None:
                row[key] = self._who(iri)
        for key, flag in (("negated", proof.negated), ("former", proof.former)):
            if flag:
                row[key] = True
        if proof.modality != "asserted":
            row["modality"] = proof.modality
        if proof.confidence < 1:
            row["confidence"] = round(proof.confidence, 2)
        return row

    def _sentence(self, text: str) -> int:
        if text not in self._sentence_numbers:
            self._sentence_numbers[text] = len(self.sentences)
            self.sentences.append(text)
        return self._sentence_numbers[text]

    def _article(self, proof: Proof) -> int:
        if proof.article not in self._article_numbers:
            self._article_numbers[proof.article] = len(self.articles)
            self.articles.append(
                {
                    "id": proof.article,
                    "title": proof.headline,
                    "publisher": proof.publisher,
                    "date": proof.published,
                }
            )
        return self._article_numbers[proof.article]


def _surest(proofs: Sequence[Proof]) -> list[Proof]:
    """The proofs that the page holds of an edge, in their order."""
    if len(proofs) <= PROOFS:
        return list(proofs)
    best = sorted(range(len(proofs)), key=lambda i: (-proofs[i].confidence, i))[:PROOFS]
    return [proofs[i] for i in sorted(best)]


def _utf16(text: str) -> int:
    """Length in UTF-16 code units, in which JavaScript counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
