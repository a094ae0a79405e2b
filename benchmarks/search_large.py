"""Search in a large library of made-up papers whose vectors are real ones, perturbed.

Usage: python benchmarks/search_large.py FOLDER REAL --work DIR [--queries N]. FOLDER is a corpus
that benchmarks/make_corpus.py made, REAL a library whose papers are embedded; neither is changed.
A library is made of FOLDER under DIR, or taken up where it is; each of its papers gets the vector
of a random paper of REAL with noise, so that both have a cosine of about 0.8, as neighbours have.

A query is words that stand together in a made-up abstract; for its meaning as many words of a real
abstract are embedded. Printed are time and memory with the index that papergraph chooses by size
and measured recall, and with the exact one.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from growth import memory
from numpy.typing import NDArray
from papergraph.embed import open_model
from papergraph.exchange import import_corpus
from papergraph.library import Library
from papergraph.search import prepare_search, ranking, search_papers
from papergraph.search.opened import vector_index
from papergraph.settings import read_settings
from papergraph.vectors import Embedder, VectorIndex
from papergraph.vectors.approximate import ApproximateStore, recall_at_10
from search_speed import NOW, SEED, bandwidth, draw_queries, resident_mb

NEAR = 0.8  # the cosine of a made vector with the real one it comes from
READ = 20_000  # abstracts that queries are drawn from
BYTES_A_VALUE = {"exact": 4.0, "fp16": 2.0, "int8": 1.0, "approximate": 0.125}


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """A model that embeds another text in place of each query, in the same time."""

    model: Embedder
    texts: dict[str, str]

    @property
    def name(self) -> str:
        """The name of the model."""
        return self.model.name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self.model.dimension

    @property
    def fingerprint(self) -> str:
        """Digest of the model."""
        return self.model.fingerprint

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed what stands in for each text."""
        return self.model.embed([self.texts.get(text, text) for text in texts])


def perturb(
    real: NDArray[np.float16], rows: int, chance: np.random.Generator
) -> NDArray[np.float32]:
    """Random rows of real vectors with noise, of length 1."""
    chosen = real[chance.integers(len(real), size=rows)].astype(np.float32)
    noise = chance.standard_normal(chosen.shape, dtype=np.float32)
    noise *= np.sqrt(1 / NEAR**2 - 1) / np.linalg.norm(noise, axis=1, keepdims=True)
    made = chosen + noise
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True))


def prepare(folder: Path, real: Path, path: Path) -> None:
    """Make the library, its vectors and its indexes, as far as they are not there."""
    library, model = Library.open(path), open_model(read_settings())
    if not library.papers.count():
        import_corpus(library, folder, now=NOW)
    _, vectors = Library.open(real).vectors.matrix(model.fingerprint, model.dimension)
    chance = np.random.default_rng(SEED)
    for papers in library.vectors.outdated(model.fingerprint):
        library.vectors.put(model.fingerprint, papers, perturb(vectors, len(papers), chance))
    for name, embedder in (("words", None), ("vectors", model)):
        started = time.process_time()
        prepare_search(library, embedder)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"index of {name}: {time.process_time() - started:.0f} s of processor time,"
            f" at most {most:.0f} MB",
            flush=True,
        )


def abstracts_of(library: Library) -> list[str]:
    """Some abstracts."""
    rows = library.database.execute_raw(
        "SELECT abstract FROM papers_text WHERE length(abstract) > 100 ORDER BY rowid LIMIT ?",
        (READ,),
    )
    return [row[0] for row in rows]


def print_times(name: str, wall: list[float], cpu: list[float]) -> None:
    """Print the median and the 99th percentile of times in seconds."""
    shown = [
        f"{1000 * np.percentile(times, part):.1f}" for times in (wall, cpu) for part in (50, 99)
    ]
    print(
        f"{name:<40} p50 {shown[0]:>6} p99 {shown[1]:>6} ms; of processor time"
        f" {shown[2]:>6} and {shown[3]:>6}",
        flush=True,
    )


def measure(library: Library, embedder: StandIn, index: VectorIndex) -> None:
    """Print what searches take with an index of vectors, and the share of the scan in them."""
    whole: tuple[list[float], list[float]] = ([], [])
    scan: tuple[list[float], list[float]] = ([], [])
    setattr(ranking, "vector_index", lambda *_: index)  # noqa: B010  # as if it had been chosen
    for query in embedder.texts:
        begun = time.perf_counter(), time.process_time()
        search_papers(library, query, embedder=embedder)
        ended = time.perf_counter(), time.process_time()
        vector = embedder.embed([query])[0]
        start = time.perf_counter(), time.process_time()
        index.search(vector, ranking.CANDIDATES)
        stop = time.perf_counter(), time.process_time()
        for kept, one, other in ((whole, begun, ended), (scan, start, stop)):
            kept[0].append(other[0] - one[0])
            kept[1].append(other[1] - one[1])
    print_times(f"search, {index.kind} vectors", *whole)
    print_times("  vectors alone", *scan)
    size = len(index) * index.dimension * BYTES_A_VALUE[index.kind]
    share = size / bandwidth() / float(np.median(scan[0]))
    print(f"  their {size / 1e6:.0f} MB of codes are read at {100 * share:.0f} % of memory's speed")


def report(path: Path, real: Path, queries: int) -> None:
    """Ask with the index that was chosen, then with the exact one."""
    library, model = Library.open(path), open_model(read_settings())
    made = draw_queries(abstracts_of(library), queries)
    meant = draw_queries(abstracts_of(Library.open(real)), queries)
    embedder = StandIn(model=model, texts=dict(zip(made, meant, strict=True)))
    chosen = vector_index(library, embedder)
    for query in made[:20]:
        search_papers(library, query, embedder=embedder)
    measure(library, embedder, chosen)
    own = memory("self", "RssAnon")
    print(f"  resident: {resident_mb():.0f} MB, {own:.0f} of them not mapped files", flush=True)
    ids, vectors = library.vectors.matrix(model.fingerprint, model.dimension)
    if isinstance(chosen._store, ApproximateStore):  # noqa: SLF001  # to measure what was measured
        print(f"  recall@10: {recall_at_10(chosen._store, vectors):.3f}")  # type: ignore[arg-type]  # noqa: SLF001
    exact = VectorIndex.build(ids, vectors, kind="int8")
    right = [
        len(set(chosen.search(v, 10)[0].tolist()) & set(exact.search(v, 10)[0].tolist()))
        for v in (embedder.embed([query])[0] for query in made)
    ]
    del ids, vectors
    print(f"  of the ten nearest to a query, int8 has the same: {np.mean(right) / 10:.3f}")
    measure(library, embedder, exact)


def main() -> None:
    """Make the library in one process, ask it in another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("real", type=Path, metavar="REAL")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--asking", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    path = given.work / "library.db"
    if given.asking:
        report(path, given.real, given.queries)
        return
    prepare(given.folder, given.real, path)
    subprocess.run([sys.executable, __file__, *sys.argv[1:], "--asking"], check=True)


if __name__ == "__main__":
    main()
