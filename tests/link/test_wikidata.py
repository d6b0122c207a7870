"""Links to Wikidata from a user's extract: all its forms, and no link where two things could be meant."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from fakes import documents, load_gold, write_articles
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.build import BuildResult, build
from kg.config import load_settings
from kg.errors import InputError
from kg.link.wikidata import Item, link_items, read_items
from kg.link.wikidata.match import name_key
from kg.rdf.vocabulary import SAME_AS

TABLE = """id,label_ar,label_en,aliases,type
Q1,جون سميث,John Smith,جوني سميث|J. Smith,PERSON
http://www.wikidata.org/entity/Q2,مدينة الورد,Rose City,,Q515|Q1549591
Q3,قصيدة,Poem,,Q5185279
"""
EXPECTED = [
    Item("Q1", ("جون سميث", "John Smith", "جوني سميث", "J. Smith"), frozenset({"PERSON"})),
    Item("Q2", ("مدينة الورد", "Rose City"), frozenset({"PLACE"})),
    Item("Q3", ("قصيدة", "Poem"), frozenset()),
]


def entity(item: str, labels: dict[str, str], classes: list[str], aliases: tuple[str, ...] = ()) -> str:
    """A line of a dump, with what the real ones have beside."""
    value = {
        "type": "item" if item.startswith("Q") else "property",
        "id": item,
        "labels": {lang: {"language": lang, "value": text} for lang, text in labels.items()},
        "aliases": {"en": [{"language": "en", "value": a} for a in aliases]} if aliases else [],
        "claims": {
            "P31": [
                {"mainsnak": {"datavalue": {"value": {"id": c, "entity-type": "item"}}}, "rank": "normal"}
                for c in classes
            ]
            + [{"mainsnak": {"snaktype": "novalue"}, "rank": "normal"}]
            + [{"mainsnak": {"datavalue": {"value": {"id": "Q6256"}}}, "rank": "deprecated"}]
        },
    }
    return json.dumps(value, ensure_ascii=False)


DUMP = "[\n{},\n{},\n{},\n{}\n]\n".format(
    entity("Q1", {"ar": "جون سميث", "de": "Hans", "en": "John Smith"}, ["Q5"], ("J. Smith",)),
    entity("P31", {"en": "instance of"}, []),
    entity("Q2", {"ar": "مدينة الورد", "en": "Rose City"}, ["Q515"]),
    entity("Q3", {}, ["Q5185279"]),
)


def write(path: Path, text: str) -> Path:
    data = text.encode()
    packed = {".gz": gzip.compress, ".bz2": bz2.compress}.get(path.suffix, lambda raw: raw)
    path.write_bytes(packed(data))
    return path


@pytest.mark.parametrize("name", ["x.csv", "x.CSV.gz", "x.csv.bz2", "x.tsv", "x.tsv.gz"])
def test_tables_are_read(tmp_path: Path, name: str) -> None:
    text = TABLE.replace(",", "\t") if "tsv" in name else TABLE
    assert list(read_items(write(tmp_path / name, text))) == EXPECTED


@pytest.mark.parametrize("name", ["x.json", "x.jsonl.gz", "x.json.bz2", "x.ndjson"])
def test_dumps_are_read_with_and_without_brackets(tmp_path: Path, name: str) -> None:
    text = DUMP if ".json" in name and "jsonl" not in name else DUMP.strip("[]\n").replace(",\n", "\n")
    items = list(read_items(write(tmp_path / name, text)))
    assert [(i.id, set(i.types)) for i in items] == [("Q1", {"PERSON"}), ("Q2", {"PLACE"}), ("Q3", set())]
    assert items[0].names == ("جون سميث", "John Smith", "J. Smith")


def test_reading_does_not_wait_for_the_end(tmp_path: Path) -> None:
    items = read_items(write(tmp_path / "x.jsonl", entity("Q1", {"en": "A"}, ["Q5"]) + "\n{broken\n"))
    assert next(items).id == "Q1"
    with pytest.raises(InputError, match=r"x\.jsonl, line 2: no entity of Wikidata"):
        next(items)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.txt", "", r"x\.txt: no extract of Wikidata by its name — give CSV"),
        ("x.csv", "label_en,type\n", r"x\.csv: no column id — "),
        ("x.csv", "id,type\nQ1,PERSON\n", r"no column label_ar or label_en"),
        ("x.csv", "id,label_en\nQ1,A\n", r"no column type or P31"),
        ("x.csv", "id,label_en,type\nQ1,A,Q5\nL12,B,Q5\n", r"x\.csv, line 3: 'L12' is no item — write it"),
        ("x.jsonl", "3\n", r"line 1: no entity"),
        ("x.jsonl", '{"labels": {}}\n', r"line 1: no entity"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        list(read_items(write(tmp_path / name, text)))
    assert "\n" not in str(caught.value)


def test_broken_and_missing_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(DUMP.encode())[:-20])
    (tmp_path / "y.csv.bz2").write_bytes(b"nothing packed")
    (tmp_path / "z.csv").write_bytes("id,label_ar,type\nQ1,سميث,Q5\n".encode("cp1256"))
    for name in ("x.jsonl.gz", "y.csv.bz2", "z.csv", "missing.csv"):
        with pytest.raises(InputError, match=f"{name}: cannot be read"):
            list(read_items(tmp_path / name))


def person(item: str, *names: str) -> Item:
    return Item(item, names, frozenset({"PERSON"}))


SMITH = {"smith": (["PERSON"], ["جون سميث"])}


@pytest.mark.parametrize(
    ("nodes", "items", "links"),
    [
        (SMITH, [person("Q1", "جون سميث")], {"smith": "Q1"}),
        (SMITH, [person("Q1", "جُون  سميث")], {"smith": "Q1"}),
        (SMITH, [person("Q1", "جون سميث"), person("Q2", "جون سميث")], {}),
        (SMITH, [person("Q1", "جون سميث"), Item("Q2", ("جون سميث",), frozenset({"PLACE"}))], {"smith": "Q1"}),
        (SMITH, [Item("Q2", ("جون سميث",), frozenset())], {}),
        (SMITH, [person("Q1", "جون سميث الابن")], {}),
        (SMITH | {"other": (["PERSON"], ["John Smith"])}, [person("Q1", "جون سميث", "John Smith")], {}),
        ({"s": (["PERSON"], ["سميث"])}, [person("Q1", "سميث")], {}),
        ({"s": (["ORG", "IGO"], ["بيت"])}, [Item("Q7", ("بيت",), frozenset({"ORG"}))], {"s": "Q7"}),
        ({"s": (["PERSON"], ["José-Luis Pérez"])}, [person("Q1", "Jose Luis Perez")], {"s": "Q1"}),
        (SMITH, [person("Q9", "جون سميث")], {}),
    ],
)
def test_only_clear_matches_are_links(nodes: Any, items: list[Item], links: dict[str, str]) -> None:
    assert link_items(nodes, items, taken=["Q9"]) == links


def test_names_meet_in_all_spellings() -> None:
    assert name_key("إسماعيل هنيّة") == name_key("اسماعيل هنيه")
    assert name_key("Müller") == name_key("muller")
    assert name_key("سميث") != name_key("سميت")


def built(source: Path, output: Path, dump: Path | None) -> BuildResult:
    settings = load_settings(overrides={"output": output, "jobs": 1, "wikidata": dump})
    return build([source], settings, load=load_gold)


def same_as(output: Path) -> dict[str, str]:
    quads = parse(path=str(output / "facts.ttl"), format=RdfFormat.TURTLE)
    return {
        q.subject.value.rpartition("/")[2]: q.object.value.rpartition("/")[2]
        for q in quads
        if q.predicate == SAME_AS and isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode)
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_build_links_and_follows_the_extract(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "articles.jsonl", documents())
    plain = built(source, tmp_path / "plain", None)
    assert plain.linked is None
    known = same_as(tmp_path / "plain")
    persons = (e["name"] for doc in documents() for e in doc["entities"] if e["type"] == "PERSON")
    name = next(name for name in persons if " " in name)
    dump = write(tmp_path / "items.jsonl.gz", entity("Q999999901", {"ar": name}, ["Q5"]) + "\n")
    out = tmp_path / "out"
    first = built(source, out, dump)
    new = same_as(out).items() - known.items()
    assert first.linked == 1
    assert [item for _, item in new] == ["Q999999901"]
    assert b"wd:Q999999901" in (out / "graph.trig").read_bytes()
    # Another extract: nothing is extracted again, and the bytes are those of a full build.
    write(dump, entity("Q999999902", {"ar": name}, ["Q5"]) + "\n")
    second = built(source, out, dump)
    built(source, tmp_path / "full", dump)
    assert second.reused == second.articles
    assert contents(out) == contents(tmp_path / "full")
    assert "Q999999902" in same_as(out).values()
    assert "Q999999901" not in same_as(out).values()


def test_a_wrong_extract_stops_the_build_before_it_reads(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv"):
        built(tmp_path / "no-articles-either.jsonl", tmp_path / "out", tmp_path / "nowhere.csv")
    assert not (tmp_path / "out").exists()
