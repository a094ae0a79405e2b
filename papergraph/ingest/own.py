"""A reader's own reviews: what they are about has been read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from papergraph.ingest.storing import stamp
from papergraph.library import Library
from papergraph.models import no_marks, told_rank


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What one review tells of reading a paper, and since when."""

    paper: int
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
    told_by = {origin: _told_by(library, origin, now) for origin in origins}
    marked = {origin: no_marks() for origin in told_by}
    found: dict[int, _Told] = {}
    for told in sorted((told for by in told_by.values() for told in by), key=_weight):
        found.setdefault(told.paper, told)
    own = library.states.told(reader)
    new = [number for number, told in found.items() if _is_news(told, own.get(number))]
    new.sort(key=lambda number: (found[number].since, number))
    with library.transaction():
        for number in new:
            told = found[number]
            library.states.put([number], told.state, reader=reader, now=told.since)
            marked[told.origin][told.state] += 1
        read = [number for number, told in found.items() if told.state in ("read", "known")]
        library.ratings.confirm(read, reader=reader)
        _keep_marks(library, told_by, own, reader)
        _take_ratings(library, marked, reader, now)
    return marked


def take_back_marks(library: Library, origin: str, now: str) -> None:
    """Take back the marks that only this text made; what the reader marked or noted stays."""
    marks = library.states.marks()
    for (text, reader), made in marks.items():
        if text != origin:
            continue
        library.states.keep_marks({}, origin=origin, reader=reader)
        others = [
            marked for (other, who), marked in marks.items() if who == reader and other != origin
        ]
        own = library.states.told(reader)
        noted = {entry.paper for entry in library.states.entries(reader) if entry.note}
        for number in made.keys() - noted:
            left = [marked[number] for marked in others if number in marked]
            if own.get(number) not in (made[number], *left):
                continue
            library.states.put([number], None, reader=reader, now=now)
            for state, since in sorted(left, key=_shelf_weight)[:1]:
                library.states.put([number], state, reader=reader, now=since)


def _keep_marks(
    library: Library,
    told_by: Mapping[str, Collection[_Told]],
    before: Mapping[int, tuple[str, str]],
    reader: str,
) -> None:
    """Keep which texts a mark comes from, so that it goes with the last of them.

    `before` is the reader's shelf before these texts were looked at. What the reader put there
    is no text's.
    """
    marks = {text: made for (text, who), made in library.states.marks().items() if who == reader}
    from_texts = {(number, *mark) for made in marks.values() for number, mark in made.items()}
    readers_own = {number for number, mark in before.items() if (number, *mark) not in from_texts}
    for origin, told in told_by.items():
        made = marks.get(origin, {})
        new = {one.paper: (one.state, one.since) for one in told if one.paper not in readers_own}
        same = {n: mark for n, mark in made.items() if mark[0] == new.get(n, mark)[0]}
        library.states.keep_marks({**made, **new, **same}, origin=origin, reader=reader)


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


def _told_by(library: Library, origin: str, now: str) -> list[_Told]:
    review = library.reviews.find(origin)
    if review is None:
        return []
    written = stamp(review.written_on) if review.written_on else now
    states = dict.fromkeys(library.writing.about(origin), ("read", written))
    states |= library.states.told(f"review:{origin}")
    return [
        _Told(paper=number, state=state, since=since, origin=origin)
        for number, (state, since) in states.items()
    ]


def _weight(told: _Told) -> tuple[int, str, str]:
    """What counts first is least: the furthest state, then the first day."""
    return (-told_rank(told.state), told.since, told.origin)


def _shelf_weight(mark: tuple[str, str]) -> tuple[int, str]:
    """As `_weight`, of a state and since when."""
    return (-told_rank(mark[0]), mark[1])
