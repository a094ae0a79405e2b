"""Ranks papers to read next: what follows from those read, what is alike, new, and much cited."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.following import RECENCY_DECAY
from papergraph.graph.weights import NEXT_WEIGHTS

Floats = NDArray[np.float64]

_FLOOR = 1e-3  # of the best score of what follows; less says nothing


def next_features(
    following: Floats, years: Floats, cited: NDArray[np.int64], alike: Floats
) -> Floats:
    """Lay out what the weights are for, (n, 6) float64 in the order of `NEXT_WEIGHTS`.

    Parameters
    ----------
    following
        (n,) scores of `score_following`.
    years
        (n,) how old each was at the time; infinite when no time is asked for.
    cited
        (n,) how many cited each by then.
    alike
        (n, 2) cosines, see `likeness`.
    """
    return np.column_stack(
        [
            np.log(following / (following.max(initial=0.0) or 1.0) + _FLOOR),
            np.exp(-years),
            np.exp(-years / 3.0),
            np.log1p(cited),
            alike,
        ]
    )


def rank_next(features: Floats) -> Floats:
    """Score candidates by the fitted weights, (n,) float64 above 0, the best 1."""
    scores = features @ np.array(list(NEXT_WEIGHTS.values()))
    best = scores.max(initial=-np.inf)
    return np.asarray(1.0 / (1.0 + best - scores))


def likeness(read: NDArray[np.float32], others: NDArray[np.float32]) -> Floats:
    """Cosines of the vectors of papers to what was read, (n, 2) float64.

    The first column is the cosine to the mean of the vectors read, (k, d) with the oldest first and
    the later counting more; the second the cosine to the nearest of them.
    """
    if not read.size or not others.size:
        return np.zeros((len(others), 2))
    read, others = _unit_rows(read), _unit_rows(others)
    ages = RECENCY_DECAY ** np.arange(len(read))[::-1]
    profile = _unit_rows((ages.astype(np.float32) @ read)[np.newaxis])[0]
    return np.column_stack([others @ profile, (others @ read.T).max(axis=1)]).astype(np.float64)


def _unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9))
