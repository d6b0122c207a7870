"""Fit the weights of ``kg/data/act_confidence.csv`` on annotated articles.

    python training/act_confidence.py GOLD_FOLDER SCORER_FOLDER

Every act that the rules propose is a case; it is right where the gold holds an act of the
same PLOVER type with the same actor and target. A logistic regression over the features of
``kg.extract.acts`` gives the weights; five-fold predictions, split by article, give the
threshold with the best F1 and a reliability table.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from kg.extract import acts
from kg.extract.confidence import log_odds
from kg.goldjson import to_gold
from kg.model import Article
from kg.nlp.pipeline import load_pipeline

TABLE = Path(__file__).parents[1] / "kg" / "data" / "act_confidence.csv"


def cases(folder: Path, score) -> tuple[list[dict[str, float]], list[int], list[str], int]:
    """Features, labels and article ids of all proposed acts; the number of gold acts."""
    nlp = load_pipeline("rules")
    features, labels, groups, total = [], [], [], 0
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        article = Article(
            gold["id"], gold["title"], gold["text"], date=gold.get("date"), source=gold.get("source")
        )
        doc = nlp.make_doc(article.full_text)
        doc._.article = article
        doc = nlp(doc)
        pred = to_gold(doc._.extraction)
        for side in (gold, pred):
            side["_ents"] = {e["id"]: e for e in side["entities"]}
        mapping = score.align(gold["entities"], pred["entities"])
        gold_acts = score.expand(gold)
        total += len(gold_acts)
        acts = [f for f in pred["facts"] if f["kind"] == "act"]
        for draft, fact in zip(doc._.kg.act_drafts, acts, strict=True):
            if not draft.features:
                continue
            tuples = score.expand({"facts": [fact]})
            right = any(
                score.PLOVER[g[1]] == score.PLOVER[p[1]]
                and (
                    (mapping.get(g[0]) == p[0] and score.same_target(gold, pred, mapping, g, p))
                    or (
                        g[1] in score.SYMMETRIC
                        and g[2]
                        and p[2]
                        and mapping.get(g[2]) == p[0]
                        and mapping.get(g[0]) == p[2]
                    )
                )
                for g in gold_acts
                for p in tuples
            )
            features.append({"precision": log_odds(draft.precision), **dict.fromkeys(draft.features, 1.0)})
            labels.append(int(right))
            groups.append(gold["id"])
    return features, labels, groups, total


def main() -> None:
    """Fit, report, write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path, help="folder of score.py")
    args = parser.parse_args()
    sys.path.insert(0, str(args.scorer))
    import score

    acts.MIN_CONFIDENCE = 0.0  # every proposal is a case
    features, labels, groups, total = cases(args.gold, score)
    vectorizer = DictVectorizer(sparse=True)
    x, y = vectorizer.fit_transform(features), np.array(labels)
    model = LogisticRegression(C=0.3, max_iter=2000)
    probability = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(5), method="predict_proba")[
        :, 1
    ]
    print(f"{len(y)} proposed, {y.sum()} right, {total} in the gold")
    for low in np.arange(0.05, 0.6, 0.05):
        kept = probability >= low
        hits = y[kept].sum()
        precision, recall = hits / max(1, kept.sum()), hits / total
        f1 = 2 * precision * recall / (precision + recall)
        print(f"threshold {low:.2f}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    for low in np.arange(0, 1, 0.1):
        inside = (probability >= low) & (probability < low + 0.1)
        if inside.sum():
            print(f"confidence {low:.1f}–{low + 0.1:.1f}: {inside.sum()} acts, {y[inside].mean():.2f} right")
    model.fit(x, y)
    rows = [
        ("bias", float(model.intercept_[0])),
        *zip(vectorizer.feature_names_, map(float, model.coef_[0]), strict=True),
    ]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight", "source"])
        writer.writerows(
            (name, f"{weight:.4f}", "fitted on annotated articles") for name, weight in sorted(rows)
        )


if __name__ == "__main__":
    main()
