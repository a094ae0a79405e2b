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
        (f"## Reading list\n\n- {LINK}", None),
        (f"## Unread\n\n- {LINK}", "queued"),
        (f"## Read in 2016\n\n- {LINK}", "read"),
        (f"12 May: finished {LINK}", "read"),
        (f"I have not read {LINK} yet", "queued"),
        (f"Read {LINK} before you go on", None),
        (f"## To read\n\n- [x] {LINK}", "read"),
        (f"- {LINK}（已读）", "read"),
        (f"- {LINK}【未読】", "queued"),
        (f"- {LINK} 想读", "queued"),
        (f"- 在读：{LINK}", "reading"),
        (f"- Done: {LINK}", "read"),
        (f"- Read: {LINK}", None),
        (f"| 論文 | 状態 |\n|---|---|\n| {LINK} | 読みたい |", "queued"),
        (f"| 论文 | 是否已读 |\n|---|---|\n| {LINK} | 是 |", "read"),
    ],
)
def test_a_reading_state_is_told_beside_a_title_or_by_its_heading(
    entry: str, state: str | None
) -> None:
    assert told(f"# Papers\n\n{entry}\n") == state


NAMES = ("ResNet", "BERT", "Attention is all you need", "GPT-2")


def states(text: str) -> dict[str, tuple[str | None, str | None]]:
    """State and day of each paper a text tells of, by the words it is named with."""
    review = read_review(text.encode(), "/notes/a.md", names=NAMES)
    return {mention.text: (mention.state, mention.read_on) for mention in review.mentions}


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        ("- [x] BERT", "read"),
        ("- [ ] BERT", "queued"),
        ("- [x] read the BERT paper", "read"),
        ("- [x] BERT: masks words", "read"),
        ("- BERT (read)", "read"),
        ("- BERT ★★★☆☆", "read"),
        ("- ✅ BERT", "read"),
        ("- BERT - to read", "queued"),
        ("## To read\n\n- BERT", "queued"),
        ("## To read\n\nBERT", "queued"),
        ("## To read: language\n\n- BERT", "queued"),
        ("## Not read yet\n\n- BERT", "queued"),
        ("## Finished (12)\n\n- BERT", "read"),
        ("## Noch nicht gelesen\n\n- BERT", "queued"),
        ("## Gelesen\n\n- BERT", "read"),
        ("## 未读\n\n- BERT", "queued"),
        ("## 読みたい論文\n\n- BERT", "queued"),
        ("## 读过的论文\n\n- BERT", "read"),
        ("- BERT（已读）", "read"),
        ("- BERT 読了", "read"),
        ("- 想读：BERT", "queued"),
        ("- 在读: BERT", "reading"),
        ("- Reading: BERT", None),
        ("## 읽은 논문\n\n- BERT", "read"),
        ("- [x] implement BERT in one file", None),
        ("- [x] BERT training", None),
        ("- [x] compare with what BERT does", None),
        ("## Supported models\n\n- [x] BERT", None),
        ("## To read\n\n- how BERT masks words, and why", None),
    ],
)
def test_an_entry_that_only_names_a_paper_tells_of_it(entry: str, state: str | None) -> None:
    assert states(f"# Notes\n\n{entry}\n")["BERT"] == (state, None)


def test_a_title_in_quotes_beside_a_box_is_a_paper() -> None:
    text = '- [x] "Deep nets go far"\n- [ ] "Wide nets go wide"\n- [x] "milk and eggs" for Ann\n'

    assert states(text) == {
        "Deep nets go far": ("read", None),
        "Wide nets go wide": ("queued", None),
    }


def test_a_diary_tells_of_the_papers_it_names() -> None:
    text = (
        "# Diary\n\n2024-03-01: Attention is all you need. Read.\n"
        "\n12 May: finished the ResNet paper\n"
        "\n13 May: started BERT, a long one; GPT-2 must wait.\n"
    )

    assert states(text) == {
        "Attention is all you need": ("read", "2024-03-01"),
        "ResNet": ("read", None),
        "BERT": ("reading", None),
        "GPT-2": (None, None),
    }


def test_names_in_one_breath_share_what_is_told() -> None:
    assert states("Monday: read ResNet and BERT.\n") == {
        "ResNet": ("read", None),
        "BERT": ("read", None),
    }


def test_the_furthest_state_of_a_diary_counts() -> None:
    text = (
        "# Diary\n\n3 May: started ResNet.\n\n5 May: finished ResNet.\n\nI want to read ResNet.\n"
    )

    assert states(text) == {"ResNet": ("read", None)}


