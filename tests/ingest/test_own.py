"""A reader's own reviews say what has been read, and when."""

from __future__ import annotations

import pytest
from papergraph.ingest import forget_review, ingest_review, mark_reviewed
from papergraph.library import Library
from papergraph.show import rate_papers

NOW = "2026-01-01T00:00:00Z"
ROCKETS = b"""---
title: Going Far With Rockets
date: 2016-02-03
---
# [Going Far With Rockets](https://arxiv.org/abs/1512.00001)

The authors fly further than anybody before them, and they say why: the fuel is lighter.

It builds on [Going Near With Kites](https://arxiv.org/abs/1412.00002). What I liked: they tell
what did not work, and the appendix has every measurement that one would want to have.
"""
STEAM = ROCKETS.replace(b"Rockets", b"Steam").replace(b"00001", b"00003").replace(b"2016", b"2015")


def shelf(library: Library) -> list[tuple[str, str, str]]:
    cards = library.papers.get([entry.paper for entry in library.states.entries("me")])
    return [
        (cards[entry.paper].title, str(cards[entry.paper].state), entry.changed_at[:10])
        for entry in library.states.entries("me")
    ]


def mark(library: Library, *origins: str) -> int:
    """How many papers were marked."""
    marked = mark_reviewed(library, origins, reader="me", now=NOW)
    return sum(count for states in marked.values() for count in states.values())


def test_what_a_review_is_about_is_read_on_the_day_it_was_written(bare: Library) -> None:
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)

    assert mark(bare, "rockets.md") == 1
    assert shelf(bare) == [("Going Far With Rockets", "read", "2016-02-03")]


def test_what_was_read_first_comes_first(bare: Library) -> None:
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)
    ingest_review(bare, STEAM, "steam.md", now=NOW)
    mark(bare, "rockets.md", "steam.md")

    known = bare.papers.get(bare.states.with_state(("read",), "me"))

    assert [card.title for card in known.values()] == [
        "Going Far With Steam",
        "Going Far With Rockets",
    ]


def test_what_the_reader_marked_stays(bare: Library) -> None:
    report = ingest_review(bare, ROCKETS, "rockets.md", now=NOW)
    paper = next(m.paper for m in report.mentions if m.role == "about" and m.paper)
    number = int(str(paper.id)[1:])
    bare.states.put([number], "skipped", reader="me", now=NOW)

    assert mark(bare, "rockets.md") == 0
    assert [state for _, state, _ in shelf(bare)] == ["skipped"]


def test_marking_twice_changes_nothing(bare: Library) -> None:
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)

    assert (mark(bare, "rockets.md"), mark(bare, "rockets.md")) == (1, 0)


def test_what_is_not_here_marks_nothing(bare: Library) -> None:
    assert mark(bare, "nowhere.md") == 0


TOLD = b"""# Notes

- [x] RocketNet
- [ ] KiteNet

2019-05-06: DiveNet. Read.
"""


def test_names_are_marked_as_they_are_ticked_and_dated(bare: Library) -> None:
    titles = ("RocketNet: Going Far", "KiteNet: Going Near", "DiveNet: Going Deep")
    known = "".join(
        f"- [{title}](https://arxiv.org/abs/1512.0000{n})\n" for n, title in enumerate(titles, 1)
    )
    ingest_review(bare, f"# Papers\n\n{known}".encode(), "list.md", now=NOW)
    ingest_review(bare, TOLD, "told.md", now=NOW)

    marked = mark_reviewed(bare, ["told.md"], reader="me", now=NOW)

    assert marked == {"told.md": {"read": 2, "reading": 0, "queued": 1, "skipped": 0}}
    assert ("DiveNet: Going Deep", "read", "2019-05-06") in shelf(bare)


def test_what_a_text_says_was_read_is_not_for_its_rating(bare: Library) -> None:
    report = ingest_review(bare, ROCKETS, "rockets.md", now=NOW)
    paper = next(m.paper for m in report.mentions if m.role == "about" and m.paper)
    reference = str(paper.id)
    rate_papers(bare, [reference], 4, now=NOW)
    mark(bare, "rockets.md")

    rate_papers(bare, [reference], None, now=NOW)

    assert [state for _, state, _ in shelf(bare)] == ["read"]


SAVED = b"# To read\n\n- [Going Far With Rockets](https://arxiv.org/abs/1512.00001)\n"


def test_ratings_of_own_texts_are_the_readers_but_what_was_rated_stays(bare: Library) -> None:
    rockets = b"- [Rockets](https://arxiv.org/abs/1512.00001) 8/10\n"
    ingest_review(bare, b"# Papers\n\n" + rockets, "list.md", now=NOW)
    ingest_review(bare, b"# Papers\n\n" + rockets.replace(b"8", b"2"), "other.md", now=NOW)
    assert bare.ratings.of("me") == {}

    mark(bare, "list.md")
    mark(bare, "other.md")
    assert list(bare.ratings.of("me").values()) == [4.0]


