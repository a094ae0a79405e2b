"""Decide whether what a title search offered is the paper that was asked for.

The rule of sources.md 3.1, made for recorded false matches: Semantic Scholar answers "Gravity hill"
with "Explanation of Gravity Hill of Mainpat...", Crossref always answers something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from papergraph.models import PaperRecord
from papergraph.text import compare_form, shorten, surname, title_words

MIN_RATIO = 87
"""Titles under this `fuzz.ratio` of their comparable forms are two titles (0 to 100)."""

SHORT_WORDS = 4
"""Titles of fewer words name too many papers to be taken without an author or a year."""

MOST_YEARS = 1
"""Preprint and venue of one paper lie this far apart as a rule (ResNet: 2015 and 2016)."""


def judge_title(
    asked_title: str, record: PaperRecord, *, author: str | None = None, year: int | None = None
) -> str | None:
    """Say why this record is not the paper of that title; None when it is accepted.

    Titles must be equal in their words, or nearly so with the same numbers. A near match needs the
    author's surname or the year to agree when one was given; a short title always does; an equal
    long title falls only when all that was given contradicts it.

    >>> found = PaperRecord(title="Deep Learning", source="source:s2", authors=("Yann LeCun",))
    >>> judge_title("Deep learning", found)
    "short title 'Deep learning' needs an author or a year, and none was given"
    >>> judge_title("Deep learning.", found, author="LeCun, Y.") is None
    True
    """
    asked, offered = compare_form(asked_title), compare_form(record.title)
    if not asked or not offered:
        return f"no words to compare in {shorten(asked_title)!r} and {shorten(record.title)!r}"
    is_equal = asked.replace(" ", "") == offered.replace(" ", "")
    if not is_equal and (reason := _judge_words(asked_title, record.title, asked, offered)):
        return reason
    known = _Witnesses.hear(record, author, year)
    if len(title_words(asked_title)) < SHORT_WORDS:
        return _judge_short(asked_title, known)
    if known.by_author or known.by_year:
        return None
    if is_equal:  # both speak against it, not only one
        return "; ".join(known.against) if known.by_author is known.by_year is False else None
    return "; ".join(known.against) or None


def _judge_short(asked_title: str, known: _Witnesses) -> str | None:
    if known.by_author or (known.by_year and known.by_author is None):
        return None
    told = "; ".join(known.against) or "none was given"
    return f"short title {shorten(asked_title)!r} needs an author or a year, and {told}"


def _judge_words(asked_title: str, offered_title: str, asked: str, offered: str) -> str | None:
    ratio = fuzz.ratio(asked, offered)
    if ratio < MIN_RATIO:
        return (
            f"titles differ, {ratio:.0f} of 100 under {MIN_RATIO}:"
            f" {shorten(asked_title)!r} and {shorten(offered_title)!r}"
        )
    # "Part I" and "Part II", "YOLOv2" and "YOLOv3": near in letters, two papers all the same
    if _counters(asked) != _counters(offered):
        return f"numbers differ: {shorten(asked_title)!r} and {shorten(offered_title)!r}"
    return None


def _counters(compared: str) -> list[str]:
    figures = re.findall(r"[0-9]+", compared)
    romans = [word for word in compared.split()[1:] if re.fullmatch(r"[ivx]+", word)]
    return sorted((*figures, *romans))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Witnesses:
    """Do author and year agree? None where one side does not say; `against` tells what does not."""

    by_author: bool | None
    by_year: bool | None
    against: tuple[str, ...]

    @classmethod
    def hear(cls, record: PaperRecord, author: str | None, year: int | None) -> _Witnesses:
        wanted = surname(author) if author else ""
        against: list[str] = []
        by_author = by_year = None
        if wanted:
            families = {surname(name) for name in record.authors}
            by_author = wanted in families if families else None
            if not by_author:
                against.append(f"{author!r} is not among the authors {_some(record.authors)}")
        if year is not None:
            by_year = None if record.year is None else abs(record.year - year) <= MOST_YEARS
            if not by_year:
                against.append(f"the year is {record.year or 'unknown'}, not {year}")
        return cls(by_author=by_author, by_year=by_year, against=tuple(against))


def _some(authors: tuple[str, ...]) -> str:
    if not authors:
        return "(none known)"
    return ", ".join(authors[:3]) + (" and others" if len(authors) > 3 else "")
