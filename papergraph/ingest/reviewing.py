"""Ingests one review, and forgets one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from papergraph.errors import NotFoundError
from papergraph.ingest.dating import date_in_name
from papergraph.ingest.following import Step, follow_changes
from papergraph.ingest.notes import OwnNotes
from papergraph.ingest.own import take_back_marks
from papergraph.ingest.placing import (
    Changes,
    PlacedReview,
    link_review,
    names_to_find,
    place_reviews,
    titles_to_find,
)
from papergraph.ingest.reporting import report_review
from papergraph.ingest.stored import stored_report
from papergraph.ingest.storing import LinkedReview, known_homes
from papergraph.library import Library
from papergraph.models import IngestReport, Review
from papergraph.readers import TitleLookup, read_review


def ingest_review(
    library: Library,
    data: bytes,
    origin: str,
    *,
    now: str,
    dry_run: bool = False,
    written_on: str | None = None,
) -> IngestReport:
    """Read one review, link its papers, and store what it says; a dry run stores nothing.

    Reading the same bytes again changes nothing; changed bytes replace this review's evidence only.
    Other reviews are linked again where they say something about what this one told.

    Parameters
    ----------
    data, origin
        The bytes of the text, and where it comes from: the key the review is known by.
    now
        The time to enter, UTC, as "2026-01-31T12:00:00Z".
    written_on
        The day it was written, where its text does not say.

    Raises
    ------
    ReadingError
        When the bytes are no text that can be read.
    LibraryError
        When the library cannot be written.
    """
    if dry_run:
        notes = OwnNotes(library)
        return try_review(library, data, origin, notes)[1]
    known = known_report(library, data, origin)
    if known is not None:
        return known
    with library.transaction():
        placed, changes = store_text(library, data, origin, now=now, written_on=written_on)
        step = Step(origins=frozenset({origin}), changes=changes)
        follow_changes(library, [step], now)
        warnings = placed.found.review.warnings
        return stored_report(library, placed.review_id, changed=True, warnings=warnings)


def known_report(library: Library, data: bytes, origin: str) -> IngestReport | None:
    """Report on a text that is here already; None when it is new or was changed."""
    stored = library.reviews.find(origin)
    if stored is None or stored.sha256 != hashlib.sha256(data).hexdigest():
        return None
    return stored_report(library, stored.id)


def store_text(
    library: Library, data: bytes, origin: str, *, now: str, written_on: str | None = None
) -> tuple[PlacedReview, Changes]:
    """Read and store a text, in the caller's transaction, so that two at once make no paper twice.

    What it changes for other reviews is left to the caller. `written_on` counts where the text does
    not say itself when it was written.
    """

    def read(names: Sequence[str], titles: TitleLookup) -> Review:
        review = read_review(data, origin, names=names, titles=titles)
        day = review.written_on or date_in_name(origin) or written_on
        return replace(review, written_on=day)

    placed, changes = place_reviews(library, {origin: read}, now)
    return placed[origin], changes


def try_review(
    library: Library, data: bytes, origin: str, notes: OwnNotes
) -> tuple[LinkedReview, IngestReport]:
    """Say what an ingest would find, without writing anything."""
    names, titles = names_to_find(library), titles_to_find(library)
    review = read_review(data, origin, names=names, titles=titles)
    found = link_review(library, review, notes)
    return found, report_tried(library, found)


def report_tried(library: Library, found: LinkedReview) -> IngestReport:
    """Report on a review that is linked and not stored."""
    stored = library.reviews.find(found.review.origin)
    number = stored.id if stored else None
    return report_review(library, found, known_homes(found), number, changed=False)


def forget_review(library: Library, origin: str) -> int:
    """Remove a review and all that only it said; returns how many papers went with it.

    Marks that only it made on a reader's shelf go, too; what the reader marked stays.

    Raises NotFoundError when no review has this origin; the message lists those there are.
    """
    found = library.reviews.find(origin)
    if found is None:
        known = tuple(review.origin for review in library.reviews.all()[:3])
        raise NotFoundError(
            f"no review came from {origin!r}; known are: {', '.join(known) or 'none'};"
            " see 'papergraph list reviews'",
            nearest=known,
        )
    with library.transaction():
        take_back_marks(library, origin, found.ingested_at)
        placed, changes = place_reviews(library, {}, found.ingested_at, removed=[origin])
        step = Step(origins=frozenset({origin, *placed}), changes=changes)
        follow_changes(library, [step], found.ingested_at)
    return changes.gone
