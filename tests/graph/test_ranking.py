"""What to read next is ranked by company, age and late citations, each of them alone too."""

from __future__ import annotations

import numpy as np
import pytest
from papergraph.graph.ranking import next_features, rank_next
from papergraph.graph.weights import NEXT_WEIGHTS

BEFORE, AFTER = 0, 1


def ranked(
    following: tuple[float, float] = (0.5, 0.5),
    years: tuple[float, float] = (2.0, 2.0),
    lately: tuple[int, int] = (9, 9),
) -> list[int]:
    features = next_features(np.array(following), np.array(years), np.array(lately))
    return np.argsort(-rank_next(features), kind="stable").tolist()


@pytest.mark.parametrize(
    "better",
    [
        {"following": (0.1, 1.0)},
        {"years": (9.0, 0.1)},
        {"lately": (1, 90)},
    ],
)
def test_each_reason_alone_decides_between_equals(
    better: dict[str, tuple[float, float]],
) -> None:
    assert ranked(**better) == [AFTER, BEFORE]


def test_there_is_a_weight_for_every_feature() -> None:
    features = next_features(np.ones(3), np.ones(3), np.ones(3, dtype=np.int64))

    assert features.shape == (3, len(NEXT_WEIGHTS))


def test_without_a_time_no_age_counts() -> None:
    features = next_features(np.ones(2), np.full(2, np.inf), np.ones(2, dtype=np.int64))

    assert features[:, 1].tolist() == [0.0, 0.0]


def test_scores_stand_between_nothing_and_one() -> None:
    scores = rank_next(np.array([[-5.0] * 3, [0.0] * 3, [3.0] * 3]))

    assert scores[2] == 1.0
    assert 0 < scores[0] < scores[1] < 1
