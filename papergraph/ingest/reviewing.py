"""Ingests one review, and forgets one."""

from __future__ import annotations

import posixpath
from contextlib import nullcontext
from urllib.parse import unquote

from papergraph.errors import NotFoundError
from papergraph.ingest.reporting import report_review
from papergraph.ingest.storing import (
    LinkedReview,
    drop_review_records,
    known_homes,
    store_review,
)
from papergraph.library import Library
from papergraph.matching import link_mentions
from papergraph.models import IngestReport, Review
from papergraph.readers import read_review


def ingest_review(
    library: Library, data: bytes, origin: str, *, now: str, dry_run: bool = False
) -> IngestReport:
    """Read one review, link its papers, and store what it says; a dry run stores nothing.

    Reading the same bytes again changes nothing; changed bytes replace this review's evidence only.

    Parameters
    ----------
    data, origin
        The bytes of the text, and where it comes from: the key the review is known by.
    now
        The time to enter, UTC, as "2026-01-31T12:00:00Z".

    Raises
    ------
    ReadingError
        When the bytes are no text that can be read.
    LibraryError
        When the library cannot be written.
    """
    review = read_review(data, origin, names=names_to_find(library))
    # Looked up and stored in one go, so that two at once do not enter one paper twice.
    with nullcontext() if dry_run else library.transaction():
        found = link_review(library, review)
        stored = library.reviews.find(origin)
        is_new = stored is None or stored.sha256 != review.sha256
        homes = known_homes(found)
        review_id = stored.id if stored else None
        if is_new and not dry_run:
            review_id, homes = store_review(library, found, now)
    return report_review(library, found, homes, review_id, changed=is_new and not dry_run)


def names_to_find(library: Library) -> tuple[str, ...]:
    """The short names that prose is searched for: nicknames, and titles short enough to be one."""
    return (*library.papers.names(), *library.papers.short_titles())


def link_review(library: Library, review: Review) -> LinkedReview:
    """Link the mentions of a review, with what the reader decided about it before."""
    decided = library.decisions.of_review(review.origin)
    notes = _papers_of_notes(library, review)
    linked, works = link_mentions(review.mentions, library.catalogue, decided, notes)
    return LinkedReview(review=review, linked=linked, works=works)


def _papers_of_notes(library: Library, review: Review) -> dict[str, int]:
    """The papers that linked notes of the author's own are about, by the link as written.

    A note counts when it was read before and is about one paper.
    """
    links = {mention.url for mention in review.mentions if mention.url and "//" not in mention.url}
    found: dict[str, int] = {}
    for link in sorted(links):
        path = posixpath.join(posixpath.dirname(review.origin), unquote(link.partition("#")[0]))
        note = library.reviews.find(posixpath.normpath(path))
        if note is None or note.origin == review.origin:
            continue
        about = {m.paper for m in library.reviews.mentions_in(note.id) if m.role == "about"}
        if len(about) == 1 and (paper := about.pop()) is not None:
            found[link] = paper
    return found


def forget_review(library: Library, origin: str) -> int:
    """Remove a review and all that only it said; returns how many papers went with it.

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
        touched = library.reviews.clear(found.id)
        library.reviews.forget(found.id)
        library.decisions.forget(origin)
        gone = drop_review_records(library, origin, touched)
        library.papers.drop_source(f"review:{origin}")
        library.touch_graph()
    return len(gone)
