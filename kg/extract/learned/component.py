"""The heads as a spaCy component. Component ``kg_reader_v1``.

It stands behind the rules and the shared ``tok2vec``: it reads the vectors in ``doc.tensor`` and what
the rules made of the article, and leaves a :class:`~kg.extract.learned.reading.Reading` for the
components that build the facts anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ConfigError
from kg.extract.learned.heads import Heads
from kg.extract.learned.reading import Reading

Weights = dict[str, dict[str, float]]
_HEADS, _CONFIDENCE = "heads.npz", "confidence.json"


class ReaderComponent:
    """Reads articles with trained heads.

    Args:
        nlp: The pipeline.
        name: Name of the component in it.
        heads: The heads; None until weights are loaded.
        confidence: Weights of the confidence of acts and statements, by name of what it depends on.
    """

    def __init__(
        self,
        nlp: Language,
        name: str = "kg_reader_v1",
        heads: Heads | None = None,
        confidence: Weights | None = None,
    ) -> None:
        self.name = name
        self.heads = heads
        self.confidence: Weights = confidence or {}

    def __call__(self, doc: Doc) -> Doc:
        """Read one article that has vectors and the rules' layer."""
        if self.heads is None:
            raise ConfigError("the pipeline's reader has no weights", "load a saved pipeline")
        at = [token.i for token in doc if not token.is_space]
        vectors = np.asarray(doc.tensor, np.float32)[at]
        doc._.reading = Reading(self.heads, vectors, doc._.kg, self.confidence)
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Weights and confidence as one message."""
        heads = self.heads.to_bytes() if self.heads else b""
        head = json.dumps(self.confidence, sort_keys=True).encode()
        return len(head).to_bytes(4, "big") + head + heads

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> ReaderComponent:
        """Load what :meth:`to_bytes` wrote."""
        end = 4 + int.from_bytes(data[:4], "big")
        self.confidence = json.loads(data[4:end])
        self.heads = Heads.from_bytes(data[end:]) if len(data) > end else None
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the two files."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.heads:
            (folder / _HEADS).write_bytes(self.heads.to_bytes())
        text = json.dumps(self.confidence, indent=1, sort_keys=True)
        (folder / _CONFIDENCE).write_text(text + "\n", encoding="utf-8")

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> ReaderComponent:
        """Load what :meth:`to_disk` wrote.

        Raises:
            ConfigError: A file is missing or damaged.
        """
        folder = Path(path)
        try:
            self.heads = Heads.from_bytes((folder / _HEADS).read_bytes())
            self.confidence = json.loads((folder / _CONFIDENCE).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ConfigError(
                f"{folder}: the trained pipeline is damaged ({error})", "install the package anew"
            ) from None
        return self


@Language.factory("kg_reader_v1", requires=["doc.tensor", "doc._.kg"], assigns=["doc._.reading"])
def make_reader(nlp: Language, name: str) -> ReaderComponent:
    """The component without weights; they come with a saved pipeline."""
    return ReaderComponent(nlp, name)
