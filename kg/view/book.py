"""What the page holds of a network: JSON-ready rows, and not more of them than a browser can bear.

Entities beyond :data:`ENTITIES` and proofs beyond :data:`PROOFS` an edge or :data:`BUDGET` in all stay
out; every row says how many there are in all, so that the page can tell. The tables and the graph
beside the page hold all.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import networkx as nx

from kg.analyse.network import LoneFact, Proof, Said
from kg.link.across.claims import Fact
from kg.model import ENTITY_TYPES, PLOVER, ROLES
from kg.rdf.iri import article_slug
from kg.rdf.vocabulary import class_of, predicate_property, role_property, speaking_roles
from kg.view.known import body_states, codes, latin, wikidata
from kg.view.layout import positions

CORE = 150
"""Nodes shown at first; those with the most facts among those that have a neighbour there."""
ENTITIES = 2000
"""Nodes that the page holds at most; those with the most facts."""
PROOFS = 200
"""Proofs of an edge that the page holds at most; the most confident."""
ALONE = 200
"""Statements, and facts without a second entity, that the page holds of a node at most; each."""
BUDGET = 40_000
"""Proofs in all that the page holds before it holds fewer of each edge and node."""
_LEAST = 8

_SHAPES = {
    "PERSON": "dot", "STATE": "square", "GOVBODY": "diamond", "IGO": "hexagon", "ARMED_GROUP": "triangle",
    "ORG": "triangleDown", "MEDIA": "triangleDown", "PLACE": "dot", "GROUP": "dot", "TREATY": "diamond",
    "EVENT": "star",
}  # fmt: skip


class Book:
    """Turns a network into rows; proofs, articles and sentences are stored once and numbered.

    Args:
        network: From :func:`kg.analyse.network.build_network`.

    Attributes:
        order: IRIs of the page's nodes: those that it shows at first, then the others; each with most
            facts first.
        core: Those that it shows at first.
        base: What all their IRIs begin with.
        proofs: Proofs that the rows refer to by number; filled by :meth:`nodes` and :meth:`edges`.
        articles: Articles that proofs refer to by number, likewise.
        sentences: Sentences, likewise.
        contested: Numbers of the proofs of contested claims, the surest first; filled by :meth:`edges`.
    """

    def __init__(self, network: nx.MultiDiGraph[str]) -> None:
        self.network = network
        ranked = sorted(network, key=lambda iri: (-network.nodes[iri]["facts"], iri))[:ENTITIES]
        self.core = _core(ranked, network)
        inside = set(self.core)
        self.order = [*self.core, *(iri for iri in ranked if iri not in inside)]
        self.base = _base(self.order)
        self.number = {iri: i for i, iri in enumerate(self.order)}
        self._by_link = {network.nodes[iri]["link"]: i for iri, i in self.number.items()}
        self.proofs: list[dict[str, Any]] = []
        self.articles: list[dict[str, str | None]] = []
        self.sentences: list[str] = []
        self._article_numbers: dict[str, int] = {}
        self._sentence_numbers: dict[str, int] = {}
        self.contested: list[int] = []
        self._of_fact: dict[Fact, list[int]] = {}
        held = [network.nodes[iri] for iri in self.order]
        self._alone = _most((len(node[key]) for node in held for key in ("lone", "said")), ALONE)
        self._most = _most((len(data["proofs"]) for *_, data in network.edges(data=True)), PROOFS)

    def total(self) -> dict[str, int]:
        """How much there is in the whole network, on the page or not."""
        return {
            "entities": len(self.network),
            "facts": self.network.graph.get("facts", 0),
            "articles": self.network.graph.get("articles", 0),
        }

    def nodes(self) -> list[dict[str, Any]]:
        """Rows of the nodes; ids are their places in :attr:`order`."""
        pairs = sorted({(a, b) for a, b in self.network.edges() if a in self.number and b in self.number})
        inside = set(self.core)
        near = positions(self.core, [(a, b) for a, b in pairs if a in inside and b in inside])
        far = positions(self.order, pairs) if len(self.order) > len(self.core) else near
        most = math.log1p(max((self.network.nodes[iri]["facts"] for iri in self.core), default=0)) or 1.0
        rows = []
        for iri in self.order:
            data = self.network.nodes[iri]
            row = {
                "id": self.number[iri],
                "label": data["label_ar"],
                "en": data["label_en"],
                "shape": _SHAPES[data["type"]],
                "size": round(8 + 19 * math.log1p(data["facts"]) / most, 1),
                "type": data["type"],
                "iri": iri.removeprefix(self.base),
                "eventType": data["event_type"],
                "names": list(data["names"]),
                "mentions": data["mentions"],
                "articles": data["articles"],
                "facts": data["facts"],
                "at": [near.get(iri), far[iri]],
                "lone": [self._lone(fact) for fact in data["lone"][: self._alone]],
                "said": [self._said(said) for said in data["said"][: self._alone]],
                "left": sum(max(0, len(data[key]) - self._alone) for key in ("lone", "said")),
            }
            known = {
                "code": codes().get(data["link"]) if data["type"] == "STATE" else None,
                "wikidata": wikidata().get(data["link"]),
                "state": self._state(iri),
                "latin": None if data["label_en"] else latin(data["label_ar"], data["type"]),
            }
            rows.append(row | {key: value for key, value in known.items() if value is not None})
        return rows

    def _state(self, iri: str) -> int | None:
        """Number of the state that a body belongs to or a person speaks for, by an office still held."""
        data = self.network.nodes[iri]
        if data["type"] == "GOVBODY":
            return self._by_link.get(body_states().get(data["link"] or "", ""))
        if data["type"] != "PERSON":
            return None
        for _, body, role in self.network.out_edges(iri, data=True):
            if role["kind"] != "role" or role["predicate"] not in speaking_roles():
                continue
            if all(proof.former for proof in role["proofs"]):
                continue
            if self.network.nodes[body]["type"] == "STATE":
                return self.number.get(body)
            if (state := self._state(body)) is not None:
                return state
        return None

    def edges(self) -> list[dict[str, Any]]:
        """Rows of the edges between the page's nodes, in the network's order."""
        rows: list[dict[str, Any]] = []
        for subject, target, data in self.network.edges(data=True):
            if subject not in self.number or target not in self.number:
                continue
            numbers = []
            for proof in _surest(data["proofs"], self._most):
                numbers.append(self._proof(proof))
                if data["kind"] == "act":
                    self._note("acts", proof, numbers[-1])
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
                    "symmetric": data["symmetric"],
                    "count": len(data["proofs"]),
                    "proofs": numbers,
                }
            )
        self._contest()
        return rows

    def _contest(self) -> None:
        """Tell the proofs of what speaks against them; a denial has the claims that it denies."""
        first = {fact: numbers[0] for fact, numbers in self._of_fact.items()}
        found = self.network.graph.get("contests", ())
        known = [pair for pair in found if first.keys() >= set(pair)]
        against: defaultdict[Fact, set[int]] = defaultdict(set)
        for claim, denial in known:
            against[claim].add(first[denial])
            against[denial].add(first[claim])
        for fact, others in against.items():
            for number in self._of_fact[fact]:
                self.proofs[number]["vs"] = sorted(others)
        self.contested = list(dict.fromkeys(first[claim] for claim, _ in known))

    def terms(self) -> dict[str, dict[str, Any]]:
        """Local names of the ontology's terms, for what the page writes as Turtle and SPARQL.

        ``fact`` maps ``kind:predicate`` to a property and whether the edge runs against it; ``type``
        maps types of entities to classes.
        """
        fact: dict[str, tuple[str, bool]] = {
            f"act:{one}": (_local(predicate_property(one)), False) for one in PLOVER
        }
        fact |= {f"role:{one}": (_local(role_property(one)), False) for one in ROLES}
        fact |= {"treaty:party_to": ("party", True), "event:agent": ("agent", True)}
        fact |= {"event:patient": ("patient", False), "event:place": ("place", False)}
        return {"fact": fact, "type": {one: _local(class_of(one)) for one in ENTITY_TYPES}}

    def _who(self, iri: str) -> int | list[str | None]:
        """A node's number; of one that the page lacks, its names in Arabic and English."""
        data = self.network.nodes[iri]
        return self.number[iri] if iri in self.number else [data["label_ar"], data["label_en"]]

    def _lone(self, fact: LoneFact) -> dict[str, Any]:
        number = self._proof(fact.proof)
        row = {
            "kind": fact.kind,
            "predicate": fact.predicate,
            "plover": fact.plover,
            "quad": fact.quad,
            "proof": number,
        }
        if fact.kind == "act":
            self._note("acts", fact.proof, number)
        return row

    def _said(self, said: Said) -> dict[str, Any]:
        row: dict[str, Any] = {
            "content": said.content,
            "direct": said.direct,
            "proof": self._proof(said.proof),
        }
        self._note("statements", said.proof, row["proof"])
        if said.addressee is not None:
            row["to"] = self._who(said.addressee)
        return row

    def _note(self, kind: str, proof: Proof, number: int) -> None:
        """Keep the numbers of a fact's proofs: one with several ends has several."""
        if proof.number is not None:
            self._of_fact.setdefault((proof.article, kind, proof.number), []).append(number)

    def _proof(self, proof: Proof) -> int:
        row: dict[str, Any] = {
            "s": self._sentence(proof.sentence),
            "a": self._article(proof),
            "begin": proof.begin,
            "end": proof.end,
        }
        if marks := _marks(proof):
            row["marks"] = marks
        for key, value in (("date", proof.date), ("detail", proof.detail), ("trigger", proof.trigger)):
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
        self.proofs.append(row)
        return len(self.proofs) - 1

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
                    "id": article_slug(proof.article),
                    "title": proof.headline,
                    "publisher": proof.publisher,
                    "date": proof.published,
                }
            )
        return self._article_numbers[proof.article]


