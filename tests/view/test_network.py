from __future__ import annotations

from typing import Any

import pytest
from view_sample import CONDEMNS, MEETS, naming, small, two_articles

from kg.analyse.network import build_network

ID = "https://example.org/id/"


def edge(subject: str, target: str, key: str) -> dict[str, Any]:
    data: dict[str, Any] = small().edges[ID + subject, ID + target, key]
    return data


def test_entities_with_one_iri_become_one_node() -> None:
    putin = small().nodes[ID + "putin"]
    assert (putin["label_ar"], putin["label_en"], putin["type"]) == ("بوتين", "Vladimir Putin", "PERSON")
    assert putin["names"] == ("بوتين", "فلاديمير بوتين")
    assert (putin["mentions"], putin["articles"]) == (2, 2)
    # condemns, visits, meets twice, head of state; one lone act; one statement
    assert putin["facts"] == 7


def test_an_act_carries_its_proof() -> None:
    data = edge("putin", "a3-V1", "act:condemns")
    assert (data["plover"], data["quad"], data["negated"], data["reported"]) == (
        "ACCUSE",
        "verbal_conflict",
        False,
        False,
    )
    (found,) = data["proofs"]
    text = two_articles()[0].article.full_text
    assert text[found.begin : found.end] == found.sentence == CONDEMNS
    assert text[found.trigger_begin : found.trigger_end] == found.trigger == "دان"
    assert (found.article, found.publisher, found.published, found.date) == (
        "a3",
        "رويترز",
        "2025-06-23",
        "2025-06-23",
    )


def test_a_denial_is_an_edge_of_its_own() -> None:
    data = edge("putin", "iran", "act:not-visits")
    assert data["negated"]
    assert data["reported"]
    assert data["confidence"] == 0.5
    assert not small().has_edge(ID + "putin", ID + "iran", "act:visits")


def test_both_directions_of_a_meeting_share_an_edge() -> None:
    network = small()
    assert not network.has_edge(ID + "putin", ID + "araghchi")
    data = edge("araghchi", "putin", "act:meets")
    assert [p.article for p in data["proofs"]] == ["a3", "a4"]
    assert {p.sentence for p in data["proofs"]} == {MEETS}
    assert not data["reported"], "one of the two articles vouches for it itself"


def test_what_has_no_second_entity_stays_with_its_node() -> None:
    putin = small().nodes[ID + "putin"]
    (lone,) = putin["lone"]
    assert (lone.predicate, lone.proof.detail) == ("requests", "وقف القتال")
    (said,) = putin["said"]
    assert (said.content, said.direct) == ("وقف القتال", True)


def test_roles_and_treaties_are_edges() -> None:
    assert edge("putin", "russia", "role:head_of_state")["proofs"][0].detail == "الرئيس"
    treaty = edge("iran", "a4-T1", "treaty:party_to")["proofs"][0]
    assert (treaty.date, treaty.detail) == ("2025-01", "20 years")


@pytest.mark.parametrize("turn", [1, -1])
def test_the_order_of_the_input_does_not_matter(turn: int) -> None:
    network = build_network(two_articles()[::turn], naming)
    assert list(network.nodes(data=True)) == list(small().nodes(data=True))
    assert list(network.edges(keys=True, data=True)) == list(small().edges(keys=True, data=True))
