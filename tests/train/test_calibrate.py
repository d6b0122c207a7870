"""The confidence of facts, fitted on cases."""

import pytest

pytest.importorskip("sklearn")

from kg.train.calibrate import Case, confidences, fit, report


def test_few_cases_get_one_confidence() -> None:
    weights, held_out = fit([Case({"trigger": 1.0}, 1.0, "a"), Case({"trigger": -1.0}, 0.0, "b")])
    assert weights == {"bias": 0.0}
    assert held_out.tolist() == [0.5, 0.5]
    assert fit([])[0] == {"bias": 0.0}


def test_what_tells_right_from_wrong_gets_the_weight() -> None:
    cases = [
        Case({"trigger": 2.0 if i % 3 else -2.0, "noise": float(i % 2)}, float(bool(i % 3)), f"a{i % 7}")
        for i in range(120)
    ]
    weights, held_out = fit(cases)
    assert weights["trigger"] > 1 > abs(weights["noise"])
    assert (held_out[[i for i in range(120) if i % 3]] > 0.5).all()
    table = report(cases, confidences(cases, weights), 80)
    assert "| 0.50 | 1.000 | 1.000 | 1.000 |" in table
