"""Offices in time: who was seen in them when, and for whom an act of a certain day speaks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pyoxigraph import Quad
from samples import entity, sentence, span

from kg.data.people import Office
from kg.model import Act, Article, Extraction, Role
from kg.rdf.background import NO_BACKGROUND, Background
from kg.rdf.build import article_quads, merged_quads
from kg.rdf.infer import derived_quads
from kg.rdf.iri import name_things
from kg.rdf.tenure import tenures
from kg.rdf.vocabulary import shorten

OFFICES = Background(
    offices={"colin-powell": (Office("foreign_minister", "united-states", "2001-01", "2005-01"),)}
)


def told(
    ident: str, date: str | None, *, former: bool | None, act: str | None = None, link: str = "sara-haddad"
) -> Extraction:
    """An article of a day that gives a person an office (or a former one, or none) and an act on a day."""
    article = Article(ident, "", "دان كولن باول من أمريكا الهجوم على إيران.", date=date)
    proof = sentence(article, "دان")
    entities = (
        entity(article, "E1", "PERSON", "كولن باول", link=link),
        entity(article, "E2", "STATE", "أمريكا", link="united-states"),
        entity(article, "E3", "STATE", "إيران", link="iran"),
    )
    roles = () if former is None else (Role("E1", "foreign_minister", "E2", "وزير", proof, former=former),)
    return Extraction(
        article, entities, roles, (Act("condemns", span(article, "دان"), ("E1",), ("E3",), proof, date=act),)
    )


def short(quads: Sequence[Quad]) -> set[tuple[str, str, str]]:
    return {(shorten(q.subject.value), shorten(q.predicate.value), shorten(q.object.value)) for q in quads}


def speaks(*articles: Extraction, background: Background = NO_BACKGROUND) -> set[str]:
    """Articles whose act speaks for the United States."""
    behalf = {s for s, p, o in short(derived_quads(articles, background=background)) if p == "dip:onBehalfOf"}
    found = set()
    for article in articles:
        found |= {article.article.id for s, _, _ in short(article_quads(article)) if s in behalf}
    return found


@pytest.mark.parametrize(
    ("held", "past", "day", "valid"),
    [
        ("2020-05-01", None, "2020-05-01", True),
        ("2020-05-01", None, "2019-10", True),
        ("2020-05-01", None, "2003", False),
        ("2020-05-01", None, "2021-12-31", True),
        ("2020-05-01", None, "2031-01-01", False),
        ("2020-05-01", "2021-01-15", "2021-01-20", False),
        ("2020-05-01", "2021-01-15", "2020-12-31", True),
        ("2020-05-01", "2019-01-01", "2020-05-02", True),
        (None, "2021-01-15", "2020-12-31", False),
        ("2020-05-01", None, None, True),
        ("2020-05-01", "2021-01-15", None, False),
    ],
)
def test_an_office_is_held_around_the_days_on_which_it_was_seen(
    held: str | None, past: str | None, day: str | None, valid: bool
) -> None:
    articles = [told("a", held, former=False)] if held else []
    articles += [told("b", past, former=True)] if past else []
    (tenure,) = tenures([(x, name_things(x)) for x in articles])
    assert tenure.holds_on(day) is valid


def test_holdings_carry_their_dates_and_whether_they_are_past() -> None:
    articles = [
        told("a", "2020-05-01", former=False),
        told("b", "2020-11-07", former=False),
        told("c", "2021-03-02", former=True),
    ]
    assert {o for _, p, o in short(article_quads(articles[0])) if p == "dip:observedOn"} == {"2020-05-01"}
    derived = short(derived_quads(articles))
    told_of = {(p, o) for s, p, o in derived if s.startswith("tenure:") and p != "dip:basedOn"}
    assert told_of >= {
        ("dip:firstObserved", "2020-05-01"),
        ("dip:lastObserved", "2020-11-07"),
        ("dip:pastSince", "2021-03-02"),
        ("dip:current", "false"),
    }
    assert len([1 for _, p, _ in derived if p == "dip:basedOn"]) == 3


def test_the_last_telling_decides_the_direct_triple() -> None:
    early, late = told("a", "2020-05-01", former=False), told("b", "2021-05-01", former=True)
    assert ("kg:sara-haddad", "dip:foreignMinisterOf", "kg:united-states") in short(merged_quads([early]))
    both = short(merged_quads([late, early]))
    assert ("kg:sara-haddad", "dip:formerlyHeldRoleIn", "kg:united-states") in both
    assert ("kg:sara-haddad", "dip:foreignMinisterOf", "kg:united-states") not in both
    again = short(merged_quads([late, early, told("c", "2022-05-01", former=False)]))
    assert ("kg:sara-haddad", "dip:foreignMinisterOf", "kg:united-states") in again


def test_an_act_speaks_for_the_state_whose_office_was_held_that_day() -> None:
    holding = told("a", "2020-05-01", former=False)
    assert speaks(holding) == {"a"}
    assert speaks(holding, told("b", "2020-06-01", former=None)) == {"a", "b"}
    # Before the office, after it, and long after anybody told of it.
    assert speaks(holding, told("b", "2020-06-01", former=None, act="2003")) == {"a"}
    assert speaks(holding, told("b", "2021-06-01", former=True)) == {"a"}
    assert speaks(holding, told("b", "2031-06-01", former=None)) == {"a"}
    # A former minister's act of the time in office.
    assert speaks(holding, told("b", "2031-06-01", former=True, act="2020-05-20")) == {"a", "b"}


def test_the_tables_know_of_times_that_no_article_tells_of() -> None:
    article = told("a", "2025-06-23", former=True, act="2003", link="colin-powell")
    assert not speaks(article)
    assert speaks(article, background=OFFICES) == {"a"}
    assert not speaks(told("a", "2025-06-23", former=True, link="colin-powell"), background=OFFICES)
