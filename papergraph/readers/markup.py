"""Markdown, HTML and their mixtures to blocks: one lenient grammar, as people mix them.

Blocks are found line by line, so that every word keeps its line and column, and so that HTML
beside Markdown does not swallow it (in CommonMark a `<br>` hides the list after it).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from papergraph.readers import masking
from papergraph.readers.blocks import Block, Inline
from papergraph.readers.inline import Piece, read_inline
from papergraph.readers.labels import LINE_KEYS

_HEADING = re.compile(r"^ {0,3}(#{1,6})(?P<gap>[ \t]+|(?=[^\s#]))(?P<text>.*?)[ \t]*#*[ \t]*$")
_ITEM = re.compile(
    r"^(?P<indent>\s*)(?:(?P<bullet>[-*+•◦▪–])|(?P<number>\d{1,4})[.)])(?:[ \t]+|$)(?P<text>.*)$"
)
_RULE = re.compile(r"^\s{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){5,})$")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-{2,})\s*$")
_TABLE_RULE = re.compile(r"^\s*(?:\|\s*)?:?-+:?\s*(?:\|\s*:?-*:?\s*)+$")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)([^\[\]\n]{1,200})\]:[ \t]+<?([^\s<>]+)>?.*$", re.MULTILINE
)
_NOTE = re.compile(r"^ {0,3}\[\^[^\[\]\n]{1,60}\]:[ \t]*")
_REFERENCE = re.compile(r"\[[A-Za-z-]{0,20}\+?\d{1,4}[a-z]?\]\s+(?=[A-ZÀ-Ž\"“*]|https?:)")
_KEYED = re.compile(  # "Authors: ...", "**Link:** ...": a line of its own, whatever follows
    r"\W{0,4}(?:"
    + "|".join(sorted(LINE_KEYS, key=len, reverse=True))
    + r")[*_ \t]{0,3}[:：][*_]{0,3}",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"\W{0,4}(?:references|bibliography|works cited|literatur|참고 ?문헌|参考文献)\W{0,4}",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(r"\{[:#][^{}\n]{0,200}\}\s*$")
_EMPTY = re.compile(r"(?:\s|<br\s*/?>|&nbsp;)*$", re.IGNORECASE)
_TASK = re.compile(r"\[[ xX]\]\s+(?:#{1,6}\s+)?|#{1,6}\s+")


def read_blocks(text: str, *, is_markdown: bool = True) -> tuple[Block, ...]:
    r"""Turn a text into blocks.

    >>> [(b.kind, b.text) for b in read_blocks("# A\n* [b](c.md)")]
    [('heading', 'A'), ('item', 'b')]
    """
    masked = masking.mask(text, is_markdown=is_markdown)
    references: dict[str, str] = {}
    if is_markdown:
        for match in _DEFINITION.finditer(masked):
            references.setdefault(" ".join(match[1].casefold().split()), match[2])
        masked = _DEFINITION.sub(lambda match: masking.blank_out(match[0]), masked)
    builder = _Builder(references, is_markdown=is_markdown)
    builder.read(masked.split("\n"))
    return tuple(builder.blocks)


class _Builder:
    """The block being collected, and those done."""

    def __init__(self, references: Mapping[str, str], *, is_markdown: bool) -> None:
        self.references = references
        self.is_markdown = is_markdown
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self.kind, self.level = "paragraph", 0
        self.number: int | None = None
        self.is_quote = False
        self.is_done: bool | None = None
        self.lists: list[tuple[int, int]] = []  # (indent, list id), outermost first
        self.html_lists: list[tuple[int, bool, int]] = []  # (list id, is ordered, items so far)
        self.last_list = 0
        self.is_html = False  # inside a heading, item or cell opened by a tag
        self.after_blank = True
        self.is_table = False

    def read(self, lines: list[str]) -> None:
        """Read all lines of the masked text."""
        for number, line in enumerate(lines, 1):
            following = lines[number] if number < len(lines) else ""
            if masking.MARKS.search(line) or line.startswith(masking.FILL):
                self.tagged_line(line, number)
            else:
                self.line(line, number, following)
        self.flush()

    # ---------------------------------------------------------------- blocks
    def flush(self) -> None:
        """Finish the block being collected."""
        if self.pieces:
            inline = read_inline(self.pieces, self.references, is_markdown=self.is_markdown)
            if inline.text.strip():
                self.blocks.append(self.block(inline))
            self.pieces = []
        if not self.is_html:
            self.kind, self.number = "paragraph", None

    def block(self, inline: Inline) -> Block:
        list_id = 0
        if self.kind == "item":
            list_id = self.html_lists[-1][0] if self.html_lists else (self.lists or [(0, 0)])[-1][1]
        return Block(
            kind=self.kind,
            inline=inline,
            level=self.level if self.kind in ("heading", "item") else 0,
            number=self.number,
            list_id=list_id,
            is_quote=self.is_quote,
            is_done=self.is_done if self.kind == "item" else None,
        )

    def start(self, kind: str, level: int = 0, number: int | None = None) -> None:
        self.flush()
        self.kind, self.level, self.number = kind, level, number

    def add(self, number: int, column: int, text: str) -> None:
        """Add the characters of a line to the block, without fill."""
        at = 0
        for part in text.split(masking.FILL) if masking.FILL in text else [text]:
            if part:
                self.pieces.append((number, column + at, part))
            at += len(part) + 1

    # ---------------------------------------------------------------- lines of Markdown
    def line(self, line: str, number: int, following: str, column: int = 1) -> None:
        """Read a line without block tags."""
        if not line.strip() or _EMPTY.match(line):
            if self.is_markdown:
                self.flush()
                self.is_quote = self.is_table = False
                self.after_blank = True
            return
        if not self.is_markdown or self.is_html:
            self.add(number, column, line)
            return
        quote = _QUOTE.match(line)
        if quote:
            column += quote.end()
            line = line[quote.end() :]
            if not self.is_quote:
                self.flush()
            self.is_quote = True
            if not line.strip():
                self.flush()
                return
        elif self.is_quote and (self.after_blank or _ITEM.match(line) or _HEADING.match(line)):
            self.flush()
            self.is_quote = False
        self.markdown_line(line, number, following, column)
        self.after_blank = False

    def markdown_line(self, line: str, number: int, following: str, column: int) -> None:
        heading = _HEADING.match(line)
        if heading and _is_heading(heading):
            self.heading(heading, number, column)
        elif self.pieces and self.kind == "paragraph" and _UNDERLINE.match(line):
            self.kind, self.level = "heading", 1 if "=" in line else 2
            self.lists = []
            self.flush()
        elif _RULE.match(line) or _TABLE_RULE.match(line):
            self.rule(line)
        elif "|" in line and (self.is_table or _TABLE_RULE.match(following)):
            self.is_table = True
            self.start("row")
            self.add(number, column, line)
            self.flush()
        elif item := _ITEM.match(line):
            self.item(item, number, column)
        else:
            self.plain(line, number, column)

    def rule(self, line: str) -> None:
        self.flush()
        if not _TABLE_RULE.match(line):
            self.lists = []

    def heading(self, match: re.Match[str], number: int, column: int) -> None:
        self.start("heading", len(match[1]))
        self.lists = []
        text = _ATTRIBUTES.sub("", match["text"])
        self.add(number, column + match.start("text"), text)
        self.flush()

    def item(self, match: re.Match[str], number: int, column: int) -> None:
        indent = len(match["indent"].expandtabs(4)) + column - 1
        while self.lists and self.lists[-1][0] > indent + 1:
            self.lists.pop()
        if not self.lists or indent > self.lists[-1][0] + 1:
            self.last_list += 1
            self.flush()
            self.lists.append((indent, self.last_list))
        self.start("item", len(self.lists) - 1, int(match["number"]) if match["number"] else None)
        text = match["text"]
        task = _TASK.match(text)
        skip = task.end() if task else 0
        self.is_done = text[1] in "xX" if task and text[0] == "[" else None
        self.add(number, column + match.start("text") + skip, text[skip:])

    def plain(self, line: str, number: int, column: int) -> None:
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if self.after_blank:
            if self.lists and indent <= self.lists[-1][0]:
                self.lists = [entry for entry in self.lists if entry[0] < indent]
            if not self.lists and indent >= 4 and column == 1 and not _has_link(line):
                return  # indented code
        is_own = _REFERENCE.match(line.lstrip()) or (self.pieces and _KEYED.match(line))
        if is_own and self.kind == "paragraph":
            self.start("paragraph")
        note = _NOTE.match(line)
        if note:
            self.start("paragraph")
            column, line = column + note.end(), line[note.end() :]
        is_heading = _REFERENCES.fullmatch(line) and not (self.pieces or self.is_quote)
        self.add(number, column + len(line) - len(line.lstrip()), line.lstrip())
        if is_heading and self.kind == "paragraph":
            self.kind, self.level = "heading", 2
            self.flush()

    # ---------------------------------------------------------------- block tags
    def tagged_line(self, line: str, number: int) -> None:
        """Read a line in which block tags stand."""
        position = 0
        for match in masking.MARKS.finditer(line):
            self.stretch(line[position : match.start()], number, position + 1)
            self.mark(match[0])
            position = match.end()
        self.stretch(line[position:], number, position + 1)

    def stretch(self, text: str, number: int, column: int) -> None:
        bare = text.lstrip(masking.FILL)
        column += len(text) - len(bare)
        if not bare.strip(masking.FILL + " \t"):
            return
        if self.is_html or not self.is_markdown or self.pieces:
            self.add(number, column, bare)
        else:
            self.line(bare, number, "", column)

    def mark(self, mark: str) -> None:
        """Open or close the block a tag stands for."""
        if mark == masking.CELL:
            if self.kind == "row" and self.pieces:
                line, column, text = self.pieces[-1]
                self.pieces.append((line, column + len(text), " | "))
            return
        self.is_html = False
        self.flush()
        if mark in masking.HEADINGS.values():
            self.start("heading", ord(mark) - 0xE000)
            self.is_html = True
        elif mark == masking.ITEM:
            self.html_item()
        elif mark == masking.ROW:
            self.start("row")
            self.is_html = True
        elif mark in (masking.LIST, masking.ORDERED):
            self.last_list += 1
            self.html_lists.append((self.last_list, mark == masking.ORDERED, 0))
        elif mark == masking.LIST_END and self.html_lists:
            self.html_lists.pop()
        elif mark in (masking.QUOTE, masking.QUOTE_END):
            self.is_quote = mark == masking.QUOTE

    def html_item(self) -> None:
        number = None
        if self.html_lists:
            list_id, is_ordered, count = self.html_lists[-1]
            self.html_lists[-1] = (list_id, is_ordered, count + 1)
            number = count + 1 if is_ordered else None
        self.start("item", max(len(self.html_lists) - 1, 0), number)
        self.is_html = True


def _is_heading(match: re.Match[str]) -> bool:
    """Tell a heading from a "#hashtag" and from "#!" and "#define" lines."""
    if match["gap"] or not match["text"]:
        return bool(match["text"].strip())
    return len(match[1]) > 1 and (
        match["text"][0].isalpha() or match["text"][0] in '[*_<"“(0123456789'
    )


def _has_link(line: str) -> bool:
    return "](" in line or "://" in line or "<a " in line
