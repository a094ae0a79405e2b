"""What the reader decided about mentions that could not be linked for sure, with undo."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from papergraph.errors import NotFoundError
from papergraph.library.database import Database
from papergraph.library.schema import decisions
from papergraph.models import Decision

_TITLED = "new: "  # a title the reader gave stands behind the choice it belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision:
    """One decision: what the mentions with this key in a review mean.

    `choice` is paper (then `paper` is its number), new (called `title` when the reader gave one),
    or none (it is no paper).
    """

    id: int
    origin: str
    key: str
    choice: str
    paper: int | None
    text: str
    decided_at: str
    undone_at: str | None
    title: str | None = None


class Decisions:
    """The decisions of one library; the newest one not undone counts for its key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, *, origin: str, key: str, decision: Decision, text: str, now: str) -> int:
        """Enter a decision and return its number; `text` is what the mention says."""
        choice = f"{_TITLED}{decision.title}" if decision.title else decision.choice
        row: dict[str, Any] = {"origin": origin, "key": key, "choice": choice, "text": text}
        row |= {"paper_id": decision.paper}
        return self._database.insert(insert(decisions).values(**row, decided_at=now))

    def of_review(self, origin: str) -> dict[str, Decision]:
        """What counts in a review, by mention key."""
        at = (decisions.c.origin == origin) & decisions.c.undone_at.is_(None)
        rows = self._database.execute(select(decisions).where(at).order_by(decisions.c.id))
        return {
            found.key: Decision(choice=found.choice, paper=found.paper, title=found.title)
            for found in map(_from_row, rows)
        }

    def decided(self) -> set[tuple[str, str]]:
        """Origin and mention key of everything that is decided."""
        statement = select(decisions.c.origin, decisions.c.key).where(
            decisions.c.undone_at.is_(None)
        )
        return {(row[0], row[1]) for row in self._database.execute(statement)}

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
    is_titled = row.choice.startswith(_TITLED)
    return StoredDecision(
        id=int(row.id),
        origin=row.origin,
        key=row.key,
        choice="new" if is_titled else row.choice,
        title=row.choice.removeprefix(_TITLED) if is_titled else None,
        paper=row.paper_id,
        text=row.text,
        decided_at=row.decided_at,
        undone_at=row.undone_at,
    )
