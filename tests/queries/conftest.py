from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from world import articles as invented
from world import graph_of

from kg.goldjson import from_gold
from kg.model import Extraction
from kg.rdf.background import Background
from kg.rdf.build import article_quads, merged_quads
from kg.rdf.infer import derived_quads
from kg.rdf.life import life_quads
from kg.rdf.romanise import slugify
from kg.rdf.vocabulary import ontology_quads
from kg.store import OxigraphStore, open_store

SEEDS = Path(__file__).parents[1] / "gold" / "seeds"
LINKED = ("PERSON", "STATE", "GOVBODY", "IGO", "MEDIA", "PLACE")


def linked(extraction: Extraction) -> Extraction:
    """Annotations name no gazetteer rows; their English names make the same slugs."""
    entities = tuple(
        replace(e, link=slugify(e.en)) if e.en and e.type in LINKED else e for e in extraction.entities
    )
    return replace(extraction, entities=entities)


@pytest.fixture(scope="session")
def seeds() -> OxigraphStore:
    """The graph of the two seed articles, from their annotations."""
    paths = sorted(SEEDS.glob("*.json"))
    articles = [linked(from_gold(json.loads(p.read_text(encoding="utf-8")))) for p in paths]
    background = Background(state_of={"kremlin": "russia"})
    store = open_store()
    store.load(ontology_quads())
    for extraction in articles:
        store.load(article_quads(extraction, background=background))
    store.load(merged_quads(articles, background=background))
    store.load(derived_quads(articles, background=background))
    store.load(life_quads(articles))
    return store


@pytest.fixture(scope="session")
def everything(seeds: OxigraphStore) -> OxigraphStore:
    """The seeds and the invented world in one graph: every question has an answer there."""
    store = graph_of(invented())
    store.load(seeds.quads())
    return store
