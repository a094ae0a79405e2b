"""Tell the form a text is written in, and turn it into a page of blocks."""

from __future__ import annotations

import re

from papergraph.readers.bibtex import is_bibtex, read_bibtex
from papergraph.readers.blocks import Page
from papergraph.readers.dump import read_dump
from papergraph.readers.front_matter import split_front_matter
from papergraph.readers.markup import read_blocks
from papergraph.readers.org import is_org, org_title, org_to_markdown
from papergraph.readers.repair import is_dump
from papergraph.readers.rst import is_rst, rst_to_markdown

_HTML_START = re.compile(
    r"\s*(?:<!doctype html|<html\b|<\?xml[^>]*>\s*<(?:!doctype html|html)\b)", re.IGNORECASE
)
_BLOCK_TAG = re.compile(r"<(?:p|div|h[1-6]|li|td|table|ul|ol)\b", re.IGNORECASE)
_MARKDOWN_SIGN = re.compile(r"^(?:#{1,6}\s|[-*+]\s|\d+\.\s|>\s)|\]\(\S|\*\*\S", re.MULTILINE)
_TITLE_TAG = re.compile(r"<title[^>]*>([^<]{1,300})</title>", re.IGNORECASE)


def detect_form(text: str, origin: str) -> str:
    """Name the form: html, dump, bibtex, org, rst, markdown, or text.

    >>> detect_form("<html><p>a</p></html>", "a"), detect_form("# a", "b.md")
    ('html', 'markdown')
    """
    tests = (
        ("dump", is_dump(tuple(text.split("\n")))),
        ("bibtex", is_bibtex(text, origin)),
        ("html", bool(_HTML_START.match(text))),
        ("org", is_org(text, origin)),
        ("rst", is_rst(text, origin)),
    )
    return next((form for form, is_so in tests if is_so), None) or _by_signs(text, origin)


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
    """Read a text into blocks by the form it has."""
    form = detect_form(text, origin)
    if form == "dump":
        blocks = read_dump(text)
        heads = (
            block.text for block in blocks if block.kind == "heading" and not block.inline.links
        )
        headline = next((head for head in heads if len(head.split()) >= 4), None)
        return Page(blocks=blocks, form=form, title=headline)
    if form == "bibtex":
        return Page(blocks=read_bibtex(text), form=form)
    if form in ("org", "rst"):
        body = org_to_markdown(text) if form == "org" else rst_to_markdown(text)
        return Page(blocks=read_blocks(body), form=form, title=org_title(text))
    fields, body, _ = split_front_matter(text)
    title = _TITLE_TAG.search(body[:5000]) if form == "html" else None
    return Page(
        blocks=read_blocks(body, is_markdown=form != "html"),
        form=form,
        fields=fields,
        title=title[1].strip() if title else None,
    )
