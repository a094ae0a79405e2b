"""Papers that prose names by authors and year: those of the page's own entries, and others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.models import Byline, BylinePlace, find_bylines
from papergraph.readers.blocks import Block
from papergraph.readers.drafts import Draft
from papergraph.readers.reading import Reading
from papergraph.readers.titles import looks_coined

_LONGEST = 30_000
_MOST = 400
_MOST_OF_A_LINE = 0.7


def find_written(reading: Reading) -> list[Draft]:
    """Make a `named` draft of each paper that authors and a year name.

    Who is in the page's own list is that paper, once a section; of others only authors and year are
    known, and what all sentences say of them.
    """
    for linked in reading.drafts:
        if linked.doubt == "wiki":
            _read_wiki_link(reading, linked)
    found: list[Draft] = []
    own: set[tuple[Byline, int]] = set()
    for number, block in enumerate(reading.blocks):
        if len(block.text) > _LONGEST or len(found) >= _MOST:
            continue
        for place in find_bylines(block.text):
            key = place.byline, reading.home[number]
            draft = None if key in own else _draft(reading, number, place)
            if draft is not None:
                found.append(draft)
                own |= set() if draft.byline else {key}
    return found


def _read_wiki_link(reading: Reading, draft: Draft) -> None:
    """Take what a link to a note tells beside its name: "[[@he2016deep]]", "[[some note|ResNet]]".

    The note itself outranks it, where there is one.
    """
    title = draft.title or ""
    if title.startswith("@"):
        draft.byline = next((place.byline for place in find_bylines(title)), None)
    shown = reading.blocks[draft.block].text[draft.start : draft.end]
    if shown != title and looks_coined(shown):
        draft.nickname = draft.nickname or shown


def _draft(reading: Reading, number: int, place: BylinePlace) -> Draft | None:
    beside = reading.drafts.in_block(number)
    if any(draft.start < place.end and place.start < draft.end for draft in beside):
        return None
    fitting = [*_fitting(reading, place.byline)]
    meant = fitting
    if len({draft.key for draft in fitting}) > 1:
        meant = [draft for draft in fitting if _is_marked(reading, draft, place.byline)]
    is_unclear = len({draft.key for draft in meant}) != 1
    is_line = place.end - place.start > _MOST_OF_A_LINE * len(reading.blocks[number].text)
    if fitting and (is_unclear or is_line or any(draft in beside for draft in fitting)):
        return None  # in doubt, or the people of an entry beside its title or below it
    named = Draft(
        block=number,
        start=place.start,
        end=place.end,
        role="named",
        section=reading.home[number],
    )
    if not meant:
        named.byline = place.byline
        return named
    one = meant[0]
    named.title, named.nickname = one.title, one.nickname
    named.url, named.identifier = one.url, one.identifier
    named.authors, named.year = one.authors, one.year
    return named


def _fitting(reading: Reading, byline: Byline) -> Iterator[Draft]:
    """The page's own papers that have these authors and this year."""
    for draft in reading.drafts:
        is_named = draft.title or draft.identifier or draft.url
        if is_named and draft.year == byline.year and byline.fits(draft.authors, is_cut=True):
            yield draft


def _is_marked(reading: Reading, draft: Draft, byline: Byline) -> bool:
    """Whether an entry has the letter after its year that tells it from others: "2013a"."""
    block: Block = reading.blocks[draft.block]
    return bool(byline.mark and re.search(rf"\b{byline.year}{byline.mark}\b", block.text))
