"""Put a trained network together as a spaCy pipeline that the package ships.

    python -m kg.train.package RUN OUT [--precision int8|fp32] [--confidence FILE]

RUN is a folder of :mod:`kg.train.run`; OUT becomes a folder for ``spacy.load``. Without a file of
weights (:mod:`training.calibrate`) the confidence of an act is a half.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import spacy
import torch
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from transformers import AutoModel, AutoTokenizer

from kg.extract.learned.component import ReaderComponent, Weights
from kg.extract.learned.features import COLUMNS
from kg.extract.learned.heads import Heads
from kg.nlp.encoder.layer import OnnxShim
from kg.nlp.encoder.onnx import OnnxEncoder
from kg.nlp.pipeline import RULES, TRAINED, register
from kg.train.export import export

META = {
    "name": "diplomacy",
    "version": "1.0.0",
    "description": "Entities, roles, acts, statements and treaties of Arabic diplomatic news",
    "license": "MIT",
    "author": "diplomacy-kg",
}


def heads_of(run: Path) -> Heads:
    """The heads of a training run."""
    state = torch.load(run / "heads.pt", map_location="cpu")
    return Heads({name: tensor.numpy() for name, tensor in state.items()}, COLUMNS)


def build(encoder: OnnxEncoder, heads: Heads, confidence: Weights | None = None) -> Language:
    """A pipeline with its weights."""
    register()
    nlp = spacy.blank("ar", config={"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}})
    for at, factory in enumerate(TRAINED):
        if factory == "tok2vec":
            model = {"@architectures": "kg.OnnxEncoder.v1", "width": encoder.width, "threads": 1}
            tok2vec = nlp.add_pipe("tok2vec", config={"model": model})
            assert isinstance(tok2vec, Tok2Vec)
            shim = tok2vec.model.shims[0]
            assert isinstance(shim, OnnxShim)
            shim.from_bytes(encoder.to_bytes())
            continue
        name = factory.removeprefix("kg_").removesuffix("_v1")
        pipe = nlp.add_pipe(factory, name=f"rules_{name}" if at < len(RULES) - 1 else name)
        if isinstance(pipe, ReaderComponent):
            pipe.heads = heads
            pipe.confidence = confidence or pipe.confidence
    nlp.meta.update(META)
    return nlp


def exported(run: Path, precision: str) -> OnnxEncoder:
    """The encoder of a training run in ONNX."""
    encoder = AutoModel.from_pretrained(
        run / "encoder", torch_dtype=torch.float32, attn_implementation="eager"
    )
    tokenizer = AutoTokenizer.from_pretrained(run / "encoder", use_fast=True)
    with tempfile.TemporaryDirectory() as scratch:
        name = "multilingual-e5-small, vocabulary cut, fine-tuned"
        export(encoder, tokenizer, Path(scratch), precision=precision, name=name)
        return OnnxEncoder.from_folder(scratch)


def main() -> None:
    """Read the command line and write the pipeline."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--precision", choices=("int8", "fp32"), default="int8")
    parser.add_argument("--confidence", type=Path)
    a = parser.parse_args()
    confidence = json.loads(a.confidence.read_text("utf-8")) if a.confidence else None
    nlp = build(exported(a.run, a.precision), heads_of(a.run), confidence)
    nlp.to_disk(a.out)
    size = sum(file.stat().st_size for file in a.out.rglob("*") if file.is_file())
    print(f"{a.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
