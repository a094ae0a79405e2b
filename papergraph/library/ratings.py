"""What readers think of papers: ratings of 0 to 5 stars, as given or as told in their writing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from sqlalchemy import ColumnElement, delete, insert, update

from papergraph.library.database import Database
from papergraph.library.schema import reading_states

RATED = "rating:"
"""Before a reader's name: the state in a row of this reader is a rating.

Where rating a paper made it read, the note of the row is the state the paper had before and since
when, "queued 2026-01-31T12:00:00Z", or "none" where it had no state.
"""

_NO_STATE = "none"

Before = tuple[str, str] | None
"""A state and since when; None for no state."""


class Ratings:
    """The ratings of one library, kept beside reading states under a name of their own.

    So they go with papers that are merged, copied and removed, and a state may change without them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        numbers: Collection[int],
        stars: float | None,
        *,
        reader: str,
        now: str,
        ended: Mapping[int, Before] = MappingProxyType({}),
    ) -> None:
        """Give papers a rating; None takes it away.

        `ended` are the states that this rating ends, as it makes the papers read. They are kept
        when the paper is rated anew.
        """
        with self._database.transaction():
            before = {**self.ended(numbers, reader=reader), **ended}
            for number in numbers:
                self._database.execute(delete(reading_states).where(_at(number, reader)))
            if stars is not None:
                self._insert(dict.fromkeys(numbers, stars), reader, now)
                self._keep_ended(before, reader)

    def ended(self, numbers: Collection[int], *, reader: str) -> dict[int, Before]:
        """What papers were before a rating made them read; others are left out."""
        wanted = set(numbers)
        rows = self._database.execute_raw(
            "SELECT paper_id, note FROM reading_states WHERE reader = ? AND note IS NOT NULL",
            (f"{RATED}{reader}",),
        )
        return {int(number): _before(note) for number, note in rows if number in wanted}

    def confirm(self, numbers: Collection[int], *, reader: str) -> None:
        """Say that the states of these papers are not for their rating, but told by themselves."""
        with self._database.transaction():
            for number in self.ended(numbers, reader=reader):
                at = _at(number, reader)
                self._database.execute(update(reading_states).where(at).values(note=None))

    def put_told(self, stars: Mapping[int, float], *, reader: str, now: str) -> None:
        """Keep the ratings a review tells in place of those it told before.

        `reader` names the review.
        """
        with self._database.transaction():
            mine = reading_states.c.reader == f"{RATED}{reader}"
            self._database.execute(delete(reading_states).where(mine))
            self._insert(stars, reader, now)

    def of(self, reader: str) -> dict[int, float]:
        """Stars by paper, of a reader or, as `put_told` keeps them, of a review."""
        rows = self._database.execute_raw(
            "SELECT paper_id, state FROM reading_states WHERE reader = ? ORDER BY paper_id",
            (f"{RATED}{reader}",),
        )
        return {int(number): float(stars) for number, stars in rows}

    def _keep_ended(self, before: Mapping[int, Before], reader: str) -> None:
        for number, state in before.items():
            note = " ".join(state) if state else _NO_STATE
            at = _at(number, reader)
            self._database.execute(update(reading_states).where(at).values(note=note))

    def _insert(self, stars: Mapping[int, float], reader: str, now: str) -> None:
        rows = [
            {"paper_id": number, "state": f"{given:g}", "changed_at": now}
            for number, given in sorted(stars.items())
        ]
        if rows:
            name = {"reader": f"{RATED}{reader}"}
            self._database.execute(insert(reading_states), [name | row for row in rows])


def _at(number: int, reader: str) -> ColumnElement[bool]:
    columns = reading_states.c
    return (columns.reader == f"{RATED}{reader}") & (columns.paper_id == number)


def _before(note: str) -> Before:
    state, _, since = note.partition(" ")
    return None if state == _NO_STATE else (state, since)
