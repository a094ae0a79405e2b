"""What follows only from order: numbered lists, weeks, sections one after the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from papergraph.readers.drafts import Draft
from papergraph.readers.reading import Reading

_WEEK = re.compile(
    r"\b(?:week|day|part|step|stage|lesson|chapter|session|level|\d+주차)\s*#?(\d{1,3})\b",
    re.IGNORECASE,
)
_STEP = re.compile(r"\s*\[?\d{1,3}[\].)]")
_OLDER_FIRST = 0.35
_REFERENCES = re.compile(r"\breferences\b|bibliograph|참고|参考", re.IGNORECASE)
_LONGEST_LABEL = 40
_SORTED = 6  # entries in the order of the alphabet, by which they are sorted and not by chance
_LONGEST = 200


def order_pairs(reading: Reading) -> Iterator[tuple[Draft, Draft]]:
    """Yield (later, earlier) for consecutive entries of lists whose order means something."""
    for entries in [*_lists(reading), *_weeks(reading)]:
        is_told = 2 <= len(entries) <= _LONGEST and not _is_newest_first(entries)
        if is_told and not _is_alphabetical(reading, entries):
            for earlier, later in pairwise(entries):
                if not _is_same(earlier, later):
                    yield later, earlier


def _is_same(one: Draft, other: Draft) -> bool:
    """Whether two entries are one paper; papers known by nickname or people only have no key."""
    has_key = one.title or one.url or one.identifier
    return one is other or bool(has_key and one.key == other.key)


def _lists(reading: Reading) -> list[list[Draft]]:
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in reading.drafts:
        if draft.list_key is None or draft.is_unresolvable:
            continue
        block = reading.blocks[draft.block]
        is_numbered = block.number is not None or bool(_STEP.match(block.text))
        is_numbered = is_numbered and not _is_bibliography(reading, draft)
        if draft.role == "about" or is_numbered or _WEEK.search(_heading(reading, draft)):
            groups[draft.list_key].append(draft)
    return list(groups.values())


def _is_bibliography(reading: Reading, draft: Draft) -> bool:
    """Whether a number is that of a reference, which only says where it is cited."""
    above = reading.blocks[draft.block - 1].text if draft.block else ""
    label = f"{_heading(reading, draft)} {above if len(above) < _LONGEST_LABEL else ''}"
    if _REFERENCES.search(label):
        return True
    is_bracketed = reading.blocks[draft.block].text.lstrip().startswith("[")
    return is_bracketed and (reading.page.form == "latex" or reading.cites_by_number)


def _heading(reading: Reading, draft: Draft) -> str:
    heading = reading.heading_of(draft.section)
    return heading.text if heading else ""


def _weeks(reading: Reading) -> list[list[Draft]]:
    """The last entry of one week and the first of the next."""
    weeks: dict[int, list[Draft]] = defaultdict(list)
    for draft in reading.drafts:
        if draft.role not in ("about", "listed") or draft.is_unresolvable:
            continue
        for section in reading.headings_above(draft.block):
            match = _WEEK.search(reading.blocks[reading.sections[section].heading].text)
            if match:
                weeks[int(match[1])].append(draft)
                break
    ordered = [weeks[number] for number in sorted(weeks)]
    return [[one[-1], two[0]] for one, two in pairwise(ordered)]


def _is_newest_first(entries: list[Draft]) -> bool:
    """Whether the years run backwards: few neighbours stand older first."""
    years = [year for entry in entries if (year := _year(entry))]
    steps = [(one, two) for one, two in pairwise(years) if one != two]
    if len(steps) < 2:
        return False
    return sum(one < two for one, two in steps) / len(steps) < _OLDER_FIRST


def _is_alphabetical(reading: Reading, entries: list[Draft]) -> bool:
    """Whether entries are sorted by how they begin: with people in a bibliography, or with titles.

    The first letters are compared, so that a slip within one letter does no harm.
    """
    letters = [
        next((sign for sign in reading.blocks[entry.block].text if sign.isalpha()), "").casefold()
        for entry in entries
    ]
    return len(letters) >= _SORTED and letters == sorted(letters) and letters[0] != letters[-1]


def _year(draft: Draft) -> int | None:
    match = re.match(r"arxiv:(\d\d)\d\d\.", draft.identifier or "")
    return draft.year or (2000 + int(match[1]) if match else None)
