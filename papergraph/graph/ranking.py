"""Ranks papers to read next: what follows from those read, is new, cited of late, near, akin."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.following import RECENCY_DECAY
from papergraph.graph.weights import NEXT_WEIGHTS

Floats = NDArray[np.float64]

_FLOOR = 1e-3  # of the best score of what follows; less says nothing
_JUST_READ = 3  # papers; what comes next is often near one of them
_LAST_TAKEN_UP = 5  # papers that say how old those are which the reader takes up
_AT_ONCE = 0.1  # years; a paper that is newer is simply new


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What is known of papers that may be read next, an entry for each, (n,).

    `following` are scores of `score_following`; `years` how old each was at the time, infinite when
    no time is asked for; `lately` how many cited each in the last year, or ever when no time is
    asked for. `meaning` (n, k) are cosines to the k papers read last, the last one first; k may be
    0. `authors` counts those shared with the papers read last, the later ones more. `taken_up` (m,)
    is how old the papers read last were, in years, the last one first; m may be 0.
    """

    following: Floats
    years: Floats
    lately: NDArray[np.int64]
    meaning: NDArray[np.float32]
    authors: Floats
    taken_up: Floats


def next_features(candidates: Candidates) -> Floats:
    """Lay out what the weights are for, (n, 7) float64 in the order of `NEXT_WEIGHTS`."""
    following = candidates.following
    best = following.max(initial=0.0) or 1.0
    meaning = candidates.meaning
    ages = RECENCY_DECAY ** np.arange(meaning.shape[1])
    return np.column_stack(
        [
            np.log(following / best + _FLOOR),
            np.exp(-candidates.years),
            np.log1p(candidates.lately),
            meaning[:, :_JUST_READ].max(axis=1, initial=0.0),
            meaning @ ages / max(1.0, float(ages.sum())),
            np.log1p(candidates.authors),
            -_unlike_in_age(candidates.years, candidates.taken_up[:_LAST_TAKEN_UP]),
        ],
    )


def _unlike_in_age(years: Floats, taken_up: Floats) -> Floats:
    """How much older or newer papers are than those taken up lately, as a logarithm."""
    if not len(taken_up) or np.isinf(years).all():
        return np.zeros(len(years))
    usual = np.log(_AT_ONCE + taken_up).mean()
    return np.asarray(np.abs(np.log(_AT_ONCE + years) - usual))


def shared_authors(
    candidates: Sequence[Collection[str]], read: Sequence[Collection[str]]
) -> Floats:
    """Count the authors each candidate shares with what was read, the last one first; (n,).

    An author counts as much as the last paper of theirs that was read.
    """
    weights: dict[str, float] = {}
    for age, authors in enumerate(read):
        for author in authors:
            weights.setdefault(author, RECENCY_DECAY**age)
    return np.array(
        [sum(weights.get(author, 0.0) for author in set(authors)) for authors in candidates],
        dtype=np.float64,
    )


def rank_next(features: Floats) -> Floats:
    """Score candidates by the fitted weights, (n,) float64 above 0, the best 1."""
    scores = features @ np.array(list(NEXT_WEIGHTS.values()))
    best = scores.max(initial=-np.inf)
    return np.asarray(1.0 / (1.0 + best - scores))
