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
import re
import zlib
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from kg.data.tables import read_table
from kg.errors import InputError
from kg.view.book import Book

_HERE = Path(__file__).parent
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_SCRIPTS = (
    "text.js", "dom.js", "data.js", "filter.js", "copy.js", "labels.js", "drawing.js", "visible.js",
    "graph.js", "proof.js", "panel.js", "search.js", "histogram.js", "facets.js", "stance.js", "matrix.js",
    "timeline.js", "actor.js", "table.js", "export.js", "address.js", "page.js",
)  # fmt: skip
"""In the order of loading: each knows those before it."""
_PACKED_FROM = 1_500_000
"""Characters of data from which on a page holds them compressed: they shrink to a quarter."""
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


def write_html(network: nx.MultiDiGraph[str], path: Path, *, title: str | None = None) -> None:
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


def render_html(network: nx.MultiDiGraph[str], *, title: str | None = None) -> str:
    """The interactive page of a network from :func:`kg.analyse.network.build_network`.

    Of a large network the page holds a part (see :mod:`kg.view.book`) and says how much is left out.

    Args:
        network: The merged graph.
        title: Heading and window title, any text; None = the page's own, in the reader's language.

    Returns:
        A whole HTML document; the same network gives the same text.
    """
    # pyvis pulls in IPython, which takes a second that no other verb should pay for.
    from pyvis.network import Network  # type: ignore[import-untyped]

    words = labels()
    heading = words["ui"]["title"][0] if title is None else title
    net = Network(directed=True, heading=_CONTROLS.sub(" ", _valid(heading)))
    net.set_options(json.dumps(_OPTIONS))
    book = Book(network)
    for node in book.nodes():
        net.add_node(node.pop("id"), **node)
    for edge in book.edges():
        net.add_edge(edge.pop("from"), edge.pop("to"), **edge)
    rest = {
        "proofs": book.proofs,
        "articles": book.articles,
        "sentences": book.sentences,
        "labels": words,
        "titled": title is not None,
        "core": len(book.core),
        "base": book.base,
        "terms": book.terms(),
        "total": book.total(),
        "contested": book.contested,
    }
    packed = _packed({"nodes": net.nodes, "edges": net.edges, **rest})
    net.templateEnv = _environment(net.template_dir)
    net.path = "page.html.j2"
    loader: BaseLoader = net.templateEnv.loader
    vis = _plain(loader.get_source(net.templateEnv, _VIS)[0])
    scripts = [vis, *(_plain((_HERE / "static" / name).read_text("utf-8")) for name in _SCRIPTS)]
    style = _plain((_HERE / "static" / "page.css").read_text("utf-8"))
    net.templateEnv.globals.update(
        csp=_policy(scripts, style),
        rest=rest,
        packed=packed,
        too_old=words["notice"]["too_old"],
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


def _packed(data: dict[str, object]) -> str | None:
    """The data of a large page, deflated, as base64; None where they are few."""
    text = _embed(data)
    if len(text) < _PACKED_FROM:
        return None
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


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


def _valid(text: str) -> str:
    """The text with lone surrogates, which no encoding can write, replaced."""
    return _SURROGATES.sub("\ufffd", text)
