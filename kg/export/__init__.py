"""Write the whole graph in the forms that other tools load.

Every writer takes quads, so that it works on an output folder, an RDF file and a server alike. RDF forms
keep all quads. The others hold what the articles say and what is merged and derived from it, without
the ontology: nodes with their literals and edges with the graphs that they stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    from pyoxigraph import Quad

Writer = Callable[["Sequence[Quad]", Path, str], None]
"""Writes quads, sorted graph by graph, to a file or into a new folder; the last argument is the base IRI."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export.

    Attributes:
        name: What a user calls it.
        output: File or folder that is written where none is named; a folder has no suffix.
        writer: Module and function, imported when it is needed.
        about: What loads it.
    """

    name: str
    output: str
    writer: str
    about: str

    def load(self) -> Writer:
        """The function that writes it."""
        module, _, function = self.writer.partition(":")
        found: Writer = getattr(import_module(module), function)
        return found


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("trig", "graph.trig", "kg.export.rdf:write_rdf", "rdflib, Jena, GraphDB and other RDF tools"),
        Form("jsonld", "graph.jsonld", "kg.export.rdf:write_rdf", "JSON-LD processors, rdflib"),
        Form("nquads", "graph.nq", "kg.export.rdf:write_rdf", "any RDF tool, line by line"),
        Form("rdf12", "graph-rdf12.trig", "kg.export.rdf:write_reified", "RDF 1.2 tools: with reifiers"),
        Form("graphml", "graph-full.graphml", "kg.export.graphml:write_graphml", "networkx, Gephi, yEd"),
        Form("csv", "tables", "kg.export.tables:write_csv", "pandas, R, spreadsheets: a CSV file a kind"),
        Form("parquet", "parquet", "kg.export.tables:write_parquet", "pandas, DuckDB, Spark: typed columns"),
        Form("neo4j", "neo4j", "kg.export.neo4j:write_neo4j", "neo4j-admin database import"),
        Form("plover", "plover.jsonl", "kg.export.plover:write_plover", "event-data tools: PLOVER records"),
    )
}
"""All forms by name."""


def export(quads: Sequence[Quad], form: str, path: Path, base: str) -> None:
    """Write a graph in another form.

    Args:
        quads: Its quads.
        form: One of :data:`FORMS`.
        path: File to write, or folder whose files are replaced.
        base: Base IRI of the graph.

    Raises:
        StoreError: The path cannot be written.
        ConfigError: The form needs a package that is not installed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        FORMS[form].load()(quads, path, base)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written: {error.strerror or error}", "name another --output"
        ) from error
