"""Never more threads at once than there are turns, and all come to theirs."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from papergraph.library import Turns

WAIT_SECONDS = 30


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_than_the_turns_work_at_once_and_all_answer(most: int) -> None:
    turns, counting = Turns(most), threading.Lock()
    together = threading.Barrier(most)  # so many do work at once, however slow the machine is
    working, seen = 0, []

    def work(number: int) -> int:
        nonlocal working
        with turns.take():
            with counting:
                working += 1
                seen.append(working)
            together.wait(WAIT_SECONDS)
            with counting:
                working -= 1
        return number

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(work, range(24)))

    assert answers == list(range(24))
    assert max(seen) == most


def test_a_thread_that_has_a_turn_does_not_wait_for_itself() -> None:
    turns = Turns(1)

    def work() -> str:
        with turns.take(), turns.take():
            return "done"

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(work).result(WAIT_SECONDS) == "done"


def test_a_turn_is_given_back_after_an_error() -> None:
    turns = Turns(1)
    with pytest.raises(ValueError, match="no"), turns.take():
        raise ValueError("no")

    def work() -> str:
        with turns.take():
            return "done"

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(work).result(WAIT_SECONDS) == "done"
