"""Roles as rules and network see them together. Component ``kg_learned_roles_v1``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.data.people import Title
from kg.extract.learned.labels import CLASSES
from kg.extract.learned.reading import Reading
from kg.extract.learned.settings import HOLDER, OWNER, TITLE
from kg.nlp.drafts import EntityDraft, TitlePhrase
from kg.nlp.layer import Layer

_ROLES = CLASSES["roles"]
_OWNERS = frozenset({"STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "PLACE"})

RoleDraft = tuple[EntityDraft, str, EntityDraft | None, TitlePhrase]


def revise_roles(layer: Layer, reading: Reading) -> list[RoleDraft]:
    """The roles of an article: those of the rules, with the owners they lack, and those the network adds."""
    known = list(layer.role_drafts)
    read = [phrase for *_, phrase in known] + [p for p in layer.titles if p.person is not None]
    taken = {i for phrase in read for i in range(phrase.first, phrase.last)}
    new = [f for f in reading.spans("titles", TITLE) if not taken & set(range(f.first, f.last))]
    spans = [(phrase.first, max(phrase.last, phrase.first + 1)) for *_, phrase in known]
    spans += [(f.first, f.last) for f in new]
    links = reading.linked("titles", layer, spans)
    classes = reading.classes("roles", spans)
    found: list[RoleDraft] = []
    for draft, (_, owners) in zip(known, links, strict=False):
        person, role, owner, phrase = draft
        found.append((person, role, owner or _likeliest(owners, OWNER), phrase))
    at = len(known)
    for span, (holders, owners), row in zip(new, links[at:], classes[at:], strict=True):
        role = _ROLES[int(row.argmax())]
        for person, score in holders.items():
            if person.type == "PERSON" and score >= HOLDER and any(m.kind == "name" for m in person.mentions):
                text = layer.span(span.first, span.last).text
                phrase = TitlePhrase(span.first, span.last, Title(text, (text,), role, (), (), (), "", False))
                found.append((person, role, _likeliest(owners, OWNER), phrase))
    unique: dict[tuple[int, str, int], RoleDraft] = {}
    for draft in found:
        unique.setdefault((id(draft[0]), draft[1], id(draft[2])), draft)
    owned = {(p, r) for p, r, o in unique if o != id(None)}
    return [d for (p, r, o), d in unique.items() if o != id(None) or (p, r) not in owned]


def _likeliest(scores: dict[EntityDraft, float], floor: float) -> EntityDraft | None:
    """The likeliest state or body."""
    fits = [
        (score, -i, e) for i, (e, score) in enumerate(scores.items()) if e.type in _OWNERS and score >= floor
    ]
    return max(fits, key=lambda f: f[:2])[2] if fits else None


@Language.component("kg_learned_roles_v1", assigns=["doc._.kg"])
def learned_roles_component(doc: Doc) -> Doc:
    """spaCy component: roles."""
    layer: Layer = doc._.kg
    layer.role_drafts = revise_roles(layer, doc._.reading)
    return doc
