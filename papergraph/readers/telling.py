"""What an author tells of their own reading: ticked, rated, dated, "to read"; and key words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from papergraph.models import told_rank
from papergraph.readers.below import closed_below, stars_below, told_below
from papergraph.readers.bibliography import reading_state, split_tags
from papergraph.readers.blocks import Block
from papergraph.readers.columns import rated_in_row, tells_in_columns, told_in_row
from papergraph.readers.days import DAY, find_day
from papergraph.readers.diary import day_above, is_of_that_day, told_under_day
from papergraph.readers.drafts import Draft
from papergraph.readers.logged import begins_dated, cut_day, ends_object, logged_state, opens_line
from papergraph.readers.reading import Reading
from papergraph.readers.sentences import sentence_at
from papergraph.readers.stars import find_stars, read_rating
from papergraph.readers.state_words import Told, state_after, state_before, whole_state

_SIGNS = r"✅|✔|☑|:(?:heavy_check_mark|white_check_mark|ballot_box_with_check):"
# Seen in reading lists on GitHub and in Obsidian and Org notes, 2026-11.
_READ = re.compile(rf"{_SIGNS}|\b(?:read|finished)(?: on)?:? (?:{DAY})", re.IGNORECASE)
_QUEUED = re.compile(r"[☐⬜]|(?:^|[-–—:]\s*)(?:TODO|to[- ]read)\W*$", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[（【〔]([^()\[\]（）【】〔〕]{2,60})[)\]）】〕]")
_ADVICE = re.compile(r"\W*(?:re-?)?read(?:ing)?\s*[:：]", re.IGNORECASE)
_RATING_FIELDS = ("rating", "stars", "my_rating", "my-rating", "bewertung")
_DATE_FIELDS = ("read_on", "date_read", "date-read", "date read", "read-on", "finished", "read")
# Boxes under these are of things to build: "## Supported models", "## Roadmap".
_TASKS = re.compile(
    r"\b(?:roadmap|support(?:ed|s)?|features?|implement\w*|models?|architectures?|backbones?|"
    r"releases?|changelog|baselines?|benchmarks?|algorithms?|methods?|tasks?|checkpoints?|"
    r"weights?|installation|milestones?|ports?)\b",
    re.IGNORECASE,
)
_MOST_PROSE = 200  # signs beside a title that tell of its reading
_WRAPPED = 3  # lines over which what stands on a dated line may run
_TODO_SIGN = re.compile(r"(?:TODO|LATER|WAITING)\b")
_DOING_SIGN = re.compile(r"(?:DOING|NOW)\b|⏳")


def tell_states(reading: Reading) -> None:
    """Give each paper the reading state its author tells, and the page's paper its key words."""
    if len(reading.abouts) == 1:
        tell_page(reading, reading.abouts[0])
    for draft in reading.drafts:
        tell_state(reading, draft)


def tell_page(reading: Reading, about: Draft) -> None:
    """Give the paper that a page is about what the properties of the page tell."""
    if not reading.page.fields:
        return
    words = reading.page.value("tags", "keywords", "filetags")
    about.tags = about.tags or _tags(words or "")
    told = told_in_fields(reading, about.tags)
    _take(about, told)
    if told and about.state == "read":
        about.read_on = about.read_on or _read_on(told)
    if about.stars is None:
        about.stars = read_rating(reading.page.value(*_RATING_FIELDS) or "")


def tell_state(reading: Reading, draft: Draft) -> None:
    """Give one paper the reading state and the rating its author tells."""
    if not reading.blocks:
        return
    if draft.state is None and draft.role != "named":
        _take(draft, _told_of(reading, draft))
    if draft.state == "read" and draft.read_on is None:
        draft.read_on = closed_below(reading, draft.own_section) or _day_over(reading, draft)
    if draft.role in ("about", "listed") or _is_logged_alone(reading, draft):
        _rate(draft, _stars(reading, draft))
        if draft.state is None and draft.stars is not None:
            draft.state = "read"


