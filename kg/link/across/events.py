"""Events of several articles that are one: by kind, who and to whom, place and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from kg.arabic import fold
from kg.arabic.numerals import parse_ordinal
from kg.data.events import EventKind, families, kind_of_word
from kg.link.across.clusters import Clusters, Merge
from kg.link.across.dates import apart, exact, readable
from kg.link.across.spelling import bare
from kg.link.across.things import Key, Thing, home, state_of_name, states_and_words

ENOUGH = 0.7
_WINDOW = 45
"""Days within which events are compared at all."""
_REPORTED = 14
"""Days after an event within which an article tells of it without its date."""
_ASKED = 5
"""Events of a group that must agree, mostly, with those of another."""
_CONSULT = "consult"
_UNIQUE = "killing"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as it counts when events are compared.

    Attributes:
        thing: The entity.
        kind: Kind by the words of its name, or None.
        family: What kinds that stand for one another share; the PLOVER type where there is no kind.
        ordinal: "The fourth round": 4; None where none is named.
        agents: Who acts: states behind actors, else the actors.
        patients: Whom it befalls, likewise.
        people: Actors themselves, where they are persons.
        places: Place and its state.
        date: Day, month or year of the event, or None.
        reported: Date of the article.
        about: Other words of its name, without those that name somebody or some place.
        stated: States that its name names ("الحرب السورية").
    """

    thing: Thing
    kind: EventKind | None
    family: str
    ordinal: int | None
    agents: frozenset[str]
    patients: frozenset[str]
    people: frozenset[str]
    places: frozenset[str]
    date: str | None
    reported: str | None
    about: frozenset[str]
    stated: frozenset[str]

    @property
    def involved(self) -> frozenset[str]:
        """Who takes part, whoever does it to whom."""
        return self.agents | self.patients

    @property
    def when(self) -> str | None:
        """The best date there is."""
        return self.date or self.reported

    @property
    def lasting(self) -> bool:
        """Whether it goes on too long for a report to date it."""
        return self.kind is not None and self.kind.lasting


@lru_cache(maxsize=1 << 14)
def _named(name: str) -> tuple[EventKind | None, int | None, frozenset[str], frozenset[str]]:
    """Kind, ordinal, further words and states of an event's name."""
    tokens = fold(name).replace("«", " ").replace("»", " ").split()
    kinds = [(i, kind) for i, word in enumerate(tokens[:5]) if (kind := kind_of_word(word))]
    ordinal = next((n for word in tokens if (n := parse_ordinal(word)) and not kind_of_word(word)), None)
    # "The fourth round of the talks" are talks, and "the sanctions on the war" are sanctions.
    pick = 1 if len(kinds) > 1 and kinds[0][1].kind == "visit" and ordinal else 0
    kind = kinds[pick][1] if kinds else None
    stated, others = states_and_words(name)
    rest = frozenset(bare(w) for w in others if not kind_of_word(w) and len(w) > 2)
    return kind, ordinal, rest, stated


