"""How sure an act is: a logistic model over the trigger's record and what filled its slots.

The weights are a table (``act_confidence.csv``), fitted by ``training/act_confidence.py``
on annotated articles, so that the confidence reads as a probability.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from kg.data.tables import read_table

_FLOOR = 0.01


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("act_confidence")}


def log_odds(precision: float) -> float:
    """Log-odds of a share, kept away from 0 and 1."""
    share = min(1 - _FLOOR, max(_FLOOR, precision))
    return math.log(share / (1 - share))


def confidence(features: Iterable[str], precision: float) -> float:
    """Probability that an act is right, from 0 to 1, to three decimals.

    Args:
        features: Names of rows of the table; unknown ones count nothing.
        precision: How often the trigger's form is this act in annotated news.
    """
    weights = _weights()
    total = weights["bias"] + weights["precision"] * log_odds(precision)
    total += sum(weights.get(feature, 0.0) for feature in features)
    return round(1 / (1 + math.exp(-total)), 3)
