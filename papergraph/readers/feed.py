"""RSS and Atom feeds: every entry is a list item with its link, its text follows.

Read with patterns and not by an XML library: feeds are often broken, entities are never expanded,
and every word must keep its line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from papergraph.readers.blocks import Block, Field, Inline, Link, Page
from papergraph.readers.gathering import Gathered, unescape_entities
from papergraph.readers.markup import read_blocks

_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*)*"
    r"<(?:rss|feed|rdf:RDF)\b",
    re.DOTALL | re.IGNORECASE,
)
_ENTRY = re.compile(r"<(item|entry)\b[^<>]{0,2000}>", re.IGNORECASE)
_CONTENT = ("content:encoded", "content", "description", "summary")
_LINK = re.compile(r"<link\b([^<>]{0,2000}?)/?>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_MOST_ENTRIES = 5_000
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Element:
    """What stands in an element: its text without entities, with its place."""

    text: str
    start: int
    jumps: tuple[tuple[int, int], ...]


def is_feed(text: str, _origin: str) -> bool:
    """Say whether a text is a feed, by its root element."""
    return _HEAD.match(text[:8_000]) is not None


def read_feed(text: str) -> Page:
    """Read the entries of a feed.

    >>> page = read_feed("<rss><item><title>Deep &amp; Wide</title><link>http://a.b</link></item>")
    >>> page.blocks[0].text, page.blocks[0].inline.links[0].url
    ('Deep & Wide', 'http://a.b')
    """
    places = Gathered(text)
    first = _ENTRY.search(text)
    head = text[: first.start()] if first else text[:20_000]
    blocks: list[Block] = []
    for start, end in _entries(text):
        blocks += _read_entry(text, start, end, places)
    title = _find(head, 0, len(head), "title")
    author = _find(head, 0, len(head), "name") or _find(head, 0, len(head), "managingEditor")
    fields = []
    if author and author.text.strip():
        line, column = places.place_of(author.start)
        fields.append(Field(key="author", value=author.text.strip(), line=line, column=column))
    return Page(
        blocks=tuple(blocks),
        form="feed",
        title=" ".join(title.text.split()) or None if title else None,
        fields=tuple(fields),
    )


def _entries(text: str) -> Iterator[tuple[int, int]]:
    starts = list(_ENTRY.finditer(text))[:_MOST_ENTRIES]
    for number, match in enumerate(starts):
        limit = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        yield match.end(), limit


def _find(text: str, start: int, end: int, name: str) -> _Element | None:
    """The first element of this name: its text without CDATA marks or entities."""
    opening = re.compile(rf"<{name}(?:\s[^<>]{{0,500}})?>", re.IGNORECASE).search(text, start, end)
    if opening is None or opening[0].endswith("/>"):
        return None
    plain = _CDATA.match(text, opening.end(), end)
    if plain:
        return _Element(text=plain[1], start=plain.start(1), jumps=((0, 0),))
    close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, opening.end(), end)
    raw = text[opening.end() : close.start() if close else end]
    words, jumps = unescape_entities(raw)
    return _Element(text=words, start=opening.end(), jumps=jumps)


def _read_entry(text: str, start: int, end: int, places: Gathered) -> list[Block]:
    title = _find(text, start, end, "title")
    url = _find_url(text, start, end)
    blocks: list[Block] = []
    if title and title.text.strip():
        blocks.append(_item(title, url, places))
    for name in _CONTENT:
        content = _find(text, start, end, name)
        if content and content.text.strip():
            gathered = Gathered(places)
            gathered.add(content.text, content.start, content.jumps)
            is_markdown = re.search(r"<\w+[^<>]*>", content.text) is None
            blocks += gathered.relocate(read_blocks(gathered.text, is_markdown=is_markdown))
            break
    return blocks


def _find_url(text: str, start: int, end: int) -> str:
    """Address of an entry: Atom's alternate link, RSS's link, else a guid that is one."""
    for match in _LINK.finditer(text, start, end):
        href = _HREF.search(match[1])
        if href and not re.search(r"rel\s*=\s*[\"'](?!alternate)", match[1]):
            return html.unescape(href[1] or href[2] or "").strip()
    for name in ("link", "guid", "id"):
        found = _find(text, start, end, name)
        if found and re.match(r"\s*https?://\S+\s*$", found.text):
            return found.text.strip()
    return ""


def _item(title: _Element, url: str, places: Gathered) -> Block:
    gathered = Gathered(places)
    gathered.add(title.text, title.start, title.jumps)
    read = gathered.relocate(read_blocks(gathered.text, is_markdown=False))
    words = " ".join(re.sub(r"<[^<>]{0,200}>", " ", title.text).split())
    anchors = read[0].inline.anchors if len(read) == 1 else ((0, *places.place_of(title.start)),)
    words = read[0].text if len(read) == 1 else words
    links = (Link(start=0, end=len(words), url=url),) if url else ()
    return Block(kind="item", inline=Inline(text=words, anchors=anchors, links=links), list_id=1)
