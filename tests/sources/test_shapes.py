"""What JSON is taken for: nothing is assumed of its types."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.sources.shapes import (
    chunks,
    count_of,
    expect_object,
    month_of_parts,
    name_identifiers,
    number_of,
    objects,
    people_of,
    text_of,
    year_of_parts,
)

NUMBERS = [(3, 3), ("12", 12), (0, 0), (-1, None), (True, None), ("x", None), (1.5, None)]
PARTS = [
    ({"date-parts": [[2015, 12, 10]]}, "2015-12", 2015),
    ({"date-parts": [[2015]]}, None, 2015),
    ({"date-parts": [["2015", "3"]]}, "2015-03", 2015),
    ({"date-parts": [[None]]}, None, None),
    ({"date-parts": []}, None, None),
    ({"date-parts": [[2015, 13]]}, None, 2015),
    ({"raw": "2015"}, None, None),
    (None, None, None),
]
IDENTIFIERS = [
    ((("doi", "https://doi.org/10.1000/A"),), ("doi:10.1000/a",)),
    ((("doi", "10.48550/ARXIV.1512.03385"),), ("arxiv:1512.03385",)),
    ((("pmid", 26017442),), ("pmid:26017442",)),
    ((("doi", ""), ("doi", None), ("doi", ["x"]), ("s2", "nonsense")), ()),
    ((("doi", "10.1000/a"), ("doi", "10.1000/A")), ("doi:10.1000/a",)),
]


@pytest.mark.parametrize(("value", "expected"), NUMBERS)
def test_numbers_are_whole_and_not_negative(value: object, expected: int | None) -> None:
    assert number_of(value) == expected


@pytest.mark.parametrize(("parts", "month", "year"), PARTS)
def test_date_parts_may_be_short(parts: object, month: str | None, year: int | None) -> None:
    assert (month_of_parts(parts), year_of_parts(parts)) == (month, year)


@pytest.mark.parametrize(("named", "expected"), IDENTIFIERS)
def test_identifiers_are_written_one_way_or_left_out(
    named: tuple[tuple[str, Any], ...], expected: tuple[str, ...]
) -> None:
    assert name_identifiers(*named) == expected


def test_one_object_counts_as_a_list_of_one() -> None:
    assert list(objects({"a": 1})) == [{"a": 1}]
    assert list(objects([{"a": 1}, None, 3])) == [{"a": 1}]
    assert list(objects("text")) == []


def test_texts_may_stand_in_a_list() -> None:
    assert text_of(["", " first ", "second"]) == "first"
    assert (text_of(None), text_of("null"), text_of(3)) == ("", "", "")


def test_people_are_written_as_they_sign() -> None:
    people = [{"given": "K.", "family": "He"}, {"name": "A Group"}, {"literal": "B"}, {}, None]

    assert people_of(people) == ("K. He", "A Group", "B")


def test_a_count_needs_a_day() -> None:
    assert count_of(3, "s2", "") is None
    assert count_of(None, "s2", "2026-01-31") is None


def test_chunks_hold_everything_once() -> None:
    assert list(chunks(["a", "b", "a", "c"], 2)) == [["a", "b"], ["c"]]


def test_what_is_no_object_is_refused_with_its_beginning() -> None:
    with pytest.raises(SourceError, match=r"s2 answered .*\[1, 2\].* where an object with 'data'"):
        expect_object([1, 2], "s2", "data")