def test_a_rating_goes_with_the_text_that_told_it(bare: Library) -> None:
    text = b"# Papers\n\n- [Rockets](https://arxiv.org/abs/1512.00001) 8/10\n"
    ingest_review(bare, text, "list.md", now=NOW)
    ingest_review(bare, text.replace(b" 8/10", b""), "list.md", now=NOW)

    assert bare.ratings.of("review:list.md") == {}


def test_what_was_saved_and_is_read_since_is_read(bare: Library) -> None:
    ingest_review(
        bare, SAVED.replace(b"# To", b"---\ndate: 2015-01-01\n---\n# To"), "s.md", now=NOW
    )
    mark(bare, "s.md")
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)

    assert mark(bare, "rockets.md") == 1
    assert shelf(bare) == [("Going Far With Rockets", "read", "2016-02-03")]


def test_what_is_saved_to_be_read_again_stays_saved(bare: Library) -> None:
    ingest_review(bare, SAVED, "s.md", now=NOW)
    mark(bare, "s.md")
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)

    assert mark(bare, "rockets.md") == 0
    assert [state for _, state, _ in shelf(bare)] == ["queued"]


def test_the_order_of_the_texts_makes_no_difference(bare: Library) -> None:
    ingest_review(bare, SAVED, "s.md", now=NOW)
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)

    marked = mark_reviewed(bare, ["rockets.md", "s.md"], reader="me", now=NOW)

    assert [states["read"] for states in marked.values()] == [1, 0]
    assert shelf(bare) == [("Going Far With Rockets", "read", "2016-02-03")]


LATER = "2026-02-02T00:00:00Z"


def test_marks_go_with_the_only_text_that_told_them(bare: Library) -> None:
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)
    ingest_review(bare, STEAM, "steam.md", now=NOW)
    mark(bare, "rockets.md", "steam.md")

    forget_review(bare, "rockets.md")

    assert shelf(bare) == [("Going Far With Steam", "read", "2015-02-03")]
    assert bare.papers.by_title("Going Far With Rockets") == []


def test_a_mark_that_two_texts_told_goes_with_the_last(bare: Library) -> None:
    again = ROCKETS.replace(b"2016", b"2018")
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)
    ingest_review(bare, again, "again.md", now=NOW)
    mark(bare, "rockets.md")
    mark(bare, "again.md")

    forget_review(bare, "rockets.md")
    assert shelf(bare) == [("Going Far With Rockets", "read", "2018-02-03")]
    forget_review(bare, "again.md")
    assert shelf(bare) == []


def test_what_another_text_saved_is_saved_again(bare: Library) -> None:
    ingest_review(bare, b"---\ndate: 2015-01-01\n---\n" + SAVED, "s.md", now=NOW)
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)
    mark(bare, "s.md", "rockets.md")

    forget_review(bare, "rockets.md")

    assert [state for _, state, _ in shelf(bare)] == ["queued"]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("state", ["known", "skipped", "read", "queued"])
def test_what_the_reader_marked_stays_when_a_text_is_forgotten(
    bare: Library, state: str, *, is_first: bool
) -> None:
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)
    (number,) = bare.papers.by_title("Going Far With Rockets")
    if not is_first:
        mark(bare, "rockets.md")
        bare.states.put([number], None, reader="me", now=LATER)
    bare.states.put([number], state, reader="me", now=LATER)
    if is_first:
        mark(bare, "rockets.md")

    forget_review(bare, "rockets.md")

    assert shelf(bare) == [("Going Far With Rockets", state, LATER[:10])]


def test_a_mark_with_a_note_of_the_reader_stays(bare: Library) -> None:
    ingest_review(bare, ROCKETS, "rockets.md", now=NOW)
    mark(bare, "rockets.md")
    (number,) = bare.papers.by_title("Going Far With Rockets")
    bare.states.put([number], "read", reader="me", now="2016-02-03T00:00:00Z", note="fine")

    forget_review(bare, "rockets.md")

    assert len(shelf(bare)) == 1


def test_marking_again_later_changes_nothing_in_what_is_forgotten(bare: Library) -> None:
    undated = ROCKETS.replace(b"date: 2016-02-03\n", b"")
    ingest_review(bare, undated, "rockets.md", now=NOW)
    mark(bare, "rockets.md")
    mark_reviewed(bare, ["rockets.md"], reader="me", now=LATER)

    forget_review(bare, "rockets.md")

    assert shelf(bare) == []