PROSE = "The authors stack small filters, and show that depth is what counts in the end. " * 2


@pytest.mark.parametrize(
    ("heading", "state"),
    [
        ("Read: BERT", "read"),
        ("Finished: BERT", "read"),
        ("Finished reading: BERT", "read"),
        ("Gelesen: BERT", "read"),
        ("已读：BERT", "read"),
        ("Reading: BERT", "reading"),
        ("Currently reading: BERT", "reading"),
        ("To read: BERT", "queued"),
        ("Want to read: BERT", "queued"),
        ("Not read yet: BERT", "queued"),
        ("Unread: BERT", "queued"),
        ("À lire : BERT", "queued"),
    ],
)
def test_a_heading_tells_what_was_done_with_the_paper_it_names(heading: str, state: str) -> None:
    review = read_review(f"# Log\n\n## {heading}\n\n{PROSE}\n".encode(), "a.md", names=NAMES)

    assert [(m.role, m.nickname, m.state) for m in review.mentions] == [("about", "BERT", state)]


def test_a_heading_may_name_a_paper_by_a_title_nobody_knows() -> None:
    found = states(f"# Log\n\n## To read: Deep Nets Go Far\n\n## Done: Fix The Build\n\n{PROSE}\n")

    assert found == {"Deep Nets Go Far": ("queued", None)}


@pytest.mark.parametrize(
    "below",
    [
        "Read 4 Jan 2016",
        "*Read on 2016-01-04*",
        "## Read 4 Jan 2016",
        "- read: January 4, 2016",
        "Gelesen am 4. Januar 2016",
    ],
)
def test_the_line_below_a_title_tells_the_day_it_was_read(below: str) -> None:
    text = f"# [Deep Nets Go Far](https://arxiv.org/abs/2101.00001)\n\n{below}\n\n{PROSE}\n"

    assert states(text) == {"Deep Nets Go Far": ("read", "2016-01-04")}


def test_a_heading_of_a_day_is_no_paper() -> None:
    text = "# Log\n\n## Read 4 Jan 2016\n\n{}{}\n\n## Read 5 Feb 2017\n\n{}{}\n"

    assert states(text.format("ResNet. ", PROSE, "BERT. ", PROSE)) == {
        "ResNet": ("read", "2016-01-04"),
        "BERT": ("read", "2017-02-05"),
    }


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ("read: true", ("read", None)),
        ("read: false", ("queued", None)),
        ("read: 2016-01-04", ("read", "2016-01-04")),
        ("date_read: 4 Jan 2016", ("read", "2016-01-04")),
        ("status: to read", ("queued", None)),
    ],
)
def test_the_properties_of_a_note_tell(properties: str, told: tuple[str, str | None]) -> None:
    text = f"---\n{properties}\n---\n# [Deep Nets](https://arxiv.org/abs/2101.00001)\n\n{PROSE}\n"

    assert states(text) == {"Deep Nets": told}


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


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("note = {Read 2021-03-04}", ("read", "2021-03-04")),
        ("note = {To read}", ("queued", None)),
        ("note = {Gelesen am 4. Mai 2021.}", ("read", "2021-05-04")),
        ("annote = {Read 4 Mar 2021. Much on steam, little on rockets.}", ("read", "2021-03-04")),
        ("read = {2021-03-04}", ("read", "2021-03-04")),
        ("readstatus = {read}, note = {Read 2021-03-04}", ("read", "2021-03-04")),
        ("note = {Accessed 2021-03-04}", (None, None)),
        ("note = {2021-03-04}", (None, None)),
        ("note = {In progress}", (None, None)),
        ("note = {Read at the Royal Society}", (None, None)),
        ("readstatus = {unread}, note = {Read 2021-03-04}", ("queued", None)),
    ],
)
def test_a_bibliography_tells_what_was_read_and_when(
    fields: str, told: tuple[str | None, str | None]
) -> None:
    text = f"@article{{a, title={{A net of deep nets}}, year=2021, {fields}}}\n"

    (mention,) = read_review(text.encode(), "/notes/a.bib").mentions

    assert (mention.state, mention.read_on) == told


@pytest.mark.parametrize("link", ["../vision/net.md", "net.md#results", "../vision/net.md#a-b"])
def test_a_link_to_a_note_elsewhere_or_to_a_part_of_it_is_a_link_to_a_note(link: str) -> None:
    text = f"# Index of papers\n\n- [Net of nets]({link}) is a deep network.\n"

    (mention,) = read_review(text.encode(), "/notes/index.md").mentions

    assert mention.url == link
