"""Contested claims: what one says and another denies or contradicts, in one article or in several.

What is compared are voices: statements, acts told on somebody's word, and denials. A denial meets a
claim in three ways: it stands in the sentence that tells of an outlet's report; its words and
participants are those of the claim; or it says the same of the same with the opposite sign.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.arabic import fold
from kg.data.tables import cells, read_table
from kg.link.across.dates import apart, readable
from kg.link.across.things import home
from kg.link.gazetteer import nationalities
from kg.model import Act, Entity, Evidence, Extraction, Span
from kg.nlp.words import function_words

Fact = tuple[str, str, int]
"""Article id, "acts" or "statements", number in that list."""

NEAR = 45
"""Days between a claim and its denial at most."""
_NEXT = 6
"""Words after a denial among which a report that it denies is named."""
_REACH = 4
"""Words after a negation that it turns, up to the end of the clause."""
_COMMON = 60
"""Voices with a word and a participant in common from which on these say nothing."""
_ENOUGH = 0.55
_CLAUSE = re.compile("[،,.;:؛؟?!]|\\bأن\\b|\\bوأن\\b")
_DENYING = ("denies", "rejects")
_LETTERS = str.maketrans("", "", "اويهءى")
_PROCLITICS = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "س")
_POSSESSIVES = ("هما", "ها", "هم", "نا", "ه", "ا")
_ENDINGS = ("هما", "ها", "هم", "نا", "ات", "ون", "ين", "ان", "ه", "ت", "ي")


@dataclass(frozen=True, slots=True)
class Contest:
    """A contested claim.

    Attributes:
        claim: The fact that is claimed.
        denial: The fact that denies it.
        claimant: Article and id of the entity that claims; no id where the article itself does.
        denier: Likewise, who denies.
        rule: "denied-report", "denied-content" or "opposite-sign"; of acts alone "denied-beside",
            "denied-source" or "told-otherwise".
        score: From 0 to 1.
    """

    claim: Fact
    denial: Fact
    claimant: tuple[str, str]
    denier: tuple[str, str]
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody's word.

    Attributes:
        fact: The fact that carries it.
        who: Entity id in its article.
        names: What the graph and the tables call the speaker and the state behind it.
        date: Date of the article.
        signs: Stems of its words, each with whether it is negated.
        about: Participants named in it and, as pronouns stand for them, the speaker; states for persons.
        denies: Whether it denies its content.
    """

    fact: Fact
    who: str
    names: frozenset[str]
    date: str | None
    signs: dict[str, bool]
    about: frozenset[str]
    denies: bool = False


@cache
def _forms(function: str) -> frozenset[str]:
    rows = read_table("claim_words")
    return frozenset(fold(f) for row in rows if row["function"] == function for f in cells(row["forms"]))


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """What inflections of a word share, nearly: its strong letters without clitics and endings.

    >>> stem("لدعمها") == stem("دعمت") == stem("الدعم"), stem("كافية") == stem("يكفي")
    (True, True)
    """
    plain = fold(word)
    for proclitic in _PROCLITICS:
        if plain.startswith(proclitic) and len(plain) - len(proclitic) >= 3:
            plain = plain[len(proclitic) :]
            break
    if plain[:1] in "يتن" and len(plain) > 3:
        plain = plain[1:]
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 3:
            plain = plain[: -len(ending)]
            break
    strong = plain.translate(_LETTERS)
    return strong if len(strong) > 1 else plain


def _tokens(text: str) -> list[str]:
    return [bare for word in fold(text).split() if (bare := "".join(c for c in word if c.isalnum()))]


@cache
def _idle() -> frozenset[str]:
    """Words that tell nothing of what is said."""
    return frozenset(map(fold, function_words())) | _forms("report")


def signs(text: str) -> dict[str, bool]:
    """Stems of a text's words, each with whether a negation stands shortly before it."""
    found: dict[str, bool] = {}
    for part in _CLAUSE.split(text):
        since = _REACH + 1
        for token in _tokens(part):
            since += 1
            if token in _forms("negation"):
                since = 0
            elif len(token) > 2 and token not in _idle() and not nationalities().get(token):
                found.setdefault(stem(token), since <= _REACH)
    return found


