"""What went wrong with an input, in one line that says how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about an input. Reading goes on after it.

    Attributes:
        path: The input as the user named it.
        line: 1-based line, where one is to blame.
        cause: What is wrong.
        mend: What the user can do about it; may be empty.
        severity: "error": something was not read; "warning": read, but look at it; "info": a note.
    """

    path: str
    line: int | None
    cause: str
    mend: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        text = f"{place}: {self.cause}" + (f" — {self.mend}" if self.mend else "")
        return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Reporter:
    """Reports problems of one input."""

    path: str
    sink: Callable[[Problem], None]

    def error(self, cause: str, mend: str, line: int | None = None) -> None:
        """Report something that could not be read."""
        self.sink(Problem(self.path, line, cause, mend, "error"))

    def warning(self, cause: str, mend: str, line: int | None = None) -> None:
        """Report something that was read but deserves a look."""
        self.sink(Problem(self.path, line, cause, mend, "warning"))

    def info(self, cause: str, mend: str = "", line: int | None = None) -> None:
        """Report a note."""
        self.sink(Problem(self.path, line, cause, mend, "info"))
