"""Crossref: what publishers deposit: titles, people, dates, venues, reference lists, retractions.

Service: the REST API at api.crossref.org, version 1. Terms: bibliographic facts are free, abstracts
belong to the publishers. Rate as its headers say, 2026-10: public 5 requests/s, 1 at a time; with a
mail address 10/s and 3 at a time, lists 3/s.
Lacks: arXiv's DOIs (DataCite has them), most abstracts; of 2,276 recorded references 78 % have a
DOI, 28 % a title, 34 % only a line of text: it gives edges more than titles. Who cites is closed.
Looked at 2026-10; the filter `doi:` from its documentation, no recorded answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from papergraph.errors import SourceError
from papergraph.identifiers import find_identifiers
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_abstract, clean_title, split_notice
from papergraph.sources.shapes import (
    Object,
    count_of,
    expect_object,
    inner,
    is_missing,
    month_of_parts,
    name_identifiers,
    number_of,
    objects,
    people_of,
    stub,
    text_of,
    year_of,
    year_of_parts,
)
from papergraph.sources.source import Fetcher
from papergraph.text import surname, title_words

NAME = "crossref"
SOURCE = f"source:{NAME}"
MOST_VALUES = 40
"""DOIs of one filter."""
MOST_BYTES = 3_000
"""Bytes of one filter, so that the URL stays short."""
MOST_FOUND = 3
"""Candidates a title search asks for; each comes with its whole reference list."""

_DATES = ("published-online", "published-print", "published", "posted", "issued")
_KINDS = {
    "book": "textbook",
    "monograph": "textbook",
    "edited-book": "textbook",
    "reference-book": "textbook",
    "dataset": "dataset",
}
_IN_BOOKS = {"book-chapter", "proceedings-article", "book-section", "reference-entry"}
_TAKEN_BACK = {
    "retraction": "retracted",
    "partial_retraction": "retracted",
    "removal": "withdrawn",
    "withdrawal": "withdrawn",
}
# Where a line of text shows its title: in quotation marks, or after "(2012)" up to a full stop.
_QUOTED = re.compile(r"[“\"]([^”\"]{8,300}?)[,.]?[”\"]")
_AFTER_YEAR = re.compile(
    r"^[^()]{3,300}\((?:19|20)[0-9]{2}[a-z]?\)[.,:]?\s+([^.?!]{12,250}?)\s*(?:[.?!]\s|[.?!]$)"
)


class Crossref:
    """Crossref as a source; reference lists come with the paper."""

    name: str = NAME
    schemes: tuple[str, ...] = ("doi",)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one DOI, with its reference list."""
        doi = _doi(identifier)
        if doi is None:
            return None
        reply = self._fetcher.get(NAME, f"/works/{quote(doi, safe=':/();')}")
        # the body of a 404 is plain text
        return None if is_missing(reply) else parse_answer(reply.json(), reply.fetched_at)

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many with their reference lists, up to forty a request."""
        found: dict[str, SourcedPaper] = {}
        asked = [item for item in dict.fromkeys(identifiers) if _doi(item)]
        alone = [item for item in asked if "," in item] if len(asked) > 1 else asked
        for batch in _batches(item for item in asked if item not in alone):
            values = ",".join(f"doi:{_doi(item)}" for item in batch)
            reply = self._fetcher.get(NAME, "/works", {"filter": values, "rows": str(len(batch))})
            for paper in parse_answers(reply.json(), reply.fetched_at):
                found |= {name: paper for name in paper.record.identifiers if name in batch}
        answers = {item: self.paper(item) for item in alone}
        return found | {item: paper for item, paper in answers.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Search the titles, and the authors when one is given; something is always found."""
        params = {"query.title": clean_title(title), "rows": str(MOST_FOUND)}
        if author and surname(author):
            params["query.author"] = author
        if not title_words(title):
            return ()
        reply = self._fetcher.get(NAME, "/works", params, kind="search")
        return tuple(paper.record for paper in parse_answers(reply.json(), reply.fetched_at))

    def references(self, identifier: str) -> ReferenceList:
        """Fetch what a paper cites, as its publisher deposited it."""
        paper = self.paper(identifier)
        return (paper.references if paper else None) or ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: Crossref counts who cites and does not say who."""
        return ()


def parse_answer(data: object, date: str) -> SourcedPaper | None:
    """Read the answer about one DOI; None when the work has no title."""
    return parse_work(expect_object(_message(data), NAME, "DOI"), date)


def parse_answers(data: object, date: str) -> tuple[SourcedPaper, ...]:
    """Read a list of works, best first; works without a title are left out."""
    items = expect_object(_message(data), NAME, "items")["items"]
    papers = (parse_work(item, date) for item in objects(items))
    return tuple(paper for paper in papers if paper is not None)


def parse_work(work: Object, date: str) -> SourcedPaper | None:
    """Read one work with its reference list; None when it has no title."""
    title, tags = split_notice(_title(work))
    identifiers = name_identifiers(("doi", work.get("DOI")))
    if not title or not identifiers:
        return None
    months = [month for name in _DATES if (month := month_of_parts(work.get(name)))]
    years = [year for name in _DATES if (year := year_of_parts(work.get(name)))]
    record = PaperRecord(
        title=title,
        source=SOURCE,
        authors=people_of(work.get("author")) or people_of(work.get("editor")),
        year=year_of_parts(work.get("issued")) or min(years, default=None),
        published=min(months, default=None),
        venue=_venue(work),
        abstract=clean_abstract(text_of(work.get("abstract"))) or None,
        kind=_KINDS.get(text_of(work.get("type")), "article"),
        url=text_of(work.get("URL")) or None,
        identifiers=identifiers,
        tags=tuple(dict.fromkeys((*tags, *_taken_back(work)))),
        citations_elsewhere=count_of(work.get("is-referenced-by-count"), NAME, date),
    )
    return SourcedPaper(record=record, references=parse_references(work))


def parse_references(work: Object) -> ReferenceList | None:
    """Read the list of a work; None when the answer was not asked for it.

    A count without a list is withheld by the publisher.
    """
    expected = number_of(work.get("reference-count"))
    rows = list(objects(work.get("reference")))
    if not rows:
        if expected is None:
            return None
        return ReferenceList(state="withheld" if expected else "empty", expected=expected)
    references = tuple(found for row in rows if (found := parse_reference(row)) is not None)
    is_whole = len(references) == len(rows) >= (expected or 0)
    state = "complete" if is_whole else "partial"
    return ReferenceList(state=state, references=references, expected=expected)


def parse_reference(row: Object) -> SourcedReference | None:
    """Read one reference: its DOI, its title, or what a line of text shows; None when nothing."""
    line = clean_title(text_of(row.get("unstructured")))
    identifiers = name_identifiers(("doi", row.get("DOI")))
    if not identifiers:
        names = (str(item) for _, _, item in find_identifiers(line))
        identifiers = tuple(name for name in names if not name.startswith("url:"))[:1]
    title = clean_title(
        text_of(row.get("article-title")) or text_of(row.get("volume-title"))
    ) or title_in_line(line)
    record = stub(SOURCE, identifiers, title)
    if record is None:
        return None
    author = clean_title(text_of(row.get("author")))
    return SourcedReference(
        record=PaperRecord(
            title=record.title,
            source=SOURCE,
            authors=(author,) if author else (),
            year=year_of(row.get("year")),
            venue=clean_title(text_of(row.get("journal-title"))) or None,
            identifiers=identifiers,
            kind="article" if title and identifiers else "stub",
        )
    )


def title_in_line(line: str) -> str:
    """Find the title in a reference written as one line; "" when it cannot be told apart.

    >>> title_in_line("Thomas, L. (2002) Building Social Capital to Improve Success. Exeter: B.")
    'Building Social Capital to Improve Success'
    """
    found = _QUOTED.search(line) or _AFTER_YEAR.search(line)
    return clean_title(found[1]) if found else ""


def _message(data: object) -> object:
    """Unwrap an answer; a failure has a list of complaints where the answer stands."""
    answer = expect_object(data, NAME, "message")
    if text_of(answer.get("status")) not in {"ok", ""}:
        told = "; ".join(text_of(item.get("message")) for item in objects(answer["message"]))
        raise SourceError(f"{NAME} answered {answer.get('status')!r}: {told[:200]}; report this")
    return answer["message"]


def _title(work: Object) -> str:
    title = clean_title(text_of(work.get("title")))
    subtitle = clean_title(text_of(work.get("subtitle")))
    if not title or not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title}: {subtitle}"


def _venue(work: Object) -> str | None:
    """Name the journal; of a chapter the book, which stands after its series."""
    listed = work.get("container-title")
    texts = listed if isinstance(listed, list) else []
    names = [name for text in texts if (name := clean_title(text_of(text)))]
    if not names:
        return clean_title(text_of(inner(work, "event", "name"))) or None
    return names[-1] if text_of(work.get("type")) in _IN_BOOKS else names[0]


def _taken_back(work: Object) -> Iterator[str]:
    """Say what became of the paper: later notices about it, or a notice that names itself."""
    own = text_of(work.get("DOI")).lower()
    for notice in objects(work.get("updated-by")):
        if (kind := text_of(notice.get("type"))) in _TAKEN_BACK:
            yield _TAKEN_BACK[kind]
    for notice in objects(work.get("update-to")):
        kind = text_of(notice.get("type"))
        if kind in _TAKEN_BACK and text_of(notice.get("DOI")).lower() == own:
            yield _TAKEN_BACK[kind]


def _doi(identifier: str) -> str | None:
    scheme, _, value = identifier.partition(":")
    return value if scheme == "doi" and value else None


def _batches(identifiers: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for item in identifiers:
        if batch and (
            len(batch) == MOST_VALUES or len(quote(",".join((*batch, item)))) > MOST_BYTES
        ):
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch
