"""Which stored texts have a name or a title in them."""

from __future__ import annotations

import pytest
from papergraph.ingest import ingest_review
from papergraph.library import Library
from papergraph.text import title_key

NOW = "2026-01-31T12:00:00Z"
TITLE = "Going Far in C++ & Python: Rockets"
OTHERS = [f"noword{number}ofthisisthere" for number in range(100)]


@pytest.mark.parametrize("others", [[], OTHERS])
@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("I read Going far in C++ & Python: rockets again.", True),
        ("I read Going Far\nin C++/Python - *Rockets*.", True),
        ("<p>I read Going <b>Far</b> in C++ &amp; Python: Rockets.", True),
        ("오늘은 Going Far in C++ & Python: Rockets논문을 읽었다.", True),
        ("I read “Going Far” in C++ & Python – ‘Rockets’ again.", True),
        ("I read Going Far in C++ & Python.", False),
        ("I read Undergoing Far in C++ & Python: Rockets.", False),
    ],
)
def test_a_title_is_seen_in_a_stored_text(
    bare: Library, text: str, others: list[str], *, is_there: bool
) -> None:
    ingest_review(bare, text.encode(), "a.md", now=NOW)
    key = title_key(TITLE)

    found = bare.writing.naming([key, *others])

    assert found == ({"a.md": {key}} if is_there else {})


def test_only_the_texts_asked_for_are_looked_into(bare: Library) -> None:
    for origin in ("a.md", "b.md"):
        ingest_review(bare, f"We met RocketNets in {origin}.".encode(), origin, now=NOW)

    assert bare.writing.naming(["rocketnet"], among=["b.md"]) == {"b.md": {"rocketnet"}}
