"""Find the papers a page names, whatever form it was written in."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from papergraph.readers.bare_titles import find_bare_titles
from papergraph.readers.blocks import Block, Page
from papergraph.readers.doubts import settle_doubts
from papergraph.readers.drafts import Draft
from papergraph.readers.entries import read_stretch
from papergraph.readers.entry_titles import tidy_titles
from papergraph.readers.headed import find_headings
from papergraph.readers.holders import place_loose_links
from papergraph.readers.links import JudgedLink
from papergraph.readers.page_paper import find_page_paper
from papergraph.readers.quoted import find_quoted
from papergraph.readers.reading import Reading
from papergraph.readers.references import find_references
from papergraph.readers.stretches import cut_stretches
from papergraph.readers.tables import find_rows
from papergraph.readers.talked_of import find_talked_of
from papergraph.readers.telling import tell_states
from papergraph.readers.titles import (
    clean_entry_title,
    find_year,
    is_generic_heading,
    is_title_like,
    looks_coined,
    nickname_after,
    nickname_before,
    nickname_of,
)
from papergraph.text import compare_form

_ENOUGH_PROSE = 12
_BIBLIOGRAPHIES = frozenset(  # name all their papers outright
    {"bibtex", "ris", "csl-json", "nbib", "endnote-xml", "zotero-rdf", "csv"}
)
_PARTS = re.compile(r"[(,;]|\s[-–—]\s(?=(?:19|20)\d\d)")


def find_papers(page: Page) -> Reading:
    """Read a page; the papers found are in the `drafts` of what is returned, in their order."""
    reading = Reading(page)
    stated = _take_stated(reading)
    for number, block in enumerate(page.blocks):
        if number in stated:
            continue
        if block.kind == "heading":
            _read_heading(reading, number, block)
        else:
            _read_lines(reading, number, block)
    if page.form not in _BIBLIOGRAPHIES:
        find_references(reading)
        find_headings(reading)
        find_quoted(reading)
        find_rows(reading)
        find_bare_titles(reading)
        place_loose_links(reading)
        settle_doubts(reading)
        find_page_paper(reading)
        find_talked_of(reading)
        tidy_titles(reading)
    else:
        place_loose_links(reading, are_stated_whole=True)  # of what stands between entries
    _set_roles(reading)
    _join(reading)
    reading.drafts.sort()
    _number_lists(reading)
    tell_states(reading)
    return reading


def _take_stated(reading: Reading) -> frozenset[int]:
    """Take the papers that are stated field by field; returns the blocks that show them."""
    for paper in reading.page.stated:
        block = reading.blocks[paper.block]
        draft = Draft(
            block=paper.block,
            start=0,
            end=len(block.text),
            role="listed",
            title=paper.title,
            nickname=nickname_of(paper.title or ""),
            url=paper.url,
            identifier=paper.identifier,
            authors=paper.authors,
            year=paper.year,
            summary=paper.summary,
            state=paper.state,
            read_on=paper.read_on,
            tags=paper.tags,
            section=reading.home[paper.block],
            own_section=reading.home[paper.block] if block.kind == "heading" else None,
        )
        reading.drafts.add(draft)
    return frozenset(paper.block for paper in reading.page.stated)


def _read_heading(reading: Reading, number: int, block: Block) -> None:
    links = [
        link for link in reading.links[number] if link.is_paper or link.target in ("maybe", "page")
    ]
    titled = [link for link in links if link.label is None]
    home = reading.home[number]
    for link in titled:
        draft = _heading_draft(number, block, link, is_only=len(titled) == 1)
        draft.section, draft.own_section = home, home
        reading.drafts.add(draft)
    if not titled and links and any(link.is_paper for link in links):
        title = clean_entry_title(_without_links(block, links))
        if is_generic_heading(title):
            reading.loose += [(number, link) for link in links if link.is_paper]
            return
        draft = Draft(block=number, start=0, end=len(block.text), role="about", title=title)
        is_name = looks_coined(title) and len(title.split()) <= 3
        draft.nickname = nickname_of(title) or (title if is_name else None)
        draft.section, draft.own_section = home, home
        reading.drafts.add(draft)
    for link in links:
        own = reading.drafts.in_block(number)
        if link.label is not None and link.is_paper and own:
            own[-1].take(link)


def _without_links(block: Block, links: list[JudgedLink]) -> str:
    text = block.text
    for link in sorted(links, key=lambda link: -link.start):
        text = text[: link.start] + text[link.end :]
    return text


def _heading_draft(number: int, block: Block, link: JudgedLink, *, is_only: bool) -> Draft:
    rest = block.text[link.end : link.end + 40]
    year = find_year(link.words) or find_year(
        _PARTS.split(rest, maxsplit=2)[0] if not is_only else rest
    )
    if year is None and not is_only:
        year = find_year(rest[:12])
    name = re.sub(r"\s*[-–—(]*\s*(?:19|20)\d\d\)?$", "", link.words)
    title = clean_entry_title(name)
    subtitle = re.match(r":\s+(.{10,200})$", block.text[link.end :])
    if subtitle and is_only and looks_coined(title) and is_title_like(subtitle[1]):
        title = f"{title}: {clean_entry_title(subtitle[1])}"
    is_short = len(title.split()) <= 3 and (looks_coined(title) or len(title.split()) <= 2)
    around = nickname_before(block.text[: link.start]) or nickname_after(rest)
    draft = Draft(
        block=number,
        start=link.start,
        end=link.end,
        role="about",
        title=title,
        nickname=nickname_of(title) or (title if is_short else around),
        year=year or find_year(block.text if is_only else ""),
        doubt="" if link.is_paper else link.target,
    )
    draft.take(link)
    return draft


def _read_lines(reading: Reading, number: int, block: Block) -> None:
    links = reading.links[number]
    if not links:
        return
    for stretch in cut_stretches(number, block, links):
        drafts, loose = read_stretch(block, stretch)
        for draft in drafts:
            draft.section = reading.home[number]
        reading.drafts.add(*drafts)
        reading.loose += [(number, link) for link in loose]


def _set_roles(reading: Reading) -> None:
    """A paper with a section and prose of its own is what the review is about."""
    for draft in reading.drafts:
        if draft.own_section is None:
            continue
        section = reading.sections[draft.own_section]
        is_written = section.prose >= _ENOUGH_PROSE
        is_page = draft.role == "about" and draft.own_section == 0
        if draft.role in ("about", "listed") and not is_page:
            draft.role = "about" if is_written or _is_whole_page(reading, draft) else "listed"


def _is_whole_page(reading: Reading, draft: Draft) -> bool:
    """Whether a page holds nothing but this one paper: a note not yet written is still its note."""
    return draft.block == 0 and len({other.key for other in reading.drafts}) == 1


def _join(reading: Reading) -> None:
    """Keep one mention a paper and section; what is known of a paper is shared by its mentions."""
    kept: list[Draft] = []
    by_key: dict[str, list[Draft]] = {}
    order = {"about": 0, "listed": 1, "linked": 2, "named": 3}
    for draft in sorted(reading.drafts, key=lambda draft: (order[draft.role], draft.block)):
        same = [other for key in sorted(draft.keys) for other in by_key.get(key, ())]
        home = _top_section(draft)
        twin = next((other for other in same if _is_twin(draft, other, home)), None)
        if twin:
            _share(twin, draft)
        else:
            kept.append(draft)
            twin = draft
        for key in draft.keys | twin.keys:
            if twin not in by_key.setdefault(key, []):
                by_key[key].append(twin)
    reading.drafts.keep(kept)


def _top_section(draft: Draft) -> int:
    if draft.own_section is not None:
        return draft.own_section
    return draft.section


def _is_twin(draft: Draft, other: Draft, home: int) -> bool:
    if draft.identifier and other.identifier and not _agree(draft, other):
        return False
    if "listed" == draft.role == other.role:
        if _are_other_titles(draft.title, other.title):
            return False  # two entries, one link: a slip of the author's
        is_short = len((draft.title or "").split()) <= 3
        if is_short and draft.url and other.url and draft.url != other.url:
            return False
    if other.role == "about":
        return True
    return _top_section(other) == home or draft.role in ("linked", "named")


def _are_other_titles(one: str | None, other: str | None) -> bool:
    if not one or not other or min(len(one), len(other)) < 12:
        return False
    return fuzz.ratio(compare_form(one), compare_form(other)) < 60 and not (
        compare_form(one) in compare_form(other) or compare_form(other) in compare_form(one)
    )


def _agree(draft: Draft, other: Draft) -> bool:
    mine, its = (draft.identifier or "").split(":", 1), (other.identifier or "").split(":", 1)
    return mine[0] != its[0] or mine == its


def _share(kept: Draft, dropped: Draft) -> None:
    kept.title = kept.title or dropped.title
    if not kept.identifier and dropped.identifier:
        kept.identifier, kept.url = dropped.identifier, dropped.url or kept.url
    kept.url = kept.url or dropped.url
    kept.year = kept.year or dropped.year
    kept.authors = kept.authors or dropped.authors
    kept.nickname = kept.nickname or dropped.nickname
    kept.links += dropped.links


def _number_lists(reading: Reading) -> None:
    """Give entries of lists and sibling sections their place, from 1."""
    counts: dict[str, int] = {}
    for draft in reading.drafts:
        block = reading.blocks[draft.block]
        if block.is_done is not None:
            draft.state = "read" if block.is_done else "queued"
        if draft.role == "about" and draft.own_section is not None:
            parent = reading.sections[draft.own_section].parent
            key = f"sections under {parent or 0} level {reading.sections[draft.own_section].level}"
        elif draft.role == "listed":
            kind = f"list {block.list_id}" if block.kind == "item" and block.list_id else block.kind
            key = f"{kind} in section {draft.section}"
        else:
            continue
        counts[key] = counts.get(key, 0) + 1
        draft.list_key, draft.position = key, counts[key]
