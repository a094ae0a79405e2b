"""PDF documents to blocks: paragraphs, links, and the reference list of an article.

Lines are counted through the extracted text, in which every page begins with a line "page N".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from papergraph.readers.bibliography import find_identifiers_of, turn_name
from papergraph.readers.blocks import Block, Inline, Link, Page, StatedPaper
from papergraph.readers.pdf_text import PAGE_LINE, PdfLink, PdfText
from papergraph.readers.reference_styles import split_reference
from papergraph.readers.titles import clean_entry_title, find_year, is_title_like
from papergraph.text import split_authors

_REFERENCES = re.compile(
    r"\s*(?:\d{1,2}\.?\s+|[IVX]{1,5}\.\s+)?(?:references|bibliography|literature cited|"
    r"references and notes|works cited|literaturverzeichnis|literatur|références|참고문헌|参考文献)"
    r"\s*:?\s*",
    re.IGNORECASE,
)
_AFTER_REFERENCES = re.compile(
    r"\s*(?:[A-Z]\.?\s+)?(?:appendi(?:x|ces)|supplementa\w+|acknowledg\w+|author contributions|"
    r"checklist)\b.{0,60}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)]?)\s+(?=[^\W\d_\"“]|[\"“])")
_LABELLED = re.compile(r"\s*\[[A-Z][\w+]{1,10}\]\s+(?=[A-Z])")
_NAMED = re.compile(
    r"\s*(?:[A-ZÀ-Ž][\w'’-]+,\s+[A-ZÀ-Ž][\w.]*|[A-ZÀ-Ž]\.(?:[ -]?[A-Z]\.)*\s+[A-ZÀ-Ž][\w'’-]+|"
    r"[A-ZÀ-Ž][\w'’-]+(?:\s+[A-ZÀ-Ž][\w.'’-]*){1,3}(?:[,.]|\s+and\s))"
)

Lines: TypeAlias = list[tuple[int, str]]


def pdf_page(taken: PdfText, text: str) -> Page:
    """Turn the text of a PDF (after repair) into a page; its reference list becomes a list."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1)]
    lines = [(n, line) for n, line in lines if line.strip() and not PAGE_LINE.fullmatch(line)]
    links: dict[int, list[PdfLink]] = {}
    for link in taken.links:
        links.setdefault(link.line, []).append(link)
    start = max((at for at, (_, line) in enumerate(lines) if _is_references(line)), default=None)
    if start is None:
        blocks = [_make_block("paragraph", group, links) for group in _paragraphs(lines)]
        return Page(blocks=tuple(blocks), form="pdf", title=taken.title)
    blocks = [_make_block("paragraph", group, links) for group in _paragraphs(lines[:start])]
    end = _references_end(lines, start)
    blocks.append(_make_block("heading", lines[start : start + 1], links))
    stated: list[StatedPaper] = []
    for group in _references(lines[start + 1 : end]):
        block = _make_block("item", group, links)
        paper = parse_reference(block, len(blocks))
        stated += [paper] if paper else []
        blocks.append(block)
    if end < len(lines):
        blocks.append(_make_block("heading", lines[end : end + 1], links))
        blocks += [_make_block("paragraph", g, links) for g in _paragraphs(lines[end + 1 :])]
    title = taken.title or (lines[0][1] if is_title_like(lines[0][1]) else None)
    return Page(blocks=tuple(blocks), form="pdf", title=title, stated=tuple(stated))


def parse_reference(block: Block, number: int) -> StatedPaper | None:
    """Read an entry of a reference list; None when it has neither a title nor an identifier.

    >>> text = "[2] Author, A., & Writer, B. (2011). Sheep are countable objects. Farming, 12, 4-5."
    >>> block = Block(kind="item", inline=Inline(text=text, anchors=((0, 1, 1),)))
    >>> paper = parse_reference(block, 0)
    >>> paper.title, paper.authors, paper.year
    ('Sheep are countable objects', ('A. Author', 'B. Writer'), 2011)
    """
    mark = _NUMBERED.match(block.text) or _LABELLED.match(block.text)
    bare = block.text[mark.end() :] if mark else block.text
    urls = [link.url for link in block.inline.links if "doi" in link.url or "arxiv" in link.url]
    urls += re.findall(r"https?://[^\s<>\"]{4,500}", bare)
    labelled = [("text", bare), *(("url", url.rstrip(".,;)")) for url in urls)]
    identifiers = find_identifiers_of(labelled)
    title, authors = _split(bare)
    if not title and not identifiers:
        return None
    return StatedPaper(
        block=number,
        title=title,
        url=next((url.rstrip(".,;)") for url in urls), None),
        identifier=identifiers[0] if identifiers else None,
        authors=authors,
        year=find_year(bare),
    )


