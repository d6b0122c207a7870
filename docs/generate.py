"""Write the reference pages of this folder from what they describe.

``python docs/generate.py`` rewrites ``cli.md`` (from the command line's own help), ``queries.md`` (from
the headers of ``kg/queries/*.rq``), ``ontology.md`` and ``ontology.html`` (from ``ontologies/*.ttl``). A test
fails when a page is not what this program writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import ontology_html
from ontology_html import Described, described
from pyoxigraph import Literal, NamedNode

from kg.cli import cli
from kg.queries import Query, list_queries
from kg.rdf.vocabulary import (
    BROADER,
    DIP,
    OWL,
    PLOVER_NS,
    RDF_TYPE,
    RDFS,
    RDFS_LABEL,
    SKOS,
    SUBCLASS_OF,
    SUBPROPERTY_OF,
    shorten,
)

FOLDER = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py: change what it describes, then run it. -->"


def cli_page() -> Iterator[str]:
    """The help of every verb."""
    yield "# Command line"
    yield NOTE
    yield (
        "`kg` and `python -m kg` are the same. Data goes to standard output, progress and problems to "
        "standard error; what goes into a pipe or file is UTF-8."
    )
    context = click.Context(cli, info_name="kg", terminal_width=96)
    yield f"```text\n{cli.get_help(context)}\n```"
    for name, verb in sorted(cli.commands.items()):
        own = click.Context(verb, info_name=name, parent=context, terminal_width=96)
        yield f"## kg {name}"
        yield f"```text\n{verb.get_help(own)}\n```"


def queries_page() -> Iterator[str]:
    """Every shipped query with its parameters."""
    yield "# Queries"
    yield NOTE
    yield (
        "Questions that ship with the project. `kg query NAME -p PARAMETER=VALUE` answers one on a built "
        "graph, `kg query --list` lists them; their SPARQL is in `kg/queries`. A parameter that is not "
        "given leaves its variable free. Values of an *entity* are IRIs (`kg:russia`), slugs (`russia`) or "
        "names (`روسيا`); of a *property* a CURIE (`dip:meets`) or local name (`meets`)."
    )
    for query in list_queries():
        yield from _query(query)


def _query(query: Query) -> Iterator[str]:
    yield f"## {query.name}"
    yield f"**{query.title}.** {query.description}"
    yield f'<div dir="rtl"><b>{query.title_ar}.</b> {query.description_ar}</div>'
    if query.parameters:
        rows = (
            f"| `{p.name}` | {p.type} | {'' if p.default is None else f'`{p.default}`'} | {p.help} |"
            for p in query.parameters
        )
        yield "\n".join(("| parameter | type | default | |", "|---|---|---|---|", *rows))


def ontology_page() -> Iterator[str]:
    """Every class, property and concept with its labels and comment."""
    yield "# Ontology"
    yield NOTE
    yield (
        "All terms, with prefix `dip:` for `" + DIP + "` and `plover:` for `" + PLOVER_NS + "`. "
        "[data-model.md](data-model.md) tells how they fit together."
    )
    terms = described("diplomacy")
    for title, kind, parent in (
        ("Classes", OWL + "Class", SUBCLASS_OF),
        ("Properties between things", OWL + "ObjectProperty", SUBPROPERTY_OF),
        ("Properties with values", OWL + "DatatypeProperty", SUBPROPERTY_OF),
        ("Annotations", OWL + "AnnotationProperty", SUBPROPERTY_OF),
        ("Stages of treaties and events", DIP + "Stage", SUBPROPERTY_OF),
    ):
        own = {iri: of for iri, of in terms.items() if NamedNode(kind) in of.get(RDF_TYPE, [])}
        yield f"## {title}"
        yield _table(own, RDFS_LABEL, NamedNode(RDFS + "comment"), parent)
    yield "## PLOVER concepts"
    concepts = {iri: of for iri, of in described("plover").items() if iri.startswith(PLOVER_NS)}
    yield _table(concepts, NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "definition"), BROADER)


def _table(terms: Described, label: NamedNode, comment: NamedNode, parent: NamedNode) -> str:
    rows = ["| term | | | below | |", "|---|---|---|---|---|"]
    for iri, of in terms.items():
        words = {text.language: text.value for text in of[label] if isinstance(text, Literal)}
        says = {text.language: text.value for text in of[comment] if isinstance(text, Literal)}
        above = (shorten(node.value) for node in of.get(parent, []) if isinstance(node, NamedNode))
        own = ", ".join(f"`{name}`" for name in above if name.startswith(("dip:", "plover:")))
        rows.append(f"| `{shorten(iri)}` | {words['en']} | {words['ar']} | {own} | {says['en']} |")
    return "\n".join(rows)


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "cli.md": cli_page,
    "ontology.html": ontology_html.page,
    "ontology.md": ontology_page,
    "queries.md": queries_page,
}


def page(name: str) -> str:
    """The text of a page."""
    return "\n\n".join(PAGES[name]()) + "\n"


if __name__ == "__main__":
    for name in PAGES:
        (FOLDER / name).write_text(page(name), encoding="utf-8", newline="\n")
        print(FOLDER / name)
