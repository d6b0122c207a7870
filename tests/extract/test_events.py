"""Events: type, those who take part, place."""

from __future__ import annotations

import pytest
from extract_reading import Facts, Reader

from kg.model import Event


def only_event(read: Facts) -> Event:
    (event,) = read.extraction.events
    return event


@pytest.mark.parametrize(
    ("text", "kind", "agents", "patients"),
    [
        ("دانت الصين الهجوم الإسرائيلي على لبنان.", "ASSAULT", {"israel"}, {"lebanon"}),
        ("دانت الصين هجوم إسرائيل على لبنان.", "ASSAULT", {"israel"}, {"lebanon"}),
        ("دانت فرنسا الغزو الروسي لأوكرانيا.", "ASSAULT", {"russia"}, {"ukraine"}),
        ("دانت الصين الضربات الأمريكية على إيران.", "ASSAULT", {"united-states"}, {"iran"}),
        ("دانت الصين الضربات الأميركية على إيران.", "ASSAULT", {"united-states"}, {"iran"}),
        ("دانت مصر العقوبات الأمريكية على إيران.", "SANCTION", {"united-states"}, {"iran"}),
        ("انتقدت فرنسا الحرب بين روسيا وأوكرانيا.", "ASSAULT", {"russia", "ukraine"}, set()),
        ("رحبت تركيا بوقف إطلاق النار بين إسرائيل وحماس.", "RETREAT", {"israel", "hamas"}, set()),
        ("رحبت مصر بالقمة العربية.", "CONSULT", set(), set()),
        ("أدانت مصر الهجوم على السفارة.", "ASSAULT", set(), set()),
    ],
)
def test_type_and_participants(
    facts: Reader, text: str, kind: str, agents: set[str], patients: set[str]
) -> None:
    read = facts(text)
    event = only_event(read)
    assert event.event_type == kind
    assert read.extraction.by_id[event.event].event_type == kind
    assert read.names(event.agents) == agents
    assert read.names(event.patients) == patients


def test_a_visit_is_a_consultation_of_guest_and_host(facts: Reader) -> None:
    read = facts("رحبت فرنسا بزيارة بوتين إلى الصين.")
    event = only_event(read)
    assert event.event_type == "CONSULT"
    assert {"vladimir-putin", "china"} <= read.names((*event.agents, *event.patients))


def test_where_it_happened(facts: Reader) -> None:
    read = facts("دانت الصين الغارات الإسرائيلية على غزة.")
    event = only_event(read)
    assert read.names(event.agents) == {"israel"}
    assert "gaza-strip" in {read.name(event.place), *read.names(event.patients)}


def test_the_name_of_an_event_is_the_whole_phrase(facts: Reader) -> None:
    read = facts("دانت الصين الهجوم الإسرائيلي على لبنان.")
    assert read.of_type("EVENT") == {"الهجوم الإسرائيلي على لبنان"}


def test_the_state_of_an_adjective_becomes_an_entity(facts: Reader) -> None:
    read = facts("دانت الصين الهجوم الإسرائيلي على لبنان.")
    assert read.entity("israel").mentions == ()


def test_an_event_named_again_is_the_same(facts: Reader) -> None:
    read = facts("دانت الصين الهجوم الإسرائيلي على لبنان. ودانت مصر الهجوم الإسرائيلي على لبنان.")
    assert len(read.of_type("EVENT")) == 1
    assert len(only_event(read).agents) == 1
