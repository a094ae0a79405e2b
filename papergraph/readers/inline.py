"""Markup inside one block, Markdown and HTML alike, to plain text that knows its places."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from papergraph.readers.blocks import Inline, Link, Style
from papergraph.readers.vault import note_address

Piece = tuple[int, int, str]
"""A stretch of one line of the file: line, column (both from 1), characters."""

_TOKEN = re.compile(
    # What all of them begin with, looked for first: most characters are turned away here.
    r"(?=[\\`!\[\]<&*_~\t\n\r\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f"
    r"\u3000]|  |http|www|arxiv|doi|openr)(?:"
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`+)"
    r"|(?P<image>!\[)"
    r"|(?P<open>\[)"
    r"|(?P<close>\])"
    r"|(?P<auto><(?:https?://|mailto:)[^<>\s]{1,2000}>)"
    r"|(?P<tag></?[a-zA-Z][a-zA-Z0-9]{0,15}(?:[\s/][^<>]{0,4000})?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)"
    r"|(?P<url>(?:https?://|www\.|(?<![\w./-])(?:arxiv\.org|doi\.org|openreview\.net)/)"
    r"[^\s<>\"`{}|\\^]{3,2000})"
    r"|(?P<stars>\*+|_+|~~)"
    r"|(?P<blank>[^\S ]\s*| \s+))"  # a single blank is a character like others
)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TARGET_SIGN = re.compile(r"[()\s]")
_REFERENCE = re.compile(r"\s?\[([^\[\]]{0,200})\]")
_BOLD, _ITALIC = ("b", "strong"), ("i", "em", "cite", "dfn", "u")
_BREAKS = ("br", "p", "div", "li", "tr")
_BRACKETS_AND_CODE = re.compile(r"\\.|`[^`\n]{1,200}`|\[|\]")


def read_inline(
    pieces: Sequence[Piece], references: Mapping[str, str], *, is_markdown: bool = True
) -> Inline:
    """Read the markup of one block.

    >>> read_inline([(1, 1, "a [b](http://c.d) *e*")], {}).text
    'a b e'
    """
    return _Scan(pieces, references, is_markdown=is_markdown).run()


class _Scan:
    """One pass over the raw text of a block; every character is looked at once."""

    def __init__(
        self, pieces: Sequence[Piece], references: Mapping[str, str], *, is_markdown: bool
    ) -> None:
        self.raw = "\n".join(text for _, _, text in pieces)
        self.references = references
        self.is_markdown = is_markdown
        self.starts: list[tuple[int, int, int]] = []
        offset = 0
        for line, column, text in pieces:
            self.starts.append((offset, line, column))
            offset += len(text) + 1
        self.piece = 0
        self.out: list[str] = []
        self.length = 0
        self.anchors: list[tuple[int, int, int]] = []
        self.links: list[Link] = []
        self.styles: list[Style] = []
        self.open_styles: dict[str, int] = {}
        self.open_links: list[tuple[int, str]] = []
        self.closing: dict[int, tuple[int, str, int]] = {}
        self.brackets = _match_brackets(self.raw) if is_markdown else {}

    def run(self) -> Inline:
        """Scan to the end and return the result."""
        position = 0
        while position < len(self.raw):
            match = _TOKEN.search(self.raw, position)
            start = match.start() if match else len(self.raw)
            if start > position:
                self.put_words(position, start)
            if match is None:
                break
            position = self.token(match)
        for start, url in self.open_links:
            self.add_link(start, url)
        return Inline(
            text="".join(self.out).rstrip(),
            anchors=tuple(self.anchors) or ((0, *self.where(0)),),
            links=tuple(sorted(self.links, key=lambda link: (link.start, -link.end))),
            styles=tuple(self.styles),
        )

    def put_words(self, start: int, end: int) -> None:
        """Add plain characters; a blank at their beginning is not put after another one."""
        if self.raw[start] == " " and (not self.length or self.out[-1][-1:] in (" ", "\n")):
            start += 1
        self.put(self.raw[start:end], start)

    def where(self, position: int) -> tuple[int, int]:
        """Line and column of a position of the raw text; asked in rising order."""
        while self.piece + 1 < len(self.starts) and self.starts[self.piece + 1][0] <= position:
            self.piece += 1
        offset, line, column = self.starts[self.piece]
        return line, column + position - offset

    def put(self, text: str, position: int) -> None:
        """Add characters that stand at this position of the raw text."""
        if not text:
            return
        line, column = self.where(position)
        if self.anchors:
            offset, last_line, last_column = self.anchors[-1]
            if (last_line, last_column + self.length - offset) == (line, column):
                self.out.append(text)
                self.length += len(text)
                return
        self.anchors.append((self.length, line, column))
        self.out.append(text)
        self.length += len(text)

    def token(self, match: re.Match[str]) -> int:
        """Deal with one piece of markup; return where to go on."""
        kind, text, start = match.lastgroup or "", match[0], match.start()
        if kind == "blank":
            self.put_blank(text, start)
        elif kind == "tag":
            self.tag(text)
        elif kind == "entity":
            self.entity(text, start)
        elif kind == "url":
            return self.bare_url(text, start)
        elif kind == "auto":
            self.put(text[1:-1], start + 1)
            self.add_link(self.length - len(text) + 2, text[1:-1])
        elif not self.is_markdown:
            self.put(text, start)
        else:
            return self.markdown_token(kind, text, start)
        return match.end()

    def entity(self, text: str, start: int) -> None:
        sign = html.unescape(text)
        if sign.isspace():
            self.put_blank(" ", start)
        else:
            self.put(sign, start)

    def markdown_token(self, kind: str, text: str, start: int) -> int:
        end = start + len(text)
        if kind == "escape":
            self.put(text[1:], start + 1)
        elif kind == "code":
            return self.code(text, start)
        elif kind == "image":
            return self.image(start)
        elif kind == "open":
            return self.open_bracket(start)
        elif kind == "close":
            return self.close_bracket(start)
        elif kind == "stars":
            self.stars(text, start)
        return end

    def put_blank(self, text: str, position: int) -> None:
        is_hard = "\n" in text and (text.startswith("  ") and self.is_markdown)
        if self.out and self.out[-1][-1:] == "\n":
            return
        if self.out and self.out[-1][-1:] == " ":
            if is_hard:
                self.out[-1] = self.out[-1][:-1] + "\n"
            return
        if self.length:
            self.put("\n" if is_hard else " ", position)

    def tag(self, text: str) -> None:
        is_end = text[1] == "/"
        name = (re.match(r"</?([a-zA-Z0-9]+)", text) or text)[1].lower()
        if name == "a" and not is_end:
            match = _HREF.search(text)
            url = (
                html.unescape(next((group for group in match.groups() if group), ""))
                if match
                else ""
            )
            self.open_links.append((self.length, url))
        elif name == "a" and self.open_links:
            self.add_link(*self.open_links.pop())
        elif name in _BREAKS:
            if self.length and self.out[-1][-1:] != "\n":
                self.out.append("\n")
                self.length += 1
        elif name in _BOLD or name in _ITALIC or name in ("code", "tt", "kbd"):
            kind = "bold" if name in _BOLD else "italic" if name in _ITALIC else "code"
            self.style(kind, is_open=not is_end, is_close=is_end)

    def bare_url(self, text: str, start: int) -> int:
        text = trim_url(text)
        cut = next((at for at in sorted(self.closing) if start < at < start + len(text)), None)
        if cut is not None:
            text = text[: cut - start]
        self.put(text, start)
        if not self.open_links and not self.closing:
            self.add_link(self.length - len(text), text if ":" in text else f"https://{text}")
        return start + max(len(text), 1)

    def code(self, fence: str, start: int) -> int:
        end = self.raw.find(fence, start + len(fence))
        if end < 0 or end - start > 4000:
            self.put(fence, start)
            return start + len(fence)
        begin, position = self.length, start + len(fence)
        for line in re.split(r"(\n)", self.raw[position:end]):
            self.put(" " if line == "\n" else line, position)
            position += len(line)
        if self.length > begin:
            self.styles.append(Style(start=begin, end=self.length, kind="code"))
        return end + len(fence)

    def image(self, start: int) -> int:
        close = self.brackets.get(start + 1)
        if close is None:
            return start + 2
        if self.raw.startswith("[[", start + 1) and self.raw[close - 1] == "]":
            embedded = note_address(self.raw[start + 3 : close - 1].partition("|")[0])
            return (embedded and self.wiki_link(start + 1, close)) or close + 1
        _, after = self.target(close + 1)
        return max(after, close + 1)

    def open_bracket(self, start: int) -> int:
        close = self.brackets.get(start)
        if close is None:
            self.put("[", start)
            return start + 1
        if self.raw.startswith("[^", start) and close - start < 40:
            return close + 1
        if self.raw.startswith("[[", start) and self.raw[close - 1] == "]":
            wiki = self.wiki_link(start, close)
            if wiki:
                return wiki
        url, after = self.target(close + 1)
        if url is None:
            after = close + 1
            if self.references and close - start <= 220:
                label = " ".join(self.raw[start + 1 : close].casefold().split())
                url = self.references.get(label)
        if url is None:
            self.put("[", start)
        else:
            self.closing[close] = (self.length, url, after)
        return start + 1

    def wiki_link(self, start: int, close: int) -> int:
        """Read [[note]], [[note|text]] and Org's [[url][text]]; 0 for anything else."""
        if close - start > 220:
            return 0
        inner = self.raw[start + 2 : close - 1]
        address, part, words = inner.partition("][")
        if part and re.match(r"(?:https?:|file:|\.?/|[\w-]+\.(?:org|md|pdf))", address):
            self.put(words, start + 2 + inner.rfind(words))
            self.add_link(self.length - len(words), address.removeprefix("file:"))
            return close + 1
        if re.match(r"https?://[^\[\]\s]+$", inner):
            self.put(inner, start + 2)
            self.add_link(self.length - len(inner), inner)
            return close + 1
        is_wiki = bool(inner) and not re.search(r"[\[\]()\n]", inner) and len(inner) < 200
        if not is_wiki or self.raw[close + 1 : close + 2] in ("(", "["):
            return 0
        target, _, shown = inner.replace("\\|", "|").partition("|")
        found = note_address(target)
        shown = shown or (found[0] if found else target.lstrip("#^"))
        if not shown:
            return close + 1
        self.put(shown, start + 2 + max(inner.rfind(shown), 0))
        if found:
            self.add_link(self.length - len(shown), found[1], note=found[0])
        return close + 1

    def close_bracket(self, start: int) -> int:
        pending = self.closing.pop(start, None)
        if pending is None:
            self.put("]", start)
            return start + 1
        begin, url, after = pending
        self.add_link(begin, url)
        return after

    def target(self, position: int) -> tuple[str | None, int]:
        """Read "(url "title")" or "[reference]"; None when neither stands here."""
        raw = self.raw
        if raw.startswith("(", position):
            return _read_target(raw, position + 1)
        match = _REFERENCE.match(raw, position)
        if match and match[1].casefold() in self.references:
            return self.references[match[1].casefold()], match.end()
        return None, position

    def stars(self, text: str, start: int) -> None:
        before = self.raw[start - 1 : start]
        after = self.raw[start + len(text) : start + len(text) + 1]
        is_word = text[0] == "_" and before.isalnum() and after.isalnum()
        can_open, can_close = (
            bool(after) and not after.isspace(),
            bool(before) and not before.isspace(),
        )
        if is_word or not (can_open or can_close) or len(text) > 6:
            self.put(text, start)
            return
        kinds = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}.get(len(text), ("bold",))
        for kind in ("strike",) if text == "~~" else kinds:
            self.style(kind, is_open=can_open, is_close=can_close)

    def style(self, kind: str, *, is_open: bool, is_close: bool) -> None:
        if is_close and kind in self.open_styles:
            start = self.open_styles.pop(kind)
            if self.length > start:
                self.styles.append(Style(start=start, end=self.length, kind=kind))
        elif is_open:
            self.open_styles[kind] = self.length

    def add_link(self, start: int, url: str, note: str | None = None) -> None:
        if url and len(url) < 4000:
            self.links.append(Link(start=start, end=self.length, url=url.strip(), note=note))


