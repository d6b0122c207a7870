"""The page of a graph that lies in a store, wherever that is."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode

from kg.analyse.network import build_network
from kg.errors import StoreError
from kg.link.across.claims import Fact
from kg.model import Extraction
from kg.rdf.read import iri_of, read_with_nodes
from kg.store import Store
from kg.view.page import write_html

_CONTESTS = """
SELECT DISTINCT ?claim ?denial ?score WHERE {
  ?contest a dip:Contest ; dip:claim ?claim ; dip:denial ?denial ; dip:contestScore ?score .
}
ORDER BY DESC(?score) ?claim ?denial
"""


def write_page_of(store: Store, path: Path) -> None:
    """Write the page of what a store holds.

    Raises:
        InputError: The file cannot be written.
        StoreError: The store holds no articles, or cannot be read.
    """
    extractions: list[Extraction] = []
    facts: dict[str, Fact] = {}
    for extraction, numbers in read_with_nodes(store.quads(), store.base):
        extractions.append(extraction)
        facts |= {node: (extraction.article.id, *number) for node, number in numbers.items()}
    if not extractions:
        raise StoreError(
            "the store holds no articles", "check the base IRI, or put a graph into it: kg build"
        )
    # The texts, in which a build finds what is contested, are not in a graph; what it found is.
    contests = [
        (facts[claim.value], facts[denial.value])
        for claim, denial, _ in store.query(_CONTESTS).rows
        if isinstance(claim, NamedNode) and isinstance(denial, NamedNode)
        if facts.keys() >= {claim.value, denial.value}
    ]
    write_html(build_network(extractions, iri_of, contests), path)
