"""What the tests of extraction share."""

from __future__ import annotations

import pytest
from extract_reading import Reader, read


@pytest.fixture(scope="session")
def facts() -> Reader:
    """``facts(text, date="2031-03-04", title="", source=None)`` reads a short article with the rules."""
    return read
