"""The JSON API under /api/v1: corrections of papers by their reader."""

from __future__ import annotations

from flask import Blueprint, Response

from papergraph.app.answers import json_answer
from papergraph.app.describing import REFERENCE, Given, Operation, describe
from papergraph.app.parameters import Parameters
from papergraph.app.resources import present_time, resources
from papergraph.app.security import check_writer
from papergraph.edit import EDITABLE, edit_paper, undo_edit
from papergraph.models import PAPER_KINDS, Paper, PaperDetail
from papergraph.show import show_paper

blueprint = Blueprint("api_editing", __name__)

_LISTS = ("authors", "identifiers", "nicknames", "tags")


def _field(name: str) -> Given:
    if name in _LISTS:
        return Given(name=name, about="The whole list.", many=True)
    if name == "kind":
        return Given(name=name, about="What it is.", choices=PAPER_KINDS)
    if name == "year":
        return Given(
            name=name, about="Null: not known.", type="integer", low=1000, high=3000, null=True
        )
    about = {"title": "Never empty.", "published": "YYYY-MM, or null."}.get(name, "Null: nothing.")
    return Given(name=name, about=about, null=name != "title")


@blueprint.patch("/papers/<path:reference>")
@describe(
    Operation(
        path=(REFERENCE,),
        body=tuple(_field(name) for name in EDITABLE),
        example={"year": 2016, "nicknames": ["ResNet", "deep residual network"]},
        answer=PaperDetail,
        writes=True,
    )
)
def change(reference: str) -> Response:
    """Correct any field of a paper.

    The word of the reader outranks every source, whatever they say later; `edits` of the answer
    tells what was changed, and each can be undone.
    """
    here, asked = resources(), Parameters.of_body()
    check_writer(here.settings)
    reader = here.settings.reader
    with here.writing:
        paper = edit_paper(here.library, reference, asked.values, now=present_time(), reader=reader)
    return json_answer(show_paper(here.library, paper.id or reference, reader=reader).as_json())


@blueprint.post("/edits/undo")
@describe(
    Operation(
        body=(Given(name="edit", about="The id of an edit.", is_required=True),),
        example={"edit": "e1"},
        answer=Paper,
        writes=True,
    )
)
def undo_correction() -> Response:
    """Take a correction back; answers with the paper."""
    here, asked = resources(), Parameters.of_body()
    check_writer(here.settings)
    edit, reader = asked.required("edit"), here.settings.reader
    with here.writing:
        paper = undo_edit(here.library, edit, now=present_time(), reader=reader)
    return json_answer(paper.as_json())
