"""Arabic text: folding with a way back, clitics, sentences, numbers and dates."""

from kg.arabic.calendar import DateMention, find_dates, parse_date
from kg.arabic.clitics import Reading, variants
from kg.arabic.normalise import QUOTES_CLOSE, QUOTES_OPEN, Normalised, expand_hashtag, fold, normalise
from kg.arabic.numerals import NumberMention, find_numbers, parse_duration, parse_number, parse_ordinal
from kg.arabic.sentences import split_sentences

__all__ = [
    "QUOTES_CLOSE",
    "QUOTES_OPEN",
    "DateMention",
    "Normalised",
    "NumberMention",
    "Reading",
    "expand_hashtag",
    "find_dates",
    "find_numbers",
    "fold",
    "normalise",
    "parse_date",
    "parse_duration",
    "parse_number",
    "parse_ordinal",
    "split_sentences",
    "variants",
]
