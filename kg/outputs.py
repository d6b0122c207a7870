"""The files of an output folder, written from extractions: RDF, tables, JSON and the HTML page."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg import __version__
from kg.analyse.places import REPORT, TABLES_FOLDER
from kg.cache import FILE as CACHE
from kg.config import Settings
from kg.goldjson import to_gold
from kg.link.across.pairs import Pair, read_pairs
from kg.model import FACT_KINDS, Article, Entity, Extraction
from kg.rdf.background import Background, known_background
from kg.rdf.build import merged_quads
from kg.rdf.infer import derived_quads
from kg.rdf.iri import Names, article_graph, name_things
from kg.rdf.life import life_quads
from kg.rdf.serialise import sort_key, write_sorted
from kg.rdf.unify import Unified, unify
from kg.rdf.validate import Rejection, gate
from kg.rdf.vocabulary import ontology_quads
from kg.store import STORE_NAME, open_output, open_store

if TYPE_CHECKING:
    from kg.analyse.network import Namer
    from kg.checks import Finding

MARK = "build.json"
"""The file that marks a folder as the output of a build."""
FILES = (
    "graph.trig", "facts.ttl", "graph.jsonld", "facts.json", "graph.graphml", "entities.csv", "acts.csv",
    "graph.html", MARK,
)  # fmt: skip
"""The files of an output folder, in the order of writing."""
OWN = (*FILES, CACHE, STORE_NAME, REPORT, TABLES_FOLDER)
"""All that may be in an output folder and speaks of its graph: a new build replaces it, an analysis too."""

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class Written:
    """What a folder was filled with.

    Attributes:
        articles: How many articles.
        entities: Distinct entities of the graph by type.
        facts: Facts by kind.
        quads: Quads of the graph.
        rejections: What the shapes kept out.
        unknown: Lines of the user's pairs that name nothing in the graph.
        linked: Entities that the user's extract of Wikidata linked; None if there is no extract.
        findings: Contradictions, if they were looked for.
    """

    articles: int
    entities: Mapping[str, int]
    facts: Mapping[str, int]
    quads: int
    rejections: tuple[Rejection, ...]
    unknown: tuple[Pair, ...] = ()
    linked: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass
class _Spool:
    """Quads of articles on disk, so that the order of the graph file need not be that of the articles."""

    file: IO[bytes]
    slices: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, graph: str, quads: Sequence[Quad]) -> None:
        start = self.file.tell()
        serialize(quads, self.file, RdfFormat.N_QUADS)
        self.slices.append((graph, start, self.file.tell() - start))

    def quads(self) -> Iterator[Quad]:
        """All quads, articles in the order of their graphs' names."""
        for _, start, length in sorted(self.slices):
            self.file.seek(start)
            yield from parse(self.file.read(length), RdfFormat.N_QUADS)


