"""Reading facts, and the analysis of real builds."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Dataset

import kg
from kg.analyse import Quote, analyse, findings, read_facts
from kg.analyse.finding import LIKELY, TOPICS, make_finding, with_more
from kg.analyse.phrase import tally_words
from kg.errors import StoreError
from kg.store import open_output

ROOT = Path(__file__).parents[2]
ID = "https://w3id.org/diplomacy-kg/id/"


def test_every_source_gives_the_same_facts(seeds_output: Path, tmp_path: Path) -> None:
    facts = read_facts(seeds_output)
    assert facts == read_facts(seeds_output / "graph.trig")
    assert facts == read_facts(kg.extract([ROOT / "seeds"]))
    assert facts == read_facts(kg.load(seeds_output))
    with open_output(seeds_output) as store:
        assert facts == read_facts(store)
    plain = Dataset(default_union=True)
    plain.parse(seeds_output / "graph.trig", format="trig")
    assert facts.acts == read_facts(plain).acts
    assert read_facts(facts) is facts


def test_facts_carry_what_the_graph_says(seeds_output: Path) -> None:
    facts = read_facts(seeds_output)
    assert facts.articles == 2
    assert (facts.name(ID + "russia", "ar"), facts.name(ID + "russia", "en")) == ("روسيا", "Russia")
    assert facts.speaks[ID + "vladimir-putin"] == facts.speaks[ID + "kremlin"] == ID + "russia"
    texts = {one.article.id: one.article.full_text for one in kg.extract([ROOT / "seeds"])}
    for act in facts.acts:
        quote = act.quote
        assert texts[quote.article][quote.begin : quote.end] == quote.sentence
        assert quote.trigger_begin is not None
        assert texts[quote.article][quote.trigger_begin :].startswith(quote.trigger or "?")


def test_no_graph_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        analyse(tmp_path)
    assert "kg build" in error.value.mend


def test_the_seeds_read_as_a_reader_would(seeds_by_rules: Path) -> None:
    analysis = analyse(seeds_by_rules)
    edges = analysis.network.edges
    russia, iran, usa, israel = (ID + name for name in ("russia", "iran", "united-states", "israel"))
    assert edges[usa, iran].sign == edges[israel, iran].sign == -1
    assert edges[russia, iran].sign == edges[iran, russia].sign == 1
    assert edges[russia, usa].sign == -1
    assert edges[ID + "bahrain", russia].sign == 1
    assert analysis.blocs
    bloc = analysis.blocs.bloc
    assert bloc[russia] == bloc[iran] == bloc[ID + "bahrain"] != bloc[usa] == bloc[israel]


def test_every_finding_is_in_both_languages_and_proves_itself(seeds_output: Path) -> None:
    analysis = analyse(seeds_output)
    found = findings(analysis)
    assert {finding.topic for finding in found} >= set(TOPICS) - {"changes"}
    uncounted = {"overview", "balance", "balance_none", "blocs", "reciprocity", "pace_none", "source_none"}
    for finding in found:
        assert finding.ar.endswith(".")
        assert finding.en.endswith(".")
        assert "{" not in finding.ar + finding.en
        assert finding.evidence or finding.key in uncounted, finding.en
    texts = {extraction.article.full_text for extraction in kg.extract([ROOT / "seeds"])}
    for quote in {quote for finding in found for quote in finding.evidence}:
        assert any(quote.sentence in text for text in texts)


def test_doubtful_edges_are_no_findings(seeds_output: Path) -> None:
    analysis = analyse(seeds_output)
    doubtful = {pair for pair, edge in analysis.network.edges.items() if edge.confidence < LIKELY}
    assert doubtful
    told = {finding.about for finding in findings(analysis) if finding.key.startswith("stance_")}
    assert told
    assert not told & doubtful


def test_the_same_graph_gives_the_same_analysis(seeds_output: Path) -> None:
    assert findings(analyse(seeds_output)) == findings(analyse(kg.extract([ROOT / "seeds"])))


def test_an_empty_graph_has_an_analysis_too() -> None:
    analysis = analyse([])
    assert analysis.blocs is None
    assert [finding.key for finding in findings(analysis)] == ["overview", "balance_none", "source_none"]


def test_a_long_tally_is_cut() -> None:
    counts = [(key, 9) for key in ("meets", "phones", "visits", "hosts", "praises", "rejects", "warns")]
    assert tally_words("predicate", counts)("en").endswith("rejects (9) and others")
    assert "…" not in tally_words("predicate", counts[:6])("ar")


def test_equal_sentences_are_one_finding_with_the_evidence_of_both() -> None:
    quotes = [Quote(f"جملة {i}.", 0, 7, f"a{i}", "خبر", None, None) for i in (1, 2)]
    one, other = (
        make_finding("claims", "source_none", [quote], [iri]) for quote, iri in zip(quotes, "xy", strict=True)
    )
    both = with_more(one, other)
    assert (both.ar, both.evidence, both.about) == (one.ar, tuple(quotes), ("x", "y"))
