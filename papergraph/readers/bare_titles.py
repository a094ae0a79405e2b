"""Titles without any link, in lists and prose: by form, by company, by what heads them."""

from __future__ import annotations

import re
from collections import defaultdict

from papergraph.readers.blocks import Block
from papergraph.readers.drafts import Draft
from papergraph.readers.people import find_authors
from papergraph.readers.reading import Reading
from papergraph.readers.titles import (
    capital_share,
    clean_entry_title,
    find_year,
    is_title_like,
    label_kind,
    looks_coined,
    nickname_before,
    nickname_of,
)

_WITH_YEAR = re.compile(
    r"^\s*(?:(?P<name>[^\s:–—-][^:–—]{1,24}?)\s*(?::|\s[-–—])\s+)?(?P<title>\S.{10,240}?)"
    r"[\s,]*[(\[](?P<rest>[^()\[\]]{0,60}\b(?:19|20)\d\d)[)\]]\s*(?P<tail>.{0,60})$"
)
_KEY_LINE = re.compile(
    r"\W*(?:authors?|tags?|keywords?|year|date|venue|conference|link|url|code|affiliations?|type|doi)"
    r"\W*:",
    re.IGNORECASE,
)
_PAPERS = re.compile(r"\bpapers\b|\breading list\b|\bto read\b|논문|论文|論文", re.IGNORECASE)
_QUOTED = re.compile(r"\s*[\"“„«《「]([^\"“”„«»《》「」]{8,260})[\"”“»》」][\s.]*")
_OTHERS = re.compile(
    r"\b(?:code|books?|videos?|blogs?|courses?|tools?|datasets?|tutorials?)\b", re.IGNORECASE
)


def find_bare_titles(reading: Reading) -> None:
    """Add the titles of list entries without links, and titles in italics or bold with authors.

    What stands in quotes beside a box to tick is a title.
    """
    lists: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, block in enumerate(reading.blocks):
        if reading.links[number] or reading.drafts.in_block(number) or len(block.text) > 1500:
            continue
        if block.is_done is not None and (quoted := _QUOTED.fullmatch(block.text)):
            if is_title_like(quoted[1]):
                _add(reading, number, *quoted.span(1), clean_entry_title(quoted[1]))
        elif block.kind == "item":
            lists[reading.home[number], block.list_id].append(number)
        elif block.kind == "paragraph":
            _styled_title(reading, number, block)
    for numbers in lists.values():
        _read_list(reading, numbers)


def _read_list(reading: Reading, numbers: list[int]) -> None:
    dated = [(n, match) for n in numbers if (match := _dated(reading.blocks[n]))]
    under_papers = _is_headed(reading, numbers[0])
    if dated and (len(dated) >= 2 or under_papers) and len(dated) >= 0.5 * len(numbers):
        for number, match in dated:
            _add_dated(reading, number, match)
        return
    if not under_papers:
        return
    titled = [number for number in numbers if _is_plain_title(reading.blocks[number].text)]
    if len(titled) >= 0.6 * len(numbers):
        for number in titled:
            text = reading.blocks[number].text
            _add(reading, number, 0, len(text), clean_entry_title(text))


def _dated(block: Block) -> re.Match[str] | None:
    match = _WITH_YEAR.match(block.text)
    if match is None:
        return None
    title = clean_entry_title(match["title"])
    is_title = is_title_like(title) and (capital_share(title) >= 0.5 or bool(match["name"]))
    return match if is_title and label_kind(title) is None else None


def _add_dated(reading: Reading, number: int, match: re.Match[str]) -> None:
    text = match.string
    start, end = match.span("title")
    name = (match["name"] or "").strip()
    if name and not looks_coined(name) and len(name.split()) > 1:
        start = match.start("name")
        name = ""
    draft = _add(reading, number, start, end, clean_entry_title(text[start:end]))
    draft.nickname = name if name and looks_coined(name) else draft.nickname
    draft.year = find_year(match["rest"])
    draft.authors = find_authors("", f"({match['rest']})") or find_authors("", match["tail"])


def _is_headed(reading: Reading, number: int) -> bool:
    """Whether the heading right above says that papers follow."""
    heading = reading.heading_of(reading.home[number])
    if heading is None or _OTHERS.search(heading.text):
        return False
    return bool(_PAPERS.search(heading.text))


def _is_plain_title(text: str) -> bool:
    title = clean_entry_title(text)
    return (
        is_title_like(title, fewest_words=4)
        and capital_share(title) >= 0.6
        and not text.rstrip().endswith((".", "!", ";"))
        and not _KEY_LINE.match(text)
        and not re.match(r"[a-z][\w ()+-]{1,20}:\s", text)
    )


def _styled_title(reading: Reading, number: int, block: Block) -> None:
    """A title in bold or italics with its authors or year beside it."""
    for style in block.inline.styles:
        words = block.text[style.start : style.end]
        title = clean_entry_title(words)
        if style.kind not in ("bold", "italic") or not is_title_like(title, fewest_words=4):
            continue
        tail = block.text[style.end : style.end + 90]
        people = find_authors("", tail)
        if capital_share(title) < 0.6 or not (people or re.match(r"\W{0,3}\(?(?:19|20)\d\d", tail)):
            continue
        draft = _add(reading, number, style.start, style.end, title)
        draft.role = "listed" if style.start <= 2 else "linked"
        draft.authors, draft.year = people, find_year(tail)
        return


def _add(reading: Reading, number: int, start: int, end: int, title: str) -> Draft:
    draft = Draft(
        block=number,
        start=start,
        end=end,
        role="listed",
        title=title,
        nickname=nickname_of(title) or nickname_before(reading.blocks[number].text[:start]),
        section=reading.home[number],
    )
    reading.drafts.add(draft)
    return draft
