"""How import, graph, search, path and next grow with the library, all in one run.

Usage: python benchmarks/growth.py FOLDER... [--no-vectors] [--asked N]. Each FOLDER is a corpus, as
benchmarks/make_corpus.py makes it; a library is made of it in a folder that is removed at the end.
Every corpus is measured in a process of its own. Import and building are told in seconds of this
process's CPU time, since other work on the machine does not change it much; answers in
milliseconds of wall time, drawn with a fixed seed: the median, and the 95th or 99th percentile.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from papergraph.embed import embed_papers, open_model
from papergraph.exchange import import_corpus
from papergraph.graph import open_snapshot
from papergraph.library import Library
from papergraph.reading import plan_reading
from papergraph.recommend import recommend_next
from papergraph.search import prepare_search, search_papers
from papergraph.search.similar import similar_papers
from papergraph.settings import read_settings
from papergraph.show import show_paper

NOW = "2026-01-01T00:00:00Z"
SEED = 11


def cpu_seconds(action: Callable[[], object]) -> float:
    """CPU time of an action, all threads."""
    start = time.process_time()
    action()
    return round(time.process_time() - start, 1)


def millis(name: str, action: Callable[[str], object], asked: Iterable[str]) -> dict[str, float]:
    """Wall time of answers: median, 95th and 99th percentile, in milliseconds."""
    times = []
    for item in asked:
        start = time.perf_counter()
        action(item)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    ranked = {part: times[min(len(times) - 1, len(times) * part // 100)] for part in (95, 99)}
    found = {50: statistics.median(times)} | ranked
    return {f"{name}_p{part}_ms": round(value, 1) for part, value in found.items()}


def megabytes(kilobytes: float) -> int:
    """Round to MB."""
    return round(kilobytes / 1024)


def measure(folder: Path, work: Path, *, has_vectors: bool, asked: int) -> dict[str, float]:
    """All figures of one corpus."""
    path = work / "library.db"
    library = Library.open(path)
    embedder = open_model(read_settings()) if has_vectors else None
    start = time.perf_counter()
    found: dict[str, float] = {
        "import_cpu_s": cpu_seconds(lambda: import_corpus(library, folder, now=NOW)),
        "import_wall_s": round(time.perf_counter() - start, 1),
        "again_cpu_s": cpu_seconds(lambda: import_corpus(library, folder, now=NOW)),
    }
    if embedder is not None:
        found["embed_cpu_s"] = cpu_seconds(lambda: embed_papers(library, embedder))
    found["search_index_cpu_s"] = cpu_seconds(lambda: prepare_search(library, embedder))
    found["graph_cpu_s"] = cpu_seconds(
        lambda: open_snapshot(library.folder, library.graph_version, library.load_edges)
    )
    found["papers"], found["citations"] = library.papers.count(), library.citations.count()
    found["database_mb"] = megabytes(path.stat().st_size / 1024)
    cache = sum(f.stat().st_size for f in work.rglob("*") if f.is_file()) - path.stat().st_size
    found["cache_mb"] = megabytes(cache / 1024)
    chance = random.Random(SEED)
    numbers = [chance.randint(1, int(found["papers"])) for _ in range(asked)]
    titles = [card.title for card in library.papers.get(numbers).values()]
    words = [" ".join(chance.sample(title.split()[:-1], 2)) for title in titles]
    papers = [f"doi:10.99999/made-up.{number - 1}" for number in numbers]

    def search(query: str) -> object:
        return search_papers(library, query, embedder=embedder)

    search("warm up")
    found |= millis("search_words", search, words)
    found |= millis("search_title", search, titles)
    found |= millis("paper", lambda item: show_paper(library, item), papers)
    few = papers[: max(5, asked // 4)]
    found |= millis("similar", lambda item: similar_papers(library, item, embedder=embedder), few)
    found |= millis("path", lambda item: plan_reading(library, [item]), few)
    found |= millis("next", lambda item: recommend_next(library, [item]), few)
    found["memory_peak_mb"] = megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return found


def main() -> None:
    """Measure each corpus in its own process, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--no-vectors", action="store_true", help="search by words only")
    parser.add_argument("--asked", type=int, default=60, metavar="N")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    options = ["--asked", str(given.asked), *(["--no-vectors"] if given.no_vectors else [])]
    if given.alone:
        with tempfile.TemporaryDirectory() as work:
            figures = measure(
                given.folders[0], Path(work), has_vectors=not given.no_vectors, asked=given.asked
            )
            sys.stdout.write(json.dumps(figures))
        return
    columns = []
    for folder in given.folders:
        command = [sys.executable, __file__, str(folder), "--alone", *options]
        columns.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    for name in columns[0]:
        print(f"{name:<20}" + "".join(f"{column[name]:>14,}" for column in columns))


if __name__ == "__main__":
    main()
