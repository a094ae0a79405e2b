"""Text gathered from places of a file (cells, fields, escaped markup), read as if it were whole.

The blocks that come of it are told where their words stand in the file.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from papergraph.readers.blocks import Block, Inline

Jumps = Sequence[tuple[int, int]]
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


class _File:
    """Where the lines of a file begin."""

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._feeds = [match.start() for match in re.finditer("\n", text)]

    def place(self, offset: int) -> tuple[int, int]:
        offset = min(offset, self._size)
        line = bisect_right(self._feeds, offset - 1)
        return line + 1, offset - (self._feeds[line - 1] if line else -1)


class Gathered:
    r"""Text in lines, each of which knows where in the file its characters stand.

    Made for a file, or for the file of another.

    >>> gathered = Gathered('{"a": "Deep\\nNets"}')
    >>> gathered.add("Deep\nNets", 7, [(0, 0), (5, 6)])
    >>> gathered.place(2, 1)
    (1, 14)
    """

    def __init__(self, file: str | Gathered) -> None:
        self._file: _File = _File(file) if isinstance(file, str) else file._file  # noqa: SLF001
        self._lines: list[str] = [""]
        self._jumps: list[list[tuple[int, int]]] = [[(0, 0)]]

    @property
    def text(self) -> str:
        """All that was gathered."""
        return "\n".join(self._lines)

    def add(self, text: str, start: int, jumps: Jumps = ((0, 0),)) -> None:
        """Add text that stands at `start` of the file; `jumps` are (offset in it, in the file).

        It continues the last line; `jumps` are relative to `start`, in rising order.
        """
        position = 0
        for number, line in enumerate(text.split("\n")):
            if number:
                self._lines.append("")
                self._jumps.append([])
            at = len(self._lines[-1])
            first = max(bisect_right(jumps, (position, 1 << 60)) - 1, 0)
            offset, there = jumps[first]
            self._mark(at, start + there + position - offset)
            last = bisect_right(jumps, (position + len(line), 1 << 60))
            for offset, there in jumps[first + 1 : last]:
                self._mark(at + offset - position, start + there)
            self._lines[-1] += line
            position += len(line) + 1

    def end_line(self, times: int = 1) -> None:
        """Begin a new line; two times make a new paragraph."""
        for _ in range(times):
            last = self._jumps[-1][-1]
            here = last[1] + len(self._lines[-1]) - last[0]
            self._lines.append("")
            self._jumps.append([(0, here)])

    def _mark(self, column: int, offset: int) -> None:
        marks = self._jumps[-1]
        if marks and marks[-1][0] == column:
            marks.pop()
        marks.append((column, offset))

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Line and column in the file of a line and column gathered."""
        marks = self._jumps[line - 1]
        start, offset = marks[max(bisect_right(marks, (column - 1, 1 << 60)) - 1, 0)]
        return self.place_of(offset + column - 1 - start)

    def place_of(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset of the file."""
        return self._file.place(offset)

    def relocate(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """Return the blocks read from `text`, placed in the file."""
        return tuple(
            replace(block, inline=replace(block.inline, anchors=self._anchors(block.inline)))
            for block in blocks
        )

    def _anchors(self, inline: Inline) -> tuple[tuple[int, int, int], ...]:
        placed: list[tuple[int, int, int]] = []
        ends = [anchor[0] for anchor in inline.anchors[1:]] + [len(inline.text) + 1]
        for (offset, line, column), end in zip(inline.anchors, ends, strict=True):
            placed.append((offset, *self.place(line, column)))
            marks = self._jumps[line - 1]
            for start, there in marks[bisect_right(marks, (column - 1, 1 << 60)) :]:
                at = offset + start - (column - 1)
                if at >= end:
                    break
                placed.append((at, *self.place_of(there)))
        return tuple(placed)


def unescape_entities(raw: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text without entities, and its jumps: (offset in the text, offset in `raw`).

    >>> unescape_entities("a&lt;b")
    ('a<b', ((0, 0), (2, 5)))
    """
    parts: list[str] = []
    jumps = {0: 0}
    length = position = 0
    for match in _ENTITY.finditer(raw):
        sign = html.unescape(match[0])
        parts += [raw[position : match.start()], sign]
        length += match.start() - position + len(sign)
        position = match.end()
        jumps[length] = position
    parts.append(raw[position:])
    return "".join(parts), tuple(jumps.items())
