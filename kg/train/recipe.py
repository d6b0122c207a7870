"""From annotated articles and an encoder to a pipeline that ``kg build --pipeline`` takes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from transformers import AutoModel, AutoTokenizer

from kg.errors import ConfigError, InputError
from kg.train.calibrate import calibrate
from kg.train.data import Reader
from kg.train.package import build, exported, heads_of
from kg.train.run import Settings, log_to, run
from kg.train.tokens import save_tokenizer

log = logging.getLogger("kg.train")


def train(
    out: Path,
    encoder: str,
    folders: Sequence[Path],
    dev: Path,
    settings: Settings,
    precision: str = "int8",
) -> Path:
    """Train all heads over an encoder, export it, and save the pipeline.

    Args:
        out: Folder for the run (``out/run``) and the pipeline (``out/pipeline``).
        encoder: Hugging Face folder or hub name; BERT-like, with a fast tokenizer.
        folders: Folders of annotated articles to learn from (``*.json``).
        dev: Folder of annotated articles that training does not see: they are scored after each epoch, and
            the confidence is fitted on them.
        settings: Epochs, rates, seed, threads.
        precision: "int8" or "fp32": the form in which the encoder is shipped.

    Returns:
        The folder of the pipeline.

    Raises:
        ConfigError: The encoder cannot be loaded.
        InputError: A folder holds no annotated article.
    """
    for folder in (*folders, dev):
        if not any(folder.glob("*.json")):
            raise InputError(f"{folder}: no annotated articles (*.json)", "name a folder of annotations")
    log_to(out / "run")
    source = _local(encoder, out / "encoder")
    reader = Reader(source)
    items = [item for folder in folders for item in reader.read(folder)]
    run(out / "run", source, items, list(reader.read(dev)), settings)
    build(exported(out / "run", precision), heads_of(out / "run")).to_disk(out / "pipeline")
    log.info("%s", calibrate(out / "pipeline", [dev]))
    return out / "pipeline"


def _local(encoder: str, folder: Path) -> Path:
    """A folder with the encoder and a tokenizer that deletes vowel marks."""
    try:
        model = AutoModel.from_pretrained(encoder)
        tokenizer = AutoTokenizer.from_pretrained(encoder, use_fast=True)
    except (OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0][:200]
        raise ConfigError(
            f"the encoder {encoder!r} cannot be loaded ({reason})",
            "name a folder with a saved encoder, or a model of the Hugging Face hub where it can be reached",
        ) from None
    model.save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
    return folder
