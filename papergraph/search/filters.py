"""Which papers may be found, and where they stand in the index: exact whatever ranks them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from papergraph.lexical import LexicalIndex, comparable_words, stem_of
from papergraph.library import Library
from papergraph.text import name_key

_DONE = ("read", "known")

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """Which papers may be found: years inclusive; a reading state, or "unread" for not yet read.

    Every author must be one of the paper's; venue and kind are its own.
    """

    year_from: int | None = None
    year_to: int | None = None
    state: str | None = None
    authors: tuple[str, ...] = ()
    venue: str | None = None
    kind: str | None = None

    def narrowed(self, other: SearchFilter) -> SearchFilter:
        """Both filters at once; what both say of state, venue or kind is taken from `other`."""
        starts = [year for year in (self.year_from, other.year_from) if year is not None]
        ends = [year for year in (self.year_to, other.year_to) if year is not None]
        return replace(
            self,
            year_from=max(starts, default=None),
            year_to=min(ends, default=None),
            state=other.state or self.state,
            authors=(*self.authors, *other.authors),
            venue=other.venue or self.venue,
            kind=other.kind or self.kind,
        )


NO_FILTER = SearchFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFilter:
    """What must stand in the text of a paper, and what must not: phrases, and words begun so."""

    phrases: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def allowed_positions(
    library: Library, index: LexicalIndex, papers: SearchFilter, words: WordFilter, reader: str
) -> Mask | None:
    """The positions that pass all filters; None when there is none to pass."""
    masks = [
        *_year_masks(index, papers),
        *(_author_mask(library, index, author) for author in papers.authors),
        *([_venue_mask(index, papers.venue)] if papers.venue else []),
        *([_mask(index, index.labelled("kind", papers.kind.lower()))] if papers.kind else []),
        *([_state_mask(library, index, papers.state, reader)] if papers.state else []),
        *(_text_mask(library, index, phrase) for phrase in words.phrases),
        *(_text_mask(library, index, word, is_beginning=True) for word in words.begun),
        *(~_without_mask(library, index, text) for text in words.without),
    ]
    return reduce(np.logical_and, masks) if masks else None


def _year_masks(index: LexicalIndex, papers: SearchFilter) -> Iterable[Mask]:
    if papers.year_from is not None:
        yield index.years >= max(papers.year_from, 1)
    if papers.year_to is not None:
        yield (index.years <= papers.year_to) & (index.years > 0)


def _author_mask(library: Library, index: LexicalIndex, author: str) -> Mask:
    """The words of a name must stand in one name, not in those of two authors."""
    words = set(comparable_words(author))
    found = [index.labelled("author", word) for word in words]
    positions = reduce(np.intersect1d, found) if found else np.empty(0, dtype=np.int64)
    if len(words) > 1:
        numbers = [
            text.paper
            for text in library.texts.searchable(index.numbers[positions].tolist())
            if any(words <= set(comparable_words(name)) for name in text.authors)
        ]
        positions = index.positions_of(numbers)
    return _mask(index, positions)


def _venue_mask(index: LexicalIndex, venue: str) -> Mask:
    """A venue by its name in any spelling, or by words of it."""
    found = [index.labelled("venue", word) for word in comparable_words(venue)]
    positions = reduce(np.intersect1d, found) if found else np.empty(0, dtype=np.int64)
    return _mask(index, np.union1d(positions, index.labelled("venue", name_key(venue))))


def _state_mask(library: Library, index: LexicalIndex, state: str, reader: str) -> Mask:
    states = _DONE if state == "unread" else (state,)
    mask = _mask(index, index.positions_of(library.states.with_state(states, reader)))
    return ~mask if state == "unread" else mask


def _text_mask(
    library: Library, index: LexicalIndex, phrase: str, *, is_beginning: bool = False
) -> Mask:
    found = library.texts.having(phrase, is_beginning=is_beginning)
    return _mask(index, index.positions_of(found))


def _without_mask(library: Library, index: LexicalIndex, text: str) -> Mask:
    words = comparable_words(text)
    if len(words) == 1:
        return _mask(index, index.having(stem_of(words[0])))
    return _text_mask(library, index, text)


def _mask(index: LexicalIndex, positions: NDArray[np.int64]) -> Mask:
    mask = np.zeros(len(index.years), dtype=np.bool_)
    mask[positions[positions >= 0]] = True
    return mask
