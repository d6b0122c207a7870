"""Words a second of processor time of each pipeline, component by component, in one process.

``python bench/stages.py`` reads the articles of ``corpus/`` with each shipped pipeline; ``--pipeline``
names others (folders of saved ones). With the extra ``trf`` and ``--torch``, the folder of an encoder as
``kg.train.run`` writes it, the trained pipeline is also measured with PyTorch in the place of ONNX Runtime::

    python bench/stages.py --pipeline rules --pipeline ar --rounds 3
    OMP_NUM_THREADS=1 python bench/stages.py --torch work/fourth/encoder
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from spacy.language import Language
from spacy.training import Example

from kg.goldjson import from_gold
from kg.model import Article
from kg.nlp.encoder.spans import register
from kg.nlp.pipeline import load_pipeline, shipped

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "articles"


def articles(limit: int | None) -> list[Article]:
    """The articles written for the project."""
    paths = sorted(CORPUS.glob("*.json"))[:limit]
    return [from_gold(json.loads(path.read_text("utf-8")), str(path)).article for path in paths]


def timed(nlp: Language, article: Article) -> Iterator[tuple[str, float]]:
    """The seconds of processor time of each component on one article."""
    at = time.process_time()
    doc = nlp.make_doc(article.full_text)
    doc._.article = article
    yield "tokenizer", time.process_time() - at
    for stage, component in nlp.pipeline:
        at = time.process_time()
        doc = component(doc)
        yield stage, time.process_time() - at


def in_torch(encoder: Path) -> Language:
    """The trained pipeline with its encoder in PyTorch, as it is in training by spaCy."""
    if not register():
        raise SystemExit('--torch needs the extra: pip install "diplomacy-kg[trf]"')
    nlp = load_pipeline("ar")
    at = nlp.pipe_names.index("tok2vec")
    nlp.remove_pipe("tok2vec")
    model = {
        "@architectures": "spacy-transformers.Tok2VecTransformer.v3",
        "name": str(encoder),
        "tokenizer_config": {"use_fast": True},
        "get_spans": {"@span_getters": "kg.sentences.v1"},
        "pooling": {"@layers": "reduce_mean.v1"},
    }
    tok2vec = nlp.add_pipe("tok2vec", config={"model": model}, before=nlp.pipe_names[at])
    tok2vec.initialize(lambda: [Example.from_dict(nlp.make_doc("قال بوتين"), {})], nlp=nlp)
    return nlp


def measure(load: Callable[[], Language], read: list[Article], rounds: int) -> tuple[float, dict[str, float]]:
    """Seconds to load a pipeline, and the fewest seconds that each component took over all articles."""
    started = time.perf_counter()
    nlp = load()
    nlp(nlp.make_doc("قال بوتين إن روسيا ترفض الهجوم."))  # what is loaded at first use
    loading = time.perf_counter() - started
    best: dict[str, float] = {}
    for _ in range(rounds):
        spent: dict[str, float] = defaultdict(float)
        for article in read:
            for stage, seconds in timed(nlp, article):
                spent[stage] += seconds
        best = {stage: min(best.get(stage, s), s) for stage, s in spent.items()}
    return loading, best


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--pipeline", action="append", help="shipped name or folder; may be given again")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--articles", type=int, help="only the first ones")
    options.add_argument("--torch", type=Path, help="encoder to run in PyTorch in a pipeline of its own")
    given = options.parse_args()
    read = articles(given.articles)
    words = sum(len(article.full_text.split()) for article in read)
    loaders = {name: partial(load_pipeline, name) for name in given.pipeline or shipped()}
    if given.torch:
        loaders["ar, PyTorch"] = partial(in_torch, given.torch)
    for name, load in loaders.items():
        loading, spent = measure(load, read, given.rounds)
        total = sum(spent.values())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name}: {words / total:,.0f} words/s, loaded in {loading:.1f} s, at most {peak:,.0f} MiB")
        for stage, seconds in sorted(spent.items(), key=lambda s: -s[1]):
            print(f"  {stage:28} {100 * seconds / total:5.1f} %  {words / max(seconds, 1e-9):12,.0f} words/s")


if __name__ == "__main__":
    main()
