"""References without a link: "[3] He, K. et al. Deep learning. CVPR 2016", "Paper 2: ..."."""

from __future__ import annotations

import re

from papergraph.readers.blocks import Block
from papergraph.readers.drafts import Draft
from papergraph.readers.people import find_authors
from papergraph.readers.reading import PAPER_WORD, Reading
from papergraph.readers.reference_styles import SplitReference, split_reference
from papergraph.readers.titles import (
    capital_share,
    clean_entry_title,
    find_year,
    is_generic_heading,
    is_title_like,
    label_kind,
    nickname_of,
)

_QUOTED = re.compile(r"[\"“„«「《]([^\"“”„«»「」《》\n]{8,260})[\"”“»」》]")
_NUMBERED = re.compile(r"^\s*\[[\w+-]{1,24}\]\s+")
_DATED = re.compile(r"\b(?:19|20)\d\d")
_LINE = 300
_PAPER_NUMBER = re.compile(
    r"^\s*(?:paper|논문|论文)\s*#?\d{1,3}\s*[:.)-]\s*(.{4,260})$", re.IGNORECASE
)
_BIBLIOGRAPHY = re.compile(r"references|bibliography|참고|参考|literatur", re.IGNORECASE)
_VENUE = re.compile(  # in small letters; what may stand before it is asked afterwards
    r"(?:arxiv|nips|neurips|icml|iclr|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai|kdd|sigir|journal|"
    r"proceedings|proc\.|conference|transactions|nature|science|workshop|preprint|ieee|acm|"
    r"advances in)\b"
)
# "Links to old nets (Doe et al., 2018) are shown": a sentence, whatever its capitals
_GOES_ON = re.compile(r"^\s*\([^()]{3,80}\b(?:19|20)\d\d[a-z]?\)\s+(?!in\b|at\b|by\b|and\b)[a-z]+")
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_THEN_PEOPLE = re.compile(r"^\s*(.{12,240}?)\s*\(((?:19|20)\d\d)\),?\s+(\S.{3,120})$")
_YEAR_LAST = re.compile(r"^\s*(.{12,240}?)\s*[,(]\s*((?:19|20)\d\d)\)?\s*$")


def find_references(reading: Reading) -> None:
    """Add papers that are given by title, authors and year alone."""
    taken = {draft.block for draft in reading.drafts}
    for number, block in enumerate(reading.blocks):
        if number in taken:
            continue
        found = None
        if block.kind == "heading":
            found = _numbered_heading(reading, number, block)
        elif block.kind in ("item", "paragraph", "row") and len(block.text) < 1200:
            found = _reference(reading, number, block) or _bold_with_year(reading, number, block)
        if found:
            reading.drafts.add(found)
    _find_titled_sections(reading)


def _find_titled_sections(reading: Reading) -> None:
    """Sections under the name of a conference, each headed by a title, with notes and no link."""
    groups: dict[int, list[int]] = {}
    for number, section in enumerate(reading.sections):
        if section.heading >= 0 and section.parent is not None:
            groups.setdefault(section.parent, []).append(number)
    for parent, children in groups.items():
        above = reading.heading_of(parent)
        name = above.text if above else reading.title or ""
        if len(children) < 2 or not (_has_venue(name) and find_year(name)):
            continue
        titled = [child for child in children if _is_titled_section(reading, child)]
        if len(titled) < 0.6 * len(children):
            continue
        for child in titled:
            heading = reading.sections[child].heading
            draft = _draft(reading, heading, 0, len(reading.blocks[heading].text))
            draft.role, draft.own_section = "about", child
            reading.drafts.add(draft)


def _is_titled_section(reading: Reading, number: int) -> bool:
    section = reading.sections[number]
    title = clean_entry_title(reading.blocks[section.heading].text)
    inside = any(reading.drafts.in_block(block) for block in range(section.heading, section.end))
    return (
        not inside
        and section.own_prose >= 8
        and is_title_like(title)
        and capital_share(title) >= 0.6
    )


def _numbered_heading(reading: Reading, number: int, block: Block) -> Draft | None:
    match = _PAPER_NUMBER.match(block.text)
    if match is None:
        return None
    draft = _draft(reading, number, match.start(1), match.end(1), doubt="")
    draft.role = "about"
    draft.own_section = reading.home[number]
    return draft


