"""Which tokens of a ``Doc`` the encoder reads together."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.arabic import split_sentences


def sentence_ranges(doc: Doc) -> list[tuple[int, int]]:
    """Sentences of a document as token ranges that cover every token.

    The sentence borders set on the ``Doc`` hold; where there are none, the project's splitter
    finds them. White space between two sentences belongs to the first.

    Returns:
        Half-open ranges in text order, without gaps; none for an empty document.
    """
    if not len(doc):
        return []
    if doc.has_annotation("SENT_START"):
        return [(sentence.start, sentence.end) for sentence in doc.sents]
    begins = [0]
    at = 0
    for start, _ in split_sentences(doc.text)[1:]:
        while at < len(doc) and doc[at].idx < start:
            at += 1
        if begins[-1] < at < len(doc):
            begins.append(at)
    return list(zip(begins, [*begins[1:], len(doc)], strict=True))
