"""The neighbourhood as a picture: circles at the places the graph gave them, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from flask import Blueprint, Response, render_template, url_for

from papergraph.app.answers import json_answer
from papergraph.app.describing import Given, Operation, describe, limit
from papergraph.app.parameters import Parameters
from papergraph.app.resources import resources
from papergraph.app.wording import short_name
from papergraph.errors import InputError
from papergraph.models import Neighbour, Neighbourhood, Paper
from papergraph.search.neighbourhood import MOST_NODES, MOST_SEEDS, find_neighbourhood

api = Blueprint("api_neighbourhood", __name__)
blueprint = Blueprint("neighbourhood", __name__)

WIDTH, HEIGHT = 780, 620
_USUAL = 40
_MARGIN_X, _MARGIN_Y = 56, 34
_LABEL_HEIGHT = 15
_SIGN_WIDTH = 6.6
_SMALLEST, _LARGEST = 5.0, 21.0
_AGES = 5
_ROUNDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """One paper of the picture; `age` is 0 for the oldest fifth to 4 for the newest, or None."""

    node: Neighbour
    text: str
    x: float
    y: float
    radius: float
    age: int | None

    @property
    def half_width(self) -> float:
        """Half of what the circle and its name need."""
        return max(self.radius, len(self.text) * _SIGN_WIDTH / 2) + 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Two circles joined; solid when one cites the other, else dashed."""

    x1: float
    y1: float
    x2: float
    y2: float
    cites: bool
    is_strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The neighbourhood drawn; `ages` are the years each colour stands for."""

    width: int
    height: int
    circles: tuple[Circle, ...]
    lines: tuple[Line, ...]
    ages: tuple[str, ...]


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


def draw_neighbourhood(found: Neighbourhood) -> Picture:
    """Place circle and name of every paper, and the lines between them."""
    bounds = _age_bounds([node.paper.year for node in found.nodes if node.paper.year])
    most = max([1, *(_citations(node.paper) for node in found.nodes)])
    circles = _spread([_circle(node, bounds, most) for node in found.nodes])
    spots = {circle.node.paper.id: circle for circle in circles}
    strong = sorted((edge.likeness for edge in found.edges), reverse=True)
    least = strong[len(strong) // 3] if strong else 0.0
    lines = [
        Line(
            x1=spots[edge.one].x,
            y1=spots[edge.one].y,
            x2=spots[edge.other].x,
            y2=spots[edge.other].y,
            cites=edge.cites,
            is_strong=edge.likeness >= least,
        )
        for edge in found.edges
    ]
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        circles=tuple(circles),
        lines=tuple(lines),
        ages=_age_names(bounds, [node.paper.year for node in found.nodes if node.paper.year]),
    )


def _circle(node: Neighbour, bounds: Sequence[int], most: int) -> Circle:
    paper = node.paper
    return Circle(
        node=node,
        text=short_name(paper),
        x=_MARGIN_X + node.x * (WIDTH - 2 * _MARGIN_X),
        y=_MARGIN_Y + node.y * (HEIGHT - 2 * _MARGIN_Y - _LABEL_HEIGHT),
        radius=_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(_citations(paper) / most),
        age=sum(paper.year > bound for bound in bounds) if paper.year else None,
    )


def _citations(paper: Paper) -> int:
    """How often it is cited: by what a service counts where that is known, else here."""
    elsewhere = paper.citations_elsewhere
    return max(paper.citations_here, elsewhere.count // 100 if elsewhere else 0)


def _age_bounds(years: Sequence[int]) -> list[int]:
    """The last years of all colours but the newest: as many papers of each as can be."""
    ordered = sorted(years)
    bounds = [ordered[len(ordered) * part // _AGES] for part in range(1, _AGES)] if ordered else []
    newest = ordered[-1] if ordered else 0
    return [bound for bound in dict.fromkeys(bounds) if bound < newest]


def _age_names(bounds: Sequence[int], years: Sequence[int]) -> tuple[str, ...]:
    if not years:
        return ()
    firsts = [min(years), *(bound + 1 for bound in bounds)]
    lasts = [*bounds, max(years)]
    pairs = zip(firsts, lasts, strict=True)
    return tuple(str(a) if a == b else f"{a}–{b}" for a, b in pairs)


def _spread(circles: Sequence[Circle]) -> list[Circle]:
    """Push circles and names apart until none lies on another, within the picture."""
    xs = [circle.x for circle in circles]
    ys = [circle.y for circle in circles]
    for _ in range(_ROUNDS):
        moved = False
        for one, first in enumerate(circles):
            for other in range(one):
                second = circles[other]
                wide = first.half_width + second.half_width - abs(xs[one] - xs[other])
                tall = (_height(first) + _height(second)) / 2 - abs(ys[one] - ys[other])
                if wide <= 0 or tall <= 0:
                    continue
                moved = True
                if wide < tall:
                    step = wide / 2 if xs[one] >= xs[other] else -wide / 2
                    xs[one], xs[other] = xs[one] + step, xs[other] - step
                else:
                    step = tall / 2 if ys[one] >= ys[other] else -tall / 2
                    ys[one], ys[other] = ys[one] + step, ys[other] - step
        for place, circle in enumerate(circles):
            edge = circle.half_width
            xs[place] = min(max(xs[place], edge), WIDTH - edge)
            low, high = circle.radius + 4, HEIGHT - circle.radius - _LABEL_HEIGHT - 4
            ys[place] = min(max(ys[place], low), high)
        if not moved:
            break
    return [
        replace(circle, x=round(x, 1), y=round(y, 1))
        for circle, x, y in zip(circles, xs, ys, strict=True)
    ]


def _height(circle: Circle) -> float:
    return 2 * circle.radius + _LABEL_HEIGHT + 4
