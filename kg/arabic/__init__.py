"""Arabic text: folding with a way back, clitics, sentences, numbers and dates."""

from kg.arabic.clitics import Reading, variants
from kg.arabic.normalise import QUOTES_CLOSE, QUOTES_OPEN, Normalised, expand_hashtag, fold, normalise
from kg.arabic.sentences import split_sentences

__all__ = [
    "QUOTES_CLOSE",
    "QUOTES_OPEN",
    "Normalised",
    "Reading",
    "expand_hashtag",
    "fold",
    "normalise",
    "split_sentences",
    "variants",
]
