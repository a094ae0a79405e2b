"""A stored review as a page shows it: numbered lines, papers marked, repaired words dotted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from papergraph.app.quoting import LINES_ON_A_PAGE, Segment, repaired_segments
from papergraph.errors import NotFoundError
from papergraph.ingest import load_mentions
from papergraph.library import Library, StoredReview
from papergraph.models import Mention, Paper, Repair

_LONGEST_LINE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One line of a review; `unplaced` are papers named here whose words were not found."""

    number: int
    segments: tuple[Segment, ...]
    unplaced: tuple[Paper, ...] = ()


def find_review(library: Library, review_id: str) -> tuple[StoredReview, str]:
    """The card and text of a review by its public id.

    Raises NotFoundError when there is none.
    """
    number = re.fullmatch(r"r?([1-9][0-9]{0,17})", review_id)
    found = library.reviews.get(int(number[1])) if number else None
    if found is None:
        raise NotFoundError(f"there is no review {review_id!r} in this library")
    return found


def review_card(review: StoredReview) -> dict[str, Any]:
    """The JSON object of a review."""
    return {
        "id": f"r{review.id}",
        "origin": review.origin,
        "title": review.title,
        "author": review.author,
        "format": review.format,
        "language": review.language,
        "written_on": review.written_on,
        "ingested_at": review.ingested_at,
        "papers": review.papers,
    }


def review_mentions(library: Library, number: int) -> list[dict[str, Any]]:
    """The mentions of a review as JSON objects of the contract."""
    return [mention.as_json() for mention in load_mentions(library, number)]


def review_lines(
    text: str, mentions: Sequence[Mention], repairs: Sequence[Repair] = (), first: int = 1
) -> list[ReviewLine]:
    """Number the lines of a review from `first` on, one page of them, and mark papers and repairs.

    A line that is very long is shown to its first part.
    """
    repaired = {item.line: item.repaired for item in repairs}
    named: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[mention.line].append(mention)
    lines = text.split("\n")[first - 1 : first - 1 + LINES_ON_A_PAGE]
    return [
        _line(number, line, repaired.get(number, line), named.get(number, []))
        for number, line in enumerate(lines, first)
    ]


def _line(number: int, original: str, repaired: str, mentions: Sequence[Mention]) -> ReviewLine:
    segments = repaired_segments(_cut_long(repaired.rstrip()), _cut_long(original.rstrip()))
    unplaced = []
    for mention in mentions:
        if mention.paper is None:
            continue
        placed = _mark(segments, mention.text, mention.paper)
        if placed is None:
            unplaced.append(mention.paper)
        else:
            segments = placed
    return ReviewLine(number=number, segments=segments, unplaced=tuple(unplaced))


def _cut_long(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + " …"


def _mark(segments: Sequence[Segment], words: str, paper: Paper) -> tuple[Segment, ...] | None:
    """Mark the first free place of the words as this paper; None when they are not there.

    The words may run over several segments, when some of them were repaired.
    """
    text = "".join(segment.text for segment in segments)
    taken = [segment.paper is not None for segment in segments for _ in segment.text]
    for found in re.finditer(re.escape(words), text, re.IGNORECASE) if words else ():
        if not any(taken[found.start() : found.end()]):
            return _cut(segments, found.start(), found.end(), paper)
    return None


def _cut(segments: Sequence[Segment], start: int, end: int, paper: Paper) -> tuple[Segment, ...]:
    found: list[Segment] = []
    at = 0
    for segment in segments:
        low, high = max(start - at, 0), min(end - at, len(segment.text))
        at += len(segment.text)
        if low >= high:
            found.append(segment)
            continue
        inner = replace(segment, text=segment.text[low:high], is_marked=True, paper=paper.id)
        before, after = segment.text[:low], segment.text[high:]
        found += [replace(segment, text=before), inner, replace(segment, text=after)]
    return tuple(segment for segment in found if segment.text)
