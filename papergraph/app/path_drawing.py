"""Draws a reading path as a column of pills, first at the top."""

from __future__ import annotations

from dataclasses import dataclass

from papergraph.app.drawing import Edge, Pill, Ruler, is_said, make_pill
from papergraph.models import ReadingPath

_STEP_HEIGHT = 54
_MIDDLE = 152
_WIDTH = 278
_FARTHEST = 120  # an arc keeps clear of the years at the left and the edge at the right


@dataclass(frozen=True, slots=True, kw_only=True)
class PathGraph:
    """The steps as a column of pills, first at the top."""

    width: float
    height: float
    years: tuple[Ruler, ...]
    pills: tuple[Pill, ...]
    edges: tuple[Edge, ...]


def draw_path(path: ReadingPath) -> PathGraph:
    """Draw the steps from top to bottom; an arrow means: read the upper one first."""
    targets = {paper.id for paper in path.targets}
    pills = {
        step.paper.id: make_pill(
            step.paper,
            _MIDDLE,
            20 + place * _STEP_HEIGHT,
            look="target" if step.paper.id in targets else "plain",
            anchor=f"#step-{step.position}",
        )
        for place, step in enumerate(path.steps)
    }
    edges = [
        Edge(
            path=_arc(pills[step.paper.id], pills[step.needed_by], place),
            is_said=is_said(step.because),
            touches_target=step.needed_by in targets,
        )
        for place, step in enumerate(path.steps)
        if step.needed_by in pills
    ]
    years = [
        Ruler(at=pills[step.paper.id].y, text=str(step.paper.year or "")) for step in path.steps
    ]
    height = 40 + (len(path.steps) - 1) * _STEP_HEIGHT
    return PathGraph(
        width=_WIDTH,
        height=height,
        years=tuple(years),
        pills=tuple(pills.values()),
        edges=tuple(edges),
    )


def _arc(start: Pill, end: Pill, place: int) -> str:
    """Straight down to the next pill; around those between on the left and right by turns."""
    span = round((end.y - start.y) / _STEP_HEIGHT)
    if span == 1:
        return f"M{start.x:.0f} {start.bottom:.0f}V{end.top - 2:.0f}"
    side = 1 if place % 2 else -1
    from_x = start.right if side > 0 else start.left
    to_x = (end.right + 2) if side > 0 else (end.left - 2)
    reach = max(start.width, end.width) / 2 + 22 + 12 * min(span, 5)
    bend = _MIDDLE + side * min(reach, _FARTHEST)
    y, below = f"{start.y:.0f}", f"{end.y:.0f}"
    return f"M{from_x:.0f} {y}C{bend:.0f} {y} {bend:.0f} {below} {to_x:.0f} {below}"
