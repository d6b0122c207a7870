"""Pieces of findings that are put into a language when the sentence is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from kg.analyse.claim import Claim
from kg.analyse.facts import ActFact, Facts, StatementFact
from kg.analyse.words import Lang, counted, listed, percent, say, with_article, word

SHOWN = 8
"""Names in one list, at most."""
_TALLIED = 6
"""Words with counts in one list, at most."""
_BARE = frozenset({"PERSON", "EVENT", "TREATY", "GROUP", "MEDIA"})
"""Types of things whose English names take no article."""
_LETTERS = 120
"""Letters of quoted words, at most."""

Words: TypeAlias = Callable[[Lang], str]
"""Words that are put into a language when a sentence is."""


def count_words(noun: str, number: int) -> Words:
    """A number with its noun."""
    return lambda lang: counted(noun, number, lang)


def percent_words(share: float | None) -> Words:
    """A share in percent."""
    return lambda lang: percent(share, lang)


def word_words(group: str, key: str) -> Words:
    """A word of the table."""
    return lambda lang: word(group, key, lang)


def tally_words(group: str, counts: Iterable[tuple[str, int]]) -> Words:
    """Words of the table with their counts; of many the first ones "and others"."""
    pairs = list(counts)

    def text(lang: Lang) -> str:
        more = [word("phrase", "others", lang)] if len(pairs) > _TALLIED else []
        return listed(
            [*(f"{word(group, key, lang)} ({count})" for key, count in pairs[:_TALLIED]), *more], lang
        )

    return text


def list_words(items: Iterable[Words]) -> Words:
    """Several with commas and "and"."""
    shown = list(items)
    return lambda lang: listed([item(lang) for item in shown], lang)


def quoted_words(words: str | None) -> Words:
    """Exact words in quotation marks, not too many of them."""
    short = _short(words or "")
    return lambda lang: say("phrase", "quoted", lang, words=short) if short else ""


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LETTERS else f"{words[: _LETTERS - 1]}…"


def words_of(fact: ActFact | StatementFact) -> str | None:
    """Exact words of an act's content or of a statement."""
    return fact.words if isinstance(fact, ActFact) else fact.content


def foes_words(pairs: Iterable[Words]) -> Words:
    """Pairs of foes, semicolons between them."""
    shown = list(pairs)
    return lambda lang: f"{word('phrase', 'semicolon', lang)} ".join(pair(lang) for pair in shown)


class Phrases:
    """Names and acts of a graph in words."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def name(self, iri: str) -> Words:
        """The name of a thing."""
        thing = self.facts.things.get(iri)
        bare = thing is None or thing.type in _BARE

        def text(lang: Lang) -> str:
            name = self.facts.name(iri, lang)
            return name if lang == "ar" or bare else with_article(name)

        return text

    def names(self, iris: Sequence[str]) -> Words:
        """The names of things, not too many of them."""
        more = [word_words("phrase", "others")] if len(iris) > SHOWN else []
        shown = [*map(self.name, iris[:SHOWN]), *more]
        # Two of one name ("Iranian sources" of two articles) are told once.
        return lambda lang: listed(list(dict.fromkeys(item(lang) for item in shown)), lang)

    def phrase(self, who: Sequence[str], what: str, whom: Sequence[str], words: str | None = None) -> Words:
        """An act in a few words: "condemnation by A towards B" in Arabic, "A condemns B" in English."""
        doers, aims, exact = self.names(who), self.names(whom), quoted_words(None if whom else words)

        def text(lang: Lang) -> str:
            if what == "says":
                return say("phrase", "says", lang, who=doers(lang)) + exact(lang)
            key = ("act" if whom else "act_alone") + ("_many" if len(who) > 1 else "")
            own = word("predicate", what, lang)
            return say("phrase", key, lang, who=doers(lang), what=own, whom=aims(lang)) + exact(lang)

        return text

    def act(self, act: ActFact) -> Words:
        """An act in a few words, with its exact words where it has no target."""
        return self.phrase(act.actors, act.predicate, act.targets, act.words)

    def fact(self, fact: ActFact | StatementFact) -> Words:
        """An act likewise, or the words of a statement."""
        if isinstance(fact, ActFact):
            return self.act(fact)
        return lambda _: f"“{_short(fact.content)}”"

    def claim(self, claim: Claim) -> Words:
        """A claim likewise."""
        return self.phrase(claim.who, claim.predicate, claim.whom, claim.words)
