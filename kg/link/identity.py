"""Identity inside one article: names, short forms, titles and nominals of one thing become one entity.

Component ``kg_identity_v1``. It runs after names and titles: first it finds the bare
surnames of persons already named, then it groups all mentions into entities.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc

from kg.arabic import fold
from kg.link.gazetteer import body_states, leader_offices, outlet, states
from kg.nlp.drafts import EntityDraft, MentionDraft, TitlePhrase
from kg.nlp.layer import Layer, make_mention
from kg.nlp.tokenizer import split_words
from kg.nlp.trie import HYPHENS, heads
from kg.nlp.words import common_words, context_words, particles

METHOD = "kg.identity.v1"
_KINGDOM = frozenset({"المملكه"})
_SON_OF = frozenset({"بن", "بنت"})


def name_tokens(text: str) -> tuple[str, ...]:
    """Folded words of a name, without hyphens, the article kept."""
    return tuple(fold(w) for w in split_words(text) if w not in HYPHENS)


def find_short_forms(layer: Layer) -> None:
    """Add the mentions that name a known person by the last word (or words) of the name."""
    surnames: dict[str, tuple[str, ...]] = {}
    for mention in layer.mentions:
        if mention.type != "PERSON" or mention.kind != "name":
            continue
        tokens = name_tokens(mention.text)
        if len(tokens) < 2:
            continue
        tail = tokens[-1]
        if len(tail) > 2 and tail not in common_words() and tail not in particles():
            surnames.setdefault(tail, tokens)
            surnames.setdefault(tail.removeprefix("ال"), tokens)
    if not surnames:
        return
    for i in range(len(layer)):
        if i in layer.covered or not layer.words[i][0].isalpha():
            continue
        for form, skip, proclitics in heads(layer.words[i]):
            if form in surnames and len(form) > 2 and form not in common_words():
                layer.add_mention(
                    make_mention(layer, i, i + 1, skip, "PERSON", proclitics=proclitics, method=METHOD)
                )
                break


def cluster(layer: Layer) -> None:
    """Group the mentions of a layer into entities."""
    _cluster_linked(layer)
    _cluster_bodies(layer)
    _cluster_persons(layer)
    offices = _offices(layer)
    for phrase in layer.titles:
        if phrase.mention is not None and phrase.mention.entity is None:
            _resolve_nominal(layer, phrase, offices)
    _resolve_homelands(layer)
    _resolve_bare_bodies(layer)


def attach(entity: EntityDraft, mention: MentionDraft) -> None:
    """Make ``mention`` one of ``entity``."""
    mention.entity = entity
    entity.mentions.append(mention)


def _cluster_linked(layer: Layer) -> None:
    """Mentions with a table row: one entity a type and row."""
    for mention in layer.mentions:
        if mention.kind == "name" and mention.link and mention.type != "PERSON":
            entity = layer.entity_of(mention.type, mention.link, mention.name, mention.en)
            entity.method = entity.method or mention.method
            attach(entity, mention)


def _cluster_bodies(layer: Layer) -> None:
    """Unlinked bodies: equal words are one; a bare "وزارة الخارجية" joins the only full one."""
    loose = [m for m in layer.mentions if m.kind == "name" and not m.link and m.type not in ("PERSON",)]
    full: dict[tuple[str, tuple[str, ...]], EntityDraft] = {}
    stateless: set[int] = set()
    for e in layer.entities:
        if e.type not in ("IGO", "ORG", "ARMED_GROUP", "GOVBODY"):
            continue
        for m in e.mentions:
            full[e.type, _body_words(m.text)] = e
        if e.type == "GOVBODY":
            stateless.add(id(e))  # every state has a "وزارة الخارجية" of its own
    for mention in sorted(loose, key=lambda m: (-len(m.text.split()), m.start)):
        tokens = _body_words(mention.text)
        key = (mention.type, tokens)
        entity = full.get(key)
        if entity is not None and id(entity) in stateless and mention.state not in (None, _state_of(entity)):
            entity = None
        if entity is None:
            longer = {
                id(e): e
                for (t, words), e in full.items()
                if t == mention.type and id(e) not in stateless and _abbreviates(mention, tokens, words)
            }
            entity = next(iter(longer.values())) if len(longer) == 1 else None
        if entity is None:
            entity = EntityDraft(
                mention.type, mention.name or mention.text, mention.en, method=mention.method
            )
            if mention.state:
                state = states()[mention.state]
                entity.state = layer.entity_of("STATE", state.slug, state.ar, state.en)
            layer.entities.append(entity)
            full[key] = entity
        attach(entity, mention)


def _state_of(body: EntityDraft) -> str | None:
    """Slug of the state of a body of the tables."""
    return body_states().get(body.link or "")


def _abbreviates(mention: MentionDraft, short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether words are the beginning of a body's name, or all of it but the word for its kind.

    "وزارة الخارجية" of "وزارة الخارجية الروسية", "المركزي الإيراني" of "البنك المركزي الإيراني".
    """
    if mention.state is None and full[: len(short)] == short:
        return True
    enough = len(short) > 1 or mention.type in ("ORG", "MEDIA")
    return enough and len(full) == len(short) + 1 and full[1:] == short


