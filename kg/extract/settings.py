"""Thresholds of the rule-based extractors, measured on annotated training articles."""

from __future__ import annotations

MIN_PRECISION = 0.2
"""A trigger whose occurrences annotators took for an act less often than this is not used."""
