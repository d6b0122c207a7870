"""The notebooks run to their end, and are committed with outputs that say nothing of machine or clock."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST = 1_000_000
"""Bytes of a notebook."""

nbformat = pytest.importorskip("nbformat")


def ids(path: Path) -> str:
    return path.stem


def test_they_are_the_four() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_build", "02_sparql", "03_stances", "04_your_articles"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_the_committed_outputs_are_clean(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.encode()) < MOST
    notebook = nbformat.reads(text, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), (
        "run notebooks/execute.py"
    )
    outputs = [output for cell in code for output in cell.outputs]
    assert outputs
    assert not [
        output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"
    ]
    for sign in ("/tmp/", "/home/", "/root/", str(ROOT), "seconds="):
        assert sign not in text, sign


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_it_runs_without_an_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "notebooks"))
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    monkeypatch.setenv("PYTHONPATH", paths)
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    notebook = import_module("execute").executed(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
