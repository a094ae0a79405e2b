"""Shapes of the drawings: pills, edges and rulers with their places, for the templates to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from papergraph.app.wording import short_name
from papergraph.models import Evidence, Paper

PILL_HEIGHT = 26
_SIGN_WIDTH = 7.8  # of the pill's letters, rounded up so that no name is cut
_PILL_PADDING = 24
_ARCH_HEIGHT = 12  # above the pills; rows stand far enough apart for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pill:
    """One paper in a drawing; `look` is target, near, known or plain. Places are of its centre."""

    paper: Paper
    text: str
    x: float
    y: float
    width: float
    look: str = "plain"
    anchor: str | None = None

    @property
    def left(self) -> float:
        """Where the pill begins."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Where the pill ends."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y - PILL_HEIGHT / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + PILL_HEIGHT / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An arrow as an SVG path; solid when somebody says it, else dashed."""

    path: str
    is_said: bool
    touches_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """A label at a place."""

    at: float
    text: str
    is_gap: bool = False


def pill_width(text: str) -> float:
    """How wide a pill must be for its name."""
    return round(len(text) * _SIGN_WIDTH + _PILL_PADDING, 1)


def make_pill(
    paper: Paper, x: float, y: float, *, look: str = "plain", anchor: str | None = None
) -> Pill:
    """Draw a paper at a place."""
    text = short_name(paper)
    return Pill(paper=paper, text=text, x=x, y=y, width=pill_width(text), look=look, anchor=anchor)


def is_said(because: Sequence[Evidence]) -> bool:
    """Does a person or a record say it, or is it only inferred?"""
    return any(evidence.stated for evidence in because)


def curve(start: Pill, end: Pill) -> str:
    """An arrow from the right of one pill to the left of another; from edge to edge when near."""
    x1, y1, x2, y2 = start.right, start.y, end.left - 2, end.y
    if x2 - x1 >= 12:
        bend = max(12.0, (x2 - x1) / 2)
        control = f"C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f}"
        return f"M{x1:.0f} {y1:.0f}{control} {x2:.0f} {y2:.0f}"
    down = y2 >= y1
    x1, x2 = start.x, end.x
    y1 = start.bottom if down else start.top
    y2 = end.top - 2 if down else end.bottom + 2
    middle = (y1 + y2) / 2
    return f"M{x1:.0f} {y1:.0f}C{x1:.0f} {middle:.0f} {x2:.0f} {middle:.0f} {x2:.0f} {y2:.0f}"


def arch(start: Pill, end: Pill) -> str:
    """An arrow over what stands between two pills of a row, from top to top."""
    x1, x2, top = start.x + start.width / 4, end.x - end.width / 4, start.top
    reach = min(60.0, (x2 - x1) / 3)
    up = top - _ARCH_HEIGHT
    return (
        f"M{x1:.0f} {top:.0f}C{x1:.0f} {up:.0f} {x1 + reach / 2:.0f} {up:.0f}"
        f" {x1 + reach:.0f} {up:.0f}H{x2 - reach:.0f}"
        f"C{x2 - reach / 2:.0f} {up:.0f} {x2:.0f} {up:.0f} {x2:.0f} {end.top - 2:.0f}"
    )
