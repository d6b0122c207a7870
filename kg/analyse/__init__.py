"""Analysis of a graph: who stands where towards whom, since when, and on whose word.

:func:`analyse` does it all, :func:`findings` puts it into sentences, :func:`write_analysis` writes the
report, tables and pictures. Each part can also be had by itself, from a built graph, ``kg.load()`` or
extractions:

>>> from kg.analyse import Facts, stance_network
>>> stance_network(Facts()).edges
{}

``docs/analysis.md`` tells what the numbers mean. :mod:`kg.analyse.network` is the merged graph behind the
page.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.analyse.analysis import Analysis, Options, analyse
    from kg.analyse.blocs import Partition, agreement, best_partition, partition, partitions
    from kg.analyse.claim import (
        Claim,
        SourceRecord,
        claims,
        most_repeated,
        single_sourced,
        sources,
    )
    from kg.analyse.days import (
        ChangePoint,
        Reaction,
        Timeline,
        all_reactions,
        change_points,
        pace_changes,
        reactions,
        timeline,
    )
    from kg.analyse.export import measured_graph, write_gexf, write_graphml, write_tables
    from kg.analyse.facts import ActFact, Contest, EventFact, Facts, Quote, StatementFact, Thing, TreatyFact
    from kg.analyse.finding import Finding
    from kg.analyse.matrix import Change, StanceMatrix, changes, over_time, stance_matrix
    from kg.analyse.period import Period, parse_period, periods
    from kg.analyse.plot import write_pictures
    from kg.analyse.read import read_facts
    from kg.analyse.report import render_report, write_report
    from kg.analyse.signed import SignedGraph, largest_part, parties_only, signed_graph
    from kg.analyse.stance import Deed, Edge, StanceNetwork, as_graph, deeds, stance_network
    from kg.analyse.standing import Reciprocity, Standing, bridges, reciprocity, standings
    from kg.analyse.topics import findings
    from kg.analyse.triads import Balance, balance
    from kg.analyse.write import write_analysis

# Looked up when asked for: a build needs only the network and should not pay for the rest.
_HOME = {
    "analysis": ("Analysis", "Options", "analyse"),
    "triads": ("Balance", "balance"),
    "blocs": ("Partition", "agreement", "best_partition", "partition", "partitions"),
    "claim": (
        "Claim", "SourceRecord", "claims", "most_repeated", "single_sourced",
        "sources",
    ),
    "export": ("measured_graph", "write_gexf", "write_graphml", "write_tables"),
    "facts": ("ActFact", "Contest", "EventFact", "Facts", "Quote", "StatementFact", "Thing", "TreatyFact"),
    "finding": ("Finding",),
    "topics": ("findings",),
    "matrix": ("Change", "StanceMatrix", "changes", "over_time", "stance_matrix"),
    "period": ("Period", "parse_period", "periods"),
    "plot": ("write_pictures",),
    "read": ("read_facts",),
    "report": ("render_report", "write_report"),
    "signed": ("SignedGraph", "largest_part", "parties_only", "signed_graph"),
    "stance": ("Deed", "Edge", "StanceNetwork", "as_graph", "deeds", "stance_network"),
    "standing": ("Reciprocity", "Standing", "bridges", "reciprocity", "standings"),
    "days": (
        "ChangePoint", "Reaction", "Timeline", "all_reactions", "change_points", "pace_changes", "reactions",
        "timeline",
    ),
    "write": ("write_analysis",),
}  # fmt: skip
_MODULE = {name: module for module, names in _HOME.items() for name in names}
__all__ = [
    "ActFact",
    "Analysis",
    "Balance",
    "Change",
    "ChangePoint",
    "Claim",
    "Contest",
    "Deed",
    "Edge",
    "EventFact",
    "Facts",
    "Finding",
    "Options",
    "Partition",
    "Period",
    "Quote",
    "Reaction",
    "Reciprocity",
    "SignedGraph",
    "SourceRecord",
    "StanceMatrix",
    "StanceNetwork",
    "Standing",
    "StatementFact",
    "Thing",
    "Timeline",
    "TreatyFact",
    "agreement",
    "all_reactions",
    "analyse",
    "as_graph",
    "balance",
    "best_partition",
    "bridges",
    "change_points",
    "changes",
    "claims",
    "deeds",
    "findings",
    "largest_part",
    "measured_graph",
    "most_repeated",
    "over_time",
    "pace_changes",
    "parse_period",
    "parties_only",
    "partition",
    "partitions",
    "periods",
    "reactions",
    "read_facts",
    "reciprocity",
    "render_report",
    "signed_graph",
    "single_sourced",
    "sources",
    "stance_matrix",
    "stance_network",
    "standings",
    "timeline",
    "write_analysis",
    "write_gexf",
    "write_graphml",
    "write_pictures",
    "write_report",
    "write_tables",
]


def __getattr__(name: str) -> Any:
    if name in _MODULE:
        return getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
