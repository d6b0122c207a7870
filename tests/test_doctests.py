"""The examples in docstrings do what they say."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import kg

MODULES = sorted(
    module.name for module in walk_packages(kg.__path__, "kg.") if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    if name.startswith("kg.train."):
        pytest.importorskip("torch")  # of the extra "trf"
    module = import_module(name)
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0
