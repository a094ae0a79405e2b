"""OpenCitations: edges in the writing of two versions."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.sources.opencitations import OpenCitations, names_of, parse_edges


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("10.1001/jama.295.1.90", ("doi:10.1001/jama.295.1.90",)),
        ("coci => 10.1001/jama.295.1.90", ("doi:10.1001/jama.295.1.90",)),
        ("omid:br/061 doi:10.1108/x pmid:33817056 openalex:W2020", (
            "doi:10.1108/x", "pmid:33817056", "openalex:W2020")),
        ("10.1002/(sici)1097-4571(198909)40:5<342::aid-asi7>3.0.co;2-u", (
            "doi:10.1002/(sici)1097-4571(198909)40:5<342::aid-asi7>3.0.co;2-u",)),
        ("omid:br/061", ()),
        ("omid:br/1 doi:10.48550/arxiv.1512.03385", ("arxiv:1512.03385",)),
        ("", ()),
    ],
)  # fmt: skip
def test_names_of_an_end(text: str, names: tuple[str, ...]) -> None:
    assert names_of(text) == names


def test_both_versions_give_the_same_edge() -> None:
    first = [{"citing": "10.1000/a", "cited": "10.1000/b", "creation": "2015-03-09"}]
    second = [
        {"citing": "omid:1 doi:10.1000/a", "cited": "doi:10.1000/b", "creation": "2015-03-09"}
    ]

    assert parse_edges(first, "citing") == parse_edges(second, "citing")


def test_a_paper_that_cites_is_dated_by_the_edge_and_one_that_is_cited_is_not() -> None:
    rows = [{"citing": "10.1000/a", "cited": "10.1000/b", "creation": "2015-03"}]

    ((_, citing),), ((_, cited),) = parse_edges(rows, "citing"), parse_edges(rows, "cited")

    assert (citing.record.year, citing.record.published) == (2015, "2015-03")
    assert (cited.record.year, cited.record.published) == (None, None)


def test_an_edge_told_twice_is_one() -> None:
    row = {"citing": "10.1000/a", "cited": "10.1000/b", "creation": ""}

    assert len(parse_edges([row, row], "cited")) == 1


def test_who_cites_is_cut_after_sorting(recorded: Any) -> None:
    (newest,) = OpenCitations(recorded).citations("doi:10.1038/nature14539", limit=1)

    assert newest.record.published == "2017-01"


@pytest.mark.parametrize("data", [None, {}, {"error": "x"}, [{"title": "x"}], "x"])
def test_what_is_no_list_of_edges_is_refused(data: Any) -> None:
    with pytest.raises(SourceError):
        parse_edges(data, "cited")
