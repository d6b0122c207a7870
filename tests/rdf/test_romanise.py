from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.romanise import romanise, slugify


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("سيرجي لافروف", "Sirji Lafruf"),
        ("عباس عراقجي", "Abas Araqji"),
        ("محمد بن سلمان", "Mahmad Bin Salman"),
        ("الكرملين", "Al-Karmalin"),
        ("صالح", "Salih"),
        ("مُحَمَّد", "Mahmad"),
        ("قرار ٢٢٥٤", "Qarar 2254"),
        ("شركة Total", "Sharka Total"),
    ],
)
def test_names_become_readable(arabic: str, latin: str) -> None:
    assert romanise(arabic) == latin


def test_spellings_with_marks_and_stretching_share_a_slug() -> None:
    assert slugify("مُحَمَّـــد") == slugify("محمد")


@given(st.text(max_size=80))
def test_slugs_are_plain_and_short(text: str) -> None:
    slug = slugify(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert len(slug) <= 60
