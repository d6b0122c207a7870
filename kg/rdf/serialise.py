"""Write quads as TriG, Turtle and JSON-LD: the same quads give the same bytes, whatever their order."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.errors import StoreError
from kg.rdf.vocabulary import DEFAULT_BASE, RDF_TYPE, prefixes

FORMATS: dict[str, RdfFormat] = {
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".jsonld": RdfFormat.JSON_LD,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
}
"""Formats by file suffix."""


def sort_key(quad: Quad) -> tuple[str, str, bool, str, str]:
    """Order of quads in files: graph, subject, predicate with the type first, object."""
    predicate = quad.predicate
    return (
        str(quad.graph_name),
        str(quad.subject),
        predicate != RDF_TYPE,
        predicate.value,
        str(quad.object),
    )


def format_of(path: Path) -> RdfFormat:
    """Format of a file by its suffix.

    Raises:
        StoreError: If the suffix names none of :data:`FORMATS`.
    """
    try:
        return FORMATS[path.suffix]
    except KeyError:
        known = ", ".join(FORMATS)
        raise StoreError(f"{path}: no RDF format has the suffix {path.suffix!r}", f"use {known}") from None


def write_sorted(
    quads: Iterable[Quad], target: Path | IO[bytes], format: RdfFormat, base: str = DEFAULT_BASE
) -> None:
    """Write quads that come in the order of :func:`sort_key`, without holding them in memory.

    Args:
        quads: Quads in order; for Turtle and N-Triples all of one graph, whose name is dropped.
        target: File or open binary stream.
        format: One of the values of :data:`FORMATS`.
        base: Base IRI of things, for the prefix ``kg:``.

    Raises:
        StoreError: If the file cannot be written.
    """
    items: Iterable[Quad] | Iterable[Triple] = quads
    if format in (RdfFormat.TURTLE, RdfFormat.N_TRIPLES):
        items = (quad.triple for quad in quads)
    try:
        if isinstance(target, Path):
            with target.open("wb") as stream:
                serialize(items, stream, format, prefixes=prefixes(base))
        else:
            serialize(items, target, format, prefixes=prefixes(base))
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error}", "check the folder and the disk") from error


def write(quads: Iterable[Quad], path: Path, base: str = DEFAULT_BASE) -> None:
    """Write quads to a file in the format of its suffix, sorted and without duplicates.

    Raises:
        StoreError: If the suffix is unknown or the file cannot be written.
    """
    write_sorted(sorted(set(quads), key=sort_key), path, format_of(path), base)
