"""Findings on the course of things: the pace of acts, and who reacts in what order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analyse.facts import ActFact
from kg.analyse.finding import EACH, LIKELY, Finding, Writer, make_finding
from kg.analyse.phrase import SHOWN, Words, count_words, list_words, tally_words, word_words
from kg.analyse.words import Lang, listed, say, word
from kg.model import PLOVER_TYPES


def timeline(writer: Writer) -> Iterator[Finding]:
    """The busiest day and changes of pace."""
    line = writer.analysis.timeline
    series = line.series()
    if not series:
        return
    peak = max(range(len(series)), key=lambda i: (series[i], -i))
    kinds = sorted(line.days[peak].items(), key=lambda item: (-item[1], PLOVER_TYPES.index(item[0])))
    day = line.day(peak).isoformat()
    yield make_finding(
        "timeline",
        "busiest",
        [act.quote for act in writer.facts.acts if act.when == day],
        day=day,
        acts=count_words("acts", series[peak]),
        kinds=tally_words("plover", kinds[:3]),
    )
    if not writer.analysis.change_points:
        first, last = line.day(0).isoformat(), line.day(len(series) - 1).isoformat()
        yield make_finding("timeline", "pace_none", first=first, last=last)
    for point in writer.analysis.change_points[:SHOWN]:
        yield make_finding(
            "timeline",
            "pace",
            [writer.acts[iri].quote for iri in point.facts],
            kind=word_words("quad", point.quad or "all"),
            day=point.day.isoformat(),
            before=f"{point.before:.1f}",
            after=f"{point.after:.1f}",
            drivers=_drivers(writer, point.drivers),
        )


def _drivers(writer: Writer, drivers: Sequence[tuple[tuple[str, str, str | None], int]]) -> Words:
    phrases = [
        (writer.phrase((who,), what, (whom,) if whom else ()), count) for (who, what, whom), count in drivers
    ]

    def text(lang: Lang) -> str:
        acts = listed([f"{phrase(lang)} ({count})" for phrase, count in phrases], lang)
        return say("phrase", "after", lang, acts=acts) if acts else ""

    return text


def reactions(writer: Writer) -> Iterator[Finding]:
    """Who reacts to an event, in what order."""
    likely = [
        (event, [reaction for reaction in found if reaction.confidence >= LIKELY][:SHOWN])
        for event, found in writer.analysis.reactions.items()
    ]
    likely.sort(key=lambda one: -len(one[1]))
    for event, shown in likely[:EACH]:
        if shown:
            phrases = [_reaction(writer, r.rank, r.actor, r.act) for r in shown]
            yield make_finding(
                "reactions",
                "reactions",
                [act.quote for reaction in shown for act in reaction.acts[:2]],
                (event, *(reaction.actor for reaction in shown)),
                event=writer.name(event),
                order=list_words(phrases),
            )


def _reaction(writer: Writer, rank: int, actor: str, act: ActFact) -> Words:
    def text(lang: Lang) -> str:
        when = act.when or word("phrase", "day_unknown", lang)
        what = word("predicate", act.predicate, lang) + word("phrase", "comma", lang)
        return f"{rank}. {writer.facts.name(actor, lang)} ({what} {when})"

    return text
