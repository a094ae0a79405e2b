"""Titles of entries without what is no part of them: the day of the entry, a name before them."""

from __future__ import annotations

import re

from papergraph.readers.days import DAY, find_day
from papergraph.readers.drafts import Draft
from papergraph.readers.reading import Reading
from papergraph.readers.titles import (
    capital_share,
    clean_entry_title,
    is_generic_heading,
    is_title_like,
    is_venue,
    looks_coined,
)

_DAY_BEFORE = re.compile(rf"[\W_]*(?P<day>{DAY})(?!\w)[)\]*_]*(?:\s*[:,|–—-])?\s+", re.IGNORECASE)
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20)\d\d")
_NAMED = re.compile(r"(?P<name>[^\s()][^()]{1,30}?)\s+\((?P<title>[^()]{16,250})\)")
_LONGEST_NAME = 3  # words
_FEWEST = 4  # words of a title in brackets
_CAPITALS = 0.5


def tidy_titles(reading: Reading) -> None:
    """Take days and names from before the titles of a page's papers."""
    for draft in reading.drafts:
        if draft.title and reading.blocks:
            _drop_day(reading, draft)
            _part_name(draft)


def _drop_day(reading: Reading, draft: Draft) -> None:
    """Take the day an entry begins with from its title: "2023-01-05 Deep nets go deep"."""
    match = _DAY_BEFORE.match(draft.title or "")
    if match is None or not _is_full(match["day"]):
        return
    title = clean_entry_title((draft.title or "")[match.end() :])
    if not title or is_generic_heading(title):
        return
    draft.title = title
    shown = _DAY_BEFORE.match(reading.blocks[draft.block].text[draft.start : draft.end])
    draft.start += shown.end() if shown else 0


def _is_full(day: str) -> bool:
    """Say whether a day tells its month and year: a year alone may well begin a title."""
    return bool(_FULL_DAY.fullmatch(find_day(day) or "") or _SLASHED.fullmatch(day))


def _part_name(draft: Draft) -> None:
    """Part a coined name from the title in brackets after it: "DeepNet 2 (Deep Nets Go Deep)"."""
    match = _NAMED.fullmatch(draft.title or "")
    if match is None or draft.nickname not in (None, match["name"]):
        return
    name, title = match["name"], clean_entry_title(match["title"])
    is_name = len(name.split()) <= _LONGEST_NAME and looks_coined(name) and not is_venue(name)
    is_title = is_title_like(title, fewest_words=_FEWEST) and capital_share(title) > _CAPITALS
    if is_name and is_title:
        draft.nickname, draft.title = name, title
