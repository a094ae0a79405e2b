"""The verb recommend: what to read next, ranked, grouped by reason, with evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import InputError, check_limit
from papergraph.graph import (
    AncestorSource,
    Parent,
    find_parents,
    open_dates,
    open_snapshot,
)
from papergraph.graph.company import best_places
from papergraph.graph.following import (
    RECENCY_DECAY,
    RECENT,
    cited_counts,
    cited_lately,
    past_citing,
    score_following,
)
from papergraph.graph.ranking import Candidates, next_features, rank_next, shared_authors
from papergraph.library import Library, in_turn
from papergraph.matching import resolve_reference, resolve_references
from papergraph.models import Evidence, Paper, PaperFacts, PaperReference, Recommendation
from papergraph.recommend.reasons import Moment, Reasons, counted_evidence, strongest
from papergraph.text import counted

MOST_KNOWN = 5000
MOST_RESULTS = 500
CONTINUE, GAP, TOGETHER, START = (
    "Continue a line you follow",
    "Fill a gap",
    "Often read with what you know",
    "A place to start",
)
_MOST_WEIGHED = 600  # papers in the company of those read
_OLD, _FADING = (
    0.15,
    1.5,
)  # what is left of the score of an old paper, years until a third is left of the rest
_GENERIC = 0.3  # what is left of the score of a tool of the trade
_STRONG = 0.45  # a parent of this score is missed when it is not known
_DISLIKED = 2.0  # stars of a paper whose company is as little wanted as that of one passed over
_CITERS = ("paper or review here", "papers and reviews here")
_SURELY_LATER = 0.5  # years; of many papers no more than the year is known
_OF_A_GROUP = 0.5  # share of the answer one group may fill when a variety is wanted


@in_turn
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

    What was rated high weighs more. What was rated 2 of 5 or less is known, but what goes with it
    sinks as what goes with skipped papers does.

    Parameters
    ----------
    known
        What has been read, oldest first; what the reader marked is added.
    as_of
        "YYYY-MM": nothing dated later is used, neither papers nor citing papers, and papers
        without a date are left out. What was read is passed over that had surely not appeared yet.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When too much is asked for, or `as_of` is no month.
    """
    now = _parse_month(as_of)
    if len(known) > MOST_KNOWN:
        raise InputError(f"{len(known)} known papers were given; give {MOST_KNOWN} at most")
    check_limit(limit, MOST_RESULTS)
    marked = library.states.with_state(("read", "known"), reader)
    given = resolve_references(known, library.catalogue)
    read = list(dict.fromkeys([*marked, *given]))
    here = open_moment(library, read, now, reader=reader)
    refused = {*here.unwanted, *read}
    proposals = _propose(here)
    if target is not None:
        wanted = resolve_reference(target, library.catalogue)
        proposals.add_targets(wanted, here.source, set(read))
    return _present(here, proposals, refused, limit, diverse, reader)


def open_moment(
    library: Library, read: Sequence[int], now: float | None, *, reader: str = "me"
) -> Moment:
    """What a reader had read by a time, a year with a fraction, and the graph as it stood then."""
    stars = library.ratings.of(reader)
    disliked = {number for number in read if number in stars and stars[number] <= _DISLIKED}
    graph = open_snapshot(library.folder, library.graph_version, library.load_edges)
    dates = open_dates(library.folder, library.graph_version, library.papers.date_array)
    own = library.prerequisites.word(reader)
    past = past_citing(graph, dates, now)
    return Moment(
        library=library,
        source=AncestorSource(graph, library.papers.facts, library.reviews.claims_of, dates, own),
        read=read,
        liked=[n for n in read if n not in disliked and not _is_later(n, dates, now)],
        unwanted=[*library.states.with_state(("skipped",), reader), *sorted(disliked)],
        stars=stars,
        now=now,
        past=past,
        counts=cited_counts(graph, past),
    )


def _is_later(number: int, dates: NDArray[np.float64], now: float | None) -> bool:
    """Has a paper surely not appeared yet? Nothing can follow from it then."""
    date = dates[number] if number < len(dates) else np.inf
    return now is not None and np.isfinite(date) and date > now + _SURELY_LATER


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


def _propose(here: Moment) -> _Proposals:
    found, source, liked = _Proposals(), here.source, here.liked
    if not liked:
        _propose_starts(source, found, here.counts, here.now)
        return found
    source.load_claims(liked[-RECENT:])
    for age, number in enumerate(reversed(liked[-RECENT:])):
        weight = here.weight_of(number) * RECENCY_DECAY**age
        _propose_descendants(source, number, weight, found)
        if not any(claim.later == number for claim in source.claims(number)):
            continue  # without anybody's word no parent is strong enough to be a gap
        for parent in find_parents(number, source, limit=8):
            if parent.score >= _STRONG and not parent.is_generic and parent.number not in here.read:
                found.add(parent.number, 0.5 * weight * parent.score, GAP, parent.evidence[:1])
    spoken_of = np.array(list(found.scores), dtype=np.int64)
    for number, fresh in zip(spoken_of.tolist(), _freshness(here, spoken_of), strict=True):
        found.scores[number] *= float(fresh)
    _propose_following(here, found)
    return found


