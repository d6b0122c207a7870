"""Role facts from title phrases. Component ``kg_roles_v1``."""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.data.tables import bodies, igos, media, orgs
from kg.extract.context import list_state, other_office, shared_state, side_state
from kg.link.gazetteer import body_states, leader_offices, outlet, states
from kg.model import Evidence, Role
from kg.nlp.drafts import EntityDraft, TitlePhrase
from kg.nlp.layer import Layer
from kg.nlp.words import honorifics

METHOD = "kg.roles.v1"
_STATE_ROLES = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "crown_prince",
        "foreign_minister",
        "defense_minister",
        "other_minister",
    }
)
_MINISTERS = frozenset({"foreign_minister", "defense_minister", "other_minister"})
_CABINET_MEMBER = "عضو مجلس الوزراء"
_AT_HOME = frozenset({"newspaper", "agency"})
_ADDRESSES = frozenset({"ambassador", "other_minister", "adviser"})
_SERVING = frozenset({"deputy_minister", "adviser", "ambassador"})
_OWNER_KINDS = {"GOVBODY": "body", "IGO": "igo", "ORG": "org", "ARMED_GROUP": "armed_group", "PLACE": "place"}
"""Entity type of an owner → what the table of titles calls it."""
_PARTY = ("حزب", "الحزب")


def find_roles(layer: Layer) -> list[tuple[EntityDraft, str, EntityDraft | None, TitlePhrase]]:
    """Roles as (person, role, owner, title phrase): one for each person, role and owner."""
    found: dict[tuple[int, str], list[tuple[EntityDraft | None, TitlePhrase]]] = {}
    persons: dict[int, EntityDraft] = {}
    titled = {id(p.person.entity) for p in layer.titles if p.person is not None and not _is_rank(p)}
    ministers = {
        id(p.person.entity) for p in layer.titles if p.person is not None and p.row.role in _MINISTERS
    }
    offices = {
        id(p.person.entity)
        for p in layer.titles
        if p.person is not None and not (_is_rank(p) or _is_form_of_address(layer, p))
    }
    for phrase in layer.titles:
        person = phrase.person.entity if phrase.person else None
        if person is None or not phrase.row.role or (_is_rank(phrase) and id(person) in titled):
            continue
        if _is_form_of_address(layer, phrase) and id(person) in offices:
            continue
        if phrase.row.title == _CABINET_MEMBER and id(person) in ministers:
            continue  # "وزير الدولة عضو مجلس الوزراء" is one office
        owner = _owner(layer, phrase)
        if owner is None and _is_deputy(phrase):
            owner = _known_owner(layer, person, phrase.row.role, phrase)
        persons[id(person)] = person
        role = _role(layer, person, phrase, owner)
        found.setdefault((id(person), role), []).append((owner, phrase))
    result: list[tuple[EntityDraft, str, EntityDraft | None, TitlePhrase]] = []
    for (person_id, role), options in found.items():
        person = persons[person_id]
        owners: dict[int, tuple[EntityDraft, TitlePhrase]] = {}
        for owner, phrase in options:
            if owner is not None:
                owners.setdefault(id(owner), (owner, phrase))
        if owners:
            result += [(person, role, owner, phrase) for owner, phrase in owners.values()]
        else:
            phrase = options[0][1]
            owner = _known_owner(layer, person, role, phrase)
            if owner is not None or not (_is_rank(phrase) and phrase.row.states):
                result.append((person, role, owner, phrase))
    return result


def _is_rank(phrase: TitlePhrase) -> bool:
    """Whether a title is a mere rank that says nothing of an office: "الأمير" without a state."""
    owned = phrase.state is not None or phrase.owner is not None or phrase.body is not None
    office = "body" in phrase.row.of or _is_deputy(phrase)
    return phrase.row.role == "other_official" and not owned and not office


def _is_form_of_address(layer: Layer, phrase: TitlePhrase) -> bool:
    """Whether "السفير", "الوزير" or "المستشار" (a judge) stands alone before a name, as a form of address."""
    alone = phrase.state is None and phrase.owner is None and phrase.body is None
    words = [layer.folds[i] for i in range(phrase.first, phrase.last) if layer.folds[i] not in honorifics()]
    return alone and len(words) == 1 and phrase.row.role in _ADDRESSES


def _is_deputy(phrase: TitlePhrase) -> bool:
    """Whether the office is that of a state's chief's deputy: "نائب رئيس الوزراء"."""
    return phrase.row.role == "other_official" and phrase.inner is not None and "state" in phrase.row.of


def _role(layer: Layer, person: EntityDraft, phrase: TitlePhrase, owner: EntityDraft | None) -> str:
    """The phrase's role, by the kind of its owner; for a bare title of rank ("الأمير") the known office."""
    offices = leader_offices(person.link, layer.article.date) if person.link else []
    if _is_rank(phrase) and offices:
        return offices[0][0]
    if owner is not None and phrase.row.owner_roles:
        return phrase.row.role_for(owner.link or "", _kind(owner), _OWNER_KINDS.get(owner.type, ""))
    return phrase.row.role


@lru_cache(maxsize=1)
def _table_kinds() -> dict[str, str]:
    """Slugs of bodies and organisations → their kind (party, parliament, army …)."""
    return {row.slug: row.kind for row in orgs()} | {row.slug: row.kind for row in bodies()}


def _kind(owner: EntityDraft) -> str:
    """What kind of body an owner is, by the tables or its first word."""
    if owner.link:
        return _table_kinds().get(owner.link, "")
    return "party" if owner.name.startswith(_PARTY) else ""


