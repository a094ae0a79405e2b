"""Ranks papers to read next: what follows from those read, what is new, what is cited of late."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.weights import NEXT_WEIGHTS

Floats = NDArray[np.float64]

_FLOOR = 1e-3  # of the best score of what follows; less says nothing


def next_features(following: Floats, years: Floats, lately: NDArray[np.int64]) -> Floats:
    """Lay out what the weights are for, (n, 3) float64 in the order of `NEXT_WEIGHTS`.

    Parameters
    ----------
    following
        (n,) scores of `score_following`.
    years
        (n,) how old each was at the time; infinite when no time is asked for.
    lately
        (n,) how many cited each in the last year, or ever when no time is asked for.
    """
    best = following.max(initial=0.0) or 1.0
    return np.column_stack(
        [np.log(following / best + _FLOOR), np.exp(-years), np.log1p(lately)],
    )


def rank_next(features: Floats) -> Floats:
    """Score candidates by the fitted weights, (n,) float64 above 0, the best 1."""
    scores = features @ np.array(list(NEXT_WEIGHTS.values()))
    best = scores.max(initial=-np.inf)
    return np.asarray(1.0 / (1.0 + best - scores))