class Writer:
    """Fills an output folder.

    Args:
        folder: An empty folder.
        settings: ``rdf.base_iri`` names things; all that shapes the output is noted in ``build.json``.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self.base = settings.rdf.base_iri

    def write(
        self, extractions: Sequence[Extraction], progress: Progress | None = None, *, store: bool = False
    ) -> Written:
        """Write all files but the cache.

        Args:
            extractions: One an article.
            progress: Told of each article and file, as the stage "writing".
            store: Also write an Oxigraph database.
        """
        done, total = -1, len(extractions) + len(FILES) + store

        def step() -> None:
            nonlocal done
            done += 1
            if progress:
                progress("writing", done, total)

        step()
        unified = self._unified(extractions)
        known = self._linked(unified.extractions, known_background())
        kept: list[Extraction] = []
        rejections: list[Rejection] = []
        quads = 0
        with TemporaryFile(dir=self.folder) as file:
            spool = _Spool(file)
            for extraction in unified.extractions:
                gated = gate(extraction, self.base, known)
                spool.add(str(article_graph(extraction.article.id, self.base)), gated.quads)
                kept.append(gated.extraction)
                rejections += gated.rejections
                quads += len(gated.quads)
                step()
            merged = merged_quads(kept, self.base, known)
            derived = [*derived_quads(kept, self.base, known), *life_quads(kept, self.base)]
            derived.sort(key=sort_key)
            inferred = self._inferred(merged, derived, known)
            ontology = sorted(ontology_quads(), key=sort_key)
            # Graph by graph, as the writer needs it. The ontology makes the file answer for itself:
            # labels of properties, and which property lies below which.
            everything = chain(spool.quads(), derived, merged, unified.quads, inferred, ontology)
            write_sorted(everything, self.folder / "graph.trig", RdfFormat.TRIG, self.base)
        step()
        write_sorted(merged, self.folder / "facts.ttl", RdfFormat.TURTLE, self.base)
        step()
        quads += len(merged) + len(derived) + len(unified.quads) + len(inferred) + len(ontology)
        del merged, derived, inferred, everything  # much memory, which the page needs
        with (self.folder / "graph.trig").open("rb") as trig:
            again = parse(trig, RdfFormat.TRIG)
            write_sorted(again, self.folder / "graph.jsonld", RdfFormat.JSON_LD, self.base)
        step()
        written = Written(
            articles=len(kept),
            entities=self._entities(kept),
            facts={kind: sum(len(getattr(e, kind)) for e in kept) for kind in FACT_KINDS},
            quads=quads,
            rejections=tuple(rejections),
            unknown=unified.unknown,
            linked=len(known.items) if self.settings.link.wikidata else None,
            findings=self._findings(),
        )
        self._facts_json(kept)
        step()
        self._network_files(kept, step)
        if store:
            with open_store(self.folder / STORE_NAME, self.base) as database:
                database.load_file(self.folder / "graph.trig")
            step()
        self._build_json(kept, written)
        step()
        return written

    def _unified(self, extractions: Sequence[Extraction]) -> Unified:
        """The articles with one name a thing."""
        link = self.settings.link
        if not link.across:
            return Unified(list(extractions), [], ())
        return unify(extractions, self.base, read_pairs(link.pairs) if link.pairs else None)

    def _linked(self, extractions: Sequence[Extraction], known: Background) -> Background:
        """What the tables know, with the items that the user's extract of Wikidata adds."""
        if (dump := self.settings.link.wikidata) is None:
            return known
        from kg.link.wikidata import link_items, read_items

        namer = self._namer()
        nodes: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for extraction in extractions:
            for entity in extraction.entities:
                if known.wikidata.get(entity.link or "") is None:
                    types, names = nodes[namer(extraction, entity)[0]]
                    types.add(entity.type)
                    names.update(filter(None, (entity.name, entity.en)))
        return replace(known, items=link_items(nodes, read_items(dump), known.wikidata.values()))

    def _inferred(self, merged: Sequence[Quad], derived: Sequence[Quad], known: Background) -> list[Quad]:
        if not self.settings.rdf.infer:
            return []
        from kg.rdf.reason import inferred_quads

        return inferred_quads(merged, derived, self.base, known)

    def _findings(self) -> tuple[Finding, ...]:
        if not self.settings.rdf.infer:
            return ()
        from kg.checks import run_checks

        with open_output(self.folder / "graph.trig", self.base) as store:
            return tuple(run_checks(store))

    def _namer(self) -> Namer:
        """IRIs and English names of entities; those of the article at hand are worked out once."""
        last: tuple[Extraction, Names] | None = None

        def name(extraction: Extraction, entity: Entity) -> tuple[str, str | None]:
            nonlocal last
            if last is None or last[0] is not extraction:
                last = extraction, name_things(extraction, self.base)
            return last[1].entities[entity.id].value, last[1].english.get(entity.id)

        return name

    def _entities(self, kept: Iterable[Extraction]) -> dict[str, int]:
        name = self._namer()
        types = {name(x, entity)[0]: entity.type for x in kept for entity in x.entities}
        return dict(sorted(Counter(types.values()).items()))

    def _facts_json(self, kept: Iterable[Extraction]) -> None:
        with (self.folder / "facts.json").open("w", encoding="utf-8", newline="\n") as out:
            lead = "[\n"
            for extraction in kept:
                out.write(lead + json.dumps(to_gold(extraction), ensure_ascii=False))
                lead = ",\n"
            out.write("\n]\n")

    def _network_files(self, kept: Sequence[Extraction], step: Callable[[], None]) -> None:
        from kg.analyse.network import build_network
        from kg.view.exports import write_acts_csv, write_entities_csv, write_graphml
        from kg.view.page import write_html

        network = build_network(kept, self._namer())
        write_graphml(network, self.folder / "graph.graphml")
        step()
        write_entities_csv(network, self.folder / "entities.csv")
        step()
        write_acts_csv(network, self.folder / "acts.csv")
        step()
        write_html(network, self.folder / "graph.html", title=self._title(kept))
        step()

    @staticmethod
    def _title(kept: Sequence[Extraction]) -> str | None:
        return kept[0].article.title or None if len(kept) == 1 else None

    def _build_json(self, kept: Sequence[Extraction], written: Written) -> None:
        """Where the folder comes from. No clock and no machine: the same inputs give the same bytes."""
        record = {
            "kg": __version__,
            "pipeline": self.settings.nlp.pipeline,
            "min_confidence": self.settings.extract.min_confidence,
            "base_iri": self.base,
            "infer": self.settings.rdf.infer,
            "linked": written.linked,
            "articles": [_source(e.article) for e in kept],
            "entities": written.entities,
            "facts": written.facts,
            "quads": written.quads,
            "kept_out": [
                {
                    "article": r.article,
                    "node": r.node,
                    "rule": r.rule,
                    "message": r.message,
                    "sentence": r.sentence,
                }
                for r in written.rejections
            ],
            "contradictions": [asdict(finding) for finding in written.findings],
        }
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (self.folder / MARK).write_text(text + "\n", encoding="utf-8", newline="\n")


def _source(article: Article) -> dict[str, str]:
    digest = article.sha256 or hashlib.sha256(article.full_text.encode()).hexdigest()
    return {"id": article.id, "path": article.path, "sha256": digest}
