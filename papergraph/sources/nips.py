"""NeurIPS proceedings: titles, people and abstracts of a field whose papers mostly have no DOI.

Service: pages at proceedings.neurips.cc, one a paper and one a year; robots.txt allows them. Terms:
papers are their authors'; facts and links are kept, abstracts for local search. No rate is stated;
1 request/s.
Lacks: reference lists, citations, DOIs. The old numbers ("paper/4824-...") lead to a page only up
to 2006, where the name of the page is md5(number) (72 of 72 looked at); from 2007 it is that of
another number, so that such a paper is found by its title in the list of its year.
Looked at 2026-10; the list of a year as others read it, no recorded answer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.accepting import MOST_YEARS
from papergraph.sources.bibtex import find_entry
from papergraph.sources.challenges import refuse_challenge
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title
from papergraph.sources.meta_tags import parse_landing, read_links
from papergraph.sources.shapes import is_missing, name_identifiers, year_of
from papergraph.sources.source import Fetcher, Reply
from papergraph.text import title_key

NAME = "nips"
SOURCE = f"source:{NAME}"
BASE = "https://proceedings.neurips.cc/paper_files/paper"

FIRST_YEAR = 1987
LAST_NUMBER = 3190
"""Above it an old number is of 2007 or later, and says nothing about the page."""
# About the first number of each year from 1987 on; pages of the neighbour are tried near a border.
_FIRST_NUMBERS = (
    *(1, 91, 187, 294, 432, 577, 704, 862, 1002, 1155, 1307, 1457, 1608, 1758, 1911, 2108, 2316),
    *(2514, 2722, 2930, 3134),
)
_MARGIN = 45
# Seen 2026-10: from 2022 on the track is named in the file.
_TRACKS = ("-Conference", "-Datasets_and_Benchmarks", "-Datasets_and_Benchmarks_Track")
_PAGE = re.compile(r"/paper/([0-9]{4})/hash/([0-9a-f]{32})-Abstract[A-Za-z_-]*\.html")
_ABSTRACT = re.compile(
    r"<h[2-6][^>]*>\s*Abstract\s*</h[2-6]>\s*(.{1,20000}?)</p>", re.DOTALL | re.IGNORECASE
)
# Soft hyphens of old scans: "ac(cid:173) tively".
_SOFT_HYPHEN = re.compile(r"\(cid:173\)\s*|\u00ad\s*")
_JUNK = re.compile(r"\(cid:[0-9]{1,4}\)")


class Nips:
    """The proceedings of NeurIPS as a source."""

    name: str = NAME
    schemes: tuple[str, ...] = ("nips",)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one page by year and hash, or by an old number up to 2006."""
        scheme, _, value = identifier.partition(":")
        if scheme != NAME:
            return None
        for year, digest in places_of(value):
            record = self._page(year, digest)
            if record is not None:
                return SourcedPaper(record=record)
        return None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, one request each."""
        found = {item: self.paper(item) for item in dict.fromkeys(identifiers)}
        return {item: paper for item, paper in found.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Look in the list of that year, then of the year after and before; without a year nothing.

        A year is one request for all its papers. Only the same title is found, with its page.
        """
        wanted = title_key(title)
        if year is None or not wanted:
            return ()
        for near in (year, year + MOST_YEARS, year - MOST_YEARS):
            if near < FIRST_YEAR:
                continue
            reply = self._fetcher.get(NAME, f"/paper_files/paper/{near}", kind="page")
            if is_missing(reply):
                continue
            for digest, listed in parse_year(reply, near):
                record = self._page(near, digest) if title_key(listed) == wanted else None
                if record is not None:
                    return (record,)
        return ()

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: the pages have no reference lists."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: the pages do not say who cites."""
        return ()

    def _page(self, year: int, digest: str) -> PaperRecord | None:
        """Read a page; its BibTeX entry when the page has no tags."""
        place = f"/paper_files/paper/{year}"
        for track in ("",) if year < 2022 else _TRACKS:
            path = f"{place}/hash/{digest}-Abstract{track}.html"
            reply = self._fetcher.get(NAME, path, kind="page")
            if is_missing(reply):
                continue
            refuse_challenge(reply)
            try:
                return parse_page(reply)
            except SourceError:
                bib = self._fetcher.get(
                    NAME, f"{place}/file/{digest}-Bibtex{track}.bib", kind="page"
                )
                if is_missing(bib):
                    raise
                return parse_bib(bib.text)
        return None


