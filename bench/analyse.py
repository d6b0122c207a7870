"""Time the analysis of a large graph: actors in four blocs whose acts fill a year.

``python bench/analyse.py`` makes the facts, analyses them and writes the report and tables, and prints the
seconds of each step by the wall clock and by the processor's (they differ on a busy machine). With
``--store`` the articles are put into an RDF store first and read from there, as ``kg analyse`` does::

    python bench/analyse.py --edges 100000 --actors 5000 --store
"""

from __future__ import annotations

import argparse
import datetime
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kg.analyse import (
    ActFact,
    Facts,
    Quote,
    Thing,
    agreement,
    analyse,
    findings,
    read_facts,
    write_analysis,
)
from kg.model import Act, Article, Entity, Evidence, Extraction, Span
from kg.rdf.build import article_quads, merged_quads
from kg.rdf.infer import derived_quads
from kg.store import OxigraphStore

BLOCS = 4
NOISE = 0.1
FRIENDLY = ("supports", "agrees", "aids", "praises", "cooperates", "meets")
HOSTILE = ("condemns", "accuses", "rejects", "threatens", "attacks", "sanctions")
EACH = 10
_T = TypeVar("_T")


def extractions(edges: int, actors: int) -> Iterator[Extraction]:
    """Articles of :data:`EACH` acts, each act between another pair; the same at every call."""
    chance = random.Random(1)
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < edges:
        one, other = chance.randrange(actors), chance.randrange(actors)
        if one != other:
            pairs[one, other] = None
    kept = list(pairs)
    for number, start in enumerate(range(0, edges, EACH)):
        day = datetime.date(2025, 1, 1) + datetime.timedelta(days=chance.randrange(365))
        yield article(number, day.isoformat(), kept[start : start + EACH], chance)


def article(number: int, day: str, pairs: list[tuple[int, int]], chance: random.Random) -> Extraction:
    """One article with its acts: friendly within a bloc and hostile between blocs, but for the noise."""
    sentences, acts = [], []
    title = f"خبر {number}"
    at = len(title) + 1
    for one, other in pairs:
        friendly = (one % BLOCS == other % BLOCS) != (chance.random() < NOISE)
        sentence = f"فعل الطرف {one} تجاه الطرف {other}."
        trigger, evidence = Span(at, at + 3, "فعل"), Evidence(Span(at, at + len(sentence), sentence))
        predicate = chance.choice(FRIENDLY if friendly else HOSTILE)
        confidence = round(chance.uniform(0.3, 1), 3)
        acts.append(
            Act(predicate, trigger, (f"E{one}",), (f"E{other}",), evidence, date=day, confidence=confidence)
        )
        sentences.append(sentence)
        at += len(sentence) + 1
    entities = tuple(
        Entity(f"E{i}", "STATE", f"طرف {i}", f"Party {i}", link=f"party-{i}")
        for i in sorted({end for pair in pairs for end in pair})
    )
    told = Article(f"a{number}", title, " ".join(sentences), source=f"ناشر {number % 40}", date=day)
    return Extraction(told, entities, acts=tuple(acts))


def in_memory(edges: int, actors: int) -> Facts:
    """The same facts without a store."""
    things: dict[str, Thing] = {}
    acts: list[ActFact] = []
    for extraction in extractions(edges, actors):
        told = extraction.article
        for e in extraction.entities:
            things[f"kg/{e.link}"] = Thing(f"kg/{e.link}", e.type, e.name, e.en or "")
        for act in extraction.acts:
            span = act.evidence.span
            quote = Quote(span.text, span.start, span.end, told.id, told.title, told.source, told.date)
            who, whom = (f"kg/party-{end[0][1:]}" for end in (act.actors, act.targets))
            fact = ActFact(f"act{len(acts):07}", act.predicate, (who,), (whom,), quote)
            acts.append(replace(fact, date=act.date, confidence=act.confidence))
    return Facts(dict(sorted(things.items())), tuple(acts), articles=edges // EACH)


def stored(edges: int, actors: int) -> OxigraphStore:
    """The articles in an RDF store."""
    made = list(extractions(edges, actors))
    store = OxigraphStore()
    for extraction in made:
        store.load(article_quads(extraction))
    store.load(merged_quads(made))
    store.load(derived_quads(made))
    return store


def timed(what: str, step: Callable[[], _T]) -> tuple[_T, tuple[float, float]]:
    """What a step gives, and its seconds by the wall clock and the processor's."""
    wall, processor = time.perf_counter(), time.process_time()
    result = step()
    took = time.perf_counter() - wall, time.process_time() - processor
    print(f"{took[0]:8.1f} s {took[1]:8.1f} s  {what}", flush=True)
    return result, took


def main() -> None:
    """Make the facts, analyse them, and print what it took."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--edges", type=int, default=100_000)
    options.add_argument("--actors", type=int, default=5000)
    options.add_argument("--store", action="store_true", help="read the facts from an RDF store")
    options.add_argument("--pictures", action="store_true", help="draw pictures too")
    given = options.parse_args()
    print("    wall  processor")
    make: Callable[[int, int], Facts | OxigraphStore] = stored if given.store else in_memory
    source, _ = timed("to make what is analysed (not counted below)", lambda: make(given.edges, given.actors))
    facts, reading = timed("to read the facts", lambda: read_facts(source))
    analysis, analysing = timed("to analyse them", lambda: analyse(facts))
    found, wording = timed("to put the findings into words", lambda: findings(analysis))
    with tempfile.TemporaryDirectory() as folder:
        _, writing = timed(
            "to write the report and tables",
            lambda: write_analysis(analysis, Path(folder), found=found, pictures=given.pictures),
        )
    wall, processor = map(sum, zip(reading, analysing, wording, writing, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    edges = f"{len(analysis.network.edges):,} edges"
    print(f"{wall:8.1f} s {processor:8.1f} s  in all for {edges}, at most {peak:,.0f} MiB")
    if analysis.blocs:
        nodes = sorted(analysis.blocs.bloc)
        planted = [int(iri.rpartition("-")[2]) % BLOCS for iri in nodes]
        same = agreement(planted, [analysis.blocs.bloc[iri] for iri in nodes])
        print(f"{len(analysis.blocs.blocs)} blocs, agreement with the planted ones {same:.3f}")


if __name__ == "__main__":
    main()
