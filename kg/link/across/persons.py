"""Persons: by row of the tables, by spelling, by office; and the offices that stand for persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from kg.arabic import fold
from kg.data import people
from kg.link.across.clusters import Clusters, Merge
from kg.link.across.dates import FAR, apart
from kg.link.across.spelling import ambiguous, bare, likeness, sketch, words
from kg.link.across.things import Holding, Key, Thing, home
from kg.link.gazetteer import leader_offices, names, nationalities, titles
from kg.model import Entity
from kg.nlp.tokenizer import split_words
from kg.nlp.trie import path_of
from kg.nlp.words import common_words

ROW = "row"
"""In place of an article's id: the row of a known person stands in a group like a mention."""
ENOUGH = 0.7
"""Score from which two are one."""
_BASE = {"same": 0.9, "variant": 0.85, "short": 0.75, "surname": 0.3}
_SPELLING = 0.1
"""What a letter of difference takes away."""
_STRANGER = 0.65
"""Most that two spellings may differ where nothing but the name speaks for one person: of pairs beyond it in
5,000 articles, twelve of nineteen were two persons."""
_ROW_LIKE = 0.2
"""Most that a name without a known person's office may differ from that person's."""
_SOON, _TERM, _LIFE = 200, 1100, 9200
"""Days within which an office has one holder, a holder keeps it, a person is in politics."""
_CROWD = 150
"""Groups in a block from which on it is split by the first word of the name as well."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Things that tell the same of a person: name, row and offices."""

    first: Thing
    link: str | None
    words: tuple[str, ...]
    offices: frozenset[tuple[str, str]]
    homes: frozenset[str]


@lru_cache(maxsize=1 << 16)
def _homes(holdings: tuple[Holding, ...], link: str | None) -> frozenset[str]:
    found = {h.state for h in holdings}
    if link:
        found |= {home(of) for _, of in leader_offices(link)}
    return frozenset(state for state in found if state)


def profile(thing: Thing) -> Profile:
    """What counts of a thing when persons are compared."""
    link = thing.entity.link
    offices = {(h.role, h.owner) for h in thing.holdings if h.owner}
    if thing.key[0] == ROW and link:
        offices |= set(leader_offices(link))
    return Profile(thing, link, thing.words, frozenset(offices), _homes(thing.holdings, link))


def row_things() -> Iterator[Thing]:
    """The known persons of the tables, as if an article named each by name and spelling."""
    for leader in people.leaders().values():
        for i, name in enumerate((leader.ar, *leader.variants)):
            entity = Entity(f"{leader.slug}/{i}", "PERSON", name, leader.en, link=leader.slug)
            yield Thing((ROW, entity.id), entity, words(name), None)


def compare(a: Profile, b: Profile) -> tuple[str, float] | None:
    """Rule and score by which two persons are one; None if their names do not allow it."""
    like = likeness(a.words, b.words)
    if like is None or (a.link and b.link and a.link != b.link):
        return None
    of_row = ROW in (a.first.key[0], b.first.key[0])
    shared = a.offices & b.offices
    known = bool(a.offices) and bool(b.offices)
    score = _BASE[like.form] - _SPELLING * like.cost
    rule = f"{like.form}-name"
    if shared:
        near = min(_distance(a.first, b.first, office) for office in shared)
        score += 0.45 if near <= _SOON else 0.25 if near <= _TERM else 0.1
        rule += "-and-office"
    elif a.homes & b.homes:
        score += 0.1
        rule += "-and-state"
    elif of_row and like.form != "same":
        # A name that merely resembles that of a known person is another one's, more often than not.
        score -= 0.05 if like.cost < 0.3 and like.form == "variant" else 0.2
    elif like.form == "variant" and like.cost > _STRANGER:
        return None
    elif ambiguous(a.words) or ambiguous(b.words):
        score -= 0.3
    if like.form == "surname" and (of_row or (known and not shared)):
        return None  # the tables have the short forms of their persons
    if of_row and not shared and like.cost > _ROW_LIKE:
        return None
    return (rule, round(min(score, 1.0), 2)) if score >= ENOUGH else None


