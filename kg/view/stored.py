"""The page of a graph that lies in a store, wherever that is."""

from __future__ import annotations

from pathlib import Path

from kg.analyse.network import build_network
from kg.errors import StoreError
from kg.rdf.read import iri_of, read_extractions
from kg.store import Store
from kg.view.page import write_html


def write_page_of(store: Store, path: Path) -> None:
    """Write the page of what a store holds.

    Raises:
        InputError: The file cannot be written.
        StoreError: The store holds no articles, or cannot be read.
    """
    extractions = list(read_extractions(store.quads(), store.base))
    if not extractions:
        raise StoreError(
            "the store holds no articles", "check the base IRI, or put a graph into it: kg build"
        )
    write_html(build_network(extractions, iri_of), path)
