"""Sentences in which only names are annotated: a second source for the encoder.

A file in the manner of CoNLL (``word tag`` on a line, an empty line after each sentence; tags ``O``,
``B-PERS``, ``I-PERS`` and so on) trains a tagger of its own beside the other heads. Its labels are coarser
than the project's, so it only teaches the encoder and the layer of features, and is never saved.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from kg.errors import InputError
from kg.extract.learned.features import token_features
from kg.model import Article
from kg.nlp.layer import Layer
from kg.nlp.tokenizer import split_words
from kg.train.data import Reader, Text
from kg.train.network import Network

LABELS = ("PERS", "LOC", "ORG", "MISC")
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
SENTENCES = 16
"""Sentences that the rules read as one text: some 470 words of ANERcorp."""

Sentence = list[tuple[str, str]]
"""Words with their tags."""


@dataclass(slots=True)
class NamedText(Text):
    """A text with the tags of its words."""

    tags: torch.Tensor


def read_conll(path: Path) -> Iterator[Sentence]:
    """The sentences of a file.

    Raises:
        InputError: A line is not a word and a known tag.
    """
    sentence: Sentence = []
    for number, line in enumerate([*path.read_text("utf-8").split("\n"), ""], 1):
        fields = line.split()
        if len(fields) == 2 and fields[1] in TAGS:
            sentence.append((fields[0], fields[1]))
        elif fields:
            raise InputError(f"{path}, line {number}: no word with a tag", f"tags are {', '.join(TAGS)}")
        elif sentence:
            yield sentence
            sentence = []


def named_text(reader: Reader, sentences: Sequence[Sentence], name: str) -> NamedText:
    """Sentences as one text, each on a line of its own, with what the rules find in it."""
    article = Article(name, "", "\n".join(" ".join(word for word, _ in s) for s in sentences))
    doc = reader.rules.make_doc(article.full_text)
    doc._.article = article
    layer: Layer = reader.rules(doc)._.kg
    tags: list[int] = []
    for word, tag in (pair for sentence in sentences for pair in sentence):
        at, tokens = TAGS.index(tag), len(split_words(word))
        tags += [at, *[at + at % 2] * (tokens - 1)]
    return NamedText(
        id=name,
        words=len(layer),
        sentences=list(reader.sentences(layer.words, [(s.first, s.last) for s in layer.sentences])),
        features=torch.from_numpy(token_features(layer)),
        spots=[(m.first, m.last) for m in layer.mentions],
        tags=torch.tensor(tags),
    )


def named_texts(reader: Reader, path: Path, limit: int | None = None) -> Iterator[NamedText]:
    """The sentences of a file as texts of some sentences each (at most ``limit`` texts)."""
    sentences = list(read_conll(path))
    for number, at in enumerate(range(0, len(sentences), SENTENCES)[:limit]):
        yield named_text(reader, sentences[at : at + SENTENCES], f"{path.stem}-{number}")


class Names(nn.Module):
    """A tagger of names with texts to learn from, taken in turn.

    Args:
        texts: What it learns from.
        width: Numbers of a word's vector.
        seed: Decides the order of the texts.
    """

    def __init__(self, texts: Sequence[NamedText], width: int, seed: int) -> None:
        super().__init__()
        self.tagger = nn.Linear(width, len(TAGS))
        self._next = _endless(list(texts), random.Random(seed))

    def loss(self, network: Network) -> torch.Tensor:
        """The tagger's loss on the next text."""
        text = next(self._next)
        words = network.read(network.encode([text])[0], text)
        return functional.cross_entropy(self.tagger(network.dropout(words)), text.tags)


def _endless(texts: list[NamedText], order: random.Random) -> Iterator[NamedText]:
    while True:
        order.shuffle(texts)
        yield from texts
