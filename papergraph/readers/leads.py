"""The words before a link that only says "pdf": are they the title it belongs to, and which?"""

from __future__ import annotations

import re

from papergraph.readers.blocks import Block
from papergraph.readers.links import JudgedLink
from papergraph.readers.number_names import past_saying
from papergraph.readers.stretches import Stretch
from papergraph.readers.titles import (
    capital_share,
    clean_entry_title,
    is_title_like,
    is_venue,
    label_kind,
    looks_coined,
)

_SOURCE_FIRST = re.compile(r"[^\w(\[【]*[(\[【]\s*([^()\[\]【】]{3,40})[)\]】]\W{0,4}(?=\w)")
_OTHER_SCRIPT = re.compile(r"[\u3001-\u303f\u3040-\u9fff\uac00-\ud7af\uff01-\uff5e](?=.*[A-Za-z])")
_STOPS = " \t\u3000，、：；"
KEY = re.compile(r"^\s*([A-Za-z가-힣][\w 가-힣/()-]{0,24}?)\s*[:：]\s*")


def lead_title(block: Block, stretch: Stretch, link: JudgedLink) -> tuple[int, int] | None:
    """The words before a labelled link, when they can be a title: "Title (2015) [pdf]"."""
    lead = block.text[stretch.start : link.start]
    start = stretch.start
    for style in block.inline.styles:  # tags in code type before a title
        if style.kind == "code" and start <= style.start <= start + 3 and style.end <= link.start:
            start = style.end
    start = _past_name(block, start, link)
    for match in re.finditer(r"^[\s\W]*(?:\[?\d{1,3}[\].)]\s*)?", block.text[start : link.start]):
        start += (
            match.end()
            if not block.text[start : start + match.end()].rstrip().endswith(("(", "“", "【", '"'))
            else 0
        )
    lead = block.text[start : link.start]
    if stretch.kind == "row" or " | " in lead:
        start, lead = _longest_cell(start, lead)
    key = KEY.match(lead)
    if key and ((label_kind(key[1]) and len(lead) - key.end() < 8) or len(lead) == key.end()):
        return None
    lead = re.sub(r"[\s\[\](]*(?:pdf|paper|arxiv|link)?[\s\[\](:]*$", "", lead, flags=re.IGNORECASE)
    said = past_saying(lead) or _past_other_script(lead)
    start, lead = start + said, lead[said:].rstrip(_STOPS)
    words = _without_source(lead)
    title = clean_entry_title(words)
    if stretch.kind == "paragraph" and not (capital_share(title) >= 0.6 and is_title_like(title)):
        return None
    is_bare = stretch.kind in ("item", "row") and _is_all_links(block, stretch, link)
    if is_bare and is_plausible(title):
        return start, start + len(words.rstrip())
    if not is_title_like(title, fewest_words=2) and not looks_coined(title):
        return None
    if _reads_as_prose(title):
        return None
    return start, start + len(words.rstrip())


def _past_other_script(lead: str) -> int:
    """Where a title in Latin letters begins after words in Chinese, Japanese or Korean."""
    if lead.isascii():
        return 0
    last = max((match.end() for match in _OTHER_SCRIPT.finditer(lead)), default=0)
    rest = lead[last:].strip(_STOPS)
    is_whole = rest.isascii() and rest[:1].isupper() and is_title_like(rest)
    return len(lead) - len(lead[last:].lstrip()) if last and is_whole else 0


def _without_source(lead: str) -> str:
    """Cut people, year and venue off the words after a title."""
    cut = re.search(
        r"\s*(?:\((?=[^()]{0,60}\b(?:19|20)\d\d\))|\s[-–—|]\s*$|,?\s+by\s+[A-Z]|,\s+(?:[A-Z]\.\s?)+[A-Z]\w+.*$)",
        lead,
    )
    words = lead[: cut.start()] if cut else lead
    source = re.search(r"[,.]\s+([^,.]{3,40})$", words)
    return words[: source.start()] if source and is_venue(source[1]) else words


def _past_name(block: Block, start: int, link: JudgedLink) -> int:
    """Where a title begins after its bold nickname or venue: "**[GAT]** Graph Networks [pdf]"."""
    for style in block.inline.styles:
        if style.kind != "bold" or not start <= style.start <= start + 3:
            continue
        name = block.text[style.start : style.end].strip(" []()")
        rest = block.text[style.end : link.start].lstrip()
        is_apart = rest[:1].isalnum() and is_title_like(clean_entry_title(rest), fewest_words=3)
        if is_apart and ((" " not in name and looks_coined(name)) or is_venue(name)):
            return style.end
    source = _SOURCE_FIRST.match(block.text, start, link.start)
    return source.end() if source and is_venue(source[1]) else start


def names_people(block: Block, span: tuple[int, int]) -> bool:
    """Whether words below a first line are its people: "Ioffe, Szegedy (ICML 2015) [pdf]"."""
    if "\n" not in block.text[: span[0]]:
        return False
    parts = re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*", block.text[slice(*span)].strip())
    return len(parts) > 1 and all(
        re.fullmatch(r"(?:[A-ZÀ-Ž][\w.'’-]*\s?){1,4}", part) for part in parts if part
    )


def _longest_cell(start: int, lead: str) -> tuple[int, str]:
    """The cell of a table row, before a link, that has most to say."""
    best, at = (start, lead), start
    parts = lead.split("|")
    longest = max(parts, key=lambda part: len(part.strip()))
    for part in parts:
        if part is longest:
            best = at + len(part) - len(part.lstrip()), part.strip()
        at += len(part) + 1
    return best


def _is_all_links(block: Block, stretch: Stretch, first: JudgedLink) -> bool:
    """Whether nothing but links follows: then what precedes them is their title."""
    rest = block.text[first.start : stretch.end]
    for link in reversed(stretch.links):
        if link.start >= first.start:
            rest = rest[: link.start - first.start] + rest[link.end - first.start :]
    return len(re.findall(r"\w+", re.sub(r":[a-z0-9_+-]+:", "", rest))) <= 4


def is_plausible(title: str) -> bool:
    """Whether words before nothing but links may be a title: no request, no label, no sentence."""
    words = title.split()
    is_request = re.match(
        r"(?:see|check|read|this|these|here|more|link|click|also|note|for|as|in)\b",
        title,
        re.IGNORECASE,
    )
    return (
        2 <= len(words) <= 34
        and not is_request
        and label_kind(title) is None
        and (title[0].isupper() or title[0].isdigit() or capital_share(title) >= 0.3)
    )


def _reads_as_prose(title: str) -> bool:
    return capital_share(title) < 0.3 and bool(
        re.search(
            r"\b(?:is|was|were|are|has|have|see|based on|proposed|introduced|in the|as in|"
            r"similar to|described|according|check|read|refer)\b",
            title,
            re.IGNORECASE,
        )
    )
