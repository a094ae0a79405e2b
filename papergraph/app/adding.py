"""Reads what was sent as files or text, one by one, so that one bad file loses no other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import FileStorage

from papergraph.app.problems import problem
from papergraph.app.resources import Resources, present_time
from papergraph.errors import PapergraphError
from papergraph.ingest import ingest_review
from papergraph.models import IngestReport
from papergraph.text import printable, shorten

_LONGEST_ORIGIN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Bytes to read, and the origin they will be known by."""

    origin: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one upload: a report, or the error that stopped it.

    `replaced` says that an earlier text of this origin gave way to it.
    """

    origin: str
    report: IngestReport | None = None
    error: PapergraphError | None = None
    replaced: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the IngestReport object, or a problem object with the origin."""
        if self.report is not None:
            return self.report.as_json()
        found = problem(self.error) if self.error else {}
        return found | {"origin": self.origin}


def add_reviews(
    here: Resources, given: Sequence[Upload], *, dry_run: bool = False
) -> list[Outcome]:
    """Read every upload; what fails is reported in its place."""
    return [_add(here, upload, dry_run=dry_run) for upload in given]


def uploads(*lists: Iterable[FileStorage]) -> list[Upload]:
    """The files of a form; fields left empty are not files, files of one name are numbered."""
    found: list[Upload] = []
    names: dict[str, int] = {}
    for file in (file for files in lists for file in files):
        if not file.filename:
            continue
        name = _origin(file.filename)
        names[name] = names.get(name, 0) + 1
        origin = name if names[name] == 1 else f"{name} ({names[name]})"
        found.append(Upload(origin=origin, data=file.read()))
    return found


def named_text(text: str, origin: str | None) -> Upload:
    """A pasted text; without an origin it is known by its own digest."""
    data = text.replace("\r\n", "\n").encode("utf-8", "replace")
    name = _origin(origin) if origin else f"pasted-{hashlib.sha256(data).hexdigest()[:10]}.md"
    return Upload(origin=name, data=data)


def _origin(name: str) -> str:
    plain = " ".join(printable(name).split())
    return shorten(plain, _LONGEST_ORIGIN) or "unnamed"


def _add(here: Resources, upload: Upload, *, dry_run: bool) -> Outcome:
    before = here.library.reviews.find(upload.origin)
    try:
        with here.writing:
            report = ingest_review(
                here.library, upload.data, upload.origin, now=present_time(), dry_run=dry_run
            )
    except PapergraphError as error:
        return Outcome(origin=upload.origin, error=error)
    replaced = before is not None and report.changed
    return Outcome(origin=upload.origin, report=report, replaced=replaced)
