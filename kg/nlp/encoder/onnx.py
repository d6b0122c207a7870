"""Run an exported encoder over words: numpy in and out.

The encoder is a folder of three files, written by ``training/export.py``: ``encoder.onnx`` (inputs
``input_ids`` and ``attention_mask``, both int64 ``(sentences, pieces)``; output ``vectors``, fp32
``(sentences, pieces, width)``), ``tokenizer.json`` of the tokenizers library, whose normaliser
deletes vowel marks and stretching strokes, and ``encoder.json`` (:class:`EncoderConfig`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import numpy as np
import srsly  # type: ignore[import-untyped]
from numpy.typing import NDArray

from kg.errors import ConfigError

Vectors = NDArray[np.float32]
FORMAT = 1
"""Version of the folder's layout; a reader knows only its own."""

_CONFIG, _MODEL, _TOKENIZER = "encoder.json", "encoder.onnx", "tokenizer.json"
_SLACK = 16
"""Pieces of padding that cost about as much time as a call of its own."""

_SLOWER = ("SkipLayerNormFusion",)
"""Optimisations of ONNX Runtime whose fused operation takes longer than the ones it replaces."""

_MEND = "install the package anew, or export the encoder again"


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """What the runtime must know of an exported encoder.

    Attributes:
        width: Numbers in a vector.
        max_pieces: Longest input that the encoder takes, special pieces included.
        bos, eos, pad: Ids of the special pieces before, after and beside a sentence.
        pooling: How a word's vector comes from those of its pieces: "mean" or "first".
        name: What the encoder is and where it comes from, for people.
        sha256: Digest of ``encoder.onnx``.
        format: Version of the folder's layout.
    """

    width: int
    max_pieces: int
    bos: int
    eos: int
    pad: int
    pooling: Literal["mean", "first"] = "mean"
    name: str = ""
    sha256: str = ""
    format: int = FORMAT


