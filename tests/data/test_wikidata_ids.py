"""Wikidata items of all tables: well formed, one thing each, and there for every state with a code."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from kg.data.tables import read_table

TABLES = (
    "states", "places", "bodies", "igos", "armed_groups", "media", "orgs", "leaders", "named_treaties",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_items_are_well_formed(table: str) -> None:
    items = [row["wikidata"] for row in read_table(table) if row["wikidata"]]
    assert [item for item in items if not re.fullmatch(r"Q[1-9]\d*", item)] == []


def test_no_item_stands_for_two_rows() -> None:
    slugs = defaultdict(set)
    for table in TABLES:
        for row in read_table(table):
            if row["wikidata"]:
                slugs[row["wikidata"]].add(row["slug"])
    assert {item: rows for item, rows in slugs.items() if len(rows) > 1} == {}


def test_every_state_with_a_code_has_an_item() -> None:
    assert [row["slug"] for row in read_table("states") if row["iso2"] and not row["wikidata"]] == []


@pytest.mark.parametrize(("table", "least"), [("states", 220), ("igos", 110), ("leaders", 800)])
def test_the_tables_are_linked_as_far_as_was_verified(table: str, least: int) -> None:
    assert sum(bool(row["wikidata"]) for row in read_table(table)) >= least


@pytest.mark.parametrize(
    ("table", "slug", "item"),
    [
        ("states", "palestine", "Q219060"),
        ("states", "south-yemen", "Q199841"),
        ("leaders", "hosni-mubarak", "Q34105"),
        ("leaders", "ariel-sharon", "Q60206"),
        ("leaders", "abbas-araghchi", "Q7459020"),
        ("igos", "ecosoc", "Q170075"),
        ("igos", "ecowas", "Q193272"),
        ("igos", "unep", "Q182016"),
        ("places", "kurdistan-region", "Q205047"),
    ],
)
def test_what_was_wrong_or_missing_once(table: str, slug: str, item: str) -> None:
    assert [row["wikidata"] for row in read_table(table) if row["slug"] == slug] == [item]