def _reference(reading: Reading, number: int, block: Block) -> Draft | None:
    """A bibliography entry: people, a title, a year or venue."""
    is_numbered = bool(_NUMBERED.match(block.text))
    heading = reading.heading_of(reading.home[number])
    in_list = heading is not None and _BIBLIOGRAPHY.search(heading.text)
    is_prose = block.kind == "paragraph" and not (is_numbered or in_list)
    is_line = is_prose and len(block.text) < _LINE and "\n" not in block.text
    quoted = None if is_prose and not is_line else _QUOTED.search(block.text)
    if quoted and not is_prose:  # `find_quoted` reads prose
        return _quoted_reference(reading, number, quoted, is_numbered=is_numbered)
    is_entry = is_numbered or in_list or is_line or block.kind == "item"
    if quoted or not is_entry or not (_DATED.search(block.text) or _has_venue(block.text)):
        return None
    bare = _NUMBERED.sub("", block.text)
    found = split_reference(bare, is_reference=bool(is_numbered or in_list))
    rest = (bare[: found.start] + bare[found.end :]) if found else ""
    if found is None or not (find_year(rest) or _has_venue(rest)):
        return None
    if not (is_numbered or in_list) and (len(rest.split()) > 40 or _is_prose(bare, found)):
        return None
    if is_line and not (is_numbered or in_list) and not found.start:
        return None
    shift = len(block.text) - len(bare)
    return _draft(reading, number, shift + found.start, shift + found.end, people=found.people)


def _has_venue(text: str) -> bool:
    """Does a text name a venue? A word boundary in front would take twice as long to look for."""
    lowered = text.lower()
    return any(
        not match.start()
        or not (lowered[match.start() - 1].isalnum() or lowered[match.start() - 1] == "_")
        for match in _VENUE.finditer(lowered)
    )


def _is_prose(text: str, found: SplitReference) -> bool:
    """Does an entry tell something and name its source: "The net is trained fast (He, 2016)"?"""
    title = text[found.start : found.end]
    rest = text[: found.start] + text[found.end :]
    if not found.start and _GOES_ON.search(text[found.end :]):
        return True
    is_cited = _has_venue(rest) or any("." in name for name in found.people)
    return capital_share(title) < 0.6 and not (found.start and is_cited)


def _quoted_reference(
    reading: Reading, number: int, quoted: re.Match[str], *, is_numbered: bool
) -> Draft | None:
    text = quoted.string
    if not (is_title_like(clean_entry_title(quoted[1])) or is_numbered):
        return None
    people = find_authors(text[: quoted.start()], text[quoted.end() :])
    rest = text[: quoted.start()] + text[quoted.end() :]
    has_source = bool(find_year(rest)) or _has_venue(rest)
    if len(rest.split()) > 60 or not people or not (has_source or is_numbered):
        return None
    return _draft(reading, number, quoted.start(1), quoted.end(1), people=people)


def _bold_with_year(reading: Reading, number: int, block: Block) -> Draft | None:
    """An entry that is a bold title with a year or people, or a bare title with its year."""
    if block.kind != "item" or reading.links[number] or _QUOTED.search(block.text):
        return None
    for style in block.inline.styles:
        words = block.text[style.start : style.end]
        title = clean_entry_title(words)
        if style.kind != "bold" or style.start > 4 or not is_title_like(title, fewest_words=3):
            continue
        tail = block.text[style.end : style.end + 200]
        people = find_authors("", tail)
        if find_year(tail[:40]) and (people or len(tail.split()) < 12):
            return _draft(reading, number, style.start, style.end, people=people)
    if not _ANY_YEAR.search(block.text):
        return None
    match = _YEAR_THEN_PEOPLE.match(block.text)
    if match and is_title_like(match[1]) and (people := find_authors(f"{match[3]} ", "")):
        return _draft(reading, number, match.start(1), match.end(1), people=people)
    match = _YEAR_LAST.match(block.text)
    if match and _is_list_of_papers(reading, number) and capital_share(match[1]) > 0.5:
        title = clean_entry_title(match[1])
        if is_title_like(title) and not label_kind(title):
            return _draft(reading, number, match.start(1), match.end(1), doubt="title")
    return None


def _is_list_of_papers(reading: Reading, number: int) -> bool:
    chain = reading.headings_above(number)
    texts = [reading.blocks[reading.sections[section].heading].text for section in chain]
    return any(PAPER_WORD.search(text) for text in [*texts, reading.title or ""])


def _draft(
    reading: Reading,
    number: int,
    start: int,
    end: int,
    *,
    people: tuple[str, ...] = (),
    doubt: str = "",
) -> Draft:
    block = reading.blocks[number]
    title = clean_entry_title(block.text[start:end])
    return Draft(
        block=number,
        start=start,
        end=end,
        role="listed",
        title=None if is_generic_heading(title) else title,
        nickname=nickname_of(title),
        year=find_year(block.text[end:]) or find_year(block.text[:start]),
        authors=people,
        section=reading.home[number],
        doubt=doubt,
    )
