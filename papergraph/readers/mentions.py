"""Drafts to mentions: place, sentence, summary, and the words before repair."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from papergraph.models import FoundMention
from papergraph.readers.blocks import Block
from papergraph.readers.drafts import Draft
from papergraph.readers.reading import Reading
from papergraph.readers.repair import Repaired
from papergraph.readers.sections import prose_words
from papergraph.readers.sentences import sentence_at
from papergraph.text import printable, shorten

_SUMMARY = 600
# two patterns, each of which begins with the signs it is looked for by
_SECRETS = (
    re.compile(r"(?P<lead>://)[^/\s@]{1,300}@"),
    re.compile(r"(?P<lead>[?&])(?:access_|auth_)?(?:token|api_?key|key|secret|password)=[^&\s)]+"),
)
_SENTENCE = 500
_NEAR = 1500  # signs around a sentence that show how wide its lines are
_NARROWEST = 60  # columns that anybody wraps text to
_NOT_FULL, _FAR_FROM_FULL = 0.85, 0.6  # of the widest line


def safe(text: str) -> str:
    """Take passwords and tokens out of the addresses in a text, and signs that cannot be shown.

    >>> safe("https://ann:secret@arxiv.org/abs/1?token=x")
    'https://arxiv.org/abs/1?'
    """
    return _cover(printable(text), "")


def hide_secrets(text: str) -> str:
    """Cover passwords and tokens with stars, so that every line and column stays what it is.

    >>> hide_secrets("https://ann:secret@arxiv.org/abs/1")
    'https://***********arxiv.org/abs/1'
    """
    return _cover(text, "*")


def _cover(text: str, sign: str) -> str:
    if "://" not in text:
        return text
    for pattern in _SECRETS:
        text = pattern.sub(
            lambda match: match["lead"] + sign * (len(match[0]) - len(match["lead"])), text
        )
    return text


def make_mention(reading: Reading, draft: Draft, repaired: Repaired) -> FoundMention:
    """Turn a draft into a mention of the review."""
    if not reading.blocks:
        return _field_mention(reading, draft)
    block = reading.blocks[draft.block]
    line, column = block.inline.place(draft.start)
    start, end = sentence_span(block, draft.start)
    if reading.page.form == "text" and block.kind == "paragraph":
        start, end = _within_remark(block, draft, start, end)
    sentence, original = quote(block, start, end, repaired)
    heading = reading.heading_of(draft.section)
    field_line = _title_field(reading, draft)
    if field_line:
        line, column = field_line
        sentence, original = draft.title or sentence, None
    else:
        column = repaired.column_before(line, column)
    return FoundMention(
        line=line,
        column=column,
        text=shorten(safe(block.text[draft.start : draft.end]) or draft.title or "", 300),
        sentence=sentence,
        original=original,
        role=draft.role,
        title=shorten(safe(draft.title), 400) if draft.title else None,
        url=safe(draft.url) if draft.url else None,
        identifier=draft.identifier,
        other_identifiers=draft.other_identifiers,
        nickname=draft.nickname,
        authors=draft.authors,
        year=draft.year,
        heading=shorten(safe(heading.text), 200) if heading and heading is not block else None,
        list_key=draft.list_key,
        position=draft.position,
        summary=_summary(reading, draft),
        state=draft.state,
        read_on=draft.read_on,
        stars=draft.stars,
        tags=draft.tags,
        unresolvable=draft.is_unresolvable,
        byline=draft.byline,
        tentative=draft.is_tentative,
    )


def _field_mention(reading: Reading, draft: Draft) -> FoundMention:
    line, column = _title_field(reading, draft) or (1, 1)
    title = draft.title or ""
    return FoundMention(
        line=line,
        column=column,
        text=title,
        sentence=title,
        role=draft.role,
        title=title,
        url=safe(draft.url) if draft.url else None,
        identifier=draft.identifier,
        authors=draft.authors,
        year=draft.year,
        state=draft.state,
        read_on=draft.read_on,
        stars=draft.stars,
        tags=draft.tags,
        tentative=draft.is_tentative,
    )


def _title_field(reading: Reading, draft: Draft) -> tuple[int, int] | None:
    """Where the page's title stands, for a draft made of the front matter."""
    if draft.end > draft.start:
        return None
    for entry in reading.page.fields:
        if entry.key in ("title", "paper_title", "paper-title", "paper title"):
            return entry.line, entry.column
    return None


