"""Bookmarks as browsers export them: folders are headings, links are list items."""

from __future__ import annotations

import re

from papergraph.readers.blocks import Page
from papergraph.readers.markup import read_blocks

_HEAD = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<!DOCTYPE\s+NETSCAPE-Bookmark-file", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<(/?)(DL|DT|DD|H3|H1|A|P)\b([^<>]{0,100000})>", re.IGNORECASE)
_SITE = re.compile(
    r"(\s[|·•–—-]\s*(?:OpenReview|arXiv(?:\.org)?|Semantic Scholar|PubMed|bioRxiv|medRxiv|"
    r"Nature(?: [A-Z]\w+)*|Science|IEEE (?:Xplore|Journals?[^<]{0,60})|ScienceDirect|SpringerLink|"
    r"Proceedings of [^<]{3,120}|ACL Anthology|PNAS|PLOS ONE|JSTOR|ACM Digital Library)\s*)"
    r"(?=</a>)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?<=>)((?:\[[a-z-]{0,12}/?\d{4}\.?\d{3,5}(?:v\d+)?\]|\(PDF\)|\[PDF\])\s*)", re.IGNORECASE
)


def is_bookmarks(text: str, _origin: str) -> bool:
    """Say whether a text is a browser's bookmarks file, by its first line."""
    return _HEAD.match(text[:4000]) is not None


def read_bookmarks(text: str) -> Page:
    """Read a bookmarks file; the tags are changed for those of the same length that HTML has.

    >>> head = "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><H3>Papers</H3><DL>"
    >>> page = read_bookmarks(head + '<DT><A HREF="https://arxiv.org/abs/1512.03385">Nets</A>')
    >>> [(block.kind, block.text) for block in page.blocks]
    [('heading', 'Papers'), ('item', 'Nets')]
    """
    head = re.compile(r"<!DOCTYPE[^<>]*>", re.IGNORECASE)
    text = head.sub(lambda match: " " * len(match[0]), text, count=1)
    text = _LEAD.sub(lambda match: " " * len(match[0]), text)
    text = _SITE.sub(lambda match: " " * len(match[0]), text)
    return Page(blocks=read_blocks(_to_html(text), is_markdown=False), form="bookmarks")


def _to_html(text: str) -> str:
    parts: list[str] = []
    position = depth = 0
    for match in _TAG.finditer(text):
        parts.append(text[position : match.start()])
        position = match.end()
        name, is_end = match[2].upper(), bool(match[1])
        if name == "DL":
            depth = max(depth + (-1 if is_end else 1), 0)
            parts.append(" " * len(match[0]) if not is_end else _padded("</p>", match[0]))
        elif name == "H3":
            level = min(max(depth, 1) + 1, 6)
            parts.append(_padded(f"</h{level}>" if is_end else f"<h{level}>", match[0]))
        elif name == "DT":
            is_folder = re.match(r"\s*<H3\b", text[match.end() : match.end() + 40], re.IGNORECASE)
            parts.append(" " * len(match[0]) if is_folder or is_end else _padded("<li>", match[0]))
        elif name == "DD":
            parts.append(_padded("<p>", match[0]))
        elif name == "A" and not is_end:
            parts.append(_link(match[0]))
        else:
            parts.append(match[0])
    parts.append(text[position:])
    return "".join(parts)


def _padded(tag: str, old: str) -> str:
    """A tag filled up to the length of the one it stands for; line feeds stay."""
    rest = re.sub(r"[^\n]", " ", old[len(tag) :])
    return tag[:-1] + rest + ">" if tag.endswith(">") and "\n" not in rest else tag + rest


def _link(tag: str) -> str:
    """Leave out all attributes but the address: icons are kept as long data in them."""
    href = re.search(r"\bHREF\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", tag, re.IGNORECASE)
    if href is None or len(href[1]) > 4000:
        return re.sub(r"[^\n]", " ", tag)
    short = f"<a href={href[1]}>"
    return _padded(short, tag) if len(short) <= len(tag) else tag
