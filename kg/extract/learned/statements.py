"""Statements as rules and network see them together. Component ``kg_learned_statements_v1``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.learned.reading import Range, Reading
from kg.extract.learned.settings import CONTENT, KEEP_STATEMENT, SPEAKER
from kg.extract.learned.spans import mass
from kg.nlp.drafts import EntityDraft, StatementDraft
from kg.nlp.layer import CLOSING, OPENING, STRAIGHT, Layer

METHOD = "kg.learned_statements.v1"
_SPEAKERS = frozenset({"PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "GROUP"})
_STRIP = " \n\t.،,؛:" + "".join(OPENING | CLOSING | STRAIGHT)
_SHORTEST = 2


def revise_statements(layer: Layer, reading: Reading) -> list[StatementDraft]:
    """The statements of an article: those of the rules that the network does not deny, and those it adds."""
    tags = reading.tags("contents")
    found: list[tuple[Range, StatementDraft]] = []
    known = [(_tokens(layer, s), s) for s in layer.statement_drafts]
    links = reading.linked("statements", layer, [span for span, _ in known])
    for (span, draft), (speakers,) in zip(known, links, strict=True):
        if mass(tags, *span) < KEEP_STATEMENT:
            continue
        best = _speakers(speakers)
        if best and speakers.get(draft.speaker, 0.0) < SPEAKER:
            draft.speaker = best[0]
        found.append((span, draft))
    held = {i for span, _ in found for i in range(*span)}
    new = [
        (f.first, f.last)
        for f in reading.spans("contents", CONTENT)
        if f.last - f.first >= _SHORTEST and len(held & set(range(f.first, f.last))) * 2 < f.last - f.first
    ]
    for span, (speakers,) in zip(new, reading.linked("statements", layer, new), strict=True):
        for speaker in _speakers(speakers):
            new_one = _draft(layer, span, speaker)
            if new_one is not None:
                found.append((span, new_one))
    found.sort(key=lambda f: (f[0], f[1].speaker.name))
    return [draft for _, draft in found]


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
