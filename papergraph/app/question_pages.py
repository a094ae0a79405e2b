"""The page of open questions, and what its forms do; every form carries a CSRF token."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from papergraph.app.parameters import Parameters, local_page
from papergraph.app.questions import (
    Refusal,
    decisions_in_force,
    find_asked,
    first_questions,
    questions_by_review,
    settle,
)
from papergraph.app.resources import present_time, resources
from papergraph.app.review_pages import find_review
from papergraph.errors import AmbiguousError, NotFoundError
from papergraph.ingest import undo_decision
from papergraph.models import PaperReference, paper_number

blueprint = Blueprint("questions", __name__)


@blueprint.get("/questions")
def open_questions() -> str:
    """What an ingest could not decide, by review, and the answers that were given."""
    return _questions_page(Parameters.of_address().text("review"))


@blueprint.post("/questions")
def answer() -> AnyResponse:
    """Take an answer to a question, and go back to where it was asked."""
    here, form = resources(), request.form
    review = form.get("review", "")
    place = (review, form.get("line", ""), form.get("words", ""))
    mention = find_asked(here.library, form.get("mention", ""), *place)
    given = form.get("paper", "").strip()[:2000] or None
    title = form.get("title", "").strip()[:2000] or None
    choice = form.get("choice", "")
    try:
        settled = settle(here, mention, choice, paper=given, title=title)
    except NotFoundError as error:
        if choice != "paper" or given is None or not review:
            raise
        return _ask_again(mention, given, error, review)
    return redirect(_back(settled.decision), 303)


@blueprint.post("/questions/undo")
def undo() -> AnyResponse:
    """Take an answer back, and return to where the reader was."""
    here, decision = resources(), request.form.get("decision", "")
    with here.writing:
        undo_decision(here.library, decision, now=present_time())
    return redirect(_back(decision), 303)


def _questions_page(review_id: str | None, refusal: Refusal | None = None) -> str:
    library = resources().library
    only = find_review(library, review_id)[0] if review_id else None
    groups = questions_by_review(library, None if only is None else {only.origin})
    shown, more = first_questions(groups)
    return render_template(
        "questions.html",
        groups=shown,
        more=more,
        count=sum(len(group.questions) for group in groups),
        only=only,
        decisions=decisions_in_force(library),
        refusal=refusal,
        back=url_for("questions.open_questions", review=review_id),
    )


def _ask_again(mention: str, given: PaperReference, error: NotFoundError, review: str) -> Response:
    """Show the question once more with what came near to the answer."""
    numbers = [n for text in error.nearest if (n := _number_in(text)) is not None]
    nearest = tuple(resources().library.papers.get(numbers).values())
    several = isinstance(error, AmbiguousError)
    refusal = Refusal(mention=mention, given=given, is_ambiguous=several, nearest=nearest)
    page = make_response(_questions_page(review, refusal))
    page.status_code = 409 if several else 404
    return page


def _number_in(nearest: str) -> int | None:
    found = re.match(r"p\d+\b", nearest)
    return paper_number(found[0]) if found else None


def _back(decision: str) -> str:
    """The page the form stood on, told which answer to speak of.

    The page of a paper that went with the answer is gone: the questions stand in for it.
    """
    page = local_page(request.form.get("back", ""), url_for("questions.open_questions"))
    path, _, query = page.partition("#")[0].partition("?")
    paper = re.fullmatch(r"/papers/(p\d+)", path)
    if paper and not resources().library.papers.get([paper_number(paper[1]) or 0]):
        path, query = url_for("questions.open_questions"), ""
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != "settled"]
    return f"{path}?{urlencode([*pairs, ('settled', decision)])}"
