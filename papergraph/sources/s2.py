"""Semantic Scholar: metadata, reference lists with titles, sentences of citation, and influence.

Service: the Academic Graph API at api.semanticscholar.org, version 1.
Terms: data ODC-BY with attribution, abstracts under the publishers' terms; "exponential backoff" is
a condition of use. A free key gives 1 request/s; without one most requests are answered 429.
Lacks: Springer abstracts, lists that publishers withhold ("elided"), given names as printed.
Looked at 2026-10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title, split_notice
from papergraph.sources.shapes import (
    Object,
    chunks,
    count_of,
    expect_object,
    inner,
    is_missing,
    month_of,
    name_identifiers,
    number_of,
    objects,
    stub,
    text_of,
    year_of,
)
from papergraph.sources.source import Fetcher, Reply

NAME = "s2"
SOURCE = f"source:{NAME}"
GRAPH = "/graph/v1/paper"
MOST_IDS = 100
"""Ids a batch; the service takes 500, but about 100 papers hold all the references it answers."""
MOST_NESTED = 9_000
"""References asked for again in one batch; the service cuts silently at 9,999."""
MOST_ROWS = 9_999
"""Nested rows of a batch, and rows of a list: "offset + limit must be < 10000"."""
PAGE = 1_000

_PAPER = (
    "title,year,authors,externalIds,venue,abstract,publicationDate,publicationTypes,"
    "openAccessPdf,citationCount,referenceCount"
)
_OTHER_END = "title,year,authors,externalIds,venue,publicationDate"
_NESTED = ",".join(f"references.{name}" for name in ("paperId", *_OTHER_END.split(",")))
_EDGE = f"contexts,intents,isInfluential,{_OTHER_END}"
# Our schemes, and how the service writes an id of each.
_PREFIXES = {
    "s2": "",
    "arxiv": "ARXIV:",
    "doi": "DOI:",
    "acl": "ACL:",
    "pmid": "PMID:",
    "pmcid": "PMCID:",
}
_EXTERNAL = (
    ("arxiv", "ArXiv"),
    ("doi", "DOI"),
    ("acl", "ACL"),
    ("pmid", "PubMed"),
    ("pmcid", "PubMedCentral"),
    ("dblp", "DBLP"),
)
_NO_VENUES = {"arxiv", "arxiv.org", "corr"}


class SemanticScholar:
    """Semantic Scholar as a source; asks in batches, reference lists included."""

    name: str = NAME
    schemes: tuple[str, ...] = tuple(_PREFIXES)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one paper, with its reference list."""
        service_id = _service_id(identifier)
        if service_id is None:
            return None
        params = {"fields": f"{_PAPER},{_NESTED}"}
        reply = self._fetcher.get(NAME, f"{GRAPH}/{_quoted(service_id)}", params)
        return None if is_missing(reply) else parse_paper(reply.json(), reply.fetched_at)

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many with their reference lists, a hundred a request.

        Lists that a full answer cut off are asked for again, at most 9,000 references a request.
        """
        names = {item: name for item in identifiers if (name := _service_id(item))}
        found: dict[str, SourcedPaper] = {}
        cut: dict[str, int] = {}
        for batch in chunks(names, MOST_IDS):
            rows = self._batch({item: names[item] for item in batch}, f"{_PAPER},{_NESTED}")
            if sum(_held(paper) for paper in rows.values()) >= MOST_NESTED:
                cut |= {item: count for item, paper in rows.items() if (count := _missing(paper))}
            found |= rows
        for again in plan_batches(cut):
            fields = f"title,referenceCount,openAccessPdf,{_NESTED}"
            longer = self._batch({item: names[item] for item in again}, fields)
            for item, paper in longer.items():
                found[item] = SourcedPaper(record=found[item].record, references=paper.references)
        return found

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Ask for the one best match; the service answers nonsense for short titles."""
        plain = clean_title(title)
        if not plain:
            return ()
        params = {"query": plain, "fields": _PAPER}
        reply = self._fetcher.get(NAME, f"{GRAPH}/search/match", params, kind="search")
        return () if is_missing(reply) else parse_matches(reply.json(), reply.fetched_at)

    def references(self, identifier: str) -> ReferenceList:
        """Fetch what a paper cites, with the sentences, intents and influence of each citation."""
        service_id = _service_id(identifier)
        rows: list[SourcedReference] = []
        state, start = "unknown", 0
        while service_id is not None:
            reply = self._page(service_id, "references", start, PAGE)
            if is_missing(reply):
                break
            page, following = parse_references(reply.json())
            rows += page.references
            state = page.state if not start or page.state == "partial" else state
            if following is None or following <= start:
                break
            if following >= MOST_ROWS:
                state = "partial"
                break
            start = following
        return ReferenceList(state=state, references=tuple(rows))

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Fetch papers that cite this one, in the order of the service: newest first."""
        service_id = _service_id(identifier)
        rows: list[SourcedReference] = []
        start: int | None = 0
        while service_id is not None and start is not None and start < min(limit, MOST_ROWS):
            reply = self._page(service_id, "citations", start, min(PAGE, limit - start))
            if is_missing(reply):
                break
            page, following = parse_citations(reply.json())
            rows += page
            start = following if following is not None and following > start else None
        return tuple(rows[:limit])

    def _page(self, service_id: str, list_name: str, start: int, size: int) -> Reply:
        params = {
            "fields": _EDGE,
            "offset": str(start),
            "limit": str(min(size, MOST_ROWS - start)),
        }
        path = f"{GRAPH}/{_quoted(service_id)}/{list_name}"
        return self._fetcher.get(NAME, path, params, kind="references")

    def _batch(self, names: Mapping[str, str], fields: str) -> dict[str, SourcedPaper]:
        body = {"ids": list(names.values())}
        reply = self._fetcher.post(NAME, f"{GRAPH}/batch", body, {"fields": fields})
        papers = parse_batch(reply.json(), len(names), reply.fetched_at)
        return {item: paper for item, paper in zip(names, papers, strict=True) if paper is not None}


def plan_batches(counts: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Cut papers into batches of at most 9,000 references and 100 papers, in their order.

    A paper with more references than that has a batch of its own.

    >>> list(plan_batches({"a": 5000, "b": 4000, "c": 1, "d": 20000}))
    [('a', 'b'), ('c',), ('d',)]
    """
    batch: list[str] = []
    total = 0
    for item, count in counts.items():
        if batch and (total + count > MOST_NESTED or len(batch) == MOST_IDS):
            yield tuple(batch)
            batch, total = [], 0
        batch.append(item)
        total += count
    if batch:
        yield tuple(batch)


