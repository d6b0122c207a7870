"""Offices of counterparts and predecessors: "نظيره التركي" and "سلفه" hold that of somebody else."""

from __future__ import annotations

from dataclasses import replace

from kg.data.people import Title
from kg.extract.offices import PREDECESSOR
from kg.link.gazetteer import leader_offices
from kg.nlp.drafts import TitlePhrase
from kg.nlp.layer import Layer

CHIEFS = frozenset({"head_of_state", "head_of_government", "crown_prince"})


def inherit_offices(layer: Layer, phrases: list[TitlePhrase]) -> None:
    """Give "نظيره" the office of whom it is a counterpart of: the subject, else the office named last."""
    for n, phrase in enumerate(phrases):
        if not phrase.counterpart:
            continue
        here = [p for p in phrases[:n] if not p.counterpart and p.row.role]
        if phrase.row is PREDECESSOR:
            _succeed(layer, phrase, here)
            continue
        same = [p for p in here if layer.sentence_of[p.first] == layer.sentence_of[phrase.first]]
        leading = [p for p in same if p.row.role not in ("spokesperson", "journalist")]
        if "و" in phrase.proclitics and same:
            phrase.row = same[-1].row
        elif leading:
            phrase.row = leading[0].row
        elif (role := _subject_role(layer, phrase, here)) is not None:
            phrase.row = role
        elif same or here:
            phrase.row = (same or here[-1:])[0].row
        phrase.row = _known_office(phrase, layer.article.date) or phrase.row


def _succeed(layer: Layer, phrase: TitlePhrase, before: list[TitlePhrase]) -> None:
    """Give "سلفه" the office named last before it in its sentence, with its state."""
    same = [p for p in before if layer.sentence_of[p.first] == layer.sentence_of[phrase.first]]
    if not same:
        return
    phrase.row = same[-1].row
    phrase.state, phrase.owner, phrase.body = same[-1].state, same[-1].owner, same[-1].body


def _subject_role(layer: Layer, phrase: TitlePhrase, before: list[TitlePhrase]) -> Title | None:
    """The office of the person named before "نظيره" in its sentence, by an earlier title or by the tables."""
    begin = layer.sentences[layer.sentence_of[phrase.first]].first
    for i in range(phrase.first - 1, begin - 1, -1):
        person = layer.mention_at.get(i)
        if person is None or person.type != "PERSON":
            continue
        tail = layer.folds[person.last - 1]
        for p in reversed(before):
            other = p.person
            if other is not None and (
                (other.link and other.link == person.link) or layer.folds[other.last - 1] == tail
            ):
                return p.row
        offices = leader_offices(person.link, layer.article.date) if person.link else []
        if offices:
            return replace(phrase.row, role=offices[0][0])
    return None


def _known_office(phrase: TitlePhrase, on: str | None) -> Title | None:
    """The office of a counterpart whom the tables know, where they do not give the inherited one."""
    link = phrase.person.link if phrase.person is not None else None
    roles = [role for role, _ in leader_offices(link, on)] if link else []
    chiefs = phrase.row.role in CHIEFS or not phrase.row.role
    if phrase.row.role in roles or not roles or (not chiefs and roles[0] in CHIEFS):
        return None  # a minister's counterpart is a minister, whatever else he is
    return replace(phrase.row, role=roles[0])
