"""Make the encoder that training starts from: fetch, cut the vocabulary, drop layers, save.

    python -m training.encoder OUT [--source NAME_OR_FOLDER] [--layers 6] [--dtype fp16]
    python -m training.encoder --count-in news.jsonl.xz --count-in more.txt   # renew pieces.txt

OUT becomes an ordinary Hugging Face folder (``config.json``, ``model.safetensors``,
``tokenizer.json``), which transformers and spacy-transformers load by its path. Its tokenizer
deletes vowel marks and stretching strokes before it looks for pieces.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel, PreTrainedTokenizerFast

from kg.train import tokens
from training import e5, vocabulary

PIECES = Path(__file__).parent / "pieces.txt"
LEAST = 3
MAX_PIECES = 512

log = logging.getLogger("training.encoder")


def keep_rows(model: PreTrainedModel, rows: list[int], pad: int) -> None:
    """Keep these rows of the word embeddings, in this order; ``pad`` is the padding row's new place."""
    old = model.get_input_embeddings().weight.data
    new = torch.nn.Embedding(len(rows), old.shape[1], padding_idx=pad)
    new.weight.data = old[rows].clone()
    model.set_input_embeddings(new)
    model.config.vocab_size = len(rows)
    model.config.pad_token_id = pad


def keep_layers(model: PreTrainedModel, count: int, pick: str) -> list[int]:
    """Drop layers of a BERT-like model.

    Args:
        count: Layers to keep.
        pick: "first" keeps the lowest, "even" spreads over all from the first to the last.

    Returns:
        The kept layers' old indices.
    """
    layers = model.encoder.layer
    if not 0 < count <= len(layers):
        raise SystemExit(f"--layers {count}: the encoder has {len(layers)} layers")
    step = (len(layers) - 1) / max(count - 1, 1)
    kept = list(range(count)) if pick == "first" else [round(i * step) for i in range(count)]
    model.encoder.layer = torch.nn.ModuleList(layers[i] for i in kept)
    model.config.num_hidden_layers = count
    return kept


def save(model: PreTrainedModel, tokenizer: dict[str, Any], out: Path) -> None:
    """Write a Hugging Face folder."""
    out.mkdir(parents=True, exist_ok=True)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(tokenizer)),
        bos_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        cls_token="<s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",
        model_max_length=MAX_PIECES,
    )
    fast.save_pretrained(out)
    model.save_pretrained(out)


def count_in(paths: list[Path], cache: Path, source: str | None) -> None:
    """Renew the list of kept pieces from the texts in ``paths``."""
    tokenizer = tokens.without_marks(e5.load(source, cache).tokenizer)
    counts: Counter[int] = Counter()
    for path in paths:
        counts.update(vocabulary.count_pieces(tokenizer, vocabulary.read_texts(path)))
    pieces = vocabulary.choose(tokenizer, counts, LEAST)
    PIECES.write_text("".join(f"{piece}\n" for piece in pieces), encoding="utf-8")
    log.info("%d pieces counted, %d different ones kept in %s", counts.total(), len(pieces), PIECES)


def make(out: Path, source: str | None, cache: Path, layers: int | None, pick: str, dtype: str) -> None:
    """Fetch, cut and save the encoder (see the module's text)."""
    found = e5.load(source, cache)
    model, tokenizer = found.model, tokens.without_marks(found.tokenizer)
    if tokenizer["model"]["type"] == "Unigram":
        pieces = PIECES.read_text("utf-8").rstrip("\n").split("\n")
        tokenizer, rows = vocabulary.cut(tokenizer, pieces)
        pad = next(i for i, (piece, _) in enumerate(tokenizer["model"]["vocab"]) if piece == "<pad>")
        keep_rows(model, rows, pad)
    else:
        log.info("%s has no Unigram vocabulary: it is left whole", found.origin)
    if layers is not None:
        log.info("layers kept: %s", keep_layers(model, layers, pick))
    model = model.to(torch.float16 if dtype == "fp16" else torch.float32)
    save(model, tokenizer, out)
    size = sum(p.numel() for p in model.parameters())
    log.info("%s: %d pieces, %.1fM parameters in %s", found.origin, model.config.vocab_size, size / 1e6, out)


def main() -> None:
    """Read the command line and do it."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    add = parser.add_argument
    add("out", nargs="?", type=Path, help="folder to write")
    add("--source", help="hub name or folder of another encoder (default: multilingual-e5-small)")
    add("--cache", type=Path, default=Path.home() / ".cache" / "diplomacy-kg", help="folder for wheels")
    add("--layers", type=int, help="layers to keep (default: all)")
    add("--pick", choices=("first", "even"), default="first", help="which layers to keep")
    add("--dtype", choices=("fp32", "fp16"), default="fp32", help="precision of the saved weights")
    add("--count-in", type=Path, action="append", metavar="TEXTS", help="renew pieces.txt from these")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if arguments.count_in:
        count_in(arguments.count_in, arguments.cache, arguments.source)
    if arguments.out:
        a = arguments
        make(a.out, a.source, a.cache, a.layers, a.pick, a.dtype)
    elif not arguments.count_in:
        parser.error("name a folder to write, or texts to count in")


if __name__ == "__main__":
    main()
