"""Timeline, change points and reactions."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from analyse_sample import act, event, facts

from kg.analyse import change_points, pace_changes, parse_period, reactions, timeline
from kg.analyse.days import LONGEST


def day(number: int) -> str:
    return (datetime.date(2025, 1, 1) + datetime.timedelta(days=number)).isoformat()


def test_acts_by_type_and_day() -> None:
    line = timeline(
        facts(
            act("a", "condemns", "b", "2025-01-02"), act("a", "accuses", "b", published="2025-01-04"),
            act("a", "meets", "b", "2025-01-02"), act("a", "aids", "b", "2025-01"), act("a", "aids", "b"),
            act("a", "aids", "b", "2025-01-03", negated=True),
            act("a", "aids", "b", "2025-01-03", modality="future"),
        )
    )  # fmt: skip
    assert line.first == datetime.date(2025, 1, 2)
    assert [dict(of) for of in line.days] == [{"ACCUSE": 1, "CONSULT": 1}, {}, {"ACCUSE": 1}]
    assert (line.coarse, line.undated, line.earlier) == ({"2025-01": 1}, 1, 0)
    assert line.series() == [2, 0, 1]
    assert line.series("verbal_conflict") == line.series("ACCUSE") == [1, 0, 1]


def test_a_period_and_the_longest_span_cut_the_timeline() -> None:
    given = facts(act("a", "meets", "b", "1951-01-01"), act("a", "meets", "b", "2025-06-01"))
    assert len(timeline(given).days) == LONGEST
    assert timeline(given).earlier == 1
    assert len(timeline(given, parse_period("2025")).days) == 1
    assert timeline(facts()).days == ()


@pytest.mark.parametrize(("low", "high"), [(1, 6), (4, 12), (30, 60)])
def test_a_change_of_pace_is_found_on_its_day(low: int, high: int) -> None:
    chance = np.random.default_rng(3)
    series = [*chance.poisson(low, 40), *chance.poisson(high, 30), *chance.poisson(low, 30)]
    first, second = pace_changes([int(count) for count in series])
    assert abs(first - 40) <= 1
    assert abs(second - 70) <= 1


def test_even_news_has_no_change_of_pace_though_busy() -> None:
    chance = np.random.default_rng(1)
    even = [chance.poisson(5, 60).tolist() for _ in range(40)]
    busy = [chance.negative_binomial(3, 1 / 4, 60).tolist() for _ in range(40)]
    assert sum(bool(pace_changes(series)) for series in even) <= 2
    assert sum(bool(pace_changes(series)) for series in busy) <= 4
    assert pace_changes([0] * 30) == pace_changes([1, 9]) == []


def test_a_change_names_its_kind_and_what_drives_it() -> None:
    calm = [act("a", "meets", "b", day(i)) for i in range(40)]
    storm = [act("c", "attacks", "d", day(i)) for i in range(20, 40) for _ in range(5)]
    given = facts(*calm, *storm)
    points = {point.quad: point for point in change_points(timeline(given), given)}
    assert set(points) == {None, "material_conflict"}
    found = points["material_conflict"]
    assert (found.day, found.before, found.after) == (datetime.date(2025, 1, 21), 0, 5)
    assert found.drivers == ((("c", "attacks", "d"), 35),)
    assert set(found.facts) <= {one.iri for one in storm}


def test_who_reacts_in_what_order() -> None:
    given = facts(
        event("usa", "iran", day="2025-06-22"),
        act("late", "praises", "strikes", "2025-06-25"),
        act("month", "condemns", "strikes", "2025-06"),
        act("first", "condemns", "strikes", "2025-06-22", confidence=0.5),
        act("first", "rejects", "strikes", "2025-06-24", confidence=0.5),
        act("same", "accuses", "strikes", published="2025-06-25"),
        act("never", "condemns", "strikes"),
        act("usa", "praises", "strikes", "2025-06-22"),
        act("talker", "negotiates", "strikes", "2025-06-22"),
        act("planner", "condemns", "strikes", "2025-06-22", modality="future"),
    )
    found = reactions(given, "strikes")
    assert [(r.rank, r.actor, r.days, r.sign) for r in found] == [
        (1, "first", 0, -1), (2, "late", 3, 1), (2, "same", 3, -1), (4, "month", None, -1),
        (5, "never", None, -1),
    ]  # fmt: skip
    assert (len(found[0].acts), found[0].confidence) == (2, 0.75)
    assert [reaction.published for reaction in found] == [False, False, True, False, False]


def test_a_state_reacts_through_those_who_speak_for_it() -> None:
    given = facts(
        act("envoy", "condemns", "strikes", "2025-06-23"), act("kremlin", "rejects", "strikes", "2025-06-22"),
        speaks={"envoy": "russia", "kremlin": "russia"},
    )  # fmt: skip
    (found,) = reactions(given, "strikes")
    assert (found.actor, found.date, len(found.acts)) == ("russia", "2025-06-22", 2)
    assert [reaction.actor for reaction in reactions(given, "strikes", "actor")] == ["kremlin", "envoy"]
