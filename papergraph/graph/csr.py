"""The whole citation graph as compressed sparse rows, kept as memory-mapped arrays.

Node numbers are paper numbers; documents that cite without being papers (reviews) come after them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

_PARTS = ("reference_starts", "references", "citer_starts", "citers", "sizes")
_DATES = "dates.npy"
_KEPT_OPEN = 24  # arrays a process keeps mapped; opening a graph takes longer than asking it

Pairs = Sequence[tuple[int, int]] | NDArray[np.integer]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationGraph:
    """Who cites whom, both ways.

    `references[reference_starts[u]:reference_starts[u + 1]]` are the papers u cites, ascending;
    `citers` the other way round. Starts are (n + 1,) int64, the others (m,) int32. Nodes from
    `sizes[0]` on are reviews; `sizes` is (2,) int64.
    """

    reference_starts: NDArray[np.int64]
    references: NDArray[np.int32]
    citer_starts: NDArray[np.int64]
    citers: NDArray[np.int32]
    sizes: NDArray[np.int64]

    @classmethod
    def build(cls, citations: Pairs, mentions: Pairs = (), *, least: int = 1) -> CitationGraph:
        """Make the arrays from (citing, cited) pairs and (review, paper) pairs, each distinct.

        There are at least `least` nodes, also when the last of them have no links. Pairs that come
        sorted, as an (m, 2) int32 array in columns, are not copied: 21 million of them then take
        300 MB at most beside their own 170.
        """
        citing, cited = _ascending(citations)
        reviews, named = _ascending(mentions)
        papers = max(least, 1 + max(int(ends.max(initial=0)) for ends in (citing, cited, named)))
        size = papers + (int(reviews[-1]) + 1 if len(reviews) else 0)
        starts = np.searchsorted(citing, np.arange(size + 1, dtype=citing.dtype))
        if len(reviews):
            starts += np.searchsorted(reviews, np.arange(size + 1) - papers)
            cited = np.concatenate([cited, named])
        back_starts, citers = _turned(starts, cited)
        return cls(
            reference_starts=starts,
            references=cited,
            citer_starts=back_starts,
            citers=citers,
            sizes=np.array([papers, np.count_nonzero(np.diff(starts))], dtype=np.int64),
        )

    @property
    def papers(self) -> int:
        """The first node number that is no paper."""
        return int(self.sizes[0])

    @property
    def citing_count(self) -> int:
        """How many papers and reviews cite anything."""
        return int(self.sizes[1])

    def references_of(self, number: int) -> NDArray[np.int32]:
        """Papers that the paper `number` cites, ascending; empty for one the graph does not have.

        Papers without a link may be younger than the graph; reviews have these numbers here.
        """
        return _slice(self.reference_starts, self.references, number, self.papers)

    def citers_of(self, number: int) -> NDArray[np.int32]:
        """Papers and reviews that cite the paper `number`, ascending."""
        return _slice(self.citer_starts, self.citers, number, self.papers)

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder, complete or not at all."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        waiting = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".graph-"))
        for name in _PARTS:
            np.save(waiting / f"{name}.npy", getattr(self, name))
        if folder.exists():
            shutil.rmtree(waiting)
        else:
            waiting.replace(folder)

    @classmethod
    def open(cls, folder: Path) -> CitationGraph:
        """Open saved arrays as memory maps; OSError or ValueError when they are not whole."""
        return cls(**{name: _map_array(folder / f"{name}.npy") for name in _PARTS})


def open_snapshot(
    folder: Path | None, version: int, load: Callable[[], tuple[Pairs, Pairs]]
) -> CitationGraph:
    """Open the saved graph of this version, or build it from `load()` and save it.

    `load` returns citation pairs and mention pairs, as `CitationGraph.build` takes them. Older
    versions in the folder are removed. A folder that cannot be written is no error: the graph is
    then built each time.
    """
    if folder is None:
        return CitationGraph.build(*load())
    home = folder / f"graph-{version}"
    try:
        return CitationGraph.open(home)
    except (OSError, ValueError):
        pass
    graph = CitationGraph.build(*load())
    try:
        shutil.rmtree(home, ignore_errors=True)
        graph.save(home)
        for other in folder.glob("graph-*"):
            if other != home:
                shutil.rmtree(other, ignore_errors=True)
        graph = CitationGraph.open(home)  # mapped: its memory can be given back
    except (OSError, ValueError):
        return graph
    return graph


def open_dates(
    folder: Path | None, version: int, load: Callable[[], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Open the dates kept beside the graph of this version, or take them from `load()` and keep.

    Dates are (n,) float64 years by paper number, infinite where unknown. Call `open_snapshot`
    first: it makes the folder and removes those of older versions.
    """
    if folder is None:
        return load()
    home = folder / f"graph-{version}"
    dates: NDArray[np.float64]
    try:
        dates = _map_array(home / _DATES)
    except (OSError, ValueError):
        dates = load()
    else:
        return dates
    try:
        with tempfile.NamedTemporaryFile(dir=home, suffix=".npy", delete=False) as file:
            np.save(file, dates)
        Path(file.name).replace(home / _DATES)
    except OSError:
        return dates
    return dates


@dataclass(frozen=True, slots=True)
class _SavedArray:
    """An array in a file; another one as soon as the file is."""

    path: Path
    inode: int
    changed: int
    size: int

    @classmethod
    def at(cls, path: Path) -> _SavedArray:
        found = path.stat()
        return cls(path, found.st_ino, found.st_mtime_ns, found.st_size)


def _map_array(path: Path) -> NDArray[Any]:
    return _map_saved(_SavedArray.at(path))


@lru_cache(maxsize=_KEPT_OPEN)
def _map_saved(saved: _SavedArray) -> NDArray[Any]:
    # As a plain array: a slice of numpy's own memmap class costs ten times as much.
    return np.asarray(np.load(saved.path, mmap_mode="r"))


def _ascending(pairs: Pairs) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Both ends of pairs, sorted by the first and then the second."""
    ends = np.asarray(pairs, dtype=np.int32).reshape(-1, 2)
    ones, others = np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1])
    rises = (ones[1:] > ones[:-1]) | ((ones[1:] == ones[:-1]) & (others[1:] > others[:-1]))
    if not rises.all():
        order = np.lexsort((others, ones))
        ones, others = ones[order], others[order]
    return ones, others


def _turned(
    starts: NDArray[np.int64], ends: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The same links by their other end: one pass over them (counting sort), in scipy."""
    size = len(starts) - 1
    present = np.ones(len(ends), dtype=np.bool_)
    # of the type of the ends where it fits, or scipy makes wider copies of all ends
    narrow = starts.astype(np.int32) if starts[-1] <= np.iinfo(np.int32).max else starts
    turned = csr_array((present, ends, narrow), shape=(size, size)).tocsc()
    return turned.indptr.astype(np.int64), turned.indices.astype(np.int32, copy=False)


def _slice(
    starts: NDArray[np.int64], values: NDArray[np.int32], number: int, papers: int
) -> NDArray[np.int32]:
    if not 0 <= number < papers:
        return values[:0]
    return values[starts[number] : starts[number + 1]]
