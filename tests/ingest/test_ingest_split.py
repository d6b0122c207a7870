from __future__ import annotations

import pytest

from kg.ingest.split import split


@pytest.mark.parametrize(
    "between", ["", "\n", "\n\n", "\n=====\n", "\n\n-----\n\n", "\n- - - -\n", "\f", "\n\f\n"]
)
def test_the_seeds_joined_in_any_way_come_apart(first: str, second: str, between: str) -> None:
    for one, other in ((first, second), (second, first)):
        parts, doubts = split(one + between + other)
        assert [part.text.strip() for part in parts] == [one, other]
        assert doubts == []


def test_three_articles(first: str, second: str) -> None:
    parts, _ = split(first + second + first)
    assert [part.text for part in parts] == [first, second, first]
    assert [part.line for part in parts] == [1, first.count("\n") + 1, (first + second).count("\n") + 1]


def test_one_article_stays_one(first: str, second: str) -> None:
    for text in (first, second, "", "سطر واحد"):
        parts, doubts = split(text)
        assert ([part.text for part in parts], doubts) == ([text], [])


def test_rules_inside_an_article_are_no_borders(second: str) -> None:
    title, _, body = second.partition("\n")
    for text in (f"{title}\n=====\n{body}", f"{second}\n-----\nللمزيد تابعونا", f"{second}\n-----\n"):
        parts, doubts = split(text)
        assert ([part.text for part in parts], doubts) == ([text], [])


def test_unclear_borders_are_doubts(first: str, second: str) -> None:
    body = second.partition("\n")[2].partition("\n")[2]
    parts, doubts = split(f"{second}\n-----\n{body}")
    assert (len(parts), doubts) == (1, [second.count("\n") + 2])
    dateline = "موسكو، 23 يونيو (رويترز) - " + body
    parts, doubts = split(f"{second}\n{dateline}")
    assert (len(parts), doubts) == (1, [second.count("\n") + 2])