def _split(bare: str) -> tuple[str | None, tuple[str, ...]]:
    """Part a reference into its title and authors: quoted, after the year, or after the people."""
    quoted = re.search(r"[\"“„]([^\"“”„\n]{8,260})[\"”]", bare)
    if quoted:
        return clean_entry_title(quoted[1].rstrip(",.")), _people(bare[: quoted.start()])
    found = split_reference(bare, is_reference=True)
    if found:
        return clean_entry_title(bare[found.start : found.end]), found.people
    return None, ()


def _people(text: str) -> tuple[str, ...]:
    text = re.sub(r"\bet\.? al\b\.?|\(eds?\.\)", "", text).strip(" ,;:(")
    text = text if re.search(r"\b[A-Z]\.$", text) else text.rstrip(".")
    names = tuple(turn_name(name) for name in split_authors(text))
    is_names = all(len(name) < 40 and len(name.split()) <= 5 for name in names)
    return names[:30] if names and is_names else ()


def _is_references(line: str) -> bool:
    return _REFERENCES.fullmatch(line) is not None


def _references_end(lines: Lines, start: int) -> int:
    after = range(start + 2, len(lines))
    return next((at for at in after if _AFTER_REFERENCES.fullmatch(lines[at][1])), len(lines))


def _paragraphs(lines: Lines) -> Iterator[Lines]:
    """Cut running text where a line ends a sentence short of the margin, or a list begins."""
    widest = sorted(len(line) for _, line in lines)[int(0.9 * len(lines))] if lines else 0
    group: Lines = []
    for number, line in lines:
        is_item = re.match(r"\s*(?:[•●▪◦·–*-]|\(?\d{1,2}[.)])\s", line)
        if group and (is_item or _ends_here(group[-1][1], widest) or len(group) > 200):
            yield group
            group = []
        group.append((number, line))
    if group:
        yield group


def _ends_here(line: str, widest: int) -> bool:
    is_short = len(line) < 0.75 * widest
    return is_short and bool(re.search(r"[.!?:][\"”)\]]?$|^(?!.*[.,;]).{1,60}$", line))


def _references(lines: Lines) -> Iterator[Lines]:
    """Cut a reference list into entries, by their numbers, labels, or the names they begin with."""
    begins = _find_begins(lines)
    group: Lines = []
    for at, (number, line) in enumerate(lines):
        if re.fullmatch(r"\s*\d{1,4}\s*", line):
            continue  # a page number
        if at in begins and group:
            yield group
            group = []
        if group or at in begins:
            group.append((number, line))
    if group:
        yield group


def _find_begins(lines: Lines) -> frozenset[int]:
    numbered: list[int] = []
    last = 0
    for at, (_, line) in enumerate(lines):
        match = _NUMBERED.match(line)
        number = int(match[1] or match[2]) if match else 0
        if match and last < number <= last + 3:
            numbered.append(at)
            last = number
    if len(numbered) >= 2 or (numbered and numbered[0] == 0):
        return frozenset(numbered)
    labelled = [at for at, (_, line) in enumerate(lines) if _LABELLED.match(line)]
    if len(labelled) >= 2:
        return frozenset(labelled)
    ended = [0, *(at + 1 for at, (_, line) in enumerate(lines) if re.search(r"[.\d/]\s*$", line))]
    return frozenset(at for at in ended if at < len(lines) and _NAMED.match(lines[at][1]))


def _make_block(kind: str, lines: Lines, links: dict[int, list[PdfLink]]) -> Block:
    """Join lines; a word broken at the end of a line is made whole."""
    text = ""
    anchors: list[tuple[int, int, int]] = []
    found: list[Link] = []
    for number, line in lines:
        if text.endswith("-") and line[:1].islower():
            text = text[:-1]
        elif text:
            anchors.append((len(text), *_end_of(anchors, len(text))))
            text += " "
        anchors.append((len(text), number, 1))
        for link in links.get(number, ()):
            start = len(text) + link.start - 1
            end = min(len(text) + link.end - 1, len(text) + len(line))
            if start < end:
                found.append(Link(start=start, end=end, url=link.url))
        text += line
    kept = [link for link in found if link.end <= len(text)]
    inline = Inline(text=text, anchors=tuple(anchors), links=tuple(_whole(kept, text)))
    level = 1 if kind == "heading" else 0
    return Block(kind=kind, inline=inline, level=level, list_id=1 if kind == "item" else 0)


def _end_of(anchors: list[tuple[int, int, int]], length: int) -> tuple[int, int]:
    start, line, column = anchors[-1]
    return line, column + length - start


def _whole(links: list[Link], text: str) -> Iterator[Link]:
    """Join links to one address that stand side by side: one link over a line break."""
    last: Link | None = None
    for link in sorted(links, key=lambda link: link.start):
        if last and last.url == link.url and not text[last.end : link.start].strip():
            last = Link(start=last.start, end=link.end, url=last.url)
            continue
        if last and link.start >= last.end:
            yield last
        last = link
    if last:
        yield last
