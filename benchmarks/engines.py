"""Runs `papergraph bulk` on DuckDB and on Spark over one snapshot, and compares.

Usage: python benchmarks/engines.py SNAPSHOT OUT [--field NAME] [--rounds N] [--cocited N]
[--engines E...]. The snapshot is made by benchmarks/make_openalex.py; OUT must be new. Linux only;
Spark runs on this machine, with as many tasks at once as DuckDB has threads.

Wall time, CPU time and the most memory are those of all processes of an engine, sampled: a Java
machine is not the process that started it. Then every table of the two is compared row by row;
ranks must agree to nine digits, all else exactly.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

TABLES = ("papers", "external_ids", "citations", "cocitations", "pagerank")
SAMPLED_EVERY_SECONDS = 0.5

Figures = dict[str, float]


def run_engine(engine: str, options: Sequence[str], out: Path) -> Figures:
    """Run one engine, and say what it took."""
    command = [sys.executable, "-m", "papergraph", "bulk", *options, str(out), "--engine", engine]
    if engine == "spark":
        command += ["--master", f"local[{os.cpu_count()}]"]
    start = time.perf_counter()
    cpu: dict[int, float] = {}
    most = 0.0
    with subprocess.Popen(command, start_new_session=True) as running:
        while running.poll() is None:
            found = processes_of(running.pid)
            cpu |= {process: seconds for process, (seconds, _) in found.items()}
            most = max(most, sum(memory for _, memory in found.values()))
            time.sleep(SAMPLED_EVERY_SECONDS)
    if running.returncode:
        raise SystemExit(f"{engine} ended with {running.returncode}")
    wall = time.perf_counter() - start
    return {"wall_s": round(wall, 1), "cpu_s": round(sum(cpu.values()), 1), "mb": round(most)}


def processes_of(session: int) -> dict[int, tuple[float, float]]:
    """CPU seconds and MB of every process of a session."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            ticks, pages = int(fields[11]) + int(fields[12]), int(fields[21])
        except (OSError, UnicodeDecodeError):
            continue  # it has ended
        seconds = ticks / os.sysconf("SC_CLK_TCK")
        found[int(place.name)] = (seconds, pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
    return found


def read_rows(out: Path, table: str) -> list[tuple[str, ...]]:
    """The rows of a table, sorted, however many files they stand in."""
    rows: list[tuple[str, ...]] = []
    for file in sorted(out.glob(f"{table}*.gz")):
        with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
            if table == "papers":
                for line in lines:
                    paper = {k: v for k, v in json.loads(line).items() if v is not None}
                    rows.append((json.dumps(paper, sort_keys=True),))
            else:
                rows += map(tuple, list(csv.reader(lines))[1:])
    return sorted(rows)


def compare(table: str, one: Path, other: Path) -> str:
    """Say how a table of one corpus and of another agree."""
    rows, others = read_rows(one, table), read_rows(other, table)
    if rows == others:
        return f"{len(rows):,} rows, equal"
    if table != "pagerank" or len(rows) != len(others):
        return f"{len(rows):,} and {len(others):,} rows, DIFFERENT"
    pairs = list(zip(rows, others, strict=True))
    near = all(
        a == b and math.isclose(float(x), float(y), rel_tol=1e-9) for (a, x), (b, y) in pairs
    )
    return f"{len(rows):,} rows, {'equal to nine digits' if near else 'DIFFERENT'}"


def main() -> None:
    """Run the engines one after the other, and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("snapshot", type=Path, metavar="SNAPSHOT")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--field", help="only this field")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--cocited", type=int, default=20, metavar="N")
    parser.add_argument("--engines", nargs="+", default=["duckdb", "spark"], metavar="E")
    given = parser.parse_args()
    options = [str(given.snapshot), "--rounds", str(given.rounds), "--cocited", str(given.cocited)]
    options += ["--field", given.field] if given.field else []
    given.out.mkdir(parents=True)
    for engine in given.engines:
        print(engine, json.dumps(run_engine(engine, options, given.out / engine)), flush=True)
    if len(given.engines) == 2:
        one, other = (given.out / engine for engine in given.engines)
        for table in TABLES:
            print(f"{table:<14}{compare(table, one, other)}")


if __name__ == "__main__":
    main()
