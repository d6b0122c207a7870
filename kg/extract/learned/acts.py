"""Acts as rules and network see them together. Component ``kg_learned_acts_v1``.

Triggers come from the network's tagger and from the rules' acts; the network says what each is, who
acts on whom, when, and what is aimed at. Places and borders of described events are the rules'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.acts import context_of, described, place_of
from kg.extract.confidence import log_odds
from kg.extract.learned.candidates import candidates_of
from kg.extract.learned.labels import PREDICATES
from kg.extract.learned.reading import Matrix, Range, Reading
from kg.extract.learned.settings import (
    ACT,
    ACTOR,
    BESIDE_CONTENT,
    BESIDE_TARGET,
    LONE_ACTOR,
    LONE_CONTENT,
    LONE_TARGET,
    OF_ADJECTIVE,
    SAME_AIM,
    SOURCE,
    SURE_MODALITY,
    TARGET,
    TRIGGER,
    UNLIKE_ADJECTIVE,
)
from kg.extract.names import nationality_at
from kg.link.gazetteer import states
from kg.link.identity import home_state, name_tokens
from kg.model import MODALITIES, PLOVER, Modality
from kg.nlp.drafts import ActDraft, EntityDraft
from kg.nlp.layer import Layer
from kg.nlp.trie import heads

METHOD = "kg.learned_acts.v1"
_ACTORS = frozenset({"PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "GROUP", "PLACE"})
_DEFINITE = ("ال", "وال", "بال", "لل", "فال", "كال")
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})


def read_acts(layer: Layer, reading: Reading) -> list[ActDraft]:
    """All acts of an article, one for each predicate, actors and targets."""
    triggers = [(f.first, f.last) for f in reading.spans("triggers", TRIGGER)]
    taken = {i for first, last in triggers for i in range(first, last)}
    for act in reading.rules.act_drafts:
        span = (act.first, max(act.last, act.first + 1))
        if not taken & set(range(*span)):
            triggers.append(span)
            taken |= set(range(*span))
    triggers.sort()
    credits = {layer.sentence_of[m.first] for m in layer.credits}
    triggers = [t for t in triggers if layer.sentence_of[t[0]] not in credits]
    if not triggers:
        return []
    links = reading.linked("acts", layer, triggers, candidates_of(layer))
    predicates = reading.classes("predicates", triggers)
    modality = reading.classes("modality", triggers)
    negated = reading.classes("negated", triggers)
    dates = reading.dates(layer, triggers)
    found = []
    for n, trigger in enumerate(triggers):
        draft = _draft(layer, reading, trigger, links[n], predicates[n])
        if draft is None:
            continue
        draft.date = dates[n]
        draft.negated = bool(negated[n].argmax())
        draft.modality = _modality(modality[n], _rules_acts(reading, draft))
        draft.confidence = reading.confidence("acts", draft.evidence)
        if draft.confidence >= ACT:
            found.append(draft)
    return _distinct(layer, found)


def _distinct(layer: Layer, drafts: list[ActDraft]) -> list[ActDraft]:
    """Each act once, the surest telling of it, in text order: news tells what matters several times."""
    kept: list[ActDraft] = []
    for draft in sorted(drafts, key=lambda d: (-d.confidence, d.first)):
        if not any(_same(layer, draft, known) for known in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.first, d.predicate))


def _same(layer: Layer, a: ActDraft, b: ActDraft) -> bool:
    """Whether two drafts tell of one act: type and actors agree, and what is aimed at by entity or words."""
    if PLOVER[a.predicate] != PLOVER[b.predicate] or a.negated != b.negated:
        return False
    actors, others = set(map(id, a.actors)), set(map(id, b.actors))
    targets, their_targets = set(map(id, a.targets)), set(map(id, b.targets))
    if PLOVER[a.predicate] in _MUTUAL and actors | targets == others | their_targets and targets:
        return True
    if actors != others:
        return False
    if targets and targets == their_targets:
        return True
    words, their_words = _aim(layer, a), _aim(layer, b)
    shared = len(words & their_words)
    return bool(shared) and 2 * shared >= SAME_AIM * (len(words) + len(their_words))


def _aim(layer: Layer, draft: ActDraft) -> set[str]:
    """Folded words of what an act is aimed at, particles left out."""
    texts = [e.name for e in draft.targets] + ([layer.text[slice(*draft.object)]] if draft.object else [])
    return {w.removeprefix("ال") for text in texts for w in name_tokens(text) if len(w) > 2}


def _draft(
    layer: Layer, reading: Reading, trigger: Range, links: Sequence[Mapping[EntityDraft, float]], row: Matrix
) -> ActDraft | None:
    """The act of a trigger, or None where nobody acts."""
    predicate, likely = _predicate(row)
    who, whom, told = of_adjective(layer, trigger, links[0]), links[1], links[2]
    actors = _chosen(who, ACTOR, _ACTORS) or _chosen(who, LONE_ACTOR, _ACTORS)[:1]
    if not actors:
        return None
    own = own_states(layer, actors)
    whom = {e: score for e, score in whom.items() if e not in actors and id(e) not in own}
    targets = _chosen(whom, TARGET, None)
    content, sure, none = reading.content(trigger)
    if content is not None and sure < none:
        content = None if sure < (BESIDE_CONTENT if targets else LONE_CONTENT) else content
    if not targets:
        least = LONE_TARGET if content is None else BESIDE_TARGET
        targets = _chosen(whom, least, None)[:1]
    sentence = layer.sentences[layer.sentence_of[trigger[0]]]
    context = context_of(layer, trigger[0], sentence)
    span = layer.span(*content) if content else None
    if span is None and not targets:
        return None
    if span is not None:
        event = described(layer, (span.start, span.end), context)
        if event and (not targets or event[0] in targets):
            targets = targets or event
            span = None
    statement = context.statement
    elsewhere = statement if statement is not None and statement.speaker not in actors else None
    sources = [e for e in _chosen(told, SOURCE, _ACTORS) if e not in actors]
    source = sources[0] if sources else elsewhere.speaker if elsewhere else None
    draft = ActDraft(
        predicate=predicate,
        first=trigger[0],
        last=trigger[1],
        skip=_skip(layer, trigger[0]),
        actors=actors,
        targets=targets,
        sentence=sentence,
        object=(span.start, span.end) if span else None,
        source=source,
        place=place_of(layer, trigger[1], context),
        method=METHOD,
    )
    draft.evidence = evidence_of(layer, reading, draft, likely, who, whom, sure)
    return draft


def of_adjective(
    layer: Layer, trigger: Range, who: Mapping[EntityDraft, float]
) -> Mapping[EntityDraft, float]:
    """Who acts, where an adjective of nationality behind a noun tells it: "الهجمات [الأميركية] على إيران"."""
    if not layer.folds[trigger[0]].startswith(_DEFINITE):
        return who
    acting: dict[EntityDraft, float] = {}
    i = trigger[0] + 1
    while i < len(layer) and layer.folds[i].startswith("وال" if acting else "ال"):
        adjective = nationality_at(layer, i)
        if adjective is not None:
            state = states()[adjective[0]]
            actor = layer.entity_of("STATE", state.slug, state.ar, state.en)
            acting[actor] = max(OF_ADJECTIVE, who.get(actor, 0.0))
        elif acting or i >= trigger[1]:
            break
        i += adjective[1] if adjective is not None else 1
    return {e: UNLIKE_ADJECTIVE * score for e, score in who.items()} | acting if acting else who


def own_states(layer: Layer, actors: Sequence[EntityDraft]) -> set[int]:
    """Ids of the states that actors act for: nobody condemns or meets the state whose office is held."""
    homes = (home_state(layer, a) if a.type == "PERSON" else a.state for a in actors)
    return {id(state) for state in homes if state is not None}


def evidence_of(
    layer: Layer,
    reading: Reading,
    draft: ActDraft,
    likely: float,
    who: Mapping[EntityDraft, float],
    whom: Mapping[EntityDraft, float],
    content: float,
) -> dict[str, float]:
    """What the confidence of an act depends on: log-odds of its parts, and what the rules hold of it."""
    tags = reading.tags("triggers")
    rule = _rules_acts(reading, draft)
    same = [a for a in rule if PLOVER[a.predicate] == PLOVER[draft.predicate]]
    target = max((whom.get(t, 0.5) for t in draft.targets), default=0.0)
    actor = max(who.values())
    rival = max((score for e, score in who.items() if e not in draft.actors), default=0.0)
    other = max((s for e, s in whom.items() if e not in draft.targets and e not in draft.actors), default=0.0)
    return {
        "rival actor": log_odds(rival),
        "rival target": log_odds(other),
        "told": float(draft.source is not None),
        "quoted": float(layer.in_quote(layer.starts[draft.first]) is not None),
        "trigger": log_odds(float(1 - tags[draft.first : draft.last, 0].min())),
        "predicate": log_odds(likely),
        "actor": log_odds(actor),
        "target": log_odds(target) if draft.targets else 0.0,
        "content": log_odds(content) if draft.object else 0.0,
        "only object": float(not draft.targets),
        "rule": max((a.confidence for a in same), default=0.0),
        "rule differs": float(bool(rule) and not same),
        "headline": float(draft.sentence.start < layer.title_end),
        "several": float(len(draft.actors) * max(len(draft.targets), 1) > 1),
    }


def _rules_acts(reading: Reading, draft: ActDraft) -> list[ActDraft]:
    """The rules' acts with a word of the trigger."""
    return [
        a for a in reading.rules.act_drafts if a.first < draft.last and draft.first < max(a.last, a.first + 1)
    ]


