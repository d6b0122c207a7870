"""Links to items of Wikidata from an extract of the user's: :mod:`dump` reads it, :mod:`match` links."""

from kg.link.wikidata.dump import Item, check_extract, read_items
from kg.link.wikidata.match import link_items

__all__ = ["Item", "check_extract", "link_items", "read_items"]
