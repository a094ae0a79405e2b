"""What the reader says of prerequisites: added or struck out, until it is taken back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from papergraph.errors import NotFoundError
from papergraph.library.database import Database
from papergraph.library.schema import prerequisites
from papergraph.models import Claim, Evidence, ReaderPrerequisite

Pair = tuple[int, int]


class Prerequisites:
    """The reader's word on prerequisites; of a pair the newest one not taken back counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, row: ReaderPrerequisite) -> int:
        """Enter a reader's word and return its number; an earlier word on the pair gives way."""
        ends = (prerequisites.c.later == row.later) & (prerequisites.c.earlier == row.earlier)
        with self._database.transaction():
            old = ends & (prerequisites.c.reader == row.reader) & _COUNTS
            self._database.execute(
                update(prerequisites).where(old).values(undone_at=row.decided_at)
            )
            return self._database.insert(
                insert(prerequisites).values(
                    reader=row.reader,
                    later=row.later,
                    earlier=row.earlier,
                    keep=int(row.keep),
                    why=row.why,
                    decided_at=row.decided_at,
                )
            )

    def undo(self, number: int, *, reader: str, now: str) -> ReaderPrerequisite:
        """Take a reader's word back; raises NotFoundError when there is none to take back."""
        at = (prerequisites.c.id == number) & (prerequisites.c.reader == reader) & _COUNTS
        found = self._rows(at)
        if not found:
            raise NotFoundError(
                f"no prerequisite r{number} to undo; 'papergraph prerequisite' lists them"
            )
        self._database.execute(update(prerequisites).where(at).values(undone_at=now))
        return found[0]

    def all(self, reader: str) -> list[ReaderPrerequisite]:
        """What counts of a reader's words, oldest first."""
        return self._rows((prerequisites.c.reader == reader) & _COUNTS)

    def word(self, reader: str) -> tuple[list[Claim], frozenset[Pair]]:
        """What the reader says.

        Returns
        -------
        claims, struck
            What was added, as claims, and the (later, earlier) pairs that count no more: those
            struck out, and the reverse of what was added.
        """
        rows = self.all(reader)
        claims = [_claim(row) for row in rows if row.keep]
        pairs = ((row.earlier, row.later) if row.keep else (row.later, row.earlier) for row in rows)
        return claims, frozenset(pairs)

    def used_papers(self, numbers: Collection[int]) -> set[int]:
        """Those of these papers that a reader's word names."""
        used: set[int] = set()
        for column in (prerequisites.c.later, prerequisites.c.earlier):
            found = self._database.execute(select(column).where(column.in_(list(numbers))))
            used |= {int(row[0]) for row in found}
        return used

    def _rows(self, where: ColumnElement[bool]) -> list[ReaderPrerequisite]:
        statement = select(prerequisites).where(where).order_by(prerequisites.c.id)
        return [_from_row(row) for row in self._database.execute(statement)]


_COUNTS = prerequisites.c.undone_at.is_(None)


def _from_row(row: Row[Any]) -> ReaderPrerequisite:
    return ReaderPrerequisite(
        id=int(row.id),
        reader=row.reader,
        later=int(row.later),
        earlier=int(row.earlier),
        keep=bool(row.keep),
        why=row.why,
        decided_at=row.decided_at,
    )


def _claim(row: ReaderPrerequisite) -> Claim:
    text = f"you put it first: {row.why}" if row.why else "you put it first"
    evidence = Evidence(kind="reader", text=text, source=row.reader, weight=1.0, stated=True)
    return Claim(
        later=row.later,
        earlier=row.earlier,
        kind="prerequisite",
        origin_kind="reader",
        stated=True,
        evidence=evidence,
    )
