"""When a paper was posted, as its number tells."""

from __future__ import annotations

import re


def arxiv_month(arxiv: str | None, year: int | None) -> str | None:
    """The month of a new-style arXiv id as "YYYY-MM", when its year is within one of `year`.

    >>> arxiv_month("1512.03385", 2015), arxiv_month("1512.03385", 2019)
    ('2015-12', None)
    """
    match = re.match(r"(\d\d)(\d\d)\.\d{4,5}", arxiv or "")
    if not match:
        return None
    found = 2000 + int(match[1])
    is_near = year is None or abs(found - year) <= 1
    return f"{found}-{match[2]}" if is_near and 1 <= int(match[2]) <= 12 else None
