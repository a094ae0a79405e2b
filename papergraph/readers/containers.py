"""Files that hold files: zip archives, within limits, nothing ever written to disk."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from papergraph.errors import ReadingError
from papergraph.text import printable

READABLE = frozenset(
    (
        *(".md", ".markdown", ".mkd", ".mdx", ".txt", ".text", ".rst", ".rest", ".org", ".ipynb"),
        *(".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".eml", ".mbox", ".pdf"),
        *(".bib", ".bibtex", ".ris", ".nbib", ".rdf", ".json", ".csv", ".tsv", ".tex"),
    )
)
"""Suffixes of the files that are looked into when a folder or an archive is read."""

MOST_FILES = 2_000
MOST_BYTES = 50_000_000
_DEEPEST = 1
_MOST_RATIO = 200  # text packs 3 to 10 times, long runs of one sign 1,000 times
_SMALL = 1_000_000  # below this a high ratio does no harm
_ZIP = b"PK\x03\x04"
_HIDDEN = re.compile(r"(?:^|/)(?:\.[^/]|__MACOSX(?:/|$)|node_modules(?:/|$)|__pycache__(?:/|$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file out of a container, or why there is none.

    `origin` is written "notes.zip!/folder/a.md". `problem` says what was left out and why; `data`
    is empty then. `skipped` counts pictures, code and hidden files, on the last part alone.
    """

    origin: str
    data: bytes = b""
    problem: str | None = None
    skipped: int = 0


def is_archive(data: bytes) -> bool:
    """Say whether bytes are a zip archive, by their first signs."""
    return data.startswith((_ZIP, b"PK\x05\x06"))


def unpack(data: bytes, origin: str) -> Iterator[Part]:
    """Give the readable files of a zip archive, in the order of their names.

    Names that climb out of the archive are not followed but cleaned; links, encrypted and too large
    files are left out with a problem; at most one archive within another is opened.

    Raises
    ------
    ReadingError
        When the archive is damaged, or its files are more or larger than the limits allow.
    """
    budget = _Budget()
    yield from _unpack(data, origin, budget, 0)
    if budget.skipped:
        yield Part(origin=origin, skipped=budget.skipped)


class _Budget:
    """What may still be unpacked, archives within included."""

    def __init__(self) -> None:
        self.files = MOST_FILES
        self.bytes = MOST_BYTES
        self.skipped = 0


def _unpack(data: bytes, origin: str, budget: _Budget, depth: int) -> Iterator[Part]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = sorted(archive.infolist(), key=lambda member: member.filename)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ReadingError(
            f"an archive was asked for, a damaged one was found in {origin!r}: {error};"
            " pack it again"
        ) from error
    taken: set[str] = set()
    for member in members:
        name = clean_name(member.filename)
        if member.is_dir() or not name:
            continue
        if not _is_wanted(name) or name in taken:
            budget.skipped += 1
            continue
        taken.add(name)
        yield from _read_member(archive, member, f"{origin}!/{name}", budget, depth)


def clean_name(name: str) -> str:
    r"""Take from a name what would lead out of a folder, and signs that cannot be shown.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\notes\\a.md"), clean_name("/tmp/b.md")
    ('etc/passwd', 'notes/a.md', 'tmp/b.md')
    """
    parts = printable(name).replace("\\", "/").split("/")
    parts = [part.strip() for part in parts if not re.fullmatch(r"[A-Za-z]:", part)]
    return "/".join(part[:150] for part in parts if part not in ("", ".", ".."))[:1000]


def _is_wanted(name: str) -> bool:
    suffix = name[name.rfind(".") :].casefold() if "." in name else ""
    return not _HIDDEN.search(name) and (suffix in READABLE or suffix == ".zip")


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, origin: str, budget: _Budget, depth: int
) -> Iterator[Part]:
    problem = _refusal(member, budget)
    if problem:
        yield Part(origin=origin, problem=problem)
        return
    if budget.files <= 0:
        limit = f"more than {MOST_FILES:,} files"
        raise ReadingError(f"the archive that holds {origin!r} has {limit}; split it")
    budget.files -= 1
    try:
        with archive.open(member) as stream:
            content = stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        yield Part(origin=origin, problem=f"it cannot be unpacked: {error}")
        return
    budget.bytes -= len(content)
    if not is_archive(content):
        yield Part(origin=origin, data=content)
    elif depth >= _DEEPEST:
        yield Part(origin=origin, problem="an archive in an archive in an archive is not opened")
    else:
        try:
            yield from _unpack(content, origin, budget, depth + 1)
        except ReadingError as error:
            yield Part(origin=origin, problem=str(error))


def _refusal(member: zipfile.ZipInfo, budget: _Budget) -> str | None:
    """Say why a file is not to be unpacked, by what the archive states of it."""
    if member.flag_bits & 0x1:
        return "it is encrypted; unpack it yourself"
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return "it is a link and not followed"
    if member.file_size > budget.bytes:
        return (
            f"it has {member.file_size:,} bytes unpacked, the archive may have {MOST_BYTES:,};"
            " unpack it and give the files inside"
        )
    if member.file_size > _SMALL and member.file_size > _MOST_RATIO * max(member.compress_size, 1):
        return "it is packed too tightly to be writing; unpack it and give the files inside"
    return None
