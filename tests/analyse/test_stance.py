from __future__ import annotations

from dataclasses import replace

import pytest
from analyse_sample import act, event, facts, treaty

from kg.analyse import as_graph, changes, deeds, parse_period, periods, stance_matrix, stance_network
from kg.analyse.period import PeriodError, fitting_unit
from kg.analyse.stance import intensities
from kg.model import PLOVER


def weight(given: object, actor: str, target: str, **options: object) -> float:
    network = stance_network(given, **options)  # type: ignore[arg-type]
    return network.edges[actor, target].weight


def test_every_predicate_has_an_intensity_whose_sign_fits_it() -> None:
    table = intensities()
    assert set(table) == set(PLOVER)
    assert all(-1 <= value <= 1 for value in table.values())
    assert table["aids"] > table["supports"] > 0 > table["condemns"] > table["attacks"]
    assert table["requests"] == 0


def test_direction_sign_and_confidence_count() -> None:
    network = stance_network(facts(act("a", "supports", "b", confidence=0.5), act("b", "attacks", "a")))
    assert network.edges["a", "b"].weight == pytest.approx(0.35 * 0.5)
    assert network.edges["b", "a"].weight == pytest.approx(-0.9)
    assert (network.edges["a", "b"].sign, network.edges["b", "a"].sign) == (1, -1)


def test_what_is_denied_possible_or_neutral_is_no_stance() -> None:
    given = facts(
        act("a", "attacks", "b", negated=True),
        act("a", "attacks", "b", modality="hypothetical"),
        act("a", "requests", "b"),
        act("a", "visits", "gulf"),
        act("a", "condemns", "a"),
    )
    assert stance_network(given).edges == {}


def test_plans_and_hearsay_count_half_but_not_ones_own_word() -> None:
    full = weight(facts(act("a", "aids", "b")), "a", "b")
    assert weight(facts(act("a", "aids", "b", modality="future")), "a", "b") == full / 2
    assert weight(facts(act("a", "aids", "b", source="c")), "a", "b") == full / 2
    assert weight(facts(act("a", "aids", "b", source="a")), "a", "b") == full


def test_a_deed_told_by_many_counts_once_and_a_coarse_date_joins_the_fine_one() -> None:
    given = facts(
        act("a", "condemns", "b", "2025-06-23", article="x", confidence=0.4),
        act("a", "condemns", "b", "2025-06", article="y", confidence=0.6),
        act("a", "condemns", "b", None, article="z", confidence=0.5),
        act("a", "condemns", "b", "2025-07-01", article="w", confidence=0.3),
    )
    first, second = deeds(given)
    assert (first.date, second.date) == ("2025-06-23", "2025-07-01")
    assert {quote.article for quote in first.tellings} == {"x", "y", "z"}
    assert first.weight == pytest.approx(-0.2 * 0.6)


def test_symmetric_acts_go_both_ways_also_without_a_target() -> None:
    together = facts(act("a", "meets", "b"))
    assert set(stance_network(together).edges) == {("a", "b"), ("b", "a")}
    both = replace(act("a", "meets"), actors=("a", "b"))
    assert set(stance_network(facts(both)).edges) == {("a", "b"), ("b", "a")}


def test_states_stand_for_those_who_speak_for_them() -> None:
    given = facts(act("envoy", "condemns", "kremlin"), speaks={"envoy": "iran", "kremlin": "russia"})
    assert set(stance_network(given).edges) == {("iran", "russia")}
    assert set(stance_network(given, level="actor").edges) == {("envoy", "kremlin")}


def test_a_stance_on_an_event_is_half_a_stance_towards_its_doers() -> None:
    given = facts(
        event("usa", "iran"), act("russia", "condemns", "strikes"), act("russia", "meets", "strikes")
    )
    network = stance_network(given)
    assert network.edges["russia", "usa"].weight == network.edges["russia", "strikes"].negative * -0.5
    assert network.edges["usa", "iran"].weight == pytest.approx(-0.9)
    assert ("russia", "usa") not in stance_network(given, through_events=False).edges


def test_parties_of_a_treaty_stand_by_each_other() -> None:
    network = stance_network(facts(treaty("a b c")))
    assert len(network.edges) == 6
    assert all(edge.sign == 1 for edge in network.edges.values())