def trim_url(url: str) -> str:
    """Cut what a sentence puts after an address: punctuation, unopened brackets, markup tails.

    >>> trim_url("https://a.b/c_(d)).")
    'https://a.b/c_(d)'
    """
    for tail in ("](", ")[", ")("):
        url = url.partition(tail)[0]
    while url:
        last = url[-1]
        if last in ".,;:!?*_'\"’”" or (
            last in ")]" and url.count("([".__getitem__(last == "]")) < url.count(last)
        ):
            url = url[:-1]
        else:
            break
    return url


def _match_brackets(raw: str) -> dict[int, int]:
    """Pair square brackets in one pass; escaped ones and those in code do not count."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACKETS_AND_CODE.finditer(raw):
        if match[0] == "[":
            stack.append(match.start())
        elif match[0] == "]" and stack:
            pairs[stack.pop()] = match.start()
    return pairs


def _read_target(raw: str, position: int) -> tuple[str | None, int]:
    limit = min(len(raw), position + 4000)
    while position < limit and raw[position] in " \t\n":
        position += 1
    if raw.startswith("<", position):
        end = raw.find(">", position, limit)
        close = raw.find(")", end, limit) if end > 0 else -1
        return (raw[position + 1 : end], close + 1) if close > 0 else (None, position)
    depth = 0
    for match in _TARGET_SIGN.finditer(raw, position, limit):
        sign = match[0]
        if sign == "(":
            depth += 1
            if depth > 8:
                return None, position
        elif sign == ")":
            if depth == 0:
                return raw[position : match.start()], match.end()
            depth -= 1
        else:
            return _read_link_title(raw, position, match.start(), limit)
    return None, position


def _read_link_title(raw: str, start: int, blank: int, limit: int) -> tuple[str | None, int]:
    """After an address with a blank: a quoted title, or a path with blanks in it, up to the ")"."""
    match = re.compile(r"""\s+(?:"[^"]*"|'[^']*'|\([^)]*\))?\s*\)""").match(raw, blank, limit)
    if match:
        return raw[start:blank], match.end()
    close = raw.find(")", blank, min(limit, blank + 300))
    if close > 0 and "\n" not in raw[start:close]:
        return raw[start:close], close + 1
    return None, start
