"""The gazetteer tables keep their rules, and their loader reports what breaks them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib.resources import files

import pytest

from kg.arabic import fold
from kg.data import tables
from kg.data.tables import Row, State, cells, parse_table, read_table
from kg.errors import TableError

NAMED: dict[str, Callable[[], tuple[Row, ...]]] = {
    "states": tables.states,
    "places": tables.places,
    "bodies": tables.bodies,
    "igos": tables.igos,
    "armed_groups": tables.armed_groups,
    "media": tables.media,
    "orgs": tables.orgs,
}
FLOORS = {
    "states": 200, "places": 700, "bodies": 180, "igos": 110, "armed_groups": 70, "media": 150, "orgs": 120,
    "body_heads": 150,
}  # fmt: skip
ALL = pytest.mark.parametrize("name", sorted(NAMED))
FILES = pytest.mark.parametrize("name", sorted(FLOORS))


def slugs(name: str) -> set[str]:
    return {row.slug for row in NAMED[name]()}


def repeated(values: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [v for v in values if v in seen or seen.add(v)]  # type: ignore[func-returns-value]


@FILES
def test_tables_are_as_large_as_promised(name: str) -> None:
    assert len(read_table(name)) >= FLOORS[name]


@FILES
def test_files_are_clean_and_sorted(name: str) -> None:
    text = files("kg").joinpath("data", f"{name}.csv").read_bytes().decode("utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    rows = read_table(name)
    assert list(rows[0])[-1] == "source"
    keys = [next(iter(row.values())) for row in rows]
    assert keys == sorted(keys)
    assert not repeated(keys)
    for row in rows:
        for column, value in row.items():
            values = value.split("|")
            assert values == [v.strip() for v in values], (keys, column, value)
            assert value == "" or all(values), (row, column, "an empty value between bars")
            assert "  " not in value, (row, column)
            assert not re.search("[\u064b-\u0652\u0640]", value), (row, column, "vowel marks or stretching")
        assert row["source"]


def test_slugs_are_kebab_case_and_unique_across_tables() -> None:
    keys = [row.slug for name in sorted(NAMED) for row in NAMED[name]()]
    assert [k for k in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", k)] == []
    assert repeated(keys) == []


@ALL
def test_every_state_named_is_a_state(name: str) -> None:
    known = slugs("states")
    named = {(row["slug"], row["state"]) for row in read_table(name) if row.get("state")}
    assert sorted(n for n in named if n[1] not in known) == []


def test_references_between_tables_resolve() -> None:
    places, igos = slugs("places"), slugs("igos")
    states: tuple[State, ...] = tables.states()
    assert [s.slug for s in states if s.capital and s.capital not in places] == []
    assert [i.slug for i in tables.igos() if i.parent and i.parent not in igos] == []
    # A form that acts for a state has to say for which one.
    assert [p.slug for p in tables.places() if p.acts_for_state and not p.state] == []


@ALL
def test_wikidata_ids_are_well_formed_and_unique(name: str) -> None:
    ids = [row.wikidata for row in NAMED[name]() if row.wikidata]
    assert [i for i in ids if not re.fullmatch(r"Q[1-9]\d*", i)] == []
    assert repeated(ids) == []


def test_iso_codes_are_unique() -> None:
    codes = [s.iso2 for s in tables.states() if s.iso2]
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert repeated(codes) == []


@ALL
def test_no_two_forms_of_a_table_fold_alike(name: str) -> None:
    folded = [fold(form) for row in NAMED[name]() for form in row.forms]
    assert repeated(folded) == []


def test_heads_fold_apart() -> None:
    assert repeated(fold(head.head) for head in tables.body_heads()) == []


@ALL
def test_risky_forms_are_forms_of_their_row(name: str) -> None:
    stray = [(row.slug, f) for row in NAMED[name]() for f in row.needs_head if f not in row.forms]
    assert stray == []


@ALL
def test_names_have_arabic_and_english(name: str) -> None:
    for row in NAMED[name]():
        assert re.search("[\u0621-\u064a]", row.ar), row.slug
        assert re.search("[A-Za-z]", row.en), row.slug


def test_adjectives_have_no_article() -> None:
    bare = [
        (s.slug, a)
        for s in tables.states()
        for a in s.adjective
        if any(w.startswith("ال") for w in a.split())
    ]
    # "ألماني", "ألباني" begin with a hamza, not with the article.
    assert bare == []
    assert [(s.slug, p) for s in tables.states() for p in s.people if not p.startswith("ال")] == []


@pytest.mark.parametrize(
    ("form", "slug"),
    [
        ("الولايات المتحدة الأميركية", "united-states"),
        ("سورية", "syria"),
        ("الاتحاد السوفياتي", "soviet-union"),
        ("السلطة الفلسطينية", "palestine"),
        ("نظام الأسد", "syria"),
        ("الجمهورية الإسلامية", "iran"),
    ],
)
def test_states_are_found_by_the_forms_of_the_news(form: str, slug: str) -> None:
    assert [s.slug for s in tables.states() if fold(form) in {fold(f) for f in s.forms}] == [slug]


def test_the_kingdom_alone_names_no_state() -> None:
    assert [s.slug for s in tables.states() if "المملكة" in s.forms] == []


def test_capitals_act_for_their_states() -> None:
    acting = {p.slug: p.state for p in tables.places() if p.acts_for_state}
    assert acting["moscow"] == "russia"
    assert acting["tel-aviv"] == "israel"
    assert "geneva" not in acting
    assert "jerusalem" not in acting


def test_heads_tell_governments_from_bodies() -> None:
    types = {h.head: (h.type, h.en, h.joins) for h in tables.body_heads()}
    assert types["الحكومة"][0] == "STATE"
    assert types["إدارة"] == ("STATE", "Administration", "genitive")
    assert types["سفارة"] == ("GOVBODY", "Embassy", "genitive")
    assert types["الخارجية"][:2] == types["وزارة الخارجية"][:2] == ("GOVBODY", "Foreign Ministry")


def test_papers_with_ordinary_names_need_a_head() -> None:
    risky = {form for row in tables.media() for form in row.needs_head}
    assert {"الشرق الأوسط", "الحياة", "النهار", "قنا", "ريا", "الجزيرة", "العربية"} <= risky
    assert "رويترز" not in risky


def test_cells() -> None:
    assert cells("روسيا|الاتحاد الروسي") == ("روسيا", "الاتحاد الروسي")
    assert cells("") == ()


def test_read_table_takes_the_name_with_or_without_suffix() -> None:
    assert read_table("states") == read_table("states.csv")


def test_a_missing_table_is_named() -> None:
    with pytest.raises(TableError, match=r"kg/data/nowhere\.csv: no such file"):
        read_table("nowhere")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n1,2,3\n", r"t\.csv, line 3: 3 cells where the header has 2"),
        ("a,b\n1\n", r"t\.csv, line 2: 1 cells"),
        ("a,a\n", r"t\.csv, line 1: a column has no name or occurs twice"),
        ('a,b\n"x"y,2\n', r"t\.csv, line 2: "),
        ("", r"t\.csv: empty file"),
    ],
)
def test_broken_tables_are_reported_with_file_and_line(text: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        parse_table("t.csv", text)


def test_quoted_cells_and_blank_lines() -> None:
    assert parse_table("t.csv", 'a,b\n"x, y",2\n\n') == [{"a": "x, y", "b": "2"}]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"slug": "x", "kind": "planet"}, r"places\.csv, row 'x': column kind holds 'planet'"),
        ({"slug": "x", "ar": " "}, r"row 'x': column ar is empty"),
    ],
)
def test_bad_cells_are_reported_with_their_row(
    monkeypatch: pytest.MonkeyPatch, row: dict[str, str], message: str
) -> None:
    good = dict(read_table("places")[0])
    monkeypatch.setattr(tables, "read_table", lambda name: [good | row])
    with pytest.raises(TableError, match=message):
        tables.places.__wrapped__()


def test_a_missing_column_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {k: v for k, v in read_table("igos")[0].items() if k != "parent"}
    monkeypatch.setattr(tables, "read_table", lambda name: [row])
    with pytest.raises(TableError, match=r"igos\.csv: no column 'parent'"):
        tables.igos.__wrapped__()
