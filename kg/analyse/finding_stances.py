"""Findings on who stands where, and what changed."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analyse.facts import PARTIES
from kg.analyse.finding import EACH, LIKELY, Finding, Writer, make_finding
from kg.analyse.matrix import TURNS
from kg.analyse.phrase import count_words, tally_words

_STANCES = 10


def overview(writer: Writer) -> Iterator[Finding]:
    """How much there is."""
    yield make_finding(
        "overview",
        "overview",
        articles=count_words("articles", writer.facts.articles),
        acts=count_words("acts", len(writer.facts.acts)),
        statements=count_words("statements", len(writer.facts.statements)),
        stances=count_words("stances", len(writer.edges)),
    )


def stances(writer: Writer) -> Iterator[Finding]:
    """The strongest stances, and who is for and against an event."""
    keys = {1: "stance_friendly", -1: "stance_hostile", 0: "stance_mixed"}
    likely = [
        edge
        for edge in writer.edges.values()
        if edge.confidence >= LIKELY and writer.kind(edge.target) in PARTIES
    ]
    strongest = sorted(likely, key=lambda edge: (-edge.strength, edge.actor, edge.target))
    for edge in strongest[:_STANCES]:
        yield make_finding(
            "stances",
            keys[edge.sign],
            writer.proofs(edge),
            (edge.actor, edge.target),
            a=writer.name(edge.actor),
            b=writer.name(edge.target),
            deeds=tally_words("predicate", edge.predicates.items()),
        )
    yield from _events(writer)


def _events(writer: Writer) -> Iterator[Finding]:
    network = writer.analysis.network
    found = [
        (key, event, [edge for edge in edges if edge.confidence >= LIKELY])
        for event in network.nodes
        if writer.kind(event) == "EVENT"
        for key, edges in (
            ("event_critics", network.critics(event)),
            ("event_supporters", network.supporters(event)),
        )
    ]
    found.sort(key=lambda one: (-len(one[2]), -sum(edge.strength for edge in one[2]), one[1]))
    for key, event, edges in found[:EACH]:
        who = [edge.actor for edge in edges]
        if who:
            evidence = writer.proofs(*edges, each=2)
            names = writer.names(who)
            yield make_finding("stances", key, evidence, (event, *who), event=writer.name(event), names=names)


def changes(writer: Writer) -> Iterator[Finding]:
    """Stances that differ between the two latest periods."""
    periods = [network.period.name for network in writer.analysis.compared if network.period]
    # That a stance is not told of in the later period does not say that it is over.
    told = [
        (change, change.after)
        for change in writer.analysis.changes
        if change.after and change.after.confidence >= LIKELY and writer.kind(change.target) in PARTIES
    ]
    told.sort(key=lambda pair: TURNS.index(pair[0].turn))
    for change, after in told[:EACH]:
        yield make_finding(
            "changes",
            f"change_{change.turn}",
            writer.proofs(after, change.before, each=3),
            (change.actor, change.target),
            before=periods[0],
            after=periods[1],
            a=writer.name(change.actor),
            b=writer.name(change.target),
            deeds=tally_words("predicate", after.predicates.items()),
        )
