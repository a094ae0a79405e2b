"""Ranks papers by words and meaning: the sum of BM25 and cosine, known items above all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
from papergraph.vectors import Embedder

# score = (1 - w) * bm25 / best bm25 + w * cosine; flat from .4 to .6, and higher for questions,
# where the words asked with are not those of the paper (research/search.md section 0)
MEANING_WEIGHT = 0.5
MEANING_WEIGHT_OF_QUESTIONS = 0.7
CANDIDATES = 200
_MOST_TITLES = 100  # of the best by words, compared with a query that may be a title

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Papers by number with what speaks for each; `scores` are 0 to 1 and what is known adds.

    `query` holds the terms looked for, `vector` is the query's own, None without meaning.
    """

    scores: dict[int, float] = field(default_factory=dict)
    meaning: dict[int, float] = field(default_factory=dict)
    known: Mapping[int, KnownItem] = field(default_factory=dict)
    query: Query = field(default_factory=lambda: Query(weights={}, replaced={}))
    vector: Scores | None = None


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
        places = _with_known(index, places, known, allowed)
    numbers = index.numbers[places]
    vector = embedder.embed([text])[0] if mode != "words" and embedder is not None else None
    cosines = None
    if vector is not None and vector.any() and embedder is not None:
        numbers, cosines = _near(library, index, embedder, vector, numbers, allowed)
    else:
        vector = None
    top = float(words[0]) if len(words) else 0.0
    bm25 = index.score(query, index.positions_of(numbers))
    scores = _sum(bm25 / top if top else bm25, cosines, _weight(text, top, cosines))
    found = _by_number(numbers, scores)
    meaning = _by_number(numbers, cosines) if cosines is not None else {}
    for number, item in known.items():
        if number in found:
            found[number] += item.gain
    return Ranked(
        scores={number: score for number, score in found.items() if score > 0},
        meaning=meaning,
        known=known,
        query=query,
        vector=vector,
    )


def _by_number(numbers: NDArray[np.int64], scores: Scores) -> dict[int, float]:
    return dict(zip(numbers.tolist(), scores.tolist(), strict=True))


def _known(
    library: Library, index: LexicalIndex, text: str, places: NDArray[np.int64]
) -> dict[int, KnownItem]:
    """Known items, the surest way to know each; titles are compared with the best by words."""
    titles = library.texts.titles(index.numbers[places[:_MOST_TITLES]].tolist())
    found = titled_items(text, titles) | written_items(index, text)
    return found | named_items(library, text)


def _with_known(
    index: LexicalIndex,
    places: NDArray[np.int64],
    known: Mapping[int, KnownItem],
    allowed: Mask | None,
) -> NDArray[np.int64]:
    more = positions_of(index, known)
    if allowed is not None:
        more = more[allowed[more]]
    return np.union1d(places, more)


def _near(
    library: Library,
    index: LexicalIndex,
    embedder: Embedder,
    vector: Scores,
    numbers: NDArray[np.int64],
    allowed: Mask | None,
) -> tuple[NDArray[np.int64], Scores]:
    """Add the nearest papers to the candidates; returns all with their cosines."""
    vectors = vector_index(library, embedder)
    permitted = None if allowed is None else index.numbers[allowed]
    near, scores = vectors.search(vector, CANDIDATES, allowed=permitted)
    is_held = index.positions_of(near) >= 0  # a paper may be gone whose vector is still held
    near, scores = near[is_held], scores[is_held]
    others = np.setdiff1d(numbers, near)
    cosines = np.concatenate([scores, vectors.scores_of(others, vector)])
    return np.concatenate([near, others]), np.maximum(cosines, 0)


def _weight(text: str, top: float, cosines: Scores | None) -> float:
    if cosines is None or not top:
        return float(cosines is not None)
    return MEANING_WEIGHT_OF_QUESTIONS if is_question(text) else MEANING_WEIGHT


def _sum(bm25: Scores, cosines: Scores | None, weight: float) -> Scores:
    if cosines is None:
        return bm25
    return np.asarray((1 - weight) * bm25 + weight * cosines, dtype=np.float32)
