from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.queries import Query, get_query, list_queries, parse_query, run
from kg.rdf.vocabulary import DEFAULT_BASE
from kg.store import OxigraphStore

STRIKES = "us-strikes-on-iran-2025-06"


def ask(store: OxigraphStore, name: str, **params: str) -> list[dict[str, str]]:
    params = {key.rstrip("_"): value for key, value in params.items()}
    return list(run(store, name, params).records())


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
def test_every_query_is_documented_and_answers(everything: OxigraphStore, query: Query) -> None:
    assert all((query.title, query.title_ar, query.description, query.description_ar))
    assert all(p.help and p.help_ar for p in query.parameters)
    for parameter in query.parameters:
        assert f"?{parameter.name}" in query.sparql.partition("SELECT")[2]
    result = run(everything, query)
    assert result.rows
    assert result.rows == run(everything, query.name).rows
    assert len(set(result.rows)) == len(result.rows)


def test_who_holds_which_role_for_which_state(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "roles", state="kg:russia", lang="en")
    held = {(r["person"], r["role"]) for r in rows}
    assert ("kg:vladimir-putin", "dip:headOfStateOf") in held
    assert ("kg:sergei-lavrov", "dip:foreignMinisterOf") in held
    assert {r["stateLabel"] for r in rows} == {"Russia"}


def test_who_condemned_which_event(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "condemnations", target=STRIKES)
    assert {r["actor"] for r in rows} == {"kg:vladimir-putin"}
    assert {r["actorLabel"] for r in rows} == {"فلاديمير بوتين"}
    assert len({r["sentence"] for r in rows}) == 2


def test_which_states_condemned_the_strikes_through_their_officials(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "states-condemning", target=STRIKES, lang="en")
    assert {(r["stateLabel"], r["byLabel"]) for r in rows} == {("Russia", "Vladimir Putin")}


def test_treaties_with_parties_and_dates(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "treaties", party="إيران")
    assert {r["treaty"] for r in rows} == {"kg:russia-iran-treaty-2025"}
    assert {r["member"] for r in rows} == {"kg:russia", "kg:iran"}
    assert {r["signedOn"] for r in rows} == {"2025-01"}


def test_who_met_or_called_whom_and_when(seeds: OxigraphStore) -> None:
    meetings = ask(seeds, "contacts", actor="abbas-araghchi", predicate="meets")
    assert ("kg:vladimir-putin", "kg:abbas-araghchi", "2025-06-23") in {
        (r["from"], r["to"], r.get("date")) for r in meetings
    }
    calls = ask(seeds, "contacts", actor="vladimir-putin", predicate="dip:phones")
    assert any("kg:hamad-bin-isa-al-khalifa" in (r["from"], r["to"]) for r in calls)


def test_who_asks_what_of_whom(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "requests", actor="iran", target="vladimir-putin")
    assert {r["addressee"] for r in rows} == {"kg:vladimir-putin"}
    assert any(r.get("what", "").startswith("بذل المزيد من الجهود") for r in rows)


def test_statements_of_a_person(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "statements", speaker="ديمتري بيسكوف", contains="مستقلة")
    assert [r["content"] for r in rows] == ["هذه عمليات مستقلة"]
    assert rows[0]["onBehalfOf"] == "kg:russia"
    assert {r["onBehalfOf"] for r in ask(seeds, "statements", state="kg:russia")} == {"kg:russia"}


def test_what_one_source_claims_and_another_denies(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "contested", denier="dmitry-peskov")
    acts = {(r["claimant"], r.get("predicate"), r["denier"]) for r in rows}
    assert ("kg:reuters", "dip:phones", "kg:dmitry-peskov") in acts
    denied = {r["denied"] for r in rows if r["claimant"] == "kg:reuters"}
    assert denied >= {"تقرير رويترز هذا", "تلقي أي وثيقة مكتوبة"}
    # Peskov says that Russia backed Iran; Iran says that it did not.
    assert "kg:iran" in {r["denier"] for r in ask(seeds, "contested", claimant="dmitry-peskov")}