def _told_of(reading: Reading, draft: Draft) -> Told | None:
    if tells_in_columns(reading, draft.block):
        return told_in_row(reading, draft.block, draft.start) or _above(reading, draft)
    told = _in_words(reading, draft)
    if draft.role in ("about", "listed"):
        told = _beside(reading, draft) or told_below(reading, draft.own_section) or told
    return told or _above(reading, draft)


def tell_named(reading: Reading, number: int, places: Iterable[tuple[int, int, Draft]]) -> None:
    """Give papers that a block only names the state its author tells, the furthest if several.

    `places` are start, end and draft of the names in one sentence, left to right. Names in one
    breath ("read ResNet and VGG") share what is told of them.
    """
    block = reading.blocks[number]
    groups: list[list[tuple[int, int, Draft]]] = []
    for start, end, draft in places:
        if not groups or not _JOINED.fullmatch(block.text, groups[-1][-1][1], start):
            groups.append([])
        groups[-1].append((start, end, draft))
    for group in groups:
        start, end = group[0][0], group[-1][1]
        told = told_in_row(reading, number, start)
        if not tells_in_columns(reading, number):
            told = told or _told_of_name(reading, number, start, end)
        for _, _, draft in group:
            if told and told_rank(told.state) > told_rank(draft.state):
                draft.state, draft.read_on = told.state, _read_on(told)
        if len(group) == 1 and told and opens_line(block.text[:start]):
            rated = rated_in_row(reading, number, start)
            _rate(
                group[0][2],
                find_stars(_of_it(reading, number, start, end)) if rated is None else rated,
            )


def _told_of_name(reading: Reading, number: int, start: int, end: int) -> Told | None:
    logged = _logged(reading, number, start, end)
    told = _in_entry(reading, number, start, end) or logged
    told = told or _under_date(reading, number, start, end)
    if told is None or told.state != "read" or told.day:
        return told
    if logged and logged.state == "read":
        return replace(told, day=logged.day)
    return replace(told, day=_day_at(reading, number, start, end))


_JOINED = re.compile(
    r"[\"”»*_]*\s*(?:papers?)?\s*(?:,|,?\s?(?:and|&|\+|und|et|y)\s|[、和，])\s*(?:the )?[\"“«*_]*",
    re.IGNORECASE,
)


def _take(draft: Draft, told: Told | None) -> None:
    if told is not None and draft.state is None:
        draft.state, draft.read_on = told.state, _read_on(told)


def _rate(draft: Draft, stars: float | None) -> None:
    """Keep a rating; stars of what is to be read say how much it is looked forward to."""
    if draft.stars is None and draft.state != "queued":
        draft.stars = stars


def _read_on(told: Told) -> str | None:
    return told.day if told.state == "read" else None


def _tags(words: str) -> tuple[str, ...]:
    plain = words.strip().strip("[]:")
    parts = split_tags(plain.replace(":", ",") if ":" in plain and "," not in plain else plain)
    return tuple(part.strip("\"'# ") for part in parts if part.strip("\"'# "))


def told_in_fields(reading: Reading, tags: tuple[str, ...] = ()) -> Told | None:
    """What the properties of a note tell: `status: read`, `read: 2016-01-04`, a tag."""
    page = reading.page
    day = next((day for key in _DATE_FIELDS if (day := find_day(page.value(key) or ""))), None)
    status = page.value("status", "state", "reading_status", "reading-status") or ""
    state = reading_state(status) or _truth(page.value("read", "finished"))
    is_rated = read_rating(page.value(*_RATING_FIELDS) or "") is not None
    state = state or ("read" if day else None) or reading_state(tags=tags)
    state = state or ("read" if is_rated else None)
    return Told(state=state, end=0, day=day) if state else None


def _truth(value: str | None) -> str | None:
    word = (value or "").strip("\"' ").casefold()
    return {"true": "read", "yes": "read", "false": "queued", "no": "queued"}.get(word)


