from __future__ import annotations

from dataclasses import replace

import pytest
from samples import FIRST, first, second

from kg.errors import ConfigError
from kg.model import Article, Event, Extraction, Treaty
from kg.rdf.iri import article_slug, name_things
from kg.rdf.validate import gate
from kg.rdf.vocabulary import DEFAULT_BASE


def local(extraction: Extraction, key: str) -> str:
    return name_things(extraction).entities[key].value.removeprefix(DEFAULT_BASE)


def test_linked_entities_are_named_by_their_slug() -> None:
    assert local(first(), "E1") == "vladimir-putin"
    assert local(second(), "E6") == "vladimir-putin"


def test_other_entities_get_latin_letters_and_a_hash_of_the_article() -> None:
    name = local(first(), "E7")
    assert name.startswith("masadir-iraniya-")
    moved = replace(first(), article=replace(FIRST, id="third"))
    assert local(moved, "E7") != name


def test_events_and_treaties_of_linked_participants_are_readable() -> None:
    assert local(first(), "V1") == "us-strikes-on-iran-2025-06"
    assert local(first(), "T1") == "russia-iran-treaty-2025"
    assert name_things(first()).labels["V1"] == "Amrika strikes on Iran (2025-06)"


def test_an_event_without_known_participants_is_not_shared() -> None:
    assert local(first(), "V2").startswith("qama-")


def test_another_wording_order_and_article_give_the_same_event_and_treaty() -> None:
    x = first()
    entities = tuple(replace(e, name="ضربات جوية") if e.id == "V1" else e for e in x.entities)
    treaty: Treaty = replace(x.treaties[0], parties=("E3", "E2"), signed="2025")
    other = replace(
        x, article=replace(FIRST, id="x", date="2025-06-30"), entities=entities, treaties=(treaty,)
    )
    assert local(other, "V1") == local(x, "V1")
    assert local(other, "T1") == local(x, "T1")


def test_another_month_gives_another_event() -> None:
    x = first()
    event: Event = replace(x.events[0], date="2025-05-02")
    assert local(replace(x, events=(event,)), "V1") == "us-strikes-on-iran-2025-05"


def test_one_event_in_two_wordings_has_one_iri() -> None:
    x = first()
    twin = replace(x.entities[8], id="V9", name="الغارات الأمريكية على إيران")
    both = replace(x, entities=(*x.entities, twin), events=(*x.events, replace(x.events[0], event="V9")))
    assert local(both, "V1") == local(both, "V9") == "us-strikes-on-iran-2025-06"
    assert not gate(both).rejections


def test_two_treaties_of_one_article_never_share_an_iri() -> None:
    x = first()
    twin = replace(x.by_id["T1"], id="T9", name="اتفاق عسكري")
    told = (*x.treaties, replace(x.treaties[0], treaty="T9"))
    both = replace(x, entities=(*x.entities, twin), treaties=told)
    names = {local(both, "T1"), local(both, "T9")}
    assert len(names) == 2
    assert all(n.startswith("russia-iran-treaty-2025-") for n in names)


def test_article_slugs_do_not_collide() -> None:
    ids = ["a_1", "a-1", "a-1/", "a 1", "A-1", "مقال", "تقرير", "a/../b"]
    assert len({article_slug(i) for i in ids}) == len(ids)
    assert article_slug("000_61582d") == "000_61582d"


@pytest.mark.parametrize("base", ["no iri", "http://a.example/x", "http://a.example/x#", ""])
def test_an_unusable_base_is_refused(base: str) -> None:
    with pytest.raises(ConfigError):
        name_things(Extraction(Article("a", "t", "x")), base)
