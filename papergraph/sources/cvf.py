"""CVF open access: CVPR, ICCV and WACV papers as their authors handed them in.

Service: pages at openaccess.thecvf.com, one a paper and one a conference (from 2018 on with
?day=all, or one a day). Terms: papers are their authors'; facts and links are kept, abstracts for
local search. No rate is stated; 1 request/s. The old host www.cv-foundation.org has the same files.
Lacks: reference lists, citations, DOIs. The name of a page needs its capitals, which an identifier
has not: it is looked up in the list of the conference. It holds three words of the title at most,
so that the title is never made from it.
Looked at 2026-10; the list of a conference as others read it, no recorded answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.bibtex import find_entry
from papergraph.sources.challenges import refuse_challenge
from papergraph.sources.cleaning import clean_title
from papergraph.sources.meta_tags import parse_landing, read_block, read_links
from papergraph.sources.shapes import is_missing, year_of
from papergraph.sources.source import Fetcher, Reply
from papergraph.text import title_key

NAME = "cvf"
SOURCE = f"source:{NAME}"
CONFERENCES = ("cvpr", "iccv", "wacv")
"""Where a title is looked for when its year is known."""
MOST_DAYS = 6

_LISTED = (*CONFERENCES, "eccv")  # workshops are listed one by one, by numbers nobody knows
_KEY = re.compile(r"([a-z]+)([0-9]{4})/(.+?)(?:_paper)?")
_PAGE = re.compile(r"/?(?:openaccess/)?(content[^\s?#]*/html/(?:w[0-9]+/)?([^/\s?#]+)\.html)")
_DAY = re.compile(r"[?&](day=[0-9]{4}-[0-9]{2}-[0-9]{2})")
_DAYS_FROM = 2018


class Cvf:
    """CVF open access as a source."""

    name: str = NAME
    schemes: tuple[str, ...] = (NAME,)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one page by conference, year and the name of its file, whatever its capitals."""
        scheme, _, value = identifier.partition(":")
        key = _KEY.fullmatch(value.lower())
        if scheme != NAME or key is None or key[1] not in _LISTED:
            return None
        pages = self._conference(key[1], int(key[2]))
        path = next((path for path in pages if stem_of(path) == key[3]), None)
        record = self._page(path) if path else None
        return SourcedPaper(record=record) if record else None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, one request each, and one for each conference."""
        found = {item: self.paper(item) for item in dict.fromkeys(identifiers)}
        return {item: paper for item, paper in found.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Look in the lists of that year's conferences; without a year nothing is asked."""
        wanted = title_key(title)
        if year is None or not wanted:
            return ()
        for conference in CONFERENCES:
            for path, listed in self._conference(conference, year).items():
                record = self._page(path) if title_key(listed) == wanted else None
                if record is not None:
                    return (record,)
        return ()

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: the pages have no reference lists."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: the pages do not say who cites."""
        return ()

    def _conference(self, name: str, year: int) -> Mapping[str, str]:
        """List a conference: the title of each page by its path."""
        first = {"day": "all"} if year >= _DAYS_FROM else {}
        place = f"/{name.upper()}{year}"
        reply = self._fetcher.get(NAME, place, first, kind="page")
        if is_missing(reply):
            return {}
        pages = parse_list(reply)
        if not pages:
            for day in parse_days(reply)[:MOST_DAYS]:
                reply = self._fetcher.get(NAME, place, {"day": day}, kind="page")
                pages |= {} if is_missing(reply) else parse_list(reply)
        if not pages:
            raise SourceError(
                f"{NAME} answered a page without papers for {reply.url!r}: {reply.text[:60]!r};"
                " run again later"
            )
        return pages

    def _page(self, path: str) -> PaperRecord | None:
        reply = self._fetcher.get(NAME, f"/{path}", kind="page")
        return None if is_missing(reply) else parse_page(reply)


def stem_of(path: str) -> str:
    """Name a page as identifiers do: the stem of its file in lower case, without "_paper".

    >>> stem_of("content_iccv_2015/html/Girshick_Fast_R-CNN_ICCV_2015_paper.html")
    'girshick_fast_r-cnn_iccv_2015'
    """
    return path.rpartition("/")[2].removesuffix(".html").lower().removesuffix("_paper")


def parse_list(reply: Reply) -> dict[str, str]:
    """Read the list of a conference: titles by the paths of their pages; empty when it has none."""
    refuse_challenge(reply)
    return {
        place[1]: clean_title(link.text)
        for link in read_links(reply.text)
        if (place := _PAGE.fullmatch(link.href)) and link.text
    }


def parse_days(reply: Reply) -> tuple[str, ...]:
    """Read the days that a conference is listed by."""
    links = (_DAY.search(link.href) for link in read_links(reply.text))
    return tuple(dict.fromkeys(day[1].removeprefix("day=") for day in links if day))


def parse_page(reply: Reply) -> PaperRecord:
    """Read the page of a paper; raises SourceError when it has no tags."""
    abstract = read_block(reply.text, "abstract")
    record = parse_landing(reply, named=_names(reply.url), abstract=abstract)
    entry = find_entry(read_block(reply.text, "bibref"))
    fields: Mapping[str, str] = entry.fields if entry else {}
    conference = _conference_of(reply.url)
    return replace(
        record,
        year=record.year or year_of(fields.get("year")) or (conference[1] if conference else None),
        venue=conference[0] if conference else clean_title(fields.get("booktitle", "")) or None,
    )


def _conference_of(url: str) -> tuple[str, int] | None:
    """Read conference and year from where a page is.

    >>> _conference_of("https://openaccess.thecvf.com/content/CVPR2021/html/Li_On_2021.html")
    ('CVPR', 2021)
    """
    found = re.search(r"/content[_/]([A-Za-z]+)_?([0-9]{4})", url)
    return (found[1].upper(), int(found[2])) if found else None


def _names(url: str) -> tuple[tuple[str, str], ...]:
    conference, page = _conference_of(url), _PAGE.search(url)
    if conference is None or page is None:
        return ()
    return ((NAME, f"{conference[0]}{conference[1]}/{page[2]}"),)
