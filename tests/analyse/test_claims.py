from __future__ import annotations

from dataclasses import replace

import pytest
from analyse_sample import act, facts, said

from kg.analyse import Contest, analyse, claims, findings, most_repeated, single_sourced, sources


def test_tellings_of_one_thing_are_one_claim() -> None:
    found = claims(
        facts(
            act("usa", "attacks", "iran", "2025-06-22", publisher="A", article="1", published="2025-06-23"),
            act("usa", "attacks", "iran", "2025-06", publisher="B", article="2", published="2025-06-22"),
            act("usa", "attacks", "iran", "2024-01", publisher="C", article="3"),
            act("usa", "attacks", "iran", "2025-06", negated=True, publisher="D", article="4"),
            act("iran", "requests", words="وقف إطلاق النار", article="5"),
            act("iran", "requests", words="وقف اطلاق النار", article="6"),
            act("iran", "requests", words="مساعدة", article="7"),
        )
    )
    repeated = {claim.predicate: claim for claim in most_repeated(found)}
    assert set(repeated) == {"attacks", "requests"}
    attack = repeated["attacks"]
    assert (attack.outlets, attack.articles, attack.single) == (("A", "B"), 2, False)
    assert [quote.article for quote in attack.quotes] == ["2", "1"]
    assert (repeated["requests"].words, repeated["requests"].articles) == ("وقف إطلاق النار", 2)
    assert len(found) == 4


def test_repeated_words_and_single_sources() -> None:
    given = facts(
        said("kremlin", "نرحب بذلك", "1"), said("kremlin", "نُرحّب بذلك", "2"), said("iran", "نعم", "2"),
        act("usa", "aids", "iran", source="kremlin", article="1", confidence=0.6),
        act("usa", "aids", "iran", source="kremlin", article="2", confidence=0.7),
        act("usa", "meets", "iran", publisher="A", article="1", confidence=0.9),
        act("usa", "meets", "iran", publisher="B", article="2"),
    )  # fmt: skip
    found = claims(given)
    assert [(c.predicate, c.words) for c in most_repeated(found) if c.predicate == "says"] == [
        ("says", "نرحب بذلك")
    ]
    (single,) = single_sourced(found)
    assert (single.predicate, single.told_by, single.articles, single.confidence) == (
        "aids",
        ("kremlin",),
        2,
        0.7,
    )


def test_sources_ranked_by_how_often_others_contradict_them() -> None:
    often = [act("usa", "attacks", "iran", source="envoy", begin=i) for i in range(9)]
    often.append(said("envoy", "لم نتأخر"))
    denials = [act("kremlin", "denies", begin=i) for i in range(8)]
    once, denial = act("usa", "aids", "iran", source="crowd", begin=50), act("kremlin", "denies", begin=50)
    pairs = [*zip(often[2:], denials, strict=True), (once, denial)]
    contests = [
        Contest("denied-beside", 0.65, claim, "crowd" if claim is once else "envoy", against, "kremlin")
        for claim, against in pairs
    ]
    found = sources(replace(facts(*often, *denials, once, denial), contests=tuple(contests)))
    assert [(s.source, s.claims, s.contradicted) for s in found[:2]] == [("envoy", 10, 8), ("crowd", 1, 1)]
    assert found[0].by == {"kremlin": 8}
    assert found[0].at_least == pytest.approx(0.490, abs=1e-3)
    assert found[1].share == 1
    assert found[-1].contradicted == 0
    assert found[-1].at_least == 0


@pytest.mark.parametrize(
    ("who", "named"), [("usa", "the United States"), ("kremlin", "the Kremlin"), ("envoy", "Envoy")]
)
def test_english_findings_put_the_article_before_names(who: str, named: str) -> None:
    claim, denial = said(who, "لم نتأخر"), said("crowd", "تأخروا")
    given = facts(claim, denial)
    names = {"usa": "United States", "kremlin": "Kremlin"}
    things = {iri: replace(thing, en=names.get(iri, thing.en)) for iri, thing in given.things.items()}
    contest = Contest("opposite-sign", 0.7, claim, who, denial, "crowd")
    analysis = analyse(replace(given, things=things, contests=(contest,)))
    (found,) = (finding for finding in findings(analysis) if finding.key == "contested")
    assert found.en == f"Contested: what {named} tells (“لم نتأخر”); Crowd denies or rejects it (“تأخروا”)."
