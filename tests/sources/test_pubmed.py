"""PubMed: conversions, many at once, and who cites."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.sources.pubmed import MOST_IDS, PubMed
from papergraph.sources.source import Reply


class Listening:
    """Remembers the addresses, and knows nothing."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []

    def get(self, source: str, path: str, params: Any = None, **_: Any) -> Reply:
        self.asked.append(dict(params))
        body = b'{"status": "ok", "records": []}' if "idconv" in path else b"<PubmedArticleSet/>"
        if "esummary" in path:
            body = b'{"result": {"uids": []}}'
        return Reply(source=source, url=path, status=200, body=body, fetched_at="2026-01-31")


def test_long_lists_are_asked_for_in_pieces_that_are_not_refused() -> None:
    service = Listening()

    PubMed(service).papers([f"pmid:{number}" for number in range(30_000_000, 30_000_450)])

    assert [row["id"].count(",") + 1 for row in service.asked] == [MOST_IDS, MOST_IDS, 50]
    assert max(len(row["id"]) for row in service.asked) < 4_000


def test_an_archived_paper_is_found_by_its_number_in_pubmed(recorded: Any) -> None:
    found = PubMed(recorded).papers(["pmcid:PMC2883744", "pmcid:PMC3000000"])

    assert found["pmcid:PMC2883744"].record.identifiers[0] == "pmid:20495566"
    summary = found["pmcid:PMC3000000"].record
    assert summary.url == "https://pmc.ncbi.nlm.nih.gov/articles/PMC3000000/"
    assert summary.tags == ("retracted",)


def test_citing_papers_have_their_titles_and_the_newest_comes_first(recorded: Any) -> None:
    newest, older = PubMed(recorded).citations("pmid:26017442")

    assert newest.record.tags == ("retracted",)
    assert (newest.record.year, newest.record.published) == (2018, None)
    assert older.record.published == "2017-02"
    assert older.record.identifiers == ("pmid:28117445", "doi:10.1038/nature21056")
    assert older.record.authors == ("A Esteva", "B Kuprel Jr")


def test_an_error_inside_an_answer_is_one(recorded: Any) -> None:
    with pytest.raises(SourceError, match="pubmed says 'ID list is empty"):
        PubMed(recorded).paper("pmid:1")
