"""Crossref: works as deposited, reference lists of DOIs, titles and lines of text, retractions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.sources.crossref import (
    Crossref,
    parse_answer,
    parse_reference,
    parse_work,
    title_in_line,
)

WORK = {"DOI": "10.1000/1", "title": ["A title"]}
LINES = [
    ("Thomas, L. (2002) Building Social Capital. Exeter: BERA.", "Building Social Capital"),
    (
        "Dewey, J. (1933a). How We Think: A Restatement. Massachusetts: Heath.",
        "How We Think: A Restatement",
    ),
    (
        "G. Hinton, “Reducing the dimensionality of data,” Science, 2006.",
        "Reducing the dimensionality of data",
    ),
    ('K. He, "Deep residual learning", 2016', "Deep residual learning"),
    ("F. Bouchut and F. James, One-dimensional transport, Nonlinear Analysis, 32 (1998) 891.", ""),
    ("Dearing Report see National Committee of Enquiry.", ""),
    ("", ""),
]
REFERENCES = [
    ({"key": "1", "DOI": "10.1000/2"}, "doi:10.1000/2", ("doi:10.1000/2",), "stub"),
    ({"DOI": "10.1000/2", "article-title": "Water"}, "Water", ("doi:10.1000/2",), "article"),
    ({"article-title": "<i>Water</i> &amp; ice"}, "Water & ice", (), "stub"),
    ({"volume-title": "A book of water"}, "A book of water", (), "stub"),
    ({"DOI": "10.48550/arXiv.1409.1556"}, "arxiv:1409.1556", ("arxiv:1409.1556",), "stub"),
    (
        {"unstructured": "Somebody, doi: 10.1000/3, 2014"},
        "doi:10.1000/3",
        ("doi:10.1000/3",),
        "stub",
    ),
]
NOTICES = [
    ({"updated-by": [{"type": "retraction", "DOI": "10.1000/9"}]}, ("retracted",)),
    ({"updated-by": [{"type": "correction", "DOI": "10.1000/9"}]}, ()),
    ({"updated-by": [{"type": "withdrawal"}, {"type": "retraction"}]}, ("withdrawn", "retracted")),
    ({"update-to": [{"type": "retraction", "DOI": "10.1000/1"}]}, ("retracted",)),
    # the notice of a retraction is a paper of its own
    ({"update-to": [{"type": "retraction", "DOI": "10.1000/7"}]}, ()),
    ({"title": ["RETRACTED: A title"]}, ("retracted",)),
    ({"title": ["Retraction of votes"]}, ()),
]
LISTS = [
    ({}, None),
    ({"reference-count": 0}, "empty"),
    ({"reference-count": 13}, "withheld"),
    ({"reference-count": 1, "reference": [{"DOI": "10.1000/2"}]}, "complete"),
    ({"reference-count": 2, "reference": [{"DOI": "10.1000/2"}]}, "partial"),
    ({"reference-count": 1, "reference": [{"key": "1"}]}, "partial"),
]


def test_a_work_gives_all_fields(recorded: Any) -> None:
    found = Crossref(recorded).paper("doi:10.1109/cvpr.2016.90")

    assert found is not None
    record = found.record
    assert record.authors == ("Kaiming He", "Jürgen Sun")
    assert (record.year, record.published) == (2016, "2016-06")
    assert record.venue == "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)"
    assert record.citations_elsewhere is not None
    assert record.citations_elsewhere.source == "crossref"


def test_the_earliest_month_counts_and_the_abstract_is_text(recorded: Any) -> None:
    asked = ["doi:10.1109/cvpr.2016.90", "doi:10.1000/4"]

    record = Crossref(recorded).papers(asked)["doi:10.1000/4"].record

    assert (record.year, record.published) == (2015, "2014-12")
    assert (record.abstract, record.authors) == ("Cold water.", ("The Water Group",))
    assert record.tags == ("retracted",)


@pytest.mark.parametrize(("line", "title"), LINES)
def test_a_title_is_found_in_a_line_where_it_is_marked(line: str, title: str) -> None:
    assert title_in_line(line) == title


@pytest.mark.parametrize(("row", "title", "identifiers", "kind"), REFERENCES)
def test_a_reference_is_named_by_what_it_has(
    row: dict[str, str], title: str, identifiers: tuple[str, ...], kind: str
) -> None:
    found = parse_reference(row)

    assert found is not None
    assert (found.record.title, found.record.identifiers) == (title, identifiers)
    assert found.record.kind == kind


def test_a_reference_that_names_nothing_is_none() -> None:
    assert parse_reference({"key": "5", "unstructured": "See the report."}) is None


@pytest.mark.parametrize(("more", "tags"), NOTICES)
def test_a_retracted_paper_is_tagged(more: dict[str, Any], tags: tuple[str, ...]) -> None:
    found = parse_work({**WORK, **more}, "")

    assert found is not None
    assert found.record.tags == tags


@pytest.mark.parametrize(("more", "state"), LISTS)
def test_a_list_has_a_state(more: dict[str, Any], state: str | None) -> None:
    found = parse_work({**WORK, **more}, "")

    assert found is not None
    assert (found.references and found.references.state) == state


@pytest.mark.parametrize("title", [[], [""], None])
def test_a_work_without_title_is_no_paper(title: object) -> None:
    assert parse_work({**WORK, "title": title}, "") is None


def test_a_failure_inside_an_answer_is_told() -> None:
    failed = {"status": "failed", "message": [{"message": "Cursor is invalid"}]}

    with pytest.raises(SourceError, match="Cursor is invalid"):
        parse_answer(failed, "")


def test_forty_dois_go_into_one_request(counting: Any) -> None:
    fetcher = counting(json.dumps({"status": "ok", "message": {"items": []}}))

    Crossref(fetcher).papers([f"doi:10.1000/{number}" for number in range(90)])

    sizes = [call["params"]["filter"].count("doi:") for call in fetcher.calls]
    assert sizes == [40, 40, 10]
    assert [call["params"]["rows"] for call in fetcher.calls] == ["40", "40", "10"]
