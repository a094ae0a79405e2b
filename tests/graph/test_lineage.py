"""The chain to a paper: curated lines are followed to their beginning, told ones while kin."""

from __future__ import annotations

import pytest
from papergraph.graph import Parent, kinship, trace_chain
from papergraph.models import Evidence

WORD = Evidence(kind="review", text="it extends that", where="notes.md:7", stated=True)


def parent(number: int, *, is_generic: bool = False) -> Parent:
    return Parent(
        number=number,
        score=0.5,
        evidence=(WORD,),
        is_guess=False,
        is_said=True,
        is_generic=is_generic,
    )


def chain(
    target: int,
    told: dict[int, list[tuple[Parent, float]]] | None = None,
    curated: list[tuple[int, ...]] | None = None,
) -> list[int]:
    found = trace_chain(target, lambda number: (told or {}).get(number, ()), curated or [])
    return [number for number, _ in found]


@pytest.mark.parametrize(
    ("target", "line"),
    [(5, [1, 2, 3, 4, 5]), (3, [1, 2, 3]), (1, [1]), (9, [9])],
)
def test_a_curated_line_is_followed_to_its_beginning(target: int, line: list[int]) -> None:
    assert chain(target, curated=[(1, 2, 3, 4, 5)]) == line


def test_the_line_with_most_forefathers_is_followed() -> None:
    assert chain(5, curated=[(4, 5), (1, 2, 3, 5, 6), (5, 7, 8)]) == [1, 2, 3, 5]


def test_a_told_line_is_followed_while_there_is_kinship() -> None:
    told = {3: [(parent(2), 3.0)], 2: [(parent(1), 3.0)], 1: [(parent(0), 0.9)]}

    assert chain(3, told) == [1, 2, 3]


def test_the_nearest_kin_is_taken_not_the_best_companion() -> None:
    assert chain(3, {3: [(parent(1), 1.1), (parent(2), 3.0)]}) == [2, 3]


def test_a_data_set_is_nobodys_forefather() -> None:
    assert chain(3, {3: [(parent(1, is_generic=True), 9.0)]}) == [3]


def test_a_told_step_leads_into_a_curated_line() -> None:
    assert chain(9, {9: [(parent(3), 3.0)]}, [(1, 2, 3, 4)]) == [1, 2, 3, 9]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_circle_of_parents_ends(size: int) -> None:
    told = {n: [(parent((n + 1) % size), 3.0)] for n in range(size)}

    assert len(chain(0, told)) == size


def test_a_long_line_is_cut_at_its_old_end() -> None:
    assert chain(20, curated=[tuple(range(1, 21))]) == [13, 14, 15, 16, 17, 18, 19, 20]


def test_every_link_but_the_first_has_its_evidence() -> None:
    found = trace_chain(2, lambda number: [(parent(1), 3.0)] if number == 2 else (), [])

    assert found == [(1, ()), (2, (WORD,))]


@pytest.mark.parametrize(
    ("kinds", "citations", "weight"),
    [
        (("extends",), 0.0, 3.0),
        (("extends", "extends"), 0.0, 3.0),
        (("uses",), 2.0, 1.8),
        ((), 1.0, 0.5),
    ],
)
def test_kinship_counts_each_kind_of_word_once(
    kinds: tuple[str, ...], citations: float, weight: float
) -> None:
    assert kinship([(kind, WORD) for kind in kinds], citations) == pytest.approx(weight)
