"""Cut a multilingual Unigram vocabulary to the pieces that Arabic and Latin-script news use."""

from __future__ import annotations

import copy
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN_WORD = re.compile("▁?[A-Za-z]+")
_FREQUENT = 30_000
"""Pieces are sorted by frequency in the pretraining text: Latin ones up to this rank are kept."""


def read_texts(path: Path) -> Iterator[str]:
    """Texts of a file: of JSON lines their title and text, of a JSON article the same, else its lines.

    Names ending in ``.xz`` are decompressed.
    """
    packed = path.suffix == ".xz"
    inner = path.with_suffix("").suffix if packed else path.suffix
    with lzma.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines:
        if inner == ".json":
            records: Iterable[dict[str, Any]] = [json.load(lines)]
        elif inner == ".jsonl":
            records = (json.loads(line) for line in lines)
        else:
            yield from (line.strip() for line in lines)
            return
        for record in records:
            yield f"{record.get('title') or ''}\n{record.get('text') or ''}"


def count_pieces(tokenizer: dict[str, Any], texts: Iterable[str], batch: int = 1000) -> Counter[int]:
    """How often each piece (by id) occurs in the texts."""
    encoder = Tokenizer.from_str(json.dumps(tokenizer))
    counts: Counter[int] = Counter()
    waiting: list[str] = []

    def flush() -> None:
        for encoding in encoder.encode_batch(waiting, add_special_tokens=False):
            counts.update(encoding.ids)
        waiting.clear()

    for text in texts:
        waiting.append(text)
        if len(waiting) == batch:
            flush()
    flush()
    return counts


def choose(tokenizer: dict[str, Any], counts: Counter[int], least: int) -> list[str]:
    """The pieces to keep, in vocabulary order.

    Kept are pieces that occur ``least`` times, all single characters of the Arabic and Latin
    scripts, and the frequent Latin words of the pretraining text. Special tokens are not listed:
    :func:`cut` always keeps them.
    """
    special = {token["id"] for token in tokenizer["added_tokens"]}
    kept = []
    for index, (piece, _) in enumerate(tokenizer["model"]["vocab"]):
        bare = piece.strip("▁")
        single = len(bare) <= 1 and (not bare or bool(_ARABIC.match(bare)) or ord(bare) < 0x250)
        frequent = index < _FREQUENT and bool(_LATIN_WORD.fullmatch(piece))
        if index not in special and (single or frequent or counts[index] >= least):
            kept.append(piece)
    return kept


def cut(tokenizer: dict[str, Any], pieces: Sequence[str]) -> tuple[dict[str, Any], list[int]]:
    """Reduce the vocabulary to special tokens and ``pieces``.

    Returns:
        The new tokenizer, and for each of its pieces the id that it had before (rows of the
        embedding matrix to keep).

    Raises:
        ValueError: The tokenizer is no Unigram model.
    """
    if tokenizer["model"]["type"] != "Unigram":
        raise ValueError("only the vocabulary of a Unigram (SentencePiece) tokenizer can be cut")
    wanted = set(pieces)
    special = {token["id"] for token in tokenizer["added_tokens"]} | {tokenizer["model"]["unk_id"]}
    vocabulary = tokenizer["model"]["vocab"]
    rows = [i for i, (piece, _) in enumerate(vocabulary) if i in special or piece in wanted]
    new = {old: at for at, old in enumerate(rows)}
    small = copy.deepcopy({key: value for key, value in tokenizer.items() if key != "model"})
    small["model"] = {**tokenizer["model"], "vocab": [vocabulary[i] for i in rows]}
    small["model"]["unk_id"] = new[tokenizer["model"]["unk_id"]]
    for token in small["added_tokens"]:
        token["id"] = new[token["id"]]
    for token in (small.get("post_processor") or {}).get("special_tokens", {}).values():
        token["ids"] = [new[i] for i in token["ids"]]
    return small, rows