def _beside(reading: Reading, draft: Draft) -> Told | None:
    """What the entry of a paper says beside its title; an entry of several papers says nothing."""
    block = reading.blocks[draft.block]
    if not _is_alone(reading, draft):
        return None
    if block.kind == "heading" and (told := state_before(block.text)):
        return told
    return _by_signs(reading, draft.block, draft.start, draft.end)


def _is_logged_alone(reading: Reading, draft: Draft) -> bool:
    """Whether the author tells of a link that they read it, and of no other in that block."""
    if draft.role != "linked" or draft.state != "read":
        return False
    text = reading.blocks[draft.block].text
    is_only = len(reading.drafts.in_block(draft.block)) == 1
    return is_only and opens_line(text[: draft.start]) and not _NEXT.search(text, draft.end)


def _is_alone(reading: Reading, draft: Draft) -> bool:
    """Whether a short entry is that of one paper."""
    entries = [one for one in reading.drafts.in_block(draft.block) if one.role != "named"]
    length = len(reading.blocks[draft.block].text) - (draft.end - draft.start)
    return len(entries) == 1 and length <= _MOST_PROSE


def _stars(reading: Reading, draft: Draft) -> float | None:
    """The rating beside a title, or on a line of its own below it."""
    if not reading.blocks:
        return None
    if (rated := rated_in_row(reading, draft.block, draft.start)) is not None:
        return rated
    beside = _around(reading, draft.block, draft.start, draft.end)
    found = find_stars(beside) if _is_alone(reading, draft) else None
    return stars_below(reading, draft.own_section) if found is None else found


def _around(reading: Reading, number: int, start: int, end: int) -> str:
    """What stands beside a title in its block, but for the signs that a legend explains."""
    return reading.legend.strip(_beside_it(reading.blocks[number], start, end)).strip()


def _beside_it(block: Block, start: int, end: int) -> str:
    return f"{block.text[: max(start, 2)]} {block.text[end:]}".strip()


def _of_it(reading: Reading, number: int, start: int, end: int) -> str:
    """What stands beside a name in its block, up to what is told of reading something else."""
    around = _around(reading, number, start, end)
    other = _NEXT.search(around, min(start, len(around)))
    return around[: other.start()] if other else around


_NEXT = re.compile(
    r"(?<=[.;!?★☆⭐)\d\ufe0f])\s+(?:(?:i|then|and|finally|also|just) )*"
    r"(?:(?:re-?)?read|finished|started|reading)\b",
    re.IGNORECASE,
)


def _by_signs(reading: Reading, number: int, start: int, end: int) -> Told | None:
    """What signs, brackets and words of state around a title say."""
    block = reading.blocks[number]
    if state := reading.legend.told_by(_beside_it(block, start, end)):
        return Told(state=state, end=end)
    rest = _around(reading, number, start, end)
    if _QUEUED.search(rest) or _TODO_SIGN.match(rest):
        return Told(state="queued", end=end)
    if _DOING_SIGN.match(rest):
        return Told(state="reading", end=end)
    in_brackets = (told for words in _BRACKETS.findall(rest) if (told := whole_state(words)))
    told = _by_label(block.text, start) or next(in_brackets, None) or state_after(block.text, end)
    if told:
        return told
    match = _READ.search(rest)
    if match or re.match(r"DONE\b", rest):
        day = re.search(DAY, match[0], re.IGNORECASE) if match else None
        return Told(state="read", end=end, day=find_day(day[0]) if day else None)
    return None


def _by_label(text: str, start: int) -> Told | None:
    """What a label says right before a title, "想读：BERT"; "Read: BERT" may be advice."""
    label = text[: start + 1]
    if not (":" in label or "：" in label) or _ADVICE.match(text):
        return None
    told = state_before(label)
    return told if told and not re.search(r"\w", text[told.end : start]) else None


