from __future__ import annotations

import pytest
from papergraph.errors import InputError
from papergraph.library import Library
from papergraph.models import PaperRecord

EARLY, LATE = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"


@pytest.fixture
def papers(bare: Library) -> list[int]:
    """Three papers in the bare library."""
    return [bare.papers.add(PaperRecord(title=t, source="starter"), EARLY) for t in "abc"]


def log_of(library: Library) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for row in library.database.execute_raw(
            "SELECT reader, paper_id, before, state FROM reading_log ORDER BY id"
        )
    ]


def test_papers_come_in_the_order_they_were_marked(bare: Library, papers: list[int]) -> None:
    bare.states.put([papers[2]], "read", reader="me", now=EARLY)
    bare.states.put([papers[0]], "known", reader="me", now=LATE)

    assert bare.states.with_state(["read", "known"], "me") == [papers[2], papers[0]]


def test_every_change_stands_in_the_log(bare: Library, papers: list[int]) -> None:
    for state in ("queued", "read", "read", None):
        bare.states.put(papers[:1], state, reader="me", now=EARLY)

    paper = papers[0]
    assert log_of(bare) == [
        ("me", paper, None, "queued"),
        ("me", paper, "queued", "read"),
        ("me", paper, "read", None),
    ]


def test_readers_do_not_see_each_others_states(bare: Library, papers: list[int]) -> None:
    bare.states.put(papers[:1], "read", reader="ann", now=EARLY)

    assert bare.papers.get(papers, "ann")[papers[0]].state == "read"
    assert bare.papers.get(papers, "bob")[papers[0]].state is None


def test_taking_a_state_away_leaves_none(bare: Library, papers: list[int]) -> None:
    bare.states.put(papers[:1], "skipped", reader="me", now=EARLY)

    bare.states.put(papers[:1], None, reader="me", now=LATE)

    assert bare.states.with_state(["skipped"], "me") == []
    assert bare.states.used_papers(papers) == set()


def test_an_unknown_state_is_refused_and_nothing_is_changed(
    bare: Library, papers: list[int]
) -> None:
    with pytest.raises(InputError, match=r"no reading state 'maybe'.*queued"):
        bare.states.put(papers, "maybe", reader="me", now=EARLY)

    assert log_of(bare) == []
