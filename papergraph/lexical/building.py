"""Counts the words of papers and makes a segment of them, in parts that are kept on disk.

Papers are counted in blocks; a block becomes a run, whose postings stand in the order of their
terms. A span of terms at a time is then gathered from all runs, weighed and written. So memory
holds one block, one span, and some 30 bytes a term and paper, however many papers there are.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papergraph.lexical.segment import STEPS, Segment
from papergraph.lexical.words import comparable_words, digest, label, stem_of
from papergraph.models import SearchableText
from papergraph.text import compare_form, name_key

K1 = 1.2
B = 0.75
WEIGHTS = (2.0, 1.0, 1.0)  # title and names, abstract and summary, what people wrote
_LABELS = len(WEIGHTS)  # the field after these: terms that papers are filtered by, never scored
_FIELD_BITS = 2
DRAFT = "segment"
_BLOCK = 10_000  # papers counted at once
_SPAN = 2_000_000  # postings weighed at once, unless one term has more
_LARGE = 500_000  # entries of an array that is worth a file
_MOST_FIGURES = 4  # of a number that may be meant by another spelling: a year, not data

Averages = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSegment:
    """A new segment with the words of its titles and the usual lengths of its fields."""

    segment: Segment
    words: tuple[str, ...]
    averages: Averages


class _Kept:
    """Rows put away in a file, or in memory; read in spans.

    Files are read and written, not mapped: what is mapped counts as memory of the process.
    """

    def __init__(self, rows: NDArray[Any], file: Path | None) -> None:
        self._rows, self._file, self.size = rows, file, len(rows)
        if file is not None:
            rows.tofile(file)
            self._rows = rows[:0].copy()

    def read(self, span: slice) -> NDArray[Any]:
        """Some rows."""
        if self._file is None:
            return self._rows[span]
        width = math.prod(self._rows.shape[1:])
        found = np.fromfile(
            self._file,
            self._rows.dtype,
            count=(span.stop - span.start) * width,
            offset=span.start * width * self._rows.itemsize,
        )
        return found.reshape(-1, *self._rows.shape[1:])


class _Growing:
    """An array of `size` entries that are appended: in memory, or in a file as numpy saves it."""

    def __init__(self, dtype: type[Any], size: int, file: Path | None) -> None:
        self._parts: list[NDArray[Any]] = [np.empty(0, dtype)]
        self._file = file
        if file is not None:
            file.parent.mkdir(exist_ok=True)
            head = {"descr": np.dtype(dtype).str, "fortran_order": False, "shape": (size,)}
            with file.open("wb") as opened:
                np.lib.format.write_array_header_1_0(opened, head)

    def append(self, values: NDArray[Any]) -> None:
        """Put entries behind the others."""
        if self._file is None:
            self._parts.append(values)
            return
        with self._file.open("ab") as opened:
            values.tofile(opened)

    def finish(self) -> NDArray[Any]:
        """The whole array, mapped when it is in a file."""
        if self._file is None:
            return np.concatenate(self._parts)
        return np.asarray(np.load(self._file, mmap_mode="r"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """The postings of one block of papers, in the order of terms, then positions.

    `terms` (k,) uint64 digests, ascending; the postings of the i-th stand from `starts[i]` on:
    `positions` (m,) int32 and `counts` (m, fields) uint16. `titles` are bytes.
    """

    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    positions: _Kept
    counts: _Kept
    titles: _Kept


def build_segment(
    texts: Iterable[SearchableText],
    averages: Averages | None = None,
    *,
    folder: Path | None = None,
) -> BuiltSegment:
    """Index papers, given in the order of their numbers; about 120 microseconds a paper.

    Parameters
    ----------
    averages
        The usual lengths of the fields, for a segment beside another; those of the texts
        themselves when None.
    folder
        Where large arrays are kept, those of the segment in its folder `DRAFT` under the names
        that `Segment.save` gives them. In memory when None.
    """
    counting = _Counting(folder)
    for text in texts:
        counting.add(text)
    return counting.build(averages)


class _Counting:
    """Counts the terms of papers, field by field, and makes a segment of the counts."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._numbers = array("q")
        self._years = array("h")
        self._title_starts = array("q", [0])
        self._lengths = tuple(array("i") for _ in WEIGHTS)
        self._runs: list[_Run] = []
        self._words: set[str] = set()
        self._counted = 0
        self._open_block()

    def _open_block(self) -> None:
        # words and terms are numbered within a block, or all that were ever seen stay in memory
        self._terms: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._waiting = tuple(array("i") for _ in range(_LABELS + 1))
        self._label_counts = array("i")
        self._titles = bytearray()

    def add(self, text: SearchableText) -> None:
        """Take in one paper."""
        self._numbers.append(text.paper)
        self._years.append(text.year if text.year and 0 < text.year < 10_000 else 0)
        written = compare_form(text.title).encode("utf-8", "replace")
        self._titles += written
        self._title_starts.append(self._title_starts[-1] + len(written))
        contents = (f"{text.title} {text.names}", f"{text.abstract} {text.summary}", text.writing)
        for field, content in enumerate(contents):
            stems = [self._stem(word) for word in comparable_words(content)] if content else []
            self._lengths[field].append(len(stems))
            self._waiting[field].extend(stems)
        labels = [self._term(term) for term in _labels(text)]
        self._label_counts.append(len(labels))
        self._waiting[_LABELS].extend(labels)
        if len(self._label_counts) >= _BLOCK:
            self._close_block()

    def _close_block(self) -> None:
        """Make a run of what waits."""
        names = list(self._terms)
        digests = np.array([digest(name) for name in names], dtype=np.uint64)
        terms, ranks = np.unique(digests, return_inverse=True)
        keys, counts = np.unique(self._keys(ranks.astype(np.int64)), return_counts=True)
        fields = keys & ((1 << _FIELD_BITS) - 1)
        keys >>= _FIELD_BITS
        is_first = np.concatenate([np.ones(min(1, len(keys)), np.bool_), keys[1:] != keys[:-1]])
        rows = np.cumsum(is_first) - 1
        keys = keys[is_first]
        table = np.zeros((len(keys), len(WEIGHTS)), dtype=np.uint16)
        scored = fields < _LABELS
        table[rows[scored], fields[scored]] = np.minimum(counts[scored], np.iinfo(np.uint16).max)
        positions = (keys & 0xFFFFFFFF) + self._counted
        self._runs.append(
            _Run(
                terms=terms,
                starts=np.searchsorted(keys >> 32, np.arange(len(terms) + 1)),
                positions=_Kept(positions.astype(np.int32), self._place(len(keys), "positions")),
                counts=_Kept(table, self._place(len(keys), "counts")),
                titles=_Kept(
                    np.frombuffer(bytes(self._titles), dtype=np.uint8),
                    self._place(len(self._titles), "titles"),
                ),
            )
        )
        in_titles = (names[place] for place in np.unique(np.asarray(self._waiting[0])).tolist())
        self._words.update(word for word in in_titles if not _is_data(word))
        self._counted = len(self._numbers)
        self._open_block()

    def _keys(self, ranks: NDArray[np.int64]) -> NDArray[np.int64]:
        """One key for each word that waits: its term, then its paper, then its field."""
        papers = np.arange(len(self._numbers) - self._counted, dtype=np.int64)
        keys = []
        for field, waiting in enumerate(self._waiting):
            lengths = self._label_counts
            if field < _LABELS:
                lengths = self._lengths[field][self._counted :]
            rows = papers.repeat(np.asarray(lengths))
            found = (ranks[np.asarray(waiting)] << 32) | rows
            keys.append((found << _FIELD_BITS) | field)
        return np.concatenate(keys)

    def build(self, averages: Averages | None) -> BuiltSegment:
        """Make the segment of all that was counted."""
        if self._label_counts or not self._runs:
            self._close_block()
        averages = averages or tuple(_average(lengths) for lengths in self._lengths)
        terms = np.unique(np.concatenate([run.terms for run in self._runs]))
        sizes = np.zeros(len(terms), dtype=np.int64)
        for run in self._runs:
            sizes[np.searchsorted(terms, run.terms)] += np.diff(run.starts)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        size = int(starts[-1])
        all_papers = _Growing(np.int32, size, self._place(size, "papers.npy"))
        all_impacts = _Growing(np.uint8, size, self._place(size, "impacts.npy"))
        tops = np.zeros(len(terms), dtype=np.uint8)
        for first, last in _spans(starts):
            places = starts[first : last + 1] - starts[first]
            papers, impacts = self._gather(terms[first:last], places, averages)
            tops[first:last] = np.maximum.reduceat(impacts, places[:-1])
            all_papers.append(papers)
            all_impacts.append(impacts)
        segment = Segment(
            numbers=np.array(self._numbers, dtype=np.int64),
            years=np.array(self._years, dtype=np.int16),
            lengths=np.sum([np.asarray(one) for one in self._lengths], axis=0, dtype=np.int32),
            titles=self._all_titles(),
            title_starts=np.array(self._title_starts, dtype=np.int64),
            terms=terms,
            starts=starts,
            tops=tops,
            papers=all_papers.finish(),
            impacts=all_impacts.finish(),
        )
        return BuiltSegment(segment=segment, words=tuple(sorted(self._words)), averages=averages)

    def _all_titles(self) -> NDArray[np.uint8]:
        size = self._title_starts[-1]
        titles = _Growing(np.uint8, size, self._place(size, "titles.npy"))
        for run in self._runs:
            titles.append(run.titles.read(slice(0, run.titles.size)))
        return titles.finish()

    def _gather(
        self, terms: NDArray[np.uint64], places: NDArray[np.int64], averages: Averages
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """The postings of some terms from all runs; `places` is where those of each begin."""
        papers = np.empty(int(places[-1]), dtype=np.int32)
        impacts = np.empty(len(papers), dtype=np.uint8)
        free = places[:-1].copy()
        for run in self._runs:
            first = int(np.searchsorted(run.terms, terms[0]))
            last = int(np.searchsorted(run.terms, terms[-1], side="right"))
            starts = run.starts[first : last + 1]
            span = slice(int(starts[0]), int(starts[-1]))
            lengths = np.diff(starts)
            homes = np.searchsorted(terms, run.terms[first:last])
            into = np.repeat(free[homes] - starts[:-1], lengths) + np.arange(span.start, span.stop)
            free[homes] += lengths
            positions = run.positions.read(span)
            papers[into] = positions
            impacts[into] = self._weigh(positions, run.counts.read(span), averages)
        return papers, impacts

    def _weigh(
        self, positions: NDArray[np.int32], counts: NDArray[np.uint16], averages: Averages
    ) -> NDArray[np.uint8]:
        """Set the counts of each field against its length, and weigh the fields."""
        weights = np.zeros(len(positions))
        for field, weight in enumerate(WEIGHTS):
            lengths = np.asarray(self._lengths[field])[positions]
            weights += weight * counts[:, field] / (1 - B + B * lengths / averages[field])
        impacts = np.rint(STEPS * weights / (weights + K1)).astype(np.uint8)
        impacts[(impacts == 0) & (weights > 0)] = 1
        return impacts

    def _place(self, size: int, name: str) -> Path | None:
        """The file for so many entries; None when they are few enough to stay in memory."""
        if self._folder is None or size < _LARGE:
            return None
        is_run = not name.endswith(".npy")
        return self._folder / (f"{len(self._runs)}-{name}" if is_run else f"{DRAFT}/{name}")

    def _stem(self, word: str) -> int:
        found = self._stems.get(word)
        if found is None:
            found = self._stems[word] = self._term(stem_of(word))
        return found

    def _term(self, term: str) -> int:
        return self._terms.setdefault(term, len(self._terms))


def _spans(starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Cut terms into spans of about as many postings: (first, last), the last excluded."""
    first = 0
    while first < len(starts) - 1:
        last = int(np.searchsorted(starts, starts[first] + _SPAN, side="right")) - 1
        last = max(last, first + 1)
        yield first, last
        first = last


def _is_data(word: str) -> bool:
    return word.isdigit() and len(word) > _MOST_FIGURES


def _labels(text: SearchableText) -> set[str]:
    """What a paper is filtered by: words of its authors, its venue, its kind."""
    found = {label("author", word) for name in text.authors for word in comparable_words(name)}
    found |= {label("venue", word) for word in comparable_words(text.venue)}
    return found | {label("venue", name_key(text.venue)), label("kind", text.kind)}


def _average(lengths: Sequence[int]) -> float:
    """The mean length of a field over the papers that have it."""
    present = np.asarray(lengths, dtype=np.float64)
    present = present[present > 0]
    return float(present.mean()) if len(present) else 1.0
