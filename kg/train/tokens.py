"""Tokenizers that read vowelled Arabic as unvowelled."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

DELETED = (
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Vowel marks, stretching strokes and invisible controls: what :func:`kg.arabic.fold` deletes too."""


def without_marks(tokenizer: dict[str, Any]) -> dict[str, Any]:
    """The tokenizer with first normalisation steps that delete vowel marks and outer space.

    The steps live in ``tokenizer.json``, so that every program that loads the file does the same;
    the library keeps the offsets into the original text.
    """
    tokenizer = copy.deepcopy(tokenizer)
    first = [
        {"type": "Replace", "pattern": {"Regex": DELETED}, "content": ""},
        {"type": "Strip", "strip_left": True, "strip_right": True},
    ]
    old = tokenizer.get("normalizer")
    steps = old["normalizers"] if old and old["type"] == "Sequence" else [old] if old else []
    if steps[:2] != first:
        tokenizer["normalizer"] = {"type": "Sequence", "normalizers": [*first, *steps]}
    before = tokenizer.get("pre_tokenizer") or {}
    if before.get("type") == "Metaspace":
        # The same pieces, but their offsets leave out the space before a word: spacy-transformers
        # would count a word's first piece to the word before, too.
        split = {"type": "WhitespaceSplit"}
        tokenizer["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [split, before]}
    return tokenizer


def save_tokenizer(tokenizer: Any, folder: Path) -> None:
    """Save a fast tokenizer of Hugging Face so that it deletes vowel marks."""
    tokenizer.save_pretrained(folder)
    path = folder / "tokenizer.json"
    changed = without_marks(json.loads(path.read_text("utf-8")))
    path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