def test_acts_on_a_date_range(seeds: OxigraphStore) -> None:
    day = {r["date"] for r in ask(seeds, "acts-between", from_="2025-06-23", to="2025-06-23")}
    assert day == {"2025", "2025-06", "2025-06-23"}
    assert {r["date"] for r in ask(seeds, "acts-between", to="2003-12-31")} == {"2003"}
    assert not ask(seeds, "acts-between", from_="2026-01-01")


def test_the_evidence_of_one_edge(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "evidence", subject="russia", predicate="condemns", object=STRIKES)
    assert {r["trigger"] for r in rows} == {"غير المبررة", "دان"}
    assert len({r["article"] for r in rows}) == 2
    assert ask(seeds, "evidence", subject="vladimir-putin", predicate="headOfStateOf", object="russia")
    assert ask(seeds, "evidence", subject="russia-iran-treaty-2025", predicate="party", object="iran")


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
def test_every_parameter_narrows_the_answer(everything: OxigraphStore, query: Query) -> None:
    """Also where the variable stands in an OPTIONAL only, which by itself would let all rows pass."""
    every = len(run(everything, query))
    for parameter in query.parameters:
        if parameter.type in ("entity", "property"):
            nothing = {"entity": DEFAULT_BASE + "nobody", "property": "dip:nothing"}[parameter.type]
            assert len(run(everything, query, {parameter.name: nothing})) == 0 < every, parameter.name


def test_stances_count_acts_on_behalf_of_states(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "stances", actor="russia", target=STRIKES)
    assert {r["polarity"]: r["acts"] for r in rows}["plover:VerbalConflict"] >= "2"


def test_sparql_text_takes_parameters_too(seeds: OxigraphStore) -> None:
    query = "SELECT ?o WHERE { GRAPH ?facts { ?who dip:headOfStateOf ?o } }"
    assert run(seeds, query, {"who": "kg:vladimir-putin"}).as_table() == [["kg:russia"]]


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("no-such-query", {}, "choose one of"),
        ("roles", {"nobody": "x"}, "has no parameter nobody"),
        ("roles", {"person": "أطلنطس"}, "nothing in the graph is called"),
        ("acts-between", {"from": "أمس"}, "is no date"),
        ("contacts", {"predicate": "not a property!"}, "is no property"),
    ],
)
def test_mistakes_are_explained(
    seeds: OxigraphStore, name: str, params: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        run(seeds, name, params)


def test_names_are_found_whatever_their_hamzas_and_case(seeds: OxigraphStore) -> None:
    for name in ("إيران", "ايران", "إِيران", "iran", "IRAN"):
        assert run(seeds, "roles", {"state": name}).rows == run(seeds, "roles", {"state": "kg:iran"}).rows


@pytest.mark.parametrize("name", ["Putin", "بوتن", "vladimir-puttin"])
def test_a_name_that_is_nobodys_brings_a_suggestion(seeds: OxigraphStore, name: str) -> None:
    with pytest.raises(QueryError, match=r"do you mean .*kg:vladimir-putin"):
        run(seeds, "roles", {"person": name})


def test_values_cannot_break_out_of_their_place(seeds: OxigraphStore) -> None:
    evil = '") } UNION { ?speaker ?p ?content } #'
    assert not run(seeds, "statements", {"contains": evil}).rows
    with pytest.raises(QueryError):
        run(seeds, "statements", {"speaker": f"<{DEFAULT_BASE}x> ?p ?o }} #"})


def test_a_header_must_be_complete() -> None:
    with pytest.raises(QueryError, match="title in ar"):
        parse_query("q", "# title: x\n# description: y\n# description@ar: ص\nSELECT * {}")
    with pytest.raises(QueryError, match="malformed parameter"):
        parse_query("q", "# param: x thing | a | b")
    assert get_query("roles").parameters[0].default is None


def test_the_life_of_a_treaty(seeds: OxigraphStore) -> None:
    rows = ask(seeds, "life", thing="russia-iran-treaty-2025", lang="en")
    assert {(r["stageLabel"], r["modality"]) for r in rows} == {("signed", "asserted")}
    assert "2025-01" in {r["date"] for r in rows}
    assert all(r["sentence"] for r in rows)
