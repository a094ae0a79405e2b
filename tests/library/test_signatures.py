"""Signatures of texts: they never deny what a text holds, and turn most others away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.ingest import forget_review, ingest_review
from papergraph.library import Library
from papergraph.library.signatures import letters_of, rows_of, sign_letters
from papergraph.models import byline_key, bylines_among, index_bylines
from papergraph.text import name_key
from tests.conftest import NOW

STORED = "SELECT count(*) FROM review_signatures"


def enter(library: Library, **texts: str) -> dict[str, int]:
    """Ingest texts by their origins; returns their numbers."""
    for origin, text in texts.items():
        ingest_review(library, text.encode(), origin, now=NOW)
    return {card.origin: card.id for card in library.reviews.all()}


@given(st.text(max_size=60), st.text(min_size=3, max_size=30), st.text(max_size=60))
def test_what_a_text_holds_its_signature_does_not_deny(before: str, name: str, after: str) -> None:
    text = f"{before} {name} {after}"
    key = name_key(name).encode("utf-8", "replace")

    signed = sign_letters(text)

    if any(key in letters for letters in letters_of(text)):
        assert all(signed[bit >> 3] >> (bit & 7) & 1 for bit in rows_of(key).tolist())


def test_texts_without_a_name_are_turned_away(bare: Library) -> None:
    number = enter(
        bare,
        a="We met RocketNets in fog.",
        b="Steam goes far.",
        c="<b>Rocket</b>Net &amp; steam",
        d="Nothing is here.",
    )

    assert bare.writing.signatures.holding(["rocketnet"]) == {number["a"], number["c"]}
    assert bare.writing.signatures.holding(["rocketnet", "steamgoes"]) == {
        number[origin] for origin in "abc"
    }
    assert bare.writing.signatures.holding([]) == set()


@pytest.mark.parametrize("keys", [["r1"], [f"name{n}" for n in range(4000)]])
def test_names_too_short_or_too_many_are_looked_for_in_all_texts(
    bare: Library, keys: list[str]
) -> None:
    enter(bare, a="Steam goes far.")

    assert bare.writing.signatures.holding(keys) is None


@pytest.mark.parametrize(
    "text",
    [
        "As Bee et al. (2015) said.",
        "As Bee et al. (2016) said.",
        "(see Müller & Bée, 2015; Bee et al., 2014)",
        "Steam goes far [@bee2015going].",
        "Bee et al. ’15 and Cee 2014, Bee and Dee, '15",
    ],
)
def test_texts_that_may_name_people_are_found(bare: Library, text: str) -> None:
    number = enter(bare, a=text, b="Cee et al. (2015) and Bee et al. (2001), a bee in 1999.")
    key = byline_key("bee", 2015)
    assert bylines_among(text, index_bylines([key])) <= {key}

    assert bare.writing.signatures.citing([key]) == {number["a"]}


def test_texts_stored_before_there_were_signatures_are_signed_when_asked(bare: Library) -> None:
    number = enter(bare, a="We met RocketNets in fog.", b="Steam goes far.")
    bare.database.execute_raw("DELETE FROM review_signatures")

    assert bare.writing.signatures.holding(["rocketnet"]) == {number["a"]}
    assert bare.database.read(STORED)[0][0] == 2


def test_a_signature_changes_and_goes_with_its_text(bare: Library) -> None:
    enter(bare, a="We met RocketNets in fog.")
    number = enter(bare, a="We met SteamNets in fog.")

    assert bare.writing.signatures.holding(["rocketnet"]) == set()
    assert bare.writing.signatures.holding(["steamnet"]) == {number["a"]}
    forget_review(bare, "a")
    assert bare.database.read(STORED)[0][0] == 0