def sentence_span(block: Block, offset: int) -> tuple[int, int]:
    """Return the part of a block to quote for what stands at an offset.

    Headings and short entries are quoted whole, long ones and prose by the sentence.
    """
    line_start = block.text.rfind("\n", 0, offset) + 1
    line_end = block.text.find("\n", offset)
    line_end = len(block.text) if line_end < 0 else line_end
    if block.kind != "paragraph" and line_end - line_start <= 300:
        return line_start, line_end
    start, end = sentence_at(block.text, offset)
    if end - start > _SENTENCE:
        start = max(start, offset - _SENTENCE // 3)
        while start > 0 and not block.text[start - 1].isspace() and start < offset:
            start += 1
        end = min(end, start + _SENTENCE)
    return start, end


def _within_remark(block: Block, draft: Draft, start: int, end: int) -> tuple[int, int]:
    """Narrow a sentence of plain text to the lines that belong together: notes, chats, diaries.

    A line that ends though the next word would have had room was ended by its writer: when it is
    far from full, or when the next begins with a capital, a figure or a mark.
    """
    low, high = start - _NEAR, end + _NEAR
    starts = _line_starts(block, low, high)
    if not starts:
        return start, end
    bounds = [max(low, 0), *starts, min(high, len(block.text))]
    widest = max(_NARROWEST, *(two - one - 1 for one, two in pairwise(bounds)))
    for one, at, two in zip(bounds, starts, bounds[2:], strict=False):
        first = block.text[at:two].split(" ", 1)[0]
        full = (at - one + len(first)) / widest
        is_ended = full <= (_FAR_FROM_FULL if first[:1].islower() else _NOT_FULL)
        if is_ended and start < at <= draft.start:
            start = at
        elif is_ended and draft.end < at < end:
            end = at
    return start, start + len(block.text[start:end].rstrip())


def _line_starts(block: Block, low: int, high: int) -> list[int]:
    """Where lines of the file begin in a stretch of a block's text, after the block's first."""
    anchors = block.inline.anchors
    first = bisect_left(anchors, low, key=lambda anchor: anchor[0])
    last = anchors[first - 1][1] if first else block.line
    starts = []
    for at, line, _ in anchors[first:]:
        if at >= min(high, len(block.text)):
            break
        if line != last and at > 0:
            starts.append(at)
        last = line
    return starts


def quote(block: Block, start: int, end: int, repaired: Repaired) -> tuple[str, str | None]:
    """Return a stretch of a block, and the same before repair where a repair touched it."""
    text = safe(" ".join(block.text[start:end].split()))
    first, column = block.inline.place(start)
    last, last_column = block.inline.place(max(end - 1, start))
    lines = range(first, min(last, len(repaired.before)) + 1)
    if all(repaired.before[number - 1] == repaired.after[number - 1] for number in lines):
        return text, None
    parts = [repaired.before[number - 1] for number in lines]
    if not parts:
        return text, None
    stop = repaired.column_before(last, last_column)
    parts[-1] = parts[-1][:stop]
    parts[0] = parts[0][repaired.column_before(first, column) - 1 :]
    original = safe(" ".join(part.strip() for part in parts))
    return text, original if original != text else None


def _summary(reading: Reading, draft: Draft) -> str | None:
    """What the author wrote about a paper: in a field of its own, else in the paper's section."""
    if draft.summary:
        return safe(draft.summary)
    return write_summary(reading, draft) if draft.role == "about" else None


def write_summary(reading: Reading, draft: Draft) -> str | None:
    """Return the author's first words on the paper a section or page is about."""
    section = reading.sections[draft.own_section or 0]
    is_page = section.heading < 0 or draft.own_section == 0
    start = draft.block if is_page else section.heading + 1
    end = len(reading.blocks) if is_page else section.end
    parts: list[str] = []
    for block in reading.blocks[start:end]:
        if prose_words(block) >= 6 and not re.match(
            r"\W*(?:authors?|affiliations?|tags|link)\W*:", block.text, re.IGNORECASE
        ):
            parts.append(" ".join(safe(block.text).split()))
        if sum(len(part) for part in parts) >= _SUMMARY:
            break
    return shorten(" ".join(parts), _SUMMARY) or None
