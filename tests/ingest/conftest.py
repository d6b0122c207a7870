from __future__ import annotations

from pathlib import Path

import pytest
from ingest_reading import SEEDS, Reader, Reading

from kg.config import IngestSettings
from kg.ingest import Problem, read


@pytest.fixture
def run() -> Reader:
    """Reads paths and returns articles and problems."""

    def run_(*paths: Path | str, **settings: object) -> Reading:
        problems: list[Problem] = []
        chosen = IngestSettings(**settings)  # type: ignore[arg-type]
        return list(read([str(p) for p in paths], settings=chosen, on_problem=problems.append)), problems

    return run_


@pytest.fixture
def first() -> str:
    """The first seed as text."""
    return (SEEDS / "putin-meets-araghchi.txt").read_text(encoding="utf-8")


@pytest.fixture
def second() -> str:
    """The second seed as text."""
    return (SEEDS / "putin-calls-king-hamad.txt").read_text(encoding="utf-8")
