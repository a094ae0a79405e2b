"""The verb recommend: what to read next, ranked, grouped by reason, with evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import InputError
from papergraph.graph import (
    AncestorSource,
    Parent,
    find_parents,
    open_dates,
    open_snapshot,
)
from papergraph.graph.following import (
    RECENCY_DECAY,
    RECENT,
    LinkCounter,
    cited_counts,
    past_citing,
    score_following,
)
from papergraph.library import Library
from papergraph.matching import resolve_reference
from papergraph.models import Evidence, Paper, PaperFacts, PaperReference, Recommendation

MOST_KNOWN = 5000
MOST_RESULTS = 500
CONTINUE, GAP, TOGETHER, START = (
    "Continue a line you follow",
    "Fill a gap",
    "Often read with what you know",
    "A place to start",
)
_MOST_FOLLOWING = 1000  # papers proposed because of the company they are in
_STRONG = 0.45  # a parent of this score is missed when it is not known
_OF_A_GROUP = 0.5  # share of the answer one group may fill when a variety is wanted


def recommend_next(
    library: Library,
    known: Sequence[PaperReference] = (),
    *,
    target: PaperReference | None = None,
    as_of: str | None = None,
    limit: int = 10,
    diverse: bool = True,
    reader: str = "me",
) -> tuple[Recommendation, ...]:
    """Propose papers to read next, best first; never one that is known, saved away or skipped.

    Parameters
    ----------
    known
        What has been read, oldest first; what the reader marked is added.
    as_of
        "YYYY-MM": nothing dated later is used, neither papers nor citing papers, and papers
        without a date are left out.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When too much is asked for, or `as_of` is no month.
    """
    now = _parse_month(as_of)
    if len(known) > MOST_KNOWN or not 1 <= limit <= MOST_RESULTS:
        raise InputError(
            f"{len(known)} known papers and {limit} results were asked for;"
            f" the limits are {MOST_KNOWN} and {MOST_RESULTS}"
        )
    marked = library.states.with_state(("read", "known"), reader)
    given = [resolve_reference(text, library.catalogue) for text in known]
    read = list(dict.fromkeys([*marked, *given]))
    refused = set(library.states.with_state(("skipped",), reader)) | set(read)
    graph = open_snapshot(library.folder, library.graph_version, library.load_edges)
    dates = open_dates(library.folder, library.graph_version, library.papers.date_array)
    own = (library.prerequisites.claims(reader), library.prerequisites.struck(reader))
    source = AncestorSource(graph, library.papers.facts, library.reviews.claims_of, dates, own)
    proposals = _propose(source, read, now)
    if target is not None:
        proposals.add_targets(resolve_reference(target, library.catalogue), source, set(read))
    return _present(library, source, proposals, read, refused, now, limit, diverse, reader)


class _Proposals:
    """Scores and reasons of the papers proposed so far."""

    def __init__(self) -> None:
        self.scores: dict[int, float] = defaultdict(float)
        self.groups: dict[int, tuple[float, str]] = {}
        self.evidence: dict[int, list[Evidence]] = defaultdict(list)

    def add(self, number: int, score: float, group: str, evidence: Sequence[Evidence]) -> None:
        """Add one reason for a paper; the strongest reason names its group."""
        self.scores[number] += score
        if score > self.groups.get(number, (0.0, ""))[0]:
            self.groups[number] = (score, group)
        self.evidence[number] += evidence

    def add_targets(self, target: int, source: AncestorSource, read: Collection[int]) -> None:
        """Propose what the target needs, and the target itself."""
        for parent in find_parents(target, source):
            if parent.number not in read:
                self.add(parent.number, 2 * parent.score, GAP, parent.evidence)
        self.add(target, 0.5, CONTINUE, ())


def _propose(source: AncestorSource, read: Sequence[int], now: float | None) -> _Proposals:
    found = _Proposals()
    past = past_citing(source.graph, source.dates, now)
    counts = cited_counts(source.graph, past)
    if not read:
        _propose_starts(source, found, counts, now)
        return found
    source.load_claims(read[-RECENT:])
    for age, number in enumerate(reversed(read[-RECENT:])):
        weight = RECENCY_DECAY**age
        _propose_descendants(source, number, weight, found)
        if not any(claim.later == number for claim in source.claims(number)):
            continue  # without anybody's word no parent is strong enough to be a gap
        for parent in find_parents(number, source, limit=8):
            if parent.score >= _STRONG and not parent.is_generic and parent.number not in read:
                found.add(parent.number, 0.5 * weight * parent.score, GAP, parent.evidence[:1])
    scores = score_following(source.graph, read, past, counts)
    for other in np.argsort(-scores, kind="stable")[:_MOST_FOLLOWING].tolist():
        if scores[other] > 0:
            found.add(other, float(scores[other]), TOGETHER, ())
    return found


def _propose_descendants(
    source: AncestorSource, number: int, weight: float, found: _Proposals
) -> None:
    """Papers said to continue what is known."""
    for claim in source.claims(number):
        if claim.earlier == number and claim.stated and claim.kind in ("extends", "replaces"):
            found.add(claim.later, weight, CONTINUE, [claim.evidence])


def _follow_evidence(source: AncestorSource, number: int, counter: LinkCounter) -> list[Evidence]:
    """Say in words how a paper hangs together with the papers read last, by counts of the time."""
    links = counter.links_of(number)
    names = {n: facts.name for n, facts in source.facts([link.number for link in links]).items()}
    found: list[Evidence] = []
    for link in links:
        name = names.get(link.number)
        if name is None or link.number == number:
            continue
        if link.shared:
            text = (
                f"cited together with {name} by {link.shared} of {link.citers}"
                " papers and reviews here"
            )
            found.append(_counted("cocitation", text, link.shared / link.citers**0.5))
        if link.cites:
            found.append(_counted("citation", f"it cites {name}", 0.5, stated=True))
        if link.is_cited:
            found.append(_counted("citation", f"{name} cites it", 0.3, stated=True))
        if link.common:
            text = f"it cites {link.common} of the {link.references} papers that {name} cites"
            found.append(_counted("coupling", text, link.common / link.references))
    return found


def _counted(kind: str, text: str, weight: float, *, stated: bool = False) -> Evidence:
    return Evidence(kind=kind, text=text, source="citations", weight=weight, stated=stated)


def _propose_starts(
    source: AncestorSource, found: _Proposals, counts: NDArray[np.int64], now: float | None
) -> None:
    """With nothing known: what most papers and reviews here rest on."""
    counts = counts[: source.graph.papers]
    for number in np.argsort(-counts, kind="stable")[:200].tolist():
        is_later = now is not None and not source.dates[number] <= now
        if counts[number] and not is_later:
            text = f"cited by {counts[number]} papers and reviews here"
            evidence = _counted("citation", text, 1.0, stated=True)
            found.add(number, float(np.log1p(counts[number])), START, [evidence])


def _present(
    library: Library,
    source: AncestorSource,
    proposals: _Proposals,
    read: Sequence[int],
    refused: Collection[int],
    now: float | None,
    limit: int,
    diverse: bool,
    reader: str,
) -> tuple[Recommendation, ...]:
    facts = source.facts(list(proposals.scores))
    fitting = {
        number: _fresh(proposals.scores[number], facts[number], now)
        for number in proposals.scores
        if number in facts and number not in refused and _is_dated(facts[number], now)
    }
    ranked = sorted(fitting, key=lambda n: (-fitting[n], facts[n].date or 0, n))
    chosen = _vary(ranked, proposals, limit) if diverse else ranked[:limit]
    best = max((fitting[number] for number in chosen), default=1.0) or 1.0
    counter = LinkCounter(source.graph, read, past_citing(source.graph, source.dates, now))
    source.load_claims(chosen)
    missing = {n: _missing(n, source, set(read)) for n in chosen}
    cards = library.papers.get([*chosen, *(p.number for m in missing.values() for p in m)], reader)
    return tuple(
        Recommendation(
            paper=cards[number],
            score=fitting[number] / best,
            group=proposals.groups[number][1],
            ready=not missing[number],
            missing=_cards(missing[number], cards),
            because=_strongest(
                [*proposals.evidence[number], *_follow_evidence(source, number, counter)]
            ),
        )
        for number in chosen
    )


def _vary(ranked: Sequence[int], proposals: _Proposals, limit: int) -> list[int]:
    """Let no group fill more than its share while others have papers to offer."""
    share = max(1, int(limit * _OF_A_GROUP))
    counts: dict[str, int] = defaultdict(int)
    chosen: list[int] = []
    for number in ranked:
        group = proposals.groups[number][1]
        if counts[group] < share:
            counts[group] += 1
            chosen.append(number)
    rest = [number for number in ranked if number not in set(chosen)]
    place = {number: position for position, number in enumerate(ranked)}
    return sorted((chosen + rest)[:limit], key=place.__getitem__)


def _missing(number: int, source: AncestorSource, read: Collection[int]) -> list[Parent]:
    """Strong prerequisites that are not known, when anything is known at all."""
    if not read:
        return []
    if not any(claim.later == number for claim in source.claims(number)):
        return []  # what is inferred alone is never strong
    return [
        parent
        for parent in find_parents(number, source, limit=5)
        if parent.score >= _STRONG and not parent.is_generic and parent.number not in read
    ][:3]


def _cards(parents: Sequence[Parent], cards: Mapping[int, Paper]) -> tuple[Paper, ...]:
    return tuple(cards[parent.number] for parent in parents if parent.number in cards)


def _strongest(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    distinct = list({item.text: item for item in evidence}.values())
    return tuple(sorted(distinct, key=lambda item: (not item.stated, -item.weight, item.text))[:2])


def _fresh(score: float, facts: PaperFacts, now: float | None) -> float:
    """Generic tools count less; with a date, what is new counts more."""
    score *= 0.3 if facts.is_generic else 1.0
    if now is None or facts.date is None:
        return score
    return score * (0.15 + float(np.exp(-max(0.0, now - facts.date) / 1.5)))


def _is_dated(facts: PaperFacts, now: float | None) -> bool:
    return now is None or (facts.date is not None and facts.date <= now)


def _parse_month(text: str | None) -> float | None:
    if text is None:
        return None
    year, _, month = text.partition("-")
    if not (year.isdigit() and len(year) == 4 and month.isdigit() and 1 <= int(month) <= 12):
        raise InputError(f"as_of is {text!r}; give a month as YYYY-MM")
    return int(year) + int(month) / 12
