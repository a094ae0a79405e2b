"""Cut running text into sentences that know their offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_END = re.compile(r"(?=[.!?。！？\n])(?:[.!?。！？]+[\"'”’)\]]*(?=\s|$)|[。！？]|\n)")
_SHORT = re.compile(
    r"(?:^|[\s(\[])(?:e\.g|i\.e|et|al|etc|vs|cf|fig|figs|eq|eqs|sec|ch|no|dr|mr|mrs|prof|st|"
    r"approx|resp|ref|refs|vol|pp|p|inc|[A-Za-z])\.$",
    re.IGNORECASE,
)

_SMALL_START = re.compile(r"[.!?](?<=[a-z]{3}[.!?]) +[a-z]")
_CAPITAL_START = re.compile(r"[.!?](?<=[a-z]{3}[.!?]) +[A-Z]")


@lru_cache(maxsize=256)
def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of every sentence; blanks around a sentence are left out.

    >>> text = "He et al. (2015) won. It was deep."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['He et al. (2015) won.', 'It was deep.']
    """
    found: list[tuple[int, int]] = []
    start = 0
    small = len(_SMALL_START.findall(text)) > len(_CAPITAL_START.findall(text))
    for match in _END.finditer(text):
        end = match.end()
        if match[0] != "\n" and end < len(text) and not _is_end(text, match, small=small):
            continue
        found.append((start, end))
        start = end
    found.append((start, len(text)))
    return tuple(trimmed for span in found if (trimmed := _trim(text, *span)))


def _is_end(text: str, match: re.Match[str], *, small: bool) -> bool:
    """Whether a full stop ends a sentence; `small`: sentences here begin without capitals."""
    if match[0][0] in "。！？!?":
        return True
    if _SHORT.search(text[max(0, match.start() - 8) : match.start() + 1]):
        return False
    following = text[match.end() : match.end() + 40].lstrip()
    if not following:
        return True
    return small or not following[0].islower()


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return the sentence in which an offset lies."""
    spans = split_sentences(text)
    place = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    if place < 0:
        return (0, spans[0][1]) if spans else (0, len(text))
    start, end = spans[place]
    if offset >= end and place + 1 < len(spans):  # in the blanks between two
        return offset, spans[place + 1][1]
    return start, max(end, offset)
