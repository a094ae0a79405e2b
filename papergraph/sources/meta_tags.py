"""What a landing page tells in its tags: <meta> for Google Scholar, named blocks, and links.

Shape seen 2026-10 on arXiv, NeurIPS, PMLR, CVF and ACL pages: name or property, content, in any
order, with or without quotes or a closing slash, values as entities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from papergraph.errors import SourceError
from papergraph.models import PaperRecord
from papergraph.sources.challenges import refuse_challenge
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title, split_notice
from papergraph.sources.shapes import month_of, name_identifiers, year_of
from papergraph.sources.source import Reply

Meta = Mapping[str, tuple[str, ...]]

# They have no end tag, so that they hold nothing.
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_VENUES = ("citation_conference_title", "citation_journal_title", "citation_inbook_title")
_DATES = ("citation_publication_date", "citation_date", "citation_online_date", "citation_year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One <a> of a page: where it leads as written, and its text."""

    href: str
    text: str


def read_meta(page: str) -> Meta:
    """Collect the contents of all <meta> tags by lower-case name, in the order of the page.

    >>> read_meta('<meta name="citation_author" content="He, K."/>')["citation_author"]
    ('He, K.',)
    """
    reader = _MetaReader()
    reader.feed(page)
    reader.close()
    return {name: tuple(values) for name, values in reader.found.items()}


def read_block(page: str, mark: str) -> str:
    """Return the text of the first element with this id or class; "" when there is no whole one.

    >>> read_block('<p><div class="card abstract">One <i>net</i>.<br>Two.</div>', "abstract")
    'One net. Two.'
    """
    reader = _BlockReader(mark)
    reader.feed(page)
    reader.close()
    return " ".join("".join(reader.pieces).split()) if reader.is_whole else ""


def read_links(page: str) -> tuple[Link, ...]:
    """List the links of a page in order.

    >>> read_links('<a title="paper title" href="/1.html">On <i>nets</i></a>')
    (Link(href='/1.html', text='On nets'),)
    """
    reader = _LinkReader()
    reader.feed(page)
    reader.close()
    return tuple(reader.found)


def parse_landing(
    reply: Reply, *, named: tuple[tuple[str, str], ...], abstract: str = ""
) -> PaperRecord:
    """Make a record of a landing page; `named` are (scheme, value) pairs that it is known by.

    Raises
    ------
    RefusedError
        When a page came that asks who is there.
    SourceError
        When the page has no citation_title: it is no landing page, or broke off.
    """
    refuse_challenge(reply)
    meta = read_meta(reply.text)
    written = clean_title(" ".join(meta.get("citation_title", ())[:1]))
    if not written:
        raise SourceError(
            f"{reply.source} answered a page without citation_title for {reply.url!r}:"
            f" {reply.text[:60]!r}; run again later"
        )
    title, tags = split_notice(written)
    date = _first(meta, *_DATES)
    return PaperRecord(
        title=title,
        source=f"source:{reply.source}",
        authors=tuple(n for name in meta.get("citation_author", ()) if (n := clean_name(name))),
        year=year_of(date),
        published=_month(date),
        venue=clean_title(_first(meta, *_VENUES)) or None,
        abstract=clean_abstract(abstract or _first(meta, "citation_abstract")) or None,
        url=reply.url,
        identifiers=name_identifiers(*named, ("doi", _first(meta, "citation_doi"))),
        tags=tags,
        pdf=_secure(_first(meta, "citation_pdf_url")),
    )


def _first(meta: Meta, *names: str) -> str:
    return next((value for name in names for value in meta.get(name, ())), "")


def _month(date: str) -> str | None:
    """Read "2021/6" and "2021-06-01" as "2021-06"."""
    year, slash, month = date.partition("/")
    return month_of(f"{year}-{month.partition('/')[0]:0>2}" if slash else date)


def _secure(url: str) -> str | None:
    return url.replace("http://", "https://", 1) if url.startswith("http") else None


class _MetaReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            return
        given = dict(attrs)
        name = (given.get("name") or given.get("property") or "").lower()
        content = (given.get("content") or "").strip()
        if name and content:
            self.found.setdefault(name, []).append(content)


class _BlockReader(HTMLParser):
    """Reads one element: open tags of the same name inside it are counted."""

    def __init__(self, mark: str) -> None:
        super().__init__(convert_charrefs=True)
        self._mark, self._tag, self._depth = mark, "", 0
        self.is_whole = False
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth and not self.is_whole:
            self._depth += tag == self._tag
            self.pieces += [" "] if tag in {"br", "p", "div"} else []
        elif not self._tag and tag not in _VOID:
            given = dict(attrs)
            if self._mark in {given.get("id"), *(given.get("class") or "").split()}:
                self._tag, self._depth = tag, 1

    def handle_endtag(self, tag: str) -> None:
        if self._depth and not self.is_whole:
            self._depth -= tag == self._tag
            self.pieces += [" "] if tag in {"p", "div", "h4", "h5"} else []
            self.is_whole = self._depth == 0

    def handle_data(self, data: str) -> None:
        if self._depth and not self.is_whole:
            self.pieces.append(data)


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._href: str | None = None
        self._pieces: list[str] = []
        self.found: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._pieces = dict(attrs).get("href"), []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.found.append(Link(href=self._href, text=" ".join("".join(self._pieces).split())))
            self._href = None

    def handle_data(self, data: str) -> None:
        if self._href:
            self._pieces.append(data)
