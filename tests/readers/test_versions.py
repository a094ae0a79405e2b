"""Several versions of one name in a row are all named; other figures after a name are none."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

NAMES = ("RocketNet", "RocketNet-v2", "RocketNet-v3", "RocketNet-v4", "KITE-2", "KITE-3", "SOLE")
NAMED = [
    ("We ran RocketNet v2/v3 on it.", ["RocketNet-v2", "RocketNet-v3"]),
    ("We ran RocketNet-v2/3 on it.", ["RocketNet-v2", "RocketNet-v3"]),
    ("We ran RocketNetv2, v3 and v4.", ["RocketNet-v2", "RocketNet-v3", "RocketNet-v4"]),
    (
        "We ran RocketNet v1-v4 on it.",
        ["RocketNet", "RocketNet-v2", "RocketNet-v3", "RocketNet-v4"],
    ),
    ("KITE-2/3 are large.", ["KITE-2", "KITE-3"]),
    ("kite-2/3 are large.", ["KITE-2", "KITE-3"]),
    ("KITE-2/3/4 are large.", ["KITE-2", "KITE-3"]),
    ("KITE-2 and 3 others are large.", ["KITE-2"]),
    ("KITE-2, 3 times.", ["KITE-2"]),
    ("SOLE 1-3 layers deep.", ["SOLE"]),
    ("RocketNet-50/101 are deep.", ["RocketNet"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_every_known_version_in_a_row_is_named(text: str, expected: list[str]) -> None:
    found = read_review(text.encode(), "a.md", names=NAMES).mentions

    assert [mention.nickname for mention in found] == expected


def test_versions_of_the_page_itself_are_not_named_again() -> None:
    text = "- [KITE-3](https://arxiv.org/abs/1601.00002) flies\n\nBoth KITE-2/3 are large.\n"

    found = read_review(text.encode(), "a.md", names=NAMES).mentions

    assert [mention.nickname for mention in found if mention.role == "named"] == ["KITE-2"]
