"""arXiv: preprints with their abstracts, and what is new in a category today.

Service: the Atom API at export.arxiv.org, landing pages at arxiv.org, feeds at rss.arxiv.org.
Terms: metadata is CC0; "make no more than one request every three seconds", one connection, all
machines and all three hosts together; one question need not be asked twice a day.
Lacks: reference lists, citations, counts, venues (only a free-text journal reference).
Looked at 2026-10; RSS from its documentation, no recorded answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax import SAXException

import feedparser

from papergraph.errors import InputError, SourceError, UnavailableError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title
from papergraph.sources.meta_tags import read_meta
from papergraph.sources.shapes import (
    chunks,
    is_missing,
    month_of,
    name_identifiers,
    text_of,
    year_of,
)
from papergraph.sources.source import Fetcher, Reply
from papergraph.text import title_words

NAME = "arxiv"
SOURCE = f"source:{NAME}"
PAGE_HOST = "arxiv.org"
FEED_HOST = "rss.arxiv.org"
MOST_IDS = 100
"""Identifiers a request; arxiv.py pages by 100, the service gives up to 2,000."""
MOST_FOUND = 5
"""Candidates a title search asks for."""

_CATEGORY = re.compile(r"[a-z][a-z-]{1,14}(?:\.[A-Za-z-]{2,20})?")
_NEWS = ("new", "cross")  # the others replace a version that was news on an earlier day
_WITHDRAWN = re.compile(
    r"\b(?:has|have)\s+been\s+(?:temporarily\s+)?withdrawn\b|\b(?:is|was|are|were)\s+withdrawn\b"
    r"|^\W*(?:this\s+\w+\s+)?withdrawn\b",
    re.IGNORECASE,
)
_NOTICE_LENGTH = 400  # an abstract as short as this is only the notice
_ANNOUNCEMENT = re.compile(r"^arXiv:\S+\s+Announce Type:\s*\S+\s+Abstract:\s*", re.IGNORECASE)


class Arxiv:
    """arXiv as a source."""

    name: str = NAME
    schemes: tuple[str, ...] = ("arxiv",)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one paper; its landing page is read when the API answers what is no feed."""
        return self.papers([identifier]).get(identifier)

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, a hundred a request; answers are matched by id, never by their place."""
        found: dict[str, SourcedPaper] = {}
        for batch in chunks((item for item in identifiers if item.startswith("arxiv:")), MOST_IDS):
            records = self._batch([item.partition(":")[2] for item in batch])
            by_id = {name: record for record in records for name in record.identifiers}
            found |= {item: SourcedPaper(record=by_id[item]) for item in batch if item in by_id}
        return found

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Search the titles for these words as a phrase; `author` and `year` do not narrow it."""
        words = " ".join(title_words(title))
        if not words:
            return ()
        params = {"search_query": f'ti:"{words}"', "start": "0", "max_results": str(MOST_FOUND)}
        return parse_feed(self._ask(params, kind="search").body)

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: arXiv has no reference lists."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: arXiv does not know who cites."""
        return ()

    def new_papers(self, category: str) -> tuple[PaperRecord, ...]:
        """Read the day's new papers of a category, or of several joined by "+"; one request a day.

        Raises InputError when the text names no category.
        """
        if not all(_CATEGORY.fullmatch(part) for part in category.split("+")):
            raise InputError(
                f"no arXiv category in {category!r}: write for example cs.CV or cs.CV+cs.LG"
            )
        reply = self._fetcher.get(NAME, f"/rss/{category}", kind="page", host=FEED_HOST)
        return () if is_missing(reply) else parse_news(reply.body)

    def _batch(self, numbers: Sequence[str]) -> tuple[PaperRecord, ...]:
        reply = self._ask({"id_list": ",".join(numbers), "max_results": str(len(numbers))})
        try:
            return parse_feed(reply.body)
        except SourceError:
            if len(numbers) > 1:
                raise
        page = self._fetcher.get(NAME, f"/abs/{numbers[0]}", kind="page", host=PAGE_HOST)
        return () if is_missing(page) else (parse_page(page.text),)

    def _ask(self, params: dict[str, str], kind: str = "metadata") -> Reply:
        # 400 comes with a feed that says what is wrong
        return self._fetcher.get(NAME, "/api/query", params, kind=kind, accept=(400,))


def parse_feed(body: bytes) -> tuple[PaperRecord, ...]:
    """Read an Atom answer of the API; an unknown id has no entry.

    Raises
    ------
    UnavailableError
        When the body is empty: the API does so when asked too fast, and now and then on its own.
    SourceError
        When the feed holds the service's own error, or the body is no feed.
    """
    feed = _read_feed(body)
    if not feed.feed.get("opensearch_totalresults") and not feed.entries:
        raise SourceError(f"{NAME} answered {body[:60]!r}, which is no Atom feed; run again later")
    for entry in feed.entries:
        if "/api/errors" in entry.get("id", ""):
            raise SourceError(
                f"{NAME} says {entry.get('summary', 'Error')!r}; check the identifier or category"
            )
    return _records(feed.entries, parse_entry)


