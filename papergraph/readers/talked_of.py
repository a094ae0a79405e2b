"""Papers that are talked of: titled in the prose, named by authors only, or not named at all."""

from __future__ import annotations

import re

from papergraph.readers.blocks import Block
from papergraph.readers.drafts import Draft
from papergraph.readers.reading import Reading
from papergraph.readers.sentences import split_sentences
from papergraph.readers.titles import clean_entry_title, is_title_like, looks_coined

_TITLED = re.compile(
    r"\b(?:paper|article|work|publication|paper's)\b[^.\"“]{0,60}?\b(?:titled|entitled|called|named)\b[\s,:]*"
    r"[\"“]([^\"”\n]{8,260})[\"”]",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"^(?:the|our) (?:first|second|third|fourth|fifth|last|next|other|1st|2nd|3rd) paper\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:is|are|be|focusing|about)\s+(?:\w+\s+)?on\s+(?:the\s+)?([A-Z][\w-]*[A-Z0-9][\w-]*)\b"
)
_BY = re.compile(r"\bby\s+([A-ZÀ-Ž][\w'’-]+)(?:\s+(?:and|&)\s+([A-ZÀ-Ž][\w'’-]+)|\s+et\.?\s*al)")


def find_talked_of(reading: Reading) -> None:
    """Read titles that prose gives to papers, and papers it talks of without a title."""
    for number, block in enumerate(reading.blocks):
        if block.kind in ("heading", "row") or len(block.text) > 20_000:
            continue
        if "titled" in block.text or "called" in block.text or "named" in block.text:
            _titles_in_prose(reading, number, block)
        if block.kind == "paragraph" and "paper" in block.text[:600].lower():
            _ordinal_papers(reading, number, block)


def _titles_in_prose(reading: Reading, number: int, block: Block) -> None:
    for match in _TITLED.finditer(block.text):
        title = clean_entry_title(match[1])
        if not is_title_like(title, fewest_words=3):
            continue
        owner = _owner(reading, number)
        is_own = bool(
            re.search(
                r"\b(?:this|the|in)\s+(?:\w+\s+)?paper\b|^paper",
                block.text[max(0, match.start() - 8) : match.end()],
                re.IGNORECASE,
            )
        )
        if (
            owner
            and is_own
            and (
                owner.title is None
                or owner.title == owner.nickname
                or len(owner.title.split()) <= 3
            )
        ):
            owner.nickname = owner.nickname or owner.title
            owner.title = title


def _owner(reading: Reading, number: int) -> Draft | None:
    for section in reading.headings_above(number):
        draft = reading.draft_of_section(section)
        if draft:
            return draft
    return None


def _ordinal_papers(reading: Reading, number: int, block: Block) -> None:
    for start, end in split_sentences(block.text):
        sentence = block.text[start:end]
        match = _ORDINAL.match(sentence)
        if match is None:
            continue
        if any(start <= draft.start < end for draft in reading.drafts.in_block(number)):
            continue
        if _is_given_elsewhere(reading, number):
            return
        draft = Draft(
            block=number,
            start=start,
            end=start + match.end(),
            role="listed",
            section=reading.home[number],
        )
        name, people = _SUBJECT.search(sentence), _BY.search(sentence)
        if name and looks_coined(name[1]):
            draft.nickname = name[1]
            draft.start, draft.end = start + name.start(1), start + name.end(1)
        elif people:
            draft.authors = tuple(part for part in people.groups() if part)
        else:
            draft.is_unresolvable = True
        reading.drafts.add(draft)


def _is_given_elsewhere(reading: Reading, number: int) -> bool:
    """Whether the section lists its papers by title anyway."""
    home = reading.home[number]
    end = reading.sections[home].end
    return any(
        (draft.title and number < draft.block < end)
        or (draft.block == reading.sections[home].heading and draft.title)
        for draft in reading.drafts
    )