def _modality(row: Matrix, rules: Sequence[ActDraft]) -> Modality:
    """What the network is sure of, else what the rules say, where they know the trigger."""
    if rules and row.max() < SURE_MODALITY:
        return rules[0].modality
    return MODALITIES[int(row.argmax())]


def _predicate(row: Matrix) -> tuple[str, float]:
    """The predicate: the best one of the likeliest type, and how likely that type is."""
    types: dict[str, float] = defaultdict(float)
    for name, score in zip(PREDICATES, row.tolist(), strict=True):
        types[PLOVER[name]] += score
    best = max(sorted(types), key=lambda t: types[t])
    fits = [i for i, name in enumerate(PREDICATES) if PLOVER[name] == best]
    return PREDICATES[fits[int(np.argmax(row[fits]))]], types[best]


def _chosen(
    scores: Mapping[EntityDraft, float], floor: float, types: frozenset[str] | None
) -> list[EntityDraft]:
    """Entities from a probability on, likeliest first."""
    ranked = sorted(
        ((score, -i, e) for i, (e, score) in enumerate(scores.items()) if types is None or e.type in types),
        key=lambda r: r[:2],
        reverse=True,
    )
    return [e for score, _, e in ranked if score >= floor]


def _skip(layer: Layer, t: int) -> int:
    """Characters of the conjunction or preposition before a trigger that stands with its article."""
    for form, skip, _ in heads(layer.words[t]):
        if skip and form.startswith("ال"):
            return skip
    return 0


@Language.component("kg_learned_acts_v1", assigns=["doc._.kg"])
def learned_acts_component(doc: Doc) -> Doc:
    """spaCy component: acts."""
    layer: Layer = doc._.kg
    # The rules' own acts served the treaties; what the treaties tell of being signed is kept.
    told = [act for act in layer.act_drafts if not act.features]
    found = read_acts(layer, doc._.reading)
    layer.act_drafts = found + [act for act in told if not any(_same(layer, act, f) for f in found)]
    return doc