def _propose_following(here: Moment, found: _Proposals) -> None:
    """Papers in the company of those read last, as readers take them up."""
    places, candidates = gather_candidates(here)
    if len(places):
        ranks = rank_next(next_features(candidates))
        for number, rank in zip(places.tolist(), ranks.tolist(), strict=True):
            found.add(number, rank, TOGETHER, ())


def gather_candidates(here: Moment) -> tuple[NDArray[np.int64], Candidates]:
    """Papers in the company of those liked last, by number, with all that they are weighed by."""
    graph, dates = here.source.graph, here.source.dates
    weights = {number: here.weight_of(number) for number in here.liked}
    scores = score_following(graph, here.liked, here.past, here.counts, weights)
    if here.unwanted:  # what follows from what is not wanted, as much or more, is hardly wanted
        unwanted = score_following(graph, here.unwanted, here.past, here.counts)
        scores *= scores / np.maximum(scores + unwanted, 1e-12)
    spoken_of = np.flatnonzero(scores)
    drawn = scores[spoken_of] * _freshness(here, spoken_of)
    drawn[np.isin(spoken_of, here.read)] = 0.0
    places = spoken_of[best_places(drawn, _MOST_WEIGHED)]
    recent = here.recent
    ages = here.years_of(np.array(recent, dtype=np.int64))
    authors = here.authors_of([*places.tolist(), *recent])
    return places, Candidates(
        following=scores[places],
        years=here.years_of(places),
        lately=cited_lately(graph, places, here.past, dates, here.now),
        meaning=here.meaning_of(places.tolist()),
        authors=shared_authors(authors[: len(places)], authors[len(places) :]),
        taken_up=ages[np.isfinite(ages)],
    )


def _freshness(here: Moment, places: NDArray[np.int64]) -> NDArray[np.float64]:
    """What is new counts more, when a time is asked for; 0 for what was not there yet."""
    if here.now is None:
        return np.ones(len(places))
    fresh = _OLD + np.exp(-here.years_of(places) / _FADING)
    return np.asarray(np.nan_to_num(fresh, nan=0.0))


def _propose_descendants(
    source: AncestorSource, number: int, weight: float, found: _Proposals
) -> None:
    """Papers said to continue what is known."""
    for claim in source.claims(number):
        if claim.earlier == number and claim.stated and claim.kind in ("extends", "replaces"):
            found.add(claim.later, weight, CONTINUE, [claim.evidence])


def _propose_starts(
    source: AncestorSource, found: _Proposals, counts: NDArray[np.int64], now: float | None
) -> None:
    """With nothing known: what most papers and reviews here rest on."""
    counts = counts[: source.graph.papers]
    for number in np.argsort(-counts, kind="stable")[:200].tolist():
        is_later = now is not None and not source.dates[number] <= now
        if counts[number] and not is_later:
            text = f"cited by {counted(int(counts[number]), *_CITERS)}"
            evidence = counted_evidence("citation", text, 1.0, stated=True)
            found.add(number, float(np.log1p(counts[number])), START, [evidence])


def _present(
    here: Moment,
    proposals: _Proposals,
    refused: Collection[int],
    limit: int,
    diverse: bool,
    reader: str,
) -> tuple[Recommendation, ...]:
    source, read, now = here.source, here.read, here.now
    facts = source.facts(list(proposals.scores))
    fitting = {
        number: proposals.scores[number] * (_GENERIC if facts[number].is_generic else 1.0)
        for number in proposals.scores
        if number in facts and number not in refused and _is_dated(facts[number], now)
    }
    ranked = sorted(fitting, key=lambda n: (-fitting[n], facts[n].date or 0, n))
    chosen = _vary(ranked, proposals, limit) if diverse else ranked[:limit]
    best = max((fitting[number] for number in chosen), default=1.0) or 1.0
    reasons = Reasons(here, chosen)
    source.load_claims(chosen)
    missing = {n: _missing(n, source, set(read)) for n in chosen}
    cards = here.library.papers.get(
        [*chosen, *(p.number for m in missing.values() for p in m)], reader
    )
    return tuple(
        Recommendation(
            paper=cards[number],
            score=fitting[number] / best,
            group=proposals.groups[number][1],
            ready=not missing[number],
            missing=_cards(missing[number], cards),
            because=strongest([*proposals.evidence[number], *reasons.of(number)]),
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


def _is_dated(facts: PaperFacts, now: float | None) -> bool:
    return now is None or (facts.date is not None and facts.date <= now)


def _parse_month(text: str | None) -> float | None:
    if text is None:
        return None
    year, _, month = text.partition("-")
    if not (year.isdigit() and len(year) == 4 and month.isdigit() and 1 <= int(month) <= 12):
        raise InputError(f"as_of is {text!r}; give a month as YYYY-MM")
    return int(year) + int(month) / 12
