"""Connections and transactions of a library, on whatever kind of database it lies in."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Insert, Table
from sqlalchemy.exc import DBAPIError

from papergraph.library.backend import Backend, NewRows, TextIndex, Upsert
from papergraph.library.sqlite import Sqlite
from papergraph.places import Place, Server

_READING = ("SELECT", "PRAGMA")


class Database:
    """One library database, with a connection for each thread and nested transactions joined."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.engine = backend.make_engine()
        self._local = threading.local()

    @classmethod
    def open(cls, place: Place | None, cache: Path | None = None) -> Database:
        """Open the file or the server's database at `place`, one in memory when it is None.

        Raises
        ------
        LibraryError
            When the folder cannot be written, the file is no SQLite database, or the driver of the
            server is missing.
        """
        return cls(backend_of(place, cache))

    @property
    def path(self) -> Path | None:
        """The file; None when there is none."""
        return self.backend.path

    @property
    def version(self) -> str:
        """The version of the program that keeps the database."""
        with self.transaction() as connection:
            numbers = connection.dialect.server_version_info or ()
        return ".".join(map(str, numbers))

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run the block in one transaction; a block inside another joins it.

        Raises
        ------
        LibraryError
            When the database refuses to write (read-only file, full disk, locked too long), or
            cannot be reached.
        """
        current: Connection | None = getattr(self._local, "connection", None)
        if current is not None:
            yield current
            return
        try:
            with self.engine.begin() as connection:
                self._local.connection = connection
                self._local.is_locked = False
                try:
                    yield connection
                finally:
                    self._local.connection = None
        except DBAPIError as error:
            raise self.backend.describe(error) from error
        except self.engine.dialect.loaded_dbapi.Error as error:  # past SQLAlchemy
            raise self.backend.describe(DBAPIError("", None, error)) from error

    def execute(
        self,
        statement: Executable,
        parameters: Sequence[dict[str, Any]] | dict[str, Any] | None = None,
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement; many rows when `parameters` is a list. Results are read at once."""
        with self.transaction() as connection:
            if not statement.is_select:
                self._prepare_to_write()
            result = connection.execute(statement, parameters)
            return result.freeze()() if result.returns_rows else result  # type: ignore[return-value]  # a frozen result has the same reading methods

    def insert(self, statement: Insert) -> int:
        """Insert one row and return the number it was given."""
        with self.transaction() as connection:
            self._prepare_to_write()
            self.backend.number_next(connection, str(statement.table))
            key = connection.execute(statement).inserted_primary_key
            return int(key[0]) if key else 0

    def execute_raw(
        self, sql: str, rows: Sequence[tuple[Any, ...]] | tuple[Any, ...] = ()
    ) -> list[Any]:
        """Run SQL text on the hot paths, with tuples for parameters; rows are returned at once."""
        with self.transaction() as connection:
            if not sql.startswith(_READING):
                self._prepare_to_write()
            result = connection.exec_driver_sql(self.backend.adapt(sql), rows or None)
            return list(result.all()) if result.returns_rows else []

    def read(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        """Run one SELECT past SQLAlchemy, for what every search asks; rows are plain tuples."""
        current: Connection | None = getattr(self._local, "connection", None)
        if current is not None:
            return _fetch(current, self.backend.adapt(sql), parameters)
        with self.transaction() as connection:
            return _fetch(connection, self.backend.adapt(sql), parameters)

    def _run(self, sql: str, rows: Sequence[tuple[Any, ...]] | tuple[Any, ...] = ()) -> list[Any]:
        return (
            self.read(sql, tuple(rows)) if sql.startswith("SELECT") else self.execute_raw(sql, rows)
        )

    def read_in_chunks(self, sql: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a long answer in lists, never all of them at once."""
        with self.transaction() as connection:
            yield from self.backend.read_in_chunks(connection, sql, size)

    def insert_many(self, rows: NewRows) -> None:
        """Enter many rows in the way that is quick here."""
        if rows.values:
            with self.transaction() as connection:
                self._prepare_to_write()
                self.backend.insert_many(connection, rows)

    def upsert(self, table: Table) -> Upsert:
        """An INSERT that may say what to do on a conflict."""
        return self.backend.upsert(table)

    def among(self, column: str) -> str:
        """Say in SQL that a column is one of the numbers of one parameter, a JSON list."""
        return self.backend.among(column)

    def collected(self, column: str) -> str:
        """Say in SQL: all values of a column as one JSON list."""
        return self.backend.collected(column)

    @cached_property
    def texts(self) -> TextIndex:
        """What finds words."""
        return self.backend.text_index(self._run, self.insert_many)

    def lock(self) -> None:
        """Keep other writers out until the transaction ends; tables made in it are undone too."""
        with self.transaction() as connection:
            if not self._local.is_locked:
                self.backend.lock(connection)
                self._local.is_locked = True

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read in the block what there is at its beginning, whatever others write meanwhile."""
        with self.transaction() as connection:
            self.backend.begin_snapshot(connection)
            yield

    def hold(self, folder: Path | None, name: str) -> AbstractContextManager[bool]:
        """Hold a name while the block runs, or learn that another process does: then False."""
        return self.backend.hold(self.engine, folder, name)

    def backup(self, target: Path) -> None:
        """Write a consistent copy; raises LibraryError when `target` cannot be written."""
        self.backend.backup(self.engine, target)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _prepare_to_write(self) -> None:
        if self.backend.locks_every_write:
            self.lock()


def backend_of(place: Place | None, cache: Path | None = None) -> Backend:
    """The kind of database at a place; files derived from one on a server go into `cache`."""
    if isinstance(place, Server):
        from papergraph.library.postgres import Postgres

        return Postgres(place, cache)
    return Sqlite(place)


def _fetch(connection: Connection, sql: str, parameters: tuple[Any, ...]) -> list[Any]:
    driver: Any = connection.connection.driver_connection
    return list(driver.execute(sql, parameters).fetchall())
