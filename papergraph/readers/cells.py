"""The cells of a row of a table, and the year that a row gives its paper."""

from __future__ import annotations

import re

from papergraph.readers.titles import find_year, is_venue

_CELL = re.compile(r"(?:\\.|[^|\\])+")
_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*")
_NAMED_YEAR = re.compile(r"(?:[A-Z][\w@&/-]*\s){1,5}'?(?:19|20)\d\d")  # "IEEE ICIP 2019"
_SEASON = re.compile(
    r"\b(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|spring|summer|fall|autumn|"
    r"winter|ss|ws|semester|term)",
    re.IGNORECASE,
)


def cells_of(text: str) -> list[tuple[int, str]]:
    """Return the cells of a row: where each begins, and its words."""
    start = len(text) - len(text.lstrip(" |")) if text.lstrip().startswith("|") else 0
    return [
        (match.start() + len(match[0]) - len(match[0].lstrip()), match[0].strip())
        for match in _CELL.finditer(text, start)
    ]


def year_in_row(text: str) -> int | None:
    """Return the year a row states in a cell of its own, with a venue or without.

    A day in another cell is when somebody met or read, and no year of publication.

    >>> year_in_row("| Deep nets | NeurIPS 2019 |"), year_in_row("| May 4, 2024 | Deep nets |")
    (2019, None)
    """
    for _, words in cells_of(text):
        is_named = _NAMED_YEAR.fullmatch(words) and not _SEASON.search(words)
        if is_named or _YEAR.fullmatch(words) or is_venue(words):
            year = find_year(words)
            if year is not None:
                return year
    return None
