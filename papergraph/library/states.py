"""Reading states: what a reader saved, is reading, has read, knows or does not want."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from papergraph.errors import InputError
from papergraph.library.database import Database
from papergraph.library.schema import reading_log, reading_states
from papergraph.models import READING_STATES

_MARKED = "marked by:"  # before an origin, a line break and a reader's name

Marks = dict[tuple[str, str], dict[int, tuple[str, str]]]
"""State and since when, by paper, of what texts marked; by the origin and the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfEntry:
    """A paper with a reading state: the reader's note, and when it was changed."""

    paper: int
    note: str | None
    changed_at: str


class ReadingStates:
    """The reading states of one library, with a log of every change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        numbers: Collection[int],
        state: str | None,
        *,
        reader: str,
        now: str,
        note: str | None = None,
    ) -> None:
        """Set the state of these papers; None takes it away. Without a `note` theirs stay.

        Raises InputError when the state is not one of `READING_STATES`.
        """
        if state is not None and state not in READING_STATES:
            raise InputError(f"no reading state {state!r}; known are {', '.join(READING_STATES)}")
        with self._database.transaction():
            for number in numbers:
                self._put_one(number, state, reader, now, note)

    def with_state(self, states: Collection[str], reader: str) -> list[int]:
        """Papers in one of these states, the longest in it first."""
        statement = (
            select(reading_states.c.paper_id)
            .where(reading_states.c.reader == reader, reading_states.c.state.in_(list(states)))
            .order_by(reading_states.c.changed_at, reading_states.c.paper_id)
        )
        return [int(row[0]) for row in self._database.execute(statement)]

    def entries(self, reader: str) -> list[ShelfEntry]:
        """Everything a reader gave a state, with its note, the newest change first."""
        statement = (
            select(reading_states)
            .where(reading_states.c.reader == reader)
            .order_by(reading_states.c.changed_at.desc(), reading_states.c.paper_id)
        )
        return [
            ShelfEntry(paper=row.paper_id, note=row.note, changed_at=row.changed_at)
            for row in self._database.execute(statement)
        ]

    def used_papers(self, numbers: Collection[int]) -> set[int]:
        """Those of these papers that any reader has given a state."""
        statement = select(reading_states.c.paper_id).where(
            reading_states.c.paper_id.in_(list(numbers))
        )
        return {int(row[0]) for row in self._database.execute(statement)}

    def put_told(self, states: Mapping[int, tuple[str, str]], *, reader: str) -> None:
        """Keep what the author of a review tells of their own reading; `reader` names the review.

        `states` gives the state of each paper and since when. Replaces what was told before.
        Nobody's shelf changes, and nothing is logged.
        """
        with self._database.transaction():
            self._database.execute(delete(reading_states).where(reading_states.c.reader == reader))
            rows = [
                {"reader": reader, "paper_id": number, "state": state, "changed_at": since}
                for number, (state, since) in sorted(states.items())
            ]
            if rows:
                self._database.execute(insert(reading_states), rows)

    def told(self, reader: str) -> dict[int, tuple[str, str]]:
        """State and since when, by paper, of a reader or, as `put_told` keeps them, of a review."""
        columns = reading_states.c
        statement = select(columns.paper_id, columns.state, columns.changed_at).where(
            columns.reader == reader
        )
        return {
            int(row[0]): (str(row[1]), str(row[2])) for row in self._database.execute(statement)
        }

    def marks(self) -> Marks:
        """What readers' own texts marked for them, as `keep_marks` keeps it."""
        columns = reading_states.c
        statement = select(
            columns.reader, columns.paper_id, columns.state, columns.changed_at
        ).where(columns.reader.startswith(_MARKED, autoescape=True))
        found: Marks = {}
        for name, number, state, since in self._database.execute(statement):
            origin, _, reader = str(name).removeprefix(_MARKED).rpartition("\n")
            found.setdefault((origin, reader), {})[int(number)] = (str(state), str(since))
        return found

    def keep_marks(self, marks: Mapping[int, tuple[str, str]], *, origin: str, reader: str) -> None:
        """Keep which marks of a reader a text made or agrees with, in place of those before."""
        self.put_told(marks, reader=f"{_MARKED}{origin}\n{reader}")

    def _put_one(
        self, number: int, state: str | None, reader: str, now: str, note: str | None
    ) -> None:
        at = (reading_states.c.reader == reader) & (reading_states.c.paper_id == number)
        before = self._database.execute(select(reading_states.c.state).where(at)).scalar()
        if before == state and note is None:
            return
        if state is None:
            self._database.execute(delete(reading_states).where(at))
        else:
            row = {"state": state, "note": note or None, "changed_at": now}
            statement = self._database.upsert(reading_states).values(
                reader=reader, paper_id=number, **row
            )
            if note is None:  # nothing is said of it: the note that is there stays
                row.pop("note")
            self._database.execute(
                statement.on_conflict_do_update(index_elements=["reader", "paper_id"], set_=row)
            )
        entry = {"reader": reader, "paper_id": number, "state": state, "before": before, "at": now}
        self._database.execute(insert(reading_log).values(**entry))
