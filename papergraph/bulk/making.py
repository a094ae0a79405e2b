"""Makes a corpus folder out of a snapshot: selection, papers, ids, citations, co-citations, ranks.

Everything after the reading of the lines is one SQL text (folder `sql`), the same for all engines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from papergraph.bulk.engines import Engine, open_engine, sql_text
from papergraph.bulk.places import find_place, make_folder, remove_folder
from papergraph.bulk.selection import Selection
from papergraph.bulk.snapshot import Partition, broken_lines, find_partitions
from papergraph.errors import InputError

Progress = Callable[[str, int, int], None]

TOP_K = 20
MOST_REFERENCES = 500
MOST_ROUNDS = 100
_STILL = 1e-9  # a round that moves the weights less than this in sum is the last
_MOST_NAMED = 20
_DONE, _WORK, _CHOICE = "bulk.json", "work", "choice.json"
_TABLES = ("papers", "citations", "external_ids", "cocitations", "pagerank")


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkReport:
    """What was made: counts, the rounds of PageRank, and the lines that could not be read."""

    partitions: int
    papers: int
    citations: int
    external_ids: int
    cocitations: int
    rounds: int
    broken: int
    complaints: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the report as an object."""
        return asdict(self) | {"complaints": list(self.complaints)}


def make_corpus(
    snapshot: Path,
    target: Path,
    selection: Selection,
    *,
    engine: str = "duckdb",
    master: str | None = None,
    rounds: int = MOST_ROUNDS,
    top_k: int = TOP_K,
    progress: Progress | None = None,
) -> BulkReport:
    """Make a corpus folder that `papergraph import` reads.

    Broken off, the same call goes on with the next partition; done, it returns the report again.
    PageRank stops when a round changes nothing any more, at the latest after `rounds` of them. Of
    the papers cited together with each, `top_k` are kept; with 0 they are not counted.
    `progress` is called with the stage ("read", "made", "ranked"), how many are done, of how many.

    Raises
    ------
    InputError
        When the snapshot has no partitions, nothing in it fits the selection, a file cannot be
        read, the engine is not installed, or the folder was begun with another choice.
    """
    partitions = find_partitions(snapshot)
    choice = {"engine": engine, "snapshot": str(snapshot.resolve()), "rounds": rounds}
    choice |= {"fields": list(selection.fields), "topics": list(selection.topics)}
    choice |= {"top_k": top_k} if top_k != TOP_K else {}
    if (report := _report_of(target, choice)) is not None:
        return report
    work = target / _WORK
    running = open_engine(engine, master=master, folder=work, snapshot=snapshot)
    try:
        making = _Making(running, work, selection, progress or _no_progress)
        report = making.run(target, partitions, rounds, top_k)
    finally:
        running.close()
    told = {"choice": choice, "report": report.as_json()}
    (target / _DONE).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    remove_folder(work)
    return report


def _report_of(target: Path, choice: dict[str, Any]) -> BulkReport | None:
    """The report of a folder that is done; begins one that is new."""
    done, begun = target / _DONE, target / _WORK / _CHOICE
    if done.exists():
        told = json.loads(done.read_text(encoding="utf-8"))
        _check_choice(target, told["choice"], choice)
        report = told["report"]
        return BulkReport(**(report | {"complaints": tuple(report["complaints"])}))
    if begun.exists():
        _check_choice(target, json.loads(begun.read_text(encoding="utf-8")), choice)
    else:
        if target.exists() and any(target.iterdir()):
            raise InputError(f"the folder {str(target)!r} is not empty; give another")
        make_folder(begun.parent)
        begun.write_text(json.dumps(choice), encoding="utf-8")
    return None


def _check_choice(target: Path, before: object, choice: dict[str, Any]) -> None:
    if before != choice:
        raise InputError(
            f"the folder {str(target)!r} was made or begun with another snapshot, selection or"
            " engine; give another folder, or remove it"
        )


