"""Fit the weights of what to read next: `python scripts/fit_next.py LIBRARY`.

LIBRARY is a bare library into which the corpus was imported. A conditional logit says which of the
papers in the company of what was read were read next. Two things stand in for readers:

- bibliographies, of which a part is known. Half of them are read by date (what is known is older
  than what is asked for); half in no order, at the date of the citing paper, which never counts;
- authors, who are likely to have read what their papers cite before these came out (see
  `make_author_logs.py`), cut as reading logs are.

Same library, same seed, same figures.

Likeness of content (cosines to the mean of what was read and to the nearest of it) was tried and
left out: on logs of authors it finds less, whether the papers nearest in meaning are proposed as
well or not; so do boosted trees. How much a paper was cited ever adds nothing to the last year.
Citers that count less the older they are find more on logs of authors, who by construction read
what is new, but put the first paper wanted later in bibliographies (MRR -.016): left out as well.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from make_author_logs import AUTHORS, Authors, Question
from numpy.typing import NDArray
from papergraph.graph.company import best_places
from papergraph.graph.following import (
    cited_counts,
    cited_lately,
    past_citing,
    score_following,
)
from papergraph.graph.ranking import next_features
from papergraph.graph.weights import NEXT_WEIGHTS
from papergraph.library import Library
from papergraph.reading import open_source
from scipy.optimize import minimize

BIBLIOGRAPHIES = 500
AUTHORS_ONE_IN = 2  # of their questions
CANDIDATES = 1500
ASKED_AHEAD = 10
FEWEST = 20
CUTS = (0.35, 0.5, 0.65, 0.8, 0.9)
RIDGE = 1e-3

Floats = NDArray[np.float64]
Choice = tuple[Floats, NDArray[np.bool_], int]  # features, which are in the rest, how many are


class Readers:
    """Choices of those who stand in for readers, in one library."""

    def __init__(self, library: Library, seed: int) -> None:
        self.source = open_source(library)
        self.random = np.random.default_rng(seed)
        self.size = len(self.source.graph.citer_starts) - 1
        self.dates = np.full(self.size, np.inf)
        known = self.source.dates[: self.size]
        self.dates[: len(known)] = known

    def of_authors(self, questions: Sequence[Question]) -> list[Choice]:
        """Make a choice of each question whose answers can be reached at all."""
        choices = []
        for question in questions:
            known, year, month = question.read[: question.cut], *question.as_of.split("-")
            ahead = question.read[question.cut : question.cut + ASKED_AHEAD]
            rest = np.array(sorted(set(ahead) - set(known)), dtype=np.int32)
            if choice := self._features(known, rest, int(year) + int(month) / 12):
                choices.append(choice)
        return choices

    def of_bibliographies(self, count: int) -> list[Choice]:
        """Make about `count` choices."""
        lengths = np.diff(self.source.graph.reference_starts)
        fitting = (lengths >= FEWEST) & np.isfinite(self.dates)
        fitting[self.source.graph.papers :] = False
        pool = self.random.permutation(np.flatnonzero(fitting))[:count]
        return [
            choice
            for place, number in enumerate(pool.tolist())
            if (choice := self._choice(number, by_date=bool(place % 2))) is not None
        ]

    def _choice(self, citing: int, *, by_date: bool) -> Choice | None:
        cited = self.source.graph.references_of(citing)
        cited = cited[self.dates[cited] <= self.dates[citing]]
        if len(cited) < FEWEST:
            return None
        cited = cited[np.argsort(self.dates[cited], kind="stable")]
        if by_date:
            cut = max(8, int(len(cited) * self.random.choice(CUTS)))
            known, rest = cited[:cut], cited[cut : cut + ASKED_AHEAD]
            now = float(self.dates[rest[-1]]) if len(rest) else 0.0
        else:
            is_known = self.random.permutation(len(cited)) < len(cited) * 2 // 3
            known, rest, now = cited[is_known], cited[~is_known], float(self.dates[citing])
        return self._features(known.tolist(), rest, now, citing) if len(rest) else None

    def _features(
        self, known: list[int], rest: NDArray[np.int32], now: float, citing: int | None = None
    ) -> Choice | None:
        graph, dates = self.source.graph, self.source.dates
        past = past_citing(graph, dates, now)
        if citing is not None:
            past[citing] = False
        counts = cited_counts(graph, past)
        scores = score_following(graph, known, past, counts)
        years = now - self.dates
        drawn = np.where(years >= 0, scores * (0.15 + np.exp(-np.maximum(years, 0) / 1.5)), 0.0)
        drawn[known] = 0.0
        if citing is not None:
            drawn[citing] = 0.0
        places = best_places(drawn, CANDIDATES)
        chosen = np.isin(places, rest)
        if not chosen.any():
            return None
        lately = cited_lately(graph, places, past, dates, now)
        features = next_features(scores[places], years[places], lately)
        return features, chosen, len(rest)


def fit(choices: list[Choice]) -> Floats:
    """Fit a conditional logit with a small ridge, on features scaled to one."""
    scale = np.concatenate([features for features, _, _ in choices]).std(axis=0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.0, np.zeros(len(weights))
        for features, chosen, _ in choices:
            scores = features @ (weights / scale)
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            total -= float(np.log(chances[chosen] + 1e-300).mean())
            slope -= (features[chosen].mean(axis=0) - chances @ features) / scale
        count = len(choices)
        return (
            total / count + RIDGE * float(weights @ weights),
            slope / count + 2 * RIDGE * weights,
        )

    found = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)


def recall(choices: list[Choice], weights: Floats, most: int = 20) -> float:
    """Mean share of the rest that stands among the best."""
    shares = [
        chosen[np.argsort(-(features @ weights), kind="stable")[:most]].sum() / asked
        for features, chosen, asked in choices
    ]
    return float(np.mean(shares))


def main() -> None:
    """Print the weights for `papergraph/graph/weights.py` and what they are good for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    library = Library.open(options.library)
    readers = Readers(library, options.seed)
    questions = Authors(library, options.seed).questions(AUTHORS)[::AUTHORS_ONE_IN]
    kinds = {
        "bibliographies": readers.of_bibliographies(BIBLIOGRAPHIES),
        "questions of authors": readers.of_authors(questions),
    }
    held = {kind: choices[: len(choices) // 4] for kind, choices in kinds.items()}
    weights = fit([c for kind, choices in kinds.items() for c in choices[len(held[kind]) :]])
    plain = np.array([1.0, *[0.0] * (len(weights) - 1)])
    for kind, choices in held.items():
        print(
            f"recall at 20 of {len(choices)} {kind} held back: {recall(choices, weights):.3f},"
            f" by company alone {recall(choices, plain):.3f}"
        )
    choices = [choice for found in kinds.values() for choice in found]
    for name, weight in zip(NEXT_WEIGHTS, fit(choices), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
