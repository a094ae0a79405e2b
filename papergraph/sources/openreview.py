"""OpenReview: ICLR, TMLR and workshops: titles, people and abstracts, for those who have a login.

Service: notes of api2.openreview.net (venues from 2023 on, values as {"value": ...}) and of
api.openreview.net (before, plain values). Terms: what is public may be read; 180 requests in 60 s.
Since 2026 each anonymous request is answered 403 ChallengeRequiredError (68 of 68 looked at):
without a login nothing is asked, and a paper is found by its title elsewhere.
Lacks: reference lists, citations. Identifiers are case-sensitive.
Looked at 2026-10; answers to a login were rebuilt from stored fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.bibtex import find_entry
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title, split_notice
from papergraph.sources.shapes import (
    Object,
    expect_object,
    is_missing,
    name_identifiers,
    number_of,
    objects,
    text_of,
    year_of,
)
from papergraph.sources.source import Fetcher

NAME = "openreview"
SOURCE = f"source:{NAME}"
OLD_HOST = "api.openreview.net"
SITE = "https://openreview.net"

_WITHDRAWN = re.compile(r"\bwithdrawn\b", re.IGNORECASE)
_SUBMITTED = re.compile(r"\b(?:submitted to|submission|withdrawn|rejected)\b", re.IGNORECASE)
_LATEST = 253_402_300_799_000
"""Milliseconds of the last day that a date can have."""


class OpenReview:
    """OpenReview as a source; without a login it answers nothing."""

    name: str = NAME
    schemes: tuple[str, ...] = (NAME,)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one note, of the new system and then of the old; None without a login."""
        scheme, _, value = identifier.partition(":")
        if scheme != NAME or not self._fetcher.has_key(NAME):
            return None
        for host in (None, OLD_HOST):
            reply = self._fetcher.get(NAME, "/notes", {"id": value}, host=host)
            records = () if is_missing(reply) else parse_notes(reply.json())
            if records:
                return SourcedPaper(record=records[0])
        return None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, one or two requests each."""
        found = {item: self.paper(item) for item in dict.fromkeys(identifiers)}
        return {item: paper for item, paper in found.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Nothing: papers of OpenReview are looked for by title at the other sources."""
        return ()

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: notes have no reference lists."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: notes do not say who cites."""
        return ()


def parse_notes(data: object) -> tuple[PaperRecord, ...]:
    """Read an answer of either system; raises SourceError when it is none."""
    answer = expect_object(data, NAME, "notes")
    if not isinstance(answer["notes"], list):
        raise SourceError(f"{NAME} answered {str(data)[:60]!r}, which holds no list; report this")
    records = (parse_note(note) for note in objects(answer["notes"]))
    return tuple(record for record in records if record is not None)


def parse_note(note: Object) -> PaperRecord | None:
    """Make a record of a note; None for a review or a comment, which has no authors or title."""
    content = note.get("content")
    values = {name: plain_value(value) for name, value in objects_of(content)}
    title, tags = split_notice(clean_title(text_of(values.get("title"))))
    identifiers = name_identifiers((NAME, note.get("forum") or note.get("id")))
    people = values.get("authors")
    if not title or not identifiers or not isinstance(people, list):
        return None
    venue = clean_title(text_of(values.get("venue")))
    entry = find_entry(text_of(values.get("_bibtex")))
    month = _month(note)
    is_withdrawn = bool(values.get("withdrawal")) or bool(_WITHDRAWN.search(venue))
    value = identifiers[0].partition(":")[2]
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=tuple(name for person in people if (name := clean_name(text_of(person)))),
        year=year_of(entry.fields.get("year")) if entry else year_of(month),
        published=month,
        venue=None if _SUBMITTED.search(venue) else venue or None,
        abstract=clean_abstract(text_of(values.get("abstract"))) or None,
        url=f"{SITE}/forum?id={value}",
        identifiers=identifiers,
        tags=tuple(sorted({*tags, *({"withdrawn"} if is_withdrawn else set())})),
        pdf=f"{SITE}/pdf?id={value}" if values.get("pdf") else None,
    )


def objects_of(content: object) -> list[tuple[str, Any]]:
    """List the fields of a note; none when it has no content."""
    return list(content.items()) if isinstance(content, dict) else []


def plain_value(value: Any) -> Any:
    """Take a value of either system: plain, or {"value": ...}."""
    return value.get("value") if isinstance(value, dict) else value


def _month(note: Object) -> str | None:
    """Read when a note was published, else made known, else made, in milliseconds."""
    for name in ("pdate", "odate", "tcdate", "cdate"):
        stamp = number_of(note.get(name))
        if stamp and stamp <= _LATEST:
            return f"{datetime.fromtimestamp(stamp / 1000, UTC):%Y-%m}"
    return None