def _body_words(name: str) -> tuple[str, ...]:
    """Words of a body's name without marks; "وزارة الشؤون الخارجية" is "وزارة الخارجية"."""
    return tuple(w for w in name_tokens(name) if w != "الشؤون" and w[0].isalnum())


def _cluster_persons(layer: Layer) -> None:
    """Names of persons: same row, same words, or a part of a longer name of the article."""
    named = [m for m in layer.mentions if m.type == "PERSON" and m.kind == "name"]
    _strip_particles(named)
    clusters: list[tuple[list[str], EntityDraft]] = []
    for mention in sorted(named, key=lambda m: (-len(name_tokens(m.text)), m.link is None, m.start)):
        tokens = set(name_tokens(mention.text))
        bare = _bare_words(mention.text)
        entity = None
        candidates = []
        for words, cluster_entity in clusters:
            if mention.link and cluster_entity.link == mention.link:
                entity = cluster_entity
                break
            if _shortens(bare, words) and not (mention.link and cluster_entity.link and len(tokens) > 1):
                candidates.append(cluster_entity)
        if entity is None and candidates:
            entity = _nearest(candidates, mention)
        if entity is None:
            entity = EntityDraft(
                "PERSON", mention.name or mention.text, mention.en, mention.link, method=mention.method
            )
            layer.entities.append(entity)
            clusters.append((bare, entity))
            if mention.name and mention.name != mention.text:
                clusters.append((_bare_words(mention.name), entity))
        elif mention.link and not entity.link:
            entity.link, entity.en = mention.link, mention.en
        attach(entity, mention)


def _strip_particles(named: list[MentionDraft]) -> None:
    """Take particles off single names that the article also has without them: "وكيم" beside "كيم"."""
    words = {word for m in named for word in name_tokens(m.text)}
    for mention in named:
        if mention.last - mention.first > 1 or mention.link:
            continue
        for form, skip, proclitics in heads(mention.text):
            if skip and form in words:
                mention.start, mention.text = mention.start + skip, mention.text[skip:]
                mention.proclitics += proclitics
                break


def _bare_words(name: str) -> list[str]:
    """Folded words of a name without articles; "عبدالرحمن" is two words like "عبد الرحمن"."""
    words: list[str] = []
    for token in name_tokens(name):
        if token.startswith("عبدال"):
            words += ["عبد", token.removeprefix("عبدال")]
        else:
            words.append(token.removeprefix("ال"))
    return words


def _shortens(short: list[str], full: list[str]) -> bool:
    """Whether a name is a part of a longer one: its words, and its fathers in their order.

    "عبد العزيز بن سالم" is no form of "فهد بن سالم بن عبد العزيز".
    """
    if not set(short) <= set(full):
        return False
    rest = iter(full)
    return not _SON_OF & set(short) or all(word in rest for word in short)


def _nearest(candidates: list[EntityDraft], mention: MentionDraft) -> EntityDraft:
    """The candidate named last before the mention, else the one named first after it."""

    def distance(entity: EntityDraft) -> tuple[bool, int]:
        before = [mention.start - m.start for m in entity.mentions if m.start <= mention.start]
        if before:
            return (False, min(before))
        return (True, min(m.start for m in entity.mentions))

    return min(candidates, key=distance)


