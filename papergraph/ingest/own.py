"""A reader's own reviews: what they are about has been read."""

from __future__ import annotations

from collections.abc import Iterable

from papergraph.library import Library


def mark_reviewed(library: Library, origins: Iterable[str], *, reader: str, now: str) -> int:
    """Mark what a reader's own reviews are about as read, and what these tell as told.

    A paper is read on the day the first of the reviews about it was written, as far as that is
    known, else now. What the reader marked stays as it is. Returns how many papers were marked.
    """
    days: dict[int, str] = {}
    states: dict[int, str] = {}
    for origin in origins:
        review = library.reviews.find(origin)
        if review is None:
            continue
        day = _stamp(review.written_on) if review.written_on else now
        told = library.states.told(f"review:{origin}")
        for number in [*library.writing.about(origin), *told]:
            days[number] = min(days.get(number, day), day)
            states[number] = told.get(number, states.get(number, "read"))
    marked = library.states.told(reader)
    new = sorted(states.keys() - marked.keys(), key=lambda number: (days[number], number))
    with library.transaction():
        for number in new:
            library.states.put([number], states[number], reader=reader, now=days[number])
    return len(new)


def _stamp(day: str) -> str:
    """Write a day, month or year as the time it began.

    >>> _stamp("2016-02"), _stamp("2016-02-03")
    ('2016-02-01T00:00:00Z', '2016-02-03T00:00:00Z')
    """
    return f"{(day + '-01-01')[:10]}T00:00:00Z"
