"""Which papers a paper rests on: evidence of several kinds, weighed together.

Walks from a paper to the earlier ones. Each kind of evidence adds to the log-odds that the earlier
paper should be read first; nothing is taken from closeness or time alone without being called a
guess. The weights are those of research on reading lists; a fit on bibliographies replaces them.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from papergraph.graph.csr import CitationGraph
from papergraph.graph.similarity import cocited_with
from papergraph.models import Claim, Evidence, PaperFacts

# log-odds a claim adds, by relation kind; a comparison is kinship, hardly a prerequisite
CLAIM_WEIGHTS = {
    "prerequisite": 4.5,
    "extends": 3.6,
    "replaces": 3.2,
    "uses": 2.4,
    "compares": 0.4,
    "order": 0.7,
}
OWN_READING = 0.1  # what the reader's own writing says comes before the curators' word
CITES_WEIGHT = 1.0
COCITED_LIMIT = 2.0
BIAS = -3.0
MOST_LISTS = 3
GENERIC_SHARE = 0.08  # of the citing papers; what more of them cite is a tool of the trade
FEWEST_CITING = 2000  # in a smaller library everything is cited by many, and that says nothing
TIME_SLACK_YEARS = 0.1
STEP_DECAY = 0.8
RELATIVE_SCORE = (
    0.6  # of the best parent's score; where all evidence is weak, the best still counts
)
_COMPANIONS = 60
_FEWEST_SHARED = 2


class AncestorSource:
    """Where the facts about papers come from; what was asked once is remembered.

    Parameters
    ----------
    graph
        The citation graph.
    facts
        Gives facts of papers by number; unknown ones are left out.
    claims
        Gives the claims that have one of these papers at either end.
    """

    def __init__(
        self,
        graph: CitationGraph,
        facts: Callable[[Collection[int]], Mapping[int, PaperFacts]],
        claims: Callable[[Collection[int]], Iterable[Claim]],
    ) -> None:
        self.graph = graph
        self._load_facts = facts
        self._load_claims = claims
        self._facts: dict[int, PaperFacts] = {}
        self._claims: dict[int, list[Claim]] = {}

    def facts(self, numbers: Collection[int]) -> dict[int, PaperFacts]:
        """Facts of these papers; unknown ones are left out."""
        missing = [number for number in numbers if number not in self._facts]
        if missing:
            self._facts |= self._load_facts(missing)
        return {number: self._facts[number] for number in numbers if number in self._facts}

    def claims(self, number: int) -> list[Claim]:
        """Claims that have `number` at either end."""
        if number not in self._claims:
            self._claims[number] = list(self._load_claims([number]))
        return self._claims[number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """An earlier paper that a paper rests on.

    `score` is the probability, 0 to 1, that it should be read first; `evidence` strongest first,
    weights in log-odds. `is_guess` says that only closeness speaks for it, `is_said` that a
    person does.
    """

    number: int
    score: float
    evidence: tuple[Evidence, ...]
    is_guess: bool
    is_said: bool
    is_generic: bool
    date: float | None = None


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
    graph = source.graph
    cited = {int(other) for other in graph.references_of(number)}
    together = _companions(graph, number)
    facts = source.facts([number, *claims, *cited, *together])
    if number not in facts:
        return []
    parents = []
    for other in set(claims) | cited | set(together):
        if other == number or other not in facts:
            continue
        # Whoever is said to follow a paper does not come before it, unless that is said as well.
        if other in followers and not any(claim.stated for claim in claims.get(other, [])):
            continue
        automatic = _automatic_evidence(graph, facts, number, other, other in cited, together)
        found = [*_claimed_evidence(claims.get(other, [])), *automatic]
        parent = _weigh(facts[other], found)
        if parent and _may_precede(facts[other], facts[number], claims.get(other, [])):
            parents.append(parent)
    parents.sort(key=lambda parent: (-parent.score, facts[parent.number].date or 0, parent.number))
    return parents[:limit]


def spread_need(
    targets: Collection[int],
    source: AncestorSource,
    *,
    known: Collection[int] = (),
    floor: float = 0.1,
    most: int = 60,
    least_score: float = 0.2,
    inferred_share: float = 0.5,
) -> dict[int, Need]:
    """Follow prerequisites down from the targets; what is known closes everything below it.

    Need falls by `STEP_DECAY` and the score of each step; papers under `floor` are left out and at
    most `most` papers are opened. What only citations speak for is followed when its score is at
    least `inferred_share` of the best parent's: beside what people say, the rest is noise. Returns
    needs by paper, targets included with need 1.
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
        parents = find_parents(number, source)
        best = parents[0].score if parents else 0.0
        for parent in parents:
            need = -negative * parent.score * STEP_DECAY
            before = needs.get(parent.number)
            least = least_score if parent.is_said else max(least_score, inferred_share * best)
            if parent.score < min(least, RELATIVE_SCORE * best) or need < floor:
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
    return needs