def _offices(layer: Layer) -> dict[tuple[str, str], list[EntityDraft]]:
    """(role, state slug or owner name) → persons of the article who hold it, by text or by table."""
    offices: dict[tuple[str, str], list[EntityDraft]] = defaultdict(list)

    def add(role: str, owner: str, entity: EntityDraft) -> None:
        if entity not in offices[role, owner]:
            offices[role, owner].append(entity)

    for phrase in layer.titles:
        if phrase.person is not None and phrase.person.entity is not None:
            for owner in owner_keys(phrase):
                add(phrase.row.role, owner, phrase.person.entity)
            add(phrase.row.role, "", phrase.person.entity)
    for entity in layer.entities:
        if entity.type == "PERSON" and entity.link:
            for role, owner in leader_offices(entity.link):
                add(role, owner, entity)
                add(role, "", entity)
    return offices


def owner_keys(phrase: TitlePhrase) -> list[str]:
    """Keys under which the owner of an office can be looked up."""
    keys = [phrase.body] if phrase.body else []
    if phrase.state:
        keys.append(phrase.state)
    if phrase.owner is not None:
        owner = phrase.owner
        keys += [k for k in (owner.link, owner.entity.name if owner.entity else None, owner.state) if k]
    return keys


def _resolve_nominal(
    layer: Layer, phrase: TitlePhrase, offices: dict[tuple[str, str], list[EntityDraft]]
) -> None:
    """Find the person that a nominal stands for; an unnamed office-holder becomes a GROUP."""
    mention = phrase.mention
    assert mention is not None
    keys = owner_keys(phrase)
    if phrase.plural:
        pair = _two_holders(layer, phrase)
        if len(pair) == 2:
            attach(pair[0], mention)
            mention.also = pair[1:]
            return
    for key in keys or [""]:
        holders = [e for r in _family(phrase) for e in offices.get((r, key), []) if e.mentions]
        if not keys:
            holders = [e for e in holders if min(m.start for m in e.mentions) < mention.start]
        if holders:
            attach(_nearest(holders, mention), mention)
            return
    if not keys and not phrase.counterpart:
        layer.mentions.remove(mention)
        for i in [i for i, m in layer.covered.items() if m is mention]:
            del layer.covered[i]
        if layer.mention_at.get(mention.first) is mention:
            del layer.mention_at[mention.first]
        return
    mention.type = "GROUP"
    entity = layer.entity_of("GROUP", None, mention.text, None)
    entity.method = METHOD
    if phrase.state:
        state = states()[phrase.state]
        entity.state = layer.entity_of("STATE", state.slug, state.ar, state.en)
    attach(entity, mention)


_MINISTERS = ("foreign_minister", "defense_minister", "other_minister", "deputy_minister")


def _family(phrase: TitlePhrase) -> tuple[str, ...]:
    """Roles that a nominal may stand for: a bare "الوزير" is a minister of any kind."""
    role = phrase.row.role
    if role == "other_minister" and phrase.last - phrase.first <= 2:
        return (role, *(r for r in _MINISTERS if r != role))
    return (role,)


def _two_holders(layer: Layer, phrase: TitlePhrase) -> list[EntityDraft]:
    """Whom a dual such as "الرئيسان" stands for: the two persons named last, of its office if there are."""
    named = layer.last_entities(phrase.first, ("PERSON",), 6)
    holders = [e for e in named if _holds(layer, e, phrase.row.role)]
    return (holders if len(holders) >= 2 else named)[-2:]


def _holds(layer: Layer, person: EntityDraft, role: str) -> bool:
    """Whether the text or the tables give a person a role."""
    if any(p.person is not None and p.person.entity is person and p.row.role == role for p in layer.titles):
        return True
    return bool(person.link) and any(r == role for r, _ in leader_offices(person.link or ""))


