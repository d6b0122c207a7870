"""Time the identity across articles on copies of the articles in ``corpus/``.

``python bench/identity.py [COUNT]`` extracts from them once, then mixes COUNT articles (10,000 by default):
each copy moves to another day, and half of its unlinked persons get another surname, so that there are
both things told again and again and things told once. Prints counts, seconds and peak memory.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from kg.build import extract
from kg.config import load_settings
from kg.model import Entity, Extraction
from kg.rdf.unify import unify

CORPUS = Path(__file__).parents[1] / "corpus" / "articles"
START = date(2015, 1, 1)
DAYS = 3650


def moved(extraction: Extraction, number: int, chance: random.Random, surnames: list[str]) -> Extraction:
    """A copy of an article under another id, on another day, with some other persons."""
    day = START + timedelta(days=chance.randrange(DAYS))

    def other(entity: Entity) -> Entity:
        if entity.type != "PERSON" or entity.link or chance.random() < 0.5:
            return entity
        return replace(entity, name=f"{entity.name.split()[0]} {chance.choice(surnames)}")

    article = replace(extraction.article, id=f"m{number}", date=day.isoformat())
    events = tuple(
        replace(event, date=day.isoformat()) if event.date else event for event in extraction.events
    )
    return replace(
        extraction, article=article, entities=tuple(map(other, extraction.entities)), events=events
    )


def mixed(count: int) -> Iterator[Extraction]:
    """Copies of all articles in turn."""
    originals = list(extract([CORPUS], load_settings(None, {"jobs": 1})))
    chance = random.Random(1)
    surnames = sorted({e.name.split()[-1] for x in originals for e in x.entities if e.type == "PERSON"})
    for number in range(count):
        yield moved(originals[number % len(originals)], number, chance, surnames)


def main(count: int = 10_000) -> None:
    """Mix, unify, print."""
    articles = list(mixed(count))
    started = time.perf_counter()
    unified = unify(articles)
    seconds = time.perf_counter() - started
    nodes = {e.node or e.link or (x.article.id, e.id) for x in unified.extractions for e in x.entities}
    print(
        json.dumps(
            {
                "articles": count,
                "entities": sum(len(x.entities) for x in articles),
                "nodes": len(nodes),
                "seconds": round(seconds, 1),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
