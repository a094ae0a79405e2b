"""Links that only say "paper" or "pdf": find the title they belong to, above or beside them."""

from __future__ import annotations

import re

from papergraph.readers.blocks import Block
from papergraph.readers.drafts import Draft
from papergraph.readers.links import JudgedLink
from papergraph.readers.number_names import name_before, name_opening
from papergraph.readers.people import find_authors
from papergraph.readers.reading import Reading
from papergraph.readers.titles import (
    capital_share,
    clean_entry_title,
    find_year,
    is_generic_heading,
    is_title_like,
    label_kind,
    looks_coined,
    nickname_of,
)

_TITLE_KEY = re.compile(
    r"^\s*(?:(?:paper )?title|paper|제목|논문(?: 제목)?|标题|题目|论文(?:题目|标题|名称)?|"
    r"論文名?|タイトル|titel|titre|título)\s*[:：](?!\s*(?:https?:|www\.))\s*(.{4,260})$",
    re.IGNORECASE,
)
_WITH_PEOPLE = re.compile(r"^(.{8,260}?)\s*[(（]([^()（）]{5,600})[)）]\s*$")
_COINED = re.compile(r"[A-Z][a-z]+[A-Z][\w+-]{0,20}|[A-Z][\w-]{1,20}[a-z]\d[\w-]{0,4}")
_REACH = 10


def place_loose_links(reading: Reading, *, are_stated_whole: bool = False) -> None:
    """Join every loose link to the paper whose title it stands under, or make it a mention.

    Papers `are_stated_whole` when no link outside of what states them is theirs.
    """
    known: dict[str, list[Draft]] = {}
    stated = {paper.block for paper in reading.page.stated}
    for draft in reading.drafts:
        _remember(known, draft)
    for number, link in reading.loose:
        before = len(reading.drafts)
        holder = _same_paper(reading, known, number, link) or _find_holder(reading, number, link)
        is_alone = reading.blocks[number].text == link.words and not are_stated_whole
        if holder and holder.block in stated and not is_alone:
            holder = None  # what was stated in full takes no link with words around it
        if holder is not None:
            holder.take(link)
            _remember(known, holder)
        elif link.target == "paper" or (
            link.target in ("likely", "maybe") and _is_trusted(reading, number, link)
        ):
            reading.drafts.add(_bare(reading, number, link))
        if len(reading.drafts) > before:
            _remember(known, reading.drafts.last)


def _is_trusted(reading: Reading, number: int, link: JudgedLink) -> bool:
    """A PDF on some server counts when it is called a paper, or stands alone where papers do."""
    if link.label == "paper" and not re.match(r"(?:https?:|www\.)", link.words):
        return True
    block = reading.blocks[number]
    if link.target == "maybe" and ".pdf" not in link.url.lower():
        return False
    above = " ".join(
        [other.text for other in reading.blocks[max(0, number - 3) : number]][-3:]
        + [
            reading.blocks[reading.sections[s].heading].text
            for s in reading.headings_above(number)[:1]
        ]
    )
    return _is_link_only(block, link) and bool(
        re.search(r"\bpapers?\b|논문|论文|references", above[-200:] + block.text, re.IGNORECASE)
    )


def _bare(reading: Reading, number: int, link: JudgedLink) -> Draft:
    draft = Draft(
        block=number,
        start=link.start,
        end=link.end,
        role="linked",
        section=reading.home[number],
    )
    block = reading.blocks[number]
    draft.nickname = name_before(block.text, link)
    if draft.nickname is None and sum(other.is_paper for other in reading.links[number]) == 1:
        start, end = block.inline.line_span(link.start)
        draft.nickname = name_opening(block.text[start:end])
    draft.year = find_year(block.text[max(0, link.start - 30) : link.end + 30])
    if _is_link_only(block, link) and block.kind in ("item", "row"):
        draft.role = "listed"
    draft.take(link)
    return draft


def _find_holder(reading: Reading, number: int, link: JudgedLink) -> Draft | None:
    block = reading.blocks[number]
    first = _first_line(reading, number, link)
    if first:
        return first
    if re.match(r"\s*\[\d{1,3}\]\s", block.text):  # an entry with a number is its own
        return None
    if _is_link_only(block, link):
        near = _title_line_above(reading, number, link) or _title_line_below(reading, number)
        if near:
            return near
    elif not _is_afterword(block, link) and not re.search(
        r"\b(?:th(?:is|e)|original|link|in)\b|논문|링크",
        block.text[max(0, link.start - 40) : link.end + 20],
        re.IGNORECASE,
    ):
        return None
    return _heading_holder(reading, number, link)


