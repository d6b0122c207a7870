"""Count how often each trigger is the act it stands for (development time only).

``python -m kg.data.recount FOLDER …`` reads annotated articles (one JSON file
each) and rewrites ``n_gold`` and ``n_seen`` in ``triggers.csv`` as well as
``trigger_counts.csv``, which has the same two counts for single forms. Only
counts are written, no text.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.data.lexicon import DATA, trigger_lexicon
from kg.errors import InputError

TOKEN = re.compile(r"[\w\u064b-\u0652\u0670\u0640]+|[^\w\s]")
"""Words with their marks, or single punctuation marks."""

_SEEN_AT_LEAST = 3
_SOURCE = "counted in annotated news"


def trigger_tokens(article: dict[str, Any], spans: list[tuple[int, int]]) -> dict[str, set[int]]:
    """Predicate → indices of the tokens that are triggers of its acts.

    Args:
        article: An annotated article.
        spans: Offsets of its tokens in title + newline + text.
    """
    text = f"{article['title']}\n{article['text']}"
    found: dict[str, set[int]] = defaultdict(set)
    for fact in article["facts"]:
        if fact["kind"] != "act":
            continue
        evidence = max(text.find(fact["evidence"]), 0)
        word = re.search(rf"(?<!\w){re.escape(fact['trigger'])}(?!\w)", fact["evidence"])
        start = evidence + (word.start() if word else max(fact["evidence"].find(fact["trigger"]), 0))
        end = start + len(fact["trigger"])
        found[fact["predicate"]] |= {
            i for i, (left, right) in enumerate(spans) if left < end and right > start
        }
    return found


Counts = Counter[tuple[str, str]]
"""By trigger id and form; the form "" stands for all forms together."""


def count(articles: Iterable[dict[str, Any]]) -> tuple[Counts, Counts]:
    """Count triggers that are the annotated act, and all triggers seen.

    Args:
        articles: Annotated articles.

    Returns:
        The two counts, gold and seen.
    """
    lexicon = trigger_lexicon()
    gold: Counts = Counter()
    seen: Counts = Counter()
    for article in articles:
        text = f"{article['title']}\n{article['text']}"
        spans = [match.span() for match in TOKEN.finditer(text)]
        tokens = [text[start:end] for start, end in spans]
        acts = trigger_tokens(article, spans)
        for index, token in enumerate(tokens):
            if len(token) < 2:
                continue
            done: set[str] = set()
            for match in lexicon.match(tokens, index):
                if match.entry.id in done:
                    continue
                done.add(match.entry.id)
                hit = not acts[match.entry.predicate].isdisjoint(match.tokens)
                for form in ("", match.reading.stem):
                    seen[match.entry.id, form] += 1
                    gold[match.entry.id, form] += hit
    return gold, seen


def read_articles(folders: Iterable[Path]) -> Iterable[dict[str, Any]]:
    """The annotated articles of some folders, in the order of their names.

    Raises:
        InputError: If a folder holds none.
    """
    for folder in folders:
        paths = sorted(folder.glob("*.json"))
        if not paths:
            raise InputError(
                f"{folder}: no annotated articles", "give a folder with one JSON file an article"
            )
        for path in paths:
            yield json.loads(path.read_text(encoding="utf-8"))


def main(folders: list[str]) -> None:
    """Rewrite the counts in both tables."""
    gold, seen = count(read_articles(map(Path, folders)))
    path = DATA / "triggers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    for row in rows:
        row["n_gold"], row["n_seen"] = str(gold[row["id"], ""]), str(seen[row["id"], ""])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with (DATA / "trigger_counts.csv").open("w", encoding="utf-8", newline="") as file:
        plain = csv.writer(file, lineterminator="\n")
        plain.writerow(("form", "trigger_id", "n_gold", "n_seen", "source"))
        plain.writerows(
            (form, trigger, gold[trigger, form], number, _SOURCE)
            for (trigger, form), number in sorted(seen.items(), key=lambda item: (item[0][1], item[0][0]))
            if form and number >= _SEEN_AT_LEAST
        )


if __name__ == "__main__":
    main(sys.argv[1:])
