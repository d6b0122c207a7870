"""The report, tables, graph files, pictures and the verb."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
from analyse_sample import act, event, facts, quote, said, treaty
from click.testing import CliRunner

import kg.analyse
from kg.analyse import Facts, Thing, analyse, findings, render_report, write_analysis, write_pictures
from kg.analyse.export import TABLES
from kg.analyse.words import LANGS, counted, listed, table
from kg.cli import cli

HOSTILE = (
    '</style></script><script>document.title="hacked"</script>'
    '<img src=x onerror="hacked=1">{{7*7}}\u202e&amp;'
)


def sample() -> Facts:
    days = [f"2025-06-{day:02}" for day in range(1, 29)]
    return facts(
        event("usa", "iran", day="2025-06-22"), treaty("iran russia"),
        act("russia", "condemns", "strikes", "2025-06-23"),
        *(act("usa", "sanctions", "iran", day) for day in days[14:] for _ in range(4)),
        act("iran", "denies", begin=3), act("usa", "attacks", "iran", source="envoy", begin=3),
        act("oman", "mediates", "iran"), act("oman", "mediates", "usa"), said("kremlin", "نعم"),
    )  # fmt: skip


def hostile() -> Facts:
    given = sample()
    things = {iri: Thing(iri, thing.type, HOSTILE, HOSTILE) for iri, thing in given.things.items()}
    own = quote(
        sentence=HOSTILE,
        headline=HOSTILE,
        publisher=HOSTILE,
        published="2025-06-23",
        trigger="script>",
        trigger_begin=HOSTILE.index("script>"),
    )
    acts = tuple(replace(act, quote=own, words=HOSTILE) for act in given.acts)
    return Facts(things, acts, given.statements, given.events, given.treaties, {}, 1)


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def page(given: Facts) -> str:
    analysis = analyse(given)
    return render_report(analysis, findings(analysis), graph_page="graph.html")


def test_nothing_in_an_article_becomes_markup() -> None:
    plain, bad = Tags(page(sample())), Tags(page(hostile()))
    assert "script" not in bad.tags | plain.tags
    assert "img" not in bad.tags
    assert not {name for name in bad.attributes if name.startswith("on") or name == "style"}
    assert bad.tags <= plain.tags | {"mark", "cite"}
    assert "&lt;script&gt;" in page(hostile())
    assert "{{7*7}}" in page(hostile())


def test_the_policy_allows_no_script_and_nothing_from_outside() -> None:
    text = page(sample())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1]
    assert "script" not in policy[1]
    addresses = re.findall(r'(?:href|src)="([^"#][^"]*)"', text)
    assert addresses == ["graph.html"]
    assert "http" not in text.replace("http-equiv", "")


def test_the_report_marks_the_words_that_express_the_act() -> None:
    one = quote(sentence="ثم دانت روسيا.", begin=10, trigger="دانت", trigger_begin=13, publisher="رويترز")
    done = act("russia", "condemns", "usa", "2025-06-23")
    given = facts(replace(done, quote=one))
    text = page(given)
    assert "ثم <mark>دانت</mark> روسيا." in text
    assert "<bdi>رويترز</bdi>" in text
    wrong = quote(sentence="ثم دانت روسيا.", begin=10, trigger="دانت", trigger_begin=12)
    assert "<mark>" not in page(facts(replace(done, quote=wrong)))


def test_the_report_is_in_both_languages_and_holds_every_finding() -> None:
    analysis = analyse(sample())
    text = page(sample())
    for finding in findings(analysis):
        assert finding.ar in text
        assert finding.en.replace("&", "&amp;") in text
    assert text == page(sample())


def test_tables_graphs_and_report_are_written(tmp_path: Path) -> None:
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "stale.csv").touch()
    (tmp_path / "mine.txt").touch()
    analysis = analyse(sample())
    report, *files = write_analysis(analysis, tmp_path, pictures=False)
    assert report == tmp_path / "report.html"
    names = {path.name for path in files}
    assert names == {*(f"{name}.csv" for name in TABLES), "stances.graphml", "stances.gexf", "findings.json"}
    assert (tmp_path / "mine.txt").exists()
    rows = list(csv.DictReader((tmp_path / "analysis/stances.csv").open(encoding="utf-8-sig")))
    assert len(rows) == len(analysis.network.edges)
    assert {(row["actor"], row["sign"]) for row in rows if row["target"] == "strikes"} == {("russia", "-1")}
    told = json.loads((tmp_path / "analysis/findings.json").read_text("utf-8"))
    assert [one["en"] for one in told] == [finding.en for finding in findings(analysis)]


def test_graph_files_carry_all_attributes_and_are_read_back(tmp_path: Path) -> None:
    analysis = analyse(hostile())
    graph = kg.analyse.measured_graph(analysis)
    kg.analyse.write_graphml(graph, tmp_path / "s.graphml")
    kg.analyse.write_gexf(graph, tmp_path / "s.gexf")
    back = nx.read_graphml(tmp_path / "s.graphml")
    assert set(back.edges) == set(graph.edges)
    for iri, data in graph.nodes(data=True):
        assert {k: v for k, v in data.items() if v is not None} == dict(back.nodes[iri])
    for pair in graph.edges:
        kept = {name: value for name, value in graph.edges[pair].items() if value is not None}
        assert kept == {name: value for name, value in back.edges[pair].items() if name != "id"}
    gephi = nx.read_gexf(tmp_path / "s.gexf")
    for pair in graph.edges:
        assert gephi.edges[pair]["weight"] == graph.edges[pair]["strength"]
        assert gephi.edges[pair]["stance_weight"] == graph.edges[pair]["weight"]
    assert {"pn_in", "prestige", "label", "viz"} <= set(gephi.nodes["iran"])
    ET.parse(tmp_path / "s.gexf")


def test_pictures_are_the_same_at_every_run_and_in_both_languages(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", minversion="3.11")
    analysis = analyse(sample())
    first = write_pictures(analysis, tmp_path / "a")
    again = write_pictures(analysis, tmp_path / "b")
    names = [
        f"{what}-{lang}.{form}"
        for what in ("matrix", "timeline", "blocs")
        for lang in LANGS
        for form in ("png", "svg")
    ]
    assert [path.name for path in first] == names
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert (tmp_path / "a/matrix-ar.png").read_bytes() != (tmp_path / "a/matrix-en.png").read_bytes()
    assert write_pictures(analyse([]), tmp_path / "c") == []


def test_arabic_letters_are_joined(tmp_path: Path) -> None:
    matplotlib = pytest.importorskip("matplotlib", minversion="3.11")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    with matplotlib.rc_context({"font.family": ["DejaVu Sans"]}):

        def width(text: str) -> float:
            drawn = figure.text(0, 0, text)
            return float(drawn.get_window_extent().width)

        # Initial and final forms are narrower than two letters kept apart by a non-joiner.
        assert width("بب") < width("ب\u200cب")


def test_every_word_is_there_in_both_languages() -> None:
    for (group, key), row in table().items():
        assert row["ar"], (group, key)
        assert row["en"], (group, key)
        assert set(re.findall(r"\{(\w+)(?:!o)?\}", row["ar"])) == set(re.findall(r"\{(\w+)\}", row["en"])), (
            group,
            key,
        )
        if group == "count":
            assert (len(row["ar"].split("|")), len(row["en"].split("|"))) == (5, 2)


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "فعل واحد"), (2, "فعلان"), (3, "3 أفعال"), (10, "10 أفعال"), (11, "11 فعلا"), (99, "99 فعلا"),
     (100, "100 فعل"), (103, "103 أفعال"), (0, "0 فعل")],
)  # fmt: skip
def test_arabic_numbers_take_their_form_of_the_noun(count: int, words: str) -> None:
    assert counted("acts", count, "ar") == words


def test_lists_end_with_and() -> None:
    assert listed(["a", "b", "c"], "en") == "a, b and c"
    assert listed(["أ", "ب", "ج"], "ar") == "أ وب وج"
    assert listed([], "en") == ""


# the verb


def run(*args: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["analyse", *map(str, args)])
    return result.exit_code, result.output


def test_the_verb_prints_findings_and_writes_everything(seeds_by_rules: Path, tmp_path: Path) -> None:
    code, text = run("-g", seeds_by_rules, "-o", tmp_path, "--no-pictures", "--of", "iran", "--lang", "ar")
    assert code == 0
    assert "موقف روسيا من إيران إيجابي" in text
    assert "موقف روسيا من البحرين" not in text
    assert (tmp_path / "report.html").is_file()
    assert str(tmp_path / "report.html") in text


@pytest.mark.parametrize(
    "topic",
    ["stances", "matrix", "changes", "balance", "parties", "timeline", "reactions", "claims", "sources"],
)
def test_every_topic_is_a_table(topic: str, seeds_output: Path, tmp_path: Path) -> None:
    code, text = run(topic, "-g", seeds_output, "--no-write", "--by", "day", "--most", "5")
    assert code == 0, text
    assert "report" not in text
    assert not (seeds_output / "report.html").exists()
    if topic != "changes":
        assert re.search("Iran|Russia|2025-06|bloc 1|رويترز|مصادر", text)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--period", "soon"), "is no period"),
        (("--of", "nobody-at-all"), "nothing in the graph is called"),
        (("-g", "missing"), "run kg build first"),
    ],
)
def test_a_mistake_is_told_in_one_line(args: tuple[str, ...], words: str, seeds_output: Path) -> None:
    given = args if "-g" in args else ("-g", str(seeds_output), *args)
    code, text = run(*given, "--no-write")
    assert code in (1, 2)
    assert words in text
    assert "Traceback" not in text
    assert len(text.strip().splitlines()) == 1


def test_a_new_build_clears_away_the_old_report(tmp_path: Path) -> None:
    from kg.outputs import OWN

    assert {"report.html", "analysis"} <= set(OWN)


def test_names_behind_prepositions_are_oblique() -> None:
    say = kg.analyse.words.say
    act_words = say("phrase", "act", "ar", what="هجوم", who="الحوثيون والمتمردون", whom="الفلسطينيون")
    assert act_words == "هجوم من الحوثيين والمتمردين تجاه الفلسطينيين"
    bridge = say("finding", "bridge", "ar", a="الإسرائيليون", b="الكوريتان")
    assert "بين الإسرائيليين والكوريتين هي" in bridge
    esteemed = say("finding", "esteemed", "ar", names="الحوثيون")
    assert esteemed.endswith("الحوثيون.")


@pytest.mark.parametrize("name", ["ماكرون", "البنتاغون", "التلفزيون", "السودان", "لواء فاطميون", "القانون"])
def test_names_that_only_look_like_plurals_stay(name: str) -> None:
    assert kg.analyse.words.oblique(name) == name
