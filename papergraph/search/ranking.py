"""Ranks papers by words and meaning: the sum of BM25 and cosine, known items above all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from papergraph.lexical import LexicalIndex, Query, is_question, query_stems
from papergraph.library import Library
from papergraph.search.filters import Mask
from papergraph.search.known import (
    KnownItem,
    named_items,
    positions_of,
    titled_items,
    written_items,
)
from papergraph.search.opened import vector_index
from papergraph.vectors import Embedder, VectorIndex

# score = (1 - w) * bm25 / best bm25 + w * cosine; flat from .4 to .6, and higher for questions,
# where the words asked with are not those of the paper (research/search.md section 0)
MEANING_WEIGHT = 0.5
MEANING_WEIGHT_OF_QUESTIONS = 0.7
CANDIDATES = 200
_MOST_TITLES = 100  # of the best by words, compared with a query that may be a title

NO_QUERY = Query(weights={}, replaced={})

Places = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """The papers nearest to a vector: where they stand in the index of words, and their cosines."""

    vectors: VectorIndex
    vector: Scores
    places: Places
    scores: Scores


class Ranked:
    """Papers with what speaks for each, the best first: their numbers, scores and cosines.

    Scores are 0 to 1 and what is known adds. `query` holds the terms looked for, `vector` is the
    query's own, None without meaning, as the cosines are.
    """

    def __init__(
        self,
        numbers: NDArray[np.int64],
        scores: Scores | NDArray[np.float64],
        cosines: Scores | None = None,
        *,
        known: Mapping[int, KnownItem] = MappingProxyType({}),
        query: Query = NO_QUERY,
        vector: Scores | None = None,
    ) -> None:
        """Put papers in order, those of one score as they are given, those without any left out."""
        order = np.argsort(-scores, kind="stable")
        order = order[: np.count_nonzero(scores > 0)]
        self.numbers: list[int] = numbers[order].tolist()
        self.scores: list[float] = scores[order].tolist()
        self._cosines = None if cosines is None else cosines[order]
        self._places = dict(zip(self.numbers, range(len(self.numbers)), strict=True))
        self.known = known
        self.query = query
        self.vector = vector

    def score(self, number: int) -> float:
        """The score of a paper that was found."""
        return self.scores[self._places[number]]

    def cosine(self, number: int) -> float:
        """How near in meaning a paper is that was found; 0 without meaning."""
        return 0.0 if self._cosines is None else float(self._cosines[self._places[number]])


def rank(
    library: Library,
    index: LexicalIndex,
    text: str,
    allowed: Mask | None,
    mode: str,
    embedder: Embedder | None,
) -> Ranked:
    """Rank the papers among the allowed positions for a text.

    Candidates are the best by words and the best by meaning; each then gets both scores in full.
    """
    stems = query_stems(text) if mode != "meaning" else ()
    query = index.ask(stems)
    places, words = index.search(query, CANDIDATES, allowed=allowed)
    known: dict[int, KnownItem] = {}
    if mode != "meaning" and text:
        known = _known(library, index, text, places)
    vector = embedder.embed([text])[0] if mode != "words" and embedder is not None else None
    near = None
    if vector is not None and vector.any() and embedder is not None:
        near = _near(index, vector_index(library, embedder), vector, allowed)
    else:
        vector = None
    candidates = _joined(index, places, known, allowed, near)
    numbers = index.numbers[candidates]
    cosines = _cosines(candidates, numbers, near) if near is not None else None
    top = float(words[0]) if len(words) else 0.0
    bm25 = _completed(
        candidates, places, words, lambda others: index.score(query, candidates[others])
    )
    scores = _sum(bm25 / top if top else bm25, cosines, _weight(text, top, cosines))
    if known:
        gains = [known[n].gain if n in known else 0.0 for n in numbers.tolist()]
        scores = scores + np.array(gains)
    return Ranked(numbers, scores, cosines, known=known, query=query, vector=vector)


def _known(
    library: Library, index: LexicalIndex, text: str, places: Places
) -> dict[int, KnownItem]:
    """Known items, the surest way to know each; titles are compared with the best by words."""
    titles = index.titles(places[:_MOST_TITLES])
    found = titled_items(text, titles) | written_items(library, index, text)
    return found | named_items(library, text)


def _near(index: LexicalIndex, vectors: VectorIndex, vector: Scores, allowed: Mask | None) -> _Near:
    """The nearest papers that are in the index of words; one may be gone whose vector is held."""
    permitted = None if allowed is None else index.numbers[allowed]
    numbers, scores = vectors.search(vector, CANDIDATES, allowed=permitted)
    places = index.positions_of(numbers)
    is_held = places >= 0
    return _Near(vectors=vectors, vector=vector, places=places[is_held], scores=scores[is_held])


def _joined(
    index: LexicalIndex,
    places: Places,
    known: Mapping[int, KnownItem],
    allowed: Mask | None,
    near: _Near | None,
) -> Places:
    """All candidates, by position."""
    more = positions_of(index, known)
    if allowed is not None:
        more = more[allowed[more]]
    parts = (places, more) if near is None else (places, more, near.places)
    found = np.sort(np.concatenate(parts))
    is_first = np.ones(len(found), dtype=np.bool_)
    is_first[1:] = found[1:] != found[:-1]
    return found[is_first]  # np.unique takes three times as long


def _cosines(candidates: Places, numbers: NDArray[np.int64], near: _Near) -> Scores:
    """The cosine of every candidate."""

    def compute(others: Mask) -> Scores:
        return near.vectors.scores_of(numbers[others], near.vector)

    return np.maximum(_completed(candidates, near.places, near.scores, compute), 0)


def _completed(
    candidates: Places, found: Places, scores: Scores, compute: Callable[[Mask], Scores]
) -> Scores:
    """A score of every candidate; only those that were not found by it are computed."""
    completed = np.empty(len(candidates), dtype=np.float32)
    others = np.ones(len(candidates), dtype=np.bool_)
    places = np.searchsorted(candidates, found)
    completed[places] = scores
    others[places] = False
    completed[others] = compute(others)
    return completed


def _weight(text: str, top: float, cosines: Scores | None) -> float:
    if cosines is None or not top:
        return float(cosines is not None)
    return MEANING_WEIGHT_OF_QUESTIONS if is_question(text) else MEANING_WEIGHT


def _sum(bm25: Scores, cosines: Scores | None, weight: float) -> Scores:
    if cosines is None:
        return bm25
    return np.asarray((1 - weight) * bm25 + weight * cosines, dtype=np.float32)
