"""Runs the SQL of bulk on DuckDB, on one machine; needs the extra `bulk`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from papergraph.bulk.places import storage_of
from papergraph.errors import InputError


class DuckDBEngine:
    """A DuckDB of its own in one file, which is removed with its folder."""

    def __init__(self, connection: Any, broken: type[Exception], closing: ExitStack) -> None:
        self._connection = connection
        self._broken = broken
        self._closing = closing

    @classmethod
    def open(cls, *, folder: Path, storage: Any = None) -> DuckDBEngine:
        """Start DuckDB; what does not fit in memory is put aside in `folder`.

        `storage` is an fsspec file system that it may read and write. Where `folder` lies in one, a
        folder of this machine takes what is put aside.
        """
        try:
            import duckdb
        except ImportError as error:
            raise InputError(
                "the engine 'duckdb' is not installed; install 'papergraph-reader[bulk]'"
            ) from error
        closing = ExitStack()
        if storage_of(folder) is not None:
            own = tempfile.TemporaryDirectory(prefix="papergraph-bulk-")
            folder = Path(closing.enter_context(own))
        file = folder / "tables.duckdb"
        file.unlink(missing_ok=True)
        file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
        connection = closing.enter_context(duckdb.connect(str(file)))
        if storage is not None:
            connection.register_filesystem(storage)
        connection.execute(f"SET temp_directory = {_quoted(folder / 'spill')}")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("CREATE MACRO explode(list) AS unnest(list)")
        return cls(connection, duckdb.Error, closing)

    def read_lines(self, parts: Sequence[Path], sql: str) -> None:
        """Make packed JSON lines the view `flat`."""
        text = sql.replace(":files", _list_of(parts))
        self._run(f"CREATE OR REPLACE TEMP VIEW flat AS {text}")

    def put(self, name: str, rows: Sequence[tuple[str, str]]) -> None:
        """Make a small table (kind, value)."""
        self._run(f"CREATE OR REPLACE TEMP TABLE {name} (kind VARCHAR, value VARCHAR)")
        if rows:
            self._connection.executemany(f"INSERT INTO {name} VALUES (?, ?)", list(rows))

    def save(self, sql: str, target: Path) -> None:
        """Write rows as one Parquet file."""
        self._copy(sql, target, "parquet, COMPRESSION zstd")

    def load(self, name: str, parts: Sequence[Path]) -> None:
        """Make saved rows a view."""
        self._run(
            f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT *"
            f" FROM read_parquet({_list_of(parts)}, hive_partitioning = false)"
        )

    def keep(self, name: str, sql: str) -> None:
        """Make a table of rows."""
        self._run(f"CREATE OR REPLACE TABLE {name} AS {sql}")

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Return a few rows."""
        rows: list[tuple[Any, ...]] = self._run(sql).fetchall()
        return rows

    def write(self, sql: str, target: Path) -> None:
        """Write rows as one packed file."""
        form = "json" if ".jsonl" in target.name else "csv, HEADER"
        self._copy(sql, target, f"{form}, COMPRESSION gzip")

    def close(self) -> None:
        """Close the database."""
        self._closing.close()

    def _copy(self, sql: str, target: Path, form: str) -> None:
        """Write rows as one file, which in a folder is there only when it is whole.

        In storage half a file may be left; nobody takes it for whole before the seal is there.
        """
        is_stored = storage_of(target) is not None
        half = target if is_stored else target.with_name(f".half-{target.name}")
        self._run(f"COPY ({sql}) TO {_quoted(half)} (FORMAT {form})")
        if not is_stored:
            half.replace(target)

    def _run(self, sql: str) -> Any:
        try:
            return self._connection.execute(sql)
        except self._broken as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"duckdb cannot go on: {reason}; mend it (a damaged file: fetch it again) and run"
                " the same command, which goes on where it was"
            ) from error


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _list_of(parts: Sequence[Path]) -> str:
    return "[" + ", ".join(_quoted(part) for part in parts) + "]"
