"""What the forms of the pages do; every one carries a CSRF token."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from papergraph.app.adding import (
    Upload,
    add_reviews,
    named_text,
    show_outcomes,
    sum_marks,
    uploads,
)
from papergraph.app.correcting import changed_fields
from papergraph.app.job_pages import runner
from papergraph.app.jobs import is_long
from papergraph.app.parameters import Parameters, local_page
from papergraph.app.resources import present_time, resources
from papergraph.app.review_pages import find_review
from papergraph.edit import EDITABLE, edit_paper, undo_edit
from papergraph.errors import InputError
from papergraph.ingest import forget_review
from papergraph.show import mark_papers, rate_papers, show_paper

blueprint = Blueprint("actions", __name__)


@blueprint.post("/state")
def set_state() -> Response:
    """Give papers a reading state, and go back to where the reader was."""
    here, state = resources(), request.form.get("state") or None
    papers = request.form.getlist("paper")
    if not papers:
        raise InputError("no paper is named; choose one")
    with here.writing:
        mark_papers(here.library, papers, state, now=present_time(), reader=here.settings.reader)
    return redirect(_back(), 303)


@blueprint.post("/rating")
def set_rating() -> Response:
    """Rate a paper, or take its rating away, and go back to where the reader was."""
    here, stars = resources(), Parameters(request.form).number("stars")
    papers = request.form.getlist("paper")
    with here.writing:
        rate_papers(here.library, papers, stars, now=present_time(), reader=here.settings.reader)
    return redirect(_back(), 303)


@blueprint.post("/papers/<path:reference>/edit")
def edit(reference: str) -> Response:
    """Correct a paper as its form says; fields left as they were are not touched."""
    here = resources()
    given = {name: request.form[name] for name in EDITABLE if name in request.form}
    reader = here.settings.reader
    with here.writing:
        detail = show_paper(here.library, reference, reader=reader)
        changes, paper = changed_fields(detail, given), detail.paper.id or reference
        if changes:
            edit_paper(here.library, paper, changes, now=present_time(), reader=reader)
    return redirect(url_for("pages.paper", reference=paper, _anchor="corrections"), 303)


@blueprint.post("/edits/undo")
def undo() -> Response:
    """Take a correction back."""
    here = resources()
    with here.writing:
        paper = undo_edit(
            here.library,
            request.form.get("edit", ""),
            now=present_time(),
            reader=here.settings.reader,
        )
    return redirect(url_for("pages.paper", reference=paper.id, _anchor="corrections"), 303)


@blueprint.post("/add")
def add() -> str | Response:
    """Read the files, the text and the address that were sent, and report on each.

    What takes long is read by a job, whose page tells how far it is.
    """
    replace = request.form.get("replace") == "1"
    is_own = request.form.get("mine") == "1"
    here = resources()
    given: list[Upload] = uploads(request.files.getlist("files"), replace=replace)
    text, url = request.form.get("text", ""), request.form.get("url", "").strip()
    if text.strip():
        given.append(named_text(text, request.form.get("name", "").strip() or None))
    if url or is_long(given):
        job = runner().start(given, url=url or None, is_own=is_own)
        return redirect(url_for("jobs.page", job_id=job), 303)
    results = add_reviews(here, given, is_own=is_own)
    marked = sum_marks(results) if is_own and results else None
    return show_outcomes(here, results, is_empty=not given, marked=marked)


@blueprint.post("/samples")
def add_samples() -> str:
    """Read the shipped sample reviews."""
    here = resources()
    given = [Upload(origin=f"samples/{path.name}", data=path.read_bytes()) for path in here.samples]
    return show_outcomes(here, add_reviews(here, given))


@blueprint.post("/reviews/<review_id>/forget")
def forget(review_id: str) -> Response:
    """Take a review out of the library, with all that only it said."""
    here = resources()
    review, _ = find_review(here.library, review_id)
    with here.writing:
        forget_review(here.library, review.origin)
    return redirect(url_for("pages.reviews"), 303)


def _back() -> str:
    """The page the form stood on; never a page of another site."""
    return local_page(request.form.get("back", ""), url_for("shelf.page"))