def parse_batch(data: object, asked: int, date: str) -> list[SourcedPaper | None]:
    """Read a batch: one row for each id asked for, null where the id is unknown."""
    if not isinstance(data, list) or len(data) != asked:
        found = f"{len(data)} rows" if isinstance(data, list) else repr(data)[:80]
        raise SourceError(f"{NAME} answered {found} to a batch of {asked} ids; report this")
    return [parse_paper(row, date) if isinstance(row, dict) else None for row in data]


def parse_paper(data: object, date: str) -> SourcedPaper | None:
    """Read one paper; None when it has no title. Raises SourceError when it is no paper."""
    row = expect_object(data, NAME, "paperId")
    record = parse_record(row, date)
    if record is None:
        return None
    return SourcedPaper(record=record, references=parse_nested(row))


def parse_record(row: Object, date: str = "") -> PaperRecord | None:
    """Make a record of a paper, or a stub of a row that has only a title; None without a title."""
    title, tags = split_notice(clean_title(text_of(row.get("title"))))
    identifiers = _identifiers(row)
    if not title:
        return None
    if not text_of(row.get("paperId")):
        return stub(SOURCE, identifiers, title)
    published = text_of(row.get("publicationDate"))
    venue = clean_title(text_of(row.get("venue")) or text_of(inner(row, "journal", "name")))
    kinds = row.get("publicationTypes")
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=_authors(row),
        year=year_of(row.get("year")) or year_of(published),
        published=month_of(published),
        venue=venue if venue and venue.lower() not in _NO_VENUES else None,
        abstract=clean_abstract(text_of(row.get("abstract"))) or None,
        kind="dataset" if isinstance(kinds, list) and "Dataset" in kinds else "article",
        url=f"https://www.semanticscholar.org/paper/{row['paperId']}",
        identifiers=identifiers,
        tags=tags,
        citations_elsewhere=count_of(row.get("citationCount"), NAME, date),
        pdf=_pdf(row),
    )


