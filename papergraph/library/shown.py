"""Writes what is shown of papers: their row, identifiers and nicknames, as far as it is new."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from papergraph.library.database import Database
from papergraph.library.edits import Edits
from papergraph.library.showing import derived_columns
from papergraph.models import PaperRecord
from papergraph.text import name_key

_COLUMNS = (
    "title",
    "title_key",
    "authors",
    "year",
    "published",
    "venue",
    "kind",
    "url",
    "summary",
    "tags",
    "references_known",
    "citations_elsewhere",
)
_UPDATE = f"UPDATE papers SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?"

_Row = tuple[Any, ...]


class ShownPapers:
    """What the papers of one library are shown as.

    Most of what is read again says the same again, so what stands there is looked at first.
    """

    def __init__(self, database: Database, edits: Edits) -> None:
        self._database = database
        self._edits = edits

    def write(self, shown: Mapping[int, PaperRecord]) -> None:
        """Show papers as these records say, and their readers, one after another.

        An identifier that another paper has stays with it.
        """
        shown = self._edits.apply_to(shown)
        with self._database.transaction():
            self._write_rows(shown)
            self._write_identifiers(shown)
            self._write_nicknames(shown)

    def _write_rows(self, shown: Mapping[int, PaperRecord]) -> None:
        stored = {row[0]: row[1:] for row in self._select("papers", "id", _COLUMNS, shown)}
        changed = []
        for number, record in shown.items():
            columns = derived_columns(record, record.citations_elsewhere)
            values = tuple(columns[name] for name in _COLUMNS)
            if number in stored and stored[number] != values:
                changed.append((*values, number))
        if changed:
            self._database.execute_raw(_UPDATE, changed)

    def _write_identifiers(self, shown: Mapping[int, PaperRecord]) -> None:
        stored = self._stored("identifiers", ("identifier",), shown)
        wanted = {
            number: [(item,) for item in record.identifiers] for number, record in shown.items()
        }
        self._replace("identifiers", ("identifier",), stored, wanted)

    def _write_nicknames(self, shown: Mapping[int, PaperRecord]) -> None:
        columns = ("name_key", "name", "place")
        stored = self._stored("nicknames", columns, shown)
        wanted = {}
        for number, record in shown.items():
            named = {
                name_key(name): (place, name)
                for place, name in reversed([*enumerate(record.nicknames)])
            }
            wanted[number] = [(key, name, place) for key, (place, name) in named.items() if key]
        self._replace("nicknames", columns, stored, wanted)

    def _replace(
        self,
        table: str,
        columns: Sequence[str],
        stored: Mapping[int, set[_Row]],
        wanted: Mapping[int, Sequence[_Row]],
    ) -> None:
        """Put the wanted rows in the place of the stored ones, paper by paper."""
        new: list[_Row] = []
        names = ", ".join((*columns, "paper_id"))
        marks = ", ".join("?" * (len(columns) + 1))
        add = f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"
        for number, rows in wanted.items():
            there = stored.get(number, set())
            if there == set(rows):
                continue
            if there:  # what papers before this one are given must not meet what it gives up
                if new:
                    self._database.execute_raw(add, new)
                    new = []
                self._database.execute_raw(f"DELETE FROM {table} WHERE paper_id = ?", (number,))
            new += [(*row, number) for row in rows]
        if new:
            self._database.execute_raw(add, new)

    def _stored(
        self, table: str, columns: Sequence[str], numbers: Mapping[int, Any]
    ) -> dict[int, set[_Row]]:
        found: dict[int, set[_Row]] = defaultdict(set)
        for row in self._select(table, "paper_id", columns, numbers):
            found[row[0]].add(tuple(row[1:]))
        return found

    def _select(
        self, table: str, key: str, columns: Sequence[str], numbers: Mapping[int, Any]
    ) -> list[_Row]:
        names = ", ".join((key, *columns))
        sql = f"SELECT {names} FROM {table} WHERE {self._database.among(key)}"
        return [tuple(row) for row in self._database.read(sql, (json.dumps(list(numbers)),))]
