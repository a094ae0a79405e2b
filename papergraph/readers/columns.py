"""What the columns of a table tell of reading: "Read?", "Done", "Status", "Date read", "Rating"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from papergraph.readers.bibliography import reading_state
from papergraph.readers.cells import cells_of
from papergraph.readers.days import find_day
from papergraph.readers.reading import Reading
from papergraph.readers.stars import read_rating
from papergraph.readers.state_words import Told, whole_state
from papergraph.readers.tables import TITLES

# Seen or likely in reading lists on GitHub and in Obsidian and Notion notes, 2026-11.
_READ = re.compile(
    r"(?:(?:have )?i )?(?:already )?read(?: it)?(?: yet)?|gelesen|lue?s?|leídos?|已读|已讀|读完|"
    r"既読|読了|読んだ|是否(?:已)?[阅閱]?[读讀]|읽음",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:is |all )?(?:done|finished|completed)|(?:reading )?(?:status|state|progress)|erledigt|"
    r"fertig|lesestatus|statut|estado|(?:[阅閱][读讀]|読書)?(?:状态|狀態|状態|状況|[进進]度|進捗)|상태",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:date|day) (?:i )?(?:read|finished)|(?:read|finished)(?: on| at| date)|gelesen am|lu le",
    re.IGNORECASE,
)
_RATING = re.compile(r"(?:my )?rating|my (?:score|stars|grade)|bewertung|评分|평점", re.IGNORECASE)
_YES = re.compile(
    r"\[x\]|x|yes|y|true|ja|oui|s[ií]|100 ?%|[✓✔☑✅]\ufe0f?|"
    r":(?:heavy_check_mark|white_check_mark|ballot_box_with_check):|是|네",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\[ ?\]|no|n|false|nein|non|0 ?%|not (?:started|yet|read)|[☐⬜✗✘❌✖×]\ufe0f?|:x:|否|未|아니오",
    re.IGNORECASE,
)
_OF_CODE = re.compile(
    r"(?:models?|architectures?|backbones?|networks?|methods?|algorithms?|implementations?|code|"
    r"features?|weights?|checkpoints?|supported)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where a table has its titles, and what it tells of reading.

    `read` are columns that say whether or when something was read.
    """

    titles: int | None
    read: tuple[int, ...]
    rating: int | None


def tells_in_columns(reading: Reading, number: int) -> bool:
    """Say whether a block is a row of a table that has a column for what was read."""
    columns = _columns_of(reading, number)
    return columns is not None and bool(columns.read)


def told_in_row(reading: Reading, number: int, start: int) -> Told | None:
    """What the columns of a table tell of the paper at an offset of a row that is about it."""
    columns = _columns_for(reading, number, start)
    if columns is None:
        return None
    cells = [_told_in(reading, _words(reading, number, column)) for column in columns.read]
    told = [one for one in cells if one is not None]
    if told:
        day = next((one.day for one in told if one.day), None)
        return Told(state=told[0].state, end=0, day=day)
    is_rated = rated_in_row(reading, number, start) is not None
    return Told(state="read", end=0) if is_rated else None


def rated_in_row(reading: Reading, number: int, start: int) -> float | None:
    """The rating that stands in a column of its own, of the paper that a row is about."""
    columns = _columns_for(reading, number, start)
    if columns is None or columns.rating is None:
        return None
    return read_rating(_words(reading, number, columns.rating))


def _columns_of(reading: Reading, number: int) -> Columns | None:
    head = reading.table_heads.get(number)
    return _find_columns(reading.blocks[head].text) if head is not None else None


def _columns_for(reading: Reading, number: int, start: int) -> Columns | None:
    """The columns that tell of a paper: it must be what its row is about, not named beside it."""
    columns = _columns_of(reading, number)
    if columns is None:
        return None
    text = reading.blocks[number].text
    if columns.titles is None:
        return columns if not re.search(r"[^\W\d_]", text[:start]) else None
    low, high = _cell(text, columns.titles)
    beside = [one for one in reading.drafts.in_block(number) if low <= one.start < high]
    is_alone = all(one.start == start for one in beside)
    return columns if low <= start < high and is_alone else None


@lru_cache(maxsize=256)  # asked for by every row of a table
def _find_columns(head: str) -> Columns | None:
    """The columns of a table by the words at their head; None when none tells of reading."""
    heads = [words.strip("*_` ").removesuffix("?").rstrip() for _, words in cells_of(head)]

    def those(pattern: re.Pattern[str]) -> tuple[int, ...]:
        return tuple(at for at, words in enumerate(heads) if pattern.fullmatch(words))

    titles, rating, read = those(TITLES), those(_RATING), those(_READ)
    if titles and not those(_OF_CODE):
        read += those(_DONE)
    read += those(_DAY)
    if not read and not rating:
        return None
    return Columns(
        titles=titles[0] if titles else None, read=read, rating=rating[0] if rating else None
    )


def _cell(row: str, column: int) -> tuple[int, int]:
    """Where a cell of a row begins and ends."""
    cells = cells_of(row)
    if column >= len(cells):
        return 0, 0
    start, words = cells[column]
    return start, start + len(words)


def _words(reading: Reading, number: int, column: int) -> str:
    """The words of a cell; a link is to be read and tells nothing."""
    block = reading.blocks[number]
    start, end = _cell(block.text, column)
    if any(link.start < end and start < link.end for link in block.inline.links):
        return ""
    return block.text[start:end].strip("*_` -")


def _told_in(reading: Reading, words: str) -> Told | None:
    """What a cell says, its signs by the legend of the page."""
    state = reading.legend.told_by(words)
    return Told(state=state, end=0) if state else read_cell(reading.legend.strip(words).strip())


def read_cell(words: str) -> Told | None:
    """What a cell of a column about reading says.

    >>> [told and told.state for told in map(read_cell, ("[x]", "no", "reading", "3 of 5"))]
    ['read', 'queued', 'reading', None]
    """
    day = find_day(words)
    if day or _YES.fullmatch(words):
        return Told(state="read", end=0, day=day)
    if _NO.fullmatch(words):
        return Told(state="queued", end=0)
    state = reading_state(words)
    return Told(state=state, end=0) if state else whole_state(words)
