"""Identity across articles, against mentions whose true identity is known, and case by case."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from across_cases import TYPES, Cases, assignment, b_cubed, load, pairwise
from extract_reading import Reader

from kg.errors import InputError
from kg.link.across.pairs import read_pairs
from kg.link.across.persons import office_of
from kg.link.across.spelling import likeness, words
from kg.link.across.unite import Groups, unite

KINDS = {"persons": "PG", "bodies": "BOLM", "events": "E", "treaties": "T"}
TARGETS = {"persons": 0.95, "bodies": 0.9, "events": 0.8, "treaties": 0.8}


@pytest.fixture(scope="module", params=[False, True], ids=["tuning", "held-out"])
def half(request: pytest.FixtureRequest) -> tuple[Cases, Groups]:
    cases = load(held_out=request.param)
    return cases, unite(cases.extractions)


def test_there_are_two_hundred_things() -> None:
    assert len({v for h in (False, True) for v in load(held_out=h).truth.values()}) >= 200


@pytest.mark.parametrize("kind", KINDS)
def test_the_targets_are_met(half: tuple[Cases, Groups], kind: str) -> None:
    cases, groups = half
    types = {TYPES[letter] for letter in KINDS[kind]}
    truth = {k: v for k, v in cases.truth.items() if groups.things[k].entity.type in types}
    found = assignment(truth, groups.groups)
    assert pairwise(truth, found).f1 >= TARGETS[kind]
    assert b_cubed(truth, found).f1 >= TARGETS[kind]


def test_the_scores_can_tell_good_from_bad() -> None:
    truth = {("a", "E1"): "x", ("b", "E1"): "x", ("c", "E1"): "y", ("d", "E1"): "y"}
    one = assignment(truth, [list(truth)])
    none = assignment(truth, [])
    assert pairwise(truth, one).precision == pytest.approx(2 / 6)
    assert b_cubed(truth, one).precision == 0.5
    assert pairwise(truth, none).recall == 0
    assert b_cubed(truth, none).recall == 0.5


def test_the_order_of_the_articles_does_not_matter() -> None:
    cases = load(held_out=False)
    shuffled = list(cases.extractions)
    random.Random(7).shuffle(shuffled)
    a, b = unite(cases.extractions), unite(shuffled)
    assert (a.groups, a.links, a.merges) == (b.groups, b.links, b.merges)


def test_every_group_is_explained_by_its_merges(half: tuple[Cases, Groups]) -> None:
    _, groups = half
    joined = {key for merge in groups.merges for key in (merge.a, merge.b)}
    for group in groups.groups:
        assert len(group) == 1 or set(group) <= joined
    assert all(0 < merge.score <= 1 and merge.rule for merge in groups.merges)


@pytest.mark.parametrize(
    ("a", "b", "form"),
    [
        ("محمد جواد ظريف", "جواد ظريف", "short"),
        ("الشيخ سالم بن علي آل ثاني", "سالم علي ثاني", "same"),
        ("كفر نوران", "كفرنوران", "variant"),
        ("غوردون براون", "جوردون براون", "variant"),
        ("سعد الكعبي", "سعيد الكعبي", "variant"),
        ("خالد بن سلطان", "سلطان بن خالد", None),
        ("تشارلز نديريتو", "تشارلز نديريبا", None),
        ("نواف السالم", "نواف مشعل سلام", None),
    ],
)
def test_names_that_may_name_one_thing(a: str, b: str, form: str | None) -> None:
    like = likeness(words(a), words(b))
    assert (like.form if like else None) == form


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("وزير الخارجية الإيراني", ("foreign_minister", "iran")),
        ("رئيسة الوزراء الدنماركية", ("head_of_government", "denmark")),
        ("وزراء خارجية السعودية", None),
        ("رئيسا غامبيا", None),
        ("وزير الخارجية", None),
        ("مصادر إيرانية", None),
    ],
)
def test_offices_that_stand_for_one_person(name: str, office: tuple[str, str] | None) -> None:
    assert office_of(name) == office


def _find(cases: Cases, name: str, cluster: str) -> tuple[str, str]:
    things = unite(cases.extractions).things
    return next(k for k, v in cases.truth.items() if things[k].entity.name == name and v.endswith(cluster))


def test_the_user_overrules_every_rule() -> None:
    cases = load(held_out=False)
    a, b = _find(cases, "أيوب الشمري", "/p1"), _find(cases, "ايوب الشمرى", "/p1")
    stranger = _find(cases, "يحيى القرعاوي", "/p3")
    groups = unite(cases.extractions, same=[(a, stranger)], different=[(a, b)])
    group = next(g for g in groups.groups if a in g)
    assert stranger in group
    assert b not in group
    assert any(m.rule == "user-pair" and m.score == 1 for m in groups.merges)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x,y\n", "no column a"),
        ("a,b,verdict\nkg:x,kg:y,maybe\n", "line 2"),
        ("a,b,verdict\nkg:x,kg:x,same\n", "line 2"),
        (None, "cannot be read"),
    ],
)
def test_a_file_of_pairs_that_says_nothing_is_an_error(
    tmp_path: Path, text: str | None, message: str
) -> None:
    path = tmp_path / "pairs.csv"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        read_pairs(path)


@pytest.mark.parametrize(
    ("name", "later", "actor", "nodes"),
    [
        ("اتفاقية مياه النيل", "2030-06-16", "مصر", 1),
        ("اتفاقية مياه النيل", "2033-06-16", "مصر", 2),
        ("اتفاقية مياه النيل", "2030-06-16", "الصين", 2),
        ("اتفاق مياه النيل", "2030-06-16", "مصر", 2),
        ("اتفاق مياه النيل", "2030-04-16", "مصر", 1),
    ],
    ids=["ratified later", "years later", "by others", "a passing agreement", "soon after"],
)
def test_a_treaty_is_known_by_its_name_where_only_one_party_acts(
    facts: Reader, name: str, later: str, actor: str, nodes: int
) -> None:
    texts = (f"وقعت مصر والسودان {name} في 1 مارس 2030.", f"صادقت {actor} على {name}.")
    articles = []
    for number, (text, date) in enumerate(zip(texts, ("2030-03-02", later), strict=True)):
        own = facts(text, date=date).extraction
        articles.append(replace(own, article=replace(own.article, id=f"a{number}")))
    groups = unite(articles)
    found = [g for g in groups.groups if groups.things[g[0]].entity.type == "TREATY"]
    assert len(found) == nodes
