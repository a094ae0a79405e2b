"""The log of changes tells what to index again, and says so when it does not know."""

from __future__ import annotations

import pytest
from papergraph.library import Library
from papergraph.library.changes import KEPT, Changes


@pytest.fixture
def changes(bare: Library) -> Changes:
    """A log with three writes."""
    log = Changes(bare.database, "texts")
    for numbers in ([1, 2], [2, 3], [9]):
        log.note(numbers)
    return log


@pytest.mark.parametrize(
    ("version", "papers"),
    [(3, set()), (2, {9}), (1, {2, 3, 9}), (0, {1, 2, 3, 9}), (4, None), (-1, None)],
)
def test_changes_since_a_version(changes: Changes, version: int, papers: set[int] | None) -> None:
    assert changes.since(version) == papers


def test_nothing_written_is_no_change(changes: Changes) -> None:
    changes.note([])

    assert changes.version == 3


def test_logs_do_not_mix(bare: Library, changes: Changes) -> None:
    other = Changes(bare.database, "vectors m")
    other.note([7])

    assert (changes.version, other.version, other.since(0)) == (3, 1, {7})


def test_a_log_that_does_not_reach_back_says_so(changes: Changes) -> None:
    for number in range(KEPT + 200):
        changes.note([number])

    assert changes.since(3) is None
    assert changes.since(changes.version - 2) == {KEPT + 198, KEPT + 199}
