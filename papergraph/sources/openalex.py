"""OpenAlex: metadata, abstracts and reference lists of published works, without a key.

Service: api.openalex.org. Terms: CC0. Without a key 1,000 credits a day, with a free one 10,000: a
single work costs nothing, a list of works 1, a title search 10; at most 100 requests/s.
Lacks: references of many arXiv-only and machine-learning papers ("Attention Is All You Need" has
none), usable citation counts of preprints, the 101st author and on.
Looked at 2026-10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title, split_notice
from papergraph.sources.shapes import (
    Object,
    chunks,
    count_of,
    doi_of,
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
from papergraph.text import compare_form

NAME = "openalex"
SOURCE = f"source:{NAME}"
MOST_VALUES = 100
"""Values of one filter; also the works a page may hold."""
MOST_BYTES = 3_000
"""Bytes of one filter; the service refuses URLs from 4,094 bytes on."""
MOST_FOUND = 5
"""Candidates a title search asks for."""

_OTHER_END = (
    "id,doi,ids,title,publication_year,publication_date,authorships,primary_location,"
    "best_oa_location,locations,type,is_retracted,cited_by_count"
)
_WORK = f"{_OTHER_END},abstract_inverted_index,referenced_works,referenced_works_count"
_KINDS = {"book": "textbook", "dataset": "dataset", "review": "survey", "software": "software"}
_NO_TITLES = {"deleted work", "[not available]", "untitled"}


class OpenAlex:
    """OpenAlex as a source; works in lists of a hundred, and what they cite the same way."""

    name: str = NAME
    schemes: tuple[str, ...] = ("openalex", "doi", "arxiv", "pmid")

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one paper, which costs no credits; a merged work answers under its new id."""
        row, date = self._work(identifier)
        record = parse_record(row, date)
        return SourcedPaper(record=record) if record else None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many with their reference lists, a hundred a request.

        A list does not answer the id of a work that was merged into another, nor a DOI with a comma
        (it would end the filter); those are asked for alone, which costs no credits.
        """
        found: dict[str, tuple[PaperRecord, Object]] = {}
        for query in _filters(identifiers):
            reply = self._list(query, _WORK)
            rows = parse_works(reply.json())
            by_id = {name: row for row in rows for name in _identifiers(row)}
            for item in identifiers:
                record = parse_record(by_id.get(item, {}), reply.fetched_at)
                if record is not None:
                    found[item] = (record, by_id[item])
        for item in dict.fromkeys(identifiers):
            if item not in found and (item.startswith("openalex:") or "," in item):
                row, date = self._work(item)
                if record := parse_record(row, date):
                    found[item] = (record, row)
        records = self._hydrate(cited for _, row in found.values() for cited in _cited(row))
        return {
            item: SourcedPaper(record=record, references=gather_references(row, records))
            for item, (record, row) in found.items()
        }

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Search the titles; costs 10 credits. `author` and `year` do not narrow it."""
        words = compare_form(title)  # a comma would end the filter
        if not words:
            return ()
        reply = self._list(f"title.search:{words}", _WORK, kind="search", size=MOST_FOUND)
        records = (parse_record(row, reply.fetched_at) for row in parse_works(reply.json()))
        return tuple(record for record in records if record is not None)

    def references(self, identifier: str) -> ReferenceList:
        """Fetch what a paper cites, with titles, a hundred a request."""
        row, _ = self._work(identifier)
        return gather_references(row, self._hydrate(_cited(row)))

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Fetch papers that cite this one, the newest first."""
        work = identifier.partition(":")[2]
        if not identifier.startswith("openalex:"):
            row, _ = self._work(identifier)
            work = text_of(row.get("id")).rpartition("/")[2]
        rows: list[Object] = []
        page = 1
        while work and len(rows) < limit:
            size = min(limit, MOST_VALUES)
            order = {"sort": "publication_date:desc", "page": str(page)}
            reply = self._list(f"cites:{work}", _OTHER_END, kind="references", size=size, **order)
            found = parse_works(reply.json())
            rows += found
            if len(found) < size:
                break
            page += 1
        records = (parse_record(row) for row in rows[:limit])
        return tuple(SourcedReference(record=record) for record in records if record is not None)

    def _work(self, identifier: str) -> tuple[Object, str]:
        """Fetch one work; an empty object when the service does not know it."""
        name = _work_name(identifier)
        if name is None:
            return {}, ""
        params = {"select": _WORK}
        reply = self._fetcher.get(NAME, f"/works/{quote(name, safe=':/()')}", params)
        # the body of a 404 is HTML
        return ({}, "") if is_missing(reply) else (parse_work(reply.json()), reply.fetched_at)

    def _list(
        self, query: str, fields: str, *, kind: str = "metadata", size: int = 0, **more: str
    ) -> Reply:
        params = {"filter": query, "select": fields, "per_page": str(size or MOST_VALUES), **more}
        return self._fetcher.get(NAME, "/works", params, kind=kind)

    def _hydrate(self, works: Iterable[str]) -> dict[str, PaperRecord]:
        """Fetch titles for OpenAlex identifiers; merged and deleted works stay without."""
        found: dict[str, PaperRecord] = {}
        for batch in chunks(works, MOST_VALUES):
            values = "|".join(item.partition(":")[2] for item in batch)
            reply = self._list(f"openalex:{values}", _OTHER_END)
            for row in parse_works(reply.json()):
                if record := parse_record(row, reply.fetched_at):
                    found |= dict.fromkeys(record.identifiers, record)
        return found


def parse_works(data: object) -> list[Object]:
    """Read a list of works."""
    return list(objects(expect_object(data, NAME, "results")["results"]))


def parse_work(data: object) -> Object:
    """Check that this is one work; raises SourceError when it is not."""
    return expect_object(data, NAME, "id", "title", "doi")


def parse_record(row: Object, date: str = "") -> PaperRecord | None:
    """Make a record of a work; None when it has no title or was deleted."""
    title, tags = split_notice(clean_title(text_of(row.get("title"))))
    if not title or title.lower() in _NO_TITLES:
        return None
    if row.get("is_retracted") is True:
        tags = ("retracted",)
    identifiers = _identifiers(row)
    published = text_of(row.get("publication_date"))
    is_preprint = row.get("type") == "preprint" or any(i.startswith("arxiv:") for i in identifiers)
    abstract = read_inverted(row.get("abstract_inverted_index"))
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=_authors(row),
        year=year_of(row.get("publication_year")) or year_of(published),
        # the first of January stands for a year without a day
        published=None if published.endswith("-01-01") else month_of(published),
        venue=_venue(row),
        abstract=clean_abstract(abstract) or None,
        kind=_KINDS.get(text_of(row.get("type")), "article"),
        url=text_of(inner(row, "primary_location", "landing_page_url")) or text_of(row.get("id")),
        identifiers=identifiers,
        tags=tags,
        citations_elsewhere=None
        if is_preprint
        else count_of(row.get("cited_by_count"), NAME, date),
        pdf=text_of(inner(row, "best_oa_location", "pdf_url")) or None,
    )


def gather_references(row: Object, records: Mapping[str, PaperRecord]) -> ReferenceList:
    """Make the reference list of a work; a cited work that is not among `records` is a stub."""
    if "referenced_works" not in row:
        return ReferenceList(state="unknown")
    cited = _cited(row)
    found = (records.get(item) or stub(SOURCE, (item,)) for item in cited)
    references = tuple(SourcedReference(record=record) for record in found if record is not None)
    expected = number_of(row.get("referenced_works_count"))
    if not cited and not expected:
        return ReferenceList(state="empty", expected=0)
    is_whole = len(cited) >= (expected or 0) and all(item in records for item in cited)
    state = "complete" if is_whole else "partial"
    return ReferenceList(state=state, references=references, expected=expected)


def read_inverted(index: object) -> str:
    """Write out an abstract kept as the places of its words.

    >>> read_inverted({"water": [1, 3], "On": [0], "and": [2]})
    'On water and water'
    """
    if not isinstance(index, dict):
        return ""
    places = [
        (place, word)
        for word, listed in index.items()
        if isinstance(listed, list)
        for place in listed
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(places))


def _identifiers(row: Object) -> tuple[str, ...]:
    ids = row.get("ids")
    places = (inner(place, "landing_page_url") for place in objects(row.get("locations")))
    preprint = next((url for url in places if "arxiv.org/abs/" in str(url)), None)
    return name_identifiers(
        ("openalex", text_of(row.get("id")).rpartition("/")[2]),
        ("doi", row.get("doi")),
        ("arxiv", preprint),
        ("pmid", text_of(inner(ids, "pmid")).rpartition("/")[2]),
        ("pmcid", text_of(inner(ids, "pmcid")).rpartition("/")[2]),
    )


def _cited(row: Object) -> tuple[str, ...]:
    listed = row.get("referenced_works")
    urls = listed if isinstance(listed, list) else []
    return name_identifiers(*(("openalex", text_of(url).rpartition("/")[2]) for url in urls))


def _authors(row: Object) -> tuple[str, ...]:
    people = (inner(item, "author", "display_name") for item in objects(row.get("authorships")))
    return tuple(name for person in people if (name := clean_name(text_of(person))))


def _venue(row: Object) -> str | None:
    """Name the journal or conference; a repository is where a copy lies, not a venue."""
    place = inner(row, "primary_location", "source")
    if inner(place, "type") == "repository":
        return None
    return clean_title(text_of(inner(place, "display_name"))) or None


def _work_name(identifier: str) -> str | None:
    """Write an identifier as the path of one work takes it; None for another scheme."""
    scheme, _, value = identifier.partition(":")
    if scheme == "openalex":
        return value
    if doi := doi_of(identifier):
        return f"doi:{doi}"
    return f"pmid:{value}" if scheme == "pmid" else None


def _filters(identifiers: Iterable[str]) -> Iterator[str]:
    """Write filters that hold these identifiers, within what a URL and a filter may hold."""
    by_name: dict[str, list[str]] = {}
    for item in dict.fromkeys(identifiers):
        name, value = item.partition(":")[0], _work_name(item)
        if value is not None and "," not in value and "|" not in value:
            name = name if name in {"openalex", "pmid"} else "doi"
            by_name.setdefault(name, []).append(value.removeprefix(f"{name}:"))
    for name, values in by_name.items():
        batch: list[str] = []
        for value in values:
            if batch and (
                len(batch) == MOST_VALUES or len(quote("|".join((*batch, value)))) > MOST_BYTES
            ):
                yield f"{name}:{'|'.join(batch)}"
                batch = []
            batch.append(value)
        yield f"{name}:{'|'.join(batch)}"
