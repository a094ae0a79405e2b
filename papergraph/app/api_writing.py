"""The JSON API under /api/v1: what writes. Dry runs write nothing and need no token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import UnsupportedMediaType

from papergraph.app.adding import Outcome, Upload, add_reviews, fetched, named_text, uploads
from papergraph.app.answers import json_answer
from papergraph.app.describing import REFERENCE, Given, Operation, describe
from papergraph.app.job_pages import JOB, runner
from papergraph.app.jobs import find_job
from papergraph.app.parameters import Parameters
from papergraph.app.questions import settle
from papergraph.app.resources import present_time, resources
from papergraph.app.security import check_writer
from papergraph.edit import edit_paper
from papergraph.errors import InputError
from papergraph.ingest import CHOICES, undo_decision
from papergraph.models import READING_STATES, IngestReport, Mention, Paper
from papergraph.show import mark_papers, rate_papers

blueprint = Blueprint("api_writing", __name__)

_MOST_FILES = 50
_MINE = Given(
    name="mine",
    about="The reader wrote it, and has read what it is about.",
    type="boolean",
    default=False,
)


@blueprint.post("/reviews")
@describe(
    Operation(
        body=(
            Given(name="text", about="What to read."),
            Given(name="url", about="A page to fetch and read."),
            Given(name="origin", about="What the text is known by."),
            Given(name="dry_run", about="Store nothing.", type="boolean", default=False),
            _MINE,
        ),
        form=(
            Given(name="dry_run", about="Store nothing.", type="boolean", default=False),
            _MINE,
            Given(name="replace", about="Newer versions.", type="boolean", default=False),
        ),
        example={"text": "ResNet builds on VGG.", "origin": "notes.md", "dry_run": True},
        answer=(IngestReport, {"reports": [dict]}),
        later=JOB,
        writes=True,
    )
)
def add_review() -> Response:
    """Read one review, several files, or what is at an address; a dry run stores nothing.

    More than 50 files, or any with the header `Prefer: respond-async`, are read by a job: the
    answer is then 202, with the address of the job in the header Location.
    """
    given, values = _given_reviews()
    dry_run, is_own = (values.truth(name, default=False) for name in ("dry_run", "mine"))
    here = resources()
    if not dry_run:
        check_writer(here.settings)
        if _is_for_later(given):
            files = [one for one in given if isinstance(one, Upload)]
            found = find_job(here, runner().start(files, is_own=is_own))
            answer = json_answer(found.as_json(), 202)
            answer.headers["Location"] = url_for("api_jobs.job", job_id=found.id)
            return answer
    results = add_reviews(here, given, dry_run=dry_run, is_own=is_own)
    if len(results) == 1:
        if results[0].error is not None:
            raise results[0].error
        return json_answer(results[0].as_json())
    return json_answer({"reports": [result.as_json() for result in results]})


@blueprint.post("/papers/<path:reference>/state")
@describe(
    Operation(
        path=(REFERENCE,),
        body=(
            Given(name="state", about="Null takes it away.", choices=READING_STATES, null=True),
            Given(name="note", about="A note to keep with it.", null=True),
            Given(
                name="rating",
                about="1 to 5 stars; null takes them away. Alone it leaves the state.",
                type="number",
                null=True,
            ),
            Given(name="tags", about="All its tags, in place of those it has.", many=True),
        ),
        example={"state": "queued", "note": "for the seminar"},
        answer=Paper,
        writes=True,
    )
)
def set_state(reference: str) -> Response:
    """Give a paper a reading state or a rating; null takes it away. Answers with the paper."""
    here, asked = resources(), Parameters.of_body()
    check_writer(here.settings)
    state, note, reader = asked.text("state"), asked.text("note"), here.settings.reader
    tags = asked.texts("tags") if "tags" in asked.values else None
    stars = asked.number("rating")
    with here.writing:
        if "rating" in asked.values:
            rated = rate_papers(here.library, [reference], stars, now=present_time(), reader=reader)
            papers = tuple(item.paper for item in rated)
        if "rating" not in asked.values or asked.values.keys() & {"state", "note"}:
            papers = mark_papers(
                here.library, [reference], state, now=present_time(), reader=reader, note=note
            )
        if tags is not None:
            changes = {"tags": tags}
            papers = (
                edit_paper(here.library, reference, changes, now=present_time(), reader=reader),
            )
    return json_answer(papers[0].as_json())


@blueprint.post("/review-queue")
@describe(
    Operation(
        body=(
            Given(name="mention", about="The id of a question.", is_required=True),
            Given(name="choice", about="What it means.", choices=CHOICES, is_required=True),
            Given(name="paper", about="The paper it means, for the choice paper."),
            Given(name="title", about="What a new paper is called, for the choice new."),
        ),
        example={"mention": "m1", "choice": "different"},
        answer={"decision": str, "mention": Mention | None},
        writes=True,
    )
)
def answer_question() -> Response:
    """Answer what a mention means. Answers with the decision and the mention as it is now."""
    here, asked = resources(), Parameters.of_body()
    check_writer(here.settings)
    mention, choice = asked.required("mention"), asked.required("choice")
    settled = settle(here, mention, choice, paper=asked.text("paper"), title=asked.text("title"))
    now = settled.mention.as_json() if settled.mention else None
    return json_answer({"decision": settled.decision, "mention": now})


@blueprint.post("/review-queue/undo")
@describe(
    Operation(
        body=(Given(name="decision", about="The id of an answer.", is_required=True),),
        example={"decision": "d1"},
        answer={"decision": str},
        writes=True,
    )
)
def undo_answer() -> Response:
    """Take an answer back; its question is open again."""
    here, asked = resources(), Parameters.of_body()
    check_writer(here.settings)
    decision = asked.required("decision")
    with here.writing:
        undo_decision(here.library, decision, now=present_time())
    return json_answer({"decision": decision})


def _is_for_later(given: Sequence[Upload | Outcome]) -> bool:
    """Is it to be read by a job: very much, or much and the client would rather not wait?"""
    if any(isinstance(one, Outcome) for one in given):
        return False
    is_asked = "respond-async" in request.headers.get("Prefer", "")
    return is_asked or len(given) > _MOST_FILES


def _given_reviews() -> tuple[Sequence[Upload | Outcome], Parameters]:
    if request.mimetype == "multipart/form-data":
        values = Parameters({name: request.form.getlist(name) for name in request.form})
        lists = (request.files.getlist("files"), request.files.getlist("file"))
        given: Sequence[Upload | Outcome] = uploads(
            *lists, replace=values.truth("replace", default=False)
        )
    elif request.is_json:
        values = Parameters.of_body()
        given = _written(values)
    else:
        raise UnsupportedMediaType("send JSON with text, or files as multipart/form-data")
    if not given:
        raise InputError("there is nothing to read; send text, an address as url, or files")
    return given, values


def _written(values: Parameters) -> Sequence[Upload | Outcome]:
    url = values.text("url")
    if url is not None:
        here = resources()
        check_writer(here.settings)  # a dry run, too, would fetch for whoever asks
        return fetched(here.settings, url)
    text: Any = values.text("text")
    return [named_text(text, values.text("origin"))] if text else []
