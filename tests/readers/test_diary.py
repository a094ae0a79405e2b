"""Entries below a day: what was read on it; and what stands there of other days and of plans."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

NAMES = ("NeRF", "GraphSAGE", "ResNet", "Attention is all you need")
DAY = "2023-03-30"
Told = tuple[str | None, str | None, float | None]


def told(text: str, origin: str = "/notes/a.md") -> dict[str, list[Told]]:
    """State, day and stars of each paper, in the order of its mentions."""
    found: dict[str, list[Told]] = {}
    for one in read_review(text.encode(), origin, names=NAMES).mentions:
        found.setdefault(one.text, []).append((one.state, one.read_on, one.stars))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "## 2023-03-30\nFinished NeRF.",
        "### 30 March 2023\n\nFinished NeRF.",
        "## Thursday, 30 March 2023\n\n### Evening\n\nI read NeRF.",
        "## [[2023-03-30]]\n\n- I read NeRF",
        "**2023-03-30**\n\nFinished NeRF.",
        "- 2023-03-30\n  - Finished NeRF.",
        "- 2023-03-30\n  - Cooked\n    - Finished NeRF.",
        "- 2023-03-30: finished NeRF",
        "## 30.03.2023\n\nNeRF gelesen.",
        "## 2023-03-30\n\n- [x] NeRF",
        "## 2023-03-30\nFinally read NeRF.",
        "## 2023-03-30\n\nRead: NeRF",
        "- 2023-03-30\n  - Read NeRF, loved it",
        "## 2023-03-30\n\nCooked. Read NeRF.",
        "## 2023-03-30\n\nCooked.\nRead NeRF.",
        "## 2023-03-30\nRead [NeRF](https://arxiv.org/abs/2003.08934) at last.",
    ],
)
def test_what_stands_below_a_day_was_read_on_it(text: str) -> None:
    assert told(text)["NeRF"] == [("read", DAY, None)]


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("- 2023-03-30: finished NeRF (4/5)", 4.0),
        ("## 2023-03-30\nRead NeRF at last! ⭐⭐⭐⭐", 4.0),
        ("## 2023-03-30\nRead the NeRF paper. 3/5", 3.0),
        ("## 2023-03-30\nRead [NeRF](https://arxiv.org/abs/2003.08934) (4/5)", 4.0),
        ("## 2023-03-30\nRead NeRF. 4/5 Finished it all. Read ResNet. 1/5", 4.0),
    ],
)
def test_a_rating_takes_no_day_away(text: str, stars: float) -> None:
    assert told(text)["NeRF"] == [("read", DAY, stars)]


def test_a_rating_belongs_to_what_is_told_right_before_it() -> None:
    found = told("## 2023-03-30\nRead NeRF. Read GraphSAGE. 2/5")

    assert found["NeRF"] == [("read", DAY, None)]


def test_a_title_in_quotes_is_read_on_that_day() -> None:
    (one,) = read_review(
        b'## 2023-03-30\nRead "Attention Is All You Need". 5/5\n', "/notes/a.md", names=NAMES
    ).mentions

    assert (one.state, one.read_on, one.stars) == ("read", DAY, 5.0)


def test_what_was_to_be_read_one_day_is_read_on_another() -> None:
    text = "## 2023-03-02\nStill have to read NeRF.\n\n## 2023-03-30\nRead NeRF at last! ⭐⭐⭐⭐"

    assert told(text)["NeRF"] == [("queued", None, None), ("read", DAY, 4.0)]


@pytest.mark.parametrize(
    "text",
    [
        "Read NeRF at last! ⭐⭐⭐⭐",
        "Read the NeRF paper first.",
        "## Plan\n\nRead NeRF.",
        "## 2023\n\nRead NeRF.",
        "## March 2023\n\nRead NeRF.",
        "## 2023-03-30\n\nRead the NeRF paper first.",
        "## 2023-03-30\n\nRead NeRF before the meeting.",
        "## 2023-03-30\n\nTodo:\n\n- Read NeRF",
        "## 2023-03-30\n\n### Plans\n\n- Read NeRF",
        "- 2023-03-30\n  - Plans\n    - Read NeRF",
        "- 2023-03-30\n- Read NeRF",
        "## 2023-03-30\n\nTomorrow: read NeRF.",
        "## 2023-03-30\n\nTom: Read NeRF.",
        "## 2023-03-30\n\nTom read NeRF.",
        "## 2023-03-30\n\nRead NeRF?",
        "## 2023-03-30\n\nRead about NeRF.",
        "## 2023-03-30\n\nRead NeRF code.",
    ],
)
def test_plans_and_other_words_below_a_day_tell_nothing(text: str) -> None:
    assert told(text)["NeRF"] == [(None, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "## 2023\n\nFinished NeRF.",
        "## March 2023\n\nFinished NeRF.",
        "## 30 March\n\nFinished NeRF.",
        "## 03/30/2023\n\nFinished NeRF.",
        "## 2023-02-31\n\nFinished NeRF.",
        "## 2023-03-30\n\nI read NeRF last year.",
        "## 2023-03-30\n\nI have already read NeRF.",
        "## 2023-03-30\n\nI read NeRF in 2020.",
        "## 2023-03-30\n\nI read NeRF on 3 May.",
        "## 2023-03-30\n\n12 May: finished NeRF",
    ],
)
def test_what_may_be_of_another_day_gets_none(text: str) -> None:
    assert told(text)["NeRF"] == [("read", None, None)]


@pytest.mark.parametrize(
    "origin",
    [
        "/daily/2023-03-30.md",
        "/daily/2023-03-30 Thursday.md",
        "/journals/2023_03_30.md",
        "/journals/2023_03_30.org",
        "/daily/20230330.txt",
        "/roam/March 30th, 2023.md",
        "/tagebuch/30. März 2023.md",
        "/daily/2023年3月30日.md",
        "/journal/2023/03/30.md",
    ],
)
@pytest.mark.parametrize("text", ["Finished NeRF.", "- Read NeRF at last!", "I read NeRF."])
def test_what_a_daily_note_tells_was_read_on_its_day(origin: str, text: str) -> None:
    assert told(text, origin)["NeRF"] == [("read", DAY, None)]
    assert read_review(text.encode(), origin).written_on == DAY


def test_a_day_in_a_daily_note_goes_before_that_of_its_name() -> None:
    text = "# Thursday\n\nRead NeRF.\n\n## 2023-03-29\n\nFinished ResNet.\n"

    found = told(text, "/daily/2023-03-30.md")

    assert (found["NeRF"], found["ResNet"]) == (
        [("read", DAY, None)],
        [("read", "2023-03-29", None)],
    )


@pytest.mark.parametrize(
    ("origin", "text", "expected"),
    [
        ("/daily/2023-03-30.md", "## Plans\n\n- Read NeRF", (None, None, None)),
        ("/daily/2023-03-30.md", "Todo:\n\n- Read NeRF", (None, None, None)),
        ("/daily/2023-03-30.md", "Read the NeRF paper first.", (None, None, None)),
        ("/daily/2023-03-30.md", "I read NeRF last year.", ("read", None, None)),
        ("/daily/2023-03.md", "Read NeRF.", (None, None, None)),
        ("/daily/03-30-2023.md", "Read NeRF.", (None, None, None)),
        ("/posts/2023-03-30-nerf.md", "Read NeRF.", (None, None, None)),
        ("https://a.b/2023-03-30.html", "Read NeRF.", (None, None, None)),
    ],
)
def test_plans_and_other_times_of_a_daily_note_are_not_of_its_day(
    origin: str, text: str, expected: Told
) -> None:
    assert told(text, origin)["NeRF"] == [expected]
