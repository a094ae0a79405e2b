"""A segment of the index: for every term the papers that have it and what it counts in each.

The impact of a term in a paper is the part of BM25F that does not depend on other papers,
tf / (tf + k1) with the tf of the fields weighted and set against their usual length; it is stored
in 8 bits. A query then only multiplies it by the weight of the term (its inverse document
frequency), which may come from several segments.

References
----------
Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields" (2004).
Impacts computed ahead: Lù, "BM25S: Orders of magnitude faster lexical search via eager sparse
scoring" (2024).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STEPS = 255  # an impact is stored in this many steps
_WORDS = "words.txt"
_NONE = slice(0, 0)

Positions = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Postings in arrays; papers stand at positions 0 to n - 1, in the order of their numbers.

    `numbers`, `years` (0 when unknown) and `lengths` (words in all) have one entry a paper; its
    title in comparable form stands in `titles`, UTF-8, from `title_starts[i]` to the next;
    `terms` (digests, ascending), `starts` and `tops` (largest impact) one a term; `papers` and
    `impacts` one a posting, the postings of term t from `starts[t]` to `starts[t + 1]`.
    """

    numbers: NDArray[np.int64]
    years: NDArray[np.int16]
    lengths: NDArray[np.int32]
    titles: NDArray[np.uint8]
    title_starts: NDArray[np.int64]
    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    tops: NDArray[np.uint8]
    papers: Positions
    impacts: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.numbers)

    def place(self, term: int) -> int:
        """Where a term stands among the terms; -1 when no paper has it."""
        place = int(np.searchsorted(self.terms, np.uint64(term)))
        return place if place < len(self.terms) and int(self.terms[place]) == term else -1

    def postings(self, place: int) -> slice:
        """Where the postings of the term at a place stand; an empty slice for -1."""
        return slice(int(self.starts[place]), int(self.starts[place + 1])) if place >= 0 else _NONE

    def top(self, place: int) -> int:
        """The largest impact of the term at a place in any paper."""
        return int(self.tops[place]) if place >= 0 else 0

    def titles_at(self, positions: NDArray[np.int64]) -> list[str]:
        """The titles of some papers in comparable form."""
        starts = self.title_starts[positions].tolist()
        ends = self.title_starts[positions + 1].tolist()
        titles = self.titles.data
        return [str(titles[start:end], "utf-8") for start, end in zip(starts, ends, strict=True)]

    def save(self, folder: Path, words: Iterable[str]) -> None:
        """Write one file an array, unless it is there, and the words of titles."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in fields(self):
            place = folder / f"{field.name}.npy"
            if not place.exists():
                np.save(place, getattr(self, field.name), allow_pickle=False)
        (folder / _WORDS).write_text("\n".join(words), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Segment:
        """Memory-map a saved segment; raises OSError or ValueError when it is not whole."""
        arrays = {
            field.name: np.asarray(
                np.load(folder / f"{field.name}.npy", mmap_mode="r", allow_pickle=False)
            )  # mapped still, without what a memmap does besides
            for field in fields(cls)
        }
        found = cls(**arrays)
        if not len(found.starts) == len(found.terms) + 1 == len(found.tops) + 1:
            raise ValueError(f"{len(found.starts)} starts for {len(found.terms)} terms")
        if not len(found.papers) == len(found.impacts) == int(found.starts[-1]):
            raise ValueError(f"{len(found.papers)} postings where {found.starts[-1]} should be")
        if not len(found.title_starts) == len(found) + 1 or not (
            len(found.titles) == int(found.title_starts[-1])
        ):
            raise ValueError(f"the titles of {len(found)} papers are not whole")
        return found


def read_words(folder: Path) -> list[str]:
    """The words of titles of a saved segment, in the order of the alphabet."""
    return (folder / _WORDS).read_text(encoding="utf-8").split("\n")
