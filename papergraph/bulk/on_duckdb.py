"""Runs the SQL of bulk on DuckDB, on one machine; needs the extra `bulk`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from papergraph.errors import InputError


class DuckDBEngine:
    """A DuckDB of its own in one file, which is removed with its folder."""

    def __init__(self, connection: Any, broken: type[Exception]) -> None:
        self._connection = connection
        self._broken = broken

    @classmethod
    def open(cls, *, folder: Path) -> DuckDBEngine:
        """Start DuckDB; what does not fit in memory is put aside in `folder`."""
        try:
            import duckdb
        except ImportError as error:
            raise InputError(
                "the engine 'duckdb' is not installed; install 'papergraph-reader[bulk]'"
            ) from error
        file = folder / "tables.duckdb"
        file.unlink(missing_ok=True)
        file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
        connection = duckdb.connect(str(file))
        connection.execute(f"SET temp_directory = {_quoted(folder / 'spill')}")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("CREATE MACRO explode(list) AS unnest(list)")
        return cls(connection, duckdb.Error)

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
        half = target.with_name(f"{target.name}.half")
        self._run(f"COPY ({sql}) TO {_quoted(half)} (FORMAT parquet, COMPRESSION zstd)")
        half.replace(target)

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
        half = target.with_name(f".half-{target.name}")
        self._run(f"COPY ({sql}) TO {_quoted(half)} (FORMAT {form}, COMPRESSION gzip)")
        half.replace(target)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

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
