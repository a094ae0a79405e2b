"""Unpaywall: where a paper with a DOI may be read without paying.

Service: version 2 at api.unpaywall.org. Terms: data is free to use; each request must carry the
user's mail address (422 without), so that without a contact nothing is asked. 100,000 requests a
day; 1 request/s here.
Lacks: reference lists, citations, abstracts, papers without a DOI; its title search is loose.
Looked at 2026-10.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_name, clean_title, split_notice
from papergraph.sources.shapes import (
    Object,
    expect_object,
    inner,
    is_missing,
    month_of,
    name_identifiers,
    objects,
    people_of,
    text_of,
    year_of,
)
from papergraph.sources.source import Fetcher
from papergraph.text import title_words

NAME = "unpaywall"
SOURCE = f"source:{NAME}"
MOST_FOUND = 3
"""Candidates of a title search that are handed on."""

_KINDS = {"book": "textbook", "monograph": "textbook", "dataset": "dataset"}
_NO_PAPERS = {"journal", "journal-issue", "journal-volume", "proceedings", "component"}


class Unpaywall:
    """Unpaywall as a source of open copies; without a contact address it answers nothing."""

    name: str = NAME
    schemes: tuple[str, ...] = ("doi",)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one DOI; `pdf` of the record is the open copy, if there is one."""
        scheme, _, doi = identifier.partition(":")
        if scheme != "doi" or not self._fetcher.has_key(NAME):
            return None
        reply = self._fetcher.get(NAME, f"/v2/{quote(doi, safe='/:;()')}")
        record = None if is_missing(reply) else parse_answer(reply.json())
        return SourcedPaper(record=record) if record else None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, one request each."""
        found = {item: self.paper(item) for item in dict.fromkeys(identifiers)}
        return {item: paper for item, paper in found.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Search for works with these words; `author` and `year` do not narrow it."""
        words = " ".join(title_words(title))
        if not words or not self._fetcher.has_key(NAME):
            return ()
        reply = self._fetcher.get(NAME, "/v2/search", {"query": words}, kind="search")
        return parse_results(reply.json())[:MOST_FOUND]

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: Unpaywall has no reference lists."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: Unpaywall does not know who cites."""
        return ()


def parse_results(data: object) -> tuple[PaperRecord, ...]:
    """Read an answer of the search; raises SourceError when it is something else."""
    answer = expect_object(data, NAME, "results")
    if not isinstance(answer["results"], list):
        raise SourceError(f"{NAME} answered {str(data)[:60]!r}, which holds no list; report this")
    rows = (inner(row, "response") for row in objects(answer["results"]))
    records = (parse_work(row) for row in rows if isinstance(row, dict))
    return tuple(record for record in records if record is not None)


def parse_answer(data: object) -> PaperRecord | None:
    """Read an answer; None for what is no paper. Raises SourceError when it is something else."""
    return parse_work(expect_object(data, NAME, "doi"))


def parse_work(work: Object) -> PaperRecord | None:
    """Make a record of one work; None for what is no paper."""
    title, tags = split_notice(clean_title(text_of(work.get("title"))))
    identifiers = name_identifiers(("doi", work.get("doi")))
    kind = text_of(work.get("genre"))
    if not title or not identifiers or kind in _NO_PAPERS or work.get("is_paratext") is True:
        return None
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=people_of(work.get("z_authors")) or _raw_people(work),
        year=year_of(work.get("year")),
        published=month_of(work.get("published_date")),
        venue=clean_title(text_of(work.get("journal_name"))) or None,
        kind=_KINDS.get(kind, "article"),
        url=text_of(work.get("doi_url")) or None,
        identifiers=identifiers,
        tags=tags,
        pdf=find_copy(work),
    )


def find_copy(work: Object) -> str | None:
    """Find the address of an open PDF: of the best place, else of the first that has one."""
    places = [inner(work, "best_oa_location"), *objects(work.get("oa_locations"))]
    copies = (text_of(inner(place, "url_for_pdf")) for place in places)
    return next((copy for copy in copies if copy.startswith(("https://", "http://"))), None)


def _raw_people(work: Object) -> tuple[str, ...]:
    """Read the people of answers since 2025, which hold each name as one text."""
    names = (
        clean_name(text_of(row.get("raw_author_name"))) for row in objects(work.get("z_authors"))
    )
    return tuple(name for name in names if name)
