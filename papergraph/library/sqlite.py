"""A library in an SQLite file, or in memory. The only place that knows SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.pool import StaticPool

from papergraph.errors import LibraryError
from papergraph.library.backend import Enter, NewRows, Run
from papergraph.library.fts5 import Fts5Index

BUSY_TIMEOUT_SECONDS = 30
# KiB of pages that a connection keeps; a server has one a thread, and the system keeps them too
_READING, _WRITING = "cache_size=-8192", "cache_size=-65536"
_MAGIC = b"SQLite format 3\x00"


class Sqlite:
    """An SQLite database; `path` is None for one in memory."""

    name = "SQLite"
    locks_every_write = False  # SQLite does so itself
    sorts_titles = True

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.is_in_memory = path is None
        self.shown = str(path) if path else "memory"

    def make_engine(self) -> Engine:
        """Make what connections come from; the file is made when it is new."""
        if self.path is None:
            engine = create_engine(
                "sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool
            )
        else:
            _check_place(self.path)
            engine = create_engine(
                URL.create("sqlite", database=str(self.path)),
                connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
            )
        event.listen(engine, "connect", _set_pragmas)
        return engine

    def is_there(self) -> bool:
        """Is there a file?"""
        return self.path is not None and self.path.exists()

    def adapt(self, sql: str) -> str:
        """SQL as it is written here."""
        return sql

    def translate(self, table: str) -> str:
        """A CREATE TABLE as it is written in the migrations."""
        return table

    def among(self, column: str) -> str:
        """Say that a column is one of the numbers of one parameter, a JSON list."""
        return f"{column} IN (SELECT value FROM json_each(?))"

    def collected(self, column: str) -> str:
        """All values of a column as one JSON list."""
        return f"json_group_array({column})"

    def joined(self, column: str) -> str:
        """All numbers of a column as one text, with commas."""
        return f"group_concat({column})"

    def upsert(self, table: Table) -> Insert:
        """An INSERT that may say what to do on a conflict."""
        return insert(table)

    def insert_many(self, connection: Connection, rows: NewRows) -> None:
        """Enter many rows."""
        connection.exec_driver_sql(rows.statement, list(rows.values))

    def number_next(self, connection: Connection, table: str) -> None:
        """Nothing to do: SQLite numbers so."""

    def read_in_chunks(
        self, connection: Connection, sql: str, size: int
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a long answer in lists, never all of them at once."""
        cursor = connection.connection.cursor()
        cursor.execute(sql)
        while found := cursor.fetchmany(size):
            yield list(found)
        cursor.close()

    def begin_snapshot(self, connection: Connection) -> None:
        """Let all that is read until the transaction ends be as it is now."""
        connection.exec_driver_sql("BEGIN")

    def lock(self, connection: Connection) -> None:
        """Keep other writers out until the transaction ends; tables made in it are undone too."""
        connection.exec_driver_sql(f"PRAGMA {_WRITING}")
        inner = connection.connection.dbapi_connection
        if inner is not None and not getattr(inner, "in_transaction", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    def text_index(self, run: Run, enter: Enter) -> Fts5Index:
        """FTS5."""
        return Fts5Index(run, enter)

    def folder(self, _identity: Callable[[], str]) -> Path | None:
        """The folder beside the file."""
        return self.path.with_name(self.path.name + ".cache") if self.path else None

    @contextmanager
    def hold(self, _engine: Engine, folder: Path | None, name: str) -> Iterator[bool]:
        """Lock a file of this name in the folder; it goes with its process, however that ends."""
        if folder is None:
            yield True
            return
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock")
        try:
            lock.acquire(blocking=False)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()
            Path(lock.lock_file).unlink(missing_ok=True)

    def backup(self, engine: Engine, target: Path) -> None:
        """Write a consistent copy; raises LibraryError when `target` cannot be written."""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            try:
                connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
            except DatabaseError as error:
                raise LibraryError(
                    f"cannot copy the library to {str(target)!r}: {error.orig}"
                ) from error

    def check(self, run: Run) -> list[str]:
        """What is wrong with the file, and which rows point nowhere."""
        rows = run("PRAGMA integrity_check(20)") + run("PRAGMA foreign_key_check")
        found = [
            str(row[0]) if len(row) == 1 else f"row of {row[0]} points nowhere" for row in rows
        ]
        return [text for text in found if text != "ok"]

    def describe(self, error: DBAPIError) -> LibraryError:
        """Say which file is meant, and what to look at."""
        return LibraryError(
            f"cannot use the library {self.shown!r}: {str(error.orig).lower()};"
            " check that it is a papergraph library, may be written, and that the disk has room"
        )


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
