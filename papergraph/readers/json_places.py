"""JSON that remembers where each value stands in its file, and is read as far as it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

_TOKEN = re.compile(
    r'[ \t\n\r]*(?:(?P<sign>[\[\]{},:])|(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")'
    r"|(?P<other>[-+\w.]{1,400})|(?P<bad>\S))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_DEEPEST = 100
_MOST_VALUES = 2_000_000

Value: TypeAlias = "dict[str, Node] | list[Node] | str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the offset at which it begins in the file (a text: after its quote)."""

    value: Value
    start: int

    def get(self, *names: str) -> Node | None:
        """Return the first of these keys that an object has with a value."""
        if isinstance(self.value, dict):
            for name in names:
                found = self.value.get(name)
                if found is not None and found.value not in (None, "", [], {}):
                    return found
        return None

    @property
    def items(self) -> list[Node]:
        """The items of a list; nothing for other values."""
        return self.value if isinstance(self.value, list) else []

    @property
    def text(self) -> str:
        """A text, or a number as text; the first text of a list; else empty."""
        value = self.value
        if isinstance(value, list):
            return value[0].text if value else ""
        if isinstance(value, (bool, dict)) or value is None:
            return ""
        return str(value)

    def text_of(self, *names: str) -> str:
        """Return the text under the first of these keys that has one."""
        found = self.get(*names)
        return found.text if found else ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read; `broken_at` is the offset at which it stopped being JSON, None when never."""

    root: Node
    broken_at: int | None = None


def parse_json(text: str) -> Parsed:
    """Read JSON without recursion; what stands before the first mistake is kept.

    >>> parsed = parse_json('[{"title": "Deep Nets"}, {"tit')
    >>> parsed.root.items[0].text_of("title"), parsed.broken_at
    ('Deep Nets', 26)
    """
    root: list[Node] = []
    stack: list[Node] = []
    names: list[str | None] = []
    position = count = 0
    while match := _TOKEN.match(text, position):
        sign, start = match["sign"], match.start(match.lastgroup or 0)
        position = match.end()
        count += 1
        if match["bad"] or len(stack) > _DEEPEST or count > _MOST_VALUES:
            return Parsed(root[0] if root else Node(None, 0), start)
        if sign in (",", ":"):
            continue
        if sign in ("]", "}"):
            if not stack:
                return Parsed(root[0] if root else Node(None, 0), start)
            stack.pop()
            names.pop()
            continue
        if match["string"] and stack and isinstance(stack[-1].value, dict) and names[-1] is None:
            names[-1] = unescape(match["string"][1:-1])[0]
            continue
        node = _node(match, start)
        if stack:
            _attach(stack[-1], names, node)
        elif root:
            return Parsed(root[0], start)
        else:
            root.append(node)
        if sign in ("[", "{"):
            stack.append(node)
            names.append(None)
    is_whole = not stack and not text[position:].strip() and bool(root)
    return Parsed(root[0] if root else Node(None, 0), None if is_whole else position)


def _node(match: re.Match[str], start: int) -> Node:
    if match["sign"]:
        return Node({} if match["sign"] == "{" else [], start)
    if match["string"]:
        return Node(unescape(match["string"][1:-1])[0], start + 1)
    word = match["other"]
    if word in _WORDS:
        return Node(_WORDS[word], start)
    try:
        return Node(int(word) if re.fullmatch(r"-?\d{1,18}", word) else float(word), start)
    except ValueError:
        return Node(word, start)


def _attach(parent: Node, names: list[str | None], node: Node) -> None:
    if isinstance(parent.value, list):
        parent.value.append(node)
    elif isinstance(parent.value, dict):
        parent.value.setdefault(names[-1] or "", node)
        names[-1] = None


def unescape(raw: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""Return the text of a JSON string, and its jumps: (offset in the text, offset in `raw`).

    >>> unescape(r'a\"b\u00e9c')
    ('a"béc', ((0, 0), (1, 1), (2, 3), (3, 4), (4, 10)))
    """
    parts: list[str] = []
    jumps = [(0, 0)]
    length = position = 0
    while match := _ESCAPE.search(raw, position):
        plain = raw[position : match.start()]
        sign, end = _escaped(raw, match)
        parts += [plain, sign]
        jumps.append((length + len(plain), match.start()))
        length += len(plain) + len(sign)
        position = end
        jumps.append((length, position))
    parts.append(raw[position:])
    return "".join(parts), tuple(dict(jumps).items())


def _escaped(raw: str, match: re.Match[str]) -> tuple[str, int]:
    if match[1] is None:
        return _SIMPLE.get(match[2], match[2]), match.end()
    code = int(match[1], 16)
    if 0xD800 <= code < 0xDC00:
        low = re.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})").match(raw, match.end())
        if low:
            return chr(0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00), low.end()
    return (chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"), match.end()
