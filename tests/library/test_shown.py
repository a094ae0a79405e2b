"""What is shown of papers is written when it is new, and only then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from papergraph.library import Library
from papergraph.models import PaperRecord
from sqlalchemy import event

NOW, LATER = "2026-01-31T12:00:00Z", "2026-02-01T12:00:00Z"
ROCKETS = PaperRecord(
    title="Going Far With Rockets and Steam",
    source="review:a.md",
    year=2016,
    identifiers=("arxiv:1601.00001", "doi:10.1234/rockets"),
    nicknames=("RocketNet", "Rocket Net", "RN"),
)
BOATS = PaperRecord(title="Small Boats", source="review:a.md", identifiers=("arxiv:1702.00002",))


def shown(library: Library, *numbers: int) -> list[tuple[object, ...]]:
    cards = library.papers.get(numbers)
    return [(c.title, c.year, c.identifiers, c.nicknames) for c in map(cards.get, numbers) if c]


def test_papers_stored_at_once_are_shown_as_one_by_one(bare: Library) -> None:
    both = bare.papers.add_many([ROCKETS, BOATS], NOW)

    assert shown(bare, *both) == [
        ("Going Far With Rockets and Steam", 2016, ROCKETS.identifiers, ("RocketNet", "RN")),
        ("Small Boats", None, BOATS.identifiers, ()),
    ]
    assert bare.papers.add_many([], NOW) == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Going Nearer"},
        {"year": None},
        {"identifiers": ()},
        {"identifiers": ("arxiv:1601.00001", "pmid:17")},
        {"nicknames": ("RN", "RocketNet")},
        {"nicknames": ("Rocketnet",)},
    ],
)
def test_what_a_source_changes_its_mind_about_is_shown(
    bare: Library, change: dict[str, Any]
) -> None:
    number = bare.papers.add(ROCKETS, NOW)
    changed = replace(ROCKETS, **change)

    bare.papers.put_record(number, changed, LATER)

    names = ("RocketNet", "RN") if "nicknames" not in change else changed.nicknames
    assert shown(bare, number) == [(changed.title, changed.year, changed.identifiers, names)]


def test_an_identifier_given_up_is_free_for_those_that_come_later(bare: Library) -> None:
    one, two, three = bare.papers.add_many([ROCKETS, BOATS, replace(BOATS, identifiers=())], NOW)
    mine = BOATS.identifiers

    said = {one: ("pmid:17", *mine), two: (), three: mine}
    bare.papers.put_records({n: replace(ROCKETS, identifiers=i) for n, i in said.items()}, LATER)

    assert bare.papers.by_identifier((*mine, "pmid:17")) == {mine[0]: three, "pmid:17": one}


def test_what_is_said_again_is_not_written_again(bare: Library) -> None:
    numbers = bare.papers.add_many([ROCKETS, BOATS], NOW)
    statements: list[str] = []
    event.listen(
        bare.database.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, sql, *_: statements.append(sql),
    )

    bare.papers.put_records(dict(zip(numbers, (ROCKETS, BOATS), strict=True)), LATER)

    tables = ("UPDATE papers", "INTO identifiers", "INTO nicknames", "DELETE")
    assert not [sql for sql in statements if any(table in sql for table in tables)]
    assert statements
