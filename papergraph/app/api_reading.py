"""The JSON API under /api/v1: the reader's own word on prerequisites."""

from __future__ import annotations

from flask import Blueprint, Response

from papergraph.app.answers import json_answer
from papergraph.app.describing import Given, Operation, describe
from papergraph.app.parameters import Parameters
from papergraph.app.resources import present_time, resources
from papergraph.app.security import check_writer
from papergraph.reading import (
    PrerequisiteDecision,
    add_prerequisite,
    list_prerequisites,
    strike_prerequisite,
    undo_prerequisite,
)

blueprint = Blueprint("api_reading", __name__)


@blueprint.get("/prerequisites")
@describe(Operation(answer={"prerequisites": [PrerequisiteDecision]}))
def prerequisites() -> Response:
    """What the reader added and struck out."""
    here = resources()
    found = list_prerequisites(here.library, reader=here.settings.reader)
    return json_answer({"prerequisites": [decision.as_json() for decision in found]})


@blueprint.post("/prerequisites")
@describe(
    Operation(
        body=(
            Given(name="from", about="The later paper.", is_required=True),
            Given(name="to", about="What is to be read before it.", is_required=True),
            Given(name="keep", about="False strikes it out.", type="boolean", default=True),
            Given(name="why", about="Your reason."),
        ),
        example={"from": "BERT", "to": "LSTM", "keep": False, "why": "not needed any more"},
        answer=PrerequisiteDecision,
        writes=True,
    )
)
def put_prerequisite() -> Response:
    """Add a prerequisite, or strike it out when `keep` is false. Answers with the decision."""
    here, asked = resources(), Parameters.of_body()
    check_writer(here.settings)
    later, earlier = asked.required("from"), asked.required("to")
    enter = add_prerequisite if asked.truth("keep", default=True) else strike_prerequisite
    why, reader = asked.text("why"), here.settings.reader
    with here.writing:
        found = enter(here.library, later, earlier, now=present_time(), why=why, reader=reader)
    return json_answer(found.as_json())


@blueprint.post("/prerequisites/undo")
@describe(
    Operation(
        body=(Given(name="id", about="The id of a decision.", is_required=True),),
        example={"id": "r1"},
        answer=PrerequisiteDecision,
        writes=True,
    )
)
def undo() -> Response:
    """Take a decision back. Answers with it."""
    here, asked = resources(), Parameters.of_body()
    check_writer(here.settings)
    decision, reader = asked.required("id"), here.settings.reader
    with here.writing:
        found = undo_prerequisite(here.library, decision, now=present_time(), reader=reader)
    return json_answer(found.as_json())
