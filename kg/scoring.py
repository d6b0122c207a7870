"""How one predicted article is compared with its annotation: words, entities, facts.

Entities are paired one to one by their surface forms; facts are compared through that pairing. A
name that stands behind a proclitic, another spelling of a hamza and a title's other word order
still count as the same words.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple, get_args

from kg.model import PLOVER, SYMMETRIC

Doc = Mapping[str, Any]
Errors = list[dict[str, Any]]
Level = Literal["strict", "plover", "trigger"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""How closely acts must agree: predicate; PLOVER type; type and actor only."""

NAMED = ("PERSON", "STATE", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "PLACE")
DESCRIBED = ("EVENT", "TREATY", "GROUP")
"""Types that are described rather than named: their words need to agree less."""
_NAMED_FLOOR, _DESCRIBED_FLOOR, _STATEMENT_FLOOR, _PARTIES_FLOOR = 0.66, 0.4, 0.5, 0.5
_SAME_TYPE_BONUS = 0.5
_MEETING = {"meets", "hosts", "visits"}
"""Three ways to tell one meeting, in which the two sides may change places."""

_STOP = frozenset({
    "في", "من", "على", "إلى", "الى", "عن", "مع", "أن", "ان", "إن", "التي", "الذي", "الذين", "و", "هذا", "هذه",
    "ذلك", "تلك", "ما", "بعد", "قبل", "بين", "كل", "أي", "اي", "غير",
    "the", "of", "a", "an", "to", "in", "on", "and", "for", "by", "with",
})  # fmt: skip
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200e\u200f]")
_ALEFS = re.compile("[أإآٱ]")
_FOLD = str.maketrans({"ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_ARTICLE = re.compile(r"^(وال|فال|بال|كال|ولل|فلل|لل|ال)(?=\w{2})")
_BEFORE_ARTICLE = re.compile(r"^[وفبلك](?=ال\w{2})")
_PROCLITIC = "وفبلك"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items the gold has, the prediction has, and both have."""

    gold: int = 0
    pred: int = 0
    hit: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.gold + other.gold, self.pred + other.pred, self.hit + other.hit)

    @property
    def precision(self) -> float:
        """Share of predictions that are right; 0 where there are none."""
        return self.hit / self.pred if self.pred else 0.0

    @property
    def recall(self) -> float:
        """Share of gold items that were found; 0 where there are none."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@lru_cache(maxsize=65536)
def _tokens(text: str) -> tuple[str, ...]:
    """Folded words without stop words, article and the proclitics before it."""
    folded = _ALEFS.sub("ا", _MARKS.sub("", text).casefold()).translate(_FOLD)
    words = re.sub(r"[^\w]+", " ", folded).split()
    return tuple(_BEFORE_ARTICLE.sub("", _ARTICLE.sub("", w)) for w in words if w not in _STOP)


def _same_word(a: str, b: str) -> bool:
    """Whether two tokens match, where one may carry a one-letter proclitic."""
    return a == b or _carries(a, b) or _carries(b, a)


def _carries(longer: str, shorter: str) -> bool:
    return len(longer) > 3 and longer[0] in _PROCLITIC and longer[1:] == shorter


def token_f1(a: str, b: str) -> float:
    """F1 of the words that two strings share, each word counted once; 0 if either has no word.

    >>> token_f1("الهجمات على إيران", "وهجمات إيران")
    0.8
    """
    left, right = _tokens(a), list(_tokens(b))
    total = len(left) + len(right)
    if not left or not right:
        return 0.0
    shared = 0
    for word in left:
        for i, other in enumerate(right):
            if _same_word(word, other):
                shared += 1
                del right[i]
                break
    return 2 * shared / total


# Documents


class _ActPart(NamedTuple):
    """One actor doing one thing to one target (or to a content): the unit in which acts are counted."""

    actor: str
    predicate: str
    target: str | None
    object: str | None
    fact: Doc

    @property
    def plover(self) -> str | None:
        return PLOVER.get(self.predicate)

    def attribute(self, name: str) -> Any:
        value = self.fact.get(name)
        if name == "negated":
            return bool(value)
        return value or "asserted" if name == "modality" else value


class _Document:
    """One article's entities and facts, with the look-ups that scoring needs."""

    def __init__(self, doc: Doc) -> None:
        self.id: str = doc["id"]
        self.facts: list[Doc] = doc.get("facts", [])
        self.entities: dict[str, Doc] = {e["id"]: e for e in doc.get("entities", [])}

    def of_type(self, kind: str) -> list[Doc]:
        return [e for e in self.entities.values() if e["type"] == kind]

    @cached_property
    def named(self) -> list[Doc]:
        return [e for e in self.entities.values() if e["type"] in NAMED and e.get("mentions")]

    def distinct(self, kind: str) -> list[Doc]:
        """Facts of a kind, equal ones once."""
        facts = (f for f in self.facts if f.get("kind") == kind)
        return list({json.dumps(f, sort_keys=True, ensure_ascii=False): f for f in facts}.values())

    @cached_property
    def acts(self) -> list[_ActPart]:
        parts: dict[tuple[Any, ...], _ActPart] = {}
        for fact in self.facts:
            if fact.get("kind") != "act":
                continue
            for actor in fact.get("actors") or []:
                for target in fact.get("targets") or [None]:
                    part = _ActPart(actor, fact["predicate"], target, fact.get("object"), fact)
                    parts.setdefault(part[:4], part)
        return list(parts.values())

    def is_described(self, entity: str | None) -> bool:
        """Whether a target is a content, an event or a document, which words identify."""
        return entity is None or self.entities.get(entity, {}).get("type") in DESCRIBED

    def target_forms(self, act: _ActPart) -> list[str]:
        entity = self.entities.get(act.target) if act.target is not None else None
        return (_surfaces(entity, nominals=True) if entity else []) + ([act.object] if act.object else [])


def _surfaces(entity: Doc, nominals: bool) -> list[str]:
    forms = [*(entity.get("mentions") or []), entity.get("name") or ""]
    if nominals:
        forms += entity.get("nominals") or []
    return [f for f in dict.fromkeys(forms) if f]


# Entities


def _similarity(gold: Doc, pred: Doc) -> float:
    described = gold["type"] in DESCRIBED or pred["type"] in DESCRIBED
    forms = _surfaces(pred, described)
    best = max((token_f1(a, b) for a in _surfaces(gold, described) for b in forms), default=0.0)
    if best < (_DESCRIBED_FLOOR if described else _NAMED_FLOOR):
        return 0.0
    return best + (_SAME_TYPE_BONUS if gold["type"] == pred["type"] else 0.0)


def align(gold: Iterable[Doc], pred: Iterable[Doc]) -> dict[str, str]:
    """Pair gold entities with predicted ones, one to one, the most alike first.

    Returns:
        Gold entity id to predicted entity id; entities without a partner are left out.
    """
    others = list(pred)
    pairs = [(_similarity(g, p), g["id"], p["id"]) for g in gold for p in others]
    mapping: dict[str, str] = {}
    used: set[str] = set()
    for alike, g, p in sorted(pairs, key=lambda x: (-x[0], x[1], x[2])):
        if alike > 0 and g not in mapping and p not in used:
            mapping[g] = p
            used.add(p)
    return mapping


# One pair of documents


@dataclass
class Tally:
    """What scoring one pair of documents adds up.

    Attributes:
        counts: Counts by kind, in a fixed order.
        attributes: By attribute of matched facts, how often it is right (True) and wrong (False).
        errors: One dict a missed or spurious fact: ``doc, kind, error, fact``, acts with ``evidence``.
    """

    counts: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    attributes: defaultdict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    errors: Errors = field(default_factory=list)


class Pair:
    """Scores one predicted document against its gold document.

    Args:
        gold: An annotated article.
        pred: A prediction for it in the same schema; keys may be missing.
    """

    def __init__(self, gold: Doc, pred: Doc) -> None:
        self.gold = _Document(gold)
        self.pred = _Document(pred)
        self.tally = Tally()
        self.map = align(self.gold.entities.values(), self.pred.entities.values())

    def score(self) -> Tally:
        """Count every kind, in a fixed order."""
        self._entities()
        self._one_to_one("role", "role", self._same_role, self._note_former)
        self._one_to_one("role:person+body", "role", self._same_holding)
        for level in LEVELS:
            self._acts(level)
        self._one_to_one("statement", "statement", self._same_statement)
        self._one_to_one("treaty", "treaty", self._same_treaty, self._note_signed)
        return self.tally

    def _add(self, kind: str, gold: int, pred: int, hit: int) -> None:
        self.tally.counts[kind] += Counts(gold, pred, hit)

    def _note(self, attribute: str, right: bool) -> None:
        self.tally.attributes[attribute][right] += 1

    def _error(self, kind: str, error: str, fact: Any, **more: Any) -> None:
        self.tally.errors.append({"doc": self.gold.id, "kind": kind, "error": error, "fact": fact, **more})

    def _found(self, entity: Doc) -> bool:
        partner = self.pred.entities.get(self.map.get(entity["id"], ""))
        if partner is None or partner["type"] != entity["type"]:
            return False
        return partner["type"] not in NAMED or bool(partner.get("mentions"))

    def _entities(self) -> None:
        gold, pred = self.gold.named, self.pred.named
        self._add("entity", len(gold), len(pred), sum(map(self._found, gold)))
        for kind in NAMED:
            of_kind = [e for e in gold if e["type"] == kind]
            self._add(
                f"entity:{kind}",
                len(of_kind),
                sum(e["type"] == kind for e in pred),
                sum(map(self._found, of_kind)),
            )
        for kind in DESCRIBED:
            of_kind = self.gold.of_type(kind)
            self._add(
                f"entity:{kind}", len(of_kind), len(self.pred.of_type(kind)), sum(map(self._found, of_kind))
            )

    def _one_to_one(
        self,
        name: str,
        kind: str,
        same: Callable[[Doc, Doc], bool],
        note: Callable[[Doc, Doc], None] | None = None,
    ) -> None:
        gold, pred = self.gold.distinct(kind), self.pred.distinct(kind)
        used: set[int] = set()
        missed = []
        for g in gold:
            i = next((i for i, p in enumerate(pred) if i not in used and same(g, p)), None)
            if i is None:
                missed.append(g)
                continue
            used.add(i)
            if note:
                note(g, pred[i])
        self._add(name, len(gold), len(pred), len(used))
        for g in missed:
            self._error(name, "missed", g)
        for i, p in enumerate(pred):
            if i not in used:
                self._error(name, "spurious", p)

    def _same_holding(self, g: Doc, p: Doc) -> bool:
        if self.map.get(g["person"]) != p.get("person"):
            return False
        return not g.get("of") or self.map.get(g["of"]) == p.get("of")

    def _same_role(self, g: Doc, p: Doc) -> bool:
        return bool(g["role"] == p.get("role")) and self._same_holding(g, p)

    def _note_former(self, g: Doc, p: Doc) -> None:
        self._note("role.former", bool(g.get("former")) == bool(p.get("former")))

    def _same_statement(self, g: Doc, p: Doc) -> bool:
        if self.map.get(g["speaker"]) != p.get("speaker"):
            return False
        return token_f1(g["content"], p.get("content") or "") >= _STATEMENT_FLOOR

    def _same_treaty(self, g: Doc, p: Doc) -> bool:
        gold, pred = {self.map.get(x) for x in g.get("parties") or []}, set(p.get("parties") or [])
        if self.map.get(g["treaty"]) != p.get("treaty"):
            return False
        return not gold or len(gold & pred) / len(gold | pred) >= _PARTIES_FLOOR

    def _note_signed(self, g: Doc, p: Doc) -> None:
        self._note("treaty.signed", (g.get("signed") or None) == (p.get("signed") or None))

    def _acts(self, level: Level) -> None:
        gold, pred = self.gold.acts, self.pred.acts
        if level == "trigger":  # one an actor and type
            gold, pred = _by_actor(gold), _by_actor(pred)
        used: set[int] = set()
        hits: list[tuple[_ActPart, _ActPart]] = []
        missed = []
        for g in gold:
            i = next((i for i, p in enumerate(pred) if i not in used and self._same_act(g, p, level)), None)
            if i is None:
                missed.append(g)
                continue
            used.add(i)
            hits.append((g, pred[i]))
        self._add(f"act:{level}", len(gold), len(pred), len(hits))
        if level != "plover":
            return
        for g, p in hits:
            self._note_act(g, p)
        for error, parts in (
            ("missed", missed),
            ("spurious", [p for i, p in enumerate(pred) if i not in used]),
        ):
            for part in parts:
                self._error("act", error, list(part[:4]), evidence=part.fact.get("evidence", ""))

    def acts_right(self, order: Iterable[int]) -> list[tuple[int, float]]:
        """How much of each predicted act is right, at the level of PLOVER types.

        Args:
            order: Positions among the predicted acts (facts of kind ``act``); earlier ones take
                what they match, so that an act told twice is right once.

        Returns:
            For each position the share of its actor–target parts that match.
        """
        facts = [f for f in self.pred.facts if f.get("kind") == "act"]
        used: set[int] = set()
        found = []
        for position in order:
            parts = _Document({"id": "", "facts": [facts[position]]}).acts
            hits = 0
            for part in parts:
                fits = (
                    i for i, g in enumerate(self.gold.acts)
                    if i not in used and self._same_act(g, part, "plover")
                )  # fmt: skip
                i = next(fits, None)
                if i is not None:
                    used.add(i)
                    hits += 1
            found.append((position, hits / max(len(parts), 1)))
        return found

    def statements_right(self, order: Iterable[int]) -> list[tuple[int, float]]:
        """As :meth:`acts_right` for the predicted statements: 1 where one matches, else 0."""
        facts = [f for f in self.pred.facts if f.get("kind") == "statement"]
        gold = self.gold.distinct("statement")
        used: set[int] = set()
        found = []
        for position in order:
            fits = (
                i for i, g in enumerate(gold) if i not in used and self._same_statement(g, facts[position])
            )
            i = next(fits, None)
            if i is not None:
                used.add(i)
            found.append((position, float(i is not None)))
        return found

    def _same_act(self, g: _ActPart, p: _ActPart, level: Level) -> bool:
        if g.plover != p.plover or (level == "strict" and g.predicate != p.predicate):
            return False
        if self.map.get(g.actor) == p.actor and (level == "trigger" or self._same_target(g, p)):
            return True
        if g.predicate not in SYMMETRIC and not {g.predicate, p.predicate} <= _MEETING:
            return False
        if g.target is None or self.map.get(g.target) != p.actor:
            return False
        return level == "trigger" or (p.target is not None and self.map.get(g.actor) == p.target)

    def _same_target(self, g: _ActPart, p: _ActPart) -> bool:
        if g.target is None and p.target is None and not g.object and not p.object:
            return True
        if g.target is not None and p.target is not None and self.map.get(g.target) == p.target:
            return True
        if not self.gold.is_described(g.target) and not self.pred.is_described(p.target):
            return False
        forms = self.pred.target_forms(p)
        return any(token_f1(a, b) >= _DESCRIBED_FLOOR for a in self.gold.target_forms(g) for b in forms)

    def _note_act(self, g: _ActPart, p: _ActPart) -> None:
        for name in ("negated", "modality"):
            self._note(f"act.{name}", bool(g.attribute(name) == p.attribute(name)))
        if date := g.attribute("date"):
            self._note("act.date", bool(date == p.attribute("date")))
        if source := g.attribute("source"):
            theirs = p.attribute("source")
            self._note("act.source", theirs is not None and self.map.get(source) == theirs)


def _by_actor(acts: list[_ActPart]) -> list[_ActPart]:
    return list({(a.actor, a.plover): a for a in acts}.values())
