"""The output folder is replaced as a whole or not at all, by one process at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.atomic import BusyError, OutputError, replaced

MARK = "build.json"


def write(folder: Path, **files: str) -> None:
    with replaced(folder, MARK) as new:
        for name, text in {"build": "{}", **files}.items():
            (new / f"{name}.json").write_text(text, "utf-8")


def entries(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_folder_is_made_with_its_parents_and_nothing_else_stays(tmp_path: Path) -> None:
    write(tmp_path / "a" / "out", facts="1")
    assert entries(tmp_path / "a") == ["out"]
    assert entries(tmp_path / "a" / "out") == ["build.json", "facts.json"]


def test_a_second_build_replaces_the_first(tmp_path: Path) -> None:
    write(tmp_path / "out", facts="1")
    write(tmp_path / "out", facts="2")
    assert (tmp_path / "out" / "facts.json").read_text("utf-8") == "2"
    assert entries(tmp_path) == ["out"]


def test_what_the_user_put_into_the_folder_stays(tmp_path: Path) -> None:
    write(tmp_path / "out", facts="1")
    (tmp_path / "out" / "notes.txt").write_text("mine", "utf-8")
    write(tmp_path / "out", facts="2")
    assert (tmp_path / "out" / "notes.txt").read_text("utf-8") == "mine"


def test_the_old_folder_is_whole_while_and_after_a_build_fails(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, facts="1")

    def fail() -> None:
        with replaced(out, MARK) as new:
            (new / "facts.json").write_text("half", "utf-8")
            assert (out / "facts.json").read_text("utf-8") == "1"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (out / "facts.json").read_text("utf-8") == "1"
    assert entries(tmp_path) == ["out"]


def test_a_failing_swap_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write(out, facts="1")
    rename = Path.rename

    def busy(self: Path, target: Path) -> Path:
        if self.name == ".out.new":
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", busy)
    with pytest.raises(OutputError, match="busy"):
        write(out, facts="2")
    assert (out / "facts.json").read_text("utf-8") == "1"
    assert entries(tmp_path) == ["out"]


def test_leftovers_of_a_killed_process_are_recovered(tmp_path: Path) -> None:
    write(tmp_path / "out", facts="1")
    (tmp_path / "out").rename(tmp_path / ".out.old")
    (tmp_path / ".out.new").mkdir()
    (tmp_path / ".out.new" / "half").write_text("", "utf-8")
    with replaced(tmp_path / "out", MARK) as new:
        assert (tmp_path / "out" / "facts.json").read_text("utf-8") == "1"
        assert entries(new) == []
        (new / MARK).write_text("{}", "utf-8")
    assert entries(tmp_path) == ["out"]


def test_a_folder_of_somebody_elses_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("", "utf-8")
    with pytest.raises(OutputError, match="holds files that no build wrote"):
        write(tmp_path)
    assert entries(tmp_path) == ["photo.jpg"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", "utf-8")
    with pytest.raises(OutputError, match="is a file"):
        write(tmp_path / "out")
    with pytest.raises(OutputError):
        write(tmp_path / "out" / "deeper")


def test_a_second_build_at_the_same_time_is_refused(tmp_path: Path) -> None:
    other = (
        "import sys\nfrom pathlib import Path\nfrom kg.atomic import BusyError, replaced\n"
        "try:\n    with replaced(Path(sys.argv[1]), 'build.json'): pass\n"
        "except BusyError as error:\n    sys.exit(str(error))\n"
    )
    out = tmp_path / "out"
    with replaced(out, MARK) as new:
        (new / MARK).write_text("{}", "utf-8")
        with pytest.raises(BusyError), replaced(out, MARK):
            pass
        second = subprocess.run(
            [sys.executable, "-c", other, str(out)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        )
    assert second.returncode == 1
    assert "another build is writing it" in second.stderr
    write(out, facts="2")
    assert entries(tmp_path) == ["out"]