def _above(reading: Reading, draft: Draft) -> Told | None:
    """What the nearest heading says that speaks of reading; of a paper linked, its only one."""
    told = _headed(reading, draft.block)
    if draft.role in ("about", "listed"):
        return told
    if told is None or told.day is None:
        return None
    return told if sum(one.section == draft.section for one in reading.drafts) == 1 else None


def _headed(reading: Reading, block: int) -> Told | None:
    for section in reading.headings_above(block):
        heading = reading.sections[section].heading
        if heading == block or reading.drafts.in_block(heading):
            continue
        text = reading.blocks[heading].text
        if told := whole_state(text) or state_before(text):
            return told
    return None


def _in_entry(reading: Reading, number: int, start: int, end: int) -> Told | None:
    """What an entry tells that is nothing but the name of a paper, and words about its reading."""
    block = reading.blocks[number]
    is_line = block.kind == "item" or not re.search(r"\w", block.text[:start] + block.text[end:])
    is_short = len(block.text) <= end - start + _MOST_PROSE
    before = reading.legend.strip(block.text[:start])
    is_opened = opens_line(before) or _by_label(block.text, start) is not None
    if not (is_line and is_short and is_opened):
        return None
    if not ends_object(block.text, end) and not state_after(block.text, end):
        return None
    if block.is_done is not None:
        above = " ".join(
            reading.blocks[reading.sections[one].heading].text
            for one in reading.headings_above(number)
        )
        if _TASKS.search(above):
            return None
        return Told(state="read" if block.is_done else "queued", end=end)
    told = _by_signs(reading, number, start, end) or _headed(reading, number)
    is_rated = find_stars(_around(reading, number, start, end)) is not None
    return told or (Told(state="read", end=end) if is_rated else None)


def _under_date(reading: Reading, number: int, start: int, end: int) -> Told | None:
    """What the heading "Read 4 Jan 2016" says of the paper that opens the words right below it."""
    text = reading.blocks[number].text
    if reading.section_of(number).heading != number - 1 or re.search(r"\w", text[:start]):
        return None
    told = _headed(reading, number)
    return told if told and told.day and ends_object(text, end) else None


def _in_words(reading: Reading, draft: Draft) -> Told | None:
    """What the words around a link or title say: "finished [ResNet](...)"."""
    block = reading.blocks[draft.block] if reading.blocks else None
    if block is None or block.kind in ("heading", "row"):
        return None
    return _logged(reading, draft.block, draft.start, draft.end)


def _logged(reading: Reading, number: int, start: int, end: int) -> Told | None:
    block = reading.blocks[number]
    low, high = _remark(block, start, end)
    told = logged_state(block.text[low:high], start - low, end - low)
    told = told or told_under_day(reading, number, (start, end))
    if told and told.state == "read" and told.day is None:
        return replace(told, day=_day_at(reading, number, start, end))
    return told


def _day_at(reading: Reading, number: int, start: int, end: int) -> str | None:
    """The day above what is told at a place of a block."""
    if not reading.has_days or reading.page.stated or reading.blocks[number].kind == "row":
        return None
    is_of_it = is_of_that_day(reading.blocks[number].text, start, end)
    return (day_above(reading, number) or None) if is_of_it else None


def _day_over(reading: Reading, draft: Draft) -> str | None:
    return _day_at(reading, draft.block, draft.start, draft.end) if reading.blocks else None


def _remark(block: Block, start: int, end: int) -> tuple[int, int]:
    """The dated line a place stands in, else its sentence; both up to the end of the line."""
    inline = block.inline
    low, high = inline.line_span(start)[0], inline.line_span(max(start, end - 1))[1]
    line = low
    for _ in range(_WRAPPED):
        if not line or begins_dated(block.text[line:high]):
            break
        line = inline.line_span(line - 1)[0]
    if begins_dated(block.text[line:high]):
        return line, high
    return cut_day(block.text, min(sentence_at(block.text, start)[0], start)), high
