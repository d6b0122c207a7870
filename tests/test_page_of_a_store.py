"""Page, report, ``kg claims`` and query tell of the same contests; a page of a store is that of the build."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import kg
from kg.analyse import ActFact, read_facts
from kg.claims import contested
from kg.store import open_output
from kg.view.stored import write_page_of

_JSON = re.compile(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', re.DOTALL)
_OF_STATES = ("code", "wikidata", "state", "en", "latin", "type", "facts", "names", "eventType")


def rows(page: Path) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Nodes by name, edges and the rest of what a page holds."""
    _, nodes, edges, rest = map(json.loads, _JSON.findall(page.read_text("utf-8")))
    return {node["iri"]: node for node in nodes}, edges, rest


def pairs(page: Path) -> set[tuple[str, str]]:
    """Sentences of contested claims with those of their denials."""
    _, _, rest = rows(page)
    proofs, sentences = rest["proofs"], rest["sentences"]
    return {
        (sentences[proofs[number]["s"]], sentences[proofs[other]["s"]])
        for number in rest["contested"]
        for other in proofs[number]["vs"]
    }


def test_the_page_of_a_store_knows_what_the_page_of_the_build_does(
    seeds_output: Path, tmp_path: Path
) -> None:
    with open_output(seeds_output) as store:
        write_page_of(store, tmp_path / "page.html")
    (nodes, edges, rest), (again, lines, other) = (
        rows(seeds_output / "graph.html"),
        rows(tmp_path / "page.html"),
    )
    names = {node["id"]: iri for iri, node in nodes.items()}
    spelled = {node["id"]: iri for iri, node in again.items()}

    def known(node: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
        return {key: node.get(key) for key in _OF_STATES} | {"state": names.get(node.get("state", -1))}

    assert {iri: known(node, names) for iri, node in nodes.items()} == {
        iri: known(node, spelled) for iri, node in again.items()
    }
    assert nodes["russia"]["code"] == "RU"
    assert len(edges) == len(lines)
    assert len(rest["contested"]) == len(other["contested"]) > 0
    assert pairs(seeds_output / "graph.html") == pairs(tmp_path / "page.html")


def test_page_report_claims_and_query_tell_of_the_same_contests(seeds_output: Path) -> None:
    facts = read_facts(seeds_output)
    with open_output(seeds_output) as store:
        told = {(c.claim.fact, c.denial.fact) for c in contested(store)}
        sentences = {(c.claim.sentence, c.denial.sentence) for c in contested(store)}
    assert told
    of_report = {
        tuple(
            f"{'act' if isinstance(fact, ActFact) else 'statement'}:{fact.iri.rpartition('/')[2]}"
            for fact in (contest.claim, contest.denial)
        )
        for contest in facts.contests
    }
    assert of_report == told
    asked = kg.query("contested", {"lang": "en"}, seeds_output).records()
    assert {(row["claim"], row["denial"]) for row in asked} == told
    on_page = pairs(seeds_output / "graph.html")
    # The page's relation runs both ways: what is claim here may deny another's words there.
    assert sentences <= on_page | {pair[::-1] for pair in on_page}
    assert on_page <= sentences | {pair[::-1] for pair in sentences}
