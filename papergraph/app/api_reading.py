"""The JSON API under /api/v1: what is ready, what lies between, the reader's own prerequisites."""

from __future__ import annotations

from flask import Blueprint, Response

from papergraph.app.answers import json_answer
from papergraph.app.describing import Given, Operation, describe, limit
from papergraph.app.parameters import Parameters
from papergraph.app.resources import present_time, resources
from papergraph.app.security import check_writer
from papergraph.models import Evidence, LineageLink, Paper, Recommendation
from papergraph.reading import (
    add_prerequisite,
    find_connection,
    find_ready,
    list_prerequisites,
    strike_prerequisite,
    undo_prerequisite,
)
from papergraph.reading.readiness import MOST_READY

blueprint = Blueprint("api_reading", __name__)
_LATER = Given(name="from", about="The later paper.", is_required=True, example="ResNet")
_EARLIER = Given(name="to", about="The earlier paper.", is_required=True, example="AlexNet")
_DECISION = {
    "id": str,
    "from": Paper,
    "to": Paper,
    "keep": bool,
    "why": str | None,
    "decided_at": str,
}
_CONNECTION = {
    "from": Paper,
    "to": Paper,
    "chain": [LineageLink],
    "together": [Evidence],
    "warnings": [str],
}


@blueprint.get("/ready")
@describe(
    Operation(
        query=(
            Given(name="known", about="What is known, beside what is marked.", many=True),
            limit(MOST_READY, 20),
        ),
        example={"known": ["AlexNet", "VGG"], "limit": 5},
        answer={"recommendations": [Recommendation]},
    )
)
def ready() -> Response:
    """Everything whose prerequisites are known."""
    here, asked = resources(), Parameters.of_address()
    limit = asked.whole("limit", 20, high=MOST_READY) or 20
    found = find_ready(here.library, asked.texts("known"), limit=limit, reader=here.settings.reader)
    return json_answer({"recommendations": [item.as_json() for item in found]})


@blueprint.get("/between")
@describe(
    Operation(
        query=(_LATER, _EARLIER),
        answer=_CONNECTION,
    )
)
def between() -> Response:
    """How two papers connect."""
    here, asked = resources(), Parameters.of_address()
    one, other = asked.required("from"), asked.required("to")
    found = find_connection(here.library, one, other, reader=here.settings.reader)
    return json_answer(found.as_json())


@blueprint.get("/prerequisites")
@describe(Operation(answer={"prerequisites": [_DECISION]}))
def prerequisites() -> Response:
    """What the reader added and struck out."""
    here = resources()
    found = list_prerequisites(here.library, reader=here.settings.reader)
    return json_answer({"prerequisites": [decision.as_json() for decision in found]})


@blueprint.post("/prerequisites")
@describe(
    Operation(
        body=(
            _LATER,
            _EARLIER,
            Given(name="keep", about="False strikes it out.", type="boolean", default=True),
            Given(name="why", about="A word on the reason.", null=True),
        ),
        example={"from": "ResNet", "to": "AlexNet", "keep": False},
        answer=_DECISION,
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
        answer=_DECISION,
        writes=True,
    )
)
def undo_word() -> Response:
    """Take a decision back. Answers with it."""
    here, asked = resources(), Parameters.of_body()
    check_writer(here.settings)
    decision, reader = asked.required("id"), here.settings.reader
    with here.writing:
        found = undo_prerequisite(here.library, decision, now=present_time(), reader=reader)
    return json_answer(found.as_json())
