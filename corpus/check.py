"""Look over the compiled corpus: counts, near-duplicates, real names, and things left unannotated.

``python corpus/check.py counts | table | similar | people | missing [FILE …]`` reads
``corpus/articles/*.json`` (or the files named). ``similar``, ``people`` and ``missing`` print one line a
finding; the first two then exit with 1, since nothing may be found there. ``missing`` is a reading aid: it
names known states, places, bodies, media and groups, and quotations, that stand in an article without an
annotation. ``table`` is what ``corpus/README.md`` holds.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.data.people import leaders
from kg.data.tables import read_table
from kg.model import PLOVER, ROLES

ARTICLES = Path(__file__).parent / "articles"
SHINGLE = 5
SIMILAR = 0.2
"""Pairs of articles that share more than this part of their word 5-grams (Jaccard) are near-duplicates."""

_NAMES = ("states", "places", "igos", "armed_groups", "media", "orgs", "bodies")
_QUOTE = re.compile(r"«([^»]+)»|“([^”]+)”|\"([^\"]+)\"")
_LONG_QUOTE = 4


def load(paths: Iterable[Path] = ()) -> list[dict[str, Any]]:
    """Read compiled articles: the given files, or all, by name."""
    return [json.loads(p.read_text(encoding="utf-8")) for p in list(paths) or sorted(ARTICLES.glob("*.json"))]


def counts(articles: Iterable[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Count what a corpus holds.

    Returns:
        Counters by name: ``size`` (articles, words),
        ``entity`` types, ``fact`` kinds, ``predicate``, ``role`` (each with zeros for what is lacking),
        ``act`` (modality, negated, with source, date, object, targets), ``statement``, ``outlet``.
    """
    result: dict[str, Counter[str]] = {
        "size": Counter(),
        "entity": Counter(),
        "fact": Counter(),
        "predicate": Counter(dict.fromkeys(PLOVER, 0)),
        "role": Counter(dict.fromkeys(ROLES, 0)),
        "act": Counter(),
        "statement": Counter(),
        "outlet": Counter(),
    }
    for article in articles:
        result["size"].update(articles=1, words=len(article["text"].split()))
        result["outlet"][article["source"]] += 1
        result["entity"].update(e["type"] for e in article["entities"])
        for fact in article["facts"]:
            kind = fact["kind"]
            result["fact"][kind] += 1
            if kind == "role":
                result["role"][fact["role"]] += 1
                result["role"]["(former)"] += fact["former"]
            elif kind == "statement":
                result["statement"]["direct" if fact["direct"] else "indirect"] += 1
                result["statement"]["with addressee"] += fact["addressee"] is not None
            elif kind == "act":
                result["predicate"][fact["predicate"]] += 1
                result["act"][fact["modality"]] += 1
                result["act"]["negated"] += fact["negated"]
                for key in ("source", "date", "object", "targets"):
                    result["act"][f"with {key}"] += bool(fact[key])
    return result


def table(articles: Iterable[dict[str, Any]]) -> str:
    """The counts as the Markdown table of ``corpus/README.md``."""
    found = counts(articles)

    def row(name: str) -> str:
        return " · ".join(f"{key} {n}" for key, n in found[name].most_common())

    rows = {
        "articles": str(found["size"]["articles"]),
        "words of text": str(found["size"]["words"]),
        "entities": row("entity"),
        "facts": row("fact"),
        "acts": row("predicate"),
        "acts by kind": row("act"),
        "roles": row("role"),
        "statements": row("statement"),
    }
    return "\n".join(
        ["| what | count |", "|---|---|", *(f"| {name} | {cell} |" for name, cell in rows.items())]
    )


def similar(articles: Sequence[dict[str, Any]], limit: float = SIMILAR) -> list[tuple[str, str, float]]:
    """Pairs of articles whose word 5-grams overlap by more than ``limit`` (Jaccard), most alike first."""
    shingles = {a["id"]: _shingles(f"{a['title']} {a['text']}") for a in articles}
    pairs = []
    for (one, first), (other, second) in combinations(shingles.items(), 2):
        shared = len(first & second)
        if shared and (score := shared / len(first | second)) > limit:
            pairs.append((one, other, score))
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))


def real_people(articles: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """Full names of the corpus that a real office-holder of the tables under ``kg/data`` bears."""
    known = {
        _fold(name)
        for leader in leaders().values()
        for name in (leader.ar, *leader.variants)
        if len(name.split()) > 1
    }
    return [
        (article["id"], form)
        for article in articles
        for entity in article["entities"]
        if entity["type"] == "PERSON"
        for form in entity["mentions"]
        if _fold(form) in known
    ]


def missing(article: dict[str, Any]) -> Iterator[str]:
    """Known names and longer quotations of an article that no annotation covers."""
    full = f"{article['title']}\n{article['text']}"
    covered = set[int]()
    for entity in article["entities"]:
        for form in [*entity["mentions"], *entity["nominals"]]:
            for match in re.finditer(re.escape(form), full):
                covered.update(range(*match.span()))
    for match in _known_names().finditer(full):
        if not covered.intersection(range(*match.span(1))):
            yield f"name {match[1]}"
    annotated = [f[k] for f in article["facts"] for k in ("content", "object", "trigger") if f.get(k)]
    annotated += [form for e in article["entities"] for form in [*e["mentions"], *e["nominals"]]]
    said = "\n".join(annotated)
    for quote in _QUOTE.finditer(full):
        words = next(g for g in quote.groups() if g)
        if len(words.split()) >= _LONG_QUOTE and words.strip(" .،") not in said:
            yield f"quotation {words}"


def _known_names() -> re.Pattern[str]:
    forms = {
        form
        for table in _NAMES
        for row in read_table(f"{table}.csv")
        for form in {row["ar"], *row["variants"].split("|")} - set(row["needs_head"].split("|"))
        if len(form) > 2
    }
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)[وف]?[بلك]?(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", _fold(text))
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def _fold(text: str) -> str:
    return re.sub("[إأآ]", "ا", text).replace("ى", "ي").replace("ة", "ه")


def main(argv: Sequence[str] | None = None) -> int:
    """Print one of the reports; returns the exit code."""
    parser = argparse.ArgumentParser(description="Look over the compiled corpus.")
    parser.add_argument("report", choices=("counts", "table", "similar", "people", "missing"))
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args(argv)
    articles = load(options.files)
    found = 0
    if options.report == "counts":
        for name, counter in counts(articles).items():
            print(f"{name}: {', '.join(f'{key} {n}' for key, n in counter.most_common())}")
    elif options.report == "table":
        print(table(articles))
    elif options.report == "missing":
        for article in articles:
            for finding in missing(article):
                print(f"{article['id']}: {finding}")
    elif options.report == "people":
        for where, form in real_people(articles):
            print(f"{where}: {form} is the name of a real office-holder")
            found = 1
    else:
        for one, other, score in similar(articles):
            print(f"{one} {other} {score:.2f}")
            found = 1
    return found


if __name__ == "__main__":
    sys.exit(main())
