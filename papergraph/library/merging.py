"""Two stored papers found to be one: all that hangs on the younger entry moves to the older.

The old id keeps answering with the survivor. Every merge is logged with what it moved, and can be
undone.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, insert

from papergraph.errors import InputError, NotFoundError
from papergraph.library.database import Database
from papergraph.library.papers import Papers
from papergraph.library.schema import merges, metadata
from papergraph.models import merge_records, record_from_json, record_to_json

# table, columns that name a paper, and the columns that identify a row
_POINTERS = (
    ("mentions", ("paper_id",), ("id",)),
    ("relations", ("later", "earlier"), ("id",)),
    ("decisions", ("paper_id",), ("id",)),
    ("import_keys", ("paper_id",), ("source_id", "key")),
    ("reading_log", ("paper_id",), ("id",)),
    ("prerequisites", ("later", "earlier"), ("id",)),
    ("edits", ("paper_id",), ("id",)),
)
# table and the columns that name a paper, where a paper has one row for each of something
_ROWS = (
    ("citations", ("citing", "cited")),
    ("citation_contexts", ("citing", "cited")),
    ("reference_lists", ("paper_id",)),
    ("frontier", ("paper_id",)),
    ("news", ("paper_id",)),
)
_BOTH_ENDS = "later IN (?, ?) AND earlier IN (?, ?)"

NAMED_AS_ONE = "named as one work in "
"""Begins the reason of merges that follow from a review; its origin ends it."""

Moved = dict[str, list[list[Any]]]


class Merges:
    """The merges of one library."""

    def __init__(self, database: Database, papers: Papers) -> None:
        self._database = database
        self._papers = papers

    def merge(self, one: int, other: int, reason: str, now: str) -> int:
        """Make two papers one and return the number of the merge; the older number survives.

        Raises InputError when they are one already or one of them does not exist.
        """
        kept, dropped = sorted((one, other))
        with self._database.transaction():
            if kept == dropped or any(self._papers.survivor(n) != n for n in (kept, dropped)):
                raise InputError(f"p{one} and p{other} cannot be merged: they are not two papers")
            ends = (kept, dropped, kept, dropped)
            moved: Moved = {
                "self_relations": self._take("relations", _BOTH_ENDS, ends),
                "self_prerequisites": self._take("prerequisites", _BOTH_ENDS, ends),
            }
            for table, columns, key in _POINTERS:
                for column in columns:
                    moved[f"{table}.{column}"] = self._point(table, column, key, dropped, kept)
            moved["states"] = self._move_states(dropped, kept)
            for table, columns in _ROWS:
                moved[table] = self._move_rows(table, columns, dropped, kept)
            moved["lineages"] = self._rename_in_lineages(dropped, kept)
            moved["records"] = self._move_records(dropped, kept, now)
            self._run("UPDATE papers SET merged_into = ? WHERE id = ?", (kept, dropped))
            self._run("DELETE FROM identifiers WHERE paper_id = ?", (dropped,))
            self._run("DELETE FROM nicknames WHERE paper_id = ?", (dropped,))
            self._run("DELETE FROM embeddings WHERE paper_id = ?", (dropped,))
            self._papers.refresh([kept])
            row = {"kept": kept, "dropped": dropped, "reason": reason, "merged_at": now}
            return self._database.insert(insert(merges).values(moved=json.dumps(moved), **row))

    def undo(self, number: int, now: str) -> tuple[int, int]:
        """Take a merge back; returns the two papers. Raises NotFoundError when there is none."""
        with self._database.transaction():
            rows = self._run(
                "SELECT kept, dropped, moved FROM merges WHERE id = ? AND undone_at IS NULL",
                (number,),
            )
            if not rows:
                raise NotFoundError(f"no merge {number} to undo")
            kept, dropped, text = rows[0]
            moved: Moved = json.loads(text)
            self._run("UPDATE papers SET merged_into = NULL WHERE id = ?", (dropped,))
            self._put_back("relations", moved["self_relations"])
            for table, columns, key in _POINTERS:
                where = " AND ".join(f"{name} = ?" for name in key)
                for column in columns:
                    for row in moved.get(f"{table}.{column}", []):
                        self._run(
                            f"UPDATE {table} SET {column} = ? WHERE {where} AND {column} = ?",
                            (dropped, *row, kept),
                        )
            self._put_back("prerequisites", moved.get("self_prerequisites", []))
            for table, columns in _ROWS:
                self._unmove_rows(table, columns, moved.get(table, []), kept, dropped)
            for reader, _, state, _, changed_at in moved["states"]:
                self._run(
                    "DELETE FROM reading_states WHERE reader = ? AND paper_id = ? AND state = ?"
                    " AND changed_at = ?",
                    (reader, kept, state, changed_at),
                )
            self._put_back("reading_states", moved["states"])
            for key, chain, members in moved["lineages"]:
                self._run(
                    "UPDATE lineages SET chain = ?, members = ? WHERE key = ?",
                    (chain, members, key),
                )
            for source in {row[1] for row in moved["records"]}:  # later ones stay where they are
                self._run(
                    "DELETE FROM records WHERE paper_id IN (?, ?) AND source_id = ?",
                    (kept, dropped, source),
                )
            self._put_back("records", moved["records"])
            self._run("DELETE FROM identifiers WHERE paper_id IN (?, ?)", (kept, dropped))
            self._papers.refresh([kept, dropped])
            self._run("UPDATE merges SET undone_at = ? WHERE id = ?", (now, number))
        return kept, dropped

    def all(self) -> list[tuple[int, int, int, str, str | None]]:
        """Every merge, newest first: number, survivor, merged paper, reason, when undone."""
        rows = self._run("SELECT id, kept, dropped, reason, undone_at FROM merges ORDER BY id DESC")
        return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]

    def forget(self, number: int) -> None:
        """Remove a merge from the log."""
        self._run("DELETE FROM merges WHERE id = ?", (number,))

    def made_by_reviews(self, kept: int) -> list[int]:
        """Merges into a paper that were made because a review names both as one."""
        return [
            row[0]
            for row in self._run(
                "SELECT id FROM merges WHERE kept = ? AND undone_at IS NULL"
                " AND substr(reason, 1, length(?)) = ?",
                (kept, NAMED_AS_ONE, NAMED_AS_ONE),
            )
        ]

    def _run(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return self._database.execute_raw(sql, values)

    def _point(
        self, table: str, column: str, key: tuple[str, ...], old: int, new: int
    ) -> list[list[Any]]:
        rows = self._run(f"SELECT {', '.join(key)} FROM {table} WHERE {column} = ?", (old,))
        self._run(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))
        return [list(row) for row in rows]

    def _take(self, table: str, where: str, values: tuple[Any, ...]) -> list[list[Any]]:
        rows = [list(row) for row in self._run(f"SELECT * FROM {table} WHERE {where}", values)]
        self._run(f"DELETE FROM {table} WHERE {where}", values)
        return rows

    def _put_back(self, table: str, rows: list[list[Any]]) -> None:
        columns = metadata.tables[table].columns
        key = ", ".join(column.name for column in columns if column.primary_key)
        rest = [column.name for column in columns if not column.primary_key]
        change = ", ".join(f'"{name}" = excluded."{name}"' for name in rest)
        conflict = f"DO UPDATE SET {change}" if rest else "DO NOTHING"
        for row in rows:
            marks = ", ".join("?" * len(row))
            self._run(
                f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT ({key}) {conflict}", tuple(row)
            )

    def _move_states(self, old: int, new: int) -> list[list[Any]]:
        """Keep the survivor's state where it has one; else it takes over the other's."""
        rows = self._take("reading_states", "paper_id = ?", (old,))
        for reader, _, state, note, changed_at in rows:
            self._run(
                "INSERT INTO reading_states VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (reader, new, state, note, changed_at),
            )
        return rows

    def _move_rows(
        self, table: str, columns: tuple[str, ...], old: int, new: int
    ) -> list[list[Any]]:
        """Rename the paper in rows of which it has one for each of something; returns the old rows.

        Where the survivor has such a row, its own stays. The columns stand first in the table.
        """
        where = " OR ".join(f"{column} = ?" for column in columns)
        rows = self._take(table, where, (old,) * len(columns))
        for row in rows:
            ends = _rename(row, len(columns), old, new)
            if len(set(ends)) == len(ends):
                marks = ", ".join("?" * len(row))
                self._run(
                    f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT DO NOTHING",
                    (*ends, *row[len(columns) :]),
                )
        return rows

    def _unmove_rows(
        self, table: str, columns: tuple[str, ...], rows: list[list[Any]], kept: int, dropped: int
    ) -> None:
        """Take back the rows that came over by the merge, unless the survivor's own stayed."""
        stored = metadata.tables[table]
        for row in rows:
            renamed = (*_rename(row, len(columns), dropped, kept), *row[len(columns) :])
            same = (
                column.is_not_distinct_from(value)
                for column, value in zip(stored.columns, renamed, strict=True)
            )
            self._database.execute(delete(stored).where(*same))
        self._put_back(table, rows)

    def _rename_in_lineages(self, old: int, new: int) -> list[list[Any]]:
        changed = []
        for key, chain, members in self._run("SELECT key, chain, members FROM lineages"):
            if old in json.loads(members):
                changed.append([key, chain, members])
                renamed = [
                    json.dumps(
                        list(dict.fromkeys(new if n == old else n for n in json.loads(text)))
                    )
                    for text in (chain, members)
                ]
                self._run(
                    "UPDATE lineages SET chain = ?, members = ? WHERE key = ?", (*renamed, key)
                )
        return changed

    def _move_records(self, old: int, new: int, now: str) -> list[list[Any]]:
        """What one source says of both becomes one record; returns the records as before."""
        before = [
            list(row)
            for row in self._run("SELECT * FROM records WHERE paper_id IN (?, ?)", (old, new))
        ]
        by_source: dict[int, list[tuple[str, str | None]]] = {}
        for _, source, fields, abstract, _ in sorted(before, key=lambda row: row[0] != new):
            by_source.setdefault(source, []).append((fields, abstract))
        self._run("DELETE FROM records WHERE paper_id IN (?, ?)", (old, new))
        for source, said in by_source.items():
            found = [record_from_json(f, source="merged", abstract=a) for f, a in said]
            one = merge_records(found)
            self._run(
                "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
                (new, source, record_to_json(one), one.abstract, now),
            )
        return before


def _rename(row: list[Any], width: int, old: int, new: int) -> tuple[Any, ...]:
    return tuple(new if value == old else value for value in row[:width])
