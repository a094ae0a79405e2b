"""What stands before the titles of entries is no part of them."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

LINK = "https://arxiv.org/abs/2101.00001"


def titles(text: str) -> dict[str | None, str | None]:
    """Nickname by title."""
    mentions = read_review(text.encode(), "/notes/a.md").mentions
    return {mention.title: mention.nickname for mention in mentions}


@pytest.mark.parametrize("day", ["2023-01-05 ", "2023-01-06: ", "03.05.2023 ", "12 May 2023 - "])
@pytest.mark.parametrize("mark", ["- ", "- [x] "])
def test_a_day_before_an_entry_is_no_part_of_its_title(mark: str, day: str) -> None:
    entry = f"{mark}{day}Deep Nets Go Deeper than Others, Author et al., Science 2022"

    assert titles(f"# Log\n\n{entry}\n") == {"Deep Nets Go Deeper than Others": None}


@pytest.mark.parametrize(
    "text",
    [
        "## 2023-01-05 Deep Nets Go Deep\n\nhttps://arxiv.org/abs/2101.00001",
        "- [2023-01-05 Deep Nets Go Deep](https://arxiv.org/abs/2101.00001)",
        "- 2023-01-05: Deep Nets Go Deep (Author et al., 2022) https://arxiv.org/abs/2101.00001",
    ],
)
def test_a_day_before_a_linked_title_is_no_part_of_it(text: str) -> None:
    assert titles(f"# Log\n\n{text}\n") == {"Deep Nets Go Deep": None}


def test_a_year_may_begin_a_title() -> None:
    text = "# Log\n\n- 2001: A Space Odyssey of Deep Nets, Author et al., Science 2022\n"

    assert titles(text) == {"2001: A Space Odyssey of Deep Nets": None}


@pytest.mark.parametrize("heading", ["Want to read", "Papers"])
def test_a_title_in_brackets_after_a_coined_name_is_its_title(heading: str) -> None:
    text = f"## {heading}\n\n- [x] DeepNet-E 2 (Hierarchical Deep Nets of Many Layers)\n"

    assert titles(text) == {"Hierarchical Deep Nets of Many Layers": "DeepNet-E 2"}


@pytest.mark.parametrize(
    "entry", ["ICML 2020 (Workshop on Many Deep Layers)", "DeepNet (the one that we talked of)"]
)
def test_other_words_in_brackets_name_no_paper_of_their_own(entry: str) -> None:
    in_brackets = entry[entry.index("(") + 1 : -1]

    assert in_brackets not in titles(f"## Want to read\n\n- {entry}\n")


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("3/ Deep Nets Go Deep (Author et al 2022)\narxiv.org/abs/2101.00001", "Deep Nets Go Deep"),
        (f"5/ @someone's new paper: Deep Nets Go Deep {LINK}", "Deep Nets Go Deep"),
        (f"- Position paper: Deep Nets Go Deep {LINK}", "Position paper: Deep Nets Go Deep"),
    ],
)  # fmt: skip
def test_posts_of_a_thread_are_entries(entry: str, title: str) -> None:
    assert [*titles(f"My favourites\n\n{entry}\n")] == [title]


@pytest.mark.parametrize(
    "lead",
    ["另外推荐看一下 DNet: Deep Nets Go Deep，", "第2回（金）担当：佐藤 DNet: Deep Nets Go Deep "],
)
def test_words_in_another_script_are_no_part_of_a_title(lead: str) -> None:
    assert [*titles(f"{lead}{LINK}\n")] == ["DNet: Deep Nets Go Deep"]
