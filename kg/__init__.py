"""Arabic news articles in, an evidence-backed RDF knowledge graph of diplomacy out.

The public interface is here; what takes time to import is imported when it is first used, so that a
query does not pay for the language pipeline:

* :func:`build` — articles to an output folder with the graph in all its forms
* :func:`extract` — articles to :class:`~kg.model.Extraction` objects
* :func:`load` — a built graph as an rdflib ``Dataset``
* :func:`query` — a SPARQL query, by text or by the name of a shipped one, on a built graph
* :func:`evaluate` — predictions against annotations
* the types of :mod:`kg.model` and the errors of :mod:`kg.errors`
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg.errors import ConfigError, InputError, KgError, QueryError, StoreError, TableError
from kg.model import (
    Act,
    Article,
    Entity,
    Event,
    Evidence,
    Extraction,
    Mention,
    Role,
    Span,
    Statement,
    Treaty,
)

from kg.build import build, extract  # isort: skip
from kg.evaluate import evaluate  # isort: skip

if TYPE_CHECKING:
    from kg.ask import query
    from kg.store import load

__version__ = "0.1.0"


class _Package(ModuleType):
    """Some functions are called like modules of this package; their names stay the functions'."""

    def __setattr__(self, name: str, value: object) -> None:
        # Python binds a module to its package when it is imported, which may be at any time.
        if not (isinstance(value, ModuleType) and callable(self.__dict__.get(name))):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

_LAZY = {"load": "kg.store", "query": "kg.ask"}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


__all__ = [
    "Act",
    "Article",
    "ConfigError",
    "Entity",
    "Event",
    "Evidence",
    "Extraction",
    "InputError",
    "KgError",
    "Mention",
    "QueryError",
    "Role",
    "Span",
    "Statement",
    "StoreError",
    "TableError",
    "Treaty",
    "build",
    "evaluate",
    "extract",
    "load",
    "query",
]
