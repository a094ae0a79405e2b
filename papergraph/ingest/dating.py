"""When a text was written, where its name tells: "2016-01-31-alexnet.md", "20160131 notes.txt"."""

from __future__ import annotations

import re
from datetime import date

_DATED = re.compile(
    r"(?:^|[/_ -])((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)"
)


def date_in_name(origin: str) -> str | None:
    """The day in the name of a file, or in the folders of its day; None when there is none.

    >>> date_in_name("/notes/2016-01-31-alexnet.md"), date_in_name("log/2016/01/31/alexnet.md")
    ('2016-01-31', '2016-01-31')
    >>> date_in_name("/notes/1512.03385.md") is None
    True
    """
    name = origin.rpartition("/")[2]
    folders = re.search(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)/[^/]*$", f"/{origin}")
    found = _DATED.search(name) or folders
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None
