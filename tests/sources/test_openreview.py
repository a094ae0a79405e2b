"""OpenReview: two shapes of notes, and nothing without a login."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import RefusedError, SourceError
from papergraph.sources.openreview import OpenReview, parse_note, parse_notes
from tests.sources.conftest import RECORDED


@pytest.fixture
def known(recorded: Any) -> OpenReview:
    """OpenReview as it answers to a login."""
    return OpenReview(type(recorded)(RECORDED, keys=("openreview",)))


def note(**content: Any) -> dict[str, Any]:
    plain = {"title": "On Nets", "authors": ["Ada Lovelace"]} | content
    return {"id": "MadeUpNote9", "forum": "MadeUpNote9", "content": plain}


def test_without_a_login_nothing_is_asked(recorded: Any) -> None:
    source = OpenReview(recorded)

    assert source.paper("openreview:33X9fd2-9FyZd") is None
    assert source.papers(["openreview:33X9fd2-9FyZd"]) == {}
    assert recorded.asked == []


def test_a_login_that_is_refused_is_an_error(known: OpenReview) -> None:
    with pytest.raises(RefusedError, match="openreview answered 403"):
        known.paper("openreview:MadeUpNote3")


def test_an_old_note_is_found_in_the_old_system(known: OpenReview) -> None:
    paper = known.paper("openreview:33X9fd2-9FyZd")

    assert paper is not None
    assert paper.record.year == 2014
    assert paper.record.published == "2013-12"
    assert paper.record.identifiers == ("openreview:33X9fd2-9FyZd",)


def test_both_shapes_give_the_same() -> None:
    plain = note(venue="ICLR 2024 poster", abstract="A made-up text.")
    wrapped = note(**{name: {"value": value} for name, value in plain["content"].items()})

    assert parse_note(plain) == parse_note(wrapped)


@pytest.mark.parametrize(
    ("venue", "kept", "tags"),
    [
        ("ICLR 2024 poster", "ICLR 2024 poster", ()),
        ("Submitted to ICLR 2024", None, ()),
        ("ICLR 2024 Conference Withdrawn Submission", None, ("withdrawn",)),
        ("", None, ()),
    ],
)
def test_only_where_it_was_taken_is_a_venue(
    venue: str, kept: str | None, tags: tuple[str, ...]
) -> None:
    record = parse_note(note(venue=venue))

    assert record is not None
    assert (record.venue, record.tags) == (kept, tags)


def test_an_old_note_may_be_withdrawn() -> None:
    record = parse_note(note(withdrawal="Confirmed"))

    assert record is not None
    assert record.tags == ("withdrawn",)


@pytest.mark.parametrize(
    "odd",
    [
        {"id": "MadeUpNote9", "content": {"title": "A review", "review": "Good."}},
        note(title=None),
        note(authors="Ada Lovelace"),
        {"id": "x", "content": None},
        {"content": {"title": "On Nets", "authors": []}},
        {},
    ],
)
def test_a_note_that_is_no_paper_is_left_out(odd: dict[str, Any]) -> None:
    assert parse_note(odd) is None


@pytest.mark.parametrize("stamp", [None, "x", -1, 10**18, {"value": 1}])
def test_a_bad_time_is_no_month(stamp: Any) -> None:
    record = parse_note(note() | {"pdate": stamp})

    assert record is not None
    assert record.published is None


@pytest.mark.parametrize(
    "data", [None, [], {}, {"notes": None}, {"name": "ChallengeRequiredError"}]
)
def test_what_is_no_answer_is_refused(data: Any) -> None:
    with pytest.raises(SourceError):
        parse_notes(data)
