"""Hide what is not to be read, and mark block tags, without moving a single character.

Comments, scripts, styles, code and template commands become blanks; tags of blocks become a mark
of the private use area, filled up to the tag's length. Lines and columns stay what they are.
"""

from __future__ import annotations

import re

FILL = "\ue000"
HEADINGS = {f"h{level}": chr(0xE000 + level) for level in range(1, 7)}
HEADING_END, BREAK, ITEM, LIST, ORDERED, LIST_END, ROW, CELL, QUOTE, QUOTE_END = (
    chr(code) for code in range(0xE007, 0xE011)
)
MARKS = re.compile("[\ue001-\ue010]")
_PRIVATE = re.compile("[\ue000-\ue010]")

_OPENING = {
    **HEADINGS,
    "li": ITEM,
    "dt": ITEM,
    "dd": ITEM,
    "ul": LIST,
    "ol": ORDERED,
    "dl": LIST,
    "tr": ROW,
    "td": CELL,
    "th": CELL,
    "blockquote": QUOTE,
}
_CLOSING = {
    **dict.fromkeys(HEADINGS, HEADING_END),
    "ul": LIST_END,
    "ol": LIST_END,
    "dl": LIST_END,
    "blockquote": QUOTE_END,
    "td": FILL,
    "th": FILL,
}
_BLOCKS = (
    "p|div|section|article|main|aside|nav|header|footer|table|tbody|thead|hr|form|center|details|"
    "summary|figure|figcaption|body|html|address|fieldset|title"
)
_TAG = re.compile(
    rf"<(/?)(h[1-6]|li|dt|dd|ul|ol|dl|tr|td|th|blockquote|{_BLOCKS})(?:[\s/][^<>]{{0,4000}})?>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"(?P<comment><!--)"
    r"|<(?P<element>script|style|pre|svg|noscript|template|textarea|object)\b"
    r"|(?m:^[ \t>]{0,12}(?:[-*+]\s|\d+\.\s)?[ \t]{0,8}(?P<fence>`{3,30}|~{3,30})[^`\n]*$)"
    r"|(?P<block>\{%-?\s*(?P<command>highlight|raw|comment)\b)"
    r"|(?P<liquid>\{%|\{\{)",
    re.IGNORECASE,
)
_ENDS = {"comment": "-->", "block": "%}"}


def mask(text: str, *, is_markdown: bool) -> str:
    """Return text of the same length and lines with hidden parts blank and block tags marked."""
    text = _PRIVATE.sub("\ufffd", text)
    return _TAG.sub(_mark, _hide(text, is_markdown=is_markdown))


def blank_out(text: str) -> str:
    """Replace every character but line feeds by a blank."""
    return re.sub(r"[^\n]", " ", text)


def _hidden(text: str) -> str:
    """Blank a hidden part, its last line with fill: no indentation may come of it."""
    before, line_feed, last = text.rpartition("\n")
    return blank_out(before + line_feed) + FILL * len(last)


def _mark(match: re.Match[str]) -> str:
    name = match[2].lower()
    mark = (_CLOSING if match[1] else _OPENING).get(name, BREAK)
    return mark + re.sub(r"[^\n]", FILL, match[0][1:])


def _hide(text: str, *, is_markdown: bool) -> str:
    parts: list[str] = []
    missing: set[str] = set()
    position = 0
    lowered = text.lower() if len(text.lower()) == len(text) else text
    while True:
        match = _HIDDEN.search(text, position)
        if match is None:
            break
        end = _hidden_end(match, text, lowered, missing, is_markdown=is_markdown)
        parts.append(text[position : match.start()])
        if end is None:
            parts.append(match[0])
            end = match.end()
        else:
            parts.append(_hidden(text[match.start() : end]))
        position = end
    parts.append(text[position:])
    return "".join(parts)


def _hidden_end(
    match: re.Match[str], text: str, lowered: str, missing: set[str], *, is_markdown: bool
) -> int | None:
    """Return where a hidden part ends, the end of the text when never; None: it is not hidden."""
    if match["comment"]:
        end = text.find("-->", match.end())
        return len(text) if end < 0 else end + 3
    if match["element"]:
        return _element_end(match, lowered, missing)
    if match["fence"]:
        return _fence_end(match, text, missing) if is_markdown else None
    if match["block"]:
        return _command_end(match, text, missing)
    close = text.find("%}" if match[0] == "{%" else "}}", match.end(), match.end() + 2000)
    return close + 2 if close >= 0 else None


def _element_end(match: re.Match[str], lowered: str, missing: set[str]) -> int | None:
    name = match["element"].lower()
    close = f"</{name}"
    if close in missing:
        return None
    end = lowered.find(close, match.end())
    if end < 0 and name in ("script", "style"):  # as browsers do: hidden to the end
        return len(lowered)
    if end < 0:
        missing.add(close)
        return None
    after = lowered.find(">", end)
    return len(lowered) if after < 0 else after + 1


def _fence_end(match: re.Match[str], text: str, missing: set[str]) -> int | None:
    fence = match["fence"]
    if fence in missing:
        return None
    close = re.compile(rf"^[ \t>]{{0,12}}{re.escape(fence)}[ \t]*$", re.MULTILINE).search(
        text, match.end()
    )
    if close is None:
        missing.add(fence)
        return None
    return close.end()


def _command_end(match: re.Match[str], text: str, missing: set[str]) -> int | None:
    name = match["command"].lower()
    if name in missing:
        return None
    close = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}", re.IGNORECASE).search(text, match.end())
    if close is None:
        missing.add(name)
        return None
    return close.end()
