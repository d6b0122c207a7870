"""Which claims of a network are contested, and by which others.

As in the query ``contested``: what :func:`kg.link.across.claims.contests` finds in the articles; beside
that, a claim that rests on somebody's word is contested where another denies something in the same
sentence, or denies that source in the same article; an act where it is also told as not having happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.analyse.network import Proof


@dataclass(frozen=True, slots=True)
class Claim:
    """One proof of an act with the ends of its edge (IRIs); an act without a second party has no target."""

    number: int
    subject: str
    predicate: str
    target: str | None
    proof: Proof


def rivals(claims: Iterable[Claim], known: Iterable[tuple[int, int]] = ()) -> dict[int, list[int]]:
    """Numbers of contested claims, each with the numbers of those that speak against it, sorted.

    The relation runs both ways: a denial has the claims that it denies.

    Args:
        claims: Proofs of acts.
        known: Numbers of a claim and its denial that are known already.
    """
    told: dict[tuple[str, str | None, str], list[Claim]] = defaultdict(list)
    sourced: dict[str, list[Claim]] = defaultdict(list)
    denials: list[Claim] = []
    every = sorted(claims, key=lambda claim: claim.number)
    for claim in every:
        told[claim.subject, claim.target, claim.predicate].append(claim)
        if claim.predicate == "denies" and not claim.proof.negated:
            denials.append(claim)
        elif claim.proof.source is not None and not claim.proof.negated:
            sourced[claim.proof.article].append(claim)
    pairs = set(known)
    for denial in denials:
        for claim in sourced[denial.proof.article]:
            if claim.proof.source == denial.subject:
                continue
            if claim.proof.begin == denial.proof.begin or claim.proof.source == denial.target:
                pairs.add((claim.number, denial.number))
    for (_, target, _), same in told.items():
        if target is None:
            continue
        yes = [c for c in same if not c.proof.negated and c.proof.modality == "asserted"]
        no = [c for c in same if c.proof.negated]
        pairs.update((a.number, b.number) for a in yes for b in no if _voice(a) != _voice(b))
    found: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return {number: sorted(others) for number, others in sorted(found.items())}


def _voice(claim: Claim) -> str:
    """Who vouches for a claim: its source, else its article."""
    return claim.proof.source or f"article {claim.proof.article}"