class _Reader:
    """Voices of one article."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.article = extraction.article
        self.date = readable(extraction.article.date)
        self.text = extraction.article.full_text

    def names(self, entity: Entity | None) -> frozenset[str]:
        """What an entity is called across articles, and its state."""
        if entity is None:
            return frozenset()
        own = entity.link or entity.node or f"{self.article.id}/{entity.id}"
        states = {home(entity.link)} if entity.link else set()
        if entity.type == "GROUP":
            states |= {nation.state for t in _tokens(entity.name) for nation in nationalities().get(t)}
        return frozenset({own, *(state for state in states if state)})

    def within(self, span: Span) -> frozenset[str]:
        """Participants named in a stretch of text; peoples' adjectives name their states."""
        found: set[str] = set()
        for entity in self.extraction.entities:
            if entity.type in ("EVENT", "TREATY", "GROUP", "MEDIA"):
                continue
            if any(span.start <= m.span.start and m.span.end <= span.end for m in entity.mentions):
                found |= self.names(entity)
        for token in _tokens(self.text[span.start : span.end]):
            found |= {nation.state for nation in nationalities().get(token)}
        return frozenset(found)

    def media_in(self, span: Span) -> list[tuple[Entity, Span]]:
        """Outlets named in a stretch of text, in order."""
        found = [
            (entity, m.span)
            for entity in self.extraction.entities
            if entity.type == "MEDIA"
            for m in entity.mentions
            if span.start <= m.span.start and m.span.end <= span.end
        ]
        return sorted(found, key=lambda pair: pair[1].start)

    def words(self, span: Span) -> str:
        """The words of a stretch of text but for names of participants."""
        text = list(self.text[span.start : span.end])
        for entity in self.extraction.entities:
            if entity.type not in ("EVENT", "TREATY", "GROUP"):
                for m in entity.mentions:
                    for i in range(max(m.span.start, span.start), min(m.span.end, span.end)):
                        text[i - span.start] = " "
        return "".join(text)

    def voice(self, kind: str, number: int, who: str, span: Span, *, denies: bool = False) -> Voice:
        speaker = self.names(self.extraction.by_id.get(who))
        return Voice(
            (self.article.id, kind, number),
            who,
            speaker,
            self.date,
            signs(self.words(span)),
            self.within(span) | speaker,
            denies,
        )

    def denials(self) -> Iterator[tuple[Voice, Act]]:
        """Acts that deny what others say: with their content, or with the report that they speak of."""
        for number, act in enumerate(self.extraction.acts):
            if act.predicate not in _DENYING or act.negated or not act.actors or act.modality != "asserted":
                continue
            sentence = act.evidence.span
            head = self.text[act.trigger.end : sentence.end]
            named = " ".join(self.extraction.by_id[t].name for t in act.targets if t in self.extraction.by_id)
            told = [*_tokens(head)[:_NEXT], *_tokens(named)]
            of_report = any(_of_report(word) for word in told)
            if act.predicate == "rejects" and not of_report:
                continue  # who rejects an offer denies nothing
            span = act.object or (sentence if of_report else None)
            if span is None:
                continue
            yield self.voice("acts", number, act.actors[0], span, denies=True), act

    def claims(self, denied: Sequence[Act]) -> Iterator[Voice]:
        """Statements, and acts on somebody's word; not what a denial speaks of."""
        spans = [(a.evidence.span, a.object) for a in denied]
        said: set[tuple[str, Span]] = set()
        for number, statement in enumerate(self.extraction.statements):
            span = statement.content
            inside = any(o and o.start <= span.start and span.end <= o.end + 1 for _, o in spans)
            if not inside:
                said.add((statement.speaker, statement.evidence.span))
                yield self.voice("statements", number, statement.speaker, span)
        for number, act in enumerate(self.extraction.acts):
            if act.source and act.modality == "asserted" and act.predicate not in _DENYING:
                told = (act.source, act.evidence.span) in said
                if not told and not any(s == act.evidence.span for s, _ in spans):
                    yield self.voice("acts", number, act.source, act.evidence.span)

    def denied_reports(self, denials: Sequence[tuple[Voice, Act]]) -> Iterator[Contest]:
        """What a sentence tells as an outlet's report and its subject denies, there or soon after."""
        for fact, trigger, evidence in self._told():
            sentence = evidence.span
            told = [
                entity
                for entity, span in self.media_in(sentence)
                if span.end <= trigger.start and _reporting(self.text[sentence.start : span.start])
            ]
            if not told:
                continue
            outlet = told[-1]
            for voice, denial in denials:
                here = denial.evidence.span == sentence and denial.trigger.start > trigger.start
                named = any(
                    fold(outlet.name) in fold(self.extraction.by_id[t].name)
                    for t in denial.targets
                    if t in self.extraction.by_id
                )
                after = named and denial.evidence.span.start > sentence.start
                if here or after:
                    yield Contest(
                        fact,
                        voice.fact,
                        (self.article.id, outlet.id),
                        (self.article.id, voice.who),
                        "denied-report",
                        0.8 if here else 0.7,
                    )

    def _told(self) -> Iterator[tuple[Fact, Span, Evidence]]:
        """Acts that a report can tell, else what is said, each with where it begins."""
        acts = [
            (number, act)
            for number, act in enumerate(self.extraction.acts)
            if act.predicate not in _DENYING and act.modality != "hypothetical"
        ]
        for number, act in acts:
            yield (self.article.id, "acts", number), act.trigger, act.evidence
        spans = {act.evidence.span for _, act in acts}
        for number, statement in enumerate(self.extraction.statements):
            if statement.evidence.span not in spans:
                yield (self.article.id, "statements", number), statement.content, statement.evidence

    def topics(self, told: Iterable[Contest]) -> Iterator[Voice]:
        """Denials of reports with what the reports told for their content."""
        for contest in told:
            start, sentence = next(
                (begin.start, evidence.span)
                for fact, begin, evidence in self._told()
                if fact == contest.claim
            )
            end = self.extraction.acts[contest.denial[2]].trigger.start
            span = Span(start, end if start < end < sentence.end else sentence.end, "")
            voice = self.voice("acts", contest.denial[2], contest.denier[1], span, denies=True)
            yield replace(voice, about=self.within(span))


