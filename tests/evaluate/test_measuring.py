"""Measures as they are defined, and intervals that say what they should."""

from __future__ import annotations

import math

import numpy as np
import pytest
from papergraph.evaluate.measuring import score_found, score_order, sum_up


@pytest.mark.parametrize(
    ("answer", "right"),
    [([1, 2, 3], 3), ([3, 2, 1], 0), ([1, 3, 2], 2), ([9, 1, 9, 2], 1), ([], 0)],
)
def test_pairs_in_the_order_wanted_count(answer: list[int], right: int) -> None:
    assert score_order([1, 2, 3], answer) == {"pairs": (right, 3)}


@pytest.mark.parametrize(
    ("answer", "recall", "gain", "first"),
    [
        ([1, 2], 2, 1.0, 1.0),
        ([9, 1], 1, (1 / math.log2(3)) / (1 + 1 / math.log2(3)), 0.5),
        ([9, 8], 0, 0.0, 0.0),
        ([], 0, 0.0, 0.0),
        ([*range(10, 30), 1], 0, 0.0, 1 / 21),
    ],
)
def test_what_is_found_counts_by_its_rank(
    answer: list[int], recall: int, gain: float, first: float
) -> None:
    found = score_found({1, 2}, answer)

    assert found["recall@20"] == (recall, 2)
    assert found["ndcg@20"] == (pytest.approx(gain), 1)
    assert found["mrr"] == (pytest.approx(first), 1)
    assert found["hit@1"] == (float(first == 1), 1)


def test_of_more_than_twenty_wanted_twenty_can_be_found() -> None:
    assert score_found(set(range(30)), list(range(30)))["recall@20"] == (20, 20)


def test_micro_weighs_pairs_and_macro_weighs_groups() -> None:
    scores = {"papergraph": [(1.0, 1.0), (0.0, 2.0), (0.0, 1.0)]}

    (figure,) = sum_up("pairs", scores, ["a", "b", "b"], seed=0)

    assert figure.macro == pytest.approx(0.5)
    assert figure.micro == pytest.approx(0.25)
    assert (figure.groups, figure.count) == (2, 4)


def test_a_lead_that_is_the_same_everywhere_is_sure() -> None:
    theirs = [(float(n % 3), 4.0) for n in range(12)]
    scores = {"papergraph": [(reached + 1, most) for reached, most in theirs], "plain": theirs}

    ours, plain = sum_up("pairs", scores, [str(n) for n in range(12)], seed=0)

    assert (ours.ahead_macro, ours.lead_macro, ours.lead_micro) == (None, None, None)
    assert plain.ahead_macro == plain.ahead_micro == pytest.approx((0.25, 0.25))
    assert (plain.lead_macro, plain.lead_micro) == pytest.approx((0.25, 0.25))
    assert plain.macro_interval[0] < plain.macro < plain.macro_interval[1]


def test_a_lead_by_chance_holds_zero() -> None:
    ours = [(float(n % 2), 1.0) for n in range(40)]
    scores = {"papergraph": ours, "plain": [(1 - reached, most) for reached, most in ours]}

    _, plain = sum_up("pairs", scores, [str(n) for n in range(40)], seed=0)

    assert plain.ahead_macro is not None
    assert plain.ahead_macro[0] < 0 < plain.ahead_macro[1]


def test_the_interval_is_as_wide_as_theory_says() -> None:
    scores = {"papergraph": [(float(n % 2), 1.0) for n in range(400)]}

    (figure,) = sum_up("pairs", scores, [str(n) for n in range(400)], seed=0)

    half = 1.96 * math.sqrt(0.25 / 400)
    assert figure.macro_interval == pytest.approx((0.5 - half, 0.5 + half), abs=0.01)


def test_the_same_seed_gives_the_same_intervals() -> None:
    scores = {"papergraph": [(n / 29, 1.0) for n in range(30)]}
    groups = [str(n) for n in range(30)]

    first, again, other = (sum_up("pairs", scores, groups, seed=seed) for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_the_interval_of_a_lead_holds_the_true_one_as_often_as_it_says() -> None:
    random = np.random.default_rng(5)
    held, runs, lead = 0, 200, 0.1
    for run in range(runs):
        hard = random.normal(0.5, 0.3, 60)  # of every list, for both alike: pairing takes it out
        plain = hard + random.normal(0.0, 0.1, 60)
        ours = hard + lead + random.normal(0.0, 0.1, 60)
        scores = {
            name: [(float(value), 1.0) for value in values]
            for name, values in (("papergraph", ours), ("plain", plain))
        }
        _, figure = sum_up("pairs", scores, [str(n) for n in range(60)], seed=run)
        low, high = figure.ahead_macro or (0.0, 0.0)
        held += low <= lead <= high
        assert high - low < 0.1  # unpaired, it would be more than twice as wide

    assert 0.9 <= held / runs <= 0.99


def test_a_figure_without_a_lead_is_written_as_json() -> None:
    (figure,) = sum_up("pairs", {"papergraph": [(1.0, 1.0)]}, ["a"], seed=0)

    assert figure.as_json()["lead_macro"] is None
    assert figure.as_json()["macro_interval"] == (1.0, 1.0)
