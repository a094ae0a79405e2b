"""Lines of their own under a title that tell of reading it: "Read 4 Jan 2016", "★★★★☆"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from papergraph.readers.bibliography import reading_state
from papergraph.readers.blocks import Block
from papergraph.readers.days import find_day
from papergraph.readers.reading import Reading
from papergraph.readers.stars import find_stars, read_rating
from papergraph.readers.state_words import Told, whole_state

_STATUS_LINE = re.compile(
    r"\W*(?:(?:reading )?(?:status|state)|lesestatus|statut|estado|状态|상태)\W*[:：]+\W*(.{2,40})",
    re.IGNORECASE,
)
_RATING_LINE = re.compile(
    r"\W*(?:my |overall )?(?:rating|stars|score|bewertung|note|评分|평점)\W*?[:：]+\s*(\S.{0,30})",
    re.IGNORECASE,
)
_RATED = re.compile(r"[\s,;–—-]*\(?(?:\d[\d.,]{0,3}\s?/\s?(?:5|10)|[★☆⭐½\ufe0f]+)\)?\W*$")
_CLOSED = re.compile(r"\W*(?:\w+:\s*[\[<][^\[\]<>\n]*[\]>]\s*)?CLOSED:\s*\[(\d{4}-\d\d-\d\d)")
_HEAD = 3  # blocks below a title in which a line of its own tells of its reading
_LONGEST = 160  # characters of a block that may tell nothing but this


def told_below(reading: Reading, section: int | None) -> Told | None:
    """What a line says under the title that heads a section; None for no section."""
    for block in _blocks(reading, section):
        for line in _lines(block):
            told = _told(line)
            if told and not (block.kind == "heading" and told.day is None):
                is_open = block.is_done is False and told.state == "read"  # "- [ ] read"
                return replace(told, state="queued", day=None) if is_open else told
    return None


def stars_below(reading: Reading, section: int | None) -> float | None:
    """The rating on a line of its own, or beside the day of reading, under a title."""
    for block in _blocks(reading, section):
        for line in _lines(block):
            if (stars := _rated(line)) is not None:
                return stars
    return None


def closed_below(reading: Reading, section: int | None) -> str | None:
    """The day on which an Org heading was done: "CLOSED: [2021-03-04 Thu 10:00]" below it."""
    first = next(iter(_blocks(reading, section)), None)
    match = _CLOSED.match(first.text) if first else None
    return find_day(match[1]) if match else None


def _blocks(reading: Reading, section: int | None) -> Sequence[Block]:
    """The first blocks of a section."""
    if section is None:
        return ()
    first = reading.sections[section].heading + 1
    numbers = range(first, min(first + _HEAD, reading.sections[section].end))
    return [reading.blocks[number] for number in numbers if number not in reading.legend.blocks]


def _lines(block: Block) -> Iterator[str]:
    """A block, or line by line the beginning of one in which each line tells something."""
    if len(block.text) > _LONGEST:
        return
    is_one = block.line == block.inline.anchors[-1][1]
    told = () if is_one else tuple(takewhile(_tells, _cut(block)))
    yield from told or (block.text,)


def _tells(line: str) -> bool:
    return _told(line) is not None or _rated(line) is not None


def _cut(block: Block) -> Iterator[str]:
    """The lines of a block as they stand in the file."""
    start = 0
    while start < len(block.text):
        _, end = block.inline.line_span(start)
        yield block.text[start:end].strip()
        start = max(end, start + 1)


def _told(line: str) -> Told | None:
    key = _STATUS_LINE.fullmatch(line)
    state = reading_state(key[1].strip("*_` .")) if key else None
    if state:
        return Told(state=state, end=0)
    return whole_state(line) or whole_state(_RATED.sub("", line))


def _rated(line: str) -> float | None:
    key = _RATING_LINE.fullmatch(line)
    if key:
        return read_rating(key[1].strip("*_` "))
    is_signs = not re.search(r"[^\W\d_]", re.sub(r":\w+:", "", line))
    is_beside = not is_signs and _RATED.search(line) and whole_state(_RATED.sub("", line))
    return find_stars(line) if is_signs or is_beside else None
