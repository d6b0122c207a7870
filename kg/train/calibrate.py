"""Fit how sure acts are, on annotated articles that training has not seen.

    python -m kg.train.calibrate PIPELINE FOLDER [--ids FILE] [--test FOLDER]

Each act that the pipeline proposes is a case, right or wrong by the scorer. A logistic regression over
what :func:`kg.extract.learned.acts.evidence_of` lists gives the weights, which are written into the
pipeline. Prints how F1 depends on the least confidence, and how often acts of a confidence are right:
on the articles of ``--test``, else by five folds over articles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from spacy.language import Language

from kg.extract.learned import acts
from kg.extract.learned.component import ReaderComponent
from kg.goldjson import from_gold, to_gold
from kg.nlp.pipeline import load_pipeline
from kg.scoring import Pair

_STRENGTH = 0.3
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A proposed act: what its confidence depends on, the share of it that is right, its article."""

    evidence: dict[str, float]
    right: float
    article: str


def cases_of(nlp: Language, folder: Path, ids: frozenset[str] | None = None) -> tuple[list[Case], int]:
    """All acts that a pipeline proposes, and how many the annotations have."""
    vars(acts)["ACT"] = 0.0  # every proposal is a case
    found: list[Case] = []
    total = 0
    for path in sorted(folder.glob("*.json")):
        raw = json.loads(path.read_text("utf-8"))
        if ids is not None and raw["id"] not in ids:
            continue
        doc = nlp.make_doc((article := from_gold(raw, str(path)).article).full_text)
        doc._.article = article
        doc = nlp(doc)
        drafts = doc._.kg.act_drafts
        pair = Pair(raw, to_gold(doc._.extraction))
        order = sorted(range(len(drafts)), key=lambda i: -drafts[i].confidence)
        for i, share in pair.shares_right(order):
            if drafts[i].evidence:
                found.append(Case(drafts[i].evidence, share, article.id))
        total += len(pair.gold.acts)
    return found, total


def fit(cases: Sequence[Case]) -> tuple[dict[str, float], NDArray[np.float64]]:
    """Weights by name, and for each case the probability that folds without its article give it."""
    vectorizer = DictVectorizer(sparse=False)
    x = vectorizer.fit_transform([c.evidence for c in cases])
    y = np.array([c.right >= 0.5 for c in cases])
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    groups = [c.article for c in cases]
    folds = GroupKFold(min(_FOLDS, len(set(groups))))
    held_out = cross_val_predict(model, x, y, groups=groups, cv=folds, method="predict_proba")[:, 1]
    model.fit(x, y)
    weights = dict(zip(vectorizer.feature_names_, map(float, model.coef_[0]), strict=True))
    weights["bias"] = float(model.intercept_[0])
    return {name: round(w, 4) for name, w in sorted(weights.items())}, held_out


def confidences(cases: Sequence[Case], weights: dict[str, float]) -> NDArray[np.float64]:
    """The confidence of each case."""
    total = [weights["bias"] + sum(weights.get(k, 0.0) * v for k, v in c.evidence.items()) for c in cases]
    result: NDArray[np.float64] = 1 / (1 + np.exp(-np.array(total)))
    return result


def report(cases: Sequence[Case], confidence: NDArray[np.float64], total: int) -> str:
    """Two tables in Markdown: F1 by least confidence, and how often acts of a confidence are right."""
    right = np.array([c.right for c in cases])
    lines = ["| least confidence | P | R | F1 |", "|---|---|---|---|"]
    for low in np.arange(0.1, 0.55, 0.05):
        kept = confidence >= low
        p, r = right[kept].sum() / max(kept.sum(), 1), right[kept].sum() / max(total, 1)
        lines.append(f"| {low:.2f} | {p:.3f} | {r:.3f} | {2 * p * r / max(p + r, 1e-9):.3f} |")
    lines += ["", "| confidence | acts | right |", "|---|---|---|"]
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (confidence >= low) & (confidence < low + 0.1)
        if inside.any():
            lines.append(f"| {low:.1f}–{low + 0.1:.1f} | {inside.sum()} | {right[inside].mean():.2f} |")
    return "\n".join(lines)


def calibrate(folder: Path, gold: Path, ids: frozenset[str] | None = None, test: Path | None = None) -> str:
    """Fit the confidence of a saved pipeline, write it there, and say how it does."""
    nlp = load_pipeline(str(folder))
    cases, total = cases_of(nlp, gold, ids)
    weights, held_out = fit(cases)
    reader = nlp.get_pipe("reader")
    assert isinstance(reader, ReaderComponent)
    reader.confidence = weights
    reader.to_disk(folder / "reader")
    if test is None:
        return report(cases, held_out, total)
    others, total = cases_of(nlp, test)
    return report(others, confidences(others, weights), total)


def main() -> None:
    """Read the command line and fit."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--ids", type=Path, help="file of the article ids to use")
    parser.add_argument("--test", type=Path, help="annotated articles to report on")
    a = parser.parse_args()
    ids = frozenset(a.ids.read_text("utf-8").split()) if a.ids else None
    print(calibrate(a.pipeline, a.gold, ids, a.test))


if __name__ == "__main__":
    main()
