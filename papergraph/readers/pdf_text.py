"""Takes the text and the links out of PDF documents, line by line and page by page.

Needs the extra `pdf` (pypdfium2, BSD-3 and Apache-2; looked at 2026-11), loaded when first used.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from papergraph.errors import ReadingError
from papergraph.text import printable

_MOST_PAGES = 1_000
_MOST_SIGNS = 5_000_000
_MOST_LINKS = 5_000
_LONGEST_URL = 2_000
_ONE_AT_A_TIME = threading.Lock()  # pdfium is not made for threads
PAGE_LINE = re.compile(r"page \d{1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLink:
    """A link of a page: the line and columns its words stand at (from 1), and where it leads."""

    line: int
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """What was taken out of a PDF: its text in lines, and its links in order."""

    text: str
    links: tuple[PdfLink, ...]
    title: str | None = None


def is_pdf(data: bytes) -> bool:
    """Say whether bytes are a PDF document, by their first signs."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")


def extract_pdf(data: bytes, origin: str) -> PdfText:
    """Take the text and the links out of a PDF.

    Raises
    ------
    ReadingError
        When the extra `pdf` is not installed, or the document is encrypted, damaged or a picture.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise ReadingError(
            f"a review was asked for, a PDF document was found in {origin!r};"
            " install 'papergraph-reader[pdf]' to read PDF, or save its text as a text file"
        ) from error
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            is_locked = "password" in str(error).lower()
            found = "an encrypted PDF document" if is_locked else "a damaged PDF document"
            advice = "save it without a password" if is_locked else "save or print it to PDF again"
            raise ReadingError(
                f"a review was asked for, {found} was found in {origin!r}; {advice}"
            ) from error
        try:
            taken = _take_out(document)
        finally:
            document.close()
    if not re.search(r"[^\W\d_]{3}", PAGE_LINE.sub("", taken.text)):
        raise ReadingError(
            f"a review was asked for, a PDF document without text was found in {origin!r};"
            " recognise its text first (OCR)"
        )
    return taken


def _take_out(document: Any) -> PdfText:
    import pypdfium2

    lines: list[str] = []
    links: list[PdfLink] = []
    size = 0
    for number in range(min(len(document), _MOST_PAGES)):
        lines.append(f"page {number + 1}")
        try:
            page = document[number]
            words = page.get_textpage()
            text = words.get_text_range()
        except pypdfium2.PdfiumError:
            continue  # a damaged page costs no other
        size += len(text)
        if size > _MOST_SIGNS:
            break
        first = len(lines) + 1
        lines += [_clean_line(line) for line in re.split(r"\r\n|[\r\n]", text)]
        if len(links) < _MOST_LINKS:
            links += _find_places(list(_annotations(document, page, words)), lines, first)
    try:
        title = document.get_metadata_value("Title").strip()
    except (pypdfium2.PdfiumError, UnicodeError):
        title = ""
    return PdfText(text="\n".join(lines), links=tuple(links), title=_page_title(title))


def _clean_line(line: str) -> str:
    # pdfium joins a word broken at the end of a line, and marks where its hyphen was
    line = re.sub("[\ufffe\x02](?=[a-zà-ÿ])", "", line)
    line = re.sub("[\ufffe\x02]", "-", line)
    return " ".join(printable(line).split())


def _page_title(title: str) -> str | None:
    is_file = re.search(
        r"\.(?:docx?|tex|dvi|pdf|indd)$|^untitled|^microsoft word", title, re.IGNORECASE
    )
    return title[:300] if len(title.split()) >= 2 and not is_file else None


def _annotations(document: Any, page: Any, words: Any) -> Iterator[tuple[str, str]]:
    """The links of a page: (address, words under it)."""
    from pypdfium2 import raw

    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page.raw, position, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        size = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
        if not 1 < size <= _LONGEST_URL:
            continue
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(document.raw, action, buffer, size)
        box = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, box)
        under = words.get_text_bounded(box.left, box.bottom, box.right, box.top)
        yield buffer.value.decode("utf-8", errors="replace"), under


def _find_places(found: list[tuple[str, str]], lines: list[str], first: int) -> Iterator[PdfLink]:
    """Find the words of links in the lines of their page; each is looked for after the last."""
    line, column = first, 0
    for url, under in found:
        words = _clean_line(re.split(r"[\r\n]", under.strip())[0])
        if not url.lower().startswith(("http://", "https://")) or len(words) < 2:
            continue
        place = _find(words, lines, line, column) or _find(words, lines, first, 0)
        if place is None:
            continue
        line, column = place
        yield PdfLink(line=line, start=column + 1, end=column + len(words) + 1, url=url)
        column += len(words)


def _find(words: str, lines: list[str], first: int, column: int) -> tuple[int, int] | None:
    for number in range(first, len(lines) + 1):
        at = lines[number - 1].find(words, column if number == first else 0)
        if at >= 0:
            return number, at
    return None
