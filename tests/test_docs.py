"""The documentation names everything that there is, and its examples run."""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest
from markupsafe import escape

import kg
from kg.cli import cli
from kg.config import Settings
from kg.ingest.record import ALIASES
from kg.ingest.source import FORMAT_OF
from kg.outputs import FILES
from kg.queries import list_queries
from kg.rdf.vocabulary import DIP, PLOVER_NS, ontology_triples

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))
generate = import_module("generate")

README = (ROOT / "README.md").read_text(encoding="utf-8")


def doc(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["ontology.html", "ontology.md", "queries.md"])
def test_reference_pages_are_up_to_date(name: str) -> None:
    assert doc(name) == generate.page(name), "run: python docs/generate.py"


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_every_verb_and_option_is_documented(verb: str) -> None:
    assert f"kg {verb}" in README
    section = doc("cli.md").partition(f"## kg {verb}\n")[2].partition("\n## ")[0]
    # Other releases of click lay the help out in another way: only the words count.
    words = " ".join(section.split())
    for parameter in cli.commands[verb].params:
        for option in parameter.opts if parameter.param_type_name == "option" else ():
            assert option in words, f"{option}: run python docs/generate.py"
    for line in (cli.commands[verb].help or "").split("\n\n"):
        assert " ".join(line.split()) in words, "run: python docs/generate.py"


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_every_query_is_documented(query: object) -> None:
    name = getattr(query, "name", "")
    assert f"| `{name}` |" in README
    assert f"\n## {name}\n" in doc("queries.md")


def test_every_term_of_the_ontology_is_documented() -> None:
    page = doc("ontology.md")
    for name, namespace, prefix in (("diplomacy", DIP, "dip"), ("plover", PLOVER_NS, "plover")):
        subjects = {getattr(triple.subject, "value", "") for triple in ontology_triples(name)}
        terms = {iri.removeprefix(namespace) for iri in subjects if iri.startswith(namespace)}
        assert terms
        assert [term for term in sorted(terms) if f"| `{prefix}:{term}` |" not in page] == []


def test_every_term_has_its_place_on_the_page_of_the_ontology() -> None:
    page = doc("ontology.html")
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for name, namespace, prefix in (("diplomacy", DIP, ""), ("plover", PLOVER_NS, "plover-")):
        triples = [t for t in ontology_triples(name) if getattr(t.subject, "value", "").startswith(namespace)]
        terms = {t.subject.value.removeprefix(namespace) for t in triples} - {""}
        assert sorted(terms - {i.removeprefix(prefix) for i in ids if i.startswith(prefix)}) == []
        for text in (t.object for t in triples if getattr(t.object, "language", None) in ("ar", "en")):
            assert str(escape(text.value)) in page, text
    assert [target for target in re.findall(r'href="#([^"]+)"', page) if target not in ids] == []
    assert len(page.encode()) < 300_000


def test_every_output_file_is_documented() -> None:
    assert [name for name in FILES if f"`{name}`" not in README] == []


def test_every_format_field_and_setting_is_documented() -> None:
    page = doc("input.md")
    names = {name for aliases in ALIASES.values() for name in aliases}
    assert [name for name in sorted(names) if f"`{name}`".lower() not in page.lower()] == []
    assert [ending for ending in FORMAT_OF if f"`{ending}`" not in page] == []
    settings = Settings()
    for part in fields(settings):
        assert f"[{part.name}]" in page
        for key in fields(getattr(settings, part.name)):
            assert re.search(rf"^{key.name} = ", page, re.MULTILINE), key.name


def test_the_quick_start_is_two_commands() -> None:
    block = README.partition("## Quick start")[2].partition("```bash")[2].partition("```")[0]
    commands = [line.partition("#")[0].split() for line in block.strip().splitlines()]
    assert commands == [["make", "graph"], ["make", "test"]]


def test_commands_of_the_readme_exist() -> None:
    block = README.partition("## On the command line")[2].partition("```bash")[2].partition("```")[0]
    for line in filter(None, block.splitlines()):
        words = shlex.split(line.rpartition("| ")[2], comments=True)
        assert words[0] == "kg"
        known = {option for p in cli.commands[words[1]].params for option in p.opts}
        assert [word for word in words[2:] if word.startswith("-") and word not in {*known, "-"}] == [], line


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    block = README.partition("```python")[2].partition("```")[0]
    exec(compile(block, "README.md", "exec"), {"kg": kg})
    printed = capsys.readouterr().out
    assert "Vladimir Putin dip:headOfStateOf Russia" in printed
    assert "https://w3id.org/diplomacy-kg/id/russia" in printed


@pytest.mark.parametrize(
    "page", [README, *(path.read_text("utf-8") for path in sorted(DOCS.glob("*.md")))], ids=lambda _: ""
)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page):
        assert (ROOT / target).exists() or (DOCS / target).exists(), target
