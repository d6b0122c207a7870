"""Statements as rules and network see them together. Component ``kg_learned_statements_v1``."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.confidence import log_odds
from kg.extract.learned.reading import Range, Reading
from kg.extract.learned.settings import CONTENT, SPEAKER, STATEMENT
from kg.extract.learned.spans import mass
from kg.nlp.drafts import EntityDraft, StatementDraft
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer

METHOD = "kg.learned_statements.v1"
_SPEAKERS = frozenset({"PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "GROUP"})
_STRIP = " \n\t.،,؛:" + "".join(OPENING | CLOSING | STRAIGHT)
_SHORTEST = 2
_SHORT = 5


def revise_statements(layer: Layer, reading: Reading) -> list[StatementDraft]:
    """The statements of an article: those of the rules and those that only the network sees, if sure."""
    known = [(_tokens(layer, s), s) for s in layer.statement_drafts]
    held = {i for span, _ in known for i in range(*span)}
    new = [
        (f.first, f.last)
        for f in reading.spans("contents", CONTENT)
        if f.last - f.first >= _SHORTEST and len(held & set(range(f.first, f.last))) * 2 < f.last - f.first
    ]
    found: list[tuple[Range, StatementDraft]] = []
    links = reading.linked("statements", layer, [*(span for span, _ in known), *new])
    for (span, draft), (speakers,) in zip(known, links, strict=False):
        best = _speakers(speakers)
        if best and speakers.get(draft.speaker, 0.0) < SPEAKER:
            draft.speaker = best[0]
        found.append((span, _judged(reading, draft, span, speakers, by_rules=True)))
    for span, (speakers,) in zip(new, links[len(known) :], strict=True):
        for speaker in _speakers(speakers):
            new_one = _draft(layer, span, speaker)
            if new_one is not None:
                found.append((span, _judged(reading, new_one, span, speakers, by_rules=False)))
    kept = [f for f in found if f[1].confidence is not None and f[1].confidence >= STATEMENT]
    kept.sort(key=lambda f: (f[0], f[1].speaker.name))
    return [draft for _, draft in kept]


def _judged(
    reading: Reading,
    draft: StatementDraft,
    span: Range,
    speakers: Mapping[EntityDraft, float],
    *,
    by_rules: bool,
) -> StatementDraft:
    """A statement with its confidence and what that depends on."""
    tags = reading.tags("contents")
    draft.evidence = {
        "content": log_odds(mass(tags, *span)),
        "begins": log_odds(float(tags[span[0], 1])),
        "speaker": log_odds(speakers.get(draft.speaker, 0.5)),
        "rule": float(by_rules),
        "direct": float(draft.direct),
        "short": float(span[1] - span[0] < _SHORT),
    }
    draft.confidence = reading.confidence("statements", draft.evidence)
    draft.method = METHOD
    return draft


def _tokens(layer: Layer, statement: StatementDraft) -> Range:
    return layer.token_at(statement.start), layer.token_at(max(statement.start, statement.end - 1)) + 1


def _speakers(scores: dict[EntityDraft, float]) -> list[EntityDraft]:
    """Who says it: all that are likelier than not, else the likeliest."""
    ranked = sorted(
        ((score, -i, e) for i, (e, score) in enumerate(scores.items()) if e.type in _SPEAKERS),
        key=lambda r: r[:2],
        reverse=True,
    )
    sure = [e for score, _, e in ranked if score >= 0.5]
    return sure or [e for score, _, e in ranked[:1] if score >= SPEAKER]


def _draft(layer: Layer, span: Range, speaker: EntityDraft) -> StatementDraft | None:
    """A statement over tokens, without the marks around it."""
    start, end = layer.starts[span[0]], layer.ends[span[1] - 1]
    text = layer.text[start:end]
    start += len(text) - len(text.lstrip(_STRIP))
    end -= len(text) - len(text.rstrip(_STRIP))
    if end <= start:
        return None
    quoted = sum(max(0, min(end, q.end) - max(start, q.start)) for q in layer.quotes)
    sentence = layer.sentences[layer.sentence_of[span[0]]]
    return StatementDraft(speaker, start, end, sentence, direct=2 * quoted > end - start)


@Language.component("kg_learned_statements_v1", assigns=["doc._.kg"])
def learned_statements_component(doc: Doc) -> Doc:
    """spaCy component: statements."""
    layer: Layer = doc._.kg
    layer.statement_drafts = revise_statements(layer, doc._.reading)
    return doc