def _distance(a: Thing, b: Thing, office: tuple[str, str]) -> int:
    """Days between the two tellings of an office; what the tables say holds in its own time."""
    found = [FAR]
    for x, y in ((a, b), (b, a)):
        if x.key[0] == ROW and x.entity.link:
            for row in people.leaders()[x.entity.link].offices:
                if (row.role, row.of or "") == office:
                    start, end = row.start or row.end, row.end or y.date
                    if y.date and start and end:
                        inside = (
                            apart(start, y.date) == 0 or apart(end, y.date) == 0 or start <= y.date <= end
                        )
                        found.append(0 if inside else min(apart(start, y.date), apart(end, y.date)))
                    elif not start:
                        found.append(_TERM)
    dates = [[h.date for h in t.holdings if (h.role, h.owner) == office] for t in (a, b)]
    found += [apart(x, y) for x in dates[0] for y in dates[1]]
    return min(found)


def may_be_one(left: list[Thing], right: list[Thing]) -> bool:
    """Whether two groups can be one person: not two persons of one article, of two states, of two times."""
    links = {t.entity.link for t in (*left, *right) if t.entity.link}
    if len(links) > 1:
        return False
    articles = {t.key[0] for t in left if t.entity.type == "PERSON"} - {ROW}
    if any(t.key[0] in articles and t.entity.type == "PERSON" for t in right):
        return False
    ours, theirs = ({s for t in group for s in _homes(t.holdings, t.entity.link)} for group in (left, right))
    if ours and theirs and not ours & theirs:
        return False
    dates = sorted(t.date for t in (*left, *right) if t.date)
    return not dates or apart(dates[0], dates[-1]) <= _LIFE


def _blocks(profiles: Mapping[tuple[object, ...], Profile]) -> Iterator[list[Profile]]:
    blocks: defaultdict[tuple[str, ...], dict[int, Profile]] = defaultdict(dict)
    for number, p in enumerate(profiles.values()):
        if not p.words:
            continue
        last, first = sketch(p.words[-1]), sketch(p.words[0])
        keys: set[tuple[str, ...]] = {("last", last), ("whole", sketch("".join(p.words)))}
        if len(p.words) > 1:
            keys.add(("ends", first, last[:1]))
        if p.first.key[0] != ROW:
            keys |= {("office", *office) for office in p.offices}
        for key in keys:
            blocks[key][number] = p
    for key in sorted(blocks):
        block = list(blocks[key].values())
        if len(block) <= _CROWD:
            yield block
            continue
        smaller: defaultdict[str, list[Profile]] = defaultdict(list)
        for p in block:
            smaller[sketch(p.words[0]) + sketch(p.words[-1])[:1]].append(p)
        yield from (smaller[name] for name in sorted(smaller))


def unite_persons(things: Iterable[Thing], clusters: Clusters[Key], by_key: Mapping[Key, Thing]) -> None:
    """Group the persons of all articles by row, name and office.

    Args:
        things: Persons with names.
        clusters: Where to group; takes the rows of the tables too.
        by_key: All things, those of rows included.
    """
    profiles: dict[tuple[object, ...], Profile] = {}
    rows: dict[str, Key] = {}
    for thing in things:
        p = profile(thing)
        if p.link:
            # Whatever the name: the row is the identity.
            if p.link in rows:
                clusters.unite(Merge(rows[p.link], thing.key, "row", 1.0), forced=True)
            rows.setdefault(p.link, thing.key)
        same = profiles.setdefault((p.words, p.link, p.offices), p)
        if same is not p and not p.link and _alike(same):
            clusters.unite(Merge(same.first.key, thing.key, "same-name", 0.95 if p.offices else 0.9))
        elif same is not p:
            profiles[(p.words, p.link, p.offices, thing.key)] = p
    scored: dict[tuple[Key, Key], tuple[str, float]] = {}
    for block in _blocks(profiles):
        for a, b in combinations(block, 2):
            if a.first.key[0] == ROW and b.first.key[0] == ROW:
                continue
            if (a.link or ROW) == b.link:
                continue
            pair = (a.first.key, b.first.key)
            if pair not in scored and (found := compare(a, b)):
                scored[pair] = found
    rivals = _rivals(scored, by_key)
    for pair, (rule, score) in sorted(scored.items(), key=lambda item: (-item[1][1], item[0])):
        if not (rule.startswith(("short", "surname")) and _torn(pair, rivals, clusters)):
            clusters.unite(Merge(*pair, rule, score))


def _alike(p: Profile) -> bool:
    """Whether the same name in two articles is enough."""
    plain = all(word in common_words() for word in p.words)
    return bool(p.offices) or not (ambiguous(p.words) or len(p.words) < 2 or plain)


