"""Which language a text is in, by script, tell-tale letters and stop words."""

from __future__ import annotations

import re
from functools import cache

from kg.data.tables import cells, read_table

_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("arab", re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")),
    ("hebr", re.compile("[\u05d0-\u05ea]")),
    ("latn", re.compile("[A-Za-z\u00c0-\u024f]")),
    ("cyrl", re.compile("[\u0400-\u04ff]")),
)
_LANGUAGES = {"arab": ("ar", "fa", "ur"), "hebr": ("he",), "latn": ("en", "fr"), "cyrl": ("ru",)}
# Letters of neighbours in the same script that share words with the languages told apart here.
_FOREIGN = {
    "arab": re.compile("[ټډړږښڼۍېێۆڵڕۇۈ]"),  # Pashto, Kurdish, Uyghur
    "cyrl": re.compile("[іїєґўјљњћђѓќџәғқңөұүһ]"),  # Ukrainian, Belarusian, Serbian, Macedonian, Kazakh
    "hebr": re.compile("(?!)"),
    "latn": re.compile("[ğışñßøåłąężőűţșț]"),
}
_LETTERS = {"fa": re.compile("[پچژگ]"), "ur": re.compile("[ٹڈڑےںھ]")}


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """Frequent words by language code."""
    return {row["lang"]: frozenset(cells(row["words"])) for row in read_table("stop_words")}


def detect(text: str) -> str:
    """ISO 639-1 code of a text's language: ar, fa, ur, he, en, fr or ru; else "und"."""
    sample = text[:_SAMPLE].lower()
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    script = max(counts, key=lambda name: counts[name])
    letters = counts[script]
    if not letters or letters * 2 < sum(counts.values()):
        return "und"
    if len(_FOREIGN[script].findall(sample)) * 100 > letters:
        return "und"
    words = _WORD.findall(sample)
    scores = {lang: sum(w in stop_words()[lang] for w in words) for lang in _LANGUAGES[script]}
    for lang, pattern in _LETTERS.items():
        if lang in scores and len(pattern.findall(sample)) * 100 > letters:
            scores[lang] += 1 + len(words) // 10
    best = max(scores, key=lambda lang: scores[lang])
    if scores[best]:
        return best
    # A headline may hold no stop word at all; in these scripts one language is by far the likeliest.
    return {"arab": "ar", "hebr": "he"}.get(script, "und")
