"""An identifier that several works claim is void; one that a few writings share is not."""

from __future__ import annotations

import pytest
from papergraph.matching import drop_void, void_identifiers
from papergraph.models import FoundMention

SHEEP, HILLS, GRAVITY, DIGITS = (
    "Counting sheep with small networks",
    "On the geometry of distant hills",
    "Quantum gravity on a lattice",
    "A database of handwritten digits",
)


@pytest.mark.parametrize(
    ("titles", "is_void"),
    [
        ([SHEEP, HILLS, GRAVITY], True),
        ([SHEEP, HILLS, GRAVITY, DIGITS], True),
        ([SHEEP, HILLS], False),
        ([SHEEP, HILLS, HILLS], False),
        ([SHEEP, SHEEP.upper(), f"{SHEEP}: a study", HILLS], False),
        ([SHEEP, "here", "this paper", "PDF"], False),
        ([SHEEP, None, None, ""], False),
    ],
)
def test_three_different_titles_void_an_identifier(titles: list[str | None], is_void: bool) -> None:
    entries = [(title, ["arxiv:1011.1669"]) for title in titles]

    assert void_identifiers(entries) == ({"arxiv:1011.1669"} if is_void else set())


def mention(title: str, *, year: int | None, identifier: str = "arxiv:1011.1669") -> FoundMention:
    return FoundMention(
        line=1,
        column=1,
        text=title,
        sentence=title,
        role="listed",
        title=title,
        year=year,
        identifier=identifier,
        other_identifiers=("doi:10.1/own",) if title == SHEEP else (),
        url="https://arxiv.org/abs/1011.1669" if title == HILLS else "https://example.org/a.pdf",
    )


def test_a_void_identifier_is_taken_off_with_its_address() -> None:
    found = drop_void([mention(title, year=2000) for title in (SHEEP, HILLS, GRAVITY)])

    assert [item.identifier for item in found] == ["doi:10.1/own", None, None]
    assert [bool(item.url) for item in found] == [True, False, True]


def test_words_in_passing_void_nothing() -> None:
    mentions = tuple(mention(title, year=None) for title in (SHEEP, HILLS, GRAVITY))

    assert drop_void(mentions) == mentions
