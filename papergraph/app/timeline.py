"""Draws a paper's family on a line of years: the chain to it, its other bases, what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from papergraph.app.drawing import PILL_HEIGHT, Edge, Pill, Ruler, arch, curve, is_said, make_pill
from papergraph.models import Evidence, Paper

_NAMES_WIDTH = 128  # for the names of the lanes
_YEAR_WIDTH = 112
_PAPER_WIDTH = 84  # a year with many papers is drawn wider
_WIDEST_YEAR = 460
_PAGE_WIDTH = 1152  # a short story fills the page, a long one scrolls
_GAP_WIDTH = 34  # where years are skipped
_TOP = 34
_ROW_HEIGHT = 34
_LANE_PADDING = 12
_BETWEEN_LANES = 8
_BETWEEN_PILLS = 16
_EDGE = 14
_ROOM_FOR_GAPS = 80

LINE, BASES, FRUITS = "The line to it", "It also builds on", "What came of it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Knowledge that flows from an earlier paper to a later one, and who says so."""

    earlier: Paper
    later: Paper
    because: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A band of the drawing with a name."""

    name: str
    top: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A drawing of dated papers; `links` are the same data for a table, undated papers included."""

    width: float
    height: float
    years: tuple[Ruler, ...]
    lanes: tuple[Lane, ...]
    pills: tuple[Pill, ...]
    edges: tuple[Edge, ...]
    links: tuple[Link, ...]


def draw_timeline(target: Paper, chain: Sequence[Paper], links: Sequence[Link]) -> Timeline | None:
    """Place every dated paper of the links on a line of years; None when nothing is to be drawn."""
    lanes = _sort_into_lanes(target, chain, links)
    dated = [paper for papers in lanes.values() for paper in papers]
    if len(dated) < 2 or target.year is None:
        return None
    columns, years, width = _columns(dated)
    pills: dict[str | None, Pill] = {}
    bands: list[Lane] = []
    top = float(_TOP)
    for name, papers in lanes.items():
        if not papers:
            continue
        unplaced = [_stand(paper, columns, target) for paper in papers]
        rows = _pack(unplaced) if name == LINE else list(range(len(unplaced)))
        first = top + _LANE_PADDING + PILL_HEIGHT / 2
        placed = [
            replace(pill, y=first + row * _ROW_HEIGHT)
            for pill, row in zip(unplaced, rows, strict=True)
        ]
        height = max(rows) * _ROW_HEIGHT + PILL_HEIGHT + 2 * _LANE_PADDING
        pills |= {pill.paper.id: pill for pill in placed}
        bands.append(Lane(name=name, top=top, height=height))
        top += height + _BETWEEN_LANES
    right = max([width, *(pill.right + _EDGE for pill in pills.values())])
    return Timeline(
        width=round(right),
        height=round(top),
        years=tuple(years),
        lanes=tuple(bands),
        pills=tuple(pills.values()),
        edges=tuple(_edges(links, pills, target)),
        links=tuple(links),
    )


def _sort_into_lanes(
    target: Paper, chain: Sequence[Paper], links: Sequence[Link]
) -> dict[str, list[Paper]]:
    """Each dated paper into one lane: the line oldest first, the others newest first.

    With the newest on top, edges between a lane and the line do not run behind other papers.
    """
    on_line = {paper.id: paper for paper in [*chain, target] if paper.year}
    ends = [paper for link in links for paper in (link.earlier, link.later)]
    before = {link.earlier.id for link in links if link.later.id == target.id}
    others = {paper.id: paper for paper in ends if paper.year and paper.id not in on_line}
    return {
        BASES: sorted((p for p in others.values() if p.id in before), key=_date, reverse=True),
        LINE: sorted(on_line.values(), key=_date),
        FRUITS: sorted((p for p in others.values() if p.id not in before), key=_date, reverse=True),
    }


def _columns(
    papers: Sequence[Paper],
) -> tuple[dict[int, tuple[float, float]], list[Ruler], float]:
    """Where each year begins and how wide it is; years without a paper are skipped, with a mark."""
    columns: dict[int, tuple[float, float]] = {}
    counts = Counter(int(_date(paper)) for paper in papers)
    widths = {
        year: min(_WIDEST_YEAR, max(_YEAR_WIDTH, _PAPER_WIDTH * count))
        for year, count in counts.items()
    }
    stretch = max(1.0, (_PAGE_WIDTH - _NAMES_WIDTH - _ROOM_FOR_GAPS) / sum(widths.values()))
    rulers: list[Ruler] = []
    x = float(_NAMES_WIDTH)
    last: int | None = None
    for year in sorted(counts):
        if last is not None and year > last + 1:
            rulers.append(Ruler(at=x + _GAP_WIDTH / 2 - 6, text="", is_gap=True))
            x += _GAP_WIDTH
        width = widths[year] * stretch
        columns[year] = (x, width)
        rulers.append(Ruler(at=x, text=str(year)))
        x += width
        last = year
    return columns, rulers, x


def _stand(paper: Paper, columns: dict[int, tuple[float, float]], target: Paper) -> Pill:
    """Put a paper on its date, whole even where it stands at the very edge."""
    date = _date(paper)
    start, width = columns[int(date)]
    look = "target" if paper.id == target.id else "near"
    pill = make_pill(paper, start + (date % 1) * width, 0, look=look)
    if pill.left < _NAMES_WIDTH:
        return replace(pill, x=_NAMES_WIDTH + pill.width / 2)
    return pill


def _pack(pills: Sequence[Pill]) -> list[int]:
    """Give each the first row in which it does not touch the one before it."""
    ends: list[float] = []
    rows = []
    for pill in pills:
        row = next((r for r, end in enumerate(ends) if pill.left >= end), len(ends))
        ends[row : row + 1] = [pill.right + _BETWEEN_PILLS]
        rows.append(row)
    return rows


def _edges(links: Sequence[Link], pills: dict[str | None, Pill], target: Paper) -> list[Edge]:
    return [
        Edge(
            path=_route(pills[link.earlier.id], pills[link.later.id], pills.values()),
            is_said=is_said(link.because),
            touches_target=target.id in (link.earlier.id, link.later.id),
        )
        for link in links
        if link.earlier.id in pills and link.later.id in pills
    ]


def _route(start: Pill, end: Pill, pills: Iterable[Pill]) -> str:
    """An edge that would run behind a pill of its row goes over it."""
    if start.y == end.y and any(
        pill.y == start.y and start.right < pill.x < end.left for pill in pills
    ):
        return arch(start, end)
    return curve(start, end)


def _date(paper: Paper) -> float:
    """Year with a fraction; mid-year when the month is unknown."""
    if paper.published:
        year, _, month = paper.published.partition("-")
        return int(year) + (int(month or 7) - 0.5) / 12
    return (paper.year or 0) + 0.5
