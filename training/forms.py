"""Score the heads of a training run over other forms of its encoder: ONNX in fp32 and two of 8 bits.

    python -m training.forms RUN/epoch-N --dev DEV.jsonl

Exports the encoder into ``RUN/epoch-N/onnx-fp32`` and so on where they are missing.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from kg.nlp.encoder import OnnxEncoder
from training.data import Item, Reader
from training.export import export
from training.network import Network
from training.train import evaluate

ROWS = (
    "names",
    "phrases",
    "events",
    "triggers",
    "triggers, sharing a word",
    "triggers, any label",
    "contents",
    "titles",
    "given anchors: actor",
    "given anchors: target",
    "given anchors: source",
    "given anchors: speaker",
)


def load(folder: Path) -> Network:
    """The network of a checkpoint."""
    network = Network(folder / "encoder")
    missing, unexpected = network.load_state_dict(torch.load(folder / "heads.pt"), strict=False)
    assert not unexpected
    assert all(name.startswith("encoder.") for name in missing)
    return network


def main() -> None:
    """Export, score, print the table."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--dev", type=Path, required=True)
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    folder: Path = arguments.checkpoint
    items = Reader(folder / "encoder").read(arguments.dev)
    network = load(folder)
    scores = {"PyTorch fp32": evaluate(network, items)}
    for precision in ("fp32", "int8", "dynamic"):
        target = folder / f"onnx-{precision}"
        if not (target / "encoder.json").exists():
            model = AutoModel.from_pretrained(folder / "encoder", attn_implementation="eager")
            tokenizer = AutoTokenizer.from_pretrained(folder / "encoder")
            export(model, tokenizer, target, precision=precision, name=folder.parent.name)
        encoder = OnnxEncoder.from_folder(target, threads=1)

        def vectors(item: Item, encoder: OnnxEncoder = encoder) -> torch.Tensor:
            return torch.from_numpy(np.concatenate(encoder.encode(item.tokens)))

        scores[f"ONNX {precision}"] = evaluate(network, items, vectors)
    print("| F1 on dev | " + " | ".join(scores) + " |")
    print("|---|" + "---|" * len(scores))
    for row in ROWS:
        print(f"| {row} | " + " | ".join(f"{table[row]['f']:.3f}" for table in scores.values()) + " |")


if __name__ == "__main__":
    main()