def _first_line(reading: Reading, number: int, link: JudgedLink) -> Draft | None:
    """The title that is the first of several lines of an entry, and bold: people come below it."""
    block = reading.blocks[number]
    line = block.text.split("\n", 1)[0]
    if block.kind not in ("item", "row", "paragraph") or link.start <= len(line):
        return None
    is_bold = any(
        style.kind == "bold" and style.start <= 2 and style.end >= 0.9 * len(line)
        for style in block.inline.styles
    )
    title = clean_entry_title(line)
    below = block.text[len(line) + 1 : link.start].split("\n")[0]
    is_told = bool(find_authors(f"{below.split('(')[0]} ", "")) and capital_share(title) >= 0.6
    if not (is_bold or is_told) or not is_title_like(title, fewest_words=3 if is_bold else 4):
        return None
    if reading.drafts.in_block(number):
        return None
    holder = _new_holder(reading, number, 0, len(line), number)
    if holder:
        holder.authors = holder.authors or find_authors(f"{below.split('(')[0]} ", "")
        holder.year = holder.year or find_year(block.text[len(line) :])
    return holder


def _remember(known: dict[str, list[Draft]], draft: Draft) -> None:
    for key in (draft.identifier, (draft.url or "").rstrip("/")):
        if key and draft not in known.setdefault(key, []):
            known[key].append(draft)


def _same_paper(
    reading: Reading, known: dict[str, list[Draft]], number: int, link: JudgedLink
) -> Draft | None:
    for draft in known.get(link.identifier or link.url.rstrip("/"), ()):
        if draft.section == reading.home[number] or draft.role == "about":
            return draft
    return None


def _is_link_only(block: Block, link: JudgedLink) -> bool:
    """Whether a block says little beside the link: "Link to the paper: URL"."""
    start, end = block.inline.line_span(link.start)
    line = block.text[start:end]
    if len(line) > 600:
        return False
    bare = line.replace(block.text[link.start : link.end], " ", 1)
    for other in block.inline.links[:40]:
        bare = bare.replace(block.text[other.start : other.end], " ", 1)
    return len(re.findall(r"\w+", bare)) <= 6


def _is_afterword(block: Block, link: JudgedLink) -> bool:
    """Does a label stand in brackets after a whole sentence: "It is fast. [Paper]"?"""
    is_label = re.fullmatch(r"\[?(?:paper|pdf|arxiv)\]?", link.words, re.IGNORECASE)
    around = block.text[max(link.start - 3, 0) : link.end + 1]
    return bool(is_label and re.search(r"[.!?]\s\[", around))


def _title_line_above(reading: Reading, number: int, link: JudgedLink) -> Draft | None:
    """The title in bold, alone on a line or in "Title: ..." above, within the same section."""
    block = reading.blocks[number]
    for above in range(number - 1, max(number - 1 - _REACH, -1), -1):
        candidate = reading.blocks[above]
        if candidate.kind == "heading" or reading.home[above] != reading.home[number]:
            return None
        existing = next(iter(reversed(reading.drafts.in_block(above))), None)
        is_outer = block.kind == "item" and (
            candidate.kind != "item" or candidate.level < block.level
        )
        if existing and existing.title and (is_outer or candidate.kind == "paragraph"):
            is_its = existing.accepts(link) and not _is_one_of_many(reading, number)
            return existing if is_its else None
        key = _TITLE_KEY.match(candidate.text)
        if key and not reading.links[above]:
            holder = _new_holder(reading, above, key.start(1), key.end(1), number)
            if holder and above <= 6 and not any(d.role == "about" for d in reading.drafts):
                holder.role, holder.own_section = "about", 0
            return holder
        if _is_title_line(candidate) and (is_outer or candidate.kind == "paragraph"):
            return _new_holder(reading, above, 0, len(candidate.text), number)
        if candidate.kind == "paragraph" and not _is_label_line(candidate):
            return None
    return None


def _is_one_of_many(reading: Reading, number: int) -> bool:
    """Does a link stand in a list of bare addresses, which are a paper each?"""
    block = reading.blocks[number]
    bare = [
        other
        for other in range(max(0, number - _REACH), min(len(reading.blocks), number + _REACH))
        if reading.blocks[other].kind == block.kind == "item"
        and reading.blocks[other].list_id == block.list_id
        and any(
            link.is_paper and link.words == reading.blocks[other].text.strip()
            for link in reading.links[other]
        )
    ]
    return len(bare) > 1


def _is_label_line(block: Block) -> bool:
    return len(block.text) < 200 and bool(re.match(r"\W*[\w ]{2,24}\s*:", block.text))


def _is_title_line(block: Block) -> bool:
    """Whether a block is nothing but a title: all bold, or short and written like one."""
    text = block.text.strip()
    is_bold = any(
        style.kind == "bold" and style.end - style.start >= 0.8 * len(text)
        for style in block.inline.styles
    )
    title = clean_entry_title(text)
    if block.inline.links and not is_bold:
        return False
    if is_bold:
        return (is_title_like(title, fewest_words=2) or looks_coined(title)) and not text.endswith(
            ":"
        )
    is_named = is_title_like(title) or bool(_COINED.fullmatch(title))
    return block.kind == "item" and is_named and not re.match(r"\w+\s*:", text)


