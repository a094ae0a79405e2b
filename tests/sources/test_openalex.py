"""OpenAlex: lists by filter, hydrated references, merged works, abstracts out of their index."""

from __future__ import annotations

import json
from typing import Any

import pytest
from papergraph.sources.openalex import OpenAlex, gather_references, parse_record, read_inverted

WORK = {"id": "https://openalex.org/W1001", "title": "A title"}
ABSTRACTS = [
    (None, ""),
    ({}, ""),
    ({"b": [1], "a": [0, 2]}, "a b a"),
    ({"a": None, "b": ["x", 3]}, "b"),
    ([1], ""),
]
DATES = [("2015-12-10", "2015-12"), ("2015-01-01", None), ("2015", None), (None, None)]


def answer(*rows: Any) -> str:
    """A list of works."""
    return json.dumps({"meta": {"count": len(rows)}, "results": list(rows)})


def test_a_work_gives_all_fields(recorded: Any) -> None:
    found = OpenAlex(recorded).paper("doi:10.1109/cvpr.2016.90")

    assert found is not None
    record = found.record
    assert record.identifiers == ("openalex:W1001", "doi:10.1109/cvpr.2016.90")
    assert (record.year, record.published, record.venue) == (2016, "2016-06", "CVPR")
    assert record.abstract == "We ease training."
    assert record.citations_elsewhere is not None
    assert record.citations_elsewhere.count == 7


def test_a_merged_work_is_found_under_the_old_id(recorded: Any) -> None:
    found = OpenAlex(recorded).papers(["openalex:W1998", "openalex:W1005"])

    assert found["openalex:W1998"].record.identifiers[0] == "openalex:W1001"


def test_references_of_all_papers_are_hydrated_together(recorded: Any) -> None:
    asked = ["doi:10.1109/cvpr.2016.90", "doi:10.1000/4", "arxiv:2304.05376"]

    found = OpenAlex(recorded).papers(asked)

    lists = [found[item].references for item in asked]
    assert [item and item.state for item in lists] == ["partial", "empty", "empty"]
    assert len(recorded.asked) == 2


def test_a_retracted_work_stays_and_is_tagged(recorded: Any) -> None:
    found = OpenAlex(recorded).papers(["pmid:26017442"])["pmid:26017442"]

    assert found.record.tags == ("retracted",)
    assert found.record.title == "On deep water"


def test_counts_and_venues_of_preprints_are_not_taken(recorded: Any) -> None:
    asked = ["doi:10.1109/cvpr.2016.90", "doi:10.1000/4", "arxiv:2304.05376"]

    record = OpenAlex(recorded).papers(asked)["arxiv:2304.05376"].record

    assert (record.citations_elsewhere, record.venue) == (None, None)


@pytest.mark.parametrize(("index", "text"), ABSTRACTS)
def test_an_abstract_is_written_out(index: object, text: str) -> None:
    assert read_inverted(index) == text


@pytest.mark.parametrize(("date", "month"), DATES)
def test_the_first_of_january_is_only_a_year(date: str | None, month: str | None) -> None:
    record = parse_record({**WORK, "publication_date": date})

    assert record is not None
    assert record.published == month


@pytest.mark.parametrize("title", [None, "", "Deleted Work"])
def test_a_work_without_title_is_no_paper(title: str | None) -> None:
    assert parse_record({**WORK, "title": title}) is None


def test_an_arxiv_copy_names_the_preprint() -> None:
    places = [{"landing_page_url": "http://arxiv.org/abs/1512.03385v1"}]

    record = parse_record({**WORK, "doi": "https://doi.org/10.1000/1", "locations": places})

    assert record is not None
    assert record.identifiers == ("openalex:W1001", "doi:10.1000/1", "arxiv:1512.03385")


def test_a_work_that_was_not_asked_for_its_list_says_nothing_of_it() -> None:
    assert gather_references(WORK, {}).state == "unknown"


def test_filters_keep_to_a_hundred_values_and_to_the_length_of_a_url(counting: Any) -> None:
    fetcher = counting(*[answer()] * 9)
    dois = [f"doi:10.1016/j.averylongjournalname.{number:05}.0001.00" for number in range(120)]

    OpenAlex(fetcher).papers(dois)

    asked = [call["params"]["filter"] for call in fetcher.calls]
    assert sum(len(query.split("|")) for query in asked) == 120
    assert max(map(len, asked)) < 3_500
    assert {call["path"] for call in fetcher.calls} == {"/works"}


def test_two_hundred_and_fifty_cited_works_are_three_requests(counting: Any) -> None:
    cited = [f"https://openalex.org/W{number}" for number in range(2000, 2250)]
    work = {**WORK, "referenced_works": cited, "referenced_works_count": 250}
    fetcher = counting(json.dumps(work), *[answer()] * 3)

    found = OpenAlex(fetcher).references("openalex:W1001")

    assert (found.state, found.expected, len(found.references)) == ("partial", 250, 250)
    assert len(fetcher.calls) == 4


def test_a_doi_with_a_comma_is_asked_for_alone(counting: Any) -> None:
    fetcher = counting(json.dumps({**WORK, "doi": "https://doi.org/10.1000/a,b"}))

    found = OpenAlex(fetcher).papers(["doi:10.1000/a,b"])

    assert list(found) == ["doi:10.1000/a,b"]
    assert fetcher.calls[0]["path"] == "/works/doi:10.1000/a%2Cb"


def test_a_title_search_has_no_signs_that_end_a_filter(counting: Any) -> None:
    fetcher = counting(answer())

    OpenAlex(fetcher).find_title("Water, ice: a | b")

    assert fetcher.calls[0]["params"]["filter"] == "title.search:water ice a b"


def test_citing_papers_come_newest_first_up_to_the_limit(counting: Any) -> None:
    rows = [{**WORK, "id": f"https://openalex.org/W{3000 + n}"} for n in range(100)]
    fetcher = counting(answer(*rows), answer(*rows[:20]))

    found = OpenAlex(fetcher).citations("openalex:W1001", limit=110)

    assert len(found) == 110
    assert [call["params"]["page"] for call in fetcher.calls] == ["1", "2"]
    assert fetcher.calls[0]["params"]["sort"] == "publication_date:desc"
