"""Tell the form a text is written in, and turn it into a page of blocks."""

from __future__ import annotations

import re
from collections.abc import Callable

from papergraph.errors import ReadingError
from papergraph.readers.bibliography import Bibliography
from papergraph.readers.bibtex import is_bibtex, read_bibtex
from papergraph.readers.blocks import Page
from papergraph.readers.bookmarks import is_bookmarks, read_bookmarks
from papergraph.readers.csl import is_csl, is_json, read_csl
from papergraph.readers.delimited import is_delimited, read_delimited
from papergraph.readers.dump import read_dump
from papergraph.readers.endnote import is_endnote, read_endnote
from papergraph.readers.feed import is_feed, read_feed
from papergraph.readers.front_matter import split_front_matter
from papergraph.readers.labelled import read_labelled
from papergraph.readers.mail import is_mail, read_mail
from papergraph.readers.markup import read_blocks
from papergraph.readers.nbib import is_nbib, read_nbib
from papergraph.readers.notebook import is_notebook, read_notebook
from papergraph.readers.org import is_org, org_title, org_to_markdown
from papergraph.readers.repair import is_dump
from papergraph.readers.ris import is_ris, read_ris
from papergraph.readers.rst import is_rst, rst_to_markdown
from papergraph.readers.tex import is_tex, tex_to_markdown
from papergraph.readers.vault import hide_marks
from papergraph.readers.zotero_rdf import is_zotero_rdf, read_zotero_rdf

_HTML_START = re.compile(
    r"\s*(?:<!doctype html|<html\b|<\?xml[^>]*>\s*<(?:!doctype html|html)\b)", re.IGNORECASE
)
_BLOCK_TAG = re.compile(r"<(?:p|div|h[1-6]|li|td|table|ul|ol)\b", re.IGNORECASE)
_MARKDOWN_SIGN = re.compile(r"^(?:#{1,6}\s|[-*+]\s|\d+\.\s|>\s)|\]\(\S|\*\*\S", re.MULTILINE)
_TITLE_TAG = re.compile(r"<title[^>]*>([^<]{1,300})</title>", re.IGNORECASE)

Test = Callable[[str, str], bool]
BIBLIOGRAPHIES: tuple[tuple[str, Test, Callable[[str], Bibliography]], ...] = (
    ("bibtex", is_bibtex, read_bibtex),
    ("ris", is_ris, read_ris),
    ("csl-json", is_csl, read_csl),
    ("nbib", is_nbib, read_nbib),
    ("endnote-xml", is_endnote, read_endnote),
    ("zotero-rdf", is_zotero_rdf, read_zotero_rdf),
    ("csv", is_delimited, read_delimited),
)


def read_bibliography(text: str, origin: str) -> Bibliography | None:
    """Read a bibliography of a known form; None when a text is none."""
    for _, is_so, read in BIBLIOGRAPHIES:
        if is_so(text, origin):
            return read(text)
    return None


def detect_form(text: str, origin: str) -> str:
    """Name the form: one of `_READERS`, else markdown, html or text.

    >>> detect_form("<html><p>a</p></html>", "a"), detect_form("# a", "b.md")
    ('html', 'markdown')
    >>> detect_form("TY  - JOUR", "a"), detect_form("@article{k, title={a}}", "b")
    ('ris', 'bibtex')
    """
    return next((form for form, is_so, _ in _READERS if is_so(text, origin)), None) or _by_signs(
        text, origin
    )


def _by_signs(text: str, origin: str) -> str:
    """Tell Markdown, HTML and plain text by the file's name and by which marks are more."""
    suffix = origin.rsplit(".", 1)[-1].casefold() if "." in origin[-12:] else ""
    tags, signs = len(_BLOCK_TAG.findall(text)), len(_MARKDOWN_SIGN.findall(text))
    if suffix in ("html", "htm", "xhtml"):
        return "html" if tags * 3 >= signs else "markdown"
    if suffix in ("md", "markdown", "mkd", "mdx"):
        return "markdown"
    if tags >= 10 and tags > 5 * signs:
        return "html"
    return "markdown" if signs or text.lstrip().startswith(("---\n", "+++\n", "<")) else "text"


def read_page(text: str, origin: str) -> Page:
    """Read a text into blocks by the form it has.

    Raises
    ------
    ReadingError
        When the file is called JSON and is neither a bibliography nor a notebook.
    """
    form = detect_form(text, origin)
    for name, _, read in _READERS:
        if name == form:
            return read(text)
    if is_json(text, origin):
        raise ReadingError(
            f"a review was asked for, JSON without papers was found in {origin!r};"
            " of JSON, CSL-JSON bibliographies and Jupyter notebooks are read"
        )
    return _read_markup(text, form)


def _read_markup(text: str, form: str) -> Page:
    if form == "html":
        return _read_html(text)
    fields, body, _ = split_front_matter(text)
    labelled = None if fields else read_labelled(body, form)
    return labelled or Page(blocks=read_blocks(hide_marks(body)), form=form, fields=fields)


def _read_html(text: str) -> Page:
    fields, body, _ = split_front_matter(text)
    title = _TITLE_TAG.search(body[:5000])
    return Page(
        blocks=read_blocks(body, is_markdown=False),
        form="html",
        fields=fields,
        title=title[1].strip() if title else None,
    )


def _read_dump(text: str) -> Page:
    blocks = read_dump(text)
    heads = (block.text for block in blocks if block.kind == "heading" and not block.inline.links)
    headline = next((head for head in heads if len(head.split()) >= 4), None)
    return Page(blocks=blocks, form="dump", title=headline)


def _read_org(text: str) -> Page:
    return Page(blocks=read_blocks(org_to_markdown(text)), form="org", title=org_title(text))


def _read_rst(text: str) -> Page:
    return Page(blocks=read_blocks(rst_to_markdown(text)), form="rst", title=org_title(text))


def _read_tex(text: str) -> Page:
    return Page(blocks=read_blocks(tex_to_markdown(text)), form="latex")


def _is_printed(text: str, _origin: str) -> bool:
    return is_dump(tuple(text.split("\n")))


def _is_html(text: str, _origin: str) -> bool:
    return bool(_HTML_START.match(text))


def _as_page(read: Callable[[str], Bibliography]) -> Callable[[str], Page]:
    return lambda text: read(text).as_page()


_READERS: tuple[tuple[str, Test, Callable[[str], Page]], ...] = (
    *((name, is_so, _as_page(read)) for name, is_so, read in BIBLIOGRAPHIES),
    ("notebook", is_notebook, read_notebook),
    ("bookmarks", is_bookmarks, read_bookmarks),
    ("feed", is_feed, read_feed),
    ("mail", is_mail, read_mail),
    ("latex", is_tex, _read_tex),
    ("dump", _is_printed, _read_dump),
    ("html", _is_html, _read_html),
    ("org", is_org, _read_org),
    ("rst", is_rst, _read_rst),
)
