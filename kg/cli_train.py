"""The verb that trains a pipeline."""

from __future__ import annotations

from pathlib import Path

import click

from kg.errors import ConfigError
from kg.options import examples


@click.command(
    epilog=examples(
        "kg train mine --encoder intfloat/multilingual-e5-small --train corpus/articles --dev dev",
        "kg build news/ --pipeline mine/pipeline",
    )
)
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--encoder", required=True, help="Folder of a Hugging Face encoder, or its name on the hub.")
@click.option(
    "--train",
    "folders",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of annotated articles to learn from; may be given several times.",
)
@click.option(
    "--dev",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of annotated articles that training does not see.",
)
@click.option("--epochs", type=click.IntRange(1), default=12, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True)
@click.option(
    "--precision",
    type=click.Choice(["int8", "fp32"]),
    default="int8",
    show_default=True,
    help="Form in which the encoder is saved.",
)
def train(
    out: Path,
    encoder: str,
    folders: tuple[Path, ...],
    dev: Path,
    epochs: int,
    seed: int,
    threads: int,
    precision: str,
) -> None:
    """Train a pipeline of your own over another encoder.

    Annotations have the form that `kg evaluate` takes. Losses and scores are printed as they come and
    kept in OUT/run/log.txt; the pipeline is saved in OUT/pipeline. Needs the extra "trf".
    """
    try:
        from kg.train.recipe import train as train_pipeline
        from kg.train.run import Settings
    except ImportError as error:
        raise ConfigError(
            f"training needs a library that is not installed ({error.name})",
            'pip install "diplomacy-kg[trf]"',
        ) from None
    settings = Settings(epochs=epochs, seed=seed, threads=threads)
    saved = train_pipeline(out, encoder, folders, dev, settings, precision)
    click.echo(f"the pipeline is in {saved}; use it: kg build PATH --pipeline {saved}")
