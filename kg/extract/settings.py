"""Thresholds of the rule-based extractors, measured on annotated training articles."""

from __future__ import annotations

MIN_PRECISION = 0.06
"""A trigger whose occurrences annotators took for an act less often than this is not used."""

MIN_CONFIDENCE = 0.22
"""Acts less sure than this are not reported: chosen for the best F1 on annotated training articles."""

SURE_PRECISION = 0.4
"""From this precision on, a trigger without a target takes the rest of its clause as its object."""

HELD_PRECISION = 0.5
"""How often a verb with a meeting as its subject ("تناول اللقاء") tells what its sides discussed."""

DATED_BY_REPORT = frozenset(
    {
        "accuses",
        "condemns",
        "denies",
        "hosts",
        "meets",
        "negotiates",
        "phones",
        "pledges",
        "praises",
        "rejects",
        "requests",
        "supports",
        "threatens",
        "warns",
    }
)
"""Acts that are news when they happen, speech acts and meetings: without a date of their own, they
happened when the article reports."""

MAX_READINGS = 4
"""How many triggers are tried at one token; the reading with the surest act wins."""
