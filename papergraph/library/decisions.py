"""What the reader decided about mentions that could not be linked for sure, with undo."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from papergraph.errors import NotFoundError
from papergraph.library.database import Database
from papergraph.library.schema import decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision:
    """One decision: what the mentions with this key in a review mean.

    `choice` is paper (then `paper` is its number), new, or none (it is no paper).
    """

    id: int
    origin: str
    key: str
    choice: str
    paper: int | None
    text: str
    decided_at: str
    undone_at: str | None


class Decisions:
    """The decisions of one library; the newest one not undone counts for its key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, *, origin: str, key: str, choice: str, paper: int | None, text: str, now: str
    ) -> int:
        """Enter a decision and return its number."""
        row = {"origin": origin, "key": key, "choice": choice, "paper_id": paper, "text": text}
        return self._database.insert(insert(decisions).values(**row, decided_at=now))

    def of_review(self, origin: str) -> dict[str, tuple[str, int | None]]:
        """What counts in a review: choice and paper by mention key."""
        statement = (
            select(decisions)
            .where(decisions.c.origin == origin, decisions.c.undone_at.is_(None))
            .order_by(decisions.c.id)
        )
        return {row.key: (row.choice, row.paper_id) for row in self._database.execute(statement)}

    def all(self) -> list[StoredDecision]:
        """Every decision, newest first."""
        rows = self._database.execute(select(decisions).order_by(decisions.c.id.desc()))
        return [_from_row(row) for row in rows]

    def undo(self, number: int, now: str) -> StoredDecision:
        """Take a decision back; raises NotFoundError when there is none of this number to undo."""
        at = (decisions.c.id == number) & decisions.c.undone_at.is_(None)
        row = self._database.execute(select(decisions).where(at)).first()
        if row is None:
            raise NotFoundError(
                f"no decision d{number} to undo; 'papergraph review --decisions' lists them"
            )
        self._database.execute(update(decisions).where(at).values(undone_at=now))
        return _from_row(row)

    def used_papers(self, numbers: Collection[int]) -> set[int]:
        """Those of these papers that a decision points at."""
        statement = select(decisions.c.paper_id).where(decisions.c.paper_id.in_(list(numbers)))
        return {int(row[0]) for row in self._database.execute(statement)}

    def forget(self, origin: str) -> None:
        """Remove every decision about a review."""
        self._database.execute(delete(decisions).where(decisions.c.origin == origin))


def _from_row(row: Row[Any]) -> StoredDecision:
    return StoredDecision(
        id=int(row.id),
        origin=row.origin,
        key=row.key,
        choice=row.choice,
        paper=row.paper_id,
        text=row.text,
        decided_at=row.decided_at,
        undone_at=row.undone_at,
    )
