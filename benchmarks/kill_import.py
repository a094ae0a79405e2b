"""Kills an import several times, restarts it, and compares with an import that ran through.

Usage: python benchmarks/kill_import.py CORPUS WORK [--kills N] [--seed S]. The corpus is made by
benchmarks/make_corpus.py; WORK must be new. Each kill is a SIGKILL at a drawn moment of the chunks
that are left. Then the rows of every table are hashed in their order, the text index by what it
gives back, since how it stands on the disk depends on what was entered together. The library of
the run that was not disturbed is removed once its rows are hashed: WORK holds one at a time, and in
the end the one that was killed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

NOW = "2026-01-01T00:00:00Z"
SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")
IMPORT = f"""
import sys
from pathlib import Path
from papergraph.exchange import import_corpus
from papergraph.library import Library
library = Library.open(Path(sys.argv[1]))
tell = lambda what, count: print(what, count, flush=True)
import_corpus(library, Path(sys.argv[2]), now={NOW!r}, progress=tell)
"""


def run_import(path: Path, corpus: Path, *, chunks: int | None = None, delay: float = 0.0) -> int:
    """Import; killed after so many chunks and a moment if said so. Returns how many were told."""
    command = [sys.executable, "-c", IMPORT, str(path), str(corpus)]
    told = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        for _ in running.stdout or ():
            told += 1
            if told == chunks:
                time.sleep(delay)
                running.kill()
                break
    return told


def hash_tables(path: Path) -> dict[str, str]:
    """Rows and a hash of each table."""
    found = {}
    with sqlite3.connect(path) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not (row[0].startswith(("papers_text", "titles_text")) and row[0].endswith(SHADOWS))
        ]
        for name in sorted(names):
            number = "rowid, " if name.endswith("_text") else ""
            digest, count = hashlib.sha256(), 0
            for row in connection.execute(f"SELECT {number}* FROM {name}"):
                digest.update(repr(row).encode())
                count += 1
            found[name] = f"{count:,} rows {digest.hexdigest()[:16]}"
    return found


def main() -> None:
    """Import undisturbed, import killed, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("--kills", type=int, default=3, metavar="N")
    parser.add_argument("--seed", type=int, default=3, metavar="S")
    given = parser.parse_args()
    given.work.mkdir(parents=True)
    whole, killed = given.work / "whole.db", given.work / "killed.db"
    start = time.perf_counter()
    chunks = run_import(whole, given.corpus)
    print(f"{chunks} chunks in {time.perf_counter() - start:.0f} s", flush=True)
    tables = hash_tables(whole)
    for path in given.work.glob("whole.db*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    chance = random.Random(given.seed)
    for moment in sorted(chance.uniform(0, chunks) for _ in range(given.kills)):
        told = run_import(
            killed, given.corpus, chunks=int(moment) + 1, delay=chance.uniform(0, 0.5)
        )
        print(f"killed after {told} of {chunks} chunks", flush=True)
    run_import(killed, given.corpus)
    others = hash_tables(killed)
    for name, what in tables.items():
        print(f"{name:<20}{what}{'' if others.get(name) == what else '  DIFFERENT'}")
    print("equal" if tables == others else "NOT EQUAL", f"{len(tables)} tables")


if __name__ == "__main__":
    main()