def _rivals(
    scored: Mapping[tuple[Key, Key], tuple[str, float]], by_key: Mapping[Key, Thing]
) -> dict[Key, set[Key]]:
    """For each short form all longer names that it may stand for."""
    found: defaultdict[Key, set[Key]] = defaultdict(set)
    for (a, b), (rule, _) in scored.items():
        if rule.startswith(("short", "surname")):
            short, long = (a, b) if len(by_key[a].words) < len(by_key[b].words) else (b, a)
            found[short].add(long)
    return dict(found)


def _torn(pair: tuple[Key, Key], rivals: Mapping[Key, set[Key]], clusters: Clusters[Key]) -> bool:
    """Whether the short form of a pair may just as well stand for another group."""
    for key in pair:
        roots = {clusters.root(k) for k in rivals.get(key, ())} - {clusters.root(key)}
        if len(roots) > 1:
            return True
    return False


# Offices without a name.

_ONE_HOLDER = frozenset(
    {"head_of_state", "head_of_government", "crown_prince", "foreign_minister", "defense_minister"}
)


def _singular(title: people.Title) -> tuple[str, str]:
    """First word of a title for one man and for one woman: "وزراء" are many."""
    first = bare(fold(title.title.split()[0]))
    return first, first + "ه"


def office_of(name: str) -> tuple[str, str] | None:
    """Role and state of an office with one holder ("وزير الخارجية الإيراني"); None for all else.

    >>> office_of("وزير خارجية موريتانيا"), office_of("وزراء خارجية موريتانيا")
    (('foreign_minister', 'mauritania'), None)
    """
    tokens = [w for w in split_words(name) if w[0].isalnum()]
    folds = list(path_of(" ".join(tokens)))
    if len(folds) != len(tokens) or not tokens:
        return None
    office = titles().match(tokens, folds, 0)
    if office is None or office.skip:
        return None
    rest = tokens[office.length :]
    at = office.length
    found: set[str] = set()
    if rest:
        nation = nationalities().match(tokens, folds, at)
        if nation and at + nation.length == len(tokens):
            found = {n.state for n in nation.values}
        state = names().match(tokens, folds, at)
        if state and at + state.length == len(tokens):
            found |= {e.slug for e in state.values if e.type == "STATE"}
    roles = {t.role_for("state") for t in office.values if not t.states or found & set(t.states)}
    if bare(folds[0]) not in {form for t in office.values for form in _singular(t)}:
        return None
    roles &= _ONE_HOLDER
    if len(found) != 1 or len(roles) != 1:
        return None
    return roles.pop(), found.pop()


def unite_offices(things: Iterable[Thing], clusters: Clusters[Key], by_key: Mapping[Key, Thing]) -> None:
    """Let unnamed offices stand for the persons whom other articles or the tables know to hold them.

    Args:
        things: Unnamed office-holders.
        clusters: Groups of persons, complete.
        by_key: All things, those of rows included.
    """
    held: defaultdict[tuple[str, str], list[tuple[str, Key]]] = defaultdict(list)
    for group in clusters.groups():
        for key in group:
            for h in by_key[key].holdings:
                if h.date and not h.former and h.role in _ONE_HOLDER and h.state:
                    held[h.role, h.state].append((h.date, key))
    for thing in things:
        office = office_of(thing.entity.name)
        if office is None or not thing.date:
            continue
        near = sorted((apart(date, thing.date), key) for date, key in held.get(office, ()))
        if near and near[0][0] <= _SOON * 2:
            days, key = near[0]
            others = [d for d, k in near if clusters.root(k) != clusters.root(key)]
            if not others or others[0] > 2 * days + 30:
                score = round(0.95 - 0.2 * days / (_SOON * 2), 2)
                clusters.unite(Merge(key, thing.key, "holder-in-other-articles", score), forced=True)
            continue
        holders = {
            leader.slug
            for leader in people.leaders().values()
            for o in leader.offices
            if (o.role, o.of) == office and o.start and o.start <= thing.date
            and (o.end is None or thing.date <= o.end or apart(o.end, thing.date) == 0)
        }  # fmt: skip
        if len(holders) == 1:
            row = (ROW, f"{holders.pop()}/0")
            clusters.unite(Merge(row, thing.key, "holder-in-tables", 0.8), forced=True)
