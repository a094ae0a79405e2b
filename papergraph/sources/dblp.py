"""DBLP: venues, years and keys of computer science, the best authority for them.

Service: the search API and the records at dblp.org. Terms: CC0. One request a second; 429 comes
with Retry-After. Lacks: abstracts, reference lists, citations, papers outside computer science.
Looked at 2026-10. ICLR papers up to 2015 have keys under journals/corr.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.bibtex import find_entry
from papergraph.sources.cleaning import clean_name, clean_title
from papergraph.sources.shapes import (
    Object,
    expect_object,
    inner,
    is_missing,
    name_identifiers,
    objects,
    text_of,
    year_of,
)
from papergraph.sources.source import Fetcher
from papergraph.text import compare_form

NAME = "dblp"
SOURCE = f"source:{NAME}"
MOST_FOUND = 5
"""Candidates a title search asks for."""

_HOMONYM = re.compile(r"\s+[0-9]{4}$")  # "Xiaopeng Zhang 0009"
_NO_VENUES = {"corr", "arxiv"}
_BOOKS = {"book", "phdthesis", "books and theses"}
_NO_PAPERS = {"proceedings", "editorship", "www", "data and artifacts"}
_ACRONYM = re.compile(r"\{([A-Z][A-Za-z0-9/+-]+)\}(?:@\S+)?,?\s+(?:19|20)[0-9]{2}")


class Dblp:
    """DBLP as a source."""

    name: str = NAME
    schemes: tuple[str, ...] = ("dblp",)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one record by its key."""
        if not identifier.startswith("dblp:"):
            return None
        key = identifier.partition(":")[2]
        reply = self._fetcher.get(NAME, f"/rec/{quote(key, safe='/')}.bib")
        record = None if is_missing(reply) else parse_bib(reply.text)
        return SourcedPaper(record=record) if record else None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, one request each."""
        found = {item: self.paper(item) for item in dict.fromkeys(identifiers)}
        return {item: paper for item, paper in found.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Search for records with all these words; lookalikes come along."""
        words = compare_form(title)
        if not words:
            return ()
        params = {"q": words, "format": "json", "h": str(MOST_FOUND)}
        return parse_hits(self._fetcher.get(NAME, "/search/publ/api", params, kind="search").json())

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: DBLP has no reference lists."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: DBLP does not know who cites."""
        return ()


def parse_hits(data: object) -> tuple[PaperRecord, ...]:
    """Read an answer of the search; without a hit the key "hit" is missing, one may be an object.

    Raises SourceError when it is no answer of the search.
    """
    result = expect_object(expect_object(data, NAME, "result")["result"], NAME, "hits")
    hits = objects(inner(result, "hits", "hit"))
    records = (parse_hit(hit["info"]) for hit in hits if isinstance(hit.get("info"), dict))
    return tuple(record for record in records if record is not None)


def parse_hit(info: Object) -> PaperRecord | None:
    """Make a record of a hit; None for a volume of proceedings and for what has no title."""
    kind = text_of(info.get("type")).lower()
    listed = inner(info, "authors", "author")
    people = listed if isinstance(listed, list) else [listed]
    return _record(
        title=_text(info.get("title")),
        kind=kind,
        key=text_of(info.get("key")),
        people=[_text(person) for person in people],
        year=text_of(info.get("year")),
        venue=_text(info.get("venue")),
        addresses=[info.get("doi"), *_listed(info.get("ee"))],
    )


def parse_bib(text: str) -> PaperRecord | None:
    """Read a record in BibTeX; None for a volume. Raises SourceError when it is none."""
    entry = find_entry(text)
    if entry is None or not entry.key.startswith("DBLP:"):
        raise SourceError(f"{NAME} answered {text[:60]!r}, which is no BibTeX entry of its own")
    fields = entry.fields
    eprint = fields.get("eprint") if fields.get("eprinttype", "").lower() == "arxiv" else None
    return _record(
        title=fields.get("title", ""),
        kind=entry.kind,
        key=entry.key.removeprefix("DBLP:"),
        people=entry.people,
        year=fields.get("year", ""),
        venue=_short_venue(fields.get("booktitle", "")) or fields.get("journal", ""),
        addresses=[
            fields.get("doi"),
            fields.get("url"),
            eprint and f"https://arxiv.org/abs/{eprint}",
        ],
    )


def plain_person(name: str) -> str:
    """Write a name without the number that tells namesakes apart.

    >>> plain_person("Xiaopeng Zhang 0009")
    'Xiaopeng Zhang'
    """
    return clean_name(_HOMONYM.sub("", name))


def _record(
    *,
    title: str,
    kind: str,
    key: str,
    people: Sequence[str],
    year: str,
    venue: str,
    addresses: Sequence[object],
) -> PaperRecord | None:
    plain = clean_title(title)
    if not plain or not key or kind in _NO_PAPERS:
        return None
    place = clean_title(venue)
    found = (*name_identifiers(("dblp", key)), *_from_addresses(addresses))
    return PaperRecord(
        title=plain,
        source=SOURCE,
        authors=tuple(name for person in people if (name := plain_person(person))),
        year=year_of(year),
        venue=place if place and place.lower() not in _NO_VENUES else None,
        kind="textbook" if kind in _BOOKS and key.startswith("books/") else "article",
        url=f"https://dblp.org/rec/{key}",
        identifiers=tuple(dict.fromkeys(found)),
    )


def _from_addresses(addresses: Sequence[object]) -> tuple[str, ...]:
    """Read DOI, arXiv id and venue keys from links; a plain address is no identifier here."""
    names = (
        name_identifiers(("doi", text))  # a link of another scheme is read as what it is
        for text in map(text_of, addresses)
    )
    return tuple(item for found in names for item in found if not item.startswith("url:"))


def _short_venue(booktitle: str) -> str:
    """Give the acronym that DBLP writes in braces before the year, else the name up to a mark.

    >>> _short_venue("3rd Conference on Representations, {ICLR} 2015, San Diego, CA, USA")
    'ICLR'
    """
    found = _ACRONYM.search(booktitle)
    return found[1] if found else re.split(r"[:,]", booktitle)[0].strip()


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    """Take a text, the text of an object, or the first of a list."""
    if isinstance(value, list):
        value = next((item for item in value if item), None)
    if isinstance(value, dict):
        value = value.get("text")
    return text_of(value)
