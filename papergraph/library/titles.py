"""Which rows of words are titles of papers: looks many up at once by the index of title keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from papergraph.library.database import Database
from papergraph.text import TitleKey, is_long_title, name_key, title_key

_CHUNK = 2_000


class Titles:
    """The titles of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def among(
        self,
        beginnings: Collection[str],
        rows: Callable[[], Collection[TitleKey]],
        hidden: Collection[int] = (),
    ) -> set[TitleKey]:
        """Titles that are among the rows of words of a text, and maybe others that begin so.

        `beginnings` are the first `FEWEST_TITLE_LETTERS` letters of the rows; there are ten rows to
        each. A sorted index is asked for the beginnings, about 1 µs each, one that is not sorted
        for the rows. Papers that are `hidden` do not count.
        """
        found = (
            self._beginning_so(sorted(beginnings))
            if self._database.backend.sorts_titles
            else self._equal(sorted(rows()))
        )
        return {TitleKey(key) for key, number in found if number not in hidden}

    def names_in_prose(self, numbers: Collection[int] | None = None) -> set[str]:
        """Keys of the nicknames of these papers, or of all, and of titles any text is asked for."""
        titles = self._read_of(numbers, "SELECT title FROM papers WHERE merged_into IS NULL", "id")
        names = self._read_of(numbers, "SELECT name FROM nicknames WHERE true", "paper_id")
        found = {str(title_key(title)) for title in titles if is_long_title(title)}
        return found | {str(name_key(name)) for name in names}

    def _beginning_so(self, beginnings: list[str]) -> Iterator[tuple[str, int]]:
        for chunk in _chunks(beginnings):
            yield from self._database.read(
                "SELECT title_key, papers.id FROM json_each(?) AS wanted CROSS JOIN papers"
                " WHERE title_key >= wanted.value AND title_key < wanted.value || char(1114111)"
                " AND merged_into IS NULL",
                (json.dumps(chunk),),
            )

    def _equal(self, keys: list[TitleKey]) -> Iterator[tuple[str, int]]:
        for chunk in _chunks(keys):
            yield from self._database.read(
                "SELECT title_key, id FROM papers"
                " WHERE title_key = ANY (?) AND merged_into IS NULL",
                (chunk,),
            )

    def _read_of(self, numbers: Collection[int] | None, sql: str, column: str) -> Iterator[str]:
        if numbers is None:
            yield from (row[0] for row in self._database.read(sql))
            return
        for chunk in _chunks(sorted(numbers)):
            among = self._database.among(column)
            rows = self._database.read(f"{sql} AND {among}", (json.dumps(chunk),))
            yield from (row[0] for row in rows)


def _chunks(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
