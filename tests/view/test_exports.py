from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import pytest
from view_sample import CONDEMNS, hostile, naming, small

from kg.analyse.network import build_network
from kg.errors import InputError
from kg.view.exports import ACT_COLUMNS, ENTITY_COLUMNS, write_acts_csv, write_entities_csv, write_graphml

WRITERS = [write_graphml, write_entities_csv, write_acts_csv]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("write", WRITERS)
def test_same_network_same_bytes(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(small(), tmp_path / "a")
    write(small(), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("write", WRITERS)
def test_hostile_text_is_written(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(build_network(hostile(), naming), tmp_path / "a")
    assert (tmp_path / "a").stat().st_size > 100


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_that_cannot_be_written_is_named(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="cannot write"):
        write(small(), tmp_path)


def test_networkx_reads_the_graphml_back(tmp_path: Path) -> None:
    write_graphml(small(), tmp_path / "g.graphml")
    back = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert set(back) == set(small())
    assert back.number_of_edges() == small().number_of_edges()
    assert back.nodes["https://example.org/id/iran"]["label"] == "إيران"
    (data,) = [data for *_, data in back.edges(data=True) if data["label"] == "condemns"]
    assert (data["evidence"], data["weight"], data["negated"]) == (CONDEMNS, 1, False)
    keys = [key for *_, key in back.edges(keys=True)]
    assert len(set(keys)) == len(keys)


def test_hostile_graphml_is_well_formed(tmp_path: Path) -> None:
    write_graphml(build_network(hostile(), naming), tmp_path / "g.graphml")
    assert nx.read_graphml(tmp_path / "g.graphml").number_of_nodes() == 3


def test_entities_table(tmp_path: Path) -> None:
    write_entities_csv(small(), tmp_path / "e.csv")
    assert (tmp_path / "e.csv").read_bytes().startswith(b"\xef\xbb\xbfiri,type,")
    table = rows(tmp_path / "e.csv")
    assert tuple(table[0]) == ENTITY_COLUMNS
    assert [row["iri"] for row in table] == sorted(small())
    putin = {row["link"]: row for row in table}["putin"]
    assert (putin["name_en"], putin["other_names"], putin["articles"]) == (
        "Vladimir Putin",
        "فلاديمير بوتين",
        "2",
    )


def test_acts_table(tmp_path: Path) -> None:
    write_acts_csv(small(), tmp_path / "a.csv")
    table = rows(tmp_path / "a.csv")
    assert tuple(table[0]) == ACT_COLUMNS
    assert sorted(row["predicate"] for row in table) == ["condemns", "meets", "meets", "requests", "visits"]
    by = {(row["predicate"], row["article"]): row for row in table}
    denial = by["visits", "a3"]
    assert (denial["negated"], denial["source_ar"], denial["confidence"]) == ("true", "عباس عراقجي", "0.5")
    lone = by["requests", "a3"]
    assert (lone["target"], lone["object"]) == ("", "وقف القتال")
    assert by["meets", "a4"]["publisher"] == "'=HYPERLINK(1)", "a spreadsheet must not run it"
    assert by["condemns", "a3"]["sentence"] == CONDEMNS
