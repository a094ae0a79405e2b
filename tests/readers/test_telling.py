"""What authors tell of their own reading, and the key words they give."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

LINK = "[A net of deep nets](https://arxiv.org/abs/2101.00001)"


def told(text: str) -> str | None:
    (mention,) = read_review(text.encode(), "/notes/a.md").mentions
    return mention.state


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (f"- [x] {LINK}", "read"),
        (f"- [ ] {LINK}", "queued"),
        (f"- ✅ {LINK}", "read"),
        (f"- {LINK} :heavy_check_mark:", "read"),
        (f"- {LINK} (read 2016-03-04)", "read"),
        (f"- {LINK}, finished on 2016-03-04", "read"),
        (f"- {LINK} ★★★☆☆", "read"),
        (f"- {LINK} 8/10", "read"),
        (f"- 🥇 {LINK}", "read"),
        (f"- {LINK} (to read)", "queued"),
        (f"- {LINK} - TODO", "queued"),
        (f"- {LINK} (2016-03-04)", None),
        (f"- {LINK} ⭐", None),
        (f"- {LINK}, a must read", None),
        (f"- {LINK} scores 3/4 of what the other does", None),
        (f"## To read\n\n- {LINK}", "queued"),
        (f"## Papers I have read\n\n- {LINK}", "read"),
        (f"## Currently reading\n\n- {LINK}", "reading"),
        (f"# Reading list\n\n- {LINK}", None),
        (f"## To read\n\n- [x] {LINK}", "read"),
    ],
)
def test_a_reading_state_is_told_beside_a_title_or_by_its_heading(
    entry: str, state: str | None
) -> None:
    assert told(f"# Papers\n\n{entry}\n") == state


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("tags: [vision, deep nets]", ("vision", "deep nets")),
        ("tags: vision, nets", ("vision", "nets")),
        ("keywords: vision; nets", ("vision", "nets")),
        ("author: Ann", ()),
    ],
)
def test_key_words_of_a_note_belong_to_the_paper_it_is_about(
    line: str, tags: tuple[str, ...]
) -> None:
    text = f"---\n{line}\n---\n# A net of deep nets\n\nhttps://arxiv.org/abs/2101.00001 is deep.\n"

    (mention,) = read_review(text.encode(), "/notes/a.md").mentions

    assert (mention.role, mention.tags) == ("about", tags)


def test_a_bibliography_gives_its_key_words() -> None:
    text = "@article{a, title={A net of deep nets}, year=2021, keywords={vision, nets}}\n"

    (mention,) = read_review(text.encode(), "/notes/a.bib").mentions

    assert mention.tags == ("vision", "nets")


@pytest.mark.parametrize("link", ["../vision/net.md", "net.md#results", "../vision/net.md#a-b"])
def test_a_link_to_a_note_elsewhere_or_to_a_part_of_it_is_a_link_to_a_note(link: str) -> None:
    text = f"# Index of papers\n\n- [Net of nets]({link}) is a deep network.\n"

    (mention,) = read_review(text.encode(), "/notes/index.md").mentions

    assert mention.url == link
