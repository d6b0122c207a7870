"""What the extractors ask of the lexicons: is this a verb, a reporting word, an attribution?"""

from __future__ import annotations

from functools import lru_cache

from kg.arabic import Reading, variants
from kg.data.lexicon import Lexicon, Match, Reporting, Trigger, reporting_lexicon, trigger_lexicon
from kg.data.tables import read_table
from kg.nlp.layer import Layer
from kg.nlp.trie import Trie

_FINITE = ("past", "present")
_NOMINAL = frozenset({"ب", "ل", "ك", "ال"})


@lru_cache(maxsize=1 << 16)
def is_finite_verb(word: str) -> bool:
    """Whether a token can only be read as a finite verb of one of the lexicons."""
    verbal = False
    for lexicon in (reporting_lexicon(), trigger_lexicon()):
        for reading in variants(word):
            kind = _kind(lexicon, reading)
            if kind == "noun" and not reading.proclitics and not reading.enclitic:
                return False
            verbal = verbal or kind == "verb"
    return verbal


def _kind(lexicon: Lexicon[Trigger] | Lexicon[Reporting], reading: Reading) -> str:
    """ "noun" where the stem has a nominal reading, "verb" where it has only verbal ones, else ""."""
    found = ""
    for key, features in lexicon.forms.get(reading.stem, ()):
        if (
            any(not f.startswith(_FINITE) and not f.startswith("imperative") for f in features)
            or key[0] == "n"
        ):
            return "noun"
        if not any(p in _NOMINAL for p in reading.proclitics):
            found = "verb"
    return found


def reporting_at(layer: Layer, t: int) -> Match[Reporting] | None:
    """The reporting word (or phrase) at token ``t``, or None."""
    found = reporting_lexicon().match(layer.words, t)
    return found[0] if found else None


def is_verbal(match: Match[Trigger] | Match[Reporting]) -> bool:
    """Whether the matched word is (or can be) a finite verb."""
    return any(f.startswith(_FINITE) for f in match.features)


def is_passive(match: Match[Trigger] | Match[Reporting]) -> bool:
    """Whether the matched word can only be passive."""
    return all("passive" in f or f.startswith("pass_part") for f in match.features)


def person(match: Match[Trigger] | Match[Reporting]) -> str:
    """ "1s", "1p" or "2" where every reading is in that person, else "3"."""
    marks = {f.split()[-1][:2] for f in match.features if f.startswith(_FINITE)}
    if marks and marks <= {"1s"}:
        return "1s"
    if marks and marks <= {"1p"}:
        return "1p"
    return "2" if marks and all(m[0] == "2" for m in marks) else "3"


@lru_cache(maxsize=1)
def reporting_blocks() -> frozenset[tuple[str, str, str]]:
    """(lemma, word class, kind of content) that are statements in less than half of the cases."""
    return frozenset((row["lemma"], row["pos"], row["content"]) for row in read_table("reporting_blocks"))


def _names_speaker(form: str, scope: str) -> bool:
    """Whether a speaker follows: "على حد قول", not "على حد قوله"."""
    return scope == "noun" and form.startswith("على حد ")


@lru_cache(maxsize=1)
def _attributions() -> Trie[str]:
    # Phrases that begin with a preposition ("في بيان") say where something was said, not who says it.
    weak = ("في", "من", "على", "عن", "إلى", "خلال")
    return Trie(
        (row["form"], row["form"])
        for row in read_table("cues")
        if row["function"] == "attribution"
        and (row["form"].split()[0] not in weak or _names_speaker(row["form"], row["scope"]))
    )


def attribution_at(layer: Layer, i: int) -> int:
    """Number of tokens of an attribution ("بحسب", "وفقا لـ") at token ``i``; 0 where there is none."""
    found = _attributions().match(layer.words, layer.folds, i)
    return found.length if found else 0
