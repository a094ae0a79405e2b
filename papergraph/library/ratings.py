"""What readers think of papers: ratings of 0 to 5 stars, as given or as told in their writing."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, insert

from papergraph.library.database import Database
from papergraph.library.schema import reading_states

RATED = "rating:"
"""Before a reader's name: the state in a row of this reader is a rating."""


class Ratings:
    """The ratings of one library, kept beside reading states under a name of their own.

    So they go with papers that are merged, copied and removed, and a state may change without them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, numbers: Collection[int], stars: float | None, *, reader: str, now: str) -> None:
        """Give papers a rating; None takes it away."""
        columns = reading_states.c
        with self._database.transaction():
            for number in numbers:
                at = (columns.reader == f"{RATED}{reader}") & (columns.paper_id == number)
                self._database.execute(delete(reading_states).where(at))
            if stars is not None:
                self._insert(dict.fromkeys(numbers, stars), reader, now)

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

    def _insert(self, stars: Mapping[int, float], reader: str, now: str) -> None:
        rows = [
            {"paper_id": number, "state": f"{given:g}", "changed_at": now}
            for number, given in sorted(stars.items())
        ]
        if rows:
            name = {"reader": f"{RATED}{reader}"}
            self._database.execute(insert(reading_states), [name | row for row in rows])
