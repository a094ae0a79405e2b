"""DataCite: arXiv's DOIs, data sets, placeholders for people, dates of the first version."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.sources.datacite import DataCite, parse_answer

TITLES = [
    ([{"title": "One"}], "One"),
    ([{"title": "Eins", "titleType": "TranslatedTitle"}, {"title": "One"}], "One"),
    ([{"title": "One"}, {"title": "or two", "titleType": "Subtitle"}], "One: or two"),
]
DATES = [
    ([{"date": "2016-01-02", "dateType": "Submitted"}], "2016-01", 2016),
    ([{"date": "2019-05-02", "dateType": "Updated"}], None, 2015),
    ([{"date": "2016", "dateType": "Issued"}], None, 2016),
    ([], None, 2015),
]


def answer(**attributes: Any) -> dict[str, Any]:
    """An answer about one DOI."""
    given = {"doi": "10.5281/zenodo.1", "titles": [{"title": "One"}], "publicationYear": 2015}
    return {"data": {"attributes": given | attributes}}


def test_an_arxiv_paper_gives_all_fields(recorded: Any) -> None:
    found = DataCite(recorded).paper("arxiv:1512.03385")

    assert found is not None
    record = found.record
    assert record.identifiers == ("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90")
    assert record.authors == ("Kaiming He",)
    assert (record.year, record.published) == (2015, "2015-12")
    assert record.abstract == "We ease the training."


def test_only_what_a_data_set_cites_is_its_list(recorded: Any) -> None:
    found = DataCite(recorded).references("doi:10.5061/dryad.1")

    assert [item.record.identifiers for item in found.references] == [("doi:10.1000/4",)]


@pytest.mark.parametrize(("titles", "expected"), TITLES)
def test_the_own_title_is_taken(titles: list[dict[str, str]], expected: str) -> None:
    found = parse_answer(answer(titles=titles))

    assert found is not None
    assert found.record.title == expected


@pytest.mark.parametrize(("dates", "month", "year"), DATES)
def test_the_first_own_date_is_taken(
    dates: list[dict[str, str]], month: str | None, year: int
) -> None:
    found = parse_answer(answer(dates=dates))

    assert found is not None
    assert (found.record.published, found.record.year) == (month, year)


def test_a_version_of_other_data_is_not_its_published_form() -> None:
    related = [
        {
            "relationType": "IsVersionOf",
            "relatedIdentifierType": "DOI",
            "relatedIdentifier": "10.5281/zenodo.0",
        }
    ]

    found = parse_answer(answer(relatedIdentifiers=related))

    assert found is not None
    assert found.record.identifiers == ("doi:10.5281/zenodo.1",)
