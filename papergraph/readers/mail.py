"""Mail as stored: headers, quoted-printable and base64 bodies, quoted replies, papers in labels."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise

from papergraph.readers.blocks import Field, Page
from papergraph.readers.gathering import Gathered
from papergraph.readers.labelled import read_labelled
from papergraph.readers.markup import read_blocks

_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(.*(?:\n[ \t]+\S.*)*)$", re.MULTILINE)
_TELLING = frozenset(
    ("from", "to", "subject", "date", "message-id", "list-id", "received", "mime-version")
)
_MESSAGE = re.compile(r"^From \S+.*\d{4}.*$", re.MULTILINE)  # begins a message of an mbox
_QUOTED = re.compile(r"=\n|(?:=[0-9A-Fa-f]{2})+")
_MOST_PARTS, _MOST_MESSAGES = 50, 2_000
_SIGNATURE = re.compile(r"^-- $(?:\n.*){0,12}?(?=\n\s*\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Headers in lower case, and the span of the body they belong to."""

    headers: dict[str, str]
    places: dict[str, int]
    start: int
    end: int


def is_mail(text: str, _origin: str) -> bool:
    """Say whether a text is mail: it begins with headers, two or more of which only mail has."""
    match = _MESSAGE.match(text)
    part = _split(text, match.end() + 1 if match else 0, min(len(text), 20_000))
    known = _TELLING & part.headers.keys()
    return len(known) >= 3 or (len(known) == 2 and bool(known & {"subject", "message-id"}))


def read_mail(text: str) -> Page:
    r"""Read a message or a mailbox; its subject is the title, its sender the author.

    >>> page = read_mail("From: Ann <a@b.c>\nSubject: Re: Deep Nets\nTo: d@e.f\n\nHello.\n")
    >>> page.title, page.value("author"), page.blocks[0].text
    ('Deep Nets', 'Ann', 'Hello.')
    """
    starts = [match.end() + 1 for match in _MESSAGE.finditer(text)][:_MOST_MESSAGES]
    if not starts or text[: starts[0]].count("\n") > 1:
        starts = [0]
    gathered = Gathered(text)
    first: _Part | None = None
    for number, start in enumerate(starts):
        limit = starts[number + 1] if number + 1 < len(starts) else len(text)
        limit = text.rfind("\n", start, max(limit - 1, start)) + 1 if limit < len(text) else limit
        part = _split(text, start, max(limit, start))
        first = first or part
        for body in _bodies(text, part, 0):
            _gather(gathered, text, body)
            gathered.end_line(2)
    words = _SIGNATURE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), gathered.text)
    page = read_labelled(words, "mail", fewest=1) or Page(blocks=read_blocks(words), form="mail")
    page = replace(page, blocks=gathered.relocate(page.blocks))
    return _with_head(page, first, gathered) if first else page


def _split(text: str, start: int, end: int) -> _Part:
    """Read the headers that begin here, up to the first empty line."""
    blank = re.compile(r"\n[ \t]*\n").search(text, max(start - 1, 0), end)
    stop = blank.start() + 1 if blank else end
    headers: dict[str, str] = {}
    places: dict[str, int] = {}
    position = start
    while match := _HEADER.match(text, position, stop):
        headers.setdefault(match[1].lower(), " ".join(match[2].split()))
        places.setdefault(match[1].lower(), match.start(2))
        position = match.end() + 1
    body = blank.end() if blank else end
    return _Part(headers=headers, places=places, start=body if headers else start, end=end)


def _bodies(text: str, part: _Part, depth: int) -> Iterator[_Part]:
    """The parts of a message that are text; of alternatives the plain one."""
    kind = part.headers.get("content-type", "text/plain").lower()
    boundary = re.search(
        r'boundary="?([^";\s]{1,200})"?', part.headers.get("content-type", ""), re.IGNORECASE
    )
    if not kind.startswith("multipart/") or boundary is None:
        if kind.startswith("text/"):
            yield part
        return
    if depth > 4:
        return
    marks = list(
        re.compile(rf"^--{re.escape(boundary[1])}(?:--)?[ \t]*$", re.MULTILINE).finditer(
            text, part.start, part.end
        )
    )[:_MOST_PARTS]
    inner = [
        body
        for mark, following in pairwise(marks)
        for body in _bodies(text, _split(text, mark.end() + 1, following.start()), depth + 1)
    ]
    plain = [b for b in inner if not b.headers.get("content-type", "").lower().startswith("text/h")]
    yield from plain or inner


def _gather(gathered: Gathered, text: str, part: _Part) -> None:
    raw = text[part.start : part.end]
    coding = part.headers.get("content-transfer-encoding", "").lower()
    charset = re.search(
        r'charset="?([\w.:-]{1,40})', part.headers.get("content-type", ""), re.IGNORECASE
    )
    name = charset[1] if charset else "utf-8"
    if coding == "quoted-printable":
        gathered.add(*_unquote(raw, name, part.start))
    elif coding == "base64":
        try:
            words = _decode(base64.b64decode("".join(raw.split()) + "==="), name)
        except (binascii.Error, ValueError):
            return
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        gathered.add(words, part.start, _starts_of_lines(words))
    else:
        gathered.add(raw, part.start)


def _starts_of_lines(words: str) -> tuple[tuple[int, int], ...]:
    """What was packed has no lines of its own: all of them stand where it begins."""
    feeds = [match.end() for match in re.finditer("\n", words)]
    return ((0, 0), *((feed, 0) for feed in feeds))


def _unquote(raw: str, charset: str, start: int) -> tuple[str, int, tuple[tuple[int, int], ...]]:
    parts: list[str] = []
    jumps = {0: 0}
    length = position = 0
    for match in _QUOTED.finditer(raw):
        sign = (
            "" if match[0] == "=\n" else _decode(bytes.fromhex(match[0].replace("=", "")), charset)
        )
        sign = sign.replace("\r", "")
        parts += [raw[position : match.start()], sign]
        length += match.start() - position + len(sign)
        position = match.end()
        jumps[length] = position
    parts.append(raw[position:])
    return "".join(parts), start, tuple(jumps.items())


def _decode(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")


def _with_head(page: Page, part: _Part, gathered: Gathered) -> Page:
    headers = part.headers
    fields: list[Field] = []
    name, address = parseaddr(_plain(headers.get("from", "")))
    for key, header, value in (
        ("author", "from", name or address.partition("@")[0]),
        ("date", "date", _date(headers.get("date", ""))),
    ):
        if value:
            line, column = gathered.place_of(part.places[header])
            fields.append(Field(key=key, value=value, line=line, column=column))
    subject = re.sub(
        r"^(?:\s*(?:(?:re|fwd?|aw|wg|sv|tr)\s*:|\[[^\]]{1,60}\]))+\s*",
        "",
        _plain(headers.get("subject", "")),
        flags=re.IGNORECASE,
    )
    return replace(page, title=subject or None, fields=tuple(fields))


def _plain(value: str) -> str:
    """A header without its encoded words."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError, binascii.Error):
        return value


def _date(value: str) -> str:
    try:
        return parsedate_to_datetime(value).strftime("%Y-%m-%d")
    except (ValueError, TypeError, OverflowError):
        return ""
