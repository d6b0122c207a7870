"""The questions over many articles, and those that count or list: their rows on a small invented world."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from world import articles, graph_of

from kg.queries import list_queries, run
from kg.store import OxigraphStore

Rows = set[tuple[str, ...]]

ACROSS: dict[str, Mapping[str, str]] = {
    "common-ground": {},
    "condemned-both-sides": {},
    "corroborated": {},
    "go-betweens": {},
    "mentions": {"least": "2"},
    "promises-kept": {},
    "retaliations": {},
    "source-record": {"least": "2"},
    "successions": {},
    "threats-carried-out": {},
    "treaty-partners": {"least": "2"},
    "turns": {},
}
"""Questions that no single article of the world answers, with the parameters that make them so."""


@pytest.fixture(scope="module")
def world() -> OxigraphStore:
    return graph_of(articles())


@pytest.fixture(scope="module")
def alone() -> list[OxigraphStore]:
    """A graph for each article by itself."""
    return [graph_of([extraction]) for extraction in articles()]


def ask(store: OxigraphStore, name: str, columns: str, **params: str) -> list[tuple[str, ...]]:
    """Some columns of an answer, in its order; English labels."""
    given = {key.rstrip("_"): value for key, value in params.items()}
    known = {p.name for query in list_queries() if query.name == name for p in query.parameters}
    if "lang" in known:
        given.setdefault("lang", "en")
    return [
        tuple(record.get(column, "") for column in columns.split())
        for record in run(store, name, given).records()
    ]


@pytest.mark.parametrize("name", sorted(ACROSS))
def test_it_takes_more_than_one_article(world: OxigraphStore, alone: list[OxigraphStore], name: str) -> None:
    assert run(world, name, ACROSS[name]).rows
    assert [len(run(store, name, ACROSS[name])) for store in alone] == [0] * len(alone)


def test_who_turned_on_whom(world: OxigraphStore) -> None:
    columns = "actorLabel targetLabel turned friendlyTo hostileFrom"
    turned = ("Arda", "Belor", "hostile", "2031-01-04", "2031-04-30")
    assert ask(world, "turns", columns) == [turned]
    assert ask(world, "turns", columns, from_="2031-01", to="2031-04") == [turned]
    assert ask(world, "turns", columns, to="2031-04-29") == []
    assert ask(world, "turns", columns, from_="2031-02") == []


def test_who_is_on_good_terms_with_both_sides(world: OxigraphStore) -> None:
    columns = "betweenLabel oneLabel otherLabel hostile withOne withOther"
    between = [("Cyra", "Arda", "Dvin", "6", "2", "2"), ("Elam", "Arda", "Dvin", "6", "1", "1")]
    assert ask(world, "go-betweens", columns, side="dvin", against="arda") == between
    assert ask(world, "go-betweens", columns, side="arda", against="dvin") == between
    assert ask(world, "go-betweens", columns, side="arda", against="belor") == []


def test_who_mediates(world: OxigraphStore) -> None:
    columns = "mediatorLabel withLabel what modality"
    assert set(ask(world, "mediations", columns)) == {
        ("Cyra", "Arda", "", "asserted"),
        ("Cyra", "Dvin", "", "asserted"),
        ("Cyra", "", "the dispute", "future"),
    }
    assert ask(world, "mediations", columns, party="dvin") == [("Cyra", "Dvin", "", "asserted")]


def test_common_foes_and_friends(world: OxigraphStore) -> None:
    columns = "oneLabel otherLabel thirdLabel byOne byOther"
    foes = ask(world, "common-ground", columns)
    assert foes[0] == ("Arda", "Belor", "Dvin", "4", "1")
    assert ("Belor", "Elam", "Raid", "1", "1") in foes
    # Elam only asks something of Dvin, and nobody is a common foe with the foe.
    assert not [row for row in foes if row[2] == "Dvin" and "Elam" in row[:2]]
    friends = ask(world, "common-ground", columns, side="Cooperation", third="elam")
    assert friends == [("Arda", "Cyra", "Elam", "1", "2")]


def test_who_reacted_and_in_what_order(world: OxigraphStore) -> None:
    columns = "when actorLabel predicate publisher"
    assert ask(world, "reactions", columns, event="raid") == [
        ("2031-03-03", "Bo", "dip:condemns", "Courier"),
        ("2031-03-04", "Belor", "dip:condemns", "The Herald"),
    ]


def test_what_rests_on_whose_word(world: OxigraphStore, seeds: OxigraphStore) -> None:
    columns = "sourceLabel claims articles contested"
    assert ask(world, "source-record", columns, least="2") == [("Bo", "2", "2", "0")]
    assert ("Reuters", "1") in set(ask(seeds, "source-record", "sourceLabel deniers"))


def test_who_speaks_for_whom(world: OxigraphStore, seeds: OxigraphStore) -> None:
    columns = "speakerLabel statements acts first last"
    assert ask(world, "speaks-for", columns, state="arda") == [
        ("Ana", "1", "3", "2031-01-05", "2031-02-11"),
        ("Arda Ministry", "0", "1", "2031-07-01", "2031-07-01"),
    ]
    # He meets the Russian president, which is an act on behalf of both their states.
    assert {row[0] for row in ask(seeds, "speaks-for", "state", speaker="abbas-araghchi")} == {"kg:iran"}


def test_who_followed_whom(world: OxigraphStore) -> None:
    columns = "beforeLabel last afterLabel first"
    assert ask(world, "successions", columns, state="cyra", role="foreignMinisterOf") == [
        ("Cleo", "2031-01-05", "Carl", "2031-06-01"),
        ("Carl", "2031-06-01", "Dan", "2031-07-01"),
    ]


def test_who_is_quoted_most(seeds: OxigraphStore, world: OxigraphStore) -> None:
    counts = [int(row[0]) for row in ask(seeds, "most-quoted", "statements")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 1
    assert set(ask(world, "most-quoted", "speakerLabel statements direct", state="cyra")) == {
        ("Carl", "1", "0"), ("Cleo", "1", "1"), ("Dan", "1", "1")
    }  # fmt: skip
    assert ask(world, "most-quoted", "speakerLabel", publisher="Mirror") == [("Cleo",)]


def test_a_request_is_answered_by_another_article(world: OxigraphStore, alone: list[OxigraphStore]) -> None:
    columns = "actorLabel targetLabel what"
    to_dvin, to_cyra = ("Elam", "Dvin", "free the sailors"), ("Elam", "Cyra", "open the port")
    assert ask(world, "unanswered-requests", columns) == [to_dvin]
    assert set(ask(alone[1], "unanswered-requests", columns)) == {to_cyra, to_dvin}


def test_threats_that_were_carried_out(world: OxigraphStore) -> None:
    columns = "actorLabel targetLabel threatened done predicate"
    found = set(ask(world, "threats-carried-out", columns))
    assert found == {("Arda", "Dvin", "2031-01-05", "2031-03-02", "dip:attacks")}


def test_blow_and_counter_blow(world: OxigraphStore) -> None:
    """The first answer counts, and not the attack two weeks later; Arda does not answer back."""
    columns = "actorLabel done predicate targetLabel answered answer"
    found = set(ask(world, "retaliations", columns))
    assert found == {("Arda", "2031-03-02", "dip:attacks", "Dvin", "2031-03-19", "dip:coerces")}
    assert ask(world, "retaliations", columns, years="-1") == []


def test_treaties_left(world: OxigraphStore) -> None:
    columns = "treatyLabel stage actorLabel date"
    assert ask(world, "treaties-left", columns) == [("Pact", "dip:left", "Arda", "2031-05")]


def test_treaty_partners(world: OxigraphStore) -> None:
    columns = "oneLabel otherLabel treaties first last"
    assert ask(world, "treaty-partners", columns, party="belor") == [
        ("Arda", "Belor", "2", "2030-05", "2031-06-01"),
        ("Belor", "Cyra", "1", "2031-06-01", "2031-06-01"),
    ]


def test_who_condemned_both_sides(world: OxigraphStore) -> None:
    columns = "stateLabel oneLabel oneSentence otherLabel otherSentence"
    found = set(ask(world, "condemned-both-sides", columns, state="elam"))
    dvin = ("Dvin", "elam أدانت siege")
    assert found == {
        ("Elam", "Arda", "elam accuses arda", *dvin),
        ("Elam", "Arda", "bo أدانت raid", *dvin),
    }
    assert ask(world, "condemned-both-sides", "stateLabel", side="cyra") == []


def test_the_chain_to_the_reader(world: OxigraphStore) -> None:
    columns = "originLabel viaLabel publisher kind"
    assert set(ask(world, "attribution", columns, origin="bo")) == {
        ("Bo", "Herald", "Courier", "dip:Statement"),
        ("Bo", "", "Courier", "dip:Act"),
    }
    # As the outlet between, and as the publisher.
    through = {row[0] for row in ask(world, "attribution", "originLabel", outlet="herald")}
    assert through == {"Ana", "Bo", "Dan"}


def test_what_publishers_yield(world: OxigraphStore) -> None:
    columns = "publisher articles acts statements roles allFacts meanConfidence"
    assert ask(world, "publishers", columns, contains="Courier") == [
        ("Courier", "2", "3", "2", "2", "8", "0.813")
    ]


def test_acts_without_a_date(world: OxigraphStore) -> None:
    columns = "published actorLabel predicate targetLabel"
    assert ask(world, "undated-acts", columns) == [
        ("", "Elam", "dip:aids", "Dvin"),
        ("2031-03-04", "Elam", "dip:accuses", "Arda"),
        ("2031-06-01", "Carl", "dip:supports", "Elam"),
        ("2031-07-01", "Dan", "dip:denies", ""),
    ]


def test_plover_counts(world: OxigraphStore) -> None:
    columns = "type polarity acts articles"
    assert ask(world, "plover-counts", columns, actor="arda", target="dvin") == [
        ("plover:ASSAULT", "plover:MaterialConflict", "3", "3"),
        ("plover:THREATEN", "plover:VerbalConflict", "1", "1"),
    ]
    only = ask(world, "plover-counts", "actorLabel", type="plover:AID")
    assert only == [("Elam",)]


def test_what_several_publishers_tell(world: OxigraphStore) -> None:
    columns = "actorLabel predicate targetLabel publishers articles first last"
    told = [("Arda", "dip:attacks", "Dvin", "3", "3", "2031-03-03", "2031-03-06")]
    assert ask(world, "corroborated", columns) == told
    assert ask(world, "corroborated", columns, least="4") == []


def test_hearsay_ends_where_an_article_tells_it_itself(
    world: OxigraphStore, alone: list[OxigraphStore]
) -> None:
    columns = "sourceLabel actorLabel predicate targetLabel"
    assert ask(world, "hearsay", columns) == [("Bo", "Carl", "dip:supports", "Elam")]
    assert ask(alone[5], "hearsay", columns) == [("Mirror", "Arda", "dip:attacks", "Dvin")]


def test_who_is_in_the_news(world: OxigraphStore) -> None:
    columns = "entityLabel articles publishers first last"
    assert ask(world, "mentions", columns, type="Event", least="2") == [
        ("Raid", "3", "3", "2031-03-03", "2031-03-06"),
        ("Siege", "2", "2", "2031-03-20", "2031-03-21"),
    ]
    # One of the articles on Dvin has no date.
    assert ask(world, "mentions", columns, entity="dvin") == [("Dvin", "8", "3", "2031-01-05", "2031-03-21")]


def test_the_history_of_two(world: OxigraphStore) -> None:
    columns = "when actorLabel predicate targetLabel modality"
    expected = [
        ("2031-02", "Arda", "dip:visits", "Elam", "future"),
        ("2031-02-10", "Arda", "dip:visits", "Elam", "asserted"),
        ("2031-03-04", "Elam", "dip:accuses", "Arda", "asserted"),
        ("2031-07-01", "Arda", "dip:warns", "Elam", "asserted"),
    ]
    assert ask(world, "history", columns, one="arda", other="elam") == expected
    assert ask(world, "history", columns, one="elam", other="arda") == expected


def test_events_with_their_parts(world: OxigraphStore) -> None:
    columns = "eventLabel kind date part whoLabel articles"
    assert ask(world, "events", columns, participant="dvin") == [
        ("Raid", "plover:ASSAULT", "2031-03-02", "dip:patient", "Dvin", "3"),
        ("Siege", "plover:ASSAULT", "2031-03-19", "dip:agent", "Dvin", "2"),
    ]
    assert len(ask(world, "events", columns, event="raid")) == 3


def test_what_was_announced_and_done(world: OxigraphStore) -> None:
    columns = "actorLabel predicate targetLabel announced date"
    visit = ("dip:visits", "Elam", "2031-01-05", "2031-02-10")
    assert ask(world, "promises-kept", columns) == [("Ana", *visit), ("Arda", *visit)]


def test_what_articles_call_a_thing(seeds: OxigraphStore, world: OxigraphStore) -> None:
    names = {row[0] for row in ask(seeds, "names", "name", entity="united-states")}
    assert len(names) > 1
    assert ask(world, "names", "name articles publishers", entity="raid") == [("The Raid", "3", "3")]


def test_acts_a_month(world: OxigraphStore) -> None:
    assert ask(world, "pace", "month polarity acts", actor="arda", target="dvin") == [
        ("2031-01", "plover:VerbalConflict", "1"),
        ("2031-03", "plover:MaterialConflict", "3"),
    ]


def test_where_things_happen(world: OxigraphStore) -> None:
    columns = "placeLabel acts events articles first last"
    assert ask(world, "places", columns) == [("Port Sol", "2", "1", "2", "2031-01-20", "2031-03-03")]
