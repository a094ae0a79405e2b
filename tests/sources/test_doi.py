"""doi.org: CSL-JSON of any agency; a landing page means that the agency has no data."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.sources.doi import Doi, parse_csl


def test_the_doi_of_a_preprint_is_its_arxiv_id(recorded: Any) -> None:
    found = Doi(recorded).paper("arxiv:1512.03385")

    assert found is not None
    record = found.record
    assert record.identifiers == ("arxiv:1512.03385",)
    assert record.authors == ("Kaiming He", "The Group")
    assert (record.year, record.published) == (2015, "2015-12")


@pytest.mark.parametrize("title", ["", None, []])
def test_an_item_without_title_is_no_paper(title: object) -> None:
    assert parse_csl({"type": "article", "DOI": "10.1000/1", "title": title}) is None


@pytest.mark.parametrize("data", [None, [], [{"RA": "Crossref"}], {"status": "none"}])
def test_what_is_no_item_is_refused(data: object) -> None:
    with pytest.raises(SourceError, match="was expected"):
        parse_csl(data)