def _core(ranked: Sequence[str], network: nx.MultiDiGraph[str]) -> list[str]:
    """The nodes to show at first: lone ones give way to those that have a line to show."""
    if len(ranked) <= CORE:
        return list(ranked)
    joined = {iri: {*network.predecessors(iri), *network.successors(iri)} - {iri} for iri in ranked}
    pool = [iri for iri in ranked if joined[iri]]
    while True:
        core = pool[:CORE]
        inside = set(core)
        lone = {iri for iri in core if not joined[iri] & inside}
        if not lone:
            break
        pool = [iri for iri in pool if iri not in lone]
    return core or list(ranked[:CORE])


def _base(iris: Sequence[str]) -> str:
    """The longest beginning of all IRIs that ends with a slash or a hash."""
    first, last = min(iris, default=""), max(iris, default="")
    # What the first and the last in order share, all between them share too.
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    shared = first[:same]
    return shared[: max(shared.rfind("/"), shared.rfind("#")) + 1]


def _local(term: Any) -> str:
    return str(term.value).rsplit("#", 1)[-1]


def _most(sizes: Iterable[int], most: int) -> int:
    """How many of each to hold so that all together stay within :data:`BUDGET`."""
    known = list(sizes)
    while most > _LEAST and sum(min(size, most) for size in known) > BUDGET:
        most //= 2
    return most


def _surest(proofs: Sequence[Proof], most: int) -> list[Proof]:
    """The proofs that the page holds of an edge, in their order."""
    if len(proofs) <= most:
        return list(proofs)
    best = sorted(range(len(proofs)), key=lambda i: (-proofs[i].confidence, i))[:most]
    return [proofs[i] for i in sorted(best)]


def _marks(proof: Proof) -> list[list[str | int]]:
    """What to mark in the sentence: part, begin and end, the trigger first; offsets as in JavaScript."""
    spans = list(proof.marks)
    if proof.trigger_begin is not None and proof.trigger_end is not None:
        spans.insert(0, ("trigger", proof.trigger_begin, proof.trigger_end))
    found: list[list[str | int]] = []
    for part, start, stop in spans:
        begin, end = start - proof.begin, stop - proof.begin
        if 0 <= begin < end <= len(proof.sentence):
            found.append([part, _utf16(proof.sentence[:begin]), _utf16(proof.sentence[:end])])
    return found


def _utf16(text: str) -> int:
    """Length in UTF-16 code units, in which JavaScript counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
