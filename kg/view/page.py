"""Write the graph as one HTML file that works from disk, offline, and asks the network for nothing.

pyvis carries nodes, edges and options; the page itself comes from the project's own template and
static parts, because pyvis' template loads scripts from a CDN. Positions are computed here and
physics stays off, so that the drawing stands still. Scripts and styles are inlined and pinned by
their hashes in a Content-Security-Policy, so that text from an article cannot run even if it got out
of its JSON block.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from kg.analyse.network import LoneFact, Proof, Said
from kg.data.tables import read_table
from kg.errors import InputError
from kg.view.layout import positions

CORE = 150
"""Nodes shown at first; those with the most facts."""

_HERE = Path(__file__).parent
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_SCRIPTS = ("text.js", "labels.js", "drawing.js", "panel.js", "controls.js", "page.js")
_SHAPES = {
    "PERSON": "dot", "STATE": "square", "GOVBODY": "diamond", "IGO": "hexagon", "ARMED_GROUP": "triangle",
    "ORG": "triangleDown", "MEDIA": "triangleDown", "PLACE": "dot", "GROUP": "dot", "TREATY": "diamond",
    "EVENT": "star",
}  # fmt: skip
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False, "tooltipDelay": 0},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "hoverWidth": 1,
        "selectionWidth": 1.5,
    },
}
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f]+")


def write_html(network: nx.MultiDiGraph[str], path: Path, *, title: str) -> None:
    """Write :func:`render_html`'s page to a file, in UTF-8; missing folders are made.

    Raises:
        InputError: The file cannot be written.
    """
    page = render_html(network, title=title)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"cannot write the page {path}: {error.strerror}", "name a file in a writable folder"
        ) from error


def render_html(network: nx.MultiDiGraph[str], *, title: str) -> str:
    """The interactive page of a network from :func:`kg.analyse.network.build_network`.

    Args:
        network: The merged graph.
        title: Heading and window title, any text.

    Returns:
        A whole HTML document; the same network gives the same text.
    """
    # pyvis pulls in IPython, which takes a second that no other verb should pay for.
    from pyvis.network import Network  # type: ignore[import-untyped]

    net = Network(directed=True, heading=_CONTROLS.sub(" ", _valid(title)))
    net.set_options(json.dumps(_OPTIONS))
    book = _Book(network)
    for node in book.nodes():
        net.add_node(node.pop("id"), **node)
    for edge in book.edges():
        net.add_edge(edge.pop("from"), edge.pop("to"), **edge)
    rest = {
        "articles": book.articles,
        "sentences": book.sentences,
        "labels": labels(),
        "core": min(CORE, len(network)),
        "articleCount": network.graph.get("articles", len(book.articles)),
    }
    net.templateEnv = _environment(net.template_dir)
    net.path = "page.html.j2"
    loader: BaseLoader = net.templateEnv.loader
    vis = _plain(loader.get_source(net.templateEnv, _VIS)[0])
    scripts = [vis, *(_plain((_HERE / "static" / name).read_text("utf-8")) for name in _SCRIPTS)]
    style = _plain((_HERE / "static" / "page.css").read_text("utf-8"))
    net.templateEnv.globals.update(
        csp=_policy(scripts, style),
        rest=rest,
        scripts=[Markup(script) for script in scripts],
        style=Markup(style),
    )
    html: str = net.generate_html()
    return html


def labels() -> dict[str, dict[str, list[str]]]:
    """The page's words: group → key → [Arabic, English], from ``page_labels.csv``."""
    table: dict[str, dict[str, list[str]]] = {}
    for row in read_table("page_labels"):
        table.setdefault(row["group"], {})[row["key"]] = [row["ar"], row["en"]]
    return table


class _Book:
    """Turns a network into JSON-ready rows; articles and sentences are stored once and numbered."""

    def __init__(self, network: nx.MultiDiGraph[str]) -> None:
        self.network = network
        self.order = sorted(network, key=lambda iri: (-network.nodes[iri]["facts"], iri))
        self.number = {iri: i for i, iri in enumerate(self.order)}
        self.articles: list[dict[str, str | None]] = []
        self.sentences: list[str] = []
        self._article_numbers: dict[str, int] = {}
        self._sentence_numbers: dict[str, int] = {}

    def nodes(self) -> list[dict[str, Any]]:
        """Rows of the nodes, those with most facts first; ids are their places in that order."""
        pairs = sorted({(a, b) for a, b in self.network.edges()})
        core = self.order[:CORE]
        inside = set(core)
        near = positions(core, [(a, b) for a, b in pairs if a in inside and b in inside])
        far = positions(self.order, pairs) if len(self.order) > CORE else near
        most = math.log1p(max((self.network.nodes[iri]["facts"] for iri in core), default=0)) or 1.0
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
                    "lone": [self._lone(fact) for fact in data["lone"]],
                    "said": [self._said(said) for said in data["said"]],
                }
            )
        return rows

    def edges(self) -> list[dict[str, Any]]:
        """Rows of the edges in the network's order."""
        rows = []
        for i, (subject, target, data) in enumerate(self.network.edges(data=True)):
            proofs = [self._proof(proof) for proof in data["proofs"]]
            rows.append(
                {
                    "from": self.number[subject],
                    "to": self.number[target],
                    "id": f"e{i}",
                    "kind": data["kind"],
                    "predicate": data["predicate"],
                    "plover": data["plover"],
                    "quad": data["quad"],
                    "negated": data["negated"],
                    "modality": data["modality"],
                    "reported": data["reported"],
                    "symmetric": data["symmetric"],
                    "proofs": proofs,
                }
            )
        return rows

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
            row["to"] = self.number[said.addressee]
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
                row[key] = self.number[iri]
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


def _environment(pyvis_templates: str) -> Environment:
    environment = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(_HERE / "templates"), FileSystemLoader(pyvis_templates)],
        ),
        autoescape=True,
        keep_trailing_newline=True,
    )
    environment.filters["embed"] = _embed
    return environment


def _embed(value: object) -> Markup:
    """JSON that is safe between script tags. A string is taken for JSON already (pyvis' options)."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_valid(text).translate(_ESCAPES))


def _policy(scripts: list[str], style: str) -> str:
    hashes = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _plain(text: str) -> str:
    """Line ends as a browser sees them, else the hash would not fit."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _utf16(text: str) -> int:
    """Length in UTF-16 code units, in which JavaScript counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _valid(text: str) -> str:
    """The text with lone surrogates, which no encoding can write, replaced."""
    return _SURROGATES.sub("\ufffd", text)
