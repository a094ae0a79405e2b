"""Org files: what their keywords tell of reading."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest
from papergraph.models import FoundMention
from papergraph.readers import read_review
from papergraph.readers.org import org_to_markdown
from papergraph.text import TitleKey, title_key

NAMES = ("ResNet", "BERT", "Adam")
TITLE = "Attention Is All You Need"
LINK = "[[https://arxiv.org/abs/1512.03385][Deep Nets]]"


def lookup(
    beginnings: Collection[str], rows: Callable[[], Collection[TitleKey]]
) -> Collection[TitleKey]:
    del rows
    return {key for key in [title_key(TITLE)] if key[:20] in beginnings}


def read(text: str) -> list[FoundMention]:
    found = read_review(text.encode(), "/notes/a.org", names=NAMES, titles=lookup)
    return list(found.mentions)


@pytest.mark.parametrize(
    ("keyword", "state"),
    [
        ("TODO", "queued"),
        ("NEXT", "queued"),
        ("WAITING", "queued"),
        ("TO-READ", "queued"),
        ("STARTED", "reading"),
        ("READING", "reading"),
        ("IN-PROGRESS", "reading"),
        ("DONE", "read"),
        ("READ", "read"),
        ("DONE [#A]", "read"),
        ("TODO [1/3]", "queued"),
    ],
)
@pytest.mark.parametrize(("paper", "title"), [(TITLE, TITLE), (LINK, "Deep Nets")])
@pytest.mark.parametrize("stars", ["*", "***"])
def test_a_keyword_tells_of_reading_and_is_no_part_of_the_title(
    stars: str, paper: str, title: str, keyword: str, state: str | None
) -> None:
    (mention,) = read(f"#+TITLE: Some notes\n\n{stars} {keyword} {paper} :nlp:\n")

    assert (mention.title, mention.text, mention.state) == (title, title, state)
    assert mention.column == len(f"{stars} {keyword} ") + paper.index(title) + 1


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("* TODO BERT", [("BERT", "queued")]),
        ("* DONE [#B] BERT :nlp:", [("BERT", "read")]),
        ("* TODO Adam", []),
        ("* Papers\n** TODO Adam", [("Adam", "queued")]),
        ("* TODO Write to Bob about BERT", []),
        ("* TODO Buy milk and eggs for Ann", []),
        ("* BERT", []),
    ],
)
def test_a_name_with_a_keyword_is_a_paper(heading: str, expected: list[tuple[str, str]]) -> None:
    found = read(f"#+TITLE: Some notes\n\n{heading}\n")

    assert [(mention.title, mention.state) for mention in found] == expected


def test_what_is_cancelled_is_neither_read_nor_to_be_read() -> None:
    (mention,) = read(f"* CANCELLED {LINK}\n* CANCELLED {TITLE}\n")

    assert (mention.title, mention.state) == ("Deep Nets", None)


def test_the_day_on_which_it_was_done_is_the_day_of_reading() -> None:
    text = (
        f"* DONE {LINK}\n  CLOSED: [2021-03-04 Thu 10:00]\n"
        f"* DONE {TITLE}\n  DEADLINE: <2021-03-09 Tue> CLOSED: [2021-03-05 Fri]\n"
        "* TODO BERT\n  SCHEDULED: <2021-03-06 Sat>\n"
    )

    assert [mention.read_on for mention in read(text)] == ["2021-03-04", "2021-03-05", None]


@pytest.mark.parametrize(
    ("defined", "keyword", "state"),
    [
        ("#+TODO: SKIM(s) | ANNOTATED(a)", "SKIM", "queued"),
        ("#+TODO: SKIM(s) | ANNOTATED(a)", "ANNOTATED", "read"),
        ("#+SEQ_TODO: SKIM READING FILED", "FILED", "read"),
        ("#+SEQ_TODO: SKIM READING FILED", "READING", "reading"),
        ("#+TODO: SKIM | FILED CANCELLED", "CANCELLED", None),
    ],
)
def test_a_file_may_define_keywords_of_its_own(
    defined: str, keyword: str, state: str | None
) -> None:
    (mention,) = read(f"{defined}\n\n* {keyword} {LINK}\n")

    assert (mention.title, mention.state) == ("Deep Nets", state)


def test_headings_that_are_to_be_read_are_titles_in_a_list_of_papers() -> None:
    titles = ["Going Far With Rockets and Steam", "Wings for Everybody Who Wants Them"]
    body = "".join(f"* TODO {title}\n" for title in titles)

    found = read_review(f"#+TITLE: Papers to read\n\n{body}".encode(), "/notes/a.org").mentions

    assert [(mention.title, mention.state) for mention in found] == [
        (title, "queued") for title in titles
    ]
    assert read_review(f"#+TITLE: This week\n\n{body}".encode(), "/notes/a.org").mentions == ()


@pytest.mark.parametrize("text", ["* TODOS for BERT", "* GPT is old", "*TODO* it", "- TODO it"])
def test_words_that_are_no_keyword_stay(text: str) -> None:
    assert org_to_markdown(text).lstrip("#*") == text.lstrip("*")