def parse_nested(row: Object) -> ReferenceList | None:
    """Read the references inside a paper; None when the answer was not asked for them.

    Fewer rows than `referenceCount` are partial: withheld when the publisher elides them, else cut
    off in a full batch or known to the service by number only.
    """
    if "references" not in row:
        return None
    expected = number_of(row.get("referenceCount"))
    rows = list(objects(row.get("references")))
    references = _edges({"citedPaper": item} for item in rows)
    if not rows and _is_elided(row):
        return ReferenceList(state="withheld", expected=expected)
    if not rows and expected == 0:
        return ReferenceList(state="empty", expected=0)
    is_whole = len(references) == len(rows) >= (expected or 0) and rows
    state = "complete" if is_whole else "partial"
    return ReferenceList(state=state, references=references, expected=expected)


def parse_references(data: object) -> tuple[ReferenceList, int | None]:
    """Read a page of /references, and the offset of the next page (None on the last).

    `"data": null` means that the publisher withholds the list; it is not an empty list.
    """
    page = expect_object(data, NAME, "data")
    if page["data"] is None:
        return ReferenceList(state="withheld"), None
    rows = list(objects(page["data"]))
    references = _edges(rows)
    state = "complete" if len(references) == len(rows) else "partial"
    return (
        ReferenceList(state=state if rows else "empty", references=references),
        number_of(page.get("next")),
    )


def parse_citations(data: object) -> tuple[tuple[SourcedReference, ...], int | None]:
    """Read a page of /citations, and the offset of the next page (None on the last)."""
    page = expect_object(data, NAME, "data")
    return _edges(objects(page["data"])), number_of(page.get("next"))


def parse_matches(data: object, date: str) -> tuple[PaperRecord, ...]:
    """Read the answer of a title match or search; none found is an empty list."""
    found = expect_object(data, NAME, "data", "total")  # a search without hits has no "data"
    records = (parse_record(row, date) for row in objects(found.get("data")))
    return tuple(record for record in records if record is not None)


def _edges(rows: Iterable[Object]) -> tuple[SourcedReference, ...]:
    return tuple(edge for row in rows if (edge := _edge(row)) is not None)


def _edge(row: Object) -> SourcedReference | None:
    """Make a reference of one row; None when its other end has neither title nor identifier."""
    other = row.get("citedPaper") or row.get("citingPaper")
    if not isinstance(other, dict):
        return None
    record = parse_record(other) or stub(SOURCE, _identifiers(other))
    if record is None:
        return None
    influential = row.get("isInfluential")
    return SourcedReference(
        record=record,
        contexts=_texts(row.get("contexts")),
        intents=_texts(row.get("intents")),
        is_influential=influential if isinstance(influential, bool) else None,
    )


def _texts(values: object) -> tuple[str, ...]:
    listed = values if isinstance(values, list) else []
    return tuple(
        dict.fromkeys(text for value in listed if (text := clean_abstract(text_of(value))))
    )


def _identifiers(row: Object) -> tuple[str, ...]:
    external = row.get("externalIds")
    named = ((scheme, inner(external, key)) for scheme, key in _EXTERNAL)
    return name_identifiers(*named, ("s2", row.get("paperId")))


def _authors(row: Object) -> tuple[str, ...]:
    names = (clean_name(text_of(author.get("name"))) for author in objects(row.get("authors")))
    return tuple(name for name in names if name)


def _pdf(row: Object) -> str | None:
    url = text_of(inner(row, "openAccessPdf", "url"))
    return url if url.startswith(("https://", "http://")) else None


def _is_elided(row: Object) -> bool:
    told = text_of(inner(row, "openAccessPdf", "disclaimer"))
    return "elided" in told and "references" in told


def _held(paper: SourcedPaper) -> int:
    return len(paper.references.references) if paper.references else 0


def _missing(paper: SourcedPaper) -> int | None:
    """How many references a list should have when it has fewer; None when it is whole."""
    found = paper.references
    if found is None or found.state != "partial" or not found.expected:
        return None
    return found.expected if found.expected > len(found.references) else None


def _service_id(identifier: str) -> str | None:
    """Write an identifier as the service does; None when it does not take the scheme."""
    scheme, _, value = identifier.partition(":")
    return f"{_PREFIXES[scheme]}{value}" if scheme in _PREFIXES else None


def _quoted(service_id: str) -> str:
    return quote(service_id, safe=":/()")
