"""The index of words: a main segment, a small one of what changed since, and BM25 over both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from papergraph.lexical.segment import STEPS, Segment
from papergraph.lexical.words import digest, label

_WORTH_PRUNING = 20_000  # postings of one term; fewer are added up before any bound is computed
_MANY = 50  # times as many scores as are looked for
_LEAST_LENGTH = 4  # of a word that is looked up in another spelling
_LONG = 8  # letters; a word this long may have two letters wrong
_LEAST_CUT = 6  # letters that are left of a word whose ending is not known
_MOST_TERMS = 256
_MOST_PLACES = 10_000  # of terms that are remembered
_MOST_NEAR = 20  # words as near as can be, of which the most frequent is taken
_OTHER_SPELLING = 0.8  # what a word counts when only another spelling of it is known

Positions = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Terms to look for: by digest, what each counts. `replaced` are the spellings looked up."""

    weights: Mapping[int, float]
    replaced: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment as it stands in the whole index: its first position, and rows that are replaced."""

    segment: Segment
    first: int
    hidden: NDArray[np.bool_] | None
    places: dict[int, int] = field(default_factory=dict)

    def postings(self, term: int) -> slice:
        """Where the postings of a term stand."""
        return self.segment.postings(self.place(term))

    def place(self, term: int) -> int:
        """Where a term stands in the segment; a query asks for it several times."""
        place = self.places.get(term)
        if place is None:
            if len(self.places) >= _MOST_PLACES:
                self.places.clear()
            place = self.places[term] = self.segment.place(term)
        return place


class LexicalIndex:
    """Scores papers by the words of a query. Positions run through all segments; see `numbers`.

    Not changed once made: another thread may search it at any time.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        words: Callable[[], Sequence[str]],
        *,
        changed: Collection[int] = (),
    ) -> None:
        """Put segments behind each other.

        Parameters
        ----------
        words
            Gives the words of titles in the order of the alphabet, for words spelt otherwise;
            called when first needed.
        changed
            Numbers of papers that the first segment no longer answers for.
        """
        self._read_words = words
        self._parts: list[_Part] = []
        first = 0
        for segment in segments:
            hidden = None
            if changed and not self._parts:
                gone = np.fromiter(changed, dtype=np.int64, count=len(changed))
                hidden = np.isin(segment.numbers, gone)
            self._parts.append(_Part(segment, first, hidden))
            first += len(segment)
        self._size = first

    def __len__(self) -> int:
        """How many papers answer."""
        hidden = sum(int(part.hidden.sum()) for part in self._parts if part.hidden is not None)
        return self._size - hidden

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """The paper at each position; -1 where another segment answers for it."""
        found = [
            part.segment.numbers
            if part.hidden is None
            else np.where(part.hidden, -1, part.segment.numbers)
            for part in self._parts
        ]
        return np.concatenate(found) if len(found) != 1 else found[0]

    @cached_property
    def years(self) -> NDArray[np.int16]:
        """The year at each position, 0 when unknown."""
        return np.concatenate([part.segment.years for part in self._parts])

    @cached_property
    def lengths(self) -> NDArray[np.int32]:
        """How many words each paper has in all fields."""
        return np.concatenate([part.segment.lengths for part in self._parts])

    def positions_of(self, numbers: Iterable[int] | NDArray[np.int64]) -> Positions:
        """Where papers stand, in the order given; -1 for a paper that is not here."""
        wanted = np.asarray(
            numbers if isinstance(numbers, np.ndarray) else list(numbers), dtype=np.int64
        )
        found = np.full(len(wanted), -1, dtype=np.int64)
        for part in self._parts:
            known = part.segment.numbers
            if not len(known):
                continue
            places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            is_here = known[places] == wanted
            if part.hidden is not None:
                is_here &= ~part.hidden[places]
            found[is_here] = places[is_here] + part.first
        return found

    def titles(self, positions: Positions) -> dict[int, str]:
        """The titles at some positions in comparable form, by the number of the paper."""
        found: dict[int, str] = {}
        for part in self._parts:
            rows = positions - part.first
            rows = rows[(rows >= 0) & (rows < len(part.segment))]
            found |= zip(
                part.segment.numbers[rows].tolist(), part.segment.titles_at(rows), strict=True
            )
        return found

    def ask(self, stems: Sequence[str]) -> Query:
        """Weigh the terms of a query; one that no paper has is looked up in another spelling."""
        weights: dict[int, float] = {}
        replaced: dict[str, str] = {}
        for place, stem in enumerate(stems[:_MOST_TERMS]):
            term, share = digest(stem), 1.0
            count = self._count(term)
            if not count and len(stem) >= _LEAST_LENGTH:
                is_last = place == len(stems) - 1
                other = self._other_spelling(stem, is_begun=is_last)
                if other is None:
                    continue
                replaced[stem] = other
                term, share = digest(other), _OTHER_SPELLING
                count = self._count(term)
            if count:
                rarity = float(np.log(1 + (self._size - count + 0.5) / (count + 0.5)))
                weights[term] = max(weights.get(term, 0.0), share * rarity)
        return Query(weights=weights, replaced=replaced)

    def search(
        self, query: Query, k: int, *, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[Positions, Scores]:
        """Find the k best papers by BM25, among the allowed positions if given.

        Returns
        -------
        positions, scores
            Best first, ties by position; only papers with at least one of the terms.
        """
        found = [_search_part(part, query, k, allowed) for part in self._parts]
        if not found:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        if len(found) == 1:
            return found[0]
        positions = np.concatenate([one for one, _ in found])
        scores = np.concatenate([one for _, one in found])
        order = np.lexsort((positions, -scores))[:k]
        return positions[order], scores[order]

    def score(self, query: Query, positions: Positions) -> Scores:
        """Return the BM25 scores of some positions, in any order."""
        scores = np.zeros(len(positions), dtype=np.float32)
        for part in self._parts:
            inside = np.flatnonzero(
                (positions >= part.first) & (positions < part.first + len(part.segment))
            )
            rows = positions[inside] - part.first
            for term, weight in query.weights.items():
                scores[inside] += _look_up(part, term, weight, rows)
        return scores

    def having(self, stem: str) -> Positions:
        """The papers that have a stem in any scored field, ascending."""
        return self._having(digest(stem))

    def labelled(self, field: str, word: str) -> Positions:
        """The papers with this word as author, venue or kind, ascending."""
        return self._having(digest(label(field, word)))

    def _having(self, term: int) -> Positions:
        found = []
        for part in self._parts:
            rows = part.segment.papers[part.postings(term)]
            if part.hidden is not None:
                rows = rows[~part.hidden[rows]]
            found.append(rows.astype(np.int64) + part.first)
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)

    def _count(self, term: int) -> int:
        spans = (part.postings(term) for part in self._parts)
        return sum(span.stop - span.start for span in spans)

    @cached_property
    def _words(self) -> Sequence[str]:
        return self._read_words()

    @cached_property
    def _words_by_length(self) -> Mapping[int, Sequence[str]]:
        """What can be so near to a word is about as long."""
        found: dict[int, list[str]] = {}
        for word in self._words:
            found.setdefault(len(word), []).append(word)
        return found

    def _other_spelling(self, stem: str, *, is_begun: bool) -> str | None:
        """A word of a title that was meant: begun so (the last word), or a letter or two away."""
        if is_begun:
            first = bisect_left(self._words, stem)
            begun = list(takewhile(lambda word: word.startswith(stem), self._words[first:]))
            if begun:
                return max(begun, key=lambda word: (self._count(digest(word)), word))
        reach = 2 if len(stem) >= _LONG else 1
        sizes = range(len(stem) - reach, len(stem) + reach + 1)
        words = [word for size in sizes for word in self._words_by_length.get(size, ())]
        near = extract(
            stem, words, scorer=OSA.distance, processor=None, score_cutoff=reach, limit=_MOST_NEAR
        )
        ranked = [(away, -self._count(digest(word)), word) for word, away, _ in near if word]
        if ranked:
            return min(ranked)[2]
        # a slip in the ending, which stemming would have cut: recognitoin, recognit
        cuts = (stem[:size] for size in range(len(stem) - 1, _LEAST_CUT - 1, -1))
        return next((cut for cut in cuts if self._count(digest(cut))), None)


def _search_part(
    part: _Part, query: Query, k: int, allowed: NDArray[np.bool_] | None
) -> tuple[Positions, Scores]:
    """The best of one segment, exactly, without adding up what cannot reach them.

    Rare terms come first. Once the k best of them stand above what all other terms can add, only
    papers found so far can be among the best, and the long lists are looked into, not added up
    (MaxScore: Turtle and Flood, "Query evaluation: strategies and optimizations", 1995).
    """
    segment = part.segment
    terms = [
        (
            part.postings(term),
            weight / STEPS,
            segment.top(part.place(term)) * weight / STEPS,
            term,
        )
        for term, weight in query.weights.items()
    ]
    terms = [item for item in terms if item[0].stop > item[0].start]
    terms.sort(key=lambda item: item[0].stop - item[0].start)
    above = np.cumsum([0.0, *[item[2] for item in reversed(terms)]])[::-1]
    scores = np.zeros(len(segment), dtype=np.float32)
    is_out = _left_out(part, allowed)
    floor = 0.0
    for place, (span, weight, _, _) in enumerate(terms):
        if place and span.stop - span.start >= _WORTH_PRUNING:
            rows, floor = _reachable(scores, k, float(above[place]), is_out)
            if rows is not None:
                found = scores[rows]
                for (_, full, _, term), rest in zip(terms[place:], above[place + 1 :], strict=True):
                    found += _look_up(part, term, full * STEPS, rows)
                    if len(rows) > k:
                        can_win = found + np.float32(rest) >= _last_of_best(found, k)
                        rows, found = rows[can_win], found[can_win]
                return _best(rows, found, k, part.first)
        scores[segment.papers[span]] += segment.impacts[span] * np.float32(weight)
    if is_out is not None:
        scores[is_out] = 0.0
    rows = np.flatnonzero(scores > 0 if floor <= 0 else scores >= floor)
    return _best(rows, scores[rows], k, part.first)


def _left_out(part: _Part, allowed: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    """Which rows of a segment must not be found."""
    if allowed is None:
        return part.hidden
    forbidden = ~allowed[part.first : part.first + len(part.segment)]
    return forbidden if part.hidden is None else forbidden | part.hidden


def _reachable(
    scores: Scores, k: int, rest: float, is_out: NDArray[np.bool_] | None
) -> tuple[Positions | None, float]:
    """The rows that can still be among the k best when others gain `rest`, and the k-th score.

    None when a row without any score so far could be among them.
    """
    rows = np.flatnonzero(scores > 0)  # several times as quick as of numbers
    if is_out is not None:
        rows = rows[~is_out[rows]]
    if len(rows) < k:
        return None, 0.0
    found = scores[rows]
    last = _last_of_best(found, k)
    if last <= rest:
        return None, last
    return rows[found + np.float32(rest) >= last], last


def _look_up(part: _Part, term: int, weight: float, rows: Positions) -> Scores:
    """What one term adds to the scores of some rows."""
    segment, span = part.segment, part.postings(term)
    papers = segment.papers[span]
    if not len(papers):
        return np.zeros(len(rows), dtype=np.float32)
    # of one type, or numpy makes a wider copy of all postings first
    places = np.searchsorted(papers, rows.astype(papers.dtype))
    places = np.minimum(places, len(papers) - 1)
    impacts = segment.impacts[span][places] * (papers[places] == rows)
    return np.asarray(impacts * np.float32(weight / STEPS))


def _last_of_best(scores: Scores, k: int) -> float:
    """The k-th best score; of many, what is below the k-th best of a part is not put in order."""
    if len(scores) > _MANY * k:
        scores = scores[scores >= _last_of_best(scores[:: len(scores) // (_MANY * k) + 1], k)]
    return float(np.partition(scores, len(scores) - k)[len(scores) - k])


def _best(rows: Positions, scores: Scores, k: int, first: int) -> tuple[Positions, Scores]:
    if len(rows) > k:
        kept = scores >= _last_of_best(scores, k)
        rows, scores = rows[kept], scores[kept]
    order = np.lexsort((rows, -scores))[:k]
    return rows[order] + first, scores[order]
