"""Measures of one answer, their means, and how sure they are: a paired bootstrap over groups."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Score = tuple[float, float]  # sum of what was reached, how much could be
Interval = tuple[float, float]

PRODUCT = "papergraph"
_TOP = 20
_DRAWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measure of one method: means with 95 % intervals, and what papergraph has more.

    `micro`: every pair or paper weighs the same; `macro`: every group. `lead_macro` and
    `lead_micro` are papergraph minus this method, `ahead_macro` and `ahead_micro` their intervals,
    drawn in pairs; all None for papergraph itself.
    """

    measure: str
    method: str
    macro: float
    micro: float
    macro_interval: Interval
    micro_interval: Interval
    lead_macro: float | None
    lead_micro: float | None
    ahead_macro: Interval | None
    ahead_micro: Interval | None
    groups: int
    count: int

    def as_json(self) -> dict[str, Any]:
        """The figure as the command prints it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def score_order(wanted: Sequence[int], answer: Sequence[int]) -> dict[str, Score]:
    """Pairs that stand in the order wanted; a paper that was not answered makes its pairs wrong."""
    place = {number: position for position, number in enumerate(answer)}
    pairs = list(combinations(wanted, 2))
    right = sum(a in place and b in place and place[a] < place[b] for a, b in pairs)
    return {"pairs": (float(right), float(len(pairs)))}


def score_found(wanted: Collection[int], answer: Sequence[int]) -> dict[str, Score]:
    """What was found of what is wanted, by rank: recall and gain at 20, the first hit."""
    hits = [number in wanted for number in answer]
    most = min(len(wanted), _TOP)
    gain = sum(hit / math.log2(rank + 2) for rank, hit in enumerate(hits[:_TOP]))
    best = sum(1 / math.log2(rank + 2) for rank in range(most))
    first = hits.index(True) + 1 if any(hits) else math.inf
    return {
        "recall@20": (float(sum(hits[:_TOP])), float(most)),
        "ndcg@20": (gain / best, 1.0),
        "hit@1": (float(first == 1), 1.0),
        "mrr": (1 / first, 1.0),
    }


def sum_up(
    measure: str, scores: Mapping[str, Sequence[Score]], groups: Sequence[str], seed: int
) -> list[Figure]:
    """Figures of every method for one measure; `scores` by method, aligned with `groups`.

    Groups are drawn with replacement, the same for all methods, so that what they have in common
    does not blur how they differ.

    References
    ----------
    Efron and Tibshirani, "An introduction to the bootstrap", 1993.
    """
    names = {name: row for row, name in enumerate(dict.fromkeys(groups))}
    rows = np.array([names[group] for group in groups])
    draws = np.random.default_rng(seed).integers(len(names), size=(_DRAWS, len(names)))
    summed = {method: _by_group(rows, len(names), found) for method, found in scores.items()}
    drawn = {method: _draw(reached, most, draws) for method, (reached, most) in summed.items()}
    ours = _means(*summed[PRODUCT])
    figures = []
    for method, totals in summed.items():
        macro, micro = _means(*totals)
        is_ours = method == PRODUCT
        leads = [one - other for one, other in zip(drawn[PRODUCT], drawn[method], strict=True)]
        figures.append(
            Figure(
                measure=measure,
                method=method,
                macro=macro,
                micro=micro,
                macro_interval=_interval(drawn[method][0]),
                micro_interval=_interval(drawn[method][1]),
                lead_macro=None if is_ours else ours[0] - macro,
                lead_micro=None if is_ours else ours[1] - micro,
                ahead_macro=None if is_ours else _interval(leads[0]),
                ahead_micro=None if is_ours else _interval(leads[1]),
                groups=len(names),
                count=int(totals[1].sum()),
            )
        )
    return figures


def _means(reached: Floats, most: Floats) -> tuple[float, float]:
    """Macro and micro mean."""
    return float((reached / most).mean()), float(reached.sum() / most.sum())


def _by_group(rows: NDArray[np.int64], size: int, scores: Sequence[Score]) -> tuple[Floats, Floats]:
    parts = np.array(scores)
    reached, most = (
        np.asarray(np.bincount(rows, weights=part, minlength=size), dtype=np.float64)
        for part in parts.T
    )
    return reached, most


def _draw(reached: Floats, most: Floats, draws: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Macro and micro means of every draw, (draws,) float64 each."""
    macro = (reached / most)[draws].mean(axis=1)
    return macro, reached[draws].sum(axis=1) / most[draws].sum(axis=1)


def _interval(values: Floats) -> Interval:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
