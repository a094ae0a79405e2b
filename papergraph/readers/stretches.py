"""Lines of a block, each to be read on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from papergraph.readers.blocks import Block
from papergraph.readers.links import JudgedLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A line of a block to be read on its own: its span and the links in it."""

    block: int
    start: int
    end: int
    text: str
    links: tuple[JudgedLink, ...]
    kind: str


def cut_stretches(number: int, block: Block, links: tuple[JudgedLink, ...]) -> Iterator[Stretch]:
    """Cut a block at hard line breaks."""
    start = first = 0
    for part in block.text.split("\n"):
        end = start + len(part)
        last = first
        while last < len(links) and links[last].start < max(end, start + 1):
            last += 1
        inside, first = links[first:last], last
        if part.strip():
            yield Stretch(
                block=number, start=start, end=end, text=part, links=inside, kind=block.kind
            )
        start = end + 1