def _owner(layer: Layer, phrase: TitlePhrase) -> EntityDraft | None:
    """What the office is an office of, as the phrase itself says."""
    if phrase.owner is not None and phrase.owner.entity is not None:
        owner = phrase.owner.entity
        return _served_state(layer, owner) if owner.type == "PERSON" else owner
    if phrase.body:
        return _organisation(layer, phrase.body)
    if phrase.state:
        state = states()[phrase.state]
        return layer.entity_of("STATE", state.slug, state.ar, state.en)
    return None


def _organisation(layer: Layer, slug: str) -> EntityDraft | None:
    """The organisation of a table row, made where the article does not name it."""
    for row in igos():
        if row.slug == slug:
            return layer.entity_of("IGO", slug, row.ar, row.en)
    return None


def _served_state(layer: Layer, person: EntityDraft) -> EntityDraft | None:
    """The state that a person whose adviser or spokesperson is named holds an office of."""
    for phrase in layer.titles:
        if phrase.person is not None and phrase.person.entity is person and phrase.state:
            state = states()[phrase.state]
            return layer.entity_of("STATE", state.slug, state.ar, state.en)
    for _, slug in leader_offices(person.link) if person.link else ():
        if slug in states():
            state = states()[slug]
            return layer.entity_of("STATE", state.slug, state.ar, state.en)
    return None


@lru_cache(maxsize=1)
def _outlet_kinds() -> dict[str, str]:
    """Slugs of news outlets → newspaper, agency, channel …"""
    return {row.slug: row.kind for row in media()}


def _publisher_state(layer: Layer) -> str | None:
    """The publisher's state, where the article speaks of that state by name; channels address all Arabs."""
    entry = outlet(layer.article.source)
    if entry is None or _outlet_kinds().get(entry.slug) not in _AT_HOME:
        return None
    if any(e.link == entry.state and e.mentions for e in layer.entities):
        return entry.state
    return None


def _main_state(layer: Layer) -> EntityDraft | None:
    """The state that the article speaks of most; a single mention tells nothing."""
    named = [e for e in layer.entities if e.type == "STATE" and len(e.mentions) > 1]
    return max(named, key=lambda e: (len(e.mentions), -e.mentions[0].start), default=None)


def _known_owner(layer: Layer, person: EntityDraft, role: str, phrase: TitlePhrase) -> EntityDraft | None:
    """Where the text leaves it out: the owner that the tables give for the role, else the context's."""
    known = leader_offices(person.link, layer.article.date) if person.link else []
    for known_role, owner in known:
        if known_role != role:
            continue
        slug = body_states().get(owner, owner) if role in _STATE_ROLES else owner
        if slug in states():
            return layer.entity_of("STATE", slug, states()[slug].ar, states()[slug].en)
        for entity in layer.entities:
            if entity.link == slug:
                return entity
    if (
        role not in _STATE_ROLES
        and not _is_deputy(phrase)
        and not (phrase.row.of[:1] == ("state",) and role in _SERVING)
    ):
        return None
    if known:
        state = next((owner for _, owner in known if owner in states()), None)
        if state is not None:
            return layer.entity_of("STATE", state, states()[state].ar, states()[state].en)
    side = other_office(layer, person) or side_state(layer, phrase) or shared_state(layer, phrase)
    if side is not None or role == "ambassador":
        return side
    state = _publisher_state(layer)
    if state is None:
        return list_state(layer, phrase) or _main_state(layer)
    return layer.entity_of("STATE", state, states()[state].ar, states()[state].en)


@Language.component("kg_roles_v1", assigns=["doc._.kg"])
def roles_component(doc: Doc) -> Doc:
    """spaCy component: role facts."""
    layer: Layer = doc._.kg
    layer.role_drafts = find_roles(layer)
    return doc


def publisher(layer: Layer) -> EntityDraft | None:
    """The outlet that the article comes from: its source, else the outlet named first."""
    outlets = [e for e in layer.entities if e.type == "MEDIA" and e.mentions]
    source = outlet(layer.article.source)
    for entity in outlets:
        if source is not None and entity.link == source.slug:
            return entity
    return min(outlets, key=lambda e: e.mentions[0].start, default=None)


def _credit_roles(layer: Layer) -> list[Role]:
    """The reporters and editors of the credit line are the publisher's journalists."""
    outlet = publisher(layer)
    roles = []
    for mention in layer.credits:
        if mention.entity is not None and outlet is not None:
            sentence = layer.sentences[layer.sentence_of[mention.first]]
            evidence = Evidence(layer.sentence_span(sentence))
            word = layer.words[max(0, mention.first - 1)]
            roles.append(Role(mention.entity.id, "journalist", outlet.id, word, evidence, False, 0.8, METHOD))
    return roles


def finish_roles(layer: Layer) -> tuple[Role, ...]:
    """The role facts, with final entity ids."""
    roles = _credit_roles(layer)
    for person, role, owner, phrase in layer.role_drafts:
        sentence = layer.sentences[layer.sentence_of[phrase.first]]
        title = layer.span(phrase.first, phrase.last)
        roles.append(
            Role(
                person=person.id,
                role=role,
                of=owner.id if owner else None,
                title=layer.text[title.start + phrase.skip : title.end],
                evidence=Evidence(layer.sentence_span(sentence)),
                former=phrase.former,
                confidence=0.95 if phrase.state or phrase.owner or phrase.body else 0.8,
                method=METHOD,
            )
        )
    return tuple(roles)
