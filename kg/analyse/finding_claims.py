"""Findings on claims: contested, repeated, on one word only, and whose are contradicted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analyse.claim import most_repeated, single_sourced
from kg.analyse.facts import Contest
from kg.analyse.finding import EACH, Finding, Writer, make_finding
from kg.analyse.phrase import SHOWN, count_words, quoted_words, words_of


def claims(writer: Writer) -> Iterator[Finding]:
    """What is contested, most repeated, or rests on one word."""
    # A headline and its article may deny one thing twice: one finding.
    contests: dict[tuple[str, str], Contest] = {}
    for contest in writer.facts.contests:
        contests.setdefault((contest.claim.iri, contest.denier), contest)
    for contest in list(contests.values())[:SHOWN]:
        yield make_finding(
            "claims",
            "contested",
            (contest.claim.quote, contest.denial.quote),
            (contest.claimant, contest.denier),
            claimant=writer.name(contest.claimant),
            claim=writer.fact(contest.claim),
            denier=writer.name(contest.denier),
            denied=quoted_words(words_of(contest.denial)),
        )
    for claim in most_repeated(writer.analysis.claims)[:EACH]:
        yield make_finding(
            "claims",
            "repeated",
            claim.quotes,
            claim.who,
            claim=writer.claim(claim),
            articles=count_words("articles", claim.articles),
            outlets=writer.names(claim.outlets),
        )
    single = single_sourced(writer.analysis.claims)
    if single:
        first = single[0]
        whole = sum(claim.predicate != "says" for claim in writer.analysis.claims)
        yield make_finding(
            "claims",
            "single",
            first.quotes,
            first.who,
            count=str(len(single)),
            whole=str(whole),
            claim=writer.claim(first),
            source=writer.name(first.told_by[0]),
        )
    yield from _sources(writer)


def _sources(writer: Writer) -> Iterator[Finding]:
    contradicted = [record for record in writer.analysis.sources if record.contradicted]
    for record in contradicted[:3]:
        own = [contest for contest in writer.facts.contests if contest.claimant == record.source]
        yield make_finding(
            "claims",
            "source",
            [quote for contest in own for quote in (contest.claim.quote, contest.denial.quote)],
            (record.source,),
            source=writer.name(record.source),
            contradicted=str(record.contradicted),
            claims=str(record.claims),
            by=writer.names(list(record.by)),
        )
    if not contradicted:
        yield make_finding("claims", "source_none")
