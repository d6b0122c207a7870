"""The extractors, one spaCy component a module; importing this package registers them all."""

from kg.extract import acts, events, facts, groups, names, roles, statements, titles, treaties
from kg.extract.learned import acts as learned_acts
from kg.extract.learned import component as learned_reader
from kg.extract.learned import groups as learned_groups
from kg.extract.learned import names as learned_names
from kg.extract.learned import roles as learned_roles
from kg.extract.learned import statements as learned_statements
from kg.extract.learned import treaties as learned_treaties
from kg.link import identity

__all__ = [
    "acts",
    "events",
    "facts",
    "groups",
    "identity",
    "learned_acts",
    "learned_groups",
    "learned_names",
    "learned_reader",
    "learned_roles",
    "learned_statements",
    "learned_treaties",
    "names",
    "roles",
    "statements",
    "titles",
    "treaties",
]
