"""Build the spaCy pipeline and run it over articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.arabic import split_sentences
from kg.errors import ConfigError
from kg.model import Article, Extraction
from kg.nlp.layer import build_layer

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
    "kg_documents_v1",
    "kg_events_v1",
    "kg_statements_v1",
    "kg_learned_statements_v1",
    "kg_learned_acts_v1",
    "kg_treaties_v1",
    "kg_learned_treaties_v1",
    "kg_facts_v1",
)
"""The components of a trained pipeline, in order: the rules read the article, the encoder and the heads
read it with what the rules found, and the facts are built anew from both."""


def register() -> None:
    """Declare the extensions and make the components known to spaCy."""
    for name in ("article", "kg", "reading", "extraction"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    import kg.extract
    import kg.nlp.encoder.layer  # noqa: F401  (both register factories)


@Language.component("kg_layer_v1", assigns=["doc._.kg"])
def layer_component(doc: Doc) -> Doc:
    """spaCy component: tokens, sentences, quotations and dates of an article."""
    article = doc._.article or Article("doc", "", doc.text)
    doc._.kg = build_layer(doc, article, split_sentences(doc.text))
    return doc


def load_pipeline(name: str = "rules") -> Language:
    """A ready pipeline.

    Args:
        name: "rules" (the rule-based Arabic pipeline).

    Raises:
        ConfigError: There is no pipeline of this name.
    """
    register()
    if name != "rules":
        raise ConfigError(f"there is no pipeline named {name!r}", 'use "rules"')
    nlp = spacy.blank("ar", config={"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}})
    for component in RULES:
        nlp.add_pipe(component)
    return nlp


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
