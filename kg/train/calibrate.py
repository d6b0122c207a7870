"""Fit how sure acts and statements are, on annotated articles that training has not seen.

    python -m kg.train.calibrate PIPELINE FOLDER… [--ids FILE] [--test FOLDER]

Each act or statement that the pipeline proposes is a case, right or wrong by the scorer. A logistic
regression over the ``evidence`` of its draft gives the weights, which are written into the pipeline. Prints
how F1 depends on the least confidence, and how often facts of a confidence are right: on the articles of
``--test``, else by five folds over articles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from spacy.language import Language

from kg.extract.confidence import log_odds
from kg.extract.learned import acts, statements
from kg.extract.learned.component import ReaderComponent
from kg.goldjson import from_gold, to_gold
from kg.nlp.drafts import ActDraft, StatementDraft
from kg.nlp.layer import Layer
from kg.nlp.pipeline import load_pipeline
from kg.scoring import Pair

Shares = Callable[[Iterable[int]], list[tuple[int, float]]]
_STRENGTH = 0.3
_FOLDS = 5
_FEWEST = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A proposed fact: what its confidence depends on, the share of it that is right, its article."""

    evidence: dict[str, float]
    right: float
    article: str


@dataclass(slots=True)
class Cases:
    """All proposed facts of a kind, and how many the annotations have."""

    cases: list[Case] = field(default_factory=list)
    total: int = 0

    def add(
        self, drafts: Sequence[ActDraft | StatementDraft], shares: Shares, total: int, article: str
    ) -> None:
        """The facts of an article; earlier ones take the annotations that they match."""
        order = sorted(range(len(drafts)), key=lambda i: -(drafts[i].confidence or 0.0))
        for i, share in shares(order):
            if drafts[i].evidence:
                self.cases.append(Case(drafts[i].evidence, share, article))
        self.total += total


def cases_of(nlp: Language, folders: Iterable[Path], ids: frozenset[str] | None = None) -> dict[str, Cases]:
    """All acts and statements that a pipeline proposes."""
    vars(acts)["ACT"] = vars(statements)["STATEMENT"] = 0.0  # every proposal is a case
    found = {"acts": Cases(), "statements": Cases()}
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        raw = json.loads(path.read_text("utf-8"))
        if ids is not None and raw["id"] not in ids:
            continue
        article = from_gold(raw, str(path)).article
        doc = nlp.make_doc(article.full_text)
        doc._.article = article
        doc = nlp(doc)
        layer: Layer = doc._.kg
        pair = Pair(raw, to_gold(doc._.extraction))
        found["acts"].add(layer.act_drafts, pair.acts_right, len(pair.gold.acts), article.id)
        said = len(pair.gold.distinct("statement"))
        found["statements"].add(layer.statement_drafts, pair.statements_right, said, article.id)
    return found


def fit(cases: Sequence[Case]) -> tuple[dict[str, float], NDArray[np.float64]]:
    """Weights by name, and for each case the probability that folds without its article give it.

    Where there are too few cases to learn from, every one gets the same confidence.
    """
    right = sum(c.right >= 0.5 for c in cases)
    if min(right, len(cases) - right) < _FEWEST or len({c.article for c in cases}) < 2:
        share = (right + 1) / (len(cases) + 2)
        return {"bias": round(log_odds(share), 4)}, np.full(len(cases), share)
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


def calibrate(
    folder: Path, gold: Iterable[Path], ids: frozenset[str] | None = None, test: Path | None = None
) -> str:
    """Fit the confidence of a saved pipeline, write it there, and say how it does.

    Args:
        folder: The pipeline.
        gold: Folders of annotated articles.
        ids: Those of the articles to use, if not all.
        test: Folder of annotated articles to report on.
    """
    nlp = load_pipeline(str(folder))
    reader = nlp.get_pipe("reader")
    assert isinstance(reader, ReaderComponent)
    fitted = {kind: (c, *fit(c.cases)) for kind, c in cases_of(nlp, gold, ids).items()}
    reader.confidence = {kind: weights for kind, (_, weights, _) in fitted.items()}
    reader.to_disk(folder / "reader")
    parts = []
    others = cases_of(nlp, [test]) if test else {}
    for kind, (own, weights, held_out) in fitted.items():
        shown = others.get(kind, own)
        confidence = confidences(shown.cases, weights) if test else held_out
        parts.append(f"### {kind}\n\n{report(shown.cases, confidence, shown.total)}")
    return "\n\n".join(parts)


def main() -> None:
    """Read the command line and fit."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("gold", type=Path, nargs="+", help="folders of annotated articles")
    parser.add_argument("--ids", type=Path, help="file of the article ids to use")
    parser.add_argument("--test", type=Path, help="annotated articles to report on")
    a = parser.parse_args()
    ids = frozenset(a.ids.read_text("utf-8").split()) if a.ids else None
    print(calibrate(a.pipeline, a.gold, ids, a.test))


if __name__ == "__main__":
    main()
