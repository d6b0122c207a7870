"""Findings on balance, blocs and the parties' positions."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analyse.facts import PARTIES
from kg.analyse.finding import EACH, LIKELY, Finding, Writer, make_finding
from kg.analyse.phrase import count_words, foes_words, list_words, percent_words


def balance(writer: Writer) -> Iterator[Finding]:
    """How balanced the triads are, and the blocs."""
    census, blocs = writer.analysis.balance, writer.analysis.blocs
    if census.count:
        yield make_finding(
            "balance",
            "balance",
            triads=count_words("triads", census.count),
            balanced=percent_words(census.balanced),
            weak=percent_words(census.weakly_balanced),
        )
    else:
        yield make_finding("balance", "balance_none")
    if blocs and len(blocs.bloc) > 2:
        members = [writer.names(sorted(bloc, key=lambda iri: _weight(writer, iri))) for bloc in blocs.blocs]
        yield make_finding(
            "balance",
            "blocs",
            [quote for a, b, _ in blocs.against[:3] for quote in writer.tie(a, b, each=1)],
            blocs.bloc,
            blocs=count_words("blocs", len(blocs.blocs)),
            members=lambda lang: " / ".join(names(lang) for names in members),
            share=percent_words(blocs.share),
            stability=f"{blocs.stability:.2f}",
        )


def _weight(writer: Writer, iri: str) -> tuple[float, str]:
    """Sort key: who gives and receives the weightiest stances goes first."""
    own = writer.analysis.standings[iri]
    weights = own.given_positive, own.given_negative, own.received_positive, own.received_negative
    return -sum(weights), iri


def positions(writer: Writer) -> Iterator[Finding]:
    """Who is esteemed and opposed, whose stances are returned, who stands between foes."""
    standings = writer.analysis.standings
    for key, measure, received, place in (
        ("esteemed", "prestige", "received_positive", 0),
        ("opposed", "hostility", "received_negative", -1),
    ):
        parties = (iri for iri in standings if writer.kind(iri) in PARTIES)
        taken = (iri for iri in parties if getattr(standings[iri], received) > 0)
        ranked = sorted(taken, key=lambda iri: (-getattr(standings[iri], measure), iri))[:3]
        if ranked:
            towards = [writer.analysis.network.towards(iri)[place] for iri in ranked]
            evidence = writer.proofs(*towards, each=2)
            yield make_finding("positions", key, evidence, ranked, names=writer.names(ranked))
    yield from _reciprocity(writer)
    yield from _between(writer)


def _reciprocity(writer: Writer) -> Iterator[Finding]:
    found, edges = writer.analysis.reciprocity, writer.edges
    if found.pairs:
        yield make_finding(
            "positions",
            "reciprocity",
            pairs=count_words("pairs", found.pairs),
            share=percent_words(found.share),
            friendly=str(found.alike["++"]),
            hostile=str(found.alike["--"]),
            opposed=str(found.alike["+-"]),
        )
    sure = [(a, b) for a, b in found.opposed if min(edges[a, b].confidence, edges[b, a].confidence) >= LIKELY]
    for a, b in sure[:EACH]:
        evidence = writer.tie(a, b, each=3)
        yield make_finding("positions", "one_sided", evidence, (a, b), a=writer.name(a), b=writer.name(b))


def _between(writer: Writer) -> Iterator[Finding]:
    between = writer.analysis.balance.between
    for actor in sorted(between, key=lambda iri: (-len(between[iri]), iri))[:3]:
        pairs = between[actor][:3]
        yield make_finding(
            "positions",
            "mediator",
            [q for a, b in pairs for tie in ((actor, a), (actor, b), (a, b)) for q in writer.tie(*tie)[:1]],
            (actor,),
            a=writer.name(actor),
            pairs=foes_words([list_words(map(writer.name, pair)) for pair in pairs]),
        )
    mediations = [
        (edge, deed)
        for edge in writer.edges.values()
        for deed in edge.deeds
        if deed.predicate == "mediates" and not deed.through and deed.confidence >= LIKELY
    ]
    mediations.sort(key=lambda one: (-one[1].confidence, one[1].actor, one[1].target))
    pairs_of = [("mediates_deed", edge.actor, edge.target, deed.tellings) for edge, deed in mediations]
    joined = [("bridge", a, b, tuple(writer.tie(a, b))) for a, b in writer.analysis.bridges[:3]]
    for key, a, b, evidence in (*pairs_of[:EACH], *joined):
        yield make_finding("positions", key, evidence, (a, b), a=writer.name(a), b=writer.name(b))
