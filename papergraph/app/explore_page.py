"""The big graph: its page, what draws it, its picture, and pieces of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request

from papergraph.app.answers import json_answer, text_answer
from papergraph.app.describing import Given, Operation, describe, limit
from papergraph.app.neighbourhood_drawing import age_bounds, age_names
from papergraph.app.parameters import Parameters
from papergraph.app.resources import resources
from papergraph.app.sharing import LOOKS, picture_style
from papergraph.app.wording import short_name, shown
from papergraph.errors import InputError
from papergraph.models import GraphNode, GraphPiece, Paper
from papergraph.search.graph_piece import MOST_MAPPED, find_graph, list_mapped

api = Blueprint("api_graph", __name__)
blueprint = Blueprint("explore", __name__)

_USUAL = 200
_LISTED = 60
_MOST_PAGES = 1000
_PICTURED = 1200
_NAMED = 48
_SIDE = 1000
_NAME_WIDTH, _NAME_HEIGHT = 7.2, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorePage:
    """The list beside the map: one page of it; `found` counts what the words of the query left."""

    query: str
    papers: tuple[Paper, ...]
    mapped: int
    found: int
    number: int
    ages: tuple[str, ...]

    @property
    def first(self) -> int:
        """The place of the first paper of this page."""
        return (self.number - 1) * _LISTED + 1

    @property
    def has_more(self) -> bool:
        """Is there another page?"""
        return self.number * _LISTED < self.found


@api.get("/graph")
@describe(
    Operation(
        query=(
            Given(name="around", about="The paper in the middle.", example="ResNet"),
            limit(MOST_MAPPED, _USUAL, about="At most so many papers."),
        ),
        answer=GraphPiece,
    )
)
def graph() -> Response:
    """Papers and citations as node-link JSON: near one paper, or the most connected of all."""
    asked = Parameters.of_address()
    most = asked.whole("limit", _USUAL, high=MOST_MAPPED) or _USUAL
    return json_answer(find_graph(resources().library, asked.text("around"), limit=most).as_json())


@blueprint.get("/explore")
def page() -> str:
    """The map of the most connected papers, and the same as a list."""
    here, asked = resources(), Parameters.of_address()
    query = asked.text("q", "") or ""
    number = asked.whole("page", 1, high=_MOST_PAGES) or 1
    mapped = list_mapped(here.library)
    found = list_mapped(here.library, query) if query else mapped
    part = found[(number - 1) * _LISTED : number * _LISTED]
    cards = here.library.papers.get(part, here.settings.reader)
    return render_template(
        "explore.html",
        page=ExplorePage(
            query=query,
            papers=tuple(cards.values()),
            mapped=len(mapped),
            found=len(found),
            number=number,
            ages=tuple(json.loads(here.kept("ages", lambda: _age_words(mapped)))),
        ),
        papers=here.paper_count,
        most=MOST_MAPPED,
    )


@blueprint.get("/explore/map")
def drawn() -> Response:
    """What the page draws: columns of numbers and names, and pairs of rows that are linked."""
    here = resources()
    return text_answer(
        here.kept("map", lambda: json.dumps(_columns(_whole_map()))), "application/json"
    )


@blueprint.get("/explore/picture.svg")
def picture() -> Response:
    """The map as a picture, for where it cannot be drawn in the page, and to keep."""
    look = Parameters.of_address().text("look")
    if look is not None and look not in LOOKS:
        raise InputError(f"no look {look!r} of a picture; known are {', '.join(LOOKS)}")
    text = resources().kept("picture", _picture)
    if look is not None:
        text = text.replace("<svg ", f'<svg data-theme="{look}" ', 1)
    answer = text_answer(text, "image/svg+xml")
    if request.args.get("save"):
        answer.headers["Content-Disposition"] = 'attachment; filename="map.svg"'
    return answer


def _age_words(mapped: Sequence[int]) -> str:
    facts = resources().library.papers.facts(mapped).values()
    years = [paper.year for paper in facts if paper.year]
    return json.dumps(age_names(age_bounds(years), years))


def _whole_map() -> GraphPiece:
    return find_graph(resources().library, limit=MOST_MAPPED)


def _ages(nodes: Sequence[GraphNode]) -> list[int | None]:
    """The colour of each: 0 for the oldest fifth to 4 for the newest, None without a year."""
    bounds = age_bounds([node.year for node in nodes if node.year])
    return [sum(node.year > b for b in bounds) if node.year else None for node in nodes]


def _columns(found: GraphPiece) -> dict[str, Any]:
    rows = {node.id: row for row, node in enumerate(found.nodes)}
    return {
        "ids": [node.id for node in found.nodes],
        "names": [shown(node.name) for node in found.nodes],
        "titles": [shown(n.title) if n.title != n.name else None for n in found.nodes],
        "years": [node.year for node in found.nodes],
        "ages": _ages(found.nodes),
        "cited": [node.citations_here for node in found.nodes],
        "places": [place for node in found.nodes for place in (node.x, node.y)],
        "links": [
            row
            for edge in found.edges
            if edge.backbone
            for row in (rows[edge.source], rows[edge.target])
        ],
    }


def _picture() -> str:
    found = find_graph(resources().library, limit=_PICTURED)
    spots = {node.id: node for node in found.nodes}
    most = max([1, *(node.citations_here for node in found.nodes)])
    return render_template(
        "explore.svg",
        side=_SIDE,
        style=picture_style(),
        nodes=list(zip(found.nodes, _ages(found.nodes), strict=True)),
        lines=[(spots[e.source], spots[e.target]) for e in found.edges if e.backbone],
        names=_free_names(found.nodes),
        radius=lambda node: 2 + 14 * (node.citations_here / most) ** 0.5,
    )


def _free_names(nodes: Sequence[GraphNode]) -> list[tuple[GraphNode, str]]:
    """The names that fit: of the most cited first, none over another."""
    taken: list[tuple[float, float, float]] = []
    found = []
    for node in sorted(nodes, key=lambda node: -node.citations_here):
        text = short_name(node, limit=22)
        x, y, half = node.x * _SIDE, node.y * _SIDE, len(text) * _NAME_WIDTH / 2
        if any(abs(y - b) < _NAME_HEIGHT and abs(x - a) < half + w for a, b, w in taken):
            continue
        taken.append((x, y, half))
        found.append((node, text))
        if len(found) == _NAMED:
            break
    return found