def places_of(value: str) -> Iterator[tuple[int, str]]:
    """Say where the page of "2012/HASH" or of an old number may be: years and hashes to try.

    >>> list(places_of("293"))
    [(1989, '53c3bce66e43be4f209556518c2fcb54'), (1990, '53c3bce66e43be4f209556518c2fcb54')]
    >>> list(places_of("4824"))
    []
    """
    year, slash, digest = value.partition("/")
    if slash:
        yield int(year), digest
        return
    number = int(value)
    if not 1 <= number <= LAST_NUMBER:
        return
    digest = _digest(number)
    for near in years_of_number(number):
        yield near, digest


def years_of_number(number: int) -> tuple[int, ...]:
    """Say in which years an old number may be, the likeliest first.

    >>> years_of_number(1839), years_of_number(293)
    ((2000,), (1989, 1990))
    """
    at = sum(first <= number for first in _FIRST_NUMBERS) - 1
    year = FIRST_YEAR + at
    near = [(number - _FIRST_NUMBERS[at], year - 1)] if at else []
    if at + 1 < len(_FIRST_NUMBERS):
        near.append((_FIRST_NUMBERS[at + 1] - number, year + 1))
    return (year, *(other for distance, other in sorted(near) if distance <= _MARGIN))


def parse_page(reply: Reply) -> PaperRecord:
    """Read the page of a paper; raises SourceError when it has no tags."""
    abstract = _ABSTRACT.search(reply.text)
    place = _PAGE.search(reply.url)
    year, digest = (int(place[1]), place[2]) if place else (0, "")
    record = parse_landing(
        reply,
        named=_names(year, digest),
        abstract=mend_scan(abstract[1]) if abstract else "",
    )
    return replace(record, venue="NeurIPS", year=record.year or year or None)


def parse_bib(text: str) -> PaperRecord:
    """Read the BibTeX entry of a paper; raises SourceError when it is none."""
    entry = find_entry(text)
    title = clean_title(entry.fields.get("title", "")) if entry else ""
    if entry is None or not title:
        raise SourceError(f"{NAME} answered {text[:60]!r}, which is no BibTeX entry")
    pdf = entry.fields.get("url", "")
    place = re.search(r"/paper/([0-9]{4})/file/([0-9a-f]{32})-", pdf)
    year = year_of(entry.fields.get("year"))
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=tuple(name for person in entry.people if (name := clean_name(person))),
        year=year,
        venue="NeurIPS",
        abstract=clean_abstract(mend_scan(entry.fields.get("abstract", ""))) or None,
        url=f"{BASE}/{place[1]}/hash/{place[2]}-Abstract.html" if place else None,
        identifiers=name_identifiers(*(_names(int(place[1]), place[2]) if place else ())),
        pdf=pdf if place else None,
    )


def parse_year(reply: Reply, year: int) -> tuple[tuple[str, str], ...]:
    """Read the list of a year: hash and title of each paper. Raises SourceError when it is none."""
    refuse_challenge(reply)
    found = [
        (place[2], clean_title(link.text))
        for link in read_links(reply.text)
        if (place := _PAGE.search(link.href)) and int(place[1]) == year
    ]
    if not found:
        raise SourceError(
            f"{NAME} answered a page without papers of {year} for {reply.url!r}:"
            f" {reply.text[:60]!r}; run again later"
        )
    return tuple(found)


def mend_scan(text: str) -> str:
    """Undo what scans of the first years hold: hyphens of line ends, glyphs without a letter.

    >>> mend_scan("plays a key role in ac(cid:173) tively controlling")
    'plays a key role in actively controlling'
    """
    return _JUNK.sub("", _SOFT_HYPHEN.sub("", text))


def _names(year: int, digest: str) -> tuple[tuple[str, str], ...]:
    """Name a page by its place, and by its old number where the hash tells it."""
    number = _numbers().get(digest) if year < 2007 else None
    return ((NAME, f"{year}/{digest}"), *(((NAME, str(number)),) if number else ()))


def _digest(number: int) -> str:
    return hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()


@cache
def _numbers() -> dict[str, int]:
    return {_digest(number): number for number in range(1, LAST_NUMBER + 1)}
