"""Days as people write them in notes: "4 Jan 2016", "2016-01-04", "Mai 2016", "2016年1月4日"."""

from __future__ import annotations

import re
from datetime import date

# The first letters tell a month in English, German, French and Spanish.
_MONTHS = (
    ("jan", "ene"),
    ("feb", "fév", "fev"),
    ("mar", "mär", "mrz"),
    ("apr", "avr", "abr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aoû", "aou", "ago"),
    ("sep",),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez", "déc", "dic"),
)
_MONTH = rf"(?:{'|'.join(name for names in _MONTHS for name in names)})[a-zéûä]{{0,7}}\.?"
_NUMBER = r"\d{1,2}(?:\.|st|nd|rd|th|er)?"
_YEAR = r"(?:19|20)\d\d"
_FORMS = (
    re.compile(rf"(?P<y>{_YEAR})[-/.](?P<m>\d{{1,2}})(?:[-/.](?P<d>\d{{1,2}}))?(?!\d)"),
    re.compile(
        rf"(?P<y>{_YEAR})\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월](?:\s?(?P<d>\d{{1,2}})\s?[日일])?"
    ),
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th|er)?\s(?:of |de )?(?P<n>{_MONTH})(?: de)?,?"
        rf"(?:\s(?P<y>{_YEAR}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<n>{_MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<y>{_YEAR}))?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<n>{_MONTH}),?\s(?P<y>{_YEAR})", re.IGNORECASE),
    re.compile(rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>{_YEAR})"),
    re.compile(rf"\d{{1,2}}/\d{{1,2}}/{_YEAR}"),  # whose day and month nobody can tell apart
    re.compile(rf"(?P<y>{_YEAR})"),
)
DAY = "|".join(re.sub(r"\?P<\w>", "?:", form.pattern) for form in _FORMS)
"""A pattern of all these forms, without groups; a day of a month need not tell its year."""


def find_day(text: str) -> str | None:
    """Return a day that is the whole text as "2016-01-04", "2016-01" or "2016"; else None.

    A day without its year is no day.

    >>> [find_day(text) for text in ("4 Jan 2016", "Mai 2016", "2016/1/4", "12 May", "Friday")]
    ['2016-01-04', '2016-05', '2016-01-04', None, None]
    """
    for form in _FORMS:
        match = form.fullmatch(text.strip())
        if match is None:
            continue
        told = match.groupdict()
        month = int(told.get("m") or 0) or _month(told.get("n") or "")
        return _written(told.get("y"), month, int(told.get("d") or 0))
    return None


def _month(name: str) -> int:
    starts = enumerate(_MONTHS, start=1)
    return next((n for n, names in starts if name.casefold().startswith(names)), 0)


def _written(year: str | None, month: int, day: int) -> str | None:
    if year is None:
        return None
    if not month:
        return year
    try:
        found = date(int(year), month, day or 1)
    except ValueError:
        return None
    return found.isoformat() if day else f"{year}-{month:02}"
