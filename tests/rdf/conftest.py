from __future__ import annotations

import pytest
from samples import BACKGROUND, first, second

from kg.model import Extraction
from kg.rdf.build import article_quads, merged_quads
from kg.rdf.infer import derived_quads
from kg.rdf.vocabulary import ontology_quads
from kg.store import OxigraphStore, open_store


@pytest.fixture(scope="session")
def samples() -> list[Extraction]:
    return [first(), second()]


@pytest.fixture(scope="session")
def store(samples: list[Extraction]) -> OxigraphStore:
    opened = open_store()
    opened.load(ontology_quads())
    for extraction in samples:
        opened.load(article_quads(extraction, background=BACKGROUND))
    opened.load(merged_quads(samples, background=BACKGROUND))
    opened.load(derived_quads(samples, background=BACKGROUND))
    return opened
