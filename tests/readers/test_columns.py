"""What the columns of a table tell of reading."""

from __future__ import annotations

import pytest
from papergraph.models import FoundMention
from papergraph.readers import read_review

NAMES = ("ResNet", "BERT", "Dropout")
TITLE = "Going Far With Rockets and Steam"
LINK = f"[{TITLE}](https://arxiv.org/abs/2101.00001)"


def read(head: str, *rows: str, title: str = "Papers") -> list[FoundMention]:
    rule = "|".join("---" for _ in head.split("|"))
    table = "\n".join(f"| {line} |" for line in (head, rule, *rows))
    text = f"# {title}\n\nSome words.\n\n{table}\n"
    return list(read_review(text.encode(), "/notes/a.md", names=NAMES).mentions)


def state(head: str, row: str) -> str | None:
    return read(head, row)[0].state


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("[x]", "read"),
        ("[X]", "read"),
        ("x", "read"),
        ("yes", "read"),
        ("**Yes**", "read"),
        ("✓", "read"),
        ("✔️", "read"),
        ("✅", "read"),
        (":white_check_mark:", "read"),
        ("ja", "read"),
        ("2021-03-04", "read"),
        ("read", "read"),
        ("reading", "reading"),
        ("in progress", "reading"),
        ("to read", "queued"),
        ("[ ]", "queued"),
        ("no", "queued"),
        ("❌", "queued"),
        ("☐", "queued"),
        ("", None),
        ("-", None),
        ("3 of 5", None),
        ("by Ann", None),
        ("maybe", None),
    ],
)
@pytest.mark.parametrize("paper", [TITLE, LINK, "Dropout", "*ResNet*"])
def test_a_column_tells_whether_a_paper_was_read(
    paper: str, cell: str, expected: str | None
) -> None:
    assert state("Title | Year | Read?", f"{paper} | 2015 | {cell}") == expected


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("Paper | Done", "✓", "read"),
        ("Paper | Finished?", "yes", "read"),
        ("Paper | Status", "done", "read"),
        ("Paper | Status", "Not started", "queued"),
        ("Paper | Reading status", "reading", "reading"),
        ("Paper | Date read", "4 Jan 2016", "read"),
        ("Paper | Gelesen", "ja", "read"),
        ("论文 | 已读", "✓", "read"),
        ("Paper | Status", "accepted", None),
        ("Paper | Code", "✓", None),
        ("Paper | Read by", "✓", None),
        ("Paper | Read", "[read](https://example.org/a)", None),
    ],
)
def test_the_head_of_a_column_says_what_it_is_of(
    head: str, cell: str, expected: str | None
) -> None:
    assert state(head, f"Dropout | {cell}") == expected


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Paper | Code | Status", "Dropout | torch | done"),
        ("Model | Done", "Dropout | ✓"),
        ("Paper | Baseline | Read?", " | Dropout | ✓"),
        ("Notes | Name | Read?", "see Ann | Dropout | ✓"),
    ],
)
def test_what_is_done_with_papers_is_not_their_reading(head: str, row: str) -> None:
    assert state(head, row) is None


def test_a_table_without_a_column_of_titles_tells_of_what_its_rows_begin_with() -> None:
    assert state("# | Name | Read?", "1 | Dropout | ✓") == "read"


def test_each_row_is_told_of_by_itself_and_the_column_outranks_other_signs() -> None:
    found = read(
        "Title | Code | Read?",
        f"{LINK} | ✅ | no",
        "Dropout | ✅ | yes",
        "ResNet | ✅ | ",
    )

    assert [mention.state for mention in found] == ["queued", "read", None]


def test_day_and_rating_stand_in_columns_of_their_own() -> None:
    found = read(
        "Title | Status | Date read | Rating",
        f"{TITLE} | done | 2021-03-04 | 4",
        "Dropout | done | 2021-03 | 8/10",
        "ResNet | | | ★★★☆☆",
        "BERT | to read | | 5",
    )

    told = [(mention.state, mention.read_on, mention.stars) for mention in found]
    assert told == [
        ("read", "2021-03-04", 4.0),
        ("read", "2021-03", 4.0),
        ("read", None, 3.0),
        ("queued", None, None),
    ]


@pytest.mark.parametrize(("head", "count"), [("Paper | Read?", 1), ("Guest | Read?", 0)])
def test_a_plain_word_under_papers_is_a_paper(head: str, count: int) -> None:
    assert len(read(head, "Dropout | yes", title="Some notes")) == count
