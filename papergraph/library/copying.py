"""Copying a whole library into an empty one, from any kind of database into any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Table, func, select

from papergraph.errors import LibraryError
from papergraph.library import schema
from papergraph.library.backend import NewRows, PaperText
from papergraph.library.database import Database

OWN_FACTS = ("identity", "session key")  # what tells one library from another is not copied
_AT_ONCE = 2000
_TABLES = tuple(table for table in schema.metadata.sorted_tables if table is not schema.jobs)
_TEXTS = "SELECT rowid, title, names, abstract, summary, writing FROM papers_text ORDER BY rowid"
_TITLES = "SELECT rowid, title FROM titles_text ORDER BY rowid"

Tell = Callable[[str, int, int], None]


def copy_library(source: Database, target: Database, tell: Tell) -> Mapping[str, int]:
    """Copy all that a library holds, as it is at one moment; returns the rows of each table.

    All is copied or nothing: a target whose copying was broken off is as empty as before. Jobs are
    left behind, they are work of the machines that took them. A few thousand rows are in memory at
    a time. `tell` is called with "rows" or "texts", how many are copied, and of how many.

    Raises
    ------
    LibraryError
        When the target is not empty, or cannot be read or written.
    """
    with source.snapshot(), target.transaction() as connection:
        target.lock()
        for table in schema.metadata.sorted_tables:
            if table is not schema.info and connection.execute(select(table).limit(1)).first():
                raise LibraryError(
                    f"the library {target.backend.shown!r} is not empty: it has {table.name};"
                    " give a new place"
                )
        target.execute(schema.info.delete())
        whole = {table.name: _count(source, table) for table in _TABLES}
        done = 0
        for table in _TABLES:
            for copied in _copy_table(source, target, table):
                done += copied
                tell("rows", done, sum(whole.values()))
        _copy_texts(source, target, tell)
        return {table.name: _count(target, table) for table in _TABLES}


def _count(database: Database, table: Table) -> int:
    return int(database.execute(select(func.count()).select_from(table)).scalar() or 0)


def _copy_table(source: Database, target: Database, table: Table) -> Iterator[int]:
    """Copy the rows of a table in the order of their keys; yields how many at a time."""
    names = tuple(f'"{column.name}"' for column in table.columns)
    order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    sql = f"SELECT {', '.join(names)} FROM {table.name} ORDER BY {order}"
    is_info = table is schema.info
    for found in source.read_in_chunks(sql, _AT_ONCE):
        rows = [row for row in found if not (is_info and row[0] in OWN_FACTS)]
        target.insert_many(NewRows(table=table.name, columns=names, values=rows))
        yield len(rows)


def _copy_texts(source: Database, target: Database, tell: Tell) -> None:
    """Enter the texts anew, since each kind of database finds words in its own way."""
    done, whole = 0, int(source.read("SELECT count(*) FROM papers_text")[0][0])
    for rows in source.read_in_chunks(_TEXTS, _AT_ONCE):
        target.texts.append([_text_of(row) for row in rows], [])
        done += len(rows)
        tell("texts", done, whole)
    for titles in source.read_in_chunks(_TITLES, _AT_ONCE):
        target.texts.append([], [(int(number), str(title)) for number, title in titles])


def _text_of(row: tuple[Any, ...]) -> PaperText:
    paper, title, names, abstract, summary, writing = row
    return PaperText(
        paper=paper, title=title, names=names, abstract=abstract, summary=summary, writing=writing
    )
