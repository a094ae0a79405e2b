"""What `ingest` is given, as texts to read: files, folders, archives, pages, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.cli.printing import absolute_origin
from papergraph.cli.session import say
from papergraph.errors import PapergraphError, ReadingError
from papergraph.settings import Settings
from papergraph.text import counted

if TYPE_CHECKING:
    from papergraph.ingest import Skipped, Text

MOST_BYTES = 50_000_000
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})

Input = tuple[str, bytes | PapergraphError]
Fetch = Callable[[str], Iterator[Input]]


def read_inputs(inputs: Iterable[str], fetch: Fetch) -> Iterator[Text | Skipped]:
    """Give each input its key and its bytes, or the error that kept it from being read.

    An archive gives its files one by one, a folder those whose names say that they are writing,
    with the days the history of a git checkout tells; a web address is handed to `fetch`.
    """
    from papergraph.ingest import Skipped, Text
    from papergraph.readers import reading_dates

    for text in inputs:
        folder = Path(text)
        is_folder = text != "-" and "://" not in text and folder.is_dir()
        days = _days(reading_dates(folder)) if is_folder else {}
        for origin, content in _read(text, fetch):
            if isinstance(content, bytes):
                yield Text(origin=origin, data=content, written_on=days.get(origin))
            else:
                yield Skipped(origin=origin, error=content)


def _days(dates: Mapping[Path, date]) -> dict[str, str]:
    return {absolute_origin(path): day.isoformat() for path, day in dates.items()}


def _read(text: str, fetch: Fetch) -> Iterator[Input]:
    if text == "-":
        yield from _open("stdin", sys.stdin.buffer.read(MOST_BYTES))
    elif text.startswith(("http://", "https://")):
        yield from fetch(text)
    elif Path(text).is_dir():
        yield from _read_folder(Path(text))
    else:
        yield from _read_file(Path(text))


def fetch_inputs(settings: Settings, url: str) -> Iterator[Input]:
    """Fetch a page, or the pages a feed lists, each known by its address."""
    from papergraph.sources.client import Client
    from papergraph.sources.pages import Page, fetch_pages

    with Client(settings) as client:
        try:
            for found in fetch_pages(client, url):
                if isinstance(found, Page):
                    yield found.url, found.content
                else:
                    yield url, found
        except PapergraphError as error:
            yield url, error


def _read_folder(folder: Path) -> Iterator[Input]:
    from papergraph.readers import is_writing

    is_empty = True
    for path in find_writing(folder):
        for origin, content in _read_file(path):
            if isinstance(content, bytes) and not is_writing(content, origin):
                continue
            is_empty = False
            yield origin, content
    if is_empty:
        yield str(folder), ReadingError(f"no text to read in the folder {str(folder)!r}")


def find_writing(folder: Path) -> list[Path]:
    """Return the files of a folder to be looked into, in order; hidden folders are passed over."""
    from papergraph.readers import READABLE

    found: list[Path] = []
    for name, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if one[0] != "." and one not in _PASSED_OVER]
        found += [
            Path(name, file)
            for file in files
            if Path(file).suffix.lower() in READABLE | {".zip"} and file[0] != "."
        ]
    return sorted(found)


def _read_file(path: Path) -> Iterator[Input]:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield str(path), ReadingError(f"cannot read {str(path)!r}: {reason}; check the path")
        return
    if size > MOST_BYTES:
        limit = f"{size:,} bytes, the limit is {MOST_BYTES:,}"
        yield str(path), ReadingError(f"cannot read {str(path)!r}: it has {limit}; split it")
    else:
        yield from _open(absolute_origin(path), content)


def _open(origin: str, content: bytes) -> Iterator[Input]:
    """Give a file as it is, or the files of an archive."""
    from papergraph.readers import is_archive, is_writing, unpack

    if not is_archive(content):
        yield origin, content
        return
    is_empty = True
    try:
        for part in unpack(content, origin):
            if part.skipped:
                say(f"{origin}: passed over {counted(part.skipped, 'file')} without writing")
            elif part.problem:
                is_empty = False
                yield part.origin, ReadingError(f"left out {part.origin!r}: {part.problem}")
            elif is_writing(part.data, part.origin):
                is_empty = False
                yield part.origin, part.data
    except ReadingError as error:
        yield origin, error
        return
    if is_empty:
        yield origin, ReadingError(f"no text to read in the archive {origin!r}")
