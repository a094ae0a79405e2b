"""Runs the SQL of bulk on Spark, on this machine or a cluster; needs the extra `spark` and Java."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from papergraph.errors import InputError


class SparkEngine:
    """A Spark session; the folders must be reachable from every worker under the same names."""

    def __init__(self, session: Any, broken: type[Exception], folder: Path, types: str) -> None:
        self._session = session
        self._broken = broken
        self._folder = folder
        self._types = types

    @classmethod
    def open(cls, *, master: str, folder: Path, types: str) -> SparkEngine:
        """Start or reach Spark."""
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise InputError(
                "the engine 'spark' is not installed; install 'papergraph-reader[spark]' and Java"
            ) from error
        if shutil.which("java") is None:
            raise InputError("the engine 'spark' needs Java, and no 'java' is here; install it")
        session = (
            SparkSession.builder.master(master)
            .appName("papergraph bulk")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.ansi.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", (folder / "warehouse").absolute().as_uri())
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        return cls(session, PySparkException, folder, types)

    def read_lines(self, parts: Sequence[Path], sql: str) -> None:
        """Make packed JSON lines the view `flat`."""
        lines = self._session.read.json([str(part) for part in parts], schema=self._types)
        lines.selectExpr("*", "_metadata.file_path AS file").createOrReplaceTempView("lines")
        self._session.sql(sql).createOrReplaceTempView("flat")

    def put(self, name: str, rows: Sequence[tuple[str, str]]) -> None:
        """Make a small table (kind, value)."""
        frame = self._session.createDataFrame(list(rows), "kind STRING, value STRING")
        frame.createOrReplaceTempView(name)

    def save(self, sql: str, target: Path) -> None:
        """Write rows as a folder of Parquet files."""
        half = target.with_name(f"{target.name}.half")
        self._write(self._session.sql(sql).write.mode("overwrite").parquet, half)
        shutil.rmtree(target, ignore_errors=True)
        half.replace(target)

    def load(self, name: str, parts: Sequence[Path]) -> None:
        """Make saved rows a view."""
        frame = self._session.read.parquet(*(str(part) for part in parts))
        frame.createOrReplaceTempView(name)

    def keep(self, name: str, sql: str) -> None:
        """Make a table of rows; written down, so that no later step computes it again."""
        target = self._folder / f"{name}.parquet"
        self.save(sql, target)
        self.load(name, [target])

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Return a few rows."""
        return [tuple(row) for row in self._write(self._session.sql(sql).collect)]

    def write(self, sql: str, target: Path) -> None:
        """Write rows as packed files `NAME-00000...`, one for each task."""
        half = self._folder / f"half-{target.name}"
        frame = self._session.sql(sql).write.mode("overwrite").option("compression", "gzip")
        is_json = ".jsonl" in target.name
        self._write(frame.json if is_json else frame.option("header", value=True).csv, half)
        stem, _, ending = target.name.partition(".")
        for number, part in enumerate(sorted(half.glob("part-*.gz"))):
            shutil.move(part, target.with_name(f"{stem}-{number:05}.{ending}"))
        shutil.rmtree(half)

    def close(self) -> None:
        """Stop the session."""
        self._session.stop()

    def _write(self, action: Any, *arguments: Path) -> Any:
        try:
            return action(*(str(argument) for argument in arguments))
        except self._broken as error:
            raise _cannot_go_on(str(error)) from error
        except Exception as error:
            if type(error).__module__.startswith("py4j"):
                raise _cannot_go_on(str(error)) from error
            raise


def _cannot_go_on(text: str) -> InputError:
    reason = (text.splitlines() or ["no reason given"])[0]
    return InputError(
        f"spark cannot go on: {reason}; mend it (a damaged file: fetch it again) and run the same"
        " command, which goes on where it was"
    )
