"""Notes that say by their title alone which paper they are on."""

from __future__ import annotations

import pytest
from papergraph.models import FoundMention
from papergraph.readers import read_review

TITLE = "Going Far With Rockets and Steam"
BODY = "Steam lets rockets go much farther than before, which nobody had seen in all these years."
RESULT = f"Main result: {BODY}"


def about(text: str) -> list[FoundMention]:
    found = read_review(text.encode(), "a.md").mentions
    return [mention for mention in found if mention.role == "about"]


def test_front_matter_with_a_title_and_a_result_below_is_a_note_on_that_paper() -> None:
    (mention,) = about(f"---\ntitle: {TITLE}\ntags: [steam]\n---\n{RESULT}\n")

    assert (mention.title, mention.line, mention.tentative) == (TITLE, 2, False)
    assert mention.summary == RESULT


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: {TITLE}\ndate: 2020-01-01\n---\n{RESULT}\n",
        f"---\ntitle: {TITLE}\n---\n{BODY}\n",
        f"# {TITLE}\n\n{BODY}\n",
    ],
)
def test_other_pages_may_have_the_title_of_a_paper(text: str) -> None:
    assert [(mention.title, mention.tentative) for mention in about(text)] == [(TITLE, True)]


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: On Steam\n---\n{BODY}\n",
        f"# Introduction to Rockets and Steam\n\n{BODY}\n",
        f"# {TITLE}\n\n" + "".join(f"- https://arxiv.org/abs/1601.0000{n}\n" for n in range(9)),
    ],
)
def test_pages_of_other_titles_and_lists_are_about_nothing(text: str) -> None:
    assert about(text) == []


READ = "status: read\nrating: 8\ndate_read: 2023-05-06"


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{READ}\n---\n# {TITLE}\n\n{BODY}\n",
        f"---\n{READ}\n---\n# {TITLE}\n",
        f"---\ntitle: {TITLE}\n{READ}\n---\n{BODY}\n",
        f"---\ntitle: {TITLE}\n{READ}\n---\n",
        f"---\n{READ}\n---\n# BERT\n\n{BODY}\n",
        f"---\ntitle: BERT\n{READ}\n---\n{BODY}\n",
    ],
)
def test_the_properties_of_a_page_with_such_a_title_tell_of_reading(text: str) -> None:
    (mention,) = read_review(text.encode(), "a.md", names=("BERT",)).mentions

    assert (mention.role, mention.state, mention.read_on, mention.stars) == (
        "about", "read", "2023-05-06", 4.0
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntags: [nets]\n---\n# BERT\n\n{BODY}\n",
        f"---\nstatus: draft\n---\n# BERT\n\n{BODY}\n",
        f"---\n{READ}\n---\n# Random Thoughts\n\n{BODY}\n",
        f"---\n{READ}\n---\n# Dropout\n\n{BODY}\n",
        "---\ntags: [nets]\n---\n",
        f"---\ntitle: {TITLE}\ntags: [nets]\n---\n",
    ],
)
def test_properties_that_tell_of_no_reading_make_no_page_one_on_a_paper(text: str) -> None:
    found = read_review(text.encode(), "a.md", names=("BERT", "Dropout")).mentions

    assert [mention for mention in found if mention.role == "about"] == []


def test_properties_of_a_page_say_nothing_of_the_paper_of_a_part() -> None:
    text = f"---\n{READ}\n---\n# Our Week\n\n## BERT (Devlin et al., 2018)\n\n{BODY}\n"

    (mention,) = read_review(text.encode(), "a.md", names=("BERT",)).mentions

    assert (mention.role, mention.state, mention.stars) == ("about", None, None)
