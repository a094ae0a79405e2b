"""The common shape every form of writing is turned into: blocks of text that know their place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link over `text[start:end]` of its inline text; a bare address is its own text.

    `note` is the name of the note a `[[wiki link]]` leads to, whatever words it shows.
    """

    start: int
    end: int
    url: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Bold, italic, code or struck words over `text[start:end]` of their inline text."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """Text without markup, its links and emphasis, and where each character stands in the file.

    `anchors` are (offset in text, line, column) of every jump, lines and columns from 1. A soft
    line break is a blank, a hard one a line feed.
    """

    text: str
    anchors: tuple[tuple[int, int, int], ...]
    links: tuple[Link, ...] = ()
    styles: tuple[Style, ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column at which a character of the text stands."""
        position = bisect_right(self.anchors, (offset, 1 << 60, 0)) - 1
        start, line, column = self.anchors[max(position, 0)]
        return line, column + max(offset - start, 0)

    def line_span(self, offset: int) -> tuple[int, int]:
        """Return the part of the text that stands on the same line of the file."""
        line, _ = self.place(offset)
        low = bisect_left(self.anchors, True, key=lambda anchor: anchor[1] >= line)
        high = bisect_left(self.anchors, True, key=lambda anchor: anchor[1] > line)
        start = self.anchors[low][0] if low < len(self.anchors) else 0
        return start, self.anchors[high][0] if high < len(self.anchors) else len(self.text)

    def words_of(self, link: Link) -> str:
        """Return the words a link covers, white space normalised."""
        return " ".join(self.text[link.start : link.end].split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item or table row.

    `level` is the level of a heading (1 to 6) or the depth of an item (from 0); `number` what an
    ordered item is numbered; `list_id` tells lists apart; `is_quote` marks quoted text; `is_done`
    whether the box of a task is ticked.
    """

    kind: str
    inline: Inline
    level: int = 0
    number: int | None = None
    list_id: int = 0
    is_quote: bool = False
    is_done: bool | None = None

    @property
    def text(self) -> str:
        """The text without markup."""
        return self.inline.text

    @property
    def line(self) -> int:
        """The line of the file on which the block's text begins."""
        return self.inline.place(0)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One key of a page's front matter: its value as text and the line it stands on."""

    key: str
    value: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPaper:
    """A paper stated field by field, not to be searched for; `block` is the block that shows it."""

    block: int
    title: str | None
    url: str | None = None
    identifier: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    summary: str | None = None
    state: str | None = None
    read_on: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A piece of writing in blocks; `fields` is its front matter, `title` what it calls itself.

    `stated` are papers given field by field, as in bibliographies and mail; `day` is that of a
    daily note; `warnings` tell what of the file could not be read.
    """

    blocks: tuple[Block, ...]
    form: str
    title: str | None = None
    fields: tuple[Field, ...] = field(default=())
    stated: tuple[StatedPaper, ...] = ()
    day: str | None = None
    warnings: tuple[str, ...] = ()

    def value(self, *keys: str) -> str | None:
        """Return the first non-empty front-matter value under any of these keys."""
        for key in keys:
            for entry in self.fields:
                if entry.key == key and entry.value:
                    return entry.value
        return None
