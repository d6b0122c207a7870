"""Build the spaCy pipeline and run it over articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from catalogue import RegistryError
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

from kg.arabic import split_sentences
from kg.errors import ConfigError, KgError
from kg.model import Article, Extraction
from kg.nlp.layer import Layer, build_layer

MODELS = Path(__file__).parents[1] / "models"
"""Where the trained pipelines of the package lie, a folder each."""

RULES: tuple[str, ...] = (
    "kg_layer_v1",
    "kg_names_v1",
    "kg_titles_v1",
    "kg_identity_v1",
    "kg_roles_v1",
    "kg_groups_v1",
    "kg_documents_v1",
    "kg_events_v1",
    "kg_statements_v1",
    "kg_acts_v1",
    "kg_treaties_v1",
    "kg_facts_v1",
)
"""The components of the rule-based pipeline, in order."""

TRAINED: tuple[str, ...] = (
    *RULES[:-1],
    "tok2vec",
    "kg_reader_v1",
    "kg_layer_v1",
    "kg_names_v1",
    "kg_learned_names_v1",
    "kg_titles_v1",
    "kg_identity_v1",
    "kg_roles_v1",
    "kg_learned_roles_v1",
    "kg_groups_v1",
    "kg_learned_groups_v1",
    "kg_documents_v1",
    "kg_events_v1",
    "kg_statements_v1",
    "kg_learned_statements_v1",
    "kg_treaty_acts_v1",
    "kg_treaties_v1",
    "kg_learned_treaties_v1",
    "kg_learned_acts_v1",
    "kg_facts_v1",
)
"""The components of a trained pipeline, in order: the rules read the article, the encoder and the heads
read it with what the rules found, and the facts are built anew from both."""


def register() -> None:
    """Make all components known to spaCy (an installed package does so by its entry points)."""
    import kg.extract
    import kg.nlp.encoder.layer  # noqa: F401  (both register factories)


@Language.component("kg_layer_v1", assigns=["doc._.kg"])
def layer_component(doc: Doc) -> Doc:
    """spaCy component: tokens, sentences, quotations and dates of an article; read once for all readings."""
    article = doc._.article or Article("doc", "", doc.text)
    known: Layer | None = doc._.kg
    if known is not None and known.article == article:
        doc._.kg = known.anew()
    else:
        doc._.kg = build_layer(doc, article, split_sentences(doc.text))
    return doc


def shipped() -> list[str]:
    """Names of the pipelines that come with the package."""
    return ["rules", *sorted(folder.name for folder in MODELS.iterdir() if (folder / "config.cfg").is_file())]


def load_pipeline(name: str = "rules") -> Language:
    """A ready pipeline.

    Args:
        name: A shipped one ("rules", "ar"), the folder of a saved one, or an installed package of one.

    Raises:
        ConfigError: There is no such pipeline, it is damaged, a library is missing, or it builds no facts.
    """
    register()
    if name == "rules":
        nlp = spacy.blank("ar", config={"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}})
        for component in RULES:
            nlp.add_pipe(component)
        return nlp
    folder = MODELS / name if (MODELS / name / "config.cfg").is_file() else Path(name)
    if not folder.is_dir() and not is_package(name):
        raise ConfigError(
            f"there is no pipeline named {name!r}",
            f"use one of {', '.join(shipped())}, or the folder of a saved pipeline",
        )
    nlp = _load(folder if folder.is_dir() else name)
    if "kg_facts_v1" not in {nlp.get_pipe_meta(pipe).factory for pipe in nlp.pipe_names}:
        raise ConfigError(
            f"the pipeline {name!r} has no component that builds facts",
            "add the components that kg.nlp.pipeline lists, or train one with kg train",
        )
    return nlp


def _load(source: Path | str) -> Language:
    """spaCy's loading, with one line for what can go wrong."""
    try:
        return spacy.load(source)
    except KgError:
        raise
    except (ImportError, RegistryError) as error:
        raise ConfigError(
            f"the pipeline {str(source)!r} needs a library that is not installed ({_line(error)})",
            'pip install "diplomacy-kg[trf]"',
        ) from None
    except Exception as error:  # whatever a damaged file makes spaCy raise
        raise ConfigError(
            f"the pipeline {str(source)!r} cannot be loaded ({type(error).__name__}: {_line(error)})",
            "install or train it again, or use --pipeline rules",
        ) from None


def _line(error: Exception) -> str:
    """The first line of an error's message."""
    return (str(error).strip().splitlines() or [""])[0][:200]


def annotate(nlp: Language, articles: Iterable[Article]) -> Iterator[Extraction]:
    """Extract the facts of each article, in order.

    Args:
        nlp: A pipeline of :func:`load_pipeline`.
        articles: Articles to read.

    Yields:
        One extraction for each article.
    """
    for article in articles:
        doc = nlp.make_doc(article.full_text)
        doc._.article = article
        yield nlp(doc)._.extraction
