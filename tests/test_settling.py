"""Questions an ingest leaves open, the reader's answers, and undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from papergraph.errors import InputError, NotFoundError
from papergraph.ingest import (
    ingest_review,
    list_questions,
    settle_question,
    undo_decision,
)
from papergraph.library import Library

NOW = "2026-01-01T00:00:00Z"
DATA = Path(__file__).parents[1] / "data"
WEEKLY = b"""# Reading group

### Week 1

The first paper is on ResNet, which adds what it learns to what it was given.

The second paper argues that depth alone is enough, and adds no new idea.
"""


@pytest.fixture
def library():
    """A library in memory with the starter papers and one review that leaves a question open."""
    made = Library.open(None, starter=DATA)
    ingest_review(made, WEEKLY, "weekly.md", now=NOW)
    return made


def question_about(library: Library, text: str):
    return next(q for q in list_questions(library) if q.text.lower() == text.lower())


def test_a_paper_that_is_not_named_is_asked_for(library):
    assert question_about(library, "The second paper").line == 7


def test_an_answer_links_the_mention_and_is_not_asked_again(library):
    question = question_about(library, "The second paper")

    settle_question(library, question.id, "paper", paper="VGG", now=NOW)
    ingest_review(library, WEEKLY, "weekly.md", now=NOW)

    assert question.text not in [other.text for other in list_questions(library)]
    vgg = library.papers.by_name("VGG")[0]
    assert [mention.text for mention in library.reviews.mentions_of(vgg)] == [question.text]


def test_undo_asks_again(library):
    question = question_about(library, "The second paper")
    decision = settle_question(library, question.id, "paper", paper="VGG", now=NOW)

    undo_decision(library, decision, now=NOW)

    assert question_about(library, "The second paper").sentence == question.sentence


def test_an_answer_outlives_a_change_of_the_text(library):
    question = question_about(library, "The second paper")
    settle_question(library, question.id, "paper", paper="VGG", now=NOW)

    report = ingest_review(library, b"Intro.\n\n" + WEEKLY, "weekly.md", now=NOW)

    found = next(m for m in report.mentions if m.text == question.text)
    assert found.paper is not None
    assert found.paper.nicknames[0] == "VGG"


def test_different_makes_a_paper_of_its_own(library):
    report = ingest_review(
        library, b"## [My ResNet](https://arxiv.org/abs/1512.03385)\n\nGood.\n", "one.md", now=NOW
    )
    mention = next(m for m in library.reviews.mentions_in(int(report.review_id[1:])))
    linked = mention.paper

    settle_question(library, f"m{mention.id}", "different", now=NOW)

    again = next(m for m in library.reviews.mentions_in(int(report.review_id[1:])))
    assert again.paper is not None
    assert again.paper != linked


def test_none_says_it_is_no_paper(library):
    question = question_about(library, "The second paper")

    settle_question(library, question.id, "none", now=NOW)

    mention = next(
        m
        for m in library.reviews.open_mentions() + library.reviews.mentions_in(1)
        if m.text == question.text
    )
    assert mention.paper is None
    assert question.text not in [other.text for other in list_questions(library)]


@pytest.mark.parametrize(
    ("mention", "choice", "error"),
    [
        ("m9999", "new", NotFoundError),
        ("nonsense", "new", NotFoundError),
        ("", "maybe", InputError),
        ("", "accept", InputError),
        ("", "paper", InputError),
    ],
)
def test_a_bad_answer_is_refused_and_changes_nothing(library, mention, choice, error):
    question = question_about(library, "The second paper")

    with pytest.raises(error):
        settle_question(library, mention or question.id, choice, now=NOW)

    assert library.decisions.all() == []


def test_forgetting_a_review_forgets_its_decisions(library):
    from papergraph.ingest import forget_review

    settle_question(library, question_about(library, "The second paper").id, "none", now=NOW)

    forget_review(library, "weekly.md")

    assert library.decisions.all() == []
