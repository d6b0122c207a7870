"""Thresholds of the rule-based extractors, measured on annotated training articles."""

from __future__ import annotations

MIN_PRECISION = 0.01
"""A trigger whose occurrences annotators took for an act less often than this is not used."""

MIN_CONFIDENCE = 0.2
"""Acts less sure than this are not reported: chosen for the best F1 on annotated training articles."""

SURE_PRECISION = 0.4
"""From this precision on, a trigger without a target takes the rest of its clause as its object."""

SPEECH_ACTS = frozenset(
    {
        "accuses",
        "condemns",
        "denies",
        "pledges",
        "praises",
        "rejects",
        "requests",
        "supports",
        "threatens",
        "warns",
    }
)
"""Predicates that are performed by being said: without a date of their own, on the day of the report."""

MAX_READINGS = 4
"""How many triggers are tried at one token; the reading with the surest act wins."""
