"""Identity where many articles tell of like things: what is alike to everybody is not one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kg.link.across.things import states_and_words
from kg.link.across.unite import unite
from kg.model import Article, Entity, EntityType, Event, Evidence, Extraction, Span

STATES = {"السودان": "sudan", "تشاد": "chad", "ليبيا": "libya", "مصر": "egypt"}
EVIDENCE = Evidence(Span(0, 1, "و"))


def _article(number: int, entity: Entity, parties: Sequence[str] = (), date: str | None = None) -> Extraction:
    """An article with one entity; an event has the parties for its participants."""
    states = tuple(Entity(f"E{i}", "STATE", name, link=STATES[name]) for i, name in enumerate(parties, 5))
    event = Event(entity.id, entity.event_type or "", EVIDENCE, tuple(s.id for s in states), date=date)
    return Extraction(
        Article(f"a{number:03}", "", "و", date=f"2031-03-{1 + number % 28:02}"),
        (entity, *states),
        events=(event,) if entity.type == "EVENT" else (),
    )


def _apart(extractions: Sequence[Extraction], key: str) -> int:
    """Groups that the entity of each article falls into."""
    return sum(any(k[1] == key for k in group) for group in unite(extractions).groups)


@pytest.mark.parametrize(
    ("type_", "name", "groups"),
    [
        ("GOVBODY", "الدفاع المدني", 2),
        ("PLACE", "مدينة", 2),
        ("PLACE", "المنطقة", 2),
        ("PLACE", "مدينة لييج", 1),
        ("GOVBODY", "القوات المسلحة", 2),
        ("ORG", "الحزب الحاكم", 2),
        ("GOVBODY", "المفوضية العليا للانتخابات", 2),
        ("GOVBODY", "محكمة سودانية", 2),
        ("GOVBODY", "الدفاع المدني السوداني", 1),
        ("GOVBODY", "محكمة دارا", 1),
        ("ORG", "منظمة سنابل", 1),
    ],
)
def test_what_every_state_has_is_not_one(type_: EntityType, name: str, groups: int) -> None:
    one = Entity("E1", type_, name)
    assert _apart([_article(1, one), _article(2, one)], "E1") == groups


@pytest.mark.parametrize(
    ("a", "b", "groups"),
    [
        ("سامي باقري", "سامي العبكري", 2),
        ("نوار كيشوار", "نوار كشوار", 1),
        ("كارلو فانتيني", "كارلو فانتيني", 1),
    ],
)
def test_names_alone_must_be_near(a: str, b: str, groups: int) -> None:
    people = [_article(n, Entity("E1", "PERSON", name)) for n, name in enumerate((a, b))]
    assert _apart(people, "E1") == groups


def test_a_war_is_told_by_the_states_in_its_name() -> None:
    """ "الحرب السودانية" and "الحرب الليبية" share an arms dealer, not a battlefield."""
    wars = [
        Entity("V1", "EVENT", name, event_type="ASSAULT") for name in ("الحرب السودانية", "الحرب الليبية")
    ]
    assert _apart([_article(1, wars[0], ["مصر"]), _article(2, wars[1], ["مصر"])], "V1") == 2
    assert _apart([_article(1, wars[0], ["مصر"]), _article(2, wars[0], ["مصر"])], "V1") == 1


def test_a_chain_of_near_visits_is_no_visit() -> None:
    """A report every five days over two months: each is near the next, the first not near the last."""
    talks = Entity("V1", "EVENT", "محادثات بين البلدين", event_type="CONSULT")
    articles = []
    for n in range(12):
        article = _article(n, talks, ["السودان", "تشاد"])
        day = f"2031-{3 + 5 * n // 30:02}-{1 + 5 * n % 30:02}"
        articles.append(replace(article, article=replace(article.article, date=day)))
    assert 2 <= _apart(articles, "V1") <= 6


def test_states_in_a_name() -> None:
    assert states_and_words("القصف الليبي على تشاد") == ({"libya", "chad"}, {"القصف", "علي"})
    assert states_and_words("القصف الليلي") == (set(), {"القصف", "الليلي"})
