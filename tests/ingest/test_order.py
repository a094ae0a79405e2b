"""The order in which reviews are read makes no difference to what a library knows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from papergraph.ingest import forget_review, ingest_review
from papergraph.library import Library

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # to shrink an order takes minutes
NOW = "2026-01-31T12:00:00Z"
REVIEWS = {
    "links.md": "# Links\n\n- https://arxiv.org/abs/1512.00001\n- https://doi.org/10.1000/rockets\n",
    "preprint.md": "## [Going Far With Rockets And Steam](https://arxiv.org/abs/1512.00001) (2015)"
    "\n\nRocketNet burns fuel in many layers.\n",
    "journal.md": "1. A. Bee, Going Far With Rockets And Steam, Journal of Fire, 2016."
    " https://doi.org/10.1000/rockets\n",
    "title.md": "# Reading list\n\n- Going Far With Rockets And Steam\n"
    "- Coming Back With Parachutes From Far\n",
    "nickname.md": "## RocketNet: Going Far With Rockets And Steam (2015)\n\nIt is far.\n",
    "prose.md": "# Thoughts\n\n## [Steam Engines That Learn To Pull](https://arxiv.org/abs/1601.00002)"
    "\n\nThis model builds on RocketNet, and RocketNet replaces ChuteNet.\n",
    "chutes.md": "# ChuteNet: Coming Back With Parachutes From Far (2014)\n\nA soft landing.\n",
    "both.md": "- [Going Far With Rockets And Steam](https://arxiv.org/abs/1512.00001)"
    " ([journal](https://doi.org/10.1000/rockets))\n",
    "thoughts.md": "# Thoughts\n\nToday I read Going Far With Rockets And Steam, and liked it. They"
    " wrote “Coming back with parachutes from far” before. Steam power extends RocketNet.\n",
    "quote.md": "It rains. Nobody read\n*Coming Back With Parachutes From Far* but me.\n",
    "dump.txt": 'Notes on flying\n\n   * Bee et al. 2015, "Going Far With Rockets And Steam",'
    " arXiv:1512.00001\n   * Coming Back With Parachutes From Far, 2014\n",
    "short.md": "# Papers\n\n- [Steam power](https://arxiv.org/abs/1701.00003), C. Dee, 2017\n",
    "short-title.md": "# Papers to read\n\n- Steam power\n- Rocket science, 1999\n",
    "typo.md": "- Coming Back With Parachuts From Far (2014)\n",
    "other-number.md": "- [Going Far With Rockets And Steam](https://arxiv.org/abs/1812.00009)\n",
}  # fmt: skip
SAID = (
    "The authors propose steam for rockets; they train it for very long on all the data there is.\n"
)


def contents(library: Library) -> dict[str, Any]:
    """What a library knows, without its numbers: papers, who names them, and what is related."""
    run = library.database.execute_raw
    numbers = [row[0] for row in run("SELECT id FROM papers WHERE merged_into IS NULL")]
    cards = library.papers.get(numbers)
    named = {
        number: (card.title, card.year, card.identifiers, tuple(sorted(card.nicknames)), card.kind)
        for number, card in cards.items()
    }
    mentions = run(
        "SELECT origin, line, mentions.text, role, status, paper_id FROM mentions"
        " JOIN reviews ON reviews.id = review_id"
    )
    relations = run("SELECT later, earlier, kind, relations.text, stated FROM relations")
    return {
        "papers": sorted(named.values(), key=repr),
        "mentions": sorted(((*row[:4], named.get(row[5])) for row in mentions), key=repr),
        "relations": sorted(
            ((named[row[0]], named[row[1]], *row[2:]) for row in relations), key=repr
        ),
    }


def read(names: list[str], more: Mapping[str, str] = MappingProxyType({})) -> Library:
    library = Library.open(None)
    for name in names:
        text = more.get(name) or REVIEWS[name]
        ingest_review(library, text.encode(), f"/notes/{name}", now=NOW)
    return library


@settings(max_examples=40, deadline=None, phases=PHASES)
@given(st.permutations(sorted(REVIEWS)), st.integers(2, len(REVIEWS)))
def test_reviews_in_any_order_make_the_same_library(names: list[str], count: int) -> None:
    chosen = names[:count]

    assert contents(read(chosen)) == contents(read(sorted(chosen)))


@settings(max_examples=20, deadline=None, phases=PHASES)
@given(st.permutations(sorted(REVIEWS)), st.integers(2, len(REVIEWS)))
@example(["other-number.md", "preprint.md", "journal.md", "both.md"], 4)  # both joined two of three
def test_a_forgotten_review_is_as_if_it_was_never_read(names: list[str], count: int) -> None:
    chosen, forgotten = names[: count - 1], names[count - 1]
    library = read(sorted(names[:count]))

    forget_review(library, f"/notes/{forgotten}")

    assert contents(library) == contents(read(chosen))


@settings(max_examples=20, deadline=None, phases=PHASES)
@given(st.permutations(sorted(REVIEWS)), st.integers(3, len(REVIEWS)))
def test_a_text_read_again_says_the_same(names: list[str], count: int) -> None:
    chosen = names[:count]
    library = read(sorted(chosen))

    forget_review(library, f"/notes/{chosen[0]}")
    ingest_review(library, REVIEWS[chosen[0]].encode(), f"/notes/{chosen[0]}", now=NOW)

    assert contents(library) == contents(read(sorted(chosen)))


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("# Notes\n\n## 1. {} (2015)\n\n" + SAID, ["both.md", "other-number.md", "preprint.md"]),
        (
            "# Notes\n\n## 1. {} (Bee et al. 2016)\n\n" + SAID,
            ["both.md", "other-number.md", "preprint.md"],
        ),
        (
            "# Notes\n\n## 1. {} (2002)\n\n" + SAID,
            ["both.md", "journal.md"],
        ),  # years that cannot be one's
        ("- C. Dee, {}, 2002.\n", ["both.md", "journal.md"]),
        ("- C. Dee, {}, 2002.\n", ["title.md", "journal.md"]),  # a title that two papers share
    ],
)
def test_years_and_people_that_are_told_later_count_as_if_told_before(
    text: str, others: list[str]
) -> None:
    told = {"told.md": text.format("Going Far With Rockets And Steam")}

    known = [contents(read(list(names), told)) for names in permutations([*others, *told])]

    assert all(one == known[0] for one in known)


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("RocketNet: Going Far With Rockets And Steam", "RocketNet"),
        ("Going Far With Rockets And Steam", "Going Far With Rockets And Steam"),
    ],
)
def test_a_paper_that_is_only_named_in_passing_goes_with_its_last_entry(
    entry: str, name: str
) -> None:
    library = Library.open(None)
    listed = f"# Papers\n\n- [{entry}](https://arxiv.org/abs/1512.00001)\n"
    ingest_review(library, listed.encode(), "a.md", now=NOW)
    ingest_review(library, f"Today I read {name} again.\n".encode(), "b.md", now=NOW)
    assert [row[3] for row in contents(library)["mentions"]] == ["listed", "named"]

    forget_review(library, "a.md")

    assert contents(library) == {"papers": [], "mentions": [], "relations": []}
