"""What can be read now: papers all of whose prerequisites are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from papergraph.errors import check_limit
from papergraph.graph import AncestorSource, Parent, find_parents
from papergraph.library import Library, in_turn
from papergraph.models import Paper, PaperReference, Recommendation
from papergraph.reading.sources import STRONGEST, open_source, resolve_all

READY = "Ready now"
MOST_READY = 500
_MOST_LOOKED_AT = 2000  # papers that follow what is known
_STRONG = 0.45  # a parent of this score is a prerequisite; less is company


@in_turn
def find_ready(
    library: Library,
    known: Sequence[PaperReference] = (),
    *,
    limit: int = 20,
    reader: str = "me",
) -> tuple[Recommendation, ...]:
    """List the papers that rest on what is known and need nothing that is not, best first.

    Looked at is what somebody says follows a known paper. The reasons are the known papers each
    rests on; `score`, 0 to 1, is the chance that those are indeed its base. What the reader marked
    as read or known counts as known; what was skipped is left out.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When the limit is out of range.
    """
    check_limit(limit, MOST_READY)
    marked = library.states.with_state(("read", "known"), reader)
    have = {*resolve_all(library, known), *marked}
    refused = have | set(library.states.with_state(("skipped",), reader))
    source = open_source(library, reader)
    followers = _followers(sorted(have), source)
    source.load_claims(followers)
    bases = {
        number: base
        for number in followers
        if number not in refused and (base := _known_base(number, have, source))
    }
    cards = library.papers.get(bases, reader)
    found = [_ready(cards[number], base) for number, base in bases.items()]
    found.sort(key=lambda item: (-item.score, item.paper.year or 9999, item.paper.id or ""))
    return tuple(found[:limit])


def _followers(known: Sequence[int], source: AncestorSource) -> list[int]:
    """Papers said to follow a known one, those that follow most of them first."""
    source.load_claims(known)
    counts: dict[int, int] = defaultdict(int)
    for number in known:
        for claim in source.claims(number):
            if claim.earlier == number and claim.stated and claim.kind != "compares":
                counts[claim.later] += 1
    return sorted(counts, key=lambda n: (-counts[n], n))[:_MOST_LOOKED_AT]


def _known_base(number: int, have: set[int], source: AncestorSource) -> list[Parent]:
    """The known prerequisites of a paper; none when one is missing."""
    strong = [
        parent
        for parent in find_parents(number, source)
        if parent.score >= _STRONG and parent.is_said and not parent.is_generic
    ]
    return strong if all(parent.number in have for parent in strong) else []


def _ready(paper: Paper, base: Sequence[Parent]) -> Recommendation:
    strongest = sorted(base, key=lambda parent: -parent.score)[:STRONGEST]
    return Recommendation(
        paper=paper,
        score=max(parent.score for parent in base),
        group=READY,
        ready=True,
        missing=(),
        because=tuple(parent.evidence[0] for parent in strongest),
    )
