"""The neighbourhood of papers: its page, its file and its answer as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for

from papergraph.app.answers import json_answer
from papergraph.app.describing import Given, Operation, describe, limit
from papergraph.app.neighbourhood_drawing import draw_neighbourhood
from papergraph.app.parameters import Parameters
from papergraph.app.resources import resources
from papergraph.app.shared_files import shared_file
from papergraph.errors import InputError
from papergraph.models import Neighbourhood
from papergraph.search.neighbourhood import MOST_NODES, MOST_SEEDS, find_neighbourhood

api = Blueprint("api_neighbourhood", __name__)
blueprint = Blueprint("neighbourhood", __name__)


_USUAL = 40


@api.get("/neighbourhood")
@describe(
    Operation(
        query=(
            Given(
                name="seed",
                about="The papers to start from.",
                many=True,
                is_required=True,
                example=["ResNet", "VGG"],
            ),
            limit(MOST_NODES, _USUAL, about="At most so many papers, seeds included."),
        ),
        answer=Neighbourhood,
    )
)
def near() -> Response:
    """The papers near one or more papers, as a graph of likeness with places to draw it."""
    return json_answer(_found().as_json())


@blueprint.get("/neighbourhood")
def page() -> str:
    """The neighbourhood of the seeds in the address, or the form that asks for one."""
    seeds = Parameters.of_address().texts("seed")
    if not seeds:
        return render_template("neighbourhood_form.html")
    found = _found()
    ids = [paper.id for paper in found.seeds]
    return render_template(
        "neighbourhood.html",
        found=found,
        picture=draw_neighbourhood(found),
        near=[node for node in found.nodes if not node.is_seed],
        seed_ids=ids,
        can_add=len(ids) < MOST_SEEDS,
        with_seed=lambda paper: url_for("neighbourhood.page", seed=[*ids, paper.id]),
        without_seed=lambda paper: url_for(
            "neighbourhood.page", seed=[one for one in ids if one != paper.id] or None
        ),
    )


@blueprint.get("/neighbourhood/file")
def file() -> Response:
    """The neighbourhood as one HTML file, or its picture."""
    return shared_file(_found(), Parameters.of_address().text("format", "html") or "html")


def _found() -> Neighbourhood:
    here, asked = resources(), Parameters.of_address()
    seeds = asked.texts("seed")
    if not seeds:
        raise InputError("seed is missing; name a paper to start from")
    return find_neighbourhood(
        here.library,
        seeds,
        limit=asked.whole("limit", _USUAL, high=MOST_NODES) or _USUAL,
        embedder=here.meaning("hybrid").embedder,
        reader=here.settings.reader,
    )
