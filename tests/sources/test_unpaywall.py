"""Unpaywall: open copies, and nothing without an address."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.sources.unpaywall import Unpaywall, find_copy, parse_answer, parse_results

COPY = "https://arxiv.org/pdf/1512.03385"


@pytest.mark.parametrize(
    ("work", "copy"),
    [
        ({"best_oa_location": {"url_for_pdf": COPY}}, COPY),
        (
            {"best_oa_location": {"url": "https://x.org"}, "oa_locations": [{"url_for_pdf": COPY}]},
            COPY,
        ),
        ({"best_oa_location": None, "oa_locations": []}, None),
        ({"oa_locations": [{"url_for_pdf": "javascript:alert(1)"}]}, None),
        ({"oa_locations": None}, None),
        ({}, None),
    ],
)
def test_an_open_copy_is_a_pdf(work: dict[str, Any], copy: str | None) -> None:
    assert find_copy(work) == copy


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ([{"given": "Yann", "family": "LeCun"}], ("Yann LeCun",)),
        ([{"raw_author_name": "Michael Herger", "author_position": "first"}], ("Michael Herger",)),
        (None, ()),
        ([{}], ()),
    ],
)
def test_people_of_old_and_new_answers(people: Any, names: tuple[str, ...]) -> None:
    record = parse_answer({"doi": "10.1000/x", "title": "On Nets", "z_authors": people})

    assert record is not None
    assert record.authors == names


@pytest.mark.parametrize(
    "work",
    [
        {"doi": "10.1000/x", "title": None},
        {"doi": "10.1000/x", "title": "Issue 3", "genre": "journal-issue"},
        {"doi": "10.1000/x", "title": "Contents", "is_paratext": True},
        {"doi": None, "title": "On Nets"},
    ],
)
def test_what_is_no_paper_is_none(work: dict[str, Any]) -> None:
    assert parse_answer(work) is None


def test_without_an_address_nothing_is_asked(recorded: Any) -> None:
    source = Unpaywall(recorded)

    assert source.paper("doi:10.1038/nature14539") is None
    assert source.find_title("Deep Residual Learning for Image Recognition") == ()
    assert recorded.asked == []


@pytest.mark.parametrize("data", [None, [], {}, {"results": None}])
def test_what_is_no_answer_is_refused(data: Any) -> None:
    with pytest.raises(SourceError):
        parse_results(data)
    with pytest.raises(SourceError):
        parse_answer(data)
