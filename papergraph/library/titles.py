"""Which rows of words are titles of papers: looks many up at once by the index of title keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from papergraph.library.database import Database
from papergraph.text import TitleKey

_CHUNK = 2_000


def titles_among(
    database: Database,
    beginnings: Collection[str],
    rows: Callable[[], Collection[TitleKey]],
    hidden: Collection[int],
) -> set[TitleKey]:
    """Titles of papers that are among the rows of words of a text, and maybe others that begin so.

    `beginnings` are the first `FEWEST_TITLE_LETTERS` letters of the rows; there are ten rows to
    each. A sorted index is asked for the beginnings, about 1 µs each, one that is not sorted for
    the rows. Papers that are `hidden` do not count.
    """
    found = (
        _beginning_so(database, sorted(beginnings))
        if database.backend.sorts_titles
        else _equal(database, sorted(rows()))
    )
    return {TitleKey(key) for key, number in found if number not in hidden}


def _beginning_so(database: Database, beginnings: list[str]) -> Iterator[tuple[str, int]]:
    for chunk in _chunks(beginnings):
        yield from database.read(
            "SELECT title_key, papers.id FROM json_each(?) AS wanted CROSS JOIN papers"
            " WHERE title_key >= wanted.value AND title_key < wanted.value || char(1114111)"
            " AND merged_into IS NULL",
            (json.dumps(chunk),),
        )


def _equal(database: Database, keys: list[TitleKey]) -> Iterator[tuple[str, int]]:
    for chunk in _chunks(keys):
        yield from database.read(
            "SELECT title_key, id FROM papers WHERE title_key = ANY (?) AND merged_into IS NULL",
            (chunk,),
        )


def _chunks(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
