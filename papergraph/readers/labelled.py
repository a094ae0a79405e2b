"""Papers given as labelled lines: "Title: ...", "Authors: ...", "Link: ...", in mail and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from papergraph.readers.bibliography import (
    find_identifiers_of,
    find_month,
    reading_state,
    turn_name,
)
from papergraph.readers.blocks import Block, Inline, Page, StatedPaper
from papergraph.readers.markup import read_blocks
from papergraph.readers.vault import hide_marks
from papergraph.text import clean_title, split_authors

_LABELS = {
    "title": "paper,title,paper title,article,titel,titre,논문,제목,标题,題目,题目",
    "authors": "author,authors,by,autor,autoren,auteur,auteurs,저자,作者",
    "link": "link,links,url,paper link,pdf,arxiv,arxiv id,doi,source,paper url,링크,链接",
    "date": "year,date,published,publication date,jahr,année,연도,年份",
    "venue": "venue,journal,conference,published in,publication,where,학회,会议",
    "state": "status,state",
    "other": "categories,subjects,comments,journal-ref,report-no,msc-class,acm-class",
}
_LABEL_OF = {word: kind for kind, words in _LABELS.items() for word in words.split(",")}
_LINE = re.compile(
    r"^(?P<lead>[ \t>*•-]{0,12}(?:\d{1,3}[.)][ \t]+)?)"
    r"(?P<bold>[*_]{0,2})"
    r"(?P<label>[^\W\d_][\w -]{0,24}?)[ \t]{0,3}(?P=bold)[:：](?P=bold)?[ \t]+"
    r"(?P<value>\S.{0,600})$"
)
_ARXIV = re.compile(r"arXiv:(\d{4}\.\d{4,5})\s*$")  # above its title in arXiv's mailings
_ADDRESS = re.compile(r"https?://[^\s<>\"'`)\]}]{3,2000}")
_MOST_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Neighbouring lines with labels that name one paper: first line, last line, their values."""

    first: int
    last: int
    values: dict[str, str]
    column: int


def read_labelled(text: str, form: str, *, fewest: int = 2) -> Page | None:
    r"""Read a text that gives its papers as groups of labelled lines; None when it has few such.

    >>> page = read_labelled("Paper: Deep Nets\nLink: http://a.b/c.pdf", "mail", fewest=1)
    >>> page.stated[0].title, page.stated[0].url
    ('Deep Nets', 'http://a.b/c.pdf')
    """
    lines = text.split("\n")
    groups = _find_groups(lines)
    if len(groups) < fewest or not groups:
        return None
    masked = list(lines)
    for group in groups:
        masked[group.first - 1 : group.last] = [""] * (group.last - group.first + 1)
    blocks = read_blocks(hide_marks("\n".join(masked)))
    return _weave(blocks, groups, form)


def _find_groups(lines: list[str]) -> list[_Group]:
    groups: list[_Group] = []
    number = 0
    while number < len(lines):
        group = _read_group(lines, number)
        if group:
            groups.append(group)
            number = group.last
        else:
            number += 1
    return groups


def _read_group(lines: list[str], start: int) -> _Group | None:
    values: dict[str, str] = {}
    column, number, last = 1, start, start
    for number in range(start, min(start + _MOST_LINES, len(lines))):
        match = _LINE.match(lines[number]) if len(lines[number]) < 1000 else None
        kind = _LABEL_OF.get(match["label"].casefold()) if match else None
        if match is None or kind is None or (kind == "title" and values):
            break
        if number == start:
            if kind != "title":
                return None
            column = match.start("value") + 1
        label = match["label"].casefold()
        value = match["value"].strip().strip("*_").strip()
        if label in ("arxiv", "arxiv id", "doi") and "://" not in value:
            kind = label.partition(" ")[0]
        values.setdefault(kind, value)
        last = number + 1
    is_listed = _ARXIV.match(lines[start - 1]) if start and "title" in values else None
    if is_listed:
        values["arxiv"] = is_listed[1]
    is_paper = "title" in values and bool(values.keys() & {"authors", "link", "arxiv", "doi"})
    first = start if is_listed else start + 1
    return _Group(first=first, last=last, values=values, column=column) if is_paper else None


def _weave(blocks: tuple[Block, ...], groups: list[_Group], form: str) -> Page:
    """Put the stated papers among the other blocks, each as a heading of what is said of it."""
    level = max((block.level for block in blocks if block.kind == "heading"), default=0) + 1
    woven: list[Block] = []
    stated: list[StatedPaper] = []
    waiting = list(groups)
    for block in [*blocks, None]:
        while waiting and (block is None or waiting[0].first < block.line):
            group = waiting.pop(0)
            stated.append(_state(group, len(woven)))
            title = _title(group)
            inline = Inline(text=title, anchors=((0, group.first, group.column),))
            woven.append(Block(kind="heading", inline=inline, level=min(level, 6)))
        if block is not None:
            woven.append(block)
    return Page(blocks=tuple(woven), form=form, stated=tuple(stated))


def _title(group: _Group) -> str:
    title = re.sub(r"\[([^\[\]]{1,400})\]\([^()\s]{1,2000}\)", r"\1", group.values["title"])
    title = _ADDRESS.sub("", title).strip(' -–—<>()[]"“”')
    return clean_title(title) or group.values["title"]


def _state(group: _Group, block: int) -> StatedPaper:
    values = group.values
    urls = _ADDRESS.findall(f"{values.get('link', '')} {values['title']}")
    labelled = [("url", url) for url in urls]
    labelled += [(name, values[name]) for name in ("arxiv", "doi") if name in values]
    labelled.append(("text", values.get("link", "")))
    authors = re.sub(r"\bet\.? al\.?|\(.{0,200}?\)", "", values.get("authors", ""))
    return StatedPaper(
        block=block,
        title=_title(group),
        url=urls[0].rstrip(".,;") if urls else None,
        identifier=next(iter(find_identifiers_of(labelled)), None),
        authors=tuple(turn_name(name) for name in split_authors(authors))[:30],
        year=find_month(values.get("date", "") or values.get("venue", ""))[0],
        state=reading_state(values.get("state", "")),
    )
