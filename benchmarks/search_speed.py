"""Speed and size of search in one library, beside other ways to do it, all in one run.

Usage: python benchmarks/search_speed.py LIBRARY [--papers N] [--queries N]. LIBRARY is not changed:
N papers, those with an abstract first, are copied to a library of their own, embedded and asked.
Queries are words of abstracts, drawn with a fixed seed. Compared are SQLite's FTS5, a product
with all vectors in numpy, and, where scikit-learn is installed, what arxiv-sanity-lite does:
TF-IDF with a linear SVM fitted for each request, and a count of words over all papers.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from papergraph.embed import embed_papers, open_model
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.search import search_papers, searching
from papergraph.search.opened import vector_index
from papergraph.search.similar import similar_papers
from papergraph.settings import read_settings
from papergraph.vectors import Embedder

SEED = 11
NOW = "2026-01-01T00:00:00Z"
MOST_REQUESTS_FITTED = 15
LEAST_CITED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The library that is asked, with what is compared with it in memory."""

    library: Library
    embedder: Embedder
    numbers: NDArray[np.int64]
    titles: Sequence[str]
    abstracts: Sequence[str]
    cited: dict[int, set[int]]
    queries: Sequence[str]


def copy_library(source: Library, path: Path, most: int) -> tuple[Library, dict[int, int]]:
    """Copy papers, those with an abstract first; also returns their new numbers by the old ones."""
    rows = source.database.execute_raw(
        "SELECT rowid, title, abstract FROM papers_text"
        " ORDER BY length(abstract) > 100 DESC, rowid LIMIT ?",
        (most,),
    )
    library = Library.open(path)
    records = [
        (str(row[0]), PaperRecord(title=row[1], abstract=row[2], source="corpus:copy"))
        for row in rows
    ]
    library.bulk.add_records("corpus:copy", records, NOW)
    found = library.database.execute_raw("SELECT key, paper_id FROM import_keys")
    return library, {int(key): int(number) for key, number in found}


def read_cited(source: Library, new: dict[int, int]) -> dict[int, set[int]]:
    """What each copied paper cites among them, if that is enough to judge by."""
    cited: dict[int, set[int]] = {}
    for citing, other in source.citations.all_pairs():
        if citing in new and other in new:
            cited.setdefault(new[citing], set()).add(new[other])
    return {number: others for number, others in cited.items() if len(others) >= LEAST_CITED}


def draw_queries(abstracts: Sequence[str], count: int) -> list[str]:
    """Two to eight words that stand together in an abstract."""
    chance = random.Random(SEED)
    queries = []
    for abstract in chance.choices([text for text in abstracts if text], k=count):
        words = re.findall(r"\w+", abstract)
        size = chance.randint(2, 8)
        start = chance.randrange(max(1, len(words) - size))
        queries.append(" ".join(words[start : start + size]))
    return queries


def measure(name: str, ask: Callable[[str], object], queries: Sequence[str]) -> float:
    """Print p50 and p99 of asking each query once, after one to warm up."""
    ask(queries[0])
    taken = []
    for query in queries:
        started = time.perf_counter()
        ask(query)
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    last = taken[min(len(taken) - 1, int(0.99 * len(taken)))]
    print(f"{name:<44} p50 {statistics.median(taken):9.2f} ms   p99 {last:9.2f} ms")
    return statistics.median(taken)


def ask_fts(shelf: Shelf) -> Callable[[str], object]:
    """BM25 of FTS5 over title and abstract, terms joined by OR."""

    def ask(query: str) -> object:
        match = " OR ".join(f'"{word}"' for word in sorted(set(query.lower().split())))
        sql = (
            "SELECT rowid FROM papers_text WHERE papers_text MATCH ?"
            " ORDER BY bm25(papers_text, 2.0, 1.0, 1.0, 1.0, 1.0) LIMIT 20"
        )
        return shelf.library.database.execute_raw(sql, (match,))

    return ask


def ask_numpy(shelf: Shelf, vectors: NDArray[np.float32]) -> Callable[[str], object]:
    """The cosine with every paper, and the best twenty."""

    def ask(query: str) -> object:
        scores = vectors @ shelf.embedder.embed([query])[0]
        return np.argpartition(-scores, min(20, len(scores) - 1))[:20]

    return ask


def ask_counts(shelf: Shelf) -> Callable[[str], object]:
    """arxiv-sanity-lite's search: how often the words stand in every title and abstract."""

    def ask(query: str) -> object:
        words = query.lower().split()
        scores = [
            20.0 * sum(word in title for word in words)
            + sum(min(3, abstract.count(word)) for word in words)
            for title, abstract in zip(shelf.titles, shelf.abstracts, strict=True)
        ]
        return np.argsort(-np.array(scores))[:20]

    return ask


def bandwidth() -> float:
    """Bytes a second that one thread reads from memory."""
    block = np.ones(64_000_000, dtype=np.float32)
    block.max()
    started = time.perf_counter()
    block.max()
    return block.nbytes / (time.perf_counter() - started)


def report_scan(shelf: Shelf) -> None:
    """Print what the vector scan alone takes, and how near that is to reading memory once."""
    index = vector_index(shelf.library, shelf.embedder)
    wanted = [shelf.embedder.embed([query])[0] for query in shelf.queries]
    places = dict(zip(shelf.queries, wanted, strict=True))
    found = measure(
        f"  vectors alone ({index.kind})",
        lambda query: index.search(places[query], 20),
        shelf.queries,
    )
    width = {"exact": 4, "fp16": 2, "int8": 1, "approximate": 0.125}[index.kind]
    least = len(index) * index.dimension * width / bandwidth() * 1000
    print(
        f"  reading its codes once takes {least:.2f} ms: {100 * least / found:.0f} % of the limit"
    )