class OnnxEncoder:
    """Vectors of words in their sentences.

    Nothing is loaded before the first call, so that objects can be copied, pickled and taken over
    into a forked process.

    Args:
        config: Sizes and ids.
        model: The bytes of the ONNX file.
        tokenizer: The text of ``tokenizer.json``.
        threads: Threads for one call.
        budget: Pieces that go through the encoder at once, padding included; more are faster up to
            about 500 and need more memory.

    Raises:
        ConfigError: The model is damaged or of another version.
    """

    def __init__(
        self, config: EncoderConfig, model: bytes, tokenizer: str, *, threads: int = 2, budget: int = 512
    ) -> None:
        if config.format != FORMAT:
            raise ConfigError(
                f"the encoder {config.name!r} has format {config.format}, this version reads {FORMAT}", _MEND
            )
        if config.sha256 and hashlib.sha256(model).hexdigest() != config.sha256:
            raise ConfigError(f"the model file of the encoder {config.name!r} is damaged", _MEND)
        self.config = config
        self.threads = threads
        self.budget = budget
        self._model = model
        self._tokenizer = tokenizer
        self._pieces = _Pieces(tokenizer)
        self._session: Any = None

    @classmethod
    def from_folder(cls, path: str | Path, *, threads: int = 2, budget: int = 512) -> OnnxEncoder:
        """Load the three files of a folder.

        Raises:
            ConfigError: A file is missing, damaged or of another version.
        """
        folder = Path(path)
        try:
            config = EncoderConfig(**json.loads((folder / _CONFIG).read_text("utf-8")))
            model = (folder / _MODEL).read_bytes()
            tokenizer = (folder / _TOKENIZER).read_text("utf-8")
        except FileNotFoundError as error:
            raise ConfigError(f"{error.filename}: no such file of an encoder", _MEND) from None
        except (ValueError, TypeError) as error:
            raise ConfigError(f"{folder}: not an exported encoder ({error})", _MEND) from None
        return cls(config, model, tokenizer, threads=threads, budget=budget)

    def to_folder(self, path: str | Path) -> None:
        """Write the three files."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _CONFIG).write_text(json.dumps(asdict(self.config), indent=1) + "\n", encoding="utf-8")
        (folder / _MODEL).write_bytes(self._model)
        (folder / _TOKENIZER).write_text(self._tokenizer, encoding="utf-8")

    def to_bytes(self) -> bytes:
        """All three files as one message."""
        message = {"config": asdict(self.config), "model": self._model, "tokenizer": self._tokenizer}
        return bytes(srsly.msgpack_dumps(message))

    @classmethod
    def from_bytes(cls, data: bytes, *, threads: int = 2, budget: int = 512) -> OnnxEncoder:
        """Read what :meth:`to_bytes` wrote.

        Raises:
            ConfigError: The message is damaged or of another version.
        """
        try:
            message = srsly.msgpack_loads(data)
            config = EncoderConfig(**message["config"])
            model, tokenizer = message["model"], message["tokenizer"]
        except (ValueError, TypeError, KeyError) as error:
            raise ConfigError(f"the stored encoder cannot be read ({error})", _MEND) from None
        return cls(config, model, tokenizer, threads=threads, budget=budget)

    @property
    def width(self) -> int:
        """Numbers in a vector."""
        return self.config.width

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Vectors]:
        """Vectors of the words of each sentence.

        Sentences of like length go through the encoder together. Where the model scales whole
        matrices of activations, vectors depend slightly on what goes together: give the sentences
        of one article in one call, and the same article always has the same vectors.

        Args:
            sentences: Words, as the pipeline's tokenizer makes them.

        Returns:
            For each sentence an array ``(words, width)``. Words of which nothing remains (white
            space, lone vowel marks) have zero vectors.

        Raises:
            ConfigError: A library is missing, or the model cannot be loaded.
        """
        found = [np.zeros((len(words), self.width), np.float32) for words in sentences]
        windows = [w for at, words in enumerate(sentences) for w in self._windows(at, words)]
        windows.sort(key=lambda w: (len(w.ids), w.sentence, w.words[0]))
        for batch in self._batches(windows):
            output = self._run(batch)
            for row, window in enumerate(batch):
                pieces = output[row, 1 : 1 + len(window.ids)]
                found[window.sentence][window.words] = self._pool(pieces, window.begins)
        return found

    def _windows(self, at: int, words: Sequence[str]) -> Iterator[_Window]:
        """The sentence as one window, or as several where it is too long for the encoder."""
        room = self.config.max_pieces - 2
        window = _Window(at, [], [], [])
        for index, ids in enumerate(self._pieces.of(words)):
            if not ids:
                continue
            if len(window.ids) + len(ids) > room and window.ids:
                yield window
                window = _Window(at, [], [], [])
            window.words.append(index)
            window.begins.append(len(window.ids))
            window.ids.extend(ids[:room])
        if window.ids:
            yield window

    def _batches(self, windows: list[_Window]) -> Iterator[list[_Window]]:
        """Windows, shortest first, in batches within the budget and with little padding."""
        batch: list[_Window] = []
        padding = 0
        for window in windows:
            if batch:
                length = len(window.ids) + 2
                padding += len(batch) * (len(window.ids) - len(batch[-1].ids))
                if padding > _SLACK or (len(batch) + 1) * length > self.budget:
                    yield batch
                    batch, padding = [], 0
            batch.append(window)
        if batch:
            yield batch

    def _run(self, batch: list[_Window]) -> Vectors:
        """Vectors of all pieces of a batch: ``(windows, pieces, width)``."""
        length = max(len(window.ids) for window in batch) + 2
        ids = np.full((len(batch), length), self.config.pad, np.int64)
        mask = np.zeros((len(batch), length), np.int64)
        for row, window in enumerate(batch):
            end = len(window.ids) + 1
            ids[row, 0] = self.config.bos
            ids[row, 1:end] = window.ids
            ids[row, end] = self.config.eos
            mask[row, : end + 1] = 1
        output: Vectors = self._loaded().run(["vectors"], {"input_ids": ids, "attention_mask": mask})[0]
        return output

    def _pool(self, pieces: Vectors, begins: list[int]) -> Vectors:
        """Vectors of words from those of their pieces; ``begins`` are the words' first pieces."""
        if self.config.pooling == "first":
            return pieces[begins]
        counts = np.diff([*begins, len(pieces)])
        sums: Vectors = np.add.reduceat(pieces, begins, axis=0)
        means: Vectors = np.divide(sums, counts[:, None], dtype=np.float32)
        return means

    def _loaded(self) -> Any:
        """The session of ONNX Runtime, made at the first call."""
        if self._session is None:
            runtime = _library("onnxruntime")
            options = runtime.SessionOptions()
            options.intra_op_num_threads = self.threads
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            try:
                self._session = runtime.InferenceSession(
                    self._model,
                    options,
                    providers=["CPUExecutionProvider"],
                    disabled_optimizers=_SLOWER,
                )
            except Exception as error:
                raise ConfigError(
                    f"the encoder {self.config.name!r} cannot be loaded ({str(error)[:200]})", _MEND
                ) from None
        return self._session

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_session": None}


@dataclass(slots=True)
class _Window:
    """A stretch of a sentence: indices of its words, their pieces, and where each word begins in them."""

    sentence: int
    words: list[int]
    begins: list[int]
    ids: list[int]


class _Pieces:
    """Pieces of words, remembered: news repeats its words."""

    _LIMIT = 1 << 16

    def __init__(self, tokenizer: str) -> None:
        self._text = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}
        self._tokenizer: Any = None

    def of(self, words: Sequence[str]) -> Iterator[tuple[int, ...]]:
        """Ids of the pieces of each word."""
        for word in words:
            ids = self._known.get(word)
            if ids is None:
                ids = self._encode(word)
                if len(self._known) >= self._LIMIT:
                    self._known.clear()
                self._known[word] = ids
            yield ids

    def _encode(self, word: str) -> tuple[int, ...]:
        if self._tokenizer is None:
            library = _library("tokenizers")
            try:
                self._tokenizer = library.Tokenizer.from_str(self._text)
            except Exception as error:
                raise ConfigError(f"the tokenizer of the encoder cannot be read ({error})", _MEND) from None
        if word.isspace():
            return ()
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids)

    def __getstate__(self) -> dict[str, Any]:
        return {"_text": self._text, "_known": {}, "_tokenizer": None}


def _library(name: str) -> Any:
    """Import a library that only the trained pipeline needs."""
    try:
        return import_module(name)
    except ImportError:
        raise ConfigError(
            f"the trained pipeline needs the library {name}", f"pip install {name}, or use --pipeline rules"
        ) from None
