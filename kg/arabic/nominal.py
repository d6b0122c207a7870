"""Inflect nouns and adjectives by rule: number, gender, case and the construct state.

Broken plurals are given by the caller. Possible forms that the language lacks
do no harm in a matcher, so the rules are generous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

KASRATAN = "\u064d"
"""Tanwin of a defective noun in citation form (``تخلٍّ``); it tells that a ي is hidden."""

_VOWELS = re.compile("[\u064b-\u0652\u0670]")


def bare(word: str) -> str:
    """Strip the vowel marks.

    >>> bare("مُوَالٍ")
    'موال'
    """
    return _VOWELS.sub("", word)


def noun_forms(noun: str, plurals: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Forms of a noun with ``sg``, ``du`` or ``pl``.

    Args:
        noun: Citation form; a defective noun with its tanwin.
        plurals: Broken plurals, and sound ones in ون and ات where the noun has them.

    >>> list(noun_forms("قمة", ["قمم"]))
    [('قمة', 'sg'), ('قمتان', 'du'), ('قمتين', 'du'), ('قمم', 'pl'), ('قمما', 'pl')]
    """
    plain = bare(noun)
    yield plain, "sg"
    if KASRATAN in noun[-2:]:
        yield f"{plain}ي", "sg"
        yield f"{plain}يا", "sg"
        return
    if plain.endswith("ة"):
        stem = f"{plain[:-1]}ت"
    else:
        stem = f"{plain[:-1]}ي" if plain.endswith("ى") else plain
        if not plain.endswith(("اء", "ى", "ات")):
            yield f"{plain}ا", "sg"
    if not plain.endswith("ات"):
        yield f"{stem}ان", "du"
        yield f"{stem}ين", "du"
    for plural in plurals:
        yield plural, "pl"
        if plural.endswith("ون"):
            yield f"{plural[:-2]}ين", "pl"
            yield f"{plural[:-1]}ا", "pl"
            yield f"{plural[:-1]}", "pl"
            yield f"{plural[:-2]}ي", "pl"
        elif not plural.endswith(("ات", "ة", "اء")):
            yield f"{plural}ا", "pl"


def adjective_forms(adjective: str, plurals: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Forms of an adjective or participle with gender and number; a defective one is given with its tanwin.

    >>> [form for form, _ in adjective_forms("رَاضٍ", ())][:4]
    ['راض', 'راضي', 'راضيا', 'راضية']
    """
    plain = bare(adjective)
    stem = short = plain
    if KASRATAN in adjective[-2:]:
        yield plain, "m sg"
        stem = f"{plain}ي"
    if plain.endswith("ى"):
        stem, short = f"{plain[:-1]}ي", plain[:-1]
        feminine = f"{short}اة"
        yield plain, "m sg"
    else:
        feminine = f"{stem}ة"
        yield stem, "m sg"
        yield f"{stem}ا", "m sg"
    yield feminine, "f sg"
    yield f"{stem}ان", "m du"
    yield f"{stem}ين", "m du"
    yield f"{feminine[:-1]}تان", "f du"
    yield f"{feminine[:-1]}تين", "f du"
    yield f"{short}ون", "m pl"
    yield f"{short}ين", "m pl"
    yield f"{short}و", "m pl"
    yield f"{stem}ات", "f pl"
    for plural in plurals:
        yield plural, "pl"
