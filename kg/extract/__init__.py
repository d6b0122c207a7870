"""The extractors, one spaCy component a module; importing this package registers them all."""

from kg.extract import acts, events, facts, groups, names, roles, statements, titles, treaties
from kg.link import identity

__all__ = [
    "acts",
    "events",
    "facts",
    "groups",
    "identity",
    "names",
    "roles",
    "statements",
    "titles",
    "treaties",
]