def parse_entry(entry: Any) -> PaperRecord | None:
    """Make a record of one Atom entry; None when it has no arXiv id or title."""
    identifiers = name_identifiers(("arxiv", entry.get("id")), ("doi", entry.get("arxiv_doi")))
    title = clean_title(entry.get("title", ""))
    if not identifiers or not identifiers[0].startswith("arxiv:") or not title:
        return None
    abstract = clean_abstract(entry.get("summary", ""))
    return _record(
        title=title,
        identifiers=identifiers,
        authors=[author.get("name", "") for author in entry.get("authors", [])],
        date=entry.get("published", ""),
        abstract=abstract,
        comment=text_of(entry.get("arxiv_comment")),
    )


def parse_page(page: str) -> PaperRecord:
    """Read a landing page by its citation_ tags; raises SourceError when it has none."""
    meta = read_meta(page)
    identifiers = name_identifiers(
        *(("arxiv", value) for value in meta.get("citation_arxiv_id", ())),
        *(("doi", value) for value in meta.get("citation_doi", ())),
    )
    title = clean_title(" ".join(meta.get("citation_title", ())))
    if not identifiers or not title:
        raise SourceError(
            f"{NAME} answered a page without citation_title and citation_arxiv_id:"
            f" {page[:60]!r}; run again later"
        )
    comments = re.findall(r'<td class="tablecell comments[^"]*">(.*?)</td>', page, re.DOTALL)
    return _record(
        title=title,
        identifiers=identifiers,
        authors=meta.get("citation_author", ()),
        date=next(iter(meta.get("citation_date", ())), ""),
        abstract=clean_abstract(" ".join(meta.get("citation_abstract", ()))),
        comment=clean_title(" ".join(comments)),
    )


def parse_news(body: bytes) -> tuple[PaperRecord, ...]:
    """Read the RSS feed of a category: papers that are new or newly listed here.

    On days without an announcement the feed has no items.
    """
    feed = _read_feed(body)
    if not feed.version.startswith("rss"):
        raise SourceError(f"{NAME} answered {body[:60]!r}, which is no RSS feed; run again later")
    return _records(feed.entries, parse_item)


def parse_item(item: Any) -> PaperRecord | None:
    """Make a record of one RSS item; None for a new version, and for what names no paper."""
    identifiers = name_identifiers(("arxiv", item.get("link")))
    title = clean_title(item.get("title", ""))
    if item.get("arxiv_announce_type", "new") not in _NEWS or not identifiers or not title:
        return None
    return _record(
        title=title,
        identifiers=identifiers,
        authors=", ".join(a.get("name", "") for a in item.get("authors", [])).split(", "),
        date="",
        abstract=clean_abstract(_ANNOUNCEMENT.sub("", item.get("summary", ""))),
        comment="",
    )


def is_withdrawn(comment: str, abstract: str) -> bool:
    """Does the comment, or an abstract that is only a notice, say that the paper is withdrawn?

    >>> is_withdrawn("This paper has been withdrawn by the authors.", "We study water.")
    True
    >>> is_withdrawn("12 pages", "Deposits that were withdrawn early. " * 20)
    False
    """
    is_notice = len(abstract) < _NOTICE_LENGTH and "paper" in abstract.lower()
    return bool(_WITHDRAWN.search(comment) or (is_notice and _WITHDRAWN.search(abstract)))


def _read_feed(body: bytes) -> Any:
    if not body.strip():
        raise UnavailableError(f"{NAME} answered with an empty body; run again later")
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if isinstance(feed.get("bozo_exception"), SAXException):
        raise SourceError(
            f"{NAME} answered a feed that breaks off or is none: {body[:60]!r}; run again later"
        )
    return feed


def _records(
    entries: Sequence[Any], parse: Callable[[Any], PaperRecord | None]
) -> tuple[PaperRecord, ...]:
    return tuple(record for entry in entries if (record := parse(entry)) is not None)


def _record(
    *,
    title: str,
    identifiers: tuple[str, ...],
    authors: Sequence[str],
    date: str,
    abstract: str,
    comment: str,
) -> PaperRecord:
    number = identifiers[0].partition(":")[2]
    month = month_of(date) or _month_of_number(number)
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=tuple(name for author in authors if (name := clean_name(author))),
        year=year_of(date) or year_of(month),
        published=month,
        abstract=abstract or None,
        url=f"https://arxiv.org/abs/{number}",
        identifiers=identifiers,
        tags=("withdrawn",) if is_withdrawn(comment, abstract) else (),
        pdf=f"https://arxiv.org/pdf/{number}",
    )


def _month_of_number(number: str) -> str | None:
    """Read the month of submission from the id; years from 91 on are of the last century."""
    digits = re.search(r"(?:^|/)([0-9]{2})([0-9]{2})", number)
    if digits is None:
        return None
    century = "19" if digits[1] >= "91" else "20"
    return f"{century}{digits[1]}-{digits[2]}"
