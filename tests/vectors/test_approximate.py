"""An approximate index is used only where it finds the nearest of these very vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from papergraph.vectors import VectorIndex
from papergraph.vectors import index as choosing
from papergraph.vectors.approximate import ApproximateStore, recall_at_10

N, D = 3000, 64


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def near() -> NDArray[np.float32]:
    """Rows around a hundred centres, (3000, 64), as papers stand around topics."""
    draw = np.random.default_rng(0)
    centres = draw.standard_normal((100, D))
    return unit(centres[draw.integers(0, 100, N)] + 0.5 * draw.standard_normal((N, D)))


@pytest.fixture
def index(near: NDArray[np.float32]) -> VectorIndex:
    """An approximate index of those rows with ids from 10 on."""
    return VectorIndex.build(np.arange(10, 10 + N), near, kind="approximate")


def test_it_finds_most_of_the_nearest(index: VectorIndex, near: NDArray[np.float32]) -> None:
    assert recall_at_10(ApproximateStore.build(np.arange(N), near), near) >= 0.95
    assert index.search(near[7], 1)[0].tolist() == [17]


@pytest.mark.parametrize(("least", "kind"), [(0.5, "approximate"), (1.01, "exact")])
def test_the_measured_recall_decides(
    near: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch, least: float, kind: str
) -> None:
    monkeypatch.setattr(choosing, "APPROXIMATE_FROM", N)
    monkeypatch.setattr(choosing, "LEAST_RECALL", least)

    assert VectorIndex.build(np.arange(N), near).kind == kind


def test_filters_are_exact(index: VectorIndex, near: NDArray[np.float32]) -> None:
    allowed = np.arange(10, 10 + N, 7)

    found, _ = index.search(near[7], 10, allowed=allowed)

    scores = near[allowed - 10] @ near[7]
    best = allowed[np.argsort(-scores)[:10]]
    assert len(set(found.tolist()) & set(best.tolist())) >= 9  # int8 may swap the last
    assert set(found.tolist()) <= set(allowed.tolist())


def test_what_is_removed_is_not_found(index: VectorIndex, near: NDArray[np.float32]) -> None:
    assert index.remove(np.array([17, 99_999])) == 1

    assert 17 not in index.search(near[7], 50)[0]
    assert 17 not in index.ids
    assert len(index) == N - 1


def test_what_is_added_is_found_at_once(index: VectorIndex) -> None:
    row = unit(np.random.default_rng(9).standard_normal((1, D)))

    index.add(np.array([5]), row)

    assert index.search(row[0], 1)[0].tolist() == [5]
    assert index.vectors_of(np.array([5]))[0] == pytest.approx(row[0])


def test_a_vector_can_be_replaced(index: VectorIndex, near: NDArray[np.float32]) -> None:
    index.add(np.array([17]), near[500:501])

    assert set(index.search(near[500], 2)[0].tolist()) == {17, 510}
    assert len(index) == N


def test_it_is_saved_with_all_changes(
    index: VectorIndex, near: NDArray[np.float32], tmp_path: Path
) -> None:
    index.remove(np.array([17]))
    index.add(np.array([5]), near[7:8])
    index.save(tmp_path / "saved")

    again = VectorIndex.open(tmp_path / "saved")

    assert again.kind == "approximate"
    assert again.ids.tolist() == index.ids.tolist()
    assert again.search(near[7], 1)[0].tolist() == [5]
