"""One node a thing in the graph, with what made it one, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from samples import entity, sentence

from kg.explain import explain
from kg.link.across.pairs import read_pairs
from kg.model import Article, Event, Extraction, Role
from kg.rdf.build import article_quads, merged_quads
from kg.rdf.unify import Unified, unify
from kg.rdf.vocabulary import DEFAULT_BASE, dip
from kg.store import open_store

NAME, OTHER = "سامر حدادين", "سامر الحدادين"


def minister(ident: str, name: str, state: tuple[str, str], date: str) -> Extraction:
    article = Article(ident, "", f"قال وزير خارجية {state[1]} {name} ذلك.", date=date)
    proof = sentence(article, "قال")
    entities = (
        entity(article, "E1", "PERSON", name),
        entity(article, "E2", "STATE", state[1], link=state[0]),
    )
    role = Role("E1", "foreign_minister", "E2", "وزير خارجية", proof)
    return Extraction(article, entities, (role,))


def talks(ident: str, name: str, day: str) -> Extraction:
    article = Article(ident, "", f"عقدت {name} بين روسيا وأوكرانيا.", date=day)
    entities = (
        entity(article, "V1", "EVENT", name, event_type="CONSULT"),
        entity(article, "E1", "STATE", "روسيا", link="russia", en="Russia"),
        entity(article, "E2", "STATE", "أوكرانيا", link="ukraine", en="Ukraine"),
    )
    proof = sentence(article, "عقدت")
    return Extraction(article, entities, events=(Event("V1", "CONSULT", proof, ("E1", "E2"), date=day),))


JORDAN, IRAQ = ("jordan", "الأردن"), ("iraq", "العراق")


def nodes(unified: Unified, ident: str = "E1") -> list[str]:
    from kg.rdf.iri import name_things

    return [name_things(x).entities[ident].value.removeprefix(DEFAULT_BASE) for x in unified.extractions]


def quads_of(unified: Unified) -> list[Quad]:
    own = [quad for x in unified.extractions for quad in article_quads(x)]
    return own + merged_quads(unified.extractions) + unified.quads


@pytest.fixture
def two() -> Sequence[Extraction]:
    return [minister("a", NAME, JORDAN, "2031-03-01"), minister("b", OTHER, JORDAN, "2031-03-05")]


def test_two_spellings_of_one_minister_are_one_node(two: Sequence[Extraction]) -> None:
    assert len(set(nodes(unify(two)))) == 1


def test_two_ministers_of_one_name_are_two() -> None:
    unified = unify([minister("a", NAME, JORDAN, "2031-03-01"), minister("b", NAME, IRAQ, "2031-03-05")])
    assert len(set(nodes(unified))) == 2
    assert not [q for q in unified.quads if q.predicate == dip("mergeRule") and q.object.value != "row"]


def test_two_rounds_of_talks_in_one_month_are_two() -> None:
    rounds = [talks("a", "محادثات إسطنبول", "2031-05-02"), talks("b", "المفاوضات", "2031-05-02")]
    unified = unify([*rounds, talks("c", "محادثات إسطنبول", "2031-05-20")])
    first, second, third = nodes(unified, "V1")
    assert first == second == "ukraine-russia-talks-2031-05-02"
    assert third == "ukraine-russia-talks-2031-05-20"


def test_explain_names_rule_and_score(two: Sequence[Extraction]) -> None:
    unified = unify(two)
    with open_store() as store:
        store.load(quads_of(unified))
        (line,) = explain(store, f"kg:{nodes(unified)[0]}").merges
    assert NAME in line
    assert OTHER in line
    assert "rule same-name-and-office, score 1" in line


def test_a_line_of_the_user_undoes_what_explain_shows(two: Sequence[Extraction], tmp_path: Path) -> None:
    merged = sorted({q.object.value for q in unify(two).quads if q.predicate == dip("merged")})
    assert len(merged) == 2
    path = tmp_path / "pairs.csv"
    path.write_text(f"a,b,verdict\n<{merged[0]}>,kg:{merged[1].rpartition('/')[2]},different\n", "utf-8")
    assert len(set(nodes(unify(two, pairs=read_pairs(path))))) == 2


def test_a_line_of_the_user_makes_two_one(tmp_path: Path) -> None:
    apart = [minister("a", NAME, JORDAN, "2031-03-01"), minister("b", "فارس العطار", IRAQ, "2031-03-05")]
    path = tmp_path / "pairs.csv"
    a, b = nodes(unify(apart))
    path.write_text(f"a,b,verdict,note\n{a},{b},same,x\nkg:nobody,{b},same,y\n", "utf-8")
    unified = unify(apart, pairs=read_pairs(path))
    assert len(set(nodes(unified))) == 1
    assert [pair.line for pair in unified.unknown] == [3]


def test_an_office_without_a_name_is_its_holder() -> None:
    article = Article("c", "", "رحب وزير الخارجية الأردني بذلك.", date="2031-03-09")
    unnamed = Extraction(article, (entity(article, "E1", "GROUP", "وزير الخارجية الأردني"),))
    unified = unify([minister("a", NAME, JORDAN, "2031-03-01"), unnamed])
    assert len(set(nodes(unified))) == 1
    assert unified.extractions[1].entities[0].type == "PERSON"


def test_single_articles_keep_their_names(two: Sequence[Extraction]) -> None:
    unified = unify(two[:1])
    assert unified.extractions == list(two[:1])
    assert not any(isinstance(q.subject, NamedNode) and q.predicate == dip("merged") for q in unified.quads)
