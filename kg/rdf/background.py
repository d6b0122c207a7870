"""What the knowledge tables know about linked entities, as far as the graph shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.arabic import fold
from kg.data.people import Office, leaders
from kg.data.tables import media, read_table

_TABLES = ("states", "places", "bodies", "igos", "armed_groups", "media", "orgs")


@dataclass(frozen=True, slots=True)
class Background:
    """Knowledge about gazetteer rows, by their slug (:attr:`kg.model.Entity.link`).

    Attributes:
        wikidata: Wikidata id (``"Q159"``), for ``owl:sameAs``.
        items: Likewise by the IRI of a node, for those that the user's extract of Wikidata knows.
        state_of: Slug of the state that a government body belongs to, for ``dip:onBehalfOf``.
        ar: Arabic label that goes before the article's wording.
        en: English label, likewise.
        offices: Offices of a person with their dates.
        media: Slug of the outlet by the folded names that articles give their publisher.
    """

    wikidata: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    state_of: Mapping[str, str] = field(default_factory=dict)
    ar: Mapping[str, str] = field(default_factory=dict)
    en: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, tuple[Office, ...]] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)


NO_BACKGROUND = Background()


@cache
def known_slugs() -> frozenset[str]:
    """Slugs of all rows of the knowledge tables that an entity can be linked to."""
    return frozenset(row["slug"] for name in (*_TABLES, "leaders") for row in read_table(name))


def known_background() -> Background:
    """Labels, Wikidata ids and states of all rows of the knowledge tables."""
    rows = [row for name in (*_TABLES, "leaders") for row in read_table(name)]

    def column(name: str, of: Iterable[dict[str, str]] = rows) -> dict[str, str]:
        return {row["slug"]: row[name] for row in of if row.get(name)}

    return Background(
        wikidata=column("wikidata"),
        state_of=column("state", read_table("bodies")),
        ar=column("ar"),
        en=column("en"),
        offices={slug: leader.offices for slug, leader in leaders().items()},
        media={fold(form): row.slug for row in reversed(media()) for form in row.forms},
    )
