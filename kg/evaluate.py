"""Precision, recall and F1 of predicted facts against annotations.

The definitions are those of the annotation guidelines' scorer and the numbers are its numbers to
the last digit; :mod:`kg.scoring` holds them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import ENTITY_TYPES
from kg.scoring import Counts, Doc, Errors, Pair

if TYPE_CHECKING:
    from rich.console import Console

HEADLINE = ("entity", "role", "act:plover", "statement", "treaty")
"""The kinds whose mean F1 is the headline."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often an attribute (negation, date, …) of a matched fact is right."""

    right: int
    n: int

    @property
    def value(self) -> float:
        """Share of right ones, rounded to four decimals."""
        return round(self.right / self.n, 4)


@dataclass(frozen=True)
class Report:
    """What :func:`score` finds.

    Attributes:
        scores: Counts by kind: ``entity``, ``entity:STATE``, …, ``role``, ``act:plover``, …
        attributes: Accuracies by attribute of matched facts: ``act.date``, ``role.former``, …
        per_doc: F1 of the headline kinds by article id, rounded to three decimals.
        errors: One dict a missed or spurious fact: ``doc, kind, error, fact``, acts with ``evidence``.
    """

    scores: Mapping[str, Counts]
    attributes: Mapping[str, Accuracy]
    per_doc: Mapping[str, Mapping[str, float]]
    errors: Errors

    @property
    def headline(self) -> float:
        """Mean F1 over :data:`HEADLINE`, rounded to four decimals."""
        return round(sum(round(self.scores[k].f1, 4) for k in HEADLINE) / len(HEADLINE), 4)

    def to_dict(self) -> dict[str, Any]:
        """All numbers as a JSON-ready dict, rounded to four decimals; errors are left out."""
        return {
            "headline": self.headline,
            "scores": {
                kind: {
                    "p": round(c.precision, 4),
                    "r": round(c.recall, 4),
                    "f1": round(c.f1, 4),
                    "gold": c.gold,
                    "pred": c.pred,
                    "hit": c.hit,
                }
                for kind, c in self.scores.items()
            },
            "attributes": {k: {"accuracy": a.value, "n": a.n} for k, a in self.attributes.items()},
            "per_doc": {doc: dict(kinds) for doc, kinds in self.per_doc.items()},
        }


def score(gold: Mapping[str, Doc], pred: Mapping[str, Doc]) -> Report:
    """Score predictions against annotations.

    Args:
        gold: Annotated articles by id.
        pred: Predicted articles by id; one that is missing counts as an empty prediction, one that
            the gold lacks is ignored.

    Returns:
        The numbers over all gold articles.
    """
    counts: defaultdict[str, Counts] = defaultdict(Counts)
    attributes: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    errors: Errors = []
    per_doc: dict[str, dict[str, float]] = {}
    for doc, annotated in gold.items():
        tally = Pair(annotated, pred.get(doc, {"id": doc})).score()
        for kind, n in tally.counts.items():
            counts[kind] += n
        for name, right in tally.attributes.items():
            attributes[name] += right
        errors += tally.errors
        per_doc[doc] = {kind: round(n.f1, 3) for kind, n in tally.counts.items() if kind in HEADLINE}
    return Report(
        scores=dict(counts),
        attributes={k: Accuracy(n[True], n.total()) for k, n in attributes.items()},
        per_doc=per_doc,
        errors=errors,
    )


def evaluate(gold: Path | str, pred: Path | str) -> Report:
    """Score a folder or file of predictions against a folder or file of annotations.

    Args:
        gold: A folder of JSON files or a JSONL file in the annotation schema.
        pred: The same, as ``kg extract`` writes it.

    Raises:
        InputError: One of them cannot be read, or there is no annotated article.
    """
    annotated = load_documents(gold)
    if not annotated:
        raise InputError(f"{gold}: no annotated articles", "name a folder of JSON files or a JSONL file")
    return score(annotated, load_documents(pred))


