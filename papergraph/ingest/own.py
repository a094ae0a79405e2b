"""A reader's own reviews: what they are about has been read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from papergraph.ingest.storing import stamp
from papergraph.library import Library
from papergraph.models import no_marks, told_rank


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What one review tells of reading a paper, and since when."""

    state: str
    since: str
    origin: str


def mark_reviewed(
    library: Library, origins: Iterable[str], *, reader: str, now: str
) -> dict[str, dict[str, int]]:
    """Mark what a reader's own reviews are about as read, and what these tell as told.

    A paper is read on the day its author tells, or the first of the reviews about it was written,
    as far as that is known, else now. Of several states the furthest counts. What the reader marked
    stays as it is, but what was saved or begun and has been read since. Ratings count as the
    reader's, too. Returns how many papers were marked, by origin and state; a paper counts for the
    review that told first.
    """
    found: dict[int, _Told] = {}
    marked: dict[str, dict[str, int]] = {}
    for origin in origins:
        marked[origin] = no_marks()
        for number, told in _told_by(library, origin, now).items():
            before = found.get(number)
            if before is None or _weight(told) < _weight(before):
                found[number] = told
    own = library.states.told(reader)
    new = [number for number, told in found.items() if _is_news(told, own.get(number))]
    new.sort(key=lambda number: (found[number].since, number))
    with library.transaction():
        for number in new:
            told = found[number]
            library.states.put([number], told.state, reader=reader, now=told.since)
            marked[told.origin][told.state] += 1
        _take_ratings(library, marked, reader, now)
    return marked


def _take_ratings(library: Library, origins: Iterable[str], reader: str, now: str) -> None:
    """Take over the ratings of the reader's own reviews; what the reader rated stays as it is."""
    rated = library.ratings.of(reader)
    for origin in sorted(origins):
        for number, stars in library.ratings.of(f"review:{origin}").items():
            if number not in rated:
                rated[number] = stars
                library.ratings.put([number], stars, reader=reader, now=now)


def _is_news(told: _Told, own: tuple[str, str] | None) -> bool:
    """Does this go beyond what the reader's shelf says, and is it from no earlier day?"""
    if own is None:
        return True
    state, since = own
    is_open = state in ("queued", "reading")
    return (
        is_open
        and told.state != "skipped"
        and told_rank(told.state) > told_rank(state)
        and told.since[:10] >= since[:10]
    )


def _told_by(library: Library, origin: str, now: str) -> dict[int, _Told]:
    review = library.reviews.find(origin)
    if review is None:
        return {}
    written = stamp(review.written_on) if review.written_on else now
    states = dict.fromkeys(library.writing.about(origin), ("read", written))
    states |= library.states.told(f"review:{origin}")
    return {
        number: _Told(state=state, since=since, origin=origin)
        for number, (state, since) in states.items()
    }


def _weight(told: _Told) -> tuple[int, str, str]:
    """What counts first is least: the furthest state, then the first day."""
    return (-told_rank(told.state), told.since, told.origin)
