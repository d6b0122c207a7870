"""What kind of word a token is: closed-class words, common words, words that can be a name."""

from __future__ import annotations

from functools import lru_cache

from kg.arabic import fold
from kg.data import people
from kg.data.tables import cells, read_table


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Folded words that are hardly ever part of a person's name."""
    return frozenset(fold(row["word"]) for row in read_table("common_words"))


@lru_cache(maxsize=1)
def given_names() -> dict[str, bool]:
    """Folded given names → whether the word is also an ordinary word."""
    return {fold(name): ambiguous for name, ambiguous in people.given_names().items()}


@lru_cache(maxsize=1)
def honorifics() -> frozenset[str]:
    """Folded words that stand between title and name.

    The parts of "نائب الأدميرال" and "جلالة الملك" are offices of their own and do not count alone.
    """
    offices = {fold(form) for title in people.titles() for form in title.forms}
    single = {fold(form) for form in people.honorifics() if " " not in form}
    parts = {fold(word) for form in people.honorifics() for word in form.split()}
    return frozenset(single | (parts - offices))


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Folded name particles that bind the tokens of a name (بن, آل, دي)."""
    return frozenset(fold(form) for form in people.particles())


@lru_cache(maxsize=1 << 16)
def is_word(token: str) -> bool:
    """Whether a folded token is made of letters."""
    return token.isalpha()


_PRONOUNS = ("ا", "ها", "هم", "هما", "نا", "ه", "ي", "ك")


@lru_cache(maxsize=1 << 16)
def is_common(token: str) -> bool:
    """Whether a folded token is a common word, perhaps with a particle before or a pronoun after it."""
    known = common_words()
    if token in known:
        return True
    if _with_pronoun(token):
        return True
    if len(token) > 3 and token[0] in "وبلفك":
        if token[1:] in known or (token.startswith("لل") and "ال" + token[2:] in known):
            return True
        return len(token) > 5 and _with_pronoun(token[1:])
    return False


def _with_pronoun(token: str) -> bool:
    """Whether a folded token is a common word with a pronoun ("زيارته", "لقائه")."""
    known = common_words()
    for ending in _PRONOUNS:
        base = token[: -len(ending)]
        if token.endswith(ending) and len(base) > 2:
            if base in known or (base[-1] == "ت" and base[:-1] + "ه" in known):
                return True
            if base[-1] in "يو" and base[:-1] + "ء" in known:
                return True
    return False


def can_be_name(token: str) -> bool:
    """Whether a folded token may continue a person's name."""
    if token in particles() or token in given_names():
        return True
    return len(token) > 1 and is_word(token) and not is_common(token)


@lru_cache(maxsize=1)
def context_words() -> dict[str, frozenset[str]]:
    """Function → folded words that tell how a neighbouring name is meant."""
    table: dict[str, set[str]] = {}
    for row in read_table("context_words"):
        table.setdefault(row["function"], set()).update(fold(v) for v in cells(row["forms"]))
    return {function: frozenset(forms) for function, forms in table.items()}


@lru_cache(maxsize=1)
def function_words() -> dict[str, str]:
    """Folded function words → class (preposition, boundary, relative, complementizer …)."""
    table: dict[str, str] = {}
    for row in read_table("function_words"):
        for form in cells(row["forms"]):
            table.setdefault(fold(form), row["class"])
    return table