def _reporting(before: str) -> bool:
    """Whether the words before an outlet's name tell of its report."""
    return any(_of_report(t) or fold(t) in _forms("telling") for t in _tokens(before)[-3:])


def _of_report(token: str) -> bool:
    """Whether a word is one for a report, but for clitics; its stem would not tell "deputy" from "news"."""
    word = fold(token)
    starts = ["", *(p for p in _PROCLITICS if word.startswith(p))]
    ends = ["", *(e for e in _POSSESSIVES if word.endswith(e))]
    return any(word[len(s) : len(word) - len(e)] in _forms("report") for s in starts for e in ends)


def _match(claim: Voice, denial: Voice) -> tuple[str, float] | None:
    """Rule and score by which one voice denies or contradicts another."""
    if claim.names & denial.names or apart(claim.date, denial.date) > NEAR:
        return None
    about = claim.about & denial.about
    common = claim.signs.keys() & denial.signs.keys()
    if not about or not common:
        return None
    sizes = (len(v.signs) + len(v.about) for v in (claim, denial))
    share = (len(common) + len(about)) / min(sizes)
    score = round(0.2 + 0.7 * min(1.0, share) + 0.05 * min(2, len(common) - 1), 2)
    if denial.denies:
        return ("denied-content", score) if not claim.denies and score >= _ENOUGH else None
    # Both must speak of the same two: "Russia backed Iran" against "Iran has no backing from Russia".
    turned = [s for s in common if claim.signs[s] != denial.signs[s]]
    if claim.denies or not turned or len(about) < 2 or len(turned) * 2 < len(common):
        return None
    return ("opposite-sign", score) if score >= _ENOUGH else None


def contests(extractions: Iterable[Extraction]) -> list[Contest]:
    """All contested claims, in a fixed order.

    Args:
        extractions: Articles whose entities have been named across articles.
    """
    found: set[Contest] = set()
    claims: list[Voice] = []
    denials: list[Voice] = []
    for extraction in extractions:
        reader = _Reader(extraction)
        denying = list(reader.denials())
        told = list(reader.denied_reports(denying))
        found.update(told)
        # Who denies a report denies what it told, in other articles too.
        denials += reader.topics(told)
        claims += reader.claims([act for _, act in denying])
        denials += (voice for voice, _ in denying)
    negative = [v for v in claims if any(v.signs.values())]
    by_topic: defaultdict[tuple[str, str], list[Voice]] = defaultdict(list)
    for voice in claims:
        for topic in _topics(voice):
            by_topic[topic].append(voice)
    best: dict[tuple[Fact, Fact], Contest] = {}
    for denial in (*denials, *negative):
        near = {v.fact: v for t in _topics(denial) if len(by_topic[t]) <= _COMMON for v in by_topic[t]}
        for claim in near.values():
            if claim.fact != denial.fact and (match := _match(claim, denial)):
                best[claim.fact, denial.fact] = Contest(
                    claim.fact,
                    denial.fact,
                    (claim.fact[0], claim.who),
                    (denial.fact[0], denial.who),
                    *match,
                )
    # Two statements of opposite sign contradict each other: the one that negates is the denial.
    for pair in [p for p in best if p[::-1] in best]:
        if pair in best and pair[::-1] in best:
            del best[max(pair, pair[::-1])]
    return sorted({*found, *best.values()}, key=lambda c: (c.claim, c.denial, c.rule))


def _topics(voice: Voice) -> Iterator[tuple[str, str]]:
    return ((who, word) for who in voice.about for word in voice.signs)