class _Making:
    """One run over a snapshot."""

    def __init__(
        self, engine: Engine, work: Path, selection: Selection, progress: Progress
    ) -> None:
        self._engine = engine
        self._work = work
        self._selection = selection
        self._progress = progress

    def run(
        self, target: Path, partitions: tuple[Partition, ...], most: int, top_k: int
    ) -> BulkReport:
        """Read what is not read yet, then make everything."""
        self._engine.put("wanted", self._selection.rows())
        saved = []
        for number, partition in enumerate(partitions, 1):
            saved.append(self._read(partition))
            self._progress("read", number, len(partitions))
        self._engine.load("works", saved)
        self._check_found()
        broken, complaints = self._find_broken()
        self._make_tables(top_k)
        rounds = self._rank(most)
        tables = [name for name in _TABLES if top_k or name != "cocitations"]
        counts = self._write_out(target, rounds, tables)
        return BulkReport(
            partitions=len(partitions),
            papers=counts["papers"],
            citations=counts["citations"],
            external_ids=counts["external_ids"],
            cocitations=counts.get("cocitations", 0),
            rounds=rounds,
            broken=broken,
            complaints=complaints,
        )

    def _read(self, partition: Partition) -> Path:
        """Save the wanted works of a partition; one that was read before is left as it is."""
        name = partition.name.replace("=", "-")
        saved, seal = self._work / f"{name}.parquet", self._work / f"{name}.json"
        fingerprint = json.dumps(partition.fingerprint())
        if not (seal.exists() and seal.read_text(encoding="utf-8") == fingerprint):
            kind = type(self._engine).__name__.removesuffix("Engine").lower()
            self._engine.read_lines(partition.files, sql_text(f"read_{kind}.sql"))
            self._engine.save(sql_text("selection.sql"), saved)
            seal.write_text(fingerprint, encoding="utf-8")
        return saved

    def _check_found(self) -> None:
        """Raise InputError when no work fits, or a topic has none."""
        found = {
            str(value)
            for row in self._engine.ask("SELECT DISTINCT topic, topic_id FROM works")
            for value in row
        }
        missing = [topic for topic in self._selection.topics if topic not in found]
        if missing:
            raise InputError(
                f"no work of the topic {missing[0]!r} in this snapshot; give a topic by its"
                " OpenAlex name or id, such as T10036, and another folder"
            )
        if not self._engine.ask("SELECT work FROM works WHERE work IS NOT NULL LIMIT 1"):
            raise InputError("no work of this selection in the snapshot; give another selection")

    def _find_broken(self) -> tuple[int, tuple[str, ...]]:
        """Count the lines that could not be read, and name the first with file and line."""
        rows = self._engine.ask(
            "SELECT file, count(*) FROM works WHERE work IS NULL GROUP BY file ORDER BY file"
        )
        complaints = (
            f"{path.parent.name}/{path.name}:{line}: {reason}"
            for file, _ in rows
            for path in (_path_of(file),)
            for line, reason in broken_lines(path)
        )
        named = tuple(islice(complaints, _MOST_NAMED)) if rows else ()
        return sum(count for _, count in rows), named

    def _make_tables(self, top_k: int) -> None:
        steps = ("papers", "external_ids", "citations", *(("cocitations",) if top_k else ()))
        for number, name in enumerate(steps, 1):
            text = sql_text(f"{name}.sql", top_k=top_k, most_references=MOST_REFERENCES)
            self._engine.keep(name, text)
            self._progress("made", number, len(steps))

    def _rank(self, most: int) -> int:
        """Do rounds of PageRank; returns how many, the last being in `weights_N`, N even or odd."""
        self._engine.keep("weights_0", sql_text("first_weights.sql"))
        for number in range(1, most + 1):
            before, after = f"weights_{(number - 1) % 2}", f"weights_{number % 2}"
            self._engine.keep(after, sql_text("next_weights.sql", before=before))
            change = self._engine.ask(sql_text("change.sql", before=before, after=after))[0][0]
            self._progress("ranked", number, most)
            if change < _STILL:
                return number
        return most

    def _write_out(self, target: Path, rounds: int, tables: Sequence[str]) -> dict[str, int]:
        weights = f"weights_{rounds % 2}"
        counts: dict[str, int] = {}
        for name in tables:
            ending = "jsonl.gz" if name == "papers" else "csv.gz"
            text = sql_text(f"{name}_out.sql", weights=weights)
            self._engine.write(text, target / f"{name}.{ending}")
            table = weights if name == "pagerank" else name
            counts[name] = int(self._engine.ask(f"SELECT count(*) FROM {table}")[0][0])
        return counts


def _path_of(file: str) -> Path:
    """The path of a file as an engine names it; Spark writes addresses."""
    return Path(unquote(urlparse(file).path)) if file.startswith("file:") else find_place(file)


def _no_progress(_stage: str, _done: int, _of: int) -> None:
    """Do nothing."""
