"""The mentions under ``across/`` as extractions, and scores of groups against their true identity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.link.gazetteer import leader_offices, names, states
from kg.model import Article, Entity, Event, Evidence, Extraction, Mention, Role, Span, Treaty

FOLDER = Path(__file__).parent / "across"
TYPES = {
    "P": "PERSON", "G": "GROUP", "B": "GOVBODY", "O": "ORG", "L": "PLACE", "M": "MEDIA", "E": "EVENT",
    "T": "TREATY",
}  # fmt: skip
Key = tuple[str, str]


@dataclass
class Cases:
    """Articles made of mentions, and which of their entities are one."""

    extractions: list[Extraction] = field(default_factory=list)
    truth: dict[Key, str] = field(default_factory=dict)


def _slug_entity(ident: str, slug: str) -> Entity:
    """A participant: a row of the tables by its slug, or what has only a name."""
    if slug in states():
        return Entity(ident, "STATE", states()[slug].ar, link=slug)
    if leader_offices(slug):
        return Entity(ident, "PERSON", slug, link=slug)
    if slug.isascii():
        return Entity(ident, "PLACE" if "-" not in slug else "ORG", slug, link=slug)
    linked = next((e for e in names().get(slug) if e.type == "PLACE"), None)
    kind: Any = "PLACE" if linked or " " not in slug else "PERSON"
    return Entity(ident, kind, slug, link=linked.slug if linked else None)


@dataclass
class _Article:
    """An article while its lines are read."""

    ident: str
    date: str
    entities: list[Entity] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    treaties: list[Treaty] = field(default_factory=list)

    def participant(self, slug: str) -> str:
        for entity in self.entities:
            if (entity.link or entity.name) == slug:
                return entity.id
        ident = f"E{len(self.entities) + 1}"
        self.entities.append(_slug_entity(ident, slug))
        return ident

    def add(self, type_: str, name: str, facts: Mapping[str, str]) -> str:
        ident = f"E{len(self.entities) + 1}"
        proof = Evidence(Span(0, 1, name[:1]))
        kind: Any = TYPES[type_]
        linked = [e for e in names().get(name) if e.type == kind and e.full] if type_ in "PBOLM" else []
        slugs = {e.slug for e in linked}
        link = slugs.pop() if len(slugs) == 1 else None
        event_type = facts.get("kind")
        mentions = (Mention(Span(0, len(name), name)),)
        self.entities.append(Entity(ident, kind, name, None, mentions, link, event_type))
        for key in ("role", "former"):
            for held in filter(None, facts.get(key, "").split(",")):
                role, _, owner = held.partition("@")
                of = self.participant(owner) if owner else None
                self.roles.append(Role(ident, role, of, role, proof, key == "former"))

        def many(key: str) -> tuple[str, ...]:
            return tuple(self.participant(slug) for slug in filter(None, facts.get(key, "").split(",")))

        if type_ == "E":
            place = self.participant(facts["at"]) if "at" in facts else None
            self.events.append(
                Event(ident, event_type or "OTHER", proof, many("by"), many("to"), place, facts.get("on"))
            )
        if type_ == "T":
            self.treaties.append(Treaty(ident, many("of"), proof, facts.get("on"), facts.get("for")))
        return ident

    def extraction(self) -> Extraction:
        article = Article(self.ident, "", "x" * 100, date=self.date)
        return Extraction(
            article, tuple(self.entities), tuple(self.roles), (), (), tuple(self.treaties), tuple(self.events)
        )


def load(*, held_out: bool, kinds: str = "PGBOLMET") -> Cases:
    """One half of the mentions: the families with even numbers are held out."""
    articles: dict[str, _Article] = {}
    truth: dict[Key, str] = {}
    family = 0
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("@"):
                family = int(line.split()[1])
            if not line.strip() or line[0] in "#@" or bool(family % 2) == held_out:
                continue
            cluster, date, type_, name, rest = (part.strip() for part in line.split("|"))
            if type_ not in kinds:
                continue
            facts = dict(pair.strip().split("=") for pair in rest.split(";") if "=" in pair)
            ident = facts.get("art", f"{path.stem}-{len(truth)}")
            article = articles.setdefault(ident, _Article(ident, date))
            truth[ident, article.add(type_, name, facts)] = f"{path.stem}/{cluster}"
    return Cases([a.extraction() for a in articles.values()], truth)


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.3f} / {self.recall:.3f} / {self.f1:.3f}"


def pairwise(truth: Mapping[Key, str], found: Mapping[Key, object]) -> Score:
    """Of pairs of mentions: how many of those found are true, how many of the true are found."""

    def pairs(of: Mapping[Key, object]) -> set[tuple[Key, Key]]:
        groups: defaultdict[object, list[Key]] = defaultdict(list)
        for key in sorted(truth):
            groups[of[key]].append(key)
        return {pair for group in groups.values() for pair in combinations(group, 2)}

    true, ours = pairs(truth), pairs(found)
    return Score(len(true & ours) / max(1, len(ours)), len(true & ours) / max(1, len(true)))


def b_cubed(truth: Mapping[Key, str], found: Mapping[Key, object]) -> Score:
    """Of each mention's group: its share that is true, and the share of the true one that it has."""

    def around(of: Mapping[Key, object]) -> dict[Key, set[Key]]:
        groups: defaultdict[object, set[Key]] = defaultdict(set)
        for key in truth:
            groups[of[key]].add(key)
        return {key: groups[of[key]] for key in truth}

    true, ours = around(truth), around(found)
    common = {key: len(true[key] & ours[key]) for key in truth}
    precision = sum(common[key] / len(ours[key]) for key in truth) / len(truth)
    return Score(precision, sum(common[key] / len(true[key]) for key in truth) / len(truth))


def assignment(truth: Mapping[Key, str], groups: Iterable[Iterable[Key]]) -> dict[Key, object]:
    """Group of each mention."""
    found: dict[Key, object] = {key: key for key in truth}
    for number, group in enumerate(groups):
        found.update((key, number) for key in group if key in truth)
    return found
