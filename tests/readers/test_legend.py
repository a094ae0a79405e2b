"""Legends: the signs of a list mean what its author says."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

LINK = "[A net of deep nets](https://arxiv.org/abs/2101.00001)"
NAMES = ("BERT", "ResNet")


def states(text: str) -> dict[str, str | None]:
    """The state of each paper that a text tells of, by the words it is named with."""
    mentions = read_review(text.encode(), "/notes/a.md", names=NAMES).mentions
    return {mention.text: mention.state for mention in mentions}


@pytest.mark.parametrize(
    ("legend", "sign", "state"),
    [
        ("⬜ = not yet, ✅ = read", "⬜", "queued"),
        ("⬜ = not yet, ✅ = read", "✅", "read"),
        ("Legend: 📖 reading, 🔖 to read", "🔖", "queued"),
        ("**Legend**: 📖 reading | 🔖 to read", "📖", "reading"),
        ("(✓ = read, ✗ = skipped, ~ = reading)", "✗", "skipped"),
        ("(✓ = read, ✗ = skipped, ~ = reading)", "~", "reading"),
        ("- ★ = read\n- ☆ = to read", "★", "read"),
        ("- ★ = read\n- ☆ = to read", "☆", "queued"),
        (":book: = reading, :bookmark: = saved", ":book:", "reading"),
        ("[-] in progress", "[-]", "reading"),
        ("🟢: finished; 🟡: started; ⚪: to read", "🟡", "reading"),
        ("🟢 已读 ⚪ 未读", "🟢", "read"),
        ("図例\n\n○ = 読了、△ = 途中、× = 未読", "△", "reading"),
        ("| sign | meaning |\n|---|---|\n| 🔵 | read |\n| ⚪ | to read |", "🔵", "read"),
    ],
)
def test_a_sign_tells_what_the_legend_says(legend: str, sign: str, state: str) -> None:
    text = f"# Papers\n\n{legend}\n\n## List\n\n- {sign} {LINK}\n- {sign} BERT\n- ResNet\n"

    assert states(text) == {"A net of deep nets": state, "BERT": state, "ResNet": None}


@pytest.mark.parametrize(
    ("legend", "entry"),
    [
        ("✅ = code available", "✅ BERT"),
        ("★★★ = must read, ★★ = good", "★★★ BERT"),
        ("⭐ = must read, ⬜ = not yet", "⭐ BERT"),
        ("✅ = read", "🔖 BERT"),
        ("Of ✅ and ⬜ = not yet one may be wrong", "🔖 BERT"),
    ],
)
def test_a_sign_that_means_something_else_tells_nothing(legend: str, entry: str) -> None:
    assert states(f"# Papers\n\n{legend}\n\n- {entry}\n") == {"BERT": None}


@pytest.mark.parametrize(
    "legend",
    [
        "⬜ = not yet, ✅ = read",
        "[x] read / [ ] to read",
        "- [x] read\n- [ ] to read",
        "★ = must read",
        "✅ = read\n\n⬜ = to read",
    ],
)
def test_a_legend_is_no_paper_and_no_state(legend: str) -> None:
    assert states(f"# Papers\n\n{legend}\n") == {}


def test_a_legend_below_a_paper_says_nothing_of_it() -> None:
    text = f"# {LINK}\n\n✅ = read\n\n⬜ = to read\n\nBERT is deep.\n"

    assert states(text) == {"A net of deep nets": None, "BERT": None}


@pytest.mark.parametrize(("box", "state"), [("[ ]", "queued"), ("[x]", "read")])
def test_a_box_below_a_paper_is_ticked_or_not(box: str, state: str) -> None:
    assert states(f"# {LINK}\n\n- {box} read\n") == {"A net of deep nets": state}


@pytest.mark.parametrize("entry", ["✅ BERT", "BERT ✅", "☑ BERT", "✔️ BERT"])
def test_entries_with_signs_are_no_legend(entry: str) -> None:
    assert states(f"# Papers\n\n- {entry}\n- ⬜ ResNet\n") == {"BERT": "read", "ResNet": "queued"}


def test_a_column_of_signs_tells_what_the_legend_says() -> None:
    table = f"| paper | status |\n|---|---|\n| {LINK} | 📖 |\n| BERT | 📌 |\n| ResNet | ✅ |\n"

    found = states(f"# Papers\n\n📖: reading; 📌: to read; ✅: with code\n\n{table}")

    assert found == {"A net of deep nets": "reading", "BERT": "queued", "ResNet": None}


def test_a_heading_begins_with_an_explained_sign() -> None:
    text = "# Papers\n\n🔖 = to read\n\n## 🔖 BERT\n\nLater, when there is time for it.\n"

    assert states(text)["BERT"] == "queued"
