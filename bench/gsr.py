"""Detection of attacks and protests in the sentences of a published Arabic event gold standard.

``python bench/gsr.py FOLDER`` reads ``assault.jsonl`` and ``protest.jsonl`` (Open Event Data Alliance,
arabic_event_gsr: one object a line with ``id``, ``text`` and the annotators' ``label``) and prints
precision, recall and F1. A sentence counts as found when an act of the type comes out of it that is
not negated; ambiguous sentences are left out. Nothing was ever trained on these sentences::

    python bench/gsr.py arabic_event_gsr --pipeline rules
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kg.model import PLOVER, Article
from kg.nlp.pipeline import annotate, load_pipeline
from kg.scoring import Counts

TYPES = {"assault.jsonl": "ASSAULT", "protest.jsonl": "PROTEST"}
POSITIVE, LEFT_OUT = "yes", "ambiguous"


def main() -> None:
    """Read the sentences, extract, and print the scores."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--pipeline", default="ar")
    options.add_argument("--limit", type=int, help="sentences of each type, for trials")
    given = options.parse_args()
    nlp = load_pipeline(given.pipeline)
    for file, wanted in TYPES.items():
        rows = [json.loads(line) for line in (given.folder / file).read_text("utf-8").splitlines()]
        rows = [row for row in rows if row["label"] != LEFT_OUT][: given.limit]
        articles = [Article(row["id"], "", row["text"], "ar") for row in rows]
        gold = pred = hit = 0
        for row, extraction in zip(rows, annotate(nlp, articles), strict=True):
            found = any(PLOVER[a.predicate] == wanted and not a.negated for a in extraction.acts)
            positive = row["label"] == POSITIVE
            gold, pred, hit = gold + positive, pred + found, hit + (positive and found)
        counts = Counts(gold, pred, hit)
        print(
            f"{wanted}: P {counts.precision:.3f} R {counts.recall:.3f} F1 {counts.f1:.3f}"
            f" ({gold} of {len(rows)} sentences)"
        )


if __name__ == "__main__":
    main()
