"""Pages that say of which paper they are by their title alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from papergraph.readers.drafts import Draft
from papergraph.readers.reading import Reading
from papergraph.readers.telling import told_in_fields
from papergraph.readers.titles import is_title_like
from papergraph.readers.weak_names import is_weak
from papergraph.text import name_key, title_key

_NOTE_FIELDS = frozenset(("title", "tags", "rating", "status", "read", "aliases"))
_FEWEST_WORDS = 4
_MOST_PROSE = 400
_MOST_LISTED = 3
_TEACHING = re.compile(
    r"(?:an? )?(?:\w+ )?(?:introduction|tutorial|overview|primer|guide|lecture)\b", re.IGNORECASE
)
_RESULT = re.compile(
    r"\b(?:(?:main|key|core|central) (?:results?|ideas?|points?|claims?|findings?|insights?|"
    r"messages?|contributions?)|contributions?|take-?aways?|tl;?dr)\s?:",
    re.IGNORECASE,
)


def is_plain_summary(reading: Reading) -> bool:
    """Is a page with a title in its front matter nothing but a short text that tells a result?"""
    fields = {entry.key for entry in reading.page.fields}
    kinds = {block.kind for block in reading.blocks}
    if not fields <= _NOTE_FIELDS or not kinds <= {"paragraph", "item"} or any(reading.links):
        return False
    text = " ".join(block.text for block in reading.blocks)
    return len(text.split()) <= _MOST_PROSE and bool(_RESULT.search(text))


def titled_page(reading: Reading, names: Mapping[str, str]) -> Draft | None:
    """The paper whose title the page may have, for the library to know; None for other pages.

    Where its properties tell of reading, a page may be called by one of the known names, and hold
    nothing else.
    """
    title = reading.paper_title
    if title is None or title_key(title) != title_key(reading.title or ""):
        return None
    block = reading.title_block
    is_shown = block is not None or reading.page.value("title")
    is_title = is_title_like(title, fewest_words=_FEWEST_WORDS) and not _TEACHING.match(title)
    is_told = bool(reading.page.fields) and told_in_fields(reading) is not None
    name = names.get(name_key(title)) if is_told and not is_title else None
    if name and is_weak(name) and not reading.speaks_of_papers:
        return None
    if not is_shown or not (is_title or name) or not (reading.blocks or is_told):
        return None
    is_list = sum(draft.role == "listed" for draft in reading.drafts) > _MOST_LISTED
    if is_list or any(
        draft.role == "about" or title_key(draft.title or "") == title_key(title)
        for draft in reading.drafts
    ):
        return None
    home = 0 if block is None else reading.home[block]
    return Draft(
        block=block or 0,
        start=0,
        end=0 if block is None else len(reading.blocks[block].text),
        role="about",
        title=title,
        nickname=name,
        section=home,
        own_section=home,
        is_tentative=not name,
    )
