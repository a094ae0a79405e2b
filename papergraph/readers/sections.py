"""Headings make sections: where a block stands, what encloses it, how much is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from papergraph.readers.blocks import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with all that stands under it, up to the next heading of its rank.

    `heading` and `end` are block positions (heading -1: before the first heading); `own_end` ends
    what stands directly under it; `parent` is the enclosing section's number. `prose` counts words
    of running text in all of it, `own_prose` in its own part.
    """

    heading: int
    level: int
    end: int
    own_end: int
    parent: int | None
    prose: int
    own_prose: int


_WORDS = re.compile(r"\w+")
_WIDE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")


def prose_words(block: Block) -> int:
    """Count the words of a block that are running text: not links, not a label.

    >>> from papergraph.readers.markup import read_blocks
    >>> prose_words(read_blocks("The network is deep and easy to train.")[0])
    8
    """
    if block.kind in ("heading", "row"):
        return 0
    covered = sum(link.end - link.start for link in block.inline.links)
    if covered > 0.6 * max(len(block.text), 1):
        return 0
    count = len(_WORDS.findall(block.text)) - sum(
        len(_WORDS.findall(block.text[link.start : link.end])) for link in block.inline.links
    )
    wide = 0 if block.text.isascii() else len(_WIDE.findall(block.text)) // 2
    return count + wide if count + wide >= 5 else 0


def find_sections(blocks: Sequence[Block]) -> tuple[tuple[Section, ...], tuple[int, ...]]:
    """Return the sections in order, and for every block the number of the section it stands in."""
    headings = [number for number, block in enumerate(blocks) if block.kind == "heading"]
    starts = [-1, *headings]
    levels = [0, *(blocks[number].level for number in headings)]
    prose = [0]
    for block in blocks:
        prose.append(prose[-1] + prose_words(block))
    ends, parents = _nest(levels, starts, len(blocks))
    sections: list[Section] = []
    home = [0] * len(blocks)
    for number, start in enumerate(starts):
        own_end = starts[number + 1] if number + 1 < len(starts) else len(blocks)
        for position in range(max(start, 0), own_end):
            home[position] = number
        sections.append(
            Section(
                heading=start,
                level=levels[number],
                end=ends[number],
                own_end=own_end,
                parent=parents[number],
                prose=prose[ends[number]] - prose[start + 1],
                own_prose=prose[own_end] - prose[start + 1],
            )
        )
    return tuple(sections), tuple(home)


def _nest(levels: list[int], starts: list[int], size: int) -> tuple[list[int], list[int | None]]:
    ends, parents = [size] * len(levels), list[int | None]([None] * len(levels))
    open_sections: list[int] = []
    for number, level in enumerate(levels):
        while open_sections and levels[open_sections[-1]] >= level:
            ends[open_sections.pop()] = starts[number]
        parents[number] = open_sections[-1] if open_sections else None
        open_sections.append(number)
    return ends, parents
