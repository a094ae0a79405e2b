"""Whoever asks the whole graph waits for a turn, and answers when it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for

import pytest
from papergraph.library import Library, Turns
from papergraph.reading import find_connection, find_lineage, find_ready, plan_reading
from papergraph.recommend import recommend_next
from papergraph.search.graph_piece import find_graph, list_mapped
from papergraph.search.neighbourhood import find_neighbourhood
from papergraph.search.similar import similar_papers

WAIT_SECONDS = 60
QUESTIONS: dict[str, Callable[[Library], object]] = {
    "path": lambda library: plan_reading(library, ["ResNet"]),
    "lineage": lambda library: find_lineage(library, "ResNet"),
    "next": lambda library: recommend_next(library, ["ResNet"]),
    "ready": lambda library: find_ready(library, ["ResNet"]),
    "between": lambda library: find_connection(library, "ResNet", "AlexNet"),
    "similar": lambda library: similar_papers(library, "ResNet"),
    "neighbourhood": lambda library: find_neighbourhood(library, ["ResNet"]),
    "graph": lambda library: find_graph(library, "ResNet"),
    "map": list_mapped,
}


@pytest.fixture
def one_turn(shared_starter: Library) -> Iterator[Library]:
    """The starter library with one turn."""
    usual, shared_starter.turns = shared_starter.turns, Turns(1)
    yield shared_starter
    shared_starter.turns = usual


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_about_the_whole_graph_waits_for_its_turn(name: str, one_turn: Library) -> None:
    begun = threading.Event()

    def ask() -> object:
        begun.set()
        return QUESTIONS[name](one_turn)

    with ThreadPoolExecutor(1) as pool:
        with one_turn.turns.take():
            asked = pool.submit(ask)
            assert begun.wait(WAIT_SECONDS)
            wait_for([asked], timeout=0.2)
            was_waiting = not asked.done()
        answer = asked.result(WAIT_SECONDS)

    assert was_waiting
    assert answer
