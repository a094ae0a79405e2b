"""What `ingest` is given, as texts to read: files, folders, archives, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.cli.printing import absolute_origin
from papergraph.cli.session import say
from papergraph.errors import OfflineError, PapergraphError, ReadingError

if TYPE_CHECKING:
    from papergraph.ingest import Skipped, Text

MOST_BYTES = 50_000_000
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})

Input = tuple[str, bytes | PapergraphError]


def read_inputs(inputs: Iterable[str]) -> Iterator[Text | Skipped]:
    """Give each input its key and its bytes, or the error that kept it from being read.

    An archive gives its files one by one, a folder those whose names say that they are writing,
    with the days the history of a git checkout tells.
    """
    from papergraph.ingest import Skipped, Text
    from papergraph.readers import reading_dates

    for text in inputs:
        folder = Path(text)
        days = _days(reading_dates(folder)) if text != "-" and folder.is_dir() else {}
        for origin, content in _read(text):
            if isinstance(content, bytes):
                yield Text(origin=origin, data=content, written_on=days.get(origin))
            else:
                yield Skipped(origin=origin, error=content)


def _days(dates: Mapping[Path, date]) -> dict[str, str]:
    return {absolute_origin(path): day.isoformat() for path, day in dates.items()}


def _read(text: str) -> Iterator[Input]:
    if text == "-":
        yield from _open("stdin", sys.stdin.buffer.read(MOST_BYTES))
    elif text.startswith(("http://", "https://")):
        problem = f"cannot fetch {text!r}: this version reads no web pages yet;"
        yield text, OfflineError(f"{problem} save the page and ingest the file")
    elif Path(text).is_dir():
        yield from _read_folder(Path(text))
    else:
        yield from _read_file(Path(text))


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
                say(f"{origin}: {part.skipped:,} files that are no writing were passed over")
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
