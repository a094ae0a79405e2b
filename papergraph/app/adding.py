"""Reads what was sent as files or text, one by one, so that one bad file loses no other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from flask import render_template, url_for
from werkzeug.datastructures import FileStorage

from papergraph.app.problems import problem
from papergraph.app.questions import first_questions, questions_by_review
from papergraph.app.resources import Resources, present_time
from papergraph.errors import PapergraphError
from papergraph.ingest import Progress, RunReport, Skipped, Text, ingest_reviews, mark_reviewed
from papergraph.library import Library
from papergraph.models import IngestReport
from papergraph.settings import Settings
from papergraph.sources.client import Client
from papergraph.sources.pages import Page, fetch_pages
from papergraph.text import printable, shorten

MOST_REPORTS = 50  # reviews whose reports one address can name
_LONGEST_ORIGIN = 300
_LONGEST_TURN = 20.0  # seconds that a page waits for a host that is being asked already


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Bytes to read, and the origin they will be known by.

    `is_same` says that it is the text this origin stands for, which a newer version replaces. A
    file name alone does not say so: every project has a README.md.
    """

    origin: str
    data: bytes
    is_same: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one upload: a report, or the error that stopped it.

    `replaced` says that an earlier text of this origin gave way to it; `beside` is the origin of
    another text of this name, which was left as it is.
    """

    origin: str
    report: IngestReport | None = None
    error: PapergraphError | None = None
    replaced: bool = False
    beside: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the IngestReport object, or a problem object with the origin."""
        if self.report is not None:
            return self.report.as_json()
        found = problem(self.error) if self.error else {}
        return found | {"origin": self.origin}


def add_reviews(
    here: Resources,
    given: Sequence[Upload | Outcome],
    *,
    dry_run: bool = False,
    is_own: bool = False,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Read every upload in one run; what cannot be read is reported in its place.

    What the reader's own texts are about is marked as read. With `progress` it is a job: other
    writers are let in between texts.
    """
    uploaded = [one for one in given if isinstance(one, Upload)]
    with nullcontext() if progress else here.writing:
        library = here.library
        origins = _own_origins(library, uploaded)
        known = {origin for origin in origins if library.reviews.find(origin) is not None}
        texts = [Text(origin=o, data=one.data) for o, one in zip(origins, uploaded, strict=True)]
        total = RunReport()
        found = ingest_reviews(
            library, texts, total, now=present_time(), dry_run=dry_run, progress=progress
        )
        reports = {report.origin: report for report in found}
        if is_own and not dry_run:
            reader = here.settings.reader
            marked = mark_reviewed(library, reports, reader=reader, now=present_time())
            reports = {o: replace(one, marked=marked[o]) for o, one in reports.items()}
    errors = {skipped.origin: skipped.error for skipped in total.skipped}
    done = iter(
        _outcome(upload, origin, reports.get(origin) or errors[origin], was_known=origin in known)
        for upload, origin in zip(uploaded, origins, strict=True)
    )
    return [one if isinstance(one, Outcome) else next(done) for one in given]


def fetched(settings: Settings, url: str) -> list[Upload | Outcome]:
    """The page at an address, or the pages a feed lists, each known by its own address."""
    with Client(settings, patience=_LONGEST_TURN) as client:
        try:
            return [
                Upload(origin=found.url, data=found.content)
                if isinstance(found, Page)
                else Outcome(origin=url, error=found)
                for found in fetch_pages(client, url)
            ]
        except PapergraphError as error:
            return [Outcome(origin=url, error=error)]


def uploads(*lists: Iterable[FileStorage], replace: bool = False) -> list[Upload]:
    """The files of a form; fields left empty are not files, files of one name are numbered.

    With `replace` they are newer versions of what was read from files of the same names.
    """
    found: list[Upload] = []
    names: dict[str, int] = {}
    for file in (file for files in lists for file in files):
        if not file.filename:
            continue
        name = _origin(file.filename)
        names[name] = names.get(name, 0) + 1
        origin = name if names[name] == 1 else f"{name} ({names[name]})"
        found.append(Upload(origin=origin, data=file.read(), is_same=replace))
    return found


def named_text(text: str, origin: str | None) -> Upload:
    """A pasted text; without an origin it is known by its own digest."""
    data = text.replace("\r\n", "\n").encode("utf-8", "replace")
    name = _origin(origin) if origin else f"pasted-{hashlib.sha256(data).hexdigest()[:10]}.md"
    return Upload(origin=name, data=data)


def _origin(name: str) -> str:
    plain = " ".join(printable(name).split())
    return shorten(plain, _LONGEST_ORIGIN) or "unnamed"


def sum_marks(results: Sequence[Outcome]) -> dict[str, int]:
    """How many papers were given a reading state by what was added, by state."""
    return _sum_up(results).marked


def show_outcomes(
    here: Resources,
    results: Sequence[Outcome],
    *,
    is_empty: bool = False,
    marked: Mapping[str, int] | None = None,
) -> str:
    """The page that reports what was added, with the questions it left open in place.

    `marked` counts by state what was marked, where the reader wrote what was added.
    """
    reports = [result.report for result in results if result.report is not None]
    groups, more = first_questions(
        questions_by_review(here.library, {report.origin for report in reports})
    )
    return render_template(
        "add.html",
        results=results,
        total=_sum_up(results),
        marked=marked,
        samples=len(here.samples),
        is_empty=is_empty,
        groups=groups,
        more=more,
        back=url_for("pages.add", review=[report.review_id for report in reports][:MOST_REPORTS]),
    )


def _sum_up(results: Sequence[Outcome]) -> RunReport:
    total = RunReport()
    for result in results:
        if result.report is not None:
            total.add(result.report, is_known=not result.report.changed)
        elif result.error is not None:
            total.skipped.append(Skipped(origin=result.origin, error=result.error))
    return total


def _outcome(
    upload: Upload, origin: str, found: IngestReport | PapergraphError, *, was_known: bool
) -> Outcome:
    if isinstance(found, PapergraphError):
        return Outcome(origin=upload.origin, error=found)
    return Outcome(
        origin=origin,
        report=found,
        replaced=was_known and found.changed,
        beside=upload.origin if origin != upload.origin and not was_known else None,
    )


def _own_origins(library: Library, given: Sequence[Upload]) -> list[str]:
    """The origins of these very files: numbered where another text has the name already."""
    origins: list[str] = []
    for upload in given:
        origin = upload.origin
        sha256 = hashlib.sha256(upload.data).hexdigest()
        name = re.sub(r" \(\d+\)$", "", upload.origin)
        others = (f"{name} ({number})" for number in count(2))
        while not upload.is_same and (
            origin in origins
            or ((known := library.reviews.find(origin)) is not None and known.sha256 != sha256)
        ):
            origin = next(others)
        origins.append(origin)
    return origins
