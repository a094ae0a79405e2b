"""What an author tells of their own reading: ticked, rated, dated, "to read"; and key words."""

from __future__ import annotations

import re

from papergraph.readers.bibliography import reading_state, split_tags
from papergraph.readers.drafts import Draft
from papergraph.readers.reading import Reading

_DAY = r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?"
# Seen in reading lists on GitHub and in Obsidian and Org notes, 2026-11.
_READ = re.compile(
    r"✅|✔|☑|:(?:heavy_check_mark|white_check_mark|ballot_box_with_check):"
    rf"|[(\[](?:read|done|finished|gelesen|lu|読了|已读)(?:[ :,]+(?:on )?{_DAY})?[)\]]"
    rf"|\b(?:read|finished)(?: on)?:? {_DAY}"
    r"|★+☆|★{2}|⭐️?⭐|:star:\s?:star:|[🥇🥈🥉]|:(?:1st|2nd|3rd)_place_medal:"
    r"|(?<![\w/.])(?:[0-5](?:\.\d)?/5|(?:10|\d(?:\.\d)?)/10)(?![\w/])",
    re.IGNORECASE,
)
_QUEUED = re.compile(
    r"☐|[(\[](?:to[ -]?read|todo|unread|待读)[)\]]|(?:^|[-–—:]\s*)(?:TODO|to[- ]read)\W*$",
    re.IGNORECASE,
)
_TO_READ = (
    r"(?:papers? |things )?(?:(?:still )?to[- ](?:be )?read|want to read|todo|to do|unread|"
    r"read later|up next|backlog|queue|à lire|"
    r"(?:noch )?zu lesen|por leer|pendientes?|待读|읽을 논문)(?: papers?| list| next)?"
)
_HAVE_READ = (
    r"(?:papers? )?(?:(?:that )?i(?: have|'ve|’ve)? )?(?:already |recently )?read(?: papers?)?|"
    r"finished|done|gelesen|déjà lus?|lus?|leídos?|已读|読了|읽은 논문"
)
_HEADINGS = (
    ("queued", re.compile(_TO_READ, re.IGNORECASE)),
    ("reading", re.compile(r"(?:currently |now )?reading(?: now)?|in progress", re.IGNORECASE)),
    ("read", re.compile(_HAVE_READ, re.IGNORECASE)),
)


def tell_states(reading: Reading) -> None:
    """Give each paper the reading state its author tells, and the page's paper its key words."""
    abouts = reading.abouts
    if len(abouts) == 1:
        (about,) = abouts
        words = reading.page.value("tags", "keywords", "filetags")
        about.tags = about.tags or _tags(words or "")
        status = reading.page.value("status", "state", "reading_status", "reading-status")
        about.state = about.state or reading_state(status or "", about.tags)
    for draft in reading.drafts:
        if draft.role in ("about", "listed") and draft.state is None:
            draft.state = _beside(reading, draft) or _above(reading, draft)


def _tags(words: str) -> tuple[str, ...]:
    plain = words.strip().strip("[]:")
    parts = split_tags(plain.replace(":", ",") if ":" in plain and "," not in plain else plain)
    return tuple(part.strip("\"'# ") for part in parts if part.strip("\"'# "))


def _beside(reading: Reading, draft: Draft) -> str | None:
    """What the entry of a paper says beside its title; an entry of several papers says nothing."""
    block = reading.blocks[draft.block]
    entries = [one for one in reading.drafts.in_block(draft.block) if one.role != "named"]
    if len(entries) != 1 or len(block.text) > draft.end - draft.start + 200:
        return None
    rest = f"{block.text[: max(draft.start, 2)]} {block.text[draft.end :]}".strip()
    if _QUEUED.search(rest) or re.match(r"(?:TODO|LATER|WAITING)\b", rest):
        return "queued"
    if re.match(r"(?:DOING|NOW)\b", rest):
        return "reading"
    if re.match(r"DONE\b", rest):
        return "read"
    return "read" if _READ.search(rest) else None


def _above(reading: Reading, draft: Draft) -> str | None:
    """What the nearest heading says that speaks of reading."""
    for section in reading.headings_above(draft.block):
        heading = reading.sections[section].heading
        if heading == draft.block:
            continue
        words = re.sub(r"^[\W_]+|[\W_]+$", "", reading.blocks[heading].text)
        for state, pattern in _HEADINGS:
            if pattern.fullmatch(words):
                return state
    return None
