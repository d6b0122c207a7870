"""The exported encoder as a Thinc layer, for spaCy's ``tok2vec`` component.

In a pipeline's config:

.. code-block:: ini

    [components.tok2vec]
    factory = "tok2vec"

    [components.tok2vec.model]
    @architectures = "kg.OnnxEncoder.v1"
    folder = null
    width = 384

It takes the place of the transformer that was trained under the same listeners and has its width.
The weights travel with the component (``to_bytes``, ``to_disk``); ``folder`` is read only where
there are none yet.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, cast

import numpy as np
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model
from thinc.shims.shim import Shim
from thinc.types import Floats2d

from kg.errors import ConfigError
from kg.nlp.encoder.onnx import OnnxEncoder
from kg.nlp.encoder.sentences import sentence_ranges

_Layer = Model[list[Doc], list[Floats2d]]


class OnnxShim(Shim):
    """Holds the encoder for Thinc: serialises it, and is left alone by training."""

    _model: OnnxEncoder | None

    def __init__(self, encoder: OnnxEncoder | None, threads: int, budget: int) -> None:
        super().__init__(encoder)
        self.threads = threads
        self.budget = budget

    @property
    def encoder(self) -> OnnxEncoder:
        """The encoder.

        Raises:
            ConfigError: None was loaded.
        """
        if self._model is None:
            raise ConfigError(
                "the pipeline's encoder has no weights", "load a saved pipeline, or name the encoder's folder"
            )
        return self._model

    def __call__(self, inputs: Any, is_train: bool) -> tuple[Any, Callable[..., Any]]:
        """Vectors of sentences; training ends here."""
        return self.encoder.encode(inputs), lambda gradient: []

    def finish_update(self, optimizer: Any) -> None:
        """Nothing is learned."""

    @contextlib.contextmanager
    def use_params(self, params: Any) -> Iterator[None]:
        """There are no other parameters to use."""
        yield

    def to_device(self, device_type: str, device_id: int) -> None:
        """The encoder stays on the processor."""

    def to_bytes(self) -> bytes:
        """The encoder's files as one message; empty where there are none."""
        return b"" if self._model is None else self._model.to_bytes()

    def from_bytes(self, data: bytes) -> OnnxShim:
        """Load what :meth:`to_bytes` wrote."""
        self._model = OnnxEncoder.from_bytes(data, threads=self.threads, budget=self.budget) if data else None
        return self


def onnx_encoder(folder: str | None = None, width: int = 384, threads: int = 2, budget: int = 512) -> _Layer:
    """A layer that gives each token of each document its vector.

    Args:
        folder: Folder of an exported encoder; None where the weights come with the saved component.
        width: Numbers in a vector.
        threads: Threads for one call.
        budget: Pieces that go through the encoder at once.

    Raises:
        ConfigError: The folder holds no encoder of this width.
    """
    encoder = OnnxEncoder.from_folder(folder, threads=threads, budget=budget) if folder else None
    if encoder is not None and encoder.width != width:
        raise ConfigError(
            f"the encoder in {folder} makes vectors of {encoder.width} numbers, the pipeline expects {width}",
            "export the encoder that the pipeline was trained on",
        )
    shims: list[Shim] = [OnnxShim(encoder, threads, budget)]
    return Model("kg_onnx_encoder", _forward, dims={"nO": width}, shims=shims)


registry.architectures("kg.OnnxEncoder.v1", func=onnx_encoder)


def _forward(
    model: _Layer, docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    """Vectors of all tokens, document by document so that they do not depend on the batch."""
    shim = model.shims[0]
    assert isinstance(shim, OnnxShim)
    width = model.get_dim("nO")
    vectors = []
    for doc in docs:
        sentences = [[token.text for token in doc[first:last]] for first, last in sentence_ranges(doc)]
        rows = shim.encoder.encode(sentences) if sentences else [np.zeros((0, width), np.float32)]
        vectors.append(model.ops.asarray2f(cast(Floats2d, np.concatenate(rows))))
    return vectors, lambda gradients: []
