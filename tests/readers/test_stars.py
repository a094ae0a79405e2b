"""Ratings that authors give, on one scale of 0 to 5."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review
from papergraph.readers.stars import find_stars, read_rating

LINK = "[A net of deep nets](https://arxiv.org/abs/2101.00001)"
PROSE = "The authors stack small filters, and show that depth is what counts in the end."


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("★★★☆☆", 3),
        ("★☆☆☆☆", 1),
        ("★★★", 3),
        ("⭐⭐⭐⭐", 4),
        ("⭐️⭐️", 2),
        (":star::star::star:", 3),
        ("★★☆", 3.5),
        ("★★★½", 3.5),
        ("4/5", 4),
        ("4.5/5", 4.5),
        ("8/10", 4),
        ("7 / 10", 3.5),
        ("🥇", 5),
        ("🥉", 3),
        ("⭐", None),
        ("★", None),
        ("3/4 of all", None),
        ("12/10", None),
        ("2016/5/10", None),
        ("5/10/2016", None),
        ("good", None),
    ],
)
def test_a_rating_is_found_on_any_scale(text: str, stars: float | None) -> None:
    assert find_stars(f"deep nets {text}") == stars


@pytest.mark.parametrize(
    ("value", "stars"),
    [("4", 4), ("8", 4), ("4 stars", 4), ('"3.5"', 3.5), ("8/10", 4), ("★★★★☆", 4), ("good", None)],
)
def test_a_property_is_a_rating(value: str, stars: float | None) -> None:
    assert read_rating(value) == stars


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        (f"- {LINK} ★★★☆☆", 3),
        (f"- [x] {LINK} 8/10", 4),
        (f"- 🥇 {LINK}", 5),
        ("- BERT ★☆☆☆☆", 1),
        (f"## {LINK}\n\nRating: 4/5\n\n{PROSE}", 4),
        (f"## {LINK}\n\n★★☆☆☆\n\n{PROSE}", 2),
        (f"## To read\n\n- {LINK} ★★★☆☆", None),
        (f"- {LINK} and {LINK.replace('1)', '2)')} ★★★☆☆", None),
        (f"## {LINK}\n\nIt gets 4/5 of the questions right. {PROSE}", None),
    ],
)
def test_a_rating_stands_beside_or_below_a_title(text: str, stars: float | None) -> None:
    mentions = read_review(f"# Papers\n\n{text}\n".encode(), "a.md", names=["BERT"]).mentions

    assert {mention.stars for mention in mentions} == {stars}


def test_a_property_rates_the_paper_of_a_note() -> None:
    text = f"---\nrating: 8/10\n---\n# {LINK}\n\n{PROSE}\n"

    (mention,) = read_review(text.encode(), "a.md").mentions

    assert (mention.stars, mention.state) == (4, "read")
