"""Connections, transactions and the opening of a library file. The only place that knows SQLite."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    Executable,
    Insert,
    create_engine,
    event,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from papergraph.errors import LibraryError

BUSY_TIMEOUT_SECONDS = 30
# KiB of pages that a connection keeps; a server has one a thread, and the system keeps them too
_READING, _WRITING = "cache_size=-8192", "cache_size=-65536"
_MAGIC = b"SQLite format 3\x00"


class Database:
    """One library database, with a connection for each thread and nested transactions joined."""

    def __init__(self, engine: Engine, path: Path | None) -> None:
        self.engine = engine
        self.path = path
        self._local = threading.local()

    @classmethod
    def open(cls, path: Path | None) -> Database:
        """Open the file at `path`, or a database in memory when it is None.

        Raises
        ------
        LibraryError
            When the folder cannot be written, or the file is no SQLite database.
        """
        if path is None:
            return cls(_memory_engine(), None)
        _check_place(path)
        engine = create_engine(
            URL.create("sqlite", database=str(path)),
            connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
        )
        event.listen(engine, "connect", _set_pragmas)
        return cls(engine, path)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run the block in one transaction; a block inside another joins it.

        Raises
        ------
        LibraryError
            When the database refuses to write (read-only file, full disk, locked too long).
        """
        current: Connection | None = getattr(self._local, "connection", None)
        if current is not None:
            yield current
            return
        try:
            with self.engine.begin() as connection:
                self._local.connection = connection
                try:
                    yield connection
                finally:
                    self._local.connection = None
        except (OperationalError, DatabaseError) as error:
            raise self._describe(error) from error

    def execute(
        self,
        statement: Executable,
        parameters: Sequence[dict[str, Any]] | dict[str, Any] | None = None,
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement; many rows when `parameters` is a list. Results are read at once."""
        with self.transaction() as connection:
            result = connection.execute(statement, parameters)
            return result.freeze()() if result.returns_rows else result  # type: ignore[return-value]  # a frozen result has the same reading methods

    def insert(self, statement: Insert) -> int:
        """Insert one row and return the number it was given."""
        with self.transaction() as connection:
            key = connection.execute(statement).inserted_primary_key
            return int(key[0]) if key else 0

    def execute_raw(
        self, sql: str, rows: Sequence[tuple[Any, ...]] | tuple[Any, ...] = ()
    ) -> list[Any]:
        """Run SQL text on the hot paths, with tuples for parameters; rows are returned at once."""
        with self.transaction() as connection:
            result = connection.exec_driver_sql(sql, rows or None)
            return list(result.all()) if result.returns_rows else []

    def read(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        """Run one SELECT past SQLAlchemy, for what every search asks; rows are plain tuples."""
        current: Connection | None = getattr(self._local, "connection", None)
        if current is not None:
            return _fetch(current, sql, parameters)
        with self.transaction() as connection:
            return _fetch(connection, sql, parameters)

    def lock(self) -> None:
        """Keep other writers out until the transaction ends; tables made in it are undone too."""
        with self.transaction() as connection:
            connection.exec_driver_sql(f"PRAGMA {_WRITING}")
            inner = connection.connection.dbapi_connection
            if inner is not None and not getattr(inner, "in_transaction", False):
                connection.exec_driver_sql("BEGIN IMMEDIATE")

    def backup(self, target: Path) -> None:
        """Write a consistent copy; raises LibraryError when `target` cannot be written."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            try:
                connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
            except DatabaseError as error:
                raise LibraryError(
                    f"cannot copy the library to {str(target)!r}: {error.orig}"
                ) from error

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _describe(self, error: DatabaseError) -> LibraryError:
        place = str(self.path) if self.path else "memory"
        return LibraryError(
            f"cannot use the library {place!r}: {str(error.orig).lower()};"
            " check that it is a papergraph library, may be written, and that the disk has room"
        )


def _memory_engine() -> Engine:
    from sqlalchemy.pool import StaticPool

    engine = create_engine(
        "sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    # The journal mode is kept in the file: set it in a new one only, another program's stays as is.
    if cursor.execute("PRAGMA schema_version").fetchone() == (0,):
        cursor.execute("PRAGMA journal_mode=WAL")
    for pragma in (
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        _READING,
        "mmap_size=67108864",  # mapped once a connection, and counted so by whoever looks
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _check_place(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch()  # and left there: somebody else may be writing to it by now
        with path.open("rb") if path.exists() else nullcontext() as file:
            start = file.read(len(_MAGIC)) if file else b""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _place_error(path, reason) from error
    if start not in (b"", _MAGIC):
        raise _place_error(path, "it is not an SQLite database")


def _place_error(path: Path, reason: str) -> LibraryError:
    return LibraryError(
        f"cannot open the library {str(path)!r}: {reason};"
        " give another place with --library or PAPERGRAPH_LIBRARY"
    )


def _fetch(connection: Connection, sql: str, parameters: tuple[Any, ...]) -> list[Any]:
    driver: Any = connection.connection.driver_connection
    try:
        return list(driver.execute(sql, parameters).fetchall())
    except sqlite3.DatabaseError as error:
        raise DatabaseError(sql, parameters, error) from error
