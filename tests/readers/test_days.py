"""Days as people write them in notes."""

from __future__ import annotations

import pytest
from papergraph.readers.days import find_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-01-04", "2016-01-04"),
        ("2016/1/4", "2016-01-04"),
        ("2016.01", "2016-01"),
        ("4 Jan 2016", "2016-01-04"),
        ("4th of January, 2016", "2016-01-04"),
        ("Jan 4, 2016", "2016-01-04"),
        ("January 2016", "2016-01"),
        ("4. Januar 2016", "2016-01-04"),
        ("4.1.2016", "2016-01-04"),
        ("4 août 2016", "2016-08-04"),
        ("4 de enero de 2016", "2016-01-04"),
        ("2016年1月4日", "2016-01-04"),
        ("2016년 1월 4일", "2016-01-04"),
        ("2016", "2016"),
        ("4 Jan", None),
        ("4/1/2016", None),
        ("31 Feb 2016", None),
        ("2016-13-01", None),
        ("some day in 2016", None),
    ],
)
def test_a_day_is_read_as_far_as_it_is_told(text: str, day: str | None) -> None:
    assert find_day(text) == day
