"""The neighbourhood as a picture: circles at the places the graph gave them, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from papergraph.app.wording import short_name
from papergraph.models import Neighbour, Neighbourhood, Paper

WIDTH, HEIGHT = 780, 620
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


def draw_neighbourhood(found: Neighbourhood) -> Picture:
    """Place circle and name of every paper, and the lines between them."""
    bounds = age_bounds([node.paper.year for node in found.nodes if node.paper.year])
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
        ages=age_names(bounds, [node.paper.year for node in found.nodes if node.paper.year]),
    )


def age_bounds(years: Sequence[int]) -> list[int]:
    """The last years of all colours but the newest: as many papers of each as can be."""
    ordered = sorted(years)
    bounds = [ordered[len(ordered) * part // _AGES] for part in range(1, _AGES)] if ordered else []
    newest = ordered[-1] if ordered else 0
    return [bound for bound in dict.fromkeys(bounds) if bound < newest]


def age_names(bounds: Sequence[int], years: Sequence[int]) -> tuple[str, ...]:
    """The years of every colour, the oldest first."""
    if not years:
        return ()
    firsts = [min(years), *(bound + 1 for bound in bounds)]
    lasts = [*bounds, max(years)]
    pairs = zip(firsts, lasts, strict=True)
    return tuple(str(a) if a == b else f"{a}–{b}" for a, b in pairs)


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
