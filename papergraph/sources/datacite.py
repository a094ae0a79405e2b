"""DataCite: the DOIs of arXiv and Zenodo with titles, people and abstracts, without asking arXiv.

Service: the REST API at api.datacite.org. Terms: metadata CC0. No rate is stated; 1 request/s.
Lacks: reference lists but for the few that depositors relate by hand; who cites; venues of papers.
Looked at 2026-10.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title
from papergraph.sources.shapes import (
    Object,
    doi_of,
    expect_object,
    inner,
    is_missing,
    month_of,
    name_identifiers,
    objects,
    stub,
    text_of,
    year_of,
)
from papergraph.sources.source import Fetcher

NAME = "datacite"
SOURCE = f"source:{NAME}"

_KINDS = {"dataset": "dataset", "software": "software", "book": "textbook"}
_DATES = ("Submitted", "Issued", "Available", "Created")  # a paper's own dates, the surest first
_CITES = {"References", "Cites"}
_RELATED = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid"}


class DataCite:
    """DataCite as a source."""

    name: str = NAME
    schemes: tuple[str, ...] = ("arxiv", "doi")

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one DOI or arXiv id."""
        doi = doi_of(identifier)
        if doi is None:
            return None
        reply = self._fetcher.get(NAME, f"/dois/{quote(doi, safe=':/();')}")
        return None if is_missing(reply) else parse_answer(reply.json())

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, one request each."""
        found = {item: self.paper(item) for item in dict.fromkeys(identifiers)}
        return {item: paper for item, paper in found.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Nothing: half of what DataCite would answer is data, and its papers are arXiv's."""
        return ()

    def references(self, identifier: str) -> ReferenceList:
        """Fetch what the depositor related as cited; unknown when there is nothing."""
        paper = self.paper(identifier)
        return (paper.references if paper else None) or ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: DataCite counts events and does not name papers."""
        return ()


def parse_answer(data: object) -> SourcedPaper | None:
    """Read the answer about one DOI; None when it has no title."""
    answer = expect_object(data, NAME, "data", "attributes")
    return parse_work(expect_object(answer.get("data", answer), NAME, "attributes"))


def parse_answers(data: object) -> tuple[SourcedPaper, ...]:
    """Read a list of works; those without a title are left out."""
    listed = objects(expect_object(data, NAME, "data")["data"])
    papers = (parse_work(item) for item in listed if "attributes" in item)
    return tuple(paper for paper in papers if paper is not None)


def parse_work(item: Object) -> SourcedPaper | None:
    """Read one work; None when it has no title. A list of references is never known to be whole."""
    work = item["attributes"] if isinstance(item.get("attributes"), dict) else {}
    title = _title(work)
    identifiers = _identifiers(work)
    if not title or not identifiers:
        return None
    date = _date(work)
    record = PaperRecord(
        title=title,
        source=SOURCE,
        authors=_people(work),
        year=year_of(date) or year_of(work.get("publicationYear")),
        published=month_of(date),
        venue=clean_title(text_of(inner(work, "container", "title"))) or None,
        abstract=_abstract(work),
        kind=_KINDS.get(text_of(inner(work, "types", "resourceTypeGeneral")).lower(), "article"),
        url=text_of(work.get("url")) or None,
        identifiers=identifiers,
    )
    cited = _related(work)
    references = ReferenceList(state="partial", references=cited) if cited else None
    return SourcedPaper(record=record, references=references)


def _title(work: Object) -> str:
    """Join title and subtitle; alternative and translated titles are left out."""
    listed = list(objects(work.get("titles")))
    own = (text_of(row.get("title")) for row in listed if not row.get("titleType"))
    more = (text_of(row.get("title")) for row in listed if row.get("titleType") == "Subtitle")
    title, subtitle = clean_title(next(own, "")), clean_title(next(more, ""))
    return f"{title}: {subtitle}" if title and subtitle else title


def _identifiers(work: Object) -> tuple[str, ...]:
    doi = text_of(work.get("doi"))
    # the published version of a preprint
    published = [
        row.get("relatedIdentifier")
        for row in objects(work.get("relatedIdentifiers"))
        if row.get("relationType") == "IsVersionOf" and row.get("relatedIdentifierType") == "DOI"
    ]
    named = [("doi", doi)]
    if doi.lower().startswith("10.48550/"):
        named += [("doi", text_of(value)) for value in published]
    return name_identifiers(*named)


def _date(work: Object) -> str:
    """Find the first of a paper's own dates: of the first version, when there are several."""
    listed = [
        (text_of(row.get("dateType")), text_of(row.get("date")))
        for row in objects(work.get("dates"))
    ]
    for kind in _DATES:
        dates = sorted(date for name, date in listed if name == kind and year_of(date))
        if dates and (month_of(dates[0]) or kind == "Issued"):
            return dates[0]
    return ""


def _people(work: Object) -> tuple[str, ...]:
    names = []
    for person in objects(work.get("creators")):
        parts = (text_of(person.get("givenName")), text_of(person.get("familyName")))
        names.append(clean_name(" ".join(parts) if all(parts) else text_of(person.get("name"))))
    return tuple(name for name in names if name)


def _abstract(work: Object) -> str | None:
    told = (
        clean_abstract(text_of(row.get("description")))
        for row in objects(work.get("descriptions"))
        if row.get("descriptionType") == "Abstract"
    )
    return next((text for text in told if text), None)


def _related(work: Object) -> tuple[SourcedReference, ...]:
    found = []
    for row in objects(work.get("relatedIdentifiers")):
        scheme = _RELATED.get(text_of(row.get("relatedIdentifierType")).lower())
        if scheme and text_of(row.get("relationType")) in _CITES:
            record = stub(SOURCE, name_identifiers((scheme, row.get("relatedIdentifier"))))
            found += [SourcedReference(record=record)] if record else []
    return tuple(found)
