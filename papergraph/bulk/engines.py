"""What an engine must be able to do, and the SQL text that all engines run."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from papergraph.bulk.on_duckdb import DuckDBEngine
from papergraph.bulk.on_spark import SparkEngine
from papergraph.bulk.places import storage_of
from papergraph.errors import InputError

ENGINES = ("duckdb", "spark")


class Engine(Protocol):
    """Runs SELECTs over parts of a snapshot and over tables made before."""

    def read_lines(self, parts: Sequence[Path], sql: str) -> None:
        """Make packed JSON lines the view `flat`; `sql` is the engine's own reading text."""

    def put(self, name: str, rows: Sequence[tuple[str, str]]) -> None:
        """Make a small table (kind, value)."""

    def save(self, sql: str, target: Path) -> None:
        """Write rows as Parquet; `target` is there only when it is whole."""

    def load(self, name: str, parts: Sequence[Path]) -> None:
        """Make saved rows a view."""

    def keep(self, name: str, sql: str) -> None:
        """Make a table of rows, computed once."""

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Return a few rows."""

    def write(self, sql: str, target: Path) -> None:
        """Write rows as packed JSON lines or CSV, by the ending of `target`."""

    def close(self) -> None:
        """Give everything back."""


def sql_text(name: str, /, **values: str | int) -> str:
    """One SQL text of the package, with its `:words` replaced."""
    text = files("papergraph.bulk").joinpath("sql", name).read_text(encoding="utf-8")
    for word, value in values.items():
        text = text.replace(f":{word}", str(value))
    return text


def open_engine(name: str, *, master: str | None, folder: Path, snapshot: Path) -> Engine:
    """Start an engine; it keeps what it must write down in between in `folder`.

    Either may lie in storage, where the engine can reach it.

    Raises
    ------
    InputError
        When there is no such engine, it is not installed, it takes no `master`, or it does not
        reach a place.
    """
    storage = storage_of(folder) or storage_of(snapshot)
    if name == "spark" and storage is not None:
        raise InputError(
            "the engine 'spark' takes no s3:// addresses here; give folders that all machines see,"
            " or --engine duckdb"
        )
    if name == "spark":
        types = sql_text("lines_spark.ddl")
        return SparkEngine.open(master=master or "local[*]", folder=folder, types=types)
    if name != "duckdb":
        raise InputError(f"no engine {name!r}; give one of {', '.join(ENGINES)}")
    if master is not None:
        raise InputError("the engine 'duckdb' has no master; give --engine spark with --master")
    return DuckDBEngine.open(folder=folder, storage=storage)
