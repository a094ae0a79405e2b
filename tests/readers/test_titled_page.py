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
