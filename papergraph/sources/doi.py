"""doi.org: any DOI of any agency, by content negotiation; the last that is asked.

Service: https://doi.org/DOI with Accept application/vnd.citationstyles.csl+json, which leads on to
Crossref, DataCite, mEDRA and others. Terms are those of the agency. No rate is stated; 1 request/s.
Lacks: reference lists but for Crossref's, abstracts mostly; some agencies answer nothing.
Looked at 2026-10; the DOI may come back in capitals.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_abstract, clean_title, split_notice
from papergraph.sources.shapes import (
    doi_of,
    expect_object,
    is_missing,
    month_of_parts,
    name_identifiers,
    people_of,
    text_of,
    year_of_parts,
)
from papergraph.sources.source import Fetcher

NAME = "doi"
SOURCE = f"source:{NAME}"

_KINDS = {"book": "textbook", "monograph": "textbook", "dataset": "dataset", "software": "software"}


class Doi:
    """doi.org as a source."""

    name: str = NAME
    schemes: tuple[str, ...] = ("doi", "arxiv")

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one DOI or arXiv id; a page instead of data means that the agency has none."""
        doi = doi_of(identifier)
        if doi is None:
            return None
        reply = self._fetcher.get(NAME, f"/{quote(doi, safe=':/();')}")
        if is_missing(reply) or reply.body.lstrip().startswith(b"<"):
            return None
        record = parse_csl(reply.json())
        return SourcedPaper(record=record) if record else None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, one request each."""
        found = {item: self.paper(item) for item in dict.fromkeys(identifiers)}
        return {item: paper for item, paper in found.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Nothing: doi.org knows DOIs only."""
        return ()

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: Crossref itself is asked for the lists it would hand on."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: doi.org does not know who cites."""
        return ()


def parse_csl(data: object) -> PaperRecord | None:
    """Read CSL-JSON; None without title. Raises SourceError when it is something else."""
    item = expect_object(data, NAME, "title", "type")
    title, tags = split_notice(clean_title(text_of(item.get("title"))))
    identifiers = name_identifiers(("doi", item.get("DOI")))
    if not title or not identifiers:
        return None
    issued = item.get("issued")
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=people_of(item.get("author")),
        year=year_of_parts(issued),
        published=month_of_parts(issued),
        venue=clean_title(text_of(item.get("container-title"))) or None,
        abstract=clean_abstract(text_of(item.get("abstract"))) or None,
        kind=_KINDS.get(text_of(item.get("type")), "article"),
        url=text_of(item.get("URL")) or None,
        identifiers=identifiers,
        tags=tags,
    )
