"""A library in a PostgreSQL database, for several people at once. The only place that knows it.

One writer at a time, as in SQLite: the first write of a transaction takes an advisory lock that
ends with it. So nothing is updated from what another is about to change, no paper is entered
twice, and no two writers can wait for each other. Readers wait for nobody.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, inspect, make_url
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from papergraph.errors import LibraryError
from papergraph.library.backend import Enter, NewRows, Run
from papergraph.library.tsvectors import TsvectorIndex
from papergraph.places import Server

LOCK_MILLISECONDS = 300_000
_OPTIONS = {
    "connect_timeout": 10,
    "client_encoding": "utf8",
    "fallback_application_name": "papergraph",
}
_IDLE_SECONDS = 20
_FEW = 100  # so many rows are entered one by one, more are copied
_LOCK = "BEGIN; SELECT pg_advisory_xact_lock(hashtext('papergraph ' || current_schema()))"
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRONG = """SELECT 'constraint ' || conname || ' of ' || conrelid::regclass || ' does not hold'
 FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace
 UNION ALL SELECT 'index ' || indexrelid::regclass || ' is not whole' FROM pg_index
 JOIN pg_class ON pg_class.oid = indexrelid
 WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"""
_INDEX = re.compile(r"(?<=ON papers )\(title_key\)")  # as in schema.py
_TYPES = (
    (r"\bid INTEGER NOT NULL", "id SERIAL NOT NULL"),
    (r"\bTEXT\b(?=[ ,)])", 'TEXT COLLATE "C"'),
    (r"\bREAL\b", "DOUBLE PRECISION"),
    (r"\bBLOB\b", "BYTEA"),
)
# what PostgreSQL says, by the code of the error, and what to do about it
_ADVICE = {
    "28000": "give a user that the server lets in",
    "28P01": "set PGPASSWORD, or enter the password in ~/.pgpass",
    "3D000": "make the database with createdb, or give another",
    "42501": "let its owner grant you the rights, CREATE on the schema included when it is new",
    "3F000": "make the schema, or set search_path to one that is there",
    "54000": "something in it is longer than PostgreSQL can index",
    "55P03": "another writer is at it; try again when it is done",
    "25006": "it can only be read; give the address of the primary server",
    "53100": "make room on the server",
    "53300": "raise max_connections on the server, or run fewer workers",
}
# while connecting there is no code, only a text
_PHRASES = (
    ("password", "28P01"),
    ("role ", "28000"),
    ("pg_hba.conf", "28000"),
    ("database ", "3D000"),
    ("too many clients", "53300"),
)


class Postgres:
    """A database of a PostgreSQL server."""

    name = "PostgreSQL"
    path: Path | None = None
    is_in_memory = False
    locks_every_write = True
    sorts_titles = False  # hashes, for a B-tree takes 2,704 bytes

    def __init__(self, server: Server, cache: Path | None = None) -> None:
        self.shown = str(server)
        self._url = _read_url(server)
        self._cache = cache

    def make_engine(self) -> Engine:
        """Make what connections come from; raises LibraryError when the driver is missing."""
        try:
            engine = create_engine(
                self._url,
                isolation_level="AUTOCOMMIT",  # until somebody writes, see `lock`
                pool_size=5,
                max_overflow=20,
                connect_args=_OPTIONS,
            )
        except ModuleNotFoundError as error:
            raise LibraryError(
                f"cannot open the library {self.shown!r}: psycopg, which speaks to PostgreSQL, is"
                " not installed; run pip install 'papergraph-reader[postgres]'"
            ) from error
        except ImportError as error:  # psycopg without libpq
            raise LibraryError(
                f"cannot open the library {self.shown!r}: psycopg cannot be loaded:"
                f" {_one_line(error)}; run pip install 'papergraph-reader[postgres]'"
            ) from error
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "checkin", _note_time)
        event.listen(engine, "checkout", _ask_if_alive)
        return engine

    def is_there(self) -> bool:
        """Has the database a library? Raises LibraryError when it cannot be asked."""
        engine = self.make_engine()
        try:
            with engine.connect() as connection:
                return inspect(connection).has_table("info")
        except DBAPIError as error:
            raise self.describe(error) from error
        finally:
            engine.dispose()

    def adapt(self, sql: str) -> str:
        """Write '?' as psycopg does."""
        return _adapt(sql)

    def translate(self, table: str) -> str:
        """Write a CREATE TABLE of SQLite, as the first migrations have them."""
        return _translate(table)

    def among(self, column: str) -> str:
        """Say that a column is one of the numbers of one parameter, a JSON list."""
        return f"{column} = ANY (CAST(translate(?, '[]', '{{}}') AS integer[]))"

    def collected(self, column: str) -> str:
        """All values of a column as one JSON list."""
        return f"CAST(coalesce(json_agg({column}), '[]') AS text)"

    def joined(self, column: str) -> str:
        """All numbers of a column as one text, with commas."""
        return f"string_agg(CAST({column} AS text), ',')"

    def upsert(self, table: Table) -> Insert:
        """An INSERT that may say what to do on a conflict."""
        return insert(table)

    def insert_many(self, connection: Connection, rows: NewRows) -> None:
        """Enter a few rows one by one; COPY many, by way of a table of their own if need be."""
        if len(rows.values) <= _FEW:
            connection.exec_driver_sql(_adapt(rows.statement), list(rows.values))
            return
        target, columns = rows.table, ", ".join(rows.columns)
        if rows.skip_known:
            target = f"new_{rows.table}"
            connection.exec_driver_sql(
                f"CREATE TEMPORARY TABLE {target} ON COMMIT DROP AS"
                f" SELECT {columns} FROM {rows.table} WITH NO DATA"
            )
        driver: Any = connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {target} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows.values:
                copy.write_row(row)
        if rows.skip_known:
            connection.exec_driver_sql(
                f"INSERT INTO {rows.table} ({columns}) SELECT {columns} FROM {target}"
                " ON CONFLICT DO NOTHING"
            )
            connection.exec_driver_sql(f"DROP TABLE {target}")

    def number_next(self, connection: Connection, table: str) -> None:
        """Let the next row be numbered one above the highest number, also of rows that had theirs.

        There is one writer at a time, so nobody else is about to take it.
        """
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 0) + 1,"
            f" false) FROM {table}"
        )

    def read_in_chunks(
        self, connection: Connection, sql: str, size: int
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a long answer in lists; the rest waits on the server."""
        driver: Any = connection.connection.driver_connection
        with driver.transaction(), driver.cursor(name="papergraph") as cursor:
            cursor.execute(sql)
            while found := cursor.fetchmany(size):
                yield found

    def begin_snapshot(self, connection: Connection) -> None:
        """Let all that is read until the transaction ends be as it is now."""
        driver: Any = connection.connection.driver_connection
        driver.execute(_SNAPSHOT)

    def lock(self, connection: Connection) -> None:
        """Begin to write, and keep other writers out until it is committed.

        What was read before stood in no transaction: each statement sees what is committed when it
        begins, within one as well, and a read alone asks the server once in place of three times.
        """
        driver: Any = connection.connection.driver_connection
        driver.execute(_LOCK)

    def text_index(self, run: Run, enter: Enter) -> TsvectorIndex:
        """Texts as tsvectors."""
        return TsvectorIndex(run, enter)

    def folder(self, identity: Callable[[], str]) -> Path | None:
        """A folder in the user's cache, named after the library and where it lies."""
        if self._cache is None:
            return None
        url = self._url
        place = f"{identity()} {url.host} {url.port} {url.database} {sorted(url.query.items())}"
        return self._cache / "libraries" / hashlib.sha256(place.encode()).hexdigest()[:16]

    @contextmanager
    def hold(self, engine: Engine, _folder: Path | None, name: str) -> Iterator[bool]:
        """Hold an advisory lock on a connection of its own; it goes with the connection."""
        key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                sql = _adapt("SELECT pg_try_advisory_lock(?)")
                is_ours = bool(connection.exec_driver_sql(sql, (key,)).scalar())
                try:
                    yield is_ours
                finally:
                    if is_ours:
                        connection.exec_driver_sql(_adapt("SELECT pg_advisory_unlock(?)"), (key,))
        except DBAPIError as error:
            raise self.describe(error) from error

    def backup(self, _engine: Engine, target: Path) -> None:
        """Let pg_dump write a copy, which pg_restore reads."""
        program = shutil.which("pg_dump")
        if program is None:
            raise LibraryError(
                f"cannot copy the library {self.shown!r}: the program pg_dump is not installed;"
                " install PostgreSQL's client programs"
            )
        url = self._url.set(drivername="postgresql", password=None)
        url = url.difference_update_query(["password"])
        password = self._url.password or self._url.query.get("password")
        environ = os.environ | ({"PGPASSWORD": str(password)} if password else {})
        done = subprocess.run(  # noqa: S603 - a program of the system, no shell
            [program, "--format=custom", "--file", target, "--dbname", url.render_as_string()],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            target.unlink(missing_ok=True)
            raise LibraryError(
                f"cannot copy the library to {str(target)!r}: {_one_line(done.stderr)}"
            )

    def check(self, run: Run) -> list[str]:
        """Constraints and indexes that do not hold; PostgreSQL looks after the rest itself."""
        return [str(row[0]) for row in run(_WRONG)]

    def describe(self, error: DBAPIError) -> LibraryError:
        """Say which database is meant, what the server said, and what to do."""
        said = _one_line(error.orig)
        advice = _ADVICE.get(
            _code_of(error, said), "check the address, and that the server runs and has room"
        )
        return LibraryError(f"cannot use the library {self.shown!r}: {self._hide(said)}; {advice}")

    def _hide(self, text: str) -> str:
        password = self._url.password or self._url.query.get("password")
        return text.replace(str(password), "...") if password else text


@lru_cache(maxsize=512)
def _adapt(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _translate(table: str) -> str:
    """Write what the first migrations say in the SQL of SQLite for PostgreSQL.

    >>> print(_translate("CREATE TABLE t (id INTEGER NOT NULL, a TEXT, b REAL) STRICT"))
    CREATE TABLE t (id SERIAL NOT NULL, a TEXT COLLATE "C", b DOUBLE PRECISION)
    """
    bare = re.sub(r"(\s*WITHOUT ROWID,)?\s*STRICT\s*\Z", "", table)
    if bare == table:
        return _INDEX.sub("USING hash (title_key)", table)
    for pattern, text in _TYPES:
        bare = re.sub(pattern, text, bare)
    return bare


def _read_url(server: Server) -> URL:
    scheme, _, rest = server.url.partition("://")
    try:
        url = make_url(f"postgresql+psycopg://{rest}")
    except (ArgumentError, ValueError) as error:
        raise LibraryError(
            f"cannot open the library {str(server)!r}: its address cannot be read;"
            f" give {scheme}://user@host:port/database"
        ) from error
    if not url.database:
        raise LibraryError(
            f"cannot open the library {str(server)!r}: the address names no database;"
            f" give {scheme}://user@host/database"
        )
    return url


def _set_up(connection: Any, _record: object) -> None:
    """Limit the wait for another writer, and let texts have a sign that PostgreSQL does not."""
    from psycopg.types.string import StrDumperUnknown

    class WithoutNul(StrDumperUnknown):  # type: ignore[misc]  # the driver need not be installed
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\x00", "\ufffd"))

    connection.adapters.register_dumper(str, WithoutNul)
    connection.execute(f"SET lock_timeout = {LOCK_MILLISECONDS}")
    connection.commit()


def _note_time(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used at"] = time.monotonic()


def _ask_if_alive(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Take another connection when one that was idle for long is gone: the server was restarted."""
    now = time.monotonic()
    if now - record.info.get("used at", now) > _IDLE_SECONDS:
        try:
            connection.execute("SELECT 1")
        except Exception as error:
            raise DisconnectionError from error


def _code_of(error: DBAPIError, said: str) -> str:
    """The code of an error; while connecting there is only a text."""
    code = getattr(error.orig, "sqlstate", None)
    if code:
        return str(code)
    known = (code for phrase, code in _PHRASES if phrase in said)
    return next(known, "")


def _one_line(error: object) -> str:
    """What a program said, its first line that tells something, in lower case."""
    lines = [line.strip() for line in str(error).splitlines()]
    text = next((line for line in lines if line and not line.startswith("Multiple")), "no reason")
    return text[:1].lower() + text[1:].rstrip(".")