def load_documents(path: Path | str) -> dict[str, Doc]:
    """Read documents of the annotation schema by id.

    Args:
        path: A folder (its ``*.json`` files are read by name) or a JSONL or JSON file.

    Raises:
        InputError: It does not exist, is no JSON, or an object in it breaks the schema.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(f"{path}: no such file or folder", "check the path")
    docs: dict[str, Doc] = {}
    if path.is_dir():
        for file in sorted(path.glob("*.json")):
            for doc in _parse(_read(file), str(file)):
                docs[doc["id"]] = doc
        return docs
    text = _read(path)
    if path.suffix == ".json":
        return {doc["id"]: doc for doc in _parse(text, str(path))}
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            for doc in _parse(line, f"{path}, line {n}"):
                docs[doc["id"]] = doc
    return docs


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})", "give a readable UTF-8 file") from error


def _parse(text: str, where: str) -> list[Doc]:
    """One object or a list of objects, checked as far as scoring relies on it."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: no valid JSON ({error})", "one object a file, or one a line") from error
    docs = value if isinstance(value, list) else [value]
    for doc in docs:
        if problem := _problem(doc):
            raise InputError(f"{where}: {problem}", "see the JSON form that `kg extract` writes")
    return docs


def _problem(doc: object) -> str | None:
    if not isinstance(doc, dict) or not isinstance(doc.get("id"), str):
        return "not an annotated article: no id"
    for key, needs in (("entities", _entity_problem), ("facts", _fact_problem)):
        items = doc.get(key, [])
        if not isinstance(items, list):
            return f"article {doc['id']}: {key} is not a list"
        for i, item in enumerate(items):
            problem = needs(item) if isinstance(item, dict) else "not an object"
            if problem:
                return f"article {doc['id']}: {key}[{i}]: {problem}"
    return None


def _entity_problem(entity: dict[str, Any]) -> str | None:
    if not isinstance(entity.get("id"), str):
        return "no id"
    if entity.get("type") not in ENTITY_TYPES:
        return f"unknown type {entity.get('type')!r}"
    return _strings_problem(entity, one=("name",), many=("mentions", "nominals"))


_FACT_STRINGS = {
    "role": (("person", "role"), ("of", "title"), ()),
    "act": (("predicate",), ("object", "source"), ("actors", "targets")),
    "statement": (("speaker", "content"), ("addressee",), ()),
    "treaty": (("treaty",), ("signed",), ("parties",)),
}
"""By kind of fact: strings it must have, may have, and lists of strings."""


def _fact_problem(fact: dict[str, Any]) -> str | None:
    kind = fact.get("kind")
    if kind not in _FACT_STRINGS:
        return f"unknown kind {kind!r}"
    needed, optional, many = _FACT_STRINGS[kind]
    missing = next((key for key in needed if not fact.get(key)), None)
    if missing:
        return f"{kind} without {missing}"
    return _strings_problem(fact, one=(*needed, *optional), many=many)


def _strings_problem(item: dict[str, Any], one: tuple[str, ...], many: tuple[str, ...]) -> str | None:
    for key in one:
        if not isinstance(item.get(key) or "", str):
            return f"{key} is not a string"
    for key in many:
        values = item.get(key) or []
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            return f"{key} is not a list of strings"
    return None


def print_report(report: Report, console: Console, per_doc: bool = False) -> None:
    """Print the numbers as tables: kinds, attributes of matched facts and, if asked, articles."""
    from rich.table import Table

    table = Table("kind", box=None, pad_edge=False)
    for column in ("P", "R", "F1", "gold", "pred", "hit"):
        table.add_column(column, justify="right")
    for kind, n in sorted(report.scores.items()):
        rates = (f"{round(x, 4):.3f}" for x in (n.precision, n.recall, n.f1))
        style = "bold" if kind in HEADLINE else None
        table.add_row(kind, *rates, str(n.gold), str(n.pred), str(n.hit), style=style)
    console.print(table)
    if report.attributes:
        console.print()
        table = Table("attribute of matched facts", box=None, pad_edge=False)
        table.add_column("accuracy", justify="right")
        table.add_column("of", justify="right")
        for name, accuracy in sorted(report.attributes.items()):
            table.add_row(name, f"{accuracy.value:.3f}", str(accuracy.n))
        console.print(table)
    if per_doc:
        console.print()
        table = Table("article", box=None, pad_edge=False)
        for kind in HEADLINE:
            table.add_column(kind, justify="right")
        for doc, scores in report.per_doc.items():
            table.add_row(doc, *(f"{scores[kind]:.3f}" for kind in HEADLINE))
        console.print(table)
    console.print(
        f"\nheadline (mean F1 of {', '.join(HEADLINE)}): [bold]{report.headline:.3f}[/bold] "
        f"over {len(report.per_doc)} articles",
        highlight=False,
    )


def write_errors(report: Report, path: Path | str) -> None:
    """Write one JSON object a line for each missed and each spurious fact."""
    lines = (json.dumps(e, ensure_ascii=False) + "\n" for e in report.errors)
    Path(path).write_text("".join(lines), encoding="utf-8")
