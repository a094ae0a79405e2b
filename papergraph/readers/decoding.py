"""Bytes to text: marks, UTF-16, UTF-8, older code pages; line ends become line feeds."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from papergraph.errors import ReadingError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BINARY = (
    (b"%PDF-", "a PDF document", "save its text as a text file"),
    (b"\x89PNG", "a PNG picture", "give the text it shows"),
    (b"\xff\xd8\xff", "a JPEG picture", "give the text it shows"),
    (b"GIF8", "a GIF picture", "give the text it shows"),
    (b"PK\x03\x04", "a zip archive", "unpack it and give the files inside"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and give the files inside"),
    (b"BZh", "a bzip2 archive", "unpack it and give the files inside"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and give the files inside"),
    (b"SQLite format 3\x00", "an SQLite database", "give a text"),
    (b"\x7fELF", "a program", "give a text"),
)
_SAMPLE = 65_536
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, origin: str) -> str:
    """Return the text of a file with line feeds only and without its byte order mark.

    Raises
    ------
    ReadingError
        When the bytes are a picture, an archive, a PDF or something else that is not text.
    """
    text = _decode_marked(data)
    if text is None:
        _refuse_binary(data, origin)
        text = _decode_unmarked(data)
    if _control_share(text) > 0.1:  # text holds next to none; a dump of bytes about 12 %
        raise _unreadable(origin, "bytes that are not text", "give a text file")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x0b\x0c\x85\u2028\u2029]", " ", text)


def _unreadable(origin: str, found: str, advice: str) -> ReadingError:
    return ReadingError(f"a review was asked for, {found} was found in {origin!r}; {advice}")


def _refuse_binary(data: bytes, origin: str) -> None:
    for mark, what, advice in _BINARY:
        if data.startswith(mark):
            raise _unreadable(origin, what, advice)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise _unreadable(origin, "a WebP picture", "give the text it shows")


def _decode_marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    return None


def _decode_unmarked(data: bytes) -> str:
    guess = _utf16_without_mark(data)
    if guess:
        return data.decode(guess, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="surrogateescape")
    bad = sum("\udc80" <= sign <= "\udcff" for sign in text)
    good = sum(sign > "\x7f" and not "\udc80" <= sign <= "\udcff" for sign in text)
    if good > bad:  # UTF-8 with a few broken bytes
        return data.decode("utf-8", errors="replace")
    best = from_bytes(data[:_SAMPLE]).best()
    encoding = best.encoding if best and best.encoding not in ("ascii", "utf_8") else "cp1252"
    return data.decode(_western(data, encoding), errors="replace")


def _western(data: bytes, guess: str) -> str:
    """Prefer Windows-1252 to its rarer neighbours when few bytes are beyond ASCII."""
    beyond = sum(byte > 0x7F for byte in data[:_SAMPLE])
    is_sparse = len(data) < 400 or beyond < 0.08 * min(len(data), _SAMPLE)
    runs = re.findall(rb"[\x80-\xff]+", data[:_SAMPLE])
    is_single = bool(runs) and sum(len(run) == 1 for run in runs) >= 0.8 * len(runs)
    return "cp1252" if is_sparse and is_single else guess


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.3 * len(sample) and even < 0.05 * len(sample):
        return "utf-16-le"
    if even > 0.3 * len(sample) and odd < 0.05 * len(sample):
        return "utf-16-be"
    return None


def _control_share(text: str) -> float:
    sample = text[:_SAMPLE]
    bad = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    return bad / len(sample) if sample else 0.0
