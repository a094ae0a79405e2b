"""What the name of a file tells: "Rao et al. - 2016 - Title.md", and daily notes, "2016-01-31.md".

A note without a heading may be called after its paper, one of a diary after its day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from papergraph.readers.blocks import Field, Page
from papergraph.readers.logged import whole_day
from papergraph.readers.titles import capital_share, is_title_like

_PART = r"\s+[-–—]\s+"
_NAMES = re.compile(  # as Zotero and Mendeley name files, and as people turn it
    rf"(?:(?P<people>[^\d]{{3,80}}?){_PART}(?P<year>(?:19|20)\d\d)"
    rf"|(?P<first>(?:19|20)\d\d){_PART}(?P<second>[^\d]{{3,80}}?)){_PART}(?P<title>.{{8,240}})"
)
_MAY_BE_DAY = re.compile(r"^(?=.{6,30}$).*(?:19|20)\d\d")
_COMPACT_DAY = re.compile(r"((?:19|20)\d\d)[_/]?(\d\d)[_/]?(\d\d)")
_DAY_FOLDERS = re.compile(r"(?:^|/)((?:19|20)\d\d/\d\d/\d\d)\.\w+$")
_FORMS = frozenset({"markdown", "text", "org"})
_FEWEST = 4


def add_file_name(page: Page, origin: str) -> Page:
    """Return the page with what its file's name says; a title, when the page itself has none.

    >>> page = add_file_name(Page(blocks=(), form="text"), "Rao et al. - 2016 - Far Away Nets.md")
    >>> page.value("title"), page.value("authors"), page.value("year")
    ('Far Away Nets', 'Rao et al.', '2016')
    """
    page = replace(page, day=_day_of_note(origin)) if page.form in _FORMS else page
    has_title = page.title or page.value("title") or page.stated
    if page.form not in _FORMS or "://" in origin or has_title:
        return page
    if any(block.kind == "heading" and block.level <= 1 for block in page.blocks[:3]):
        return page
    stem = PurePosixPath(origin.replace("\\", "/")).stem
    match = _NAMES.fullmatch(stem)
    if match:
        told = {
            "title": match["title"],
            "authors": match["people"] or match["second"],
            "year": match["year"] or match["first"],
        }
        fields = (Field(key=key, value=value, line=1) for key, value in told.items())
        return replace(page, fields=(*page.fields, *fields))
    is_spelt = capital_share(stem) >= 0.75 or (stem[0].isupper() and stem.count(" ") >= _FEWEST)
    is_title = " " in stem and is_spelt and is_title_like(stem, fewest_words=_FEWEST)
    return replace(page, title=stem) if is_title else page


def _day_of_note(origin: str) -> str | None:
    """The day that a file is called after, and nothing else, or its folders and it."""
    path = origin.replace("\\", "/")
    folders = _DAY_FOLDERS.search(path)
    name = folders[1] if folders else PurePosixPath(path).stem
    if not _MAY_BE_DAY.search(name):
        return None
    return whole_day(_COMPACT_DAY.sub(r"\1-\2-\3", name)) or None
