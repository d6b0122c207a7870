"""Acts denied beside the claim, or told as done and as not done; and the contests by every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from kg.link.across.claims import NEAR, Contest, Fact, contests
from kg.link.across.dates import apart, readable
from kg.model import Act, Extraction

_BESIDE = 0.65
_OTHERWISE = 0.6
_Told = tuple[Extraction, int, Act]
_Side = TypeVar("_Side")


def all_contests(
    extractions: Sequence[Extraction], sides: Callable[[Contest], tuple[_Side, _Side, _Side, _Side]]
) -> dict[tuple[_Side, _Side, _Side, _Side], Contest]:
    """The contests by every rule; of one found by several rules the surest. Nobody contests own words.

    Args:
        extractions: Articles whose entities have been named across articles.
        sides: Names claim, denial, who claims and who denies.
    """
    found: dict[tuple[_Side, _Side, _Side, _Side], Contest] = {}
    for contest in (*contests(extractions), *opposites(extractions)):
        key = sides(contest)
        if key[2] != key[3] and (key not in found or found[key].score < contest.score):
            found[key] = contest
    return found


def opposites(extractions: Iterable[Extraction]) -> Iterator[Contest]:
    """Contests that follow from the predicates and participants of acts, whatever their words.

    Args:
        extractions: Articles whose entities have been named across articles.
    """
    told: defaultdict[tuple[str, str, str], list[_Told]] = defaultdict(list)
    for extraction in extractions:
        yield from _beside(extraction)
        for number, act in enumerate(extraction.acts):
            for actor in act.actors:
                for target in act.targets:
                    key = (_name(extraction, actor), act.predicate, _name(extraction, target))
                    told[key].append((extraction, number, act))
    for same in told.values():
        yield from _otherwise(same)


def _beside(extraction: Extraction) -> Iterator[Contest]:
    """What one says and another denies in the same sentence, or by name in the same article."""
    article = extraction.article.id
    for number, denial in enumerate(extraction.acts):
        if denial.predicate != "denies" or denial.negated:
            continue
        for other, claim in enumerate(extraction.acts):
            source = claim.source
            if source is None or claim.negated or claim.predicate == "denies":
                continue
            here = claim.evidence.span == denial.evidence.span
            if not here and source not in denial.targets:
                continue
            for denier in denial.actors:
                if _name(extraction, denier) != _name(extraction, source):
                    rule = "denied-beside" if here else "denied-source"
                    yield Contest(
                        (article, "acts", other),
                        (article, "acts", number),
                        (article, source),
                        (article, denier),
                        rule,
                        _BESIDE,
                    )


def _otherwise(same: list[_Told]) -> Iterator[Contest]:
    """The same act, told as done by one and as not done by another; an article may be the voice."""
    done = [told for told in same if not told[2].negated and told[2].modality == "asserted"]
    undone = [told for told in same if told[2].negated]
    for one, number, claim in done:
        for other, position, denial in undone:
            if _voice(one, claim) == _voice(other, denial):
                continue
            if apart(readable(one.article.date), readable(other.article.date)) > NEAR:
                continue
            claimed: Fact = (one.article.id, "acts", number)
            denied: Fact = (other.article.id, "acts", position)
            yield Contest(
                claimed,
                denied,
                (one.article.id, claim.source or ""),
                (other.article.id, denial.source or ""),
                "told-otherwise",
                _OTHERWISE,
            )


def _voice(extraction: Extraction, act: Act) -> str:
    """Who vouches for an act: its source, else its article."""
    return _name(extraction, act.source) if act.source else f"{extraction.article.id}/"


def _name(extraction: Extraction, ident: str) -> str:
    """What an entity is called across articles."""
    entity = extraction.by_id.get(ident)
    return (entity and (entity.link or entity.node)) or f"{extraction.article.id}/{ident}"
