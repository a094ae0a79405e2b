"""What readers changed of papers by hand; their word outranks every source, and can be undone."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select, update

from papergraph.errors import NotFoundError
from papergraph.library.database import Database
from papergraph.library.schema import edits
from papergraph.models import PaperRecord

_WARNINGS = ("retracted", "withdrawn")
_SELECT = "SELECT id, reader, paper_id, field, value, before, edited_at FROM edits"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEdit:
    """One field of one paper, as a reader wrote it; `before` is what was shown until then."""

    id: int
    reader: str
    paper: int
    field: str
    value: Any
    before: Any
    edited_at: str

    def as_json(self) -> dict[str, Any]:
        """Return the edit as an object of the answer of `/papers/REF`."""
        return {
            "id": f"e{self.id}",
            "field": self.field,
            "value": self.value,
            "before": self.before,
            "edited_at": self.edited_at,
        }


class Edits:
    """The edits of one library; of a field, the newest one that is not undone counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        number: int,
        values: Mapping[str, Any],
        *,
        before: Mapping[str, Any],
        reader: str,
        now: str,
    ) -> None:
        """Enter what a reader wrote; the paper shows it after the next `Papers.refresh`."""
        for field, value in values.items():
            row = {"reader": reader, "paper_id": number, "field": field, "edited_at": now}
            row |= {"value": _write(value), "before": _write(before[field])}
            self._database.execute(insert(edits).values(**row))

    def in_force(self, number: int) -> list[StoredEdit]:
        """The edits of a paper that count, the oldest first."""
        newest = {edit.field: edit for edit in self._find("paper_id = ?", number)}
        return sorted(newest.values(), key=lambda edit: edit.id)

    def apply_to(self, shown: Mapping[int, PaperRecord]) -> dict[int, PaperRecord]:
        """What sources say of papers, with the readers' word in place of theirs."""
        wanted = json.dumps(list(shown))
        values: dict[int, dict[str, Any]] = {}
        for edit in self._find(self._database.among("paper_id"), wanted):
            values.setdefault(edit.paper, {})[edit.field] = edit.value
        return {
            number: _edited(record, values[number]) if number in values else record
            for number, record in shown.items()
        }

    def apply(self, number: int, shown: PaperRecord) -> PaperRecord:
        """What sources say of one paper, with the reader's word in place of theirs."""
        return self.apply_to({number: shown})[number]

    def undo(self, edit: int, now: str) -> int:
        """Take an edit back and return its paper; what was edited before it counts again.

        Raises NotFoundError when there is no such edit, or it is undone already.
        """
        found = self._find("id = ?", edit)
        if not found:
            raise NotFoundError(f"no edit 'e{edit}' to undo")
        self._database.execute(update(edits).where(edits.c.id == edit).values(undone_at=now))
        return found[0].paper

    def used_papers(self, numbers: Collection[int]) -> set[int]:
        """Those of these papers that a reader has edited."""
        statement = select(edits.c.paper_id).where(
            edits.c.paper_id.in_(list(numbers)), edits.c.undone_at.is_(None)
        )
        return {int(row[0]) for row in self._database.execute(statement)}

    def _find(self, where: str, wanted: int | str) -> list[StoredEdit]:
        rows = self._database.execute_raw(
            f"{_SELECT} WHERE {where} AND undone_at IS NULL ORDER BY id", (wanted,)
        )
        return [
            StoredEdit(
                id=row[0],
                reader=row[1],
                paper=row[2],
                field=row[3],
                value=json.loads(row[4]),
                before=json.loads(row[5]) if row[5] else None,
                edited_at=row[6],
            )
            for row in rows
        ]


def _edited(shown: PaperRecord, values: dict[str, Any]) -> PaperRecord:
    """A year the reader gives takes the month of another year with it."""
    values = {name: tuple(it) if isinstance(it, list) else it for name, it in values.items()}
    if "tags" in values:  # that a paper was withdrawn is told, whatever else is
        told = [tag for tag in shown.tags if tag in _WARNINGS and tag not in values["tags"]]
        values["tags"] = (*values["tags"], *told)
    year = values.get("year")
    if "year" in values and "published" not in values:
        values["published"] = shown.published if str(year) == str(shown.published)[:4] else None
    return replace(shown, **values)


def _write(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
