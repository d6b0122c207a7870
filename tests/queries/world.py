"""Invented states in twelve short articles, each of which tells a part: for questions over many articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kg.model import (
    Act,
    Article,
    Entity,
    Event,
    Evidence,
    Extraction,
    Mention,
    Role,
    Span,
    Statement,
    Treaty,
)
from kg.rdf.background import Background
from kg.rdf.build import article_quads, merged_quads
from kg.rdf.infer import derived_quads
from kg.rdf.life import life_quads
from kg.rdf.vocabulary import ontology_quads
from kg.store import OxigraphStore, open_store

METHOD = "kg.sample.v1"
TYPES: dict[str, Any] = {
    "arda": "STATE", "belor": "STATE", "cyra": "STATE", "dvin": "STATE", "elam": "STATE",
    "ana": "PERSON", "bo": "PERSON", "cleo": "PERSON", "carl": "PERSON", "dan": "PERSON",
    "arda-ministry": "GOVBODY", "port-sol": "PLACE", "herald": "MEDIA", "mirror": "MEDIA",
    "raid": "EVENT", "siege": "EVENT", "pact": "TREATY", "charter": "TREATY",
}  # fmt: skip
WORDS = {"retreats": "انسحبت من", "condemns": "أدانت"}
"""Triggers that mean more than their predicate: by them a treaty is left."""
BACKGROUND = Background(state_of={"arda-ministry": "arda"}, media={"the herald": "herald"})


@dataclass
class Story:
    """An article in the making: each fact is a sentence of its own."""

    id: str
    date: str | None
    source: str | None
    text: str = ""
    entities: dict[str, Entity] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    treaties: list[Treaty] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def who(self, *slugs: str) -> tuple[str, ...]:
        """Ids of entities, which the article mentions from now on."""
        for slug in slugs:
            if slug not in self.entities:
                span = Span(1, 2, f"The {slug.title()}")
                kind, ident = TYPES[slug], f"E{len(self.entities) + 1}"
                name = slug.replace("-", " ").title()
                self.entities[slug] = Entity(
                    ident,
                    kind,
                    f"ال{slug}",
                    name,
                    (Mention(span),),
                    slug,
                    "ASSAULT" if kind == "EVENT" else None,
                )
        return tuple(self.entities[slug].id for slug in slugs)

    def write(self, text: str) -> Span:
        """Another sentence; the title is empty, so that the body begins at 1."""
        start = len(self.text) + 1
        self.text += f"{text}. "
        return Span(start, start + len(text), text)

    def role(self, person: str, role: str, of: str, **more: Any) -> Story:
        """A person holds an office."""
        proof = Evidence(self.write(f"{person} {role} {of}"))
        (holder, owner) = self.who(person, of)
        self.roles.append(Role(holder, role, owner, role, proof, method=METHOD, **more))
        return self

    def act(self, actors: str, predicate: str, targets: str = "", what: str = "", **more: Any) -> Story:
        """An act of one or several towards others."""
        trigger = WORDS.get(predicate, predicate)
        begin = len(self.text) + len(actors) + 2
        sentence = self.write(" ".join(filter(None, (actors, trigger, targets, what))))
        for key in ("source", "place"):
            if key in more:
                (more[key],) = self.who(more[key])
        content = Span(sentence.end - len(what), sentence.end, what) if what else None
        span = Span(begin, begin + len(trigger), trigger)
        who, whom = self.who(*actors.split()), self.who(*targets.split())
        self.acts.append(
            Act(
                predicate, span, who, whom, Evidence(sentence), content, confidence=0.5, method=METHOD, **more
            )
        )
        return self

    def said(self, speaker: str, words: str, **more: Any) -> Story:
        """A statement."""
        sentence = self.write(f"{speaker} says {words}")
        content = Span(sentence.end - len(words), sentence.end, words)
        if "addressee" in more:
            (more["addressee"],) = self.who(more["addressee"])
        self.statements.append(
            Statement(*self.who(speaker), content, Evidence(sentence), method=METHOD, **more)
        )
        return self

    def treaty(self, treaty: str, parties: str, signed: str | None = None) -> Story:
        """A treaty with its parties."""
        proof = Evidence(self.write(f"{treaty} {parties}"))
        (ident,) = self.who(treaty)
        self.treaties.append(Treaty(ident, self.who(*parties.split()), proof, signed, method=METHOD))
        return self

    def event(self, event: str, agents: str, patients: str, date: str, place: str | None = None) -> Story:
        """An event with its participants."""
        proof = Evidence(self.write(f"{event} {agents} {patients}"))
        (ident,) = self.who(event)
        where = self.who(place)[0] if place else None
        self.events.append(
            Event(
                ident,
                "ASSAULT",
                proof,
                self.who(*agents.split()),
                self.who(*patients.split()),
                where,
                date,
                method=METHOD,
            )
        )
        return self

    def extraction(self) -> Extraction:
        """The article with its facts."""
        article = Article(self.id, "", self.text, "ar", self.source, self.date, sha256="ab" * 32)
        return Extraction(
            article, tuple(self.entities.values()), tuple(self.roles), tuple(self.acts),
            tuple(self.statements), tuple(self.treaties), tuple(self.events),
        )  # fmt: skip


def articles() -> list[Extraction]:
    """All of them, in the order of their days."""
    herald, mirror = "The Herald", "The Mirror"
    stories = (
        Story("a01", "2031-01-05", herald)
        .role("ana", "head_of_state", "arda")
        .role("cleo", "foreign_minister", "cyra")
        .act("arda", "praises", "belor", date="2031-01-04")
        .act("ana", "threatens", "dvin", date="2031-01-05")
        .act("ana", "visits", "elam", modality="future", date="2031-02"),
        Story("a02", "2031-01-20", mirror)
        .act("cyra", "meets", "arda", date="2031-01-19", place="port-sol")
        .act("belor", "condemns", "dvin", date="2031-01-20")
        .act("elam", "requests", "cyra", "open the port", date="2031-01-20")
        .act("elam", "requests", "dvin", "free the sailors", date="2031-01-20")
        .said("cleo", "we are neutral", direct=True),
        Story("a03", "2031-02-11", herald)
        .act("ana", "visits", "elam", date="2031-02-10")
        .act("cyra", "pledges", "elam", date="2031-02-11")
        .treaty("pact", "arda belor", "2030-05")
        .said("ana", "the port stays open"),
        Story("a04", "2031-03-03", mirror)
        .event("raid", "arda", "dvin", "2031-03-02", "port-sol")
        .act("arda", "attacks", "dvin", date="2031-03-02", place="port-sol")
        .act("cyra", "meets", "dvin", date="2031-03-03"),
        Story("a05", "2031-03-04", herald)
        .act("belor", "condemns", "raid", date="2031-03-04")
        .act("arda", "attacks", "dvin", date="2031-03-02")
        .act("elam", "accuses", "arda"),
        Story("a06", "2031-03-06", "Courier")
        .role("bo", "spokesperson", "elam")
        .act("bo", "condemns", "raid", date="2031-03-03")
        .act("arda", "attacks", "dvin", date="2031-03-02", source="mirror")
        .said("bo", "we saw it", addressee="herald"),
        Story("a07", "2031-03-20", mirror)
        .event("siege", "dvin", "arda", "2031-03-19")
        .act("dvin", "coerces", "arda", date="2031-03-19")
        .act("dvin", "attacks", "arda", date="2031-04-01"),
        Story("a08", "2031-03-21", herald)
        .act("elam", "condemns", "siege", date="2031-03-21")
        .act("cyra", "mediates", "arda dvin", date="2031-03-21")
        .act("cyra", "mediates", what="the dispute", modality="future"),
        Story("a09", "2031-05-01", mirror)
        .act("belor", "sanctions", "arda", date="2031-05-01")
        .act("arda", "condemns", "belor", date="2031-04-30")
        .act("arda", "retreats", "pact", date="2031-05"),
        Story("a10", "2031-06-01", "Courier")
        .role("carl", "foreign_minister", "cyra")
        .act("carl", "supports", "elam", source="bo")
        .treaty("charter", "arda belor cyra", "2031-06-01")
        .said("carl", "belor helped"),
        Story("a11", "2031-07-01", herald)
        .role("dan", "foreign_minister", "cyra")
        .said("dan", "more talks", direct=True)
        .act("dan", "denies", what="any talks")
        .act("arda-ministry", "warns", "elam", negated=True),
        Story("a12", None, None).act("elam", "aids", "dvin"),
    )
    return [story.extraction() for story in stories]


def graph_of(extractions: Iterable[Extraction]) -> OxigraphStore:
    """The graph of some articles as a build makes it, but for what the shapes keep out."""
    told = list(extractions)
    store = open_store()
    store.load(ontology_quads())
    for extraction in told:
        store.load(article_quads(extraction, background=BACKGROUND))
    store.load(merged_quads(told, background=BACKGROUND))
    store.load(derived_quads(told, background=BACKGROUND))
    store.load(life_quads(told))
    return store
