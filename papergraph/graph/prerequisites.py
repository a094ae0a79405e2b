"""Which papers a paper rests on: evidence of several kinds, weighed together.

Walks from a paper to the earlier ones. Each kind of evidence adds to the log-odds that the earlier
paper should be read first; nothing is taken from closeness or time alone without being called a
guess. The weights stand in `weights`.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from papergraph.graph.ancestors import AncestorSource
from papergraph.graph.company import TIME_SLACK_YEARS
from papergraph.graph.inferring import NOTHING, Elder, infer_elders, inferred_evidence
from papergraph.graph.weights import BIAS, CLAIM_WEIGHTS, OWN_READING
from papergraph.models import Claim, Evidence, PaperFacts

MOST_LISTS = 3
STEP_DECAY = 0.8
USED_DECAY = 0.3  # of what a paper only uses, the base is hardly needed
RELATIVE_SCORE = (
    0.6  # of the best parent's score; where all evidence is weak, the best still counts
)
_FEWEST_ELDERS = 60
_FIRM = 0.5  # the score from which somebody's word for one parent makes guesses at others noise


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """An earlier paper that a paper rests on.

    `score` is the probability, 0 to 1, that it should be read first; `evidence` strongest first,
    weights in log-odds. `is_guess` says that only closeness speaks for it, `is_said` that a
    person does, `is_only_used` that it is said to be used, while the paper is said to follow
    another. `descent`, 0 to 1, is the chance that of all elders it is the one the paper descends
    from, by citations and titles alone.
    """

    number: int
    score: float
    evidence: tuple[Evidence, ...]
    is_guess: bool
    is_said: bool
    is_generic: bool
    is_only_used: bool = False
    date: float | None = None
    descent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """How much a paper is needed for the targets, 0 to 1, for which paper, and why."""

    number: int
    need: float
    needed_by: int | None
    parent: Parent | None


def find_parents(number: int, source: AncestorSource, limit: int = 20) -> list[Parent]:
    """Rank the earlier papers that `number` rests on, best first."""
    claims: dict[int, list[Claim]] = defaultdict(list)
    followers: set[int] = set()
    for claim in source.claims(number):
        if claim.later == number:
            claims[claim.earlier].append(claim)
        elif claim.stated and claim.kind != "compares":
            followers.add(claim.later)
    inferred = infer_elders(number, source, max(_FEWEST_ELDERS, 2 * limit))
    facts = source.facts([number, *claims, *inferred])
    if number not in facts:
        return []
    ranked = []
    for other in {*claims, *inferred} - {number}:
        said = claims.get(other, [])
        # Whoever is said to follow a paper does not come before it, unless that is said as well.
        is_follower = other in followers and not any(claim.stated for claim in said)
        if source.is_struck(number, other):
            continue
        if other not in facts or is_follower or not _may_precede(facts[other], facts[number], said):
            continue
        elder = inferred.get(other, NOTHING)
        if said or elder.is_linked:
            words = _claimed_evidence(said)
            total = sum(item.weight for item in words) + elder.total
            ranked.append((-total, -elder.descent, facts[other].date or 0, other, words))
    ranked.sort()
    used = _only_used(claims)
    # The sentences are made for those that are returned.
    return [
        replace(
            _weigh(facts[number], facts[other], words, inferred.get(other, NOTHING)),
            is_only_used=other in used,
        )
        for *_, other, words in ranked[:limit]
    ]


def spread_need(
    targets: Collection[int],
    source: AncestorSource,
    *,
    known: Collection[int] = (),
    floor: float = 0.1,
    most: int = 60,
    least_score: float = 0.2,
    inferred_share: float = 0.5,
    only_said: bool = False,
) -> dict[int, Need]:
    """Follow prerequisites down from the targets; what is known closes everything below it.

    Need falls by `STEP_DECAY` and the score of each step, by `USED_DECAY` below what is only used;
    papers under `floor` are left out and at most `most` papers are opened. Beside somebody's firm
    word, guesses from closeness are noise; what citations speak for is followed when its score is
    at least `inferred_share` of the best parent's, with `only_said` not at all. Returns needs by
    paper, targets included with need 1.
    """
    needs = {n: Need(number=n, need=1.0, needed_by=None, parent=None) for n in targets}
    heap = [(-1.0, number) for number in sorted(needs)]
    opened: set[int] = set()
    stop = set(known)
    while heap and len(opened) < most:
        negative, number = heapq.heappop(heap)
        if number in opened or -negative < needs[number].need:
            continue
        opened.add(number)
        if only_said and not any(claim.later == number for claim in source.claims(number)):
            continue
        parents = find_parents(number, source)
        best = parents[0].score if parents else 0.0
        is_told = any(parent.is_said and parent.score >= _FIRM for parent in parents)
        by = needs[number].parent
        decay = USED_DECAY if by and by.is_only_used else STEP_DECAY
        for parent in parents:
            need = -negative * parent.score * decay
            before = needs.get(parent.number)
            least = least_score if parent.is_said else max(least_score, inferred_share * best)
            if parent.score < min(least, RELATIVE_SCORE * best) or need < floor:
                continue
            if (only_said and not parent.is_said) or (is_told and parent.is_guess):
                continue
            if before and before.need >= need:
                continue
            if parent.number in opened:
                continue
            needs[parent.number] = Need(
                number=parent.number, need=need, needed_by=number, parent=parent
            )
            if parent.number not in stop and not parent.is_generic:
                heapq.heappush(heap, (-need, parent.number))
        source.load_claims([number for _, number in heap])
    return needs


def _only_used(claims: Mapping[int, Collection[Claim]]) -> set[int]:
    """What a paper is only said to use; nothing when it is not said to follow any other."""
    kinds = {
        earlier: {claim.kind for claim in said if claim.stated} - {"compares"}
        for earlier, said in claims.items()
    }
    used = {earlier for earlier, found in kinds.items() if found == {"uses"}}
    return used if any(found - {"uses"} for found in kinds.values()) else set()


def _claimed_evidence(claims: Iterable[Claim]) -> list[Evidence]:
    found = []
    lists = 0
    seen: set[tuple[str, str, str | None]] = set()
    for claim in claims:
        key = (claim.kind, claim.origin_kind, claim.evidence.source)
        if not claim.stated:
            lists += 1
            if lists > MOST_LISTS:
                continue
        weight = CLAIM_WEIGHTS[claim.kind] * (1.0 if key not in seen else 0.25)
        weight += OWN_READING if claim.origin_kind != "curated" else 0.0
        seen.add(key)
        found.append(replace(claim.evidence, weight=weight))
    return found


def _weigh(later: PaperFacts, facts: PaperFacts, words: list[Evidence], elder: Elder) -> Parent:
    found = [*words, *inferred_evidence(later, facts, elder)]
    total = sum(item.weight for item in words) + elder.total
    strongest = tuple(sorted(found, key=lambda item: (-item.weight, item.kind, item.text)))
    return Parent(
        number=facts.number,
        score=1.0 / (1.0 + math.exp(-(total + BIAS))),
        evidence=strongest,
        is_guess=not any(item.stated for item in found),
        is_said=any(item.stated and item.kind != "citation" for item in found),
        is_generic=facts.is_generic or (elder.is_common and not words),
        date=facts.date,
        descent=elder.descent,
    )


def _may_precede(earlier: PaperFacts, later: PaperFacts, claims: Collection[Claim]) -> bool:
    """Time is a veto on what is inferred, never on what a person says."""
    if any(claim.stated and claim.kind != "compares" for claim in claims):
        return True
    if earlier.date is None or later.date is None:
        return True
    return earlier.date <= later.date + TIME_SLACK_YEARS
