"""What the reader's heads find: label inventories shared by training and runtime."""

from __future__ import annotations

from kg.model import ENTITY_TYPES, MODALITIES, PLOVER, ROLES

NAMED: tuple[str, ...] = tuple(t for t in ENTITY_TYPES if t not in ("GROUP", "TREATY", "EVENT"))
TAGS: dict[str, tuple[str, ...]] = {
    "names": NAMED,
    "groups": ("GROUP",),
    "events": ("EVENT", "TREATY"),
    "triggers": ("TRIGGER",),
    "contents": ("CONTENT",),
    "titles": ("TITLE",),
}
"""Labels of each tagger. Tags: 0 outside, 2k+1 begins and 2k+2 goes on with label k."""

PREDICATES: tuple[str, ...] = tuple(PLOVER)
CLASSES: dict[str, tuple[str, ...]] = {
    "predicates": PREDICATES,
    "modality": MODALITIES,
    "negated": ("no", "yes"),
    "roles": ROLES,
}
"""Classes of a span: of a trigger, or of a title ("roles")."""

LINKS: dict[str, tuple[str, ...]] = {
    "acts": ("actor", "target", "source"),
    "statements": ("speaker",),
    "titles": ("person", "of"),
    "treaties": ("party",),
}
"""What a mention can be to an anchor: a trigger, a content, a title, a document."""
