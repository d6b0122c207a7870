"""What tests of several folders share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.config import load_settings

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that writes the expected outputs anew."""
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a golden file, or writes it there with ``--update-golden``."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), "mend it, or write it anew: pytest --update-golden"

    return compare


@pytest.fixture(scope="session")
def seeds_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a real build of the seed articles, database included."""
    folder = tmp_path_factory.mktemp("seeds") / "output"
    kg.build([ROOT / "seeds"], load_settings(None, {"output": folder}), store=True)
    return folder


@pytest.fixture(scope="session")
def seeds_by_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same by the rules alone, whose confidences do not depend on the processor's arithmetic."""
    folder = tmp_path_factory.mktemp("rules") / "output"
    kg.build([ROOT / "seeds"], load_settings(None, {"output": folder, "pipeline": "rules"}))
    return folder
