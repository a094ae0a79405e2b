"""What a text browser printed: indented paragraphs, `[n]` before linked words, a list of links."""

from __future__ import annotations

import re

from papergraph.readers.blocks import Block, Inline, Link

_TARGET = re.compile(r"^\s{0,5}(\d{1,4})\. ((?:https?|ftp|mailto|file):\S+)\s*$")
_REFERENCES = re.compile(
    r"^\s*(?:references|visible links:?|hidden links:?|links:?)\s*$", re.IGNORECASE
)
_ITEM = re.compile(r"^(\s+)(?:([*+o#])|(\d{1,3})\.) (?=\S)")
_PICTURE = re.compile(
    r"^\s*(?:\[\d+\])?\[[^\[\]]+\.(?:png|jpe?g|gif|svg|webp)\]\s*$", re.IGNORECASE
)
_MARK = re.compile(r"\[(\d{1,4})\]")
_STOP = re.compile(
    r"[.,;:()\[\]?!]|\s(?:is|are|was|were|has|have|had|who|which|that|for|from|to|by|and|or|but|"
    r"on|with|as|at|in|if|because|when|goes|see|can|will|of)\s",
    re.IGNORECASE,
)
_LONGEST_LINK = 60


def read_dump(text: str) -> tuple[Block, ...]:
    """Turn a text-browser dump into blocks.

    Headings stand at the left edge (level 2) or are a short line of their own (level 3).
    """
    lines = text.split("\n")
    end, targets = _find_targets(lines)
    blocks: list[Block] = []
    group: list[tuple[int, str]] = []
    for number, line in enumerate([*lines[:end], ""], 1):
        is_item = bool(_ITEM.match(line))
        if group and (not line.strip() or is_item or _PICTURE.match(line)):
            blocks.append(_make_block(group, targets))
            group = []
        if line.strip() and not _PICTURE.match(line):
            group.append((number, line))
    return tuple(_join_headings(blocks))


def _find_targets(lines: list[str]) -> tuple[int, dict[int, str]]:
    """Return the line at which the list of links begins, and the links by number."""
    targets: dict[int, str] = {}
    first = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        match = _TARGET.match(lines[number])
        if match:
            targets.setdefault(int(match[1]), match[2])
            first = number
        elif lines[number].strip() and not _REFERENCES.match(lines[number]):
            if targets and number < first:
                break
        elif _REFERENCES.match(lines[number]):
            first = number
    return first, targets


def _make_block(group: list[tuple[int, str]], targets: dict[int, str]) -> Block:
    first = group[0][1]
    item = _ITEM.match(first)
    inline = _read_inline(group, targets, skip=item.end() if item else 0)
    if item:
        depth = max(len(item[1]) - 5, 0) // 4
        return Block(
            kind="item",
            inline=inline,
            level=depth,
            number=int(item[3]) if item[3] else None,
            list_id=1,
        )
    if not first.startswith(" ") and (len(group) <= 2 and len(inline.text) < 160):
        return Block(kind="heading", inline=inline, level=2)
    if len(group) == 1 and _is_short_heading(first, inline.text):
        return Block(kind="heading", inline=inline, level=3)
    return Block(kind="paragraph", inline=inline)


def _is_short_heading(line: str, text: str) -> bool:
    indent = len(line) - len(line.lstrip())
    is_plain = not re.search(r"[.?!,;:]$", text) and "[" not in line
    return indent <= 6 and is_plain and 0 < len(text.split()) <= 7 and text[0].isalpha()


def _join_headings(blocks: list[Block]) -> list[Block]:
    """Take a short line for a heading only when writing follows it."""
    joined: list[Block] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        is_last = following is None or (following.kind == "heading" and following.level <= 2)
        if block.kind == "heading" and block.level == 3 and is_last:
            joined.append(Block(kind="paragraph", inline=block.inline))
        else:
            joined.append(block)
    return joined


def _read_inline(group: list[tuple[int, str]], targets: dict[int, str], skip: int) -> Inline:
    parts: list[str] = []
    anchors: list[tuple[int, int, int]] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for number, line in group:
        position = skip if not parts else len(line) - len(line.lstrip())
        position = max(position, len(line) - len(line.lstrip()))
        if parts and not parts[-1].endswith(" "):
            anchors.append((length, number, position + 1))
            parts.append(" ")
            length += 1
        for match in [*_MARK.finditer(line, position), None]:
            stop = match.start() if match else len(line)
            stretch = line[position:stop] if match else line[position:stop].rstrip()
            if stretch:
                anchors.append((length, number, position + 1))
                parts.append(stretch)
                length += len(stretch)
            if match and int(match[1]) in targets:
                marks.append((length, int(match[1])))
                position = match.end()
            elif match:
                position = match.start()
    text = "".join(parts)
    links = tuple(
        Link(start=start, end=_link_end(text, start, marks), url=targets[number])
        for start, number in marks
    )
    return Inline(text=text, anchors=tuple(anchors) or ((0, group[0][0], 1),), links=links)


def _link_end(text: str, start: int, marks: list[tuple[int, int]]) -> int:
    """A dump does not say where linked words end: at a stop, a small word, or the next link."""
    limit = min([len(text), start + _LONGEST_LINK, *(at for at, _ in marks if at > start)])
    stop = _STOP.search(text, start + 1, limit)
    end = stop.start() if stop else limit
    return start + len(text[start:end].rstrip(" -"))
