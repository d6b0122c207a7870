"""Treaties of several articles that are one: by parties, subject and date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from kg.arabic import fold
from kg.data.tables import cells, read_table
from kg.link.across.clusters import Clusters, Merge
from kg.link.across.dates import apart, exact, readable
from kg.link.across.spelling import bare
from kg.link.across.things import Key, Thing, home
from kg.link.gazetteer import names, nationalities

ENOUGH = 0.7
_SIGNED = 400
"""Days between a signature and an article that tells of it without a date."""
_NAMED = 60
"""Days between articles that call a passing agreement the same."""
_SAME_NAME = 0.75
_ENDINGS = ("يه", "يات", "ات", "ين", "ون", "ان", "ي", "ه", "ا")


@dataclass(frozen=True, slots=True)
class Pact:
    """A treaty as it counts when treaties are compared.

    Attributes:
        thing: The entity.
        parties: Their rows, or the first of their groups; of a treaty whose parties no fact tells, who acts
            in the sentences that name it.
        told: Whether a fact tells the parties.
        kind: What its noun says it is, or None.
        lasting: Whether the noun is one of instruments that last, such as conventions.
        title: Stems of the other words of its name.
        subject: What it is about: those that name no state, people or place.
        signed: Its date, or None.
    """

    thing: Thing
    parties: frozenset[str]
    told: bool
    kind: str | None
    lasting: bool
    title: frozenset[str]
    subject: frozenset[str]
    signed: str | None


@cache
def _nouns() -> dict[str, str]:
    """Kind of treaty by the folded word that names it."""
    return {fold(word): row["kind"] for row in read_table("treaty_kinds") for word in cells(row["words"])}


@cache
def _lasting_nouns() -> frozenset[str]:
    rows = read_table("treaty_kinds")
    return frozenset(fold(word) for row in rows if row["lasting"] for word in cells(row["words"]))


def _stem(word: str) -> str:
    word = bare(word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1 << 14)
def _named(name: str) -> tuple[str | None, bool, frozenset[str], frozenset[str]]:
    """Kind of a treaty by its name, whether that lasts, its title and its subject."""
    kind: str | None = None
    lasting = False
    title: set[str] = set()
    subject: set[str] = set()
    for word in fold(name).split():
        found = _nouns().get(bare(word))
        if found == "":
            continue
        if found:
            lasting = bare(word) in _lasting_nouns() if kind is None else lasting
            kind = kind or found
        elif word.isalpha() and len(word) > 2:
            title.add(_stem(word))
            if not nationalities().get(word) and not names().get(word):
                subject.add(_stem(word))
    return kind, lasting, frozenset(title), frozenset(subject)


def pact(thing: Thing, clusters: Clusters[Key], by_key: Mapping[Key, Thing]) -> Pact:
    """What counts of a treaty; its parties by their groups."""
    kind, lasting, title, subject = _named(thing.entity.name)
    parties: set[str] = set()
    for ident in thing.treaty.parties if thing.treaty else sorted(thing.actors):
        key = (thing.key[0], ident)
        if key in by_key:
            group = clusters.members(key)
            link = next((by_key[k].entity.link for k in group if by_key[k].entity.link), None)
            parties.add((home(link) or link) if link else "/".join(min(group)))
    signed = readable(thing.treaty.signed) if thing.treaty else None
    return Pact(thing, frozenset(parties), thing.treaty is not None, kind, lasting, title, subject, signed)


def _time(a: Pact, b: Pact) -> float | None:
    """Up to 0.3 for dates that agree; None where they cannot."""
    if a.signed and b.signed:
        days = apart(a.signed, b.signed)
        if days:
            return 0.15 if exact(a.signed) and exact(b.signed) and days <= 3 else None
        return 0.3 if exact(a.signed) and exact(b.signed) else 0.25
    dated, other = (a, b) if a.signed else (b, a)
    if dated.signed:
        return 0.1 if apart(dated.signed, readable(other.thing.date)) <= _SIGNED else None
    days = apart(readable(a.thing.date), readable(b.thing.date))
    return 0.1 if days <= 60 else 0.0 if days <= _SIGNED else None


def compare(a: Pact, b: Pact) -> tuple[str, float] | None:
    """Rule and score by which two treaties are one; None if they are not."""
    if not (a.told and b.told):
        return _same_name(a, b)
    common = a.parties & b.parties
    time = _time(a, b)
    if time is None or len(common) < 2:
        return None
    score = time + (
        0.4 if a.parties == b.parties else 0.3 if a.parties <= b.parties or b.parties <= a.parties else 0
    )
    if a.kind and b.kind and a.kind == b.kind:
        score += 0.1
    if a.subject and b.subject:
        # The same two sign many papers: what they are about tells them apart.
        shared = len(a.subject & b.subject) / min(len(a.subject), len(b.subject))
        if not shared:
            return None
        score += 0.3 * shared
    else:
        score += 0.1
    return ("parties-subject-date", round(min(score, 1.0), 2)) if score >= ENOUGH else None


def _same_name(a: Pact, b: Pact) -> tuple[str, float] | None:
    """Two of one name with a party in common: a treaty that is signed in one article and left in another."""
    if a.kind != b.kind or a.title != b.title or len(a.title) < 2 or not a.parties & b.parties:
        return None
    days = min(apart(readable(x), readable(y)) for x in _days(a) for y in _days(b))
    return ("name-party-date", _SAME_NAME) if days <= (_SIGNED if a.lasting else _NAMED) else None


def _days(pact: Pact) -> tuple[str | None, ...]:
    return (pact.thing.date, pact.signed) if pact.signed else (pact.thing.date,)


def may_be_one(left: list[Pact], right: list[Pact]) -> bool:
    """Whether two groups can be one treaty: not other dates, parties, rows; not two of one article."""
    links = {p.thing.entity.link for p in (*left, *right) if p.thing.entity.link}
    if len(links) > 1 or {p.thing.key[0] for p in left} & {p.thing.key[0] for p in right}:
        return False
    told = [[p.parties for p in group if p.told] for group in (left, right)]
    if any(len(x & y) < 2 for x in told[0] for y in told[1]):
        return False
    dates = sorted({p.signed for p in (*left, *right) if p.signed}, key=len)
    return all(apart(x, y) <= (3 if exact(x) and exact(y) else 0) for x, y in combinations(dates, 2))


def unite_treaties(things: Iterable[Thing], clusters: Clusters[Key], by_key: Mapping[Key, Thing]) -> None:
    """Group the treaties of all articles.

    Args:
        things: Treaties.
        clusters: Where to group; holds the groups of parties.
        by_key: All things.
    """
    known: dict[Key, Pact] = {}
    rows: dict[str, Key] = {}
    blocks: defaultdict[tuple[str, str], dict[tuple[object, ...], Pact]] = defaultdict(dict)
    fits = clusters.fits
    clusters.fits = lambda left, right: may_be_one([known[k] for k in left], [known[k] for k in right])
    scored: dict[tuple[Key, Key], tuple[str, float]] = {}
    for thing in things:
        p = known[thing.key] = pact(thing, clusters, by_key)
        if link := thing.entity.link:
            if link in rows:
                clusters.unite(Merge(rows[link], thing.key, "row", 1.0), forced=True)
            rows.setdefault(link, thing.key)
        signature = (
            p.parties,
            p.told,
            p.kind,
            p.lasting,
            p.title,
            p.subject,
            p.signed or (thing.date or "")[:7],
        )
        pairs = combinations(sorted(p.parties), 2) if p.told else ()
        named = (("/".join(sorted(p.title)), party) for party in p.parties if len(p.title) > 1)
        for pair in (*pairs, *sorted(named)):
            same = blocks[pair].setdefault(signature, p)
            if same is not p and (found := compare(same, p)):
                scored[same.thing.key, thing.key] = found
    for key in sorted(blocks):
        for a, b in combinations(blocks[key].values(), 2):
            if found := compare(a, b):
                scored[a.thing.key, b.thing.key] = found
    for (x, y), (rule, score) in sorted(scored.items(), key=lambda item: (-item[1][1], item[0])):
        clusters.unite(Merge(x, y, rule, score))
    clusters.fits = fits