def home_state(layer: Layer, person: EntityDraft) -> EntityDraft | None:
    """The state whose office a person holds, by the text or the tables."""
    slug = next(
        (p.state for p in layer.titles if p.person is not None and p.person.entity is person and p.state),
        None,
    )
    if slug is None and person.link:
        slug = next((s for _, s in leader_offices(person.link) if s in states()), None)
    if slug is None:
        return None
    state = states()[slug]
    return layer.entity_of("STATE", state.slug, state.ar, state.en)


def _kingdom(layer: Layer) -> EntityDraft | None:
    """The state that a bare "المملكة" is: the publisher's if a kingdom, else the kingdom spoken of most."""
    kingdoms = set(context_words()["kingdom_slug"])
    entry = outlet(layer.article.source)
    if entry is not None and entry.state in kingdoms:
        state = states()[entry.state]
        return layer.entity_of("STATE", state.slug, state.ar, state.en)
    spoken = [e for e in layer.entities if e.type == "STATE" and e.link in kingdoms]
    spoken.sort(key=lambda e: -len(e.mentions))
    return spoken[0] if spoken else None


def _resolve_homelands(layer: Layer) -> None:
    """ "بلاده" and "بلادها" name the state of the person or body spoken of, "البلدان" the two named last."""
    words, both = context_words()["homeland"], context_words()["both_sides"]
    kingdom = _kingdom(layer)
    for i in range(len(layer)):
        reading = next(
            (r for r in heads(layer.words[i]) if r[0] in words or r[0] in both or r[0] in _KINGDOM), None
        )
        if reading is None or i in layer.covered:
            continue
        if reading[0] in _KINGDOM:
            if kingdom is not None:
                mention = make_mention(
                    layer,
                    i,
                    i + 1,
                    reading[1],
                    "STATE",
                    proclitics=reading[2],
                    state=kingdom.link,
                    method=METHOD,
                )
                layer.add_mention(mention)
                attach(kingdom, mention)
            continue
        if reading[0] in both:
            pair = layer.last_entities(i, ("STATE",), 2)
            if len(pair) == 2:
                mention = make_mention(
                    layer, i, i + 1, reading[1], "STATE",
                    kind="nominal", proclitics=reading[2], method=METHOD,
                )  # fmt: skip
                mention.entity, mention.also = pair[0], pair[1:]
                layer.add_mention(mention)
            continue
        for before in reversed(layer.last_entities(i, ("PERSON", "GROUP", "GOVBODY"), 3)):
            state = home_state(layer, before) if before.type == "PERSON" else before.state
            if state is not None:
                mention = make_mention(
                    layer, i, i + 1, reading[1], "STATE",
                    kind="nominal", proclitics=reading[2], state=state.link, method=METHOD,
                )  # fmt: skip
                layer.add_mention(mention)
                attach(state, mention)
                break


def _resolve_bare_bodies(layer: Layer) -> None:
    """ "الوزارة", "الوكالة", "المجلس" stand for the body of that kind named last."""
    outlets = context_words()["media_head"]
    for i in range(len(layer)):
        if i in layer.covered or i in layer.title_tokens or not layer.words[i][0].isalpha():
            continue
        reading = next((r for r in heads(layer.words[i]) if r[0].startswith("ال") and len(r[0]) > 5), None)
        if reading is None:
            continue
        noun = reading[0][2:]
        if i + 1 < len(layer) and layer.folds[i + 1].startswith("ال"):
            continue  # an adjective makes it another one
        kinds = ("MEDIA",) if noun in outlets else ("GOVBODY", "IGO")
        for entity in reversed(layer.last_entities(i, kinds, 4)):
            first = name_tokens(entity.name)[0].removeprefix("ال")
            if kinds == ("MEDIA",) or first == noun:
                mention = make_mention(
                    layer, i, i + 1, reading[1], entity.type,
                    kind="nominal", proclitics=reading[2], method=METHOD,
                )  # fmt: skip
                layer.add_mention(mention)
                attach(entity, mention)
                break


@Language.component("kg_identity_v1", assigns=["doc._.kg"])
def identity_component(doc: Doc) -> Doc:
    """spaCy component: entities from mentions."""
    layer: Layer = doc._.kg
    find_short_forms(layer)
    cluster(layer)
    return doc
