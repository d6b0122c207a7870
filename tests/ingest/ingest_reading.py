"""What the tests of this folder share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.ingest import Problem
from kg.model import Article

SEEDS = Path(__file__).parents[2] / "seeds"

Reading = tuple[list[Article], list[Problem]]
Reader = Callable[..., Reading]
