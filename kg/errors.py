"""Errors that a user may see: each names the input, what is wrong and what to do."""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors that this package raises on purpose.

    Args:
        what: What is wrong, naming the input.
        mend: What the user can do about it.
    """

    exit_code = 1

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what} — {mend}" if mend else what)
        self.what = what
        self.mend = mend


class InputError(KgError):
    """An input file, folder or record that cannot be read."""

    exit_code = 2


class ConfigError(KgError):
    """A setting that does not exist or has an impossible value."""

    exit_code = 2


class TableError(KgError):
    """A row of a knowledge table under ``kg/data`` that breaks the table's rules."""


class StoreError(KgError):
    """The RDF store cannot be opened, read or written."""


class QueryError(KgError):
    """A SPARQL query that does not exist, does not parse or lacks a parameter."""

    exit_code = 2
