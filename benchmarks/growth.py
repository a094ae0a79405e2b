"""How import, indexes, answers and memory grow with the library, all in one run.

Usage: python benchmarks/growth.py FOLDER... [--no-vectors] [--asked N] [--work DIR]. Each FOLDER is
a corpus, as benchmarks/make_corpus.py makes it; a library is made of it under DIR and removed at
the end. Linux only.

Every stage runs in a process of its own: CPU seconds beside wall, since the machine may be shared,
and the most memory, `peak` all of it and `own` without files that are mapped (sampled). Answers
are asked of `papergraph serve` over loopback, one at a time, with a fixed seed: wall time in
milliseconds (median, 95th and 99th percentile) and the server's mean CPU time; then its memory.
What is measured is told as JSON on standard error at once, and as a table at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from papergraph.embed import embed_papers, open_model
from papergraph.exchange import import_corpus
from papergraph.graph import open_snapshot
from papergraph.library import Library
from papergraph.search import prepare_search
from papergraph.settings import read_settings

NOW = "2026-01-01T00:00:00Z"
SEED = 11
SAMPLED_EVERY_SECONDS = 0.2
STAGES = ("import", "again", "embed", "words", "vectors", "graph")
# a server would begin to embed the papers, which is measured on its own
WITHOUT_MODEL = """
from papergraph.app.resources import Resources
from papergraph.cli import run
Resources.prepare = Resources.embedder = lambda self: None
run()
"""

Figures = dict[str, float]


def run_stage(name: str, folder: Path, path: Path) -> Figures:
    """Do one stage in this process, and say what it took."""
    library = Library.open(path)
    embedder = open_model(read_settings()) if name in ("embed", "vectors") else None
    actions: dict[str, Callable[[], object]] = {
        "import": lambda: import_corpus(library, folder, now=NOW),
        "again": lambda: import_corpus(library, folder, now=NOW),
        "embed": lambda: embedder and embed_papers(library, embedder),
        "words": lambda: prepare_search(library),
        "vectors": lambda: prepare_search(library, embedder),
        "graph": lambda: open_snapshot(library.folder, library.graph_version, library.load_edges),
    }
    own = [0.0]
    threading.Thread(target=sample, args=(own,), daemon=True).start()
    start, cpu = time.perf_counter(), time.process_time()
    actions[name]()
    return {
        f"{name}_cpu_s": round(time.process_time() - cpu, 1),
        f"{name}_wall_s": round(time.perf_counter() - start, 1),
        f"{name}_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        f"{name}_own_mb": round(own[0]),
    }


def sample(most: list[float]) -> None:
    """Remember the most memory of its own that this process has."""
    while True:
        most[0] = max(most[0], memory("self", "RssAnon"))
        time.sleep(SAMPLED_EVERY_SECONDS)


def memory(process: str | int, kind: str) -> float:
    """MB of a process: VmRSS, RssAnon, VmHWM."""
    text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(rf"{kind}:\s+(\d+)", text)
    return int(found[1]) / 1024 if found else 0.0


def cpu_seconds(process: int) -> float:
    """CPU time of a process so far, all threads."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(path: Path, *, has_vectors: bool) -> Iterator[tuple[int, str]]:
    """A server of a library: its process and its address."""
    program = ["-m", "papergraph"] if has_vectors else ["-c", WITHOUT_MODEL]
    command = [sys.executable, *program, "--library", str(path), "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        if server.stdout is None:
            raise RuntimeError("the server has no output")
        try:
            yield server.pid, server.stdout.readline().strip() + "api/v1"
        finally:
            server.terminate()


def ask(address: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """One answer of the server."""
    request = urllib.request.Request(
        address,
        data=json.dumps(body).encode() if body else None,
        headers={"Content-Type": "application/json"} if body else {},
    )
    with urllib.request.urlopen(request, timeout=600) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def timed(name: str, process: int, action: Callable[[str], object], asked: list[str]) -> Figures:
    """Ask, and say how long the answers took."""
    times, cpu = [], cpu_seconds(process)
    for item in asked:
        start = time.perf_counter()
        action(item)
        times.append(1000 * (time.perf_counter() - start))
    spent = 1000 * (cpu_seconds(process) - cpu) / len(times)
    times.sort()
    ranked = {part: times[min(len(times) - 1, len(times) * part // 100)] for part in (95, 99)}
    found = {f"_p{part}_ms": time for part, time in ranked.items()}
    found = {"_p50_ms": statistics.median(times)} | found | {"_cpu_ms": spent}
    return {f"{name}{what}": round(value, 1) for what, value in found.items()}


def run_answers(path: Path, papers: int, asked: int, *, has_vectors: bool) -> Figures:
    """Ask a server of the library all that is measured."""
    chance = random.Random(SEED)
    numbers = [chance.randrange(papers) for _ in range(asked)]
    references = [f"doi:10.99999/made-up.{number}" for number in numbers]
    few = references[: max(5, asked // 4)]
    with serving(path, has_vectors=has_vectors) as (process, api):

        def paper(reference: str, what: str = "") -> dict[str, Any]:
            return ask(f"{api}/papers/{urllib.parse.quote(reference, safe='')}{what}")

        def search(query: str) -> object:
            return ask(f"{api}/search?q={urllib.parse.quote(query)}")

        def path_to(reference: str) -> object:
            return ask(f"{api}/path?target={urllib.parse.quote(reference)}")

        found: Figures = {"server_begin_mb": round(memory(process, "VmRSS"))}
        titles = [str(paper(reference)["title"]) for reference in references]
        words = [" ".join(chance.sample(title.split()[:-1], 2)) for title in titles]
        search("warm up")
        path_to(references[0])
        found |= timed("search_words", process, search, words)
        found |= timed("search_title", process, search, titles)
        found |= timed("paper", process, paper, references)
        found |= timed("similar", process, lambda item: paper(item, "/similar"), few)
        found |= timed("path", process, path_to, few)
        found |= timed("next", process, lambda item: ask(f"{api}/next", {"known": [item]}), few)
        found["server_mb"] = round(memory(process, "VmRSS"))
        found["server_own_mb"] = round(memory(process, "RssAnon"))
        found["server_peak_mb"] = round(memory(process, "VmHWM"))
    return found


def measure(folder: Path, work: Path, *, has_vectors: bool, asked: int) -> Figures:
    """All figures of one corpus, each stage in its own process."""
    path = work / "library.db"
    found: Figures = {}
    for stage in STAGES:
        if has_vectors or stage not in ("embed", "vectors"):
            command = [sys.executable, __file__, str(folder), "--stage", stage, "--work", str(work)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
            found |= tell(json.loads(done.stdout))
    library = Library.open(path)
    found["papers"], found["citations"] = library.papers.count(), library.citations.count()
    library.close()
    found["database_mb"] = round(path.stat().st_size / 2**20)
    cache = sum(f.stat().st_size for f in work.rglob("*.cache/**/*") if f.is_file())
    found["cache_mb"] = round(cache / 2**20)
    found |= tell(run_answers(path, int(found["papers"]), asked, has_vectors=has_vectors))
    return found


def tell(figures: Figures) -> Figures:
    """Say what is known so far."""
    print(json.dumps(figures), file=sys.stderr, flush=True)
    return figures


def main() -> None:
    """Measure each corpus, and print a table with the ratio of each column to the one before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--no-vectors", action="store_true", help="search by words only")
    parser.add_argument("--asked", type=int, default=100, metavar="N")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where libraries are made")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stage:
        print(json.dumps(run_stage(given.stage, given.folders[0], given.work / "library.db")))
        return
    columns = []
    for folder in given.folders:
        work = Path(tempfile.mkdtemp(dir=given.work))
        try:
            columns.append(
                measure(folder, work, has_vectors=not given.no_vectors, asked=given.asked)
            )
        finally:
            shutil.rmtree(work)
    for name in columns[0]:
        values = [column[name] for column in columns]
        ratios = [b / a if a else 0.0 for a, b in pairwise(values)]
        row = "".join(f"{value:>13,}" for value in values)
        print(f"{name:<20}{row}" + "".join(f"{ratio:>8.1f}" for ratio in ratios))


if __name__ == "__main__":
    main()
