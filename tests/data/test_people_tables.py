"""The tables about persons and offices keep their own rules and fit the other tables."""

from __future__ import annotations

import re

import pytest

from kg.arabic import fold
from kg.data.people import (
    HONORIFIC_FUNCTIONS,
    ROLE_FUNCTIONS,
    Title,
    given_names,
    honorifics,
    leaders,
    parse_office,
    particles,
    role_words,
    titles,
)
from kg.data.tables import read_table
from kg.errors import TableError
from kg.model import ROLES

OWNERS = {"state", "body", "org", "igo", "party", "armed_group", "media", "place", "none", "parliament"}
DATE = re.compile(r"\d{4}(-\d\d){0,2}")
ARABIC = re.compile(r"[\u0621-\u064aپچژگ][\u0621-\u064aپچژگ\u200c .\-ـ]*")


def by_form() -> dict[str, list[Title]]:
    found: dict[str, list[Title]] = {}
    for title in titles():
        for form in title.forms:
            found.setdefault(fold(form), []).append(title)
    return found


@pytest.mark.parametrize("name", ["titles", "leaders", "given_names", "honorifics", "role_words"])
def test_rows_are_sorted_and_sourced(name: str) -> None:
    rows = read_table(name)
    first, second = list(rows[0])[:2]
    extra = "state_condition" if name == "titles" else second if name == "honorifics" else first
    keys = [(row[first], row[extra]) for row in rows]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))
    assert all(row["source"] for row in rows)
    assert list(rows[0])[-1] == "source"


def test_every_role_has_titles() -> None:
    assert {title.role for title in titles()} == set(ROLES)
    assert len({title.title for title in titles()}) >= 220


def test_titles_have_known_owners_and_states() -> None:
    states = {row["slug"] for row in read_table("states")}
    for title in titles():
        assert set(title.of) <= OWNERS, title.title
        assert title.of, title.title
        assert set(title.states) <= states, title.title
        assert title.title in title.forms


def test_a_form_belongs_to_one_title() -> None:
    for form, found in by_form().items():
        assert len({title.title for title in found}) == 1, form
        conditions = [title.states for title in found]
        assert len(conditions) == len(set(conditions)), form


@pytest.mark.parametrize(
    ("form", "role"),
    [
        ("الرئيس", "head_of_state"),
        ("رئيسة الوزراء", "head_of_government"),
        ("رئيسا وزراء", "head_of_government"),
        ("وزيري الخارجية", "foreign_minister"),
        ("وزير خارجيتها", "foreign_minister"),
        ("وزيرة دفاع", "defense_minister"),
        ("نائبة وزير خارجية", "deputy_minister"),
        ("وزير الدولة للشؤون الخارجية", "other_minister"),
        ("نائب رئيس مجلس الوزراء", "other_official"),
        ("ولي ولي العهد", "crown_prince"),
        ("مستشارة الأمن القومي", "adviser"),
        ("المتحدثة باسم", "spokesperson"),
        ("المبعوث الأممي الخاص", "envoy"),
        ("مندوبها الدائم", "ambassador"),
        ("رئيس هيئة الأركان المشتركة", "military_commander"),
        ("مدير وكالة المخابرات المركزية", "intelligence_chief"),
        ("رئيس مجلس العموم", "legislator"),
        ("أمين عام الناتو", "organization_head"),
        ("زعيم الحوثيين", "party_leader"),
        ("الكاتب الصحفي", "journalist"),
    ],
)
def test_forms_map_to_roles(form: str, role: str) -> None:
    (title,) = by_form()[fold(form)]
    assert title.role == role


def test_the_state_decides_what_a_chancellor_is() -> None:
    rows = by_form()[fold("المستشارة")]
    assert {title.role: title.states for title in rows} == {
        "adviser": (),
        "head_of_government": ("austria", "germany"),
    }


def test_the_owner_decides_what_a_president_is() -> None:
    (title,) = by_form()[fold("رئيس")]
    assert title.role_for("state") == "head_of_state"
    assert title.role_for("party", "org") == "party_leader"
    assert title.role_for("igo") == "organization_head"


def test_role_words() -> None:
    words = {fold(form): function for form, function in role_words().items()}
    assert set(words.values()) == set(ROLE_FUNCTIONS)
    assert words[fold("السابقة")] == "former"
    assert words[fold("المنتهية ولايته")] == "former"
    assert words[fold("المكلف")] == "acting"
    assert words[fold("نظيرتها")] == words[fold("نظيريه")] == "counterpart"


def test_honorifics_and_particles() -> None:
    assert {row["function"] for row in read_table("honorifics")} == set(HONORIFIC_FUNCTIONS)
    assert {"السيد", "آية الله", "صاحب السمو الملكي"} <= honorifics()
    assert {"بن", "آل", "فان", "أوغلو"} <= particles()


def test_given_names() -> None:
    names = given_names()
    assert len(names) >= 1300
    assert len({fold(name) for name in names}) == len(names)
    assert names["كريم"]
    assert not names["محمد"]
    assert not names["سيرغي"]


def test_leaders_are_complete_rows() -> None:
    assert len(leaders()) >= 450
    for slug, leader in leaders().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), slug
        assert leader.en, slug
        for name in (leader.ar, *leader.variants, *leader.short):
            assert ARABIC.fullmatch(name), (slug, name)
        assert leader.wikidata is None or re.fullmatch(r"Q[1-9]\d*", leader.wikidata), slug
        for office in leader.offices:
            for date in (office.start, office.end):
                assert date is None or DATE.fullmatch(date), (slug, office)
            if office.start and office.end:
                assert office.start[:4] <= office.end[:4], (slug, office)


def test_names_and_ids_of_leaders_are_unambiguous() -> None:
    owner: dict[str, str] = {}
    for slug, leader in leaders().items():
        for name in {fold(n) for n in (leader.ar, *leader.variants)}:
            assert owner.setdefault(name, slug) == slug, name
    ids = [leader.wikidata for leader in leaders().values() if leader.wikidata]
    assert len(ids) == len(set(ids))


def test_offices_are_of_known_things() -> None:
    known = {
        row["slug"]
        for name in ("states", "bodies", "igos", "armed_groups", "orgs", "media")
        for row in read_table(name)
    }
    missing = {
        (slug, office.of)
        for slug, leader in leaders().items()
        for office in leader.offices
        if office.of is not None and office.of not in known
    }
    assert not missing


def test_offices_that_cannot_be_read_are_refused() -> None:
    assert parse_office("envoy@united-nations:2014-2018").of == "united-nations"
    assert parse_office("adviser@").of is None
    with pytest.raises(TableError, match="role@of"):
        parse_office("envoy of the United Nations", "x")
    with pytest.raises(TableError, match="unknown role"):
        parse_office("boss@iran", "x")
