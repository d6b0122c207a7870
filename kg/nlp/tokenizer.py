"""A tokenizer for Arabic news: words with their marks, numbers, and single punctuation characters.

spaCy's blank Arabic tokenizer leaves quotes and stops glued to words ("النار».", "قال:"نعم");
this one never does, so that quotation marks and sentence ends are always tokens of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_TOKEN = re.compile(
    r"\d+(?:[.,:/\-\u066b\u066c]\d+)*"  # numbers, dates and times in digits
    rf"|[^\W\d_](?:[^\W_]|[{_MARKS}])*(?:['’][^\W\d_]+)*"  # words, with tashkeel, tatweel, joiners
    r"|\.{2,}|…|-{2,}"  # runs of dots and dashes
    r"|\s+"
    r"|."
)


def split_words(text: str) -> list[str]:
    """The tokens of a text without white space, as the pipeline sees them."""
    return [t for t in _TOKEN.findall(text) if not t.isspace()]


class NewsTokenizer:
    """Splits a text into a :class:`spacy.tokens.Doc` without losing a character.

    Args:
        vocab: The vocabulary of the pipeline.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenise ``text``; ``doc.text == text`` always holds."""
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            token = match.group()
            if token[0] == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                token = token[1:]
                if not token:
                    continue
            words.append(token)
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Serialise: there is no state."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> NewsTokenizer:
        """Restore: there is no state."""
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Serialise: there is no state."""

    def from_disk(self, path: str | Path, **kwargs: Any) -> NewsTokenizer:
        """Restore: there is no state."""
        return self


@registry.tokenizers("kg.tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], NewsTokenizer]:
    """Registered factory, for use in a pipeline's config."""
    return lambda nlp: NewsTokenizer(nlp.vocab)