def _companions(graph: CitationGraph, number: int) -> dict[int, tuple[int, int]]:
    """Papers most often cited together with `number`: shared citers, and its citers in all."""
    found = cocited_with(graph, number)
    return {
        int(other): (int(shared), found.citers)
        for other, shared in zip(
            found.numbers[:_COMPANIONS], found.together[:_COMPANIONS], strict=True
        )
        if shared >= _FEWEST_SHARED
    }


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


def _automatic_evidence(
    graph: CitationGraph,
    facts: Mapping[int, PaperFacts],
    number: int,
    other: int,
    is_cited: bool,
    together: Mapping[int, tuple[int, int]],
) -> list[Evidence]:
    """What the citations say, damped for papers that everybody cites."""
    share = len(graph.citers_of(other)) / max(1, graph.citing_count)
    is_telling = graph.citing_count >= FEWEST_CITING
    damping = 1.0 / (1.0 + (share / GENERIC_SHARE) ** 2) if is_telling else 1.0
    later, earlier = facts[number].name, facts[other].name
    found = []
    if is_cited:
        text = f"{later} cites {earlier}"
        weight = CITES_WEIGHT * damping
        found.append(
            Evidence(kind="citation", text=text, source="citations", weight=weight, stated=True)
        )
    if other in together and None not in (facts[number].date, facts[other].date):
        shared, citers = together[other]
        lift = (shared / citers) / max(share, 1e-9)
        strength = shared / citers * math.log(max(lift, 1.0))
        weight = min(COCITED_LIMIT, 2.0 * strength) * damping
        text = (
            f"{shared} of the {citers} papers and reviews here that cite {later} also cite"
            f" {earlier}, {lift:.0f}x chance"
        )
        found.append(Evidence(kind="cocitation", text=text, source="citations", weight=weight))
    return [item for item in found if item.weight > 0.05]


def _weigh(facts: PaperFacts, found: list[Evidence]) -> Parent | None:
    if not found:
        return None
    total = sum(item.weight for item in found)
    strongest = tuple(sorted(found, key=lambda item: (-item.weight, item.kind, item.text)))
    return Parent(
        number=facts.number,
        score=1.0 / (1.0 + math.exp(-(total + BIAS))),
        evidence=strongest,
        is_guess=not any(item.stated for item in found),
        is_said=any(item.stated and item.kind != "citation" for item in found),
        is_generic=facts.is_generic,
        date=facts.date,
    )


def _may_precede(earlier: PaperFacts, later: PaperFacts, claims: Collection[Claim]) -> bool:
    """Time is a veto on what is inferred, never on what a person says."""
    if any(claim.stated and claim.kind != "compares" for claim in claims):
        return True
    if earlier.date is None or later.date is None:
        return True
    return earlier.date <= later.date + TIME_SLACK_YEARS
