"""Annotations without the words: what is taken apart comes together again, and only with the same text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from training.standoff import ANNOTATIONS, attach, detach, normal, read, write

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"


def test_annotations_come_back_with_the_text(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    lines = []
    for path in sorted(ARTICLES.glob("*.json"))[:5]:
        article = json.loads(path.read_text("utf-8"))
        title, _, text = normal(article["title"], article["text"]).partition("\n")
        article |= {"title": title, "text": text, "source": "BBC Arabic"}
        (gold / path.name).write_text(json.dumps(article), encoding="utf-8")
        lines.append(
            {"id": f"BBC-{path.stem}", "source": "BBC", "date": article["date"], "title": title, "text": text}
        )
    corpus = tmp_path / "articles.jsonl"
    corpus.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    annotations = tmp_path / "standoff.jsonl"
    assert write(corpus, gold, annotations) == 5
    assert read(corpus, tmp_path / "back", annotations) == 5
    for path in gold.glob("*.json"):
        assert json.loads((tmp_path / "back" / path.name).read_text("utf-8")) == json.loads(
            path.read_text("utf-8")
        )


def test_another_text_is_told() -> None:
    article = json.loads(next(ARTICLES.glob("*.json")).read_text("utf-8"))
    article["title"], _, article["text"] = normal(article["title"], article["text"]).partition("\n")
    with pytest.raises(InputError, match="not the one that was annotated"):
        attach(detach(article, "x"), {**article, "text": article["text"] + " ."})


def test_no_sentence_of_a_publisher_stands_in_the_annotations() -> None:
    """The only Arabic in the file are names of what adjectives name."""
    for line in ANNOTATIONS.read_text("utf-8").splitlines():
        annotation = json.loads(line)
        assert not any(isinstance(v, str) and len(v) > 40 for f in annotation["facts"] for v in f.values())
        names = [e["name"] for e in annotation["entities"] if isinstance(e["name"], str)]
        assert all(len(name.split()) <= 8 for name in names)
