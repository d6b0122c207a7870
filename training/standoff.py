"""Annotations of articles whose text may not be passed on: positions instead of words.

    python -m training.standoff read CORPUS OUT       # articles.jsonl(.xz) of the ANT corpus → OUT/*.json
    python -m training.standoff write CORPUS FOLDER   # annotated articles → training/ant.jsonl

``training/ant.jsonl`` says for some articles of the ANT corpus (antcorpus.multisource.data) where the words
of their annotation stand. Whoever has the corpus gets the annotated articles back; a digest tells whether
the text is the same. Names that only adjectives express stand there as words: they are not the article's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.arabic import split_sentences
from kg.errors import InputError

ANNOTATIONS = Path(__file__).parent / "ant.jsonl"
OUTLETS = {
    "BBC": "BBC Arabic",
    "CNN": "CNN Arabic",
    "alarabia": "Al Arabiya",
    "france24": "France 24 Arabic",
    "skynews": "Sky News Arabia",
}
_WORDS = ("trigger", "object", "title", "content")
"""Fields of facts that are words of the evidence."""

Record = dict[str, Any]


def normal(title: str, text: str) -> str:
    """Title and text as they were annotated: a paragraph a line, one space between sentences."""
    paragraphs = [p for p in text.split("\n") if p.strip()]
    lines = [" ".join(p[a:b].strip() for a, b in split_sentences(p)) for p in paragraphs]
    return "\n".join([title.strip(), *lines])


def digest(full: str) -> str:
    """What tells one text from another."""
    return hashlib.sha256(full.encode("utf-8")).hexdigest()[:16]


def detach(article: Record, key: str) -> Record:
    """An annotated article without its words.

    Args:
        article: In the annotation schema.
        key: Its id in the corpus.

    Raises:
        ValueError: Something annotated does not stand in the text.
    """
    full = f"{article['title']}\n{article['text']}"

    def at(words: str, begin: int = 0) -> list[int]:
        start = full.index(words, begin)
        return [start, start + len(words)]

    def entity(given: Record) -> Record:
        forms = {name: [at(form) for form in given[name]] for name in ("mentions", "nominals")}
        name = given["name"]
        return {**given, **forms, "name": at(name) if name in full else name}

    def fact(given: Record) -> Record:
        evidence = at(given["evidence"])
        words = {
            name: at(given[name], evidence[0]) if given.get(name) else None
            for name in _WORDS
            if name in given
        }
        return {**given, **words, "evidence": evidence}

    return {
        "id": article["id"],
        "article": key,
        "digest": digest(full),
        "entities": [entity(e) for e in article["entities"]],
        "facts": [fact(f) for f in article["facts"]],
    }


def attach(annotation: Record, source: Record) -> Record:
    """The annotated article again, from its annotation and the corpus's record.

    Raises:
        InputError: The corpus has another text.
    """
    full = normal(source["title"], source["text"])
    if digest(full) != annotation["digest"]:
        raise InputError(f"{annotation['article']}: the text is not the one that was annotated")

    def words(span: Any) -> Any:
        return full[span[0] : span[1]] if isinstance(span, list) else span

    def entity(given: Record) -> Record:
        forms = {name: [words(s) for s in given[name]] for name in ("mentions", "nominals")}
        return {**given, **forms, "name": words(given["name"])}

    def fact(given: Record) -> Record:
        return {**given, **{name: words(given[name]) for name in (*_WORDS, "evidence") if name in given}}

    title, _, text = full.partition("\n")
    return {
        "id": annotation["id"],
        "lang": "ar",
        "source": OUTLETS.get(source["source"], source["source"]),
        "date": source["date"],
        "title": title,
        "text": text,
        "entities": [entity(e) for e in annotation["entities"]],
        "facts": [fact(f) for f in annotation["facts"]],
    }


def records(corpus: Path) -> Iterator[Record]:
    """The articles of the corpus."""
    with (lzma.open if corpus.suffix == ".xz" else open)(corpus, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write(corpus: Path, folder: Path, out: Path = ANNOTATIONS) -> int:
    """Write the annotations of a folder's articles, found in the corpus by their text; returns how many."""
    wanted = {}
    for path in sorted(folder.glob("*.json")):
        article = json.loads(path.read_text("utf-8"))
        wanted[digest(f"{article['title']}\n{article['text']}")] = article
    found = {}
    for source in records(corpus):
        article = wanted.get(digest(normal(source["title"], source["text"])))
        if article is not None:
            found[article["id"]] = detach(article, source["id"])
    lines = [
        json.dumps(found[key], ensure_ascii=False, separators=(",", ":")) + "\n" for key in sorted(found)
    ]
    out.write_text("".join(lines), encoding="utf-8")
    return len(found)


def read(corpus: Path, folder: Path, annotations: Path = ANNOTATIONS) -> int:
    """Write the annotated articles; returns how many."""
    known = {a["article"]: a for a in map(json.loads, annotations.read_text("utf-8").splitlines())}
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for source in records(corpus):
        if source["id"] in known:
            article = attach(known[source["id"]], source)
            body = json.dumps(article, ensure_ascii=False, indent=1) + "\n"
            (folder / f"{article['id']}.json").write_text(body, encoding="utf-8")
            count += 1
    return count


def main() -> None:
    """Read the command line."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("way", choices=["read", "write"])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("folder", type=Path)
    a = parser.parse_args()
    print((read if a.way == "read" else write)(a.corpus, a.folder), "articles")


if __name__ == "__main__":
    main()