def _new_holder(reading: Reading, above: int, start: int, end: int, number: int) -> Draft | None:
    text = reading.blocks[above].text
    title = clean_entry_title(text[start:end])
    if not title:
        return None
    draft = Draft(
        block=above,
        start=start,
        end=end,
        role="listed",
        title=title,
        nickname=nickname_of(title),
        year=find_year(text[-8:]),
        section=reading.home[number],
    )
    _read_neighbours(reading, draft, above)
    reading.drafts.add(draft)
    return draft


def _read_neighbours(reading: Reading, draft: Draft, above: int) -> None:
    """Take year, authors and nickname from the key: value lines under a title."""
    for block in reading.blocks[above + 1 : above + 6]:
        if block.kind == "heading":
            return
        key = re.match(r"\s*([\w ]{2,20})\s*:\s*(.+)$", block.text[:600])
        if key is None:
            return
        name, value = key[1].strip().casefold(), key[2]
        if name in ("authors", "author"):
            draft.authors = draft.authors or find_authors(f"{value} ", "")
        elif name in ("year", "date", "published", "venue", "conference"):
            draft.year = draft.year or find_year(value)
        elif name == "intro" and looks_coined(value) and len(value.split()) == 1:
            draft.nickname = draft.nickname or value.strip()


def _title_line_below(reading: Reading, number: int) -> Draft | None:
    """A bare address, then the paper's title with its authors in brackets on the next line."""
    block = reading.blocks[number]
    if block.kind != "paragraph" or number + 1 >= len(reading.blocks):
        return None
    below = reading.blocks[number + 1]
    match = _WITH_PEOPLE.match(below.text)
    people = find_authors(f"{match[2]} ", "") if match else ()
    if match is None or not people or not is_title_like(match[1], fewest_words=2):
        return None
    title = clean_entry_title(match[1])
    is_note = reading.section_of(number).prose >= 20 or len(reading.blocks) <= 6
    draft = Draft(
        block=number + 1,
        start=0,
        end=match.end(1),
        role="about" if is_note and number <= 1 else "listed",
        title=title,
        nickname=nickname_of(title),
        authors=people,
        section=reading.home[number],
    )
    reading.drafts.add(draft)
    return draft


def _heading_holder(reading: Reading, number: int, link: JudgedLink) -> Draft | None:
    """The nearest heading above that can be the paper's title, or names the paper already."""
    block = reading.blocks[number]
    for section in reading.headings_above(number):
        existing = reading.draft_of_section(section)
        if existing:
            is_free = existing.accepts(link) and (not existing.url or _is_link_only(block, link))
            return existing if is_free else None
        heading = reading.blocks[reading.sections[section].heading]
        title = clean_entry_title(heading.text)
        is_page = reading.sections[section].heading == reading.title_block and not (
            _is_one_of_notes(reading, section, title)
        )
        if is_page and _is_link_only(block, link) and _is_lone_note(reading, link, title):
            return _section_holder(reading, section, heading, title)
        if is_page or is_generic_heading(title) or label_kind(title):
            continue
        if not _is_link_only(block, link):
            continue
        is_first = not any(
            d.section == section and d.url for d in reading.drafts if 0 < d.block < number
        )
        if is_first and (is_title_like(title, fewest_words=2) or looks_coined(title)):
            span = reading.sections[section].end - reading.sections[section].heading
            if span > 40 and not is_title_like(title, fewest_words=4):
                continue
            return _section_holder(reading, section, heading, title)
        return None
    return None


def _is_one_of_notes(reading: Reading, section: int, title: str) -> bool:
    """Whether a page's first heading is a paper's title, as other headings of its rank may be."""
    parent = reading.sections[section].parent
    beside = [
        number
        for number, other in enumerate(reading.sections)
        if other.parent == parent and other.heading >= 0 and number != section
    ]
    return bool(beside) and is_title_like(title, fewest_words=4) and capital_share(title) >= 0.6


def _is_lone_note(reading: Reading, link: JudgedLink, title: str) -> bool:
    """Whether a page has a title like a paper's and this PDF as the only thing like a paper."""
    if link.target not in ("maybe", "likely"):
        return False
    like = sum(other.is_paper for links in reading.links for other in links)
    return ".pdf" in link.url.lower() and like <= 3 and is_title_like(title, fewest_words=3)


def _section_holder(reading: Reading, section: int, heading: Block, title: str) -> Draft:
    draft = Draft(
        block=reading.sections[section].heading,
        start=0,
        end=len(heading.text),
        role="about",
        title=title,
        nickname=nickname_of(title)
        or (title if looks_coined(title) and len(title.split()) <= 3 else None),
        year=find_year(heading.text),
        section=section,
        own_section=section,
    )
    reading.drafts.add(draft)
    return draft
