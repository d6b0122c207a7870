from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pyoxigraph import RdfFormat, Triple, parse
from samples import first, second

from kg.errors import KgError
from kg.model import Evidence, Extraction, Span
from kg.rdf.build import article_quads, merged_quads
from kg.rdf.shacl import _Reader, index_quads, violations
from kg.rdf.validate import gate, report

NOTHING = Span(0, 0, "")


def act(**changes: object) -> Extraction:
    x = first()
    return replace(x, acts=(replace(x.acts[2], **changes), *x.acts[:2]))  # type: ignore[arg-type]


def treaty(**changes: object) -> Extraction:
    x = first()
    return replace(x, treaties=(replace(x.treaties[0], **changes),))  # type: ignore[arg-type]


def role(**changes: object) -> Extraction:
    x = first()
    return replace(x, roles=(replace(x.roles[0], **changes),))  # type: ignore[arg-type]


def statement(**changes: object) -> Extraction:
    x = first()
    return replace(x, statements=(replace(x.statements[0], **changes),))  # type: ignore[arg-type]


def event(**changes: object) -> Extraction:
    x = first()
    return replace(x, events=(replace(x.events[0], **changes),))  # type: ignore[arg-type]


BAD: dict[str, tuple[Callable[[], Extraction], str]] = {
    "no evidence": (lambda: act(evidence=Evidence(NOTHING)), "factEvidence"),
    "evidence ends before it begins": (
        lambda: act(evidence=Evidence(Span(30, 20, "ودعت موسكو"))),
        "evidenceBegin",
    ),
    "negative offset": (lambda: act(evidence=Evidence(Span(-4, 20, "ودعت موسكو"))), "evidenceBegin"),
    "no actor": (lambda: act(actors=()), "actActor"),
    "unknown actor": (lambda: act(actors=("E99",)), "actActor"),
    "a treaty as actor": (lambda: act(actors=("T1",)), "actActor"),
    "neither target nor object": (lambda: act(targets=(), object=None), "Act"),
    "unknown target": (lambda: act(targets=("E99",)), "actTarget"),
    "unknown predicate": (lambda: act(predicate="loves"), "actPredicate"),
    "unknown modality": (lambda: act(modality="maybe"), "actModality"),
    "no trigger": (lambda: act(trigger=NOTHING), "actTrigger"),
    "trigger without width": (lambda: act(trigger=Span(9, 9, "دعت")), "actTriggerBegin"),
    "confidence above one": (lambda: act(confidence=1.2), "factConfidence"),
    "confidence below zero": (lambda: act(confidence=-0.1), "factConfidence"),
    "confidence is no number": (lambda: act(confidence=float("nan")), "factConfidence"),
    "date that does not exist": (lambda: act(date="2025-02-30"), "factDate"),
    "unknown source": (lambda: act(source="E99"), "factSource"),
    "unknown place": (lambda: act(place="E99"), "factPlace"),
    "treaty date in words": (lambda: treaty(signed="يناير الماضي"), "treatySignedOn"),
    "treaty without parties": (lambda: treaty(parties=()), "treatyParty"),
    "treaty that is a state": (lambda: treaty(treaty="E2"), "treatyTreaty"),
    "unknown role": (lambda: role(role="tsar"), "roleRole"),
    "role of a state": (lambda: role(person="E2"), "roleHolder"),
    "role in nothing known": (lambda: role(of="E99"), "roleHeldIn"),
    "speech without content": (lambda: statement(content=NOTHING), "statementContent"),
    "unknown speaker": (lambda: statement(speaker="E99"), "statementSpeaker"),
    "event that is a person": (lambda: event(event="E1"), "eventEvent"),
    "unknown patient": (lambda: event(patients=("E99",)), "eventPatient"),
}


@pytest.mark.parametrize("make", [first, second])
def test_good_articles_pass_both_gates(make: Callable[[], Extraction]) -> None:
    x = make()
    gated = gate(x)
    assert gated.rejections == ()
    assert gated.extraction is x
    assert gated.quads == article_quads(x)
    assert report(gated.quads) == ()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_fact_is_kept_out_and_reported(name: str) -> None:
    make, rule = BAD[name]
    x = make()
    gated = gate(x)
    assert rule in {r.rule for r in gated.rejections}
    for rejection in gated.rejections:
        assert rejection.article == "first"
        assert rejection.node.startswith("https://w3id.org/diplomacy-kg/id/")
        assert rejection.message
        assert rejection.message_ar
        assert rejection.sentence
    left = gated.extraction
    facts = ("roles", "acts", "statements", "treaties", "events")
    lost = [f for f in facts if len(getattr(left, f)) == len(getattr(x, f)) - 1]
    assert len(lost) == 1
    # What remains is whole: it passes, and its direct triples name no rejected fact.
    assert gate(left).rejections == ()
    assert gated.quads == article_quads(left)
    assert not any("unknown/" in str(q) for q in merged_quads([left]))


@pytest.mark.parametrize("name", BAD)
def test_the_fast_gate_agrees_with_pyshacl(name: str) -> None:
    quads = article_quads(BAD[name][0]())
    fast = {(v.node.value, v.shape, v.message, v.message_ar) for v in violations(index_quads(quads))}
    full = {(r.node, r.rule, r.message, r.message_ar) for r in report(quads)}
    assert fast == full


def test_an_entity_without_label_takes_its_facts_along() -> None:
    x = first()
    nameless = replace(
        x, entities=tuple(replace(e, name="", en=None) if e.id == "E6" else e for e in x.entities)
    )
    gated = gate(nameless)
    assert {r.rule for r in gated.rejections} == {"entityLabel", "actTarget"}
    assert "E6" not in {e.id for e in gated.extraction.entities}
    assert len(gated.extraction.acts) == len(x.acts) - 1


def test_an_article_with_an_impossible_date_stays_without_it() -> None:
    x = first()
    gated = gate(replace(x, article=replace(x.article, date="2025-13-40")))
    assert [r.rule for r in gated.rejections] == ["articlePublished"]
    assert gated.extraction.article.date is None
    assert gated.extraction.acts == x.acts


def test_a_constraint_that_the_gate_does_not_know_is_refused() -> None:
    text = """
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix a: <http://a.example/> .
    a:S a sh:NodeShape ; sh:targetClass a:C ; sh:property [ sh:path a:p ; sh:pattern "x" ] .
    """
    triples: list[Triple] = [q.triple for q in parse(text.encode(), format=RdfFormat.TURTLE)]
    with pytest.raises(KgError, match="sh:pattern"):
        _Reader(triples).targets()


def test_a_summit_may_act() -> None:
    assert gate(act(actors=("V2",))).rejections == ()
    assert report(article_quads(act(actors=("V2",)))) == ()


def test_full_report_shows_the_sentence() -> None:
    (rejection,) = report(article_quads(act(confidence=2.0)))
    assert rejection.rule == "factConfidence"
    assert rejection.value == "2.0"
    assert rejection.sentence == "ودعت موسكو واشنطن إلى وقف الهجمات."
