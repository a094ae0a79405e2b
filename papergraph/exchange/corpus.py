"""Imports a corpus folder: `papers*.jsonl[.gz]` and `citations*.csv[.gz]`, streaming, in chunks.

Every chunk of papers, and ten chunks of citations at a time, are entered in one transaction and
remembered with the hash of their lines: an import that was broken off, killed even, goes on where
it was when it is run again.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import IdentifierError, InputError
from papergraph.identifiers import Identifier, arxiv_month, read_url
from papergraph.library import KeyTable, Library
from papergraph.models import PaperRecord
from papergraph.text import clean_title, split_authors

_Item = TypeVar("_Item")
_Lines = list[tuple[int, str]]
_PAPERS_AT_ONCE = 5_000
_CITATIONS_AT_ONCE = 50_000
_PARTS_AT_ONCE = 10  # of citations, in one transaction: each touches every page of their index
_MOST_COMPLAINTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import brought: counts, and the rows that could not be read with their places."""

    papers: int
    new_papers: int
    citations: int
    unknown_ends: int
    bad_rows: int
    complaints: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the report as an object."""
        return {
            "papers": self.papers,
            "new_papers": self.new_papers,
            "citations": self.citations,
            "unknown_ends": self.unknown_ends,
            "bad_rows": self.bad_rows,
            "complaints": list(self.complaints),
        }


def import_corpus(
    library: Library,
    folder: Path,
    *,
    now: str,
    progress: Callable[[str, int], None] | None = None,
) -> ImportReport:
    """Enter all papers and citations of a corpus folder.

    `progress` is called with "papers" or "citations" and how many were just read. A row that cannot
    be read is left out and told in the report with its file and line.

    Raises
    ------
    InputError
        When the folder holds no `papers*.jsonl` file.
    """
    files = sorted([*folder.glob("papers*.jsonl"), *folder.glob("papers*.jsonl.gz")])
    if not files:
        raise InputError(
            f"no corpus in {str(folder)!r}: no file papers*.jsonl or papers*.jsonl.gz is there;"
            " see 'papergraph import --help' for the format"
        )
    run = _Import(library, f"corpus:{folder.resolve().name}", now, progress or _no_progress)
    for file in files:
        run.add_papers(file)
    for file in sorted([*folder.glob("citations*.csv"), *folder.glob("citations*.csv.gz")]):
        run.add_citations(file)
    library.touch_graph()
    return run.report()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Citations:
    """A part of citations as it was read: (k, 2) numbers; `digest` None when not all are there."""

    name: str
    digest: str | None
    pairs: NDArray[np.int64]


class _Import:
    """One run of an import."""

    def __init__(
        self, library: Library, source: str, now: str, progress: Callable[[str, int], None]
    ) -> None:
        self._library = library
        self._source = source
        self._now = now
        self._progress = progress
        self._source_id = library.papers.add_source(source, "corpus", now)
        self._parts = library.bulk.parts(self._source_id)
        self._counts = dict.fromkeys(("papers", "new", "citations", "unknown", "bad"), 0)
        self._complaints: list[str] = []

    def add_papers(self, file: Path) -> None:
        """Read one file of papers."""
        for name, chunk in self._parts_of(file, _PAPERS_AT_ONCE):
            with self._whole(name, chunk) as is_open:
                records = list(self._records(file, chunk)) if is_open else []
                if records:
                    found = self._library.bulk.add_records(self._source, records, self._now)
                    self._counts["new"] += found
            self._counts["papers"] += len(records) if is_open else _filled(chunk)
            self._progress("papers", len(chunk))

    def add_citations(self, file: Path) -> None:
        """Read one file of citations; ends the corpus did not bring are counted and left out."""
        if next(self._lines(file), None) is None:
            self._has_heads(file, "")
        keys = self._library.bulk.key_table(self._source_id)
        waiting: list[_Citations] = []
        for name, chunk in self._parts_of(file, _CITATIONS_AT_ONCE):
            if chunk[0][0] == 1 and not self._has_heads(file, chunk.pop(0)[1]):
                return
            waiting += self._read_citations(file, name, chunk, keys)
            self._progress("citations", len(chunk))
            if len(waiting) >= _PARTS_AT_ONCE:
                self._enter(waiting)
                waiting = []
        self._enter(waiting)

    def _read_citations(
        self, file: Path, name: str, chunk: _Lines, keys: KeyTable
    ) -> Iterator[_Citations]:
        """What a part brings; nothing when it was entered before."""
        digest = _digest(chunk)
        if self._parts.get(name) == digest:
            self._counts["citations"] += _filled(chunk)
            return
        before = self._counts["bad"]
        ends = [end for pair in self._edges(file, chunk) for end in pair]
        pairs = keys.numbers_of(ends).reshape(-1, 2)
        known = pairs[(pairs >= 0).all(axis=1)]
        self._counts["unknown"] += len(pairs) - len(known)
        self._counts["citations"] += len(known)
        is_whole = self._counts["bad"] == before and len(known) == len(pairs)
        yield _Citations(name=name, digest=digest if is_whole else None, pairs=known)

    def _enter(self, parts: list[_Citations]) -> None:
        """Enter parts of citations in one transaction and remember those that were whole."""
        if not parts:
            return
        pairs = np.concatenate([part.pairs for part in parts])
        with self._library.transaction():
            self._library.citations.add_many(pairs, self._source_id)
            for part in parts:
                if part.digest is not None:
                    self._library.bulk.put_part(self._source_id, part.name, part.digest, self._now)

    def _parts_of(self, file: Path, size: int) -> Iterator[tuple[str, _Lines]]:
        """The lines of a file with their numbers, in chunks that have names."""
        for number, chunk in enumerate(_chunks(self._lines(file), size)):
            yield f"{file.name}#{number}", chunk

    @contextmanager
    def _whole(self, part: str, chunk: _Lines) -> Iterator[bool]:
        """Enter a part in one transaction and remember it; yields whether it is still to do.

        A part with a bad row is not remembered: it is looked at again next time, and so is one of
        citations with an unknown end.
        """
        digest = _digest(chunk)
        if self._parts.get(part) == digest:
            yield False
            return
        before = self._counts["bad"]
        with self._library.transaction():
            yield True
            if self._counts["bad"] == before:
                self._library.bulk.put_part(self._source_id, part, digest, self._now)

    def report(self) -> ImportReport:
        """Sum up."""
        counts = self._counts
        return ImportReport(
            papers=counts["papers"],
            new_papers=counts["new"],
            citations=counts["citations"],
            unknown_ends=counts["unknown"],
            bad_rows=counts["bad"],
            complaints=tuple(self._complaints),
        )

    def _records(self, file: Path, chunk: _Lines) -> Iterator[tuple[str, PaperRecord]]:
        for line_number, line in chunk:
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield str(row["id"]), parse_corpus_paper(row, self._source)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                self._complain(file, line_number, error)

    def _lines(self, file: Path) -> Iterator[tuple[int, str]]:
        """The lines of a file with their numbers, up to where it cannot be read any more."""
        number = 0
        try:
            with _open_text(file) as lines:
                for number, line in enumerate(lines, 1):
                    yield number, line
        except (OSError, EOFError, zlib.error) as error:
            self._complain(file, number + 1, error)

    def _has_heads(self, file: Path, line: str) -> bool:
        is_fine = next(csv.reader([line]), [])[:2] == ["citing", "cited"]
        if not is_fine:
            error = ValueError("the first line is not 'citing,cited[,source]'")
            self._complain(file, 1, error)
        return is_fine

    def _edges(self, file: Path, chunk: _Lines) -> Iterator[tuple[str, str]]:
        for (line_number, _), row in zip(
            chunk, csv.reader(line for _, line in chunk), strict=False
        ):
            if len(row) < 2:
                self._complain(file, line_number, ValueError("a citation needs two ids"))
            else:
                yield row[0], row[1]

    def _complain(self, file: Path, line: int, error: Exception) -> None:
        self._counts["bad"] += 1
        if len(self._complaints) < _MOST_COMPLAINTS:
            detail = f"missing {error}" if isinstance(error, KeyError) else str(error)
            self._complaints.append(f"{file.name}:{line}: {detail}")


def parse_corpus_paper(row: dict[str, Any], source: str) -> PaperRecord:
    """Turn one line of a corpus into a record; raises ValueError when it has no title."""
    title = clean_title(str(row["title"] or ""))
    if not title:
        raise ValueError("a paper without a title")
    year = row.get("year_first") or row.get("year")
    authors = row.get("authors") or split_authors(str(row.get("authors_raw") or ""))
    url = row.get("url") or row.get("url_venue")
    return PaperRecord(
        title=title,
        source=source,
        authors=tuple(str(name) for name in authors),
        year=int(year) if year else None,
        published=arxiv_month(row.get("arxiv"), int(year) if year else None),
        venue=_text(row, "venue"),
        abstract=_text(row, "abstract"),
        url=str(url) if url else None,
        identifiers=tuple(dict.fromkeys(_identifiers(row))),
        references_known="partial" if row.get("outdegree") else "none",
    )


def _text(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name) or None
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is no text: {value!r:.80}")
    return value


def _identifiers(row: dict[str, Any]) -> Iterator[str]:
    for scheme in ("arxiv", "doi", "acl", "openalex", "pmid"):
        if row.get(scheme):
            try:
                yield str(Identifier.parse(f"{scheme}:{''.join(str(row[scheme]).split())}"))
            except IdentifierError:
                continue
    for name in ("url", "url_venue"):
        found = read_url(str(row.get(name) or "")).identifier
        if found is not None:
            yield str(found)


def _open_text(file: Path) -> IO[str]:
    if file.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(file), encoding="utf-8", errors="replace", newline="")
    return file.open(encoding="utf-8", errors="replace", newline="")


def _chunks(items: Iterator[_Item], size: int) -> Iterator[list[_Item]]:
    while chunk := list(islice(items, size)):
        yield chunk


def _digest(chunk: _Lines) -> str:
    return hashlib.sha256("".join(line for _, line in chunk).encode()).hexdigest()


def _filled(chunk: _Lines) -> int:
    return sum(not line.isspace() for _, line in chunk)


def _no_progress(_what: str, _count: int) -> None:
    """Do nothing."""
