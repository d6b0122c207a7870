"""What the knowledge tables know about linked entities, as far as the graph shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.data.people import Office


@dataclass(frozen=True, slots=True)
class Background:
    """Knowledge about gazetteer rows, by their slug (:attr:`kg.model.Entity.link`).

    Attributes:
        wikidata: Wikidata id (``"Q159"``), for ``owl:sameAs``.
        state_of: Slug of the state that a government body belongs to, for ``dip:onBehalfOf``.
        ar: Arabic label that goes before the article's wording.
        en: English label, likewise.
        offices: Offices of a person with their dates.
        media: Slug of the outlet by the folded names that articles give their publisher.
    """

    wikidata: Mapping[str, str] = field(default_factory=dict)
    state_of: Mapping[str, str] = field(default_factory=dict)
    ar: Mapping[str, str] = field(default_factory=dict)
    en: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, tuple[Office, ...]] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)


NO_BACKGROUND = Background()
