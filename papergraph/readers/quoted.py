"""Quoted titles with their source beside them: “Deep nets go deep” (Rao et al., CVPR 2016)."""

from __future__ import annotations

import re

from papergraph.readers.blocks import Block
from papergraph.readers.drafts import Draft
from papergraph.readers.people import find_authors
from papergraph.readers.reading import Reading
from papergraph.readers.reference_styles import read_people
from papergraph.readers.titles import (
    BIBLIOGRAPHIC,
    clean_entry_title,
    find_year,
    is_title_like,
    nickname_of,
)

_QUOTED = re.compile(
    r"[\"“„]([^\"“”„\n]{8,260})[\"”“]|[«‹]\s?([^«»‹›\n]{8,260}?)\s?[»›]|[「『《]([^「」『』《》\n]{4,260})[」』》]"
)
_SOURCE = re.compile(
    r"[^\S\n]*(?:,\s*|[-–—:]\s*)?(?:\((?P<inside>[^()]{4,120})\)|"
    r"(?P<after>(?:[^.;()\n\"“„]|(?<=\bal)\.|(?<=\b[A-Zu])\.|(?<=\bu\.\sa)\.|(?<=\bu\.a)\.){4,90}))"
)
_WITH_PEOPLE = re.compile(r"(?:^|[\s(])((?:[A-Z][\w.'’-]*[\s,&]*|and\s|et al\.?,?\s*){1,14}):?\s*$")
_BY = re.compile(r"[^\S\n]*[(,]?\s?by\s+(?=[A-Z][^.\n]{1,60}\bet al\b)")
_LONGEST = 3000


def find_quoted(reading: Reading) -> None:
    """Add titles in quotes that are followed by people, a venue or a year, in lists and prose."""
    for number, block in enumerate(reading.blocks):
        if block.kind not in ("item", "paragraph") or len(block.text) > _LONGEST:
            continue
        for match in _QUOTED.finditer(block.text):
            _read_quote(reading, number, block, match)


def _read_quote(reading: Reading, number: int, block: Block, match: re.Match[str]) -> None:
    group = next(index for index in (1, 2, 3) if match[index])
    start, end = match.span(group)
    if any(one.start < match.end() and start < one.end for one in reading.drafts.in_block(number)):
        return
    if any(link.start < end and start < link.end for link in reading.links[number]):
        return
    told = _SOURCE.match(block.text, match.end())
    source = (told["inside"] or told["after"] or "") if told else ""
    lead = block.text[: match.start()]
    before = _WITH_PEOPLE.search(lead[-160:])
    people = find_authors(f"{before[1]} ", "") if before else ()
    byline = _BY.match(block.text, match.end())
    if byline:
        people = read_people(block.text[byline.end() : byline.end() + 200])
    people = people or read_people(source)
    year = find_year(source)
    title = clean_entry_title(block.text[start:end].rstrip(".,"))
    if re.search(r"\bp\.\s?\d", source):  # words of a paper, and the page they stand on
        return
    is_sure = bool(year) and (bool(people) or bool(BIBLIOGRAPHIC.search(source)))
    is_sure = is_sure or bool(byline and people)
    if not is_sure or not is_title_like(title, fewest_words=2 if people else 3):
        return
    opens = not re.search(r"\w", lead) or bool(people and before and before.start(1) <= 2)
    reading.drafts.add(
        Draft(
            block=number,
            start=start,
            end=end,
            role="listed" if opens else "linked",
            title=title,
            nickname=nickname_of(title),
            year=year,
            authors=people,
            section=reading.home[number],
        )
    )
