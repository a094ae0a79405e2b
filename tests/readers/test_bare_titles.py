"""Titles in lists without links: people, years and labels beside them."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review
from papergraph.readers.bare_titles import part_entry

TITLE = "Going Far With Rockets and Steam"


@pytest.mark.parametrize(
    ("entry", "people", "year"),
    [
        (f"Rumelhart Hinton Williams 86 {TITLE}", ("Rumelhart", "Hinton", "Williams"), 1986),
        (f"Rao & Lindqvist '97: {TITLE}", ("Rao", "Lindqvist"), 1997),
        (f"Bengio et al. 2003. {TITLE}", ("Bengio",), 2003),
        (f"Optional: Krizhevsky, Sutskever 2012 {TITLE}", ("Krizhevsky", "Sutskever"), 2012),
        (f"{TITLE} by Kingma and Welling", ("Kingma", "Welling"), None),
        (f"(facultatif) {TITLE} de Kingma et Welling (2014)", ("Kingma", "Welling"), 2014),
        (f"Required: K. Simonyan and A. Zisserman. {TITLE}", ("K. Simonyan", "A. Zisserman"), None),
        (f"Required: {TITLE}", (), None),
    ],
)
def test_an_entry_tells_its_title_from_people_and_labels(
    entry: str, people: tuple[str, ...], year: int | None
) -> None:
    part = part_entry(entry)

    assert part is not None
    assert (part.title, part.people, part.year) == (TITLE, people, year)
    assert entry[part.start : part.end] == TITLE


@pytest.mark.parametrize(
    "entry",
    [
        "Top 10 Papers of the Whole Year",
        "Week 12 Going Far With Rockets",
        "intro: NIPS 2017 - Workshop on Rockets and Steam",
        "buy milk by Monday",
        TITLE,
    ],
)
def test_other_entries_are_not_parted(entry: str) -> None:
    assert part_entry(entry) is None


def test_a_reading_list_of_many_hands() -> None:
    text = (
        "# Reading list\n\n- Rumelhart Hinton Williams 86 Learning by rockets and steam\n"
        f"- {TITLE} by Rao and Doe\n- Optional: Coming Back From Far Away\n- ask Eva\n"
    )
    found = read_review(text.encode(), "a.md").mentions

    assert [(mention.title, mention.year) for mention in found] == [
        ("Learning by rockets and steam", 1986),
        (TITLE, None),
        ("Coming Back From Far Away", None),
    ]
