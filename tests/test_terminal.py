"""What the command line prints: answers that fit, Arabic that stays readable."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from kg.explain import Known
from kg.terminal import WIDE, print_answer, print_explanation, readable

COLUMNS = ("actor", "actorLabel", "predicate", "date", "sentence")
ROWS = [
    ["kg:vladimir-putin", "فلاديمير بوتين", "dip:condemns", "2025-06-23", "دان بوتين الهجمات على إيران."],
    ["kg:someone-b11c0d9c", "", "dip:meets", "", "والتقى عراقجي."],
]


def console(width: int, terminal: bool = True) -> Console:
    return Console(file=io.StringIO(), force_terminal=terminal, width=width, color_system=None)


def printed(to: Console) -> list[str]:
    assert isinstance(to.file, io.StringIO)
    text = to.file.getvalue().replace("\u2068", "").replace("\u2069", "")
    return [" ".join(line.split()) for line in text.splitlines()]


def answer(width: int, terminal: bool = True) -> list[str]:
    to = console(width, terminal)
    print_answer(COLUMNS, ROWS, to)
    return printed(to)


def test_an_answer_that_fits_is_a_table() -> None:
    assert answer(120)[0] == "actor actorLabel predicate date sentence"
    assert len(answer(120)) == 3


def test_names_stand_for_things_where_there_is_little_room() -> None:
    header, first, second = answer(90)
    assert header == "actor predicate date sentence"
    assert first.startswith("فلاديمير بوتين dip:condemns")
    assert second.startswith("kg:someone-b11c0d9c dip:meets"), "what has no name keeps its IRI"


def test_rows_too_wide_for_a_table_are_lists_of_values() -> None:
    lines = answer(60)
    assert lines[0] == "actor فلاديمير بوتين kg:vladimir-putin"
    assert lines[1:3] == ["predicate dip:condemns", "date 2025-06-23"]
    assert "" in lines, "an empty line parts the rows"
    assert lines[-1] == "sentence والتقى عراقجي."
    assert not any(line.startswith("actorLabel") for line in lines)


def test_a_pipe_gets_the_whole_table() -> None:
    assert answer(WIDE, terminal=False)[0] == "actor actorLabel predicate date sentence"


def test_arabic_is_isolated_in_terminals_only() -> None:
    terminal, pipe = Console(force_terminal=True), Console(force_terminal=False)
    assert readable("بوتين", terminal).plain == "\u2068بوتين\u2069"
    assert readable("بوتين", pipe).plain == "بوتين"
    assert readable("Putin", terminal).plain == "Putin"
    assert "\x1b" not in readable("\x1b[31mred", pipe).plain


@pytest.mark.parametrize("terminal", [True, False])
def test_an_explanation_starts_with_what_there_is(terminal: bool) -> None:
    to = console(80, terminal)
    print_explanation(Known("kg:a dip:condemns ?", (), (), (), ()), to)
    assert printed(to) == ["kg:a dip:condemns ?", "", "0 facts"]
