"""What the tests of linking share: the reader of the tests of extraction."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "extract"))

from extract_reading import Reader, read


@pytest.fixture(scope="session")
def facts() -> Reader:
    """``facts(text, date="2031-03-04", title="", source=None)`` reads a short article with the rules."""
    return read