def happening(thing: Thing, clusters: Clusters[Key], by_key: Mapping[Key, Thing]) -> Happening:
    """What counts of an event; its participants by their groups.

    Args:
        thing: An event with what its article tells.
        clusters: Groups of actors and places, complete.
        by_key: All things.
    """
    event = thing.event
    article = thing.key[0]
    kind, ordinal, about, stated = _named(thing.entity.name)

    def links(ids: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """The thing behind each id: its row or the first of its group, and its state."""
        for ident in ids:
            if (article, ident) not in by_key:
                continue
            group = clusters.members((article, ident))
            link = next((by_key[k].entity.link for k in group if by_key[k].entity.link), None)
            yield link or "/".join(min(group)), home(link) if link else None

    who = list(links(event.agents)) if event else []
    whom = list(links(event.patients)) if event else []
    where = list(links([event.place])) if event and event.place else []
    # A person who is killed is not their state; one who visits or talks stands for it.
    killed = kind is not None and kind.kind == _UNIQUE
    places = {name for pair in where for name in pair if name}
    if event and event.place and (article, event.place) in by_key:
        if state := state_of_name(by_key[article, event.place].entity.name):
            places.add(state)
    type_ = event.event_type if event else thing.entity.event_type or "OTHER"
    return Happening(
        thing=thing,
        kind=kind,
        family=families().get(kind.kind, kind.kind) if kind else f"type-{type_}",
        ordinal=ordinal,
        agents=frozenset(state or link for link, state in who),
        patients=frozenset(link if killed else state or link for link, state in whom),
        people=frozenset(link for link, state in who if state != link),
        places=frozenset(places),
        date=readable(event.date) if event else None,
        reported=readable(thing.date),
        about=about,
        stated=stated,
    )


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the smaller set that the other has too; 0.5 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.5


def _time(a: Happening, b: Happening) -> float | None:
    """Up to 0.3 for times that agree; None where they cannot."""
    if a.lasting and b.lasting:
        return 0.3
    if a.date and b.date:
        days = apart(a.date, b.date)
        if days == 0:
            return 0.3 if exact(a.date) and exact(b.date) else 0.2
        # Reports differ by a day for the hour of night and the zone.
        if not (exact(a.date) and exact(b.date)) or days > 3:
            return None
        return 0.2 if days == 1 else 0.1 if a.family == "force" else None
    dated, other = (a, b) if a.date else (b, a)
    if dated.date:
        if not other.reported:
            return 0.05
        if other.reported < dated.date[: len(other.reported)]:
            return 0.1 if apart(dated.date, other.reported) <= 1 else None
        days = apart(dated.date, other.reported)
        return 0.25 if days <= 4 else 0.15 if days <= _REPORTED else None
    days = apart(a.reported, b.reported)
    return 0.2 if days <= 2 else 0.15 if days <= 7 else 0.05 if days <= _REPORTED else None


def _participants(a: Happening, b: Happening) -> float | None:
    """Up to 0.4 for participants that agree; None where they do not."""
    kind = a.kind or b.kind
    if a.lasting and b.lasting and a.stated and b.stated and not a.stated & b.stated:
        return None
    if kind is None or kind.participants == "both":
        if a.agents and b.agents and not a.agents & b.agents:
            return None
        if a.patients and b.patients and not a.patients & b.patients:
            return None
        if not (a.agents & b.agents or a.patients & b.patients):
            return None
        return 0.2 * _overlap(a.agents, b.agents) + 0.2 * _overlap(a.patients, b.patients)
    if kind.participants == "patients" and a.patients and b.patients:
        return 0.4 * _overlap(a.patients, b.patients) if a.patients & b.patients else None
    ours, theirs = a.involved, b.involved
    if a.family == _CONSULT or kind.kind == "war":
        ours, theirs = (
            ours | (a.places if len(ours) < 2 else set()),
            theirs | (b.places if len(theirs) < 2 else set()),
        )
    if not ours & theirs:
        return None
    share = _overlap(ours, theirs)
    if share < 1:
        return None if len(ours & theirs) < 2 else 0.4 * share
    # One of two who talk says little: both had other talks.
    small = min(len(ours), len(theirs))
    if small == 1 and kind.lasting and not (a.stated & b.stated or a.places & b.places):
        return None
    return 0.4 if small > 1 or ours == theirs or kind.lasting else 0.3


def compare(a: Happening, b: Happening) -> tuple[str, float] | None:
    """Rule and score by which two events are one; None if they are not."""
    if a.family != b.family or (a.ordinal and b.ordinal and a.ordinal != b.ordinal):
        return None
    both = a.patients & b.patients
    if a.kind and b.kind and a.kind.kind == b.kind.kind == _UNIQUE and both:
        # Nobody is killed twice, unless "the killing" has a people for its victim.
        if any(home(p) != p for p in both):
            return "killed-once", 0.95
    score = 0.3 if a.kind and b.kind and a.kind.kind == b.kind.kind else 0.2 if a.kind else 0.1
    participants, time = _participants(a, b), _time(a, b)
    if participants is None or time is None:
        return None
    score += participants + time
    if a.people & b.people:
        score += 0.1
    if a.places and b.places:
        score += 0.1 if a.places & b.places else -0.1 if a.family != "force" else 0
    if a.family == _CONSULT and a.date != b.date and not a.lasting and _kindless(a, b):
        score -= 0.1
    about = a.about & b.about
    if not about and a.kind is None and b.kind is None:
        return None
    score += 0.1 * len(about) / max(1, min(len(a.about), len(b.about)))
    return ("kind-participants-time", round(min(score, 1.0), 2)) if score >= ENOUGH else None


def _kindless(a: Happening, b: Happening) -> bool:
    """Whether two are called different things ("visit", "talks")."""
    return a.kind is None or b.kind is None or a.kind.kind != b.kind.kind


def may_be_one(left: list[Happening], right: list[Happening]) -> bool:
    """Whether two groups can be one event: no two rounds, no two days."""
    ordinals = [{h.ordinal for h in group if h.ordinal} for group in (left, right)]
    if ordinals[0] and ordinals[1] and not ordinals[0] & ordinals[1]:
        return False
    if not _agree(left, right):
        return False
    if any(h.lasting for h in (*left, *right)):
        return True
    days = sorted({h.date for h in (*left, *right) if h.date and exact(h.date)})
    return not days or apart(days[0], days[-1]) <= 3 or left[0].family == _UNIQUE


def _agree(left: list[Happening], right: list[Happening]) -> bool:
    """Whether most events of two groups are one by themselves: no chain of near ones joins far ones."""
    pairs = [(a, b) for a in _some(left) for b in _some(right)]
    return 2 * sum(compare(a, b) is not None for a, b in pairs) >= len(pairs)


def _some(group: list[Happening]) -> list[Happening]:
    """At most :data:`_ASKED` events of a group, from all over it."""
    ordered = sorted(group, key=lambda h: h.thing.key) if len(group) > _ASKED else group
    return ordered[:: -(-len(ordered) // _ASKED)]


def _signature(h: Happening) -> tuple[object, ...]:
    when = () if h.lasting else (h.date, None if h.date else h.reported)
    kind = h.kind.kind if h.kind else h.family
    return kind, h.ordinal, h.agents, h.patients, h.places, when, h.about


def _pairs(happenings: list[Happening]) -> Iterator[tuple[Happening, Happening]]:
    """Events worth comparing: of one family, with a participant in common, near in time."""
    blocks: defaultdict[tuple[str, ...], list[Happening]] = defaultdict(list)
    for h in happenings:
        involved = sorted(h.involved | (h.places if len(h.involved) < 2 else set()))
        keys = [(h.family, *pair) for pair in combinations(involved, 2)][:30]
        for key in (*keys, *((h.family, one) for one in involved)):
            blocks[key].append(h)
    for key in sorted(blocks):
        block = sorted(blocks[key], key=lambda h: (h.when or "", h.thing.key))
        for i, a in enumerate(block):
            for b in block[i + 1 :]:
                if not a.lasting and a.family != _UNIQUE and apart(a.when, b.when) > _WINDOW:
                    break
                # Who share two participants meet in the block of those two.
                if (
                    len(key) > 2
                    or len(a.involved) < 2
                    or len(b.involved) < 2
                    or a.kind is None
                    or (len(a.involved & b.involved) < 2)
                ):
                    yield a, b


def unite_events(things: Iterable[Thing], clusters: Clusters[Key], by_key: Mapping[Key, Thing]) -> None:
    """Group the events of all articles.

    Args:
        things: Events.
        clusters: Where to group; holds the groups of actors and places.
        by_key: All things.
    """
    known: dict[Key, Happening] = {}
    first: dict[tuple[object, ...], Happening] = {}
    fits = clusters.fits
    clusters.fits = lambda left, right: may_be_one([known[k] for k in left], [known[k] for k in right])
    for thing in things:
        h = known[thing.key] = happening(thing, clusters, by_key)
        same = first.setdefault(_signature(h), h)
        if same is not h:
            if found := compare(same, h):
                clusters.unite(Merge(same.thing.key, thing.key, *found))
            else:
                first[(*_signature(h), thing.key)] = h
    scored: dict[tuple[Key, Key], tuple[str, float]] = {}
    for a, b in _pairs(list(first.values())):
        pair = (a.thing.key, b.thing.key)
        if pair not in scored and (found := compare(a, b)):
            scored[pair] = found
    for (a_key, b_key), (rule, score) in sorted(scored.items(), key=lambda item: (-item[1][1], item[0])):
        clusters.unite(Merge(a_key, b_key, rule, score))
    clusters.fits = fits
