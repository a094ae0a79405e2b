"""What to read next is ranked by seven reasons, each of them alone too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from papergraph.graph.ranking import Candidates, next_features, rank_next, shared_authors
from papergraph.graph.weights import NEXT_WEIGHTS

BEFORE, AFTER = 0, 1
EVEN = Candidates(
    following=np.full(2, 0.5),
    years=np.full(2, 2.0),
    lately=np.full(2, 9),
    meaning=np.zeros((2, 4), dtype=np.float32),
    authors=np.zeros(2),
    taken_up=np.array([4.0, 1.0]),
)


def ranked(candidates: Candidates) -> list[int]:
    return np.argsort(-rank_next(next_features(candidates)), kind="stable").tolist()


def cosines(*rows: tuple[float, ...]) -> dict[str, np.ndarray]:
    return {"meaning": np.array(rows, dtype=np.float32)}


@pytest.mark.parametrize(
    "better",
    [
        {"following": np.array([0.1, 1.0])},
        {"years": np.array([9.0, 0.1]), "taken_up": np.array([])},
        {"lately": np.array([1, 90])},
        cosines((0.1, 0.1, 0.1, 0.9), (0.1, 0.1, 0.9, 0.1)),  # near to one of the three last read
        cosines((0.2, 0.2, 0.2, 0.1), (0.2, 0.2, 0.2, 0.2)),  # near to all of them
        {"authors": np.array([0.0, 1.0])},
        {"years": np.array([5.5, 4.0]), "taken_up": np.array([3.9, 4.1])},
    ],
)
def test_each_reason_alone_decides_between_equals(better: dict[str, np.ndarray]) -> None:
    assert ranked(replace(EVEN, **better)) == [AFTER, BEFORE]


@pytest.mark.parametrize(
    "told",
    [{}, {"taken_up": np.array([])}, {"meaning": np.zeros((2, 0), dtype=np.float32)}],
)
def test_what_is_not_known_decides_nothing(told: dict[str, np.ndarray]) -> None:
    features = next_features(replace(EVEN, **told))

    assert features.shape == (2, len(NEXT_WEIGHTS))
    assert np.isfinite(features).all()
    assert (features[BEFORE] == features[AFTER]).all()


def test_without_a_time_no_age_counts() -> None:
    timeless = replace(EVEN, years=np.full(2, np.inf))

    features = dict(zip(NEXT_WEIGHTS, next_features(timeless).T.tolist(), strict=True))

    assert features["new"] == [0.0, 0.0]
    assert features["age"] == [0.0, 0.0]


def test_the_last_five_say_how_old_what_is_taken_up_is() -> None:
    lately_new = np.array([0.5] * 5 + [20.0] * 5)

    assert ranked(replace(EVEN, years=np.array([20.0, 0.5]), taken_up=lately_new)) == [1, 0]
    features = next_features(replace(EVEN, years=np.array([20.0, 0.5]), taken_up=lately_new))
    assert features[AFTER, -1] == 0.0


def test_the_later_paper_of_an_author_counts() -> None:
    read = [{"ada"}, {"bob", "ada"}, {"eve"}]

    counts = shared_authors([{"ada"}, {"bob"}, {"ada", "bob"}, {"zoe"}, ()], read)

    assert counts[0] == 1.0
    assert 0 < counts[1] < 1.0
    assert counts[2] == counts[0] + counts[1]
    assert counts[3] == counts[4] == 0.0


def test_scores_stand_between_nothing_and_one() -> None:
    scores = rank_next(np.array([[-5.0], [0.0], [3.0]]) * np.ones(len(NEXT_WEIGHTS)))

    assert scores[2] == 1.0
    assert 0 < scores[0] < scores[1] < 1
