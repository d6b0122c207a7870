from __future__ import annotations

import pytest
from samples import FIRST

from kg.errors import QueryError
from kg.rdf.explain import explain
from kg.rdf.vocabulary import DEFAULT_BASE
from kg.store import OxigraphStore

STRIKES = "kg:us-strikes-on-iran-2025-06"


def test_an_edge_leads_to_its_sentence(store: OxigraphStore) -> None:
    (found,) = explain(store, f"kg:vladimir-putin dip:condemns {STRIKES}")
    assert found.kind == "Act"
    assert found.sentence == FIRST.full_text[found.begin : found.end]
    assert found.sentence.startswith("دان الرئيس")
    assert found.trigger == "دان"
    assert FIRST.full_text[found.trigger_begin : found.trigger_end] == "دان"
    assert (found.article, found.headline) == (DEFAULT_BASE + "article/first", FIRST.title)
    assert (found.publisher, found.published, found.date) == ("صحيفة التجربة", "2025-06-23", "2025-06-23")
    assert (found.confidence, found.method, found.modality) == (1.0, "kg.sample.v1", "asserted")
    assert found.on_behalf_of == (DEFAULT_BASE + "russia",)


@pytest.mark.parametrize(
    ("edge", "sentences"),
    [
        (f"kg:russia dip:condemns {STRIKES}", ["دان الرئيس"]),
        (f"kg:russia dip:actsOn {STRIKES}", ["دان الرئيس"]),
        (f"<{DEFAULT_BASE}russia> dip:verbalConflict {STRIKES}", ["دان الرئيس"]),
        ("kg:vladimir-putin dip:headOfStateOf kg:russia", ["دان الرئيس"]),
        ("kg:vladimir-putin dip:holdsRoleIn ?", ["دان الرئيس"]),
        ("? dip:formerlyHeldRoleIn kg:iran", ["والتقى بوتين"]),
        ("kg:russia-iran-treaty-2025 dip:party kg:iran", ["ووقعت روسيا"]),
        ("kg:russia-iran-treaty-2025 dip:signedOn 2025-01", ["ووقعت روسيا"]),
        ('kg:russia-iran-treaty-2025 dip:signedOn "2025-01"^^xsd:gYearMonth', ["ووقعت روسيا"]),
        (f"{STRIKES} dip:patient kg:iran", ["دان الرئيس"]),
        ("kg:kremlin dip:states ?", ["وقال الكرملين"]),
        ("kg:iran dip:attacks kg:israel", ["ولم تهاجم", "زعمت رويترز"]),
        ("kg:iran dip:attacks kg:russia", []),
    ],
)
def test_edges_of_all_kinds(store: OxigraphStore, edge: str, sentences: list[str]) -> None:
    found = explain(store, edge)
    assert len(found) == len(sentences)
    for explanation, start in zip(found, sentences, strict=True):
        assert explanation.sentence.startswith(start)


def test_a_symmetric_edge_may_be_read_backwards(store: OxigraphStore) -> None:
    there = explain(store, ("kg:vladimir-putin", "dip:meets", "عباس كريمي"))
    assert there == explain(store, ("عباس كريمي", "dip:meets", "kg:vladimir-putin"))
    assert len(there) == 1


def test_a_negated_act_is_marked(store: OxigraphStore) -> None:
    denied, claimed = explain(store, "kg:iran dip:attacks kg:israel")
    assert (denied.negated, claimed.negated) == (True, False)
    assert claimed.source == DEFAULT_BASE + "reuters"


@pytest.mark.parametrize("node", ["kg:vladimir-putin", "vladimir-putin", "فلاديمير بوتين", "Vladimir Putin"])
def test_a_node_gives_all_its_sentences(store: OxigraphStore, node: str) -> None:
    assert {e.kind for e in explain(store, node)} == {"Act", "RoleHolding"}
    assert len(explain(store, node)) == 3


def test_a_fact_an_article_and_evidence_are_nodes_too(store: OxigraphStore) -> None:
    (edge,) = explain(store, f"kg:vladimir-putin dip:condemns {STRIKES}")
    assert explain(store, edge.fact) == [edge]
    assert {e.article for e in explain(store, "article:first")} == {DEFAULT_BASE + "article/first"}
    assert edge in explain(store, f"{DEFAULT_BASE}article/first#char={edge.begin},{edge.end}")


def test_what_nobody_knows_is_said_so(store: OxigraphStore) -> None:
    with pytest.raises(QueryError, match="nothing in the graph"):
        explain(store, "أطلنطس")
