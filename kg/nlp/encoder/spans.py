"""How spacy-transformers is to cut documents, so that it sees what the exported encoder sees.

Registered as the span getter ``kg.sentences.v1`` when spacy-transformers is installed (the extra
``kg[trf]``):

.. code-block:: ini

    [components.tok2vec.model]
    @architectures = "spacy-transformers.Tok2VecTransformer.v3"
    name = "path/of/encoder"
    tokenizer_config = {"use_fast": true}

    [components.tok2vec.model.get_spans]
    @span_getters = "kg.sentences.v1"

    [components.tok2vec.model.pooling]
    @layers = "reduce_mean.v1"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module

from spacy.tokens import Doc, Span

from kg.nlp.encoder.sentences import sentence_ranges

SpanGetter = Callable[[Iterable[Doc]], list[list[Span]]]


def sentence_spans(docs: Iterable[Doc]) -> list[list[Span]]:
    """The sentences of each document, as spans of a copy in which every token is followed by a space.

    The exported encoder reads words one by one; in joined text a quotation mark glued to a word
    would change the pieces of both.
    """
    found = []
    for doc in docs:
        copy = Doc(doc.vocab, words=[token.text for token in doc], spaces=[True] * len(doc))
        found.append([copy[first:last] for first, last in sentence_ranges(doc)])
    return found


def configure() -> SpanGetter:
    """Registered factory, for use in a pipeline's config."""
    return sentence_spans


def register() -> bool:
    """Make the span getter known; False where spacy-transformers is not installed."""
    try:
        library = import_module("spacy_transformers.util")
    except ImportError:
        return False
    library.registry.span_getters("kg.sentences.v1", func=configure)
    return True
