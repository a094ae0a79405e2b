"""Headings that are the title of a paper the library knows, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest
from papergraph.models import FoundMention
from papergraph.readers import read_review
from papergraph.text import TitleKey, is_long_title, title_key

TITLES = (
    "Auto-Encoding Variational Bayes",
    "A survey of deep learning",
    "Attention is all you need",
    "Deep Learning for Computer Vision",
    "Introduction to deep learning with graphs",
    "Learning to rank for information retrieval",
    "mixup: Beyond Empirical Risk Minimization",
    "Unsupervised representation learning by predicting image rotations",
)
BODY = "Steam lets it go much farther than before, which nobody had seen in all these years here."
ROTATIONS = "Unsupervised Representation Learning by Predicting Image Rotations"


def lookup(
    beginnings: Collection[str], rows: Callable[[], Collection[TitleKey]]
) -> Collection[TitleKey]:
    del rows
    keys = {title_key(title) for title in TITLES if is_long_title(title)}
    return {key for key in keys if key[:20] in beginnings}


def read(text: str) -> list[FoundMention]:
    return list(read_review(text.encode(), "a.md", titles=lookup).mentions)


@pytest.mark.parametrize(
    "heading",
    [
        "{mixup: Beyond Empirical Risk Minimization}",
        "1. {mixup: Beyond Empirical Risk Minimization}",
        "12) {Attention Is All You Need}",
        "Paper 3: {Attention Is All You Need}",
        "[3] {Attention Is All You Need} - NeurIPS 2017",
        "{Attention Is All You Need}, NIPS 2017",
        "{Attention Is All You Need} | Vaswani et al.",
        "{Attention Is All You Need} by Ashish Vaswani and Noam Shazeer",
        "{Attention Is All You Need} (the Transformer)",
        "{Attention Is All You Need}: Notes",
        "Vaswani et al. 2017: {Attention Is All You Need}",
        "Transformer - {Attention Is All You Need}",
        "“{Attention Is All You Need}”",
        "2021-03-04 {Attention Is All You Need}",
        "March 4: {Attention Is All You Need}",
        "Week 2 - {Attention Is All You Need}",
        "{Auto-Encoding Variational Bayes} (Kingma and Welling, 2013)",
        "{Auto-Encoding Variational Bayes} 2013",
        "{Learning to Rank for Information Retrieval} (Liu et al., 2009)",
        f"{{{ROTATIONS}}} ⭐⭐⭐",
        f"📄 {{{ROTATIONS}}}",
        f"论文阅读:{{{ROTATIONS}}}",
    ],
)
def test_a_section_is_about_the_paper_whose_title_heads_it(heading: str) -> None:
    title = heading[heading.index("{") + 1 : heading.index("}")]
    shown = heading.replace("{", "").replace("}", "")

    (mention,) = read(f"# My notes\n\nSome words.\n\n## {shown}\n\n{BODY}\n")

    assert (mention.role, mention.title, mention.line) == ("about", title, 5)
    assert mention.summary == BODY


@pytest.mark.parametrize(
    "heading",
    [
        "Deep Learning for Computer Vision",
        "2. Deep Learning for Computer Vision",
        "A Survey of Deep Learning",
        "Learning to rank for information retrieval",
        "Introduction to Deep Learning with Graphs",
        "Attention Is All You Need for Speech",
        "Attention Is All You Need and Other Stories",
        "Why Attention Is All You Need",
        "Rethinking: Attention Is All You Need to Fly",
        "Attention Is All You Need vs. Recurrence",
        "Reading group with pizza: Attention Is All You Need",
        f"From A to B - {ROTATIONS}",
    ],
)
def test_topics_and_longer_headings_are_no_title(heading: str) -> None:
    assert read(f"# My notes\n\nSome words.\n\n## {heading}\n\n{BODY}\n") == []


def test_what_is_said_below_tells_a_title_from_a_topic() -> None:
    told = f"The authors show that it works. {BODY}"

    (mention,) = read(f"## Deep Learning for Computer Vision\n\n{told}\n")

    assert mention.role == "about"


def test_a_title_that_heads_a_list_of_papers_is_a_topic() -> None:
    entries = "".join(f"- [Steam {n}](https://arxiv.org/abs/1601.0000{n})\n" for n in range(2, 6))

    found = read(f"# Notes\n\n## Attention Is All You Need\n\n{BODY}\n\n{entries}")

    assert {mention.role for mention in found} == {"listed"}


def test_year_people_and_state_beside_the_title_are_kept() -> None:
    heading = "## ✅ Attention Is All You Need (Vaswani et al. 2017)"

    (mention,) = read(f"# Notes\n\n{heading}\n\n{BODY}\n")

    assert (mention.year, mention.authors, mention.state) == (2017, ("Vaswani",), "read")


def test_what_is_said_below_such_a_heading_is_said_of_its_paper() -> None:
    text = f"## Attention Is All You Need (2017)\n\nIt builds on “{TITLES[-2]}”. {BODY}\n"

    review = read_review(text.encode(), "a.md", titles=lookup)

    (relation,) = review.relations
    assert [review.mentions[n].role for n in (relation.later, relation.earlier)] == [
        "about",
        "named",
    ]


@pytest.mark.parametrize(("sign", "states"), [("", []), ("☐ ", ["queued"]), ("✅ ", ["read"])])
def test_a_heading_without_text_is_an_entry_where_a_sign_tells_of_reading(
    sign: str, states: list[str]
) -> None:
    found = read(f"# Notes\n\nSome words.\n\n## {sign}Attention Is All You Need (2017)\n")

    assert [(mention.role, mention.state) for mention in found] == [
        ("listed", state) for state in states
    ]


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("Read 4 Jan 2016", ("read", "2016-01-04", None)),
        ("Read 4 Jan 2016\n★★★★☆", ("read", "2016-01-04", 4.0)),
        ("★★★★☆\n\nRead 4 Jan 2016", ("read", "2016-01-04", 4.0)),
        ("Read 4 Jan 2016 (4/5)", ("read", "2016-01-04", 4.0)),
        ("Read 4 Jan 2016, ★★★", ("read", "2016-01-04", 3.0)),
        ("Status: read\nRating: 4/5", ("read", None, 4.0)),
        ("Status: to read", ("queued", None, None)),
        ("To read", ("queued", None, None)),
        ("⭐⭐⭐", ("read", None, 3.0)),
        (f"Read 4 Jan 2016\n★★★★☆\n\n{BODY}", ("read", "2016-01-04", 4.0)),
    ],
)
@pytest.mark.parametrize("beside", ["", " (Vaswani et al., 2017)"])
@pytest.mark.parametrize("before", ["", "# Notes\n\n"])
def test_lines_below_such_a_heading_tell_of_reading(
    before: str, beside: str, below: str, told: tuple[str, str | None, float | None]
) -> None:
    (mention,) = read(f"{before}## Attention Is All You Need{beside}\n\n{below}\n")

    assert (mention.state, mention.read_on, mention.stars) == told


@pytest.mark.parametrize(
    "below", ["Some words.", "We have more of it to\nread", "4/5 of the class came", "4 Jan 2016"]
)
def test_other_lines_below_such_a_heading_tell_nothing(below: str) -> None:
    assert read(f"# Notes\n\nSome words.\n\n## Attention Is All You Need\n\n{below}\n") == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("BERT (Devlin et al. 2018)", ("BERT", ("Devlin",), 2018)),
        ("2. Highway Networks [Rao et al., 2015a]", ("Highway Networks", ("Rao",), 2015)),
        ("[7] BERT (Jacob Devlin and Kenton Lee, 2018)",
         ("BERT", ("Jacob Devlin", "Kenton Lee"), 2018)),
        ("BERT", None),
        ("BERT (2018)", None),
        ("BERT and friends (Devlin et al. 2018)", None),
        ("Training BERT (Devlin et al. 2018)", None),
        ("BERT (a talk in Oslo in 2018)", None),
    ],
)  # fmt: skip
def test_a_known_name_with_its_people_and_year_heads_a_section_about_it(
    heading: str, expected: tuple[str, tuple[str, ...], int] | None
) -> None:
    names = ("BERT", "Highway Networks")
    text = f"# Notes\n\nSome words.\n\n## {heading}\n\n{BODY}\n"

    found = read_review(text.encode(), "a.md", names=names).mentions

    told = [(one.title, one.authors, one.year) for one in found if one.role == "about"]
    assert told == ([expected] if expected else [])