def gain(found: Sequence[int], wanted: set[int]) -> float:
    """nDCG@10 of papers found against those wanted."""
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(wanted))))
    return sum(1 / math.log2(r + 2) for r, n in enumerate(found[:10]) if n in wanted) / ideal


def compare_similar(shelf: Shelf) -> None:
    """Print time and nDCG@10 of papers like one paper; right is what it cites."""
    chance = random.Random(SEED)
    asked = [str(n) for n in chance.sample(sorted(shelf.cited), min(100, len(shelf.cited)))]
    if not asked:
        print("no citations among these papers: no judgement of what is similar")
        return
    found: dict[str, list[int]] = {}

    def ask(number: str) -> None:
        hits = similar_papers(
            shelf.library, f"p{number}", by="meaning", embedder=shelf.embedder, limit=10
        )
        found[number] = [int((hit.paper.id or "p0")[1:]) for hit in hits]

    measure("similar by meaning", ask, asked)
    ours = [
        gain(found[number], shelf.cited[int(number)]) for number in asked[:MOST_REQUESTS_FITTED]
    ]
    theirs = fit_svm(shelf, asked[:MOST_REQUESTS_FITTED])
    print(f"  nDCG@10 over {len(ours)} papers: {statistics.mean(ours):.3f}")
    if theirs:
        print(f"  nDCG@10 of TF-IDF and SVM:    {statistics.mean(theirs):.3f}")


def fit_svm(shelf: Shelf, asked: Sequence[str]) -> list[float]:
    """arxiv-sanity-lite's recommendation: an SVM that tells one paper from all others."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.svm import LinearSVC
    except ImportError:
        print("scikit-learn is not installed: no comparison with TF-IDF and SVM")
        return []
    texts = [f"{t} {a}" for t, a in zip(shelf.titles, shelf.abstracts, strict=True)]
    features = TfidfVectorizer(
        stop_words="english", max_features=20_000, sublinear_tf=True, max_df=0.1, min_df=5
    ).fit_transform(texts)
    gains: list[float] = []

    def ask(number: str) -> None:
        is_it = (shelf.numbers == int(number)).astype(np.int8)
        fitted = LinearSVC(class_weight="balanced", max_iter=10_000, tol=1e-6, C=0.01)
        scores = fitted.fit(features, is_it).decision_function(features)
        best = shelf.numbers[np.argsort(-scores)[:11]]
        gains.append(gain([int(n) for n in best if n != int(number)], shelf.cited[int(number)]))

    measure("similar by TF-IDF and SVM (arxiv-sanity-lite)", ask, asked)
    return gains[1:]


def resident_mb() -> float:
    """Memory of this process that is in use now."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024  # type: ignore[index]


def open_shelf(source: Library, path: Path, papers: int, queries: int) -> Shelf:
    """Copy and embed the papers; prints how long it took and what it fills."""
    library, new = copy_library(source, path, papers)
    embedder = open_model(read_settings())
    started = time.perf_counter()
    count = embed_papers(library, embedder)
    seconds = time.perf_counter() - started
    print(
        f"embedded {count} papers in {seconds:.1f} s: {100_000 * seconds / count:.0f} s for 100,000"
    )
    started = time.perf_counter()
    search_papers(library, "indexes are made", embedder=embedder)
    print(f"made both indexes in {time.perf_counter() - started:.1f} s")
    rows = library.database.execute_raw(
        "SELECT rowid, title, abstract FROM papers_text ORDER BY rowid"
    )
    abstracts = [row[2] for row in rows]
    return Shelf(
        library=library,
        embedder=embedder,
        numbers=np.array([row[0] for row in rows]),
        titles=[row[1].lower() for row in rows],
        abstracts=[abstract.lower() for abstract in abstracts],
        cited=read_cited(source, new),
        queries=draw_queries(abstracts, queries),
    )


def report(shelf: Shelf) -> None:
    """Print every comparison."""

    def ask(query: str) -> object:
        return search_papers(shelf.library, query, embedder=shelf.embedder, limit=20)

    measure("papergraph, words and meaning, with reasons", ask, shelf.queries)
    with patch.object(searching, "explain", lambda *given: dict.fromkeys(given[3], ())):
        measure("  the same hits without reasons", ask, shelf.queries)
    report_scan(shelf)
    measure("FTS5, words joined by OR", ask_fts(shelf), shelf.queries)
    model, dimension = shelf.embedder.fingerprint, shelf.embedder.dimension
    _, vectors = shelf.library.vectors.matrix(model, dimension)
    measure("numpy, all vectors", ask_numpy(shelf, vectors.astype(np.float32)), shelf.queries)
    measure("word counts (arxiv-sanity-lite)", ask_counts(shelf), shelf.queries[:20])
    compare_similar(shelf)


def print_memory(path: Path) -> None:
    """Search a library that is embedded already, and print what this process fills."""
    library, embedder = Library.open(path), open_model(read_settings())
    for query in ("deep learning", "what is attention?", "graphs of papers", "methods we use"):
        search_papers(library, query, embedder=embedder)
    print(f"resident after searching {library.papers.count()} papers: {resident_mb():.0f} MB")


def main() -> None:
    """Copy, embed, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--memory", action="store_true", help="only say what searching fills")
    options = parser.parse_args()
    if options.memory:
        print_memory(options.library)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.db"
        shelf = open_shelf(Library.open(options.library), path, options.papers, options.queries)
        report(shelf)
        shelf.library.close()
        sys.stdout.flush()
        subprocess.run([sys.executable, __file__, str(path), "--memory"], check=True)


if __name__ == "__main__":
    main()
