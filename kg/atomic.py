"""Output that appears as a whole: the old folder or file stays until the new one is complete."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TextIO

from kg.errors import KgError

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class OutputError(KgError):
    """The output folder cannot be written or replaced."""


class BusyError(OutputError):
    """Another process is writing the same folder."""


@contextmanager
def replaced(folder: Path, mark: str, own: Collection[str] = ()) -> Iterator[Path]:
    """Give a new empty folder to write into; put it in the place of ``folder`` when the block ends well.

    While the block runs the old folder is untouched. Where the block raises (or the process is
    interrupted) the new folder is thrown away and the old one stays whole. Files that the user put
    into the old folder move to the new one.

    Args:
        folder: The folder to write; its parents are made.
        mark: Name of a file that the block writes; a non-empty folder without it is somebody
            else's and is refused.
        own: Names of all that the block may write; what else is in the old folder is the user's.

    Raises:
        BusyError: Another process is writing this folder.
        OutputError: It is a file, holds foreign files only, or cannot be replaced.
    """
    folder = folder.resolve()
    new, old = (folder.with_name(f".{folder.name}.{kind}") for kind in ("new", "old"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror or error}", "name another output folder") from error
    with _lock(folder):
        try:
            _recover(folder, new, old, {mark, *own})
            _refuse_foreign(folder, mark)
            new.mkdir()
        except OSError as error:
            raise OutputError(f"{folder}: {error.strerror or error}", "name another output folder") from error
        try:
            yield new
            _swap(folder, new, old)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        _keep_foreign(folder, old, {mark, *own})


@contextmanager
def written_file(path: str) -> Iterator[TextIO]:
    """Give a UTF-8 text stream; the file appears under its name only when the block ends well.

    Args:
        path: File to write, or "-" for standard output, which gets what is written at once.

    Raises:
        OutputError: The file cannot be written.
    """
    if path == "-":
        stream = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", line_buffering=True)
        try:
            yield stream
        finally:
            stream.detach()
        return
    target = Path(path).resolve()
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        new.replace(target)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}", "name another file") from error
    finally:
        new.unlink(missing_ok=True)


def _recover(folder: Path, new: Path, old: Path, own: Collection[str]) -> None:
    """Clear away what a killed process left: an unfinished folder, or an old one already set aside."""
    if new.exists():
        shutil.rmtree(new)
    if old.exists():
        if folder.exists():
            _keep_foreign(folder, old, own)
        else:
            old.rename(folder)


def _refuse_foreign(folder: Path, mark: str) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file", "name a folder for the output")
    if folder.is_dir() and not (folder / mark).exists() and any(folder.iterdir()):
        raise OutputError(
            f"{folder}: holds files that no build wrote, and a build replaces the whole folder",
            "name a new or an empty folder for the output",
        )


def _swap(folder: Path, new: Path, old: Path) -> None:
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        _put_back(folder, old)
        raise OutputError(
            f"{folder}: cannot be replaced ({error.strerror or error})",
            "name a folder inside it, or close what uses it",
        ) from error
    except BaseException:
        _put_back(folder, old)
        raise


def _put_back(folder: Path, old: Path) -> None:
    if old.exists() and not folder.exists():
        old.rename(folder)


def _keep_foreign(folder: Path, old: Path, own: Collection[str]) -> None:
    """Move the user's files from the old folder to the new one, then drop the old one."""
    if not old.exists():
        return
    for entry in sorted(old.iterdir()):
        if entry.name not in own and not (folder / entry.name).exists():
            entry.rename(folder / entry.name)
    shutil.rmtree(old)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder's name while the block runs; the system frees it if the process dies."""
    path = folder.with_name(f".{folder.name}.lock")
    file = _locked(path, folder)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        file.close()


def _locked(path: Path, folder: Path) -> IO[str]:
    while True:
        try:
            file = path.open("w")
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror or error}", "name another output folder") from error
        try:
            _try_lock(file)
        except OSError as error:
            file.close()
            raise BusyError(
                f"{folder}: another build is writing it", "wait for it, or name another output folder"
            ) from error
        # The holder removes the file when it is done: a lock on a removed file guards nothing.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()