def test_supporters_and_critics_in_order_of_strength() -> None:
    given = facts(
        act("a", "praises", "strikes"), act("b", "aids", "strikes"), act("c", "condemns", "strikes"),
        act("d", "attacks", "strikes"), act("e", "praises", "strikes"), act("e", "rejects", "strikes"),
    )  # fmt: skip
    network = stance_network(given)
    assert [edge.actor for edge in network.supporters("strikes")] == ["b", "a"]
    assert [edge.actor for edge in network.critics("strikes")] == ["d", "c"]
    assert [edge.actor for edge in network.critics("strikes", 1)] == ["d"]
    assert network.edges["e", "strikes"].sign == 0


def test_only_what_lies_in_the_period_for_certain_counts() -> None:
    given = facts(
        act("a", "aids", "b", "2025-06-23"),
        act("a", "aids", "c", "2025"),
        act("a", "aids", "d", published="2025-06-24"),
    )
    june = stance_network(given, period=parse_period("2025-06"))
    assert set(june.edges) == {("a", "b"), ("a", "d")}
    assert len(stance_network(given, period=parse_period("2024-01..2025-12")).edges) == 3


@pytest.mark.parametrize("text", ["soon", "2025-13", "2025-02-30", "2025..2024", "1..2..3", "0000"])
def test_a_wrong_period_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(PeriodError) as error:
        parse_period(text)
    assert error.value.mend
    assert "\n" not in str(error.value)


def test_periods_of_each_unit() -> None:
    dates = ["2025-01-01", "2025-02-28", "2024-12-31", "2025-05", "2025", None]
    assert [period.name for period in periods(dates, "year")] == ["2024", "2025"]
    assert [p.name for p in periods(dates, "month")] == ["2024-12", "2025-01", "2025-02", "2025-05"]
    assert [p.name for p in periods(dates, "quarter")] == ["2024-Q4", "2025-Q1", "2025-Q2"]
    assert [p.name for p in periods(dates, "week")] == ["2025-W01", "2025-W09"]


def test_the_unit_follows_how_much_there_is() -> None:
    assert fitting_unit(["2025-01-01"] * 30 + ["2025-01-02"] * 30) == "day"
    assert fitting_unit([f"2025-{m:02}-{d:02}" for m in (1, 2, 3) for d in range(1, 29)]) == "month"
    assert fitting_unit(["2025-01-01", "2025-01-02"]) == "year"


def test_changes_between_two_periods() -> None:
    given = facts(
        act("a", "aids", "b", "2024-05"), act("a", "attacks", "b", "2025-05"),
        act("c", "aids", "b", "2024-05"), act("d", "meets", "b", "2024-05"),
        act("d", "aids", "b", "2025-05"), act("e", "meets", "b", "2025-05"),
    )  # fmt: skip
    old, new = (stance_network(given, period=parse_period(year)) for year in ("2024", "2025"))
    found = {change.actor: change for change in changes(old, new)}
    assert {actor: change.turn for actor, change in found.items() if actor != "b"} == {
        "a": "turned", "c": "vanished", "d": "warmer", "e": "appeared",
    }  # fmt: skip
    assert found["a"].difference == pytest.approx(-1.6)
    assert next(iter(found)) == "a"


def test_the_matrix_holds_the_strongest_ordered_by_bloc() -> None:
    given = facts(act("a", "attacks", "b"), act("c", "aids", "b"), act("d", "meets", "a"))
    matrix = stance_matrix(stance_network(given), most=2, order={"a": 1, "c": 0})
    assert (matrix.rows, matrix.columns) == (("c", "a"), ("a", "b"))
    assert [[w and round(w, 2) for w in row] for row in matrix.weights()] == [[None, 0.7], [None, -0.9]]


def test_the_graph_for_networkx_carries_everything() -> None:
    given = facts(act("a", "aids", "b", "2025-06-23", article="x"), act("a", "meets", "b", "2025-06-24"))
    graph = as_graph(stance_network(given), given)
    data = graph.edges["a", "b"]
    assert (data["sign"], data["deeds"], data["first"], data["last"]) == (1, 2, "2025-06-23", "2025-06-24")
    assert (data["articles"], data["predicates"], data["evidence"]) == ("a1 | x", "aids 1 | meets 1", "جملة.")
    assert graph.nodes["a"] == {"label": "a", "label_en": "A", "type": "STATE"}
