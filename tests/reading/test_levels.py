"""Each step says how far it is from the target, and what is said against its place."""

from __future__ import annotations

import pytest
from papergraph.library import Library, StoredRelation
from tests.conftest import NOW
from tests.drawing import Drawing, draw

#   a <- b <- c <- d
PAPERS = "a:2010-01 b:2011-01 c:2012-01 d:2013-01"
CHAIN = "b>a c>b d>c"


@pytest.fixture
def chain(bare: Library) -> Drawing:
    return draw(bare, PAPERS, says=CHAIN)


def say(drawing: Drawing, later: str, earlier: str, **said: object) -> None:
    source = drawing.library.papers.add_source("a list", "review", NOW)
    relation = {
        "kind": "order",
        "origin_kind": "curated",
        "source": "a list",
        "text": "stands before it in a list",
        "stated": False,
    }
    numbers = {"later": drawing.numbers[later], "earlier": drawing.numbers[earlier]}
    drawing.library.reviews.add_relations([StoredRelation(**numbers, **relation | said)], source)
    drawing.library.touch_graph()


@pytest.mark.parametrize(
    ("targets", "levels"),
    [
        ("d", ["background", "background", "core", "frontier"]),
        ("b", ["core", "frontier"]),
        ("a", ["frontier"]),
        ("bd", ["core", "frontier", "core", "frontier"]),
    ],
)
def test_what_a_target_needs_itself_is_core(
    chain: Drawing, targets: str, levels: list[str]
) -> None:
    assert [step.level for step in chain.path(targets).steps] == levels


def test_a_list_that_disagrees_is_shown_beside_the_step(chain: Drawing) -> None:
    say(chain, "b", "c")

    steps = chain.path("d").steps

    assert chain.letters(step.paper for step in steps) == "abcd"
    assert [[item.text for item in step.against] for step in steps] == [
        [],
        ["stands before it in a list"],
        [],
        [],
    ]
    assert steps[1].as_json()["against"][0]["text"] == "stands before it in a list"


@pytest.mark.parametrize(
    ("later", "earlier", "said"),
    [("c", "b", {}), ("b", "c", {"kind": "compares", "stated": True})],
)
def test_what_agrees_or_only_compares_is_not_against(
    chain: Drawing, later: str, earlier: str, said: dict[str, object]
) -> None:
    say(chain, later, earlier, **said)

    assert [step.against for step in chain.path("d").steps] == [()] * 4
