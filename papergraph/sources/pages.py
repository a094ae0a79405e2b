"""Pages that a user names by their address: one page, or what a feed lists."""

from __future__ import annotations

import html
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import urlsplit

import feedparser

from papergraph.errors import InputError, PapergraphError, SourceError
from papergraph.sources.challenges import refuse_challenge
from papergraph.sources.source import Reply

_log = logging.getLogger(__name__)

# A feed tells at most so many entries; the newest stand first.
MOST_ENTRIES = 30
# An entry with this much text of its own is the post itself, not a teaser for it.
_A_POST = 2_000
_TITLE = re.compile(rb"<title\b[^<>]{0,300}>(.{0,2000}?)</title", re.DOTALL | re.IGNORECASE)
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*)*"
    rb"<(?:rss|feed|rdf:RDF)\b",
    re.DOTALL | re.IGNORECASE,
)
_HEAD_BYTES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as it was fetched; `url` is where it was in the end, without a password."""

    content: bytes
    content_type: str
    url: str
    title: str | None = None


class Visitor(Protocol):
    """What pages are fetched with: `Client` is one."""

    def fetch(self, url: str) -> Reply:
        """Fetch an address that the user named."""


def fetch_page(client: Visitor, url: str) -> Page:
    """Fetch one page.

    Raises
    ------
    InputError
        When `url` is no http or https address.
    RefusedError
        When its host is not public, or the host or its robots.txt says no, or what came is a
        page that lets only browsers through.
    SourceError
        When it cannot be fetched: UnavailableError, OfflineError, or it is not there or too big.
    """
    reply = client.fetch(url)
    if reply.status != 200:
        raise SourceError(
            f"nothing is at {reply.url!r}: it answered {reply.status}; check the address"
        )
    refuse_challenge(reply)
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Page(content=reply.body, content_type=kind, url=reply.url, title=find_title(reply.body))


def fetch_pages(client: Visitor, url: str) -> Iterator[Page | PapergraphError]:
    """Fetch a page, or of a feed the pages of its entries, each of which may fail alone.

    An entry that holds its whole text is not fetched again, unless it is said to stand on another
    host: a feed does not speak for that. Raises as `fetch_page` does when the address itself cannot
    be fetched.
    """
    page = fetch_page(client, url)
    if not is_feed(page.content):
        yield page
        return
    host = urlsplit(page.url).netloc
    for number, entry in enumerate(read_entries(page), start=1):
        is_own = urlsplit(entry.url).netloc == host
        if (is_own and len(entry.content) >= _A_POST) or entry.url.startswith(f"{page.url}#"):
            yield entry
            continue
        try:
            yield fetch_page(client, entry.url)
        except (SourceError, InputError) as error:
            _log.info("an entry of %s is read from the feed alone: %s", page.url, error)
            if entry.content:
                yield entry if is_own else replace(entry, url=f"{page.url}#{number}")
            else:
                yield error


def is_feed(content: bytes) -> bool:
    """Say whether bytes are an RSS or Atom feed, by the root element."""
    return _FEED.match(content[:8_000]) is not None


def read_entries(feed: Page) -> tuple[Page, ...]:
    """Read the entries of a feed as pages of their own, with the text the feed has of them."""
    found = feedparser.parse(io.BytesIO(feed.content), response_headers={"content-location": ""})
    pages: dict[str, Page] = {}
    for entry in found.entries[:MOST_ENTRIES]:
        title = " ".join(str(entry.get("title", "")).split())
        text = _text_of(entry)
        page = (
            f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>"
        )
        url = _link_of(entry) or f"{feed.url}#{len(pages) + 1}"
        pages.setdefault(
            url,
            Page(
                content=page.encode() if text else b"",
                content_type="text/html",
                url=url,
                title=html.unescape(title) or None,
            ),
        )
    return tuple(pages.values())


def find_title(content: bytes) -> str | None:
    """Find the title of an HTML page; None when it has none.

    >>> find_title(b"<html><head><title>Deep &amp;  Wide</title></head></html>")
    'Deep & Wide'
    """
    match = _TITLE.search(content[:_HEAD_BYTES])
    text = html.unescape(match[1].decode("utf-8", "replace")) if match else ""
    return " ".join(text.split()) or None


def _text_of(entry: Any) -> str:
    texts = [str(part.get("value", "")) for part in entry.get("content", [])]
    return max((*texts, str(entry.get("summary", ""))), key=len)


def _link_of(entry: Any) -> str | None:
    link = str(entry.get("link", ""))
    return link if link.startswith(("http://", "https://")) else None
