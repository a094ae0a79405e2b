"""Paths, lineages and neighbourhoods to give away: one HTML file that opens from disk, or an SVG.

Nothing here needs a request: the command line writes the same files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from papergraph import __version__
from papergraph.app.neighbourhood_drawing import Picture, draw_neighbourhood
from papergraph.app.path_drawing import PathGraph, draw_path
from papergraph.app.timeline import Link, Timeline, draw_timeline
from papergraph.app.wording import byline, day, names_of, plural, shown, web_url
from papergraph.errors import InputError
from papergraph.models import Evidence, Lineage, Neighbourhood, Paper, ReadingPath
from papergraph.settings import shipped_folder

SHARED_FORMS = {"html": "text/html", "svg": "image/svg+xml"}
LOOKS = ("light", "dark")
_DRAWN_BRANCHES = 12
_LINK = re.compile(r'<a href=[^>]*?(class="[^"]*")[^>]*aria-label="([^"]*)">')
_STYLE_PARTS = ("Tokens", "Ground", "Drawings", "Neighbourhood")
_PICTURE_PARTS = ("Tokens", "Drawings", "Neighbourhood")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedItem:
    """One paper of a shared page; the drawing leads to `anchor`."""

    paper: Paper
    anchor: str
    because: tuple[Evidence, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedGroup:
    """Papers under one heading."""

    heading: str
    entries: tuple[SharedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is given away; `kind` is path, lineage or neighbourhood."""

    kind: str
    title: str
    lead: str
    groups: tuple[SharedGroup, ...]
    drawing: PathGraph | Timeline | Picture | None
    warnings: tuple[str, ...]
    made_on: str

    @property
    def file_name(self) -> str:
        """A name for a file of it, without ending."""
        return file_name(self.title) or self.kind


def file_name(title: str) -> str:
    """A name for a file, without ending; empty where the title has no plain letters.

    >>> file_name("Path to Faster R-CNN")
    'path-to-faster-r-cnn'
    """
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80].strip("-")


def share(found: ReadingPath | Lineage | Neighbourhood, *, now: str) -> Shared:
    """Prepare what a verb found to be given away; `now` is the day it tells."""
    if isinstance(found, ReadingPath):
        return _share_path(found, now)
    if isinstance(found, Lineage):
        return _share_lineage(found, now)
    return _share_neighbourhood(found, now)


def write_shared(shared: Shared, form: str, look: str | None = None) -> str:
    """Write it as one HTML file, or the drawing alone as SVG; `look` is one of `LOOKS`.

    Raises InputError when the form is unknown, or there is nothing to draw.
    """
    if form not in SHARED_FORMS:
        raise InputError(f"no form {form!r} to share; known are {', '.join(SHARED_FORMS)}")
    templates = _environment()
    if form == "html":
        static = shipped_folder("web") / "static"
        extra = (static / "css" / "shared.css").read_text(encoding="utf-8")
        return templates.get_template("shared/page.html").render(
            shared=shared,
            version=__version__,
            style=Markup(_style(_STYLE_PARTS) + extra),  # noqa: S704  # our own files
            script=Markup((static / "js" / "shared.js").read_text(encoding="utf-8")),  # noqa: S704
        )
    if shared.drawing is None:
        raise InputError("there is nothing to draw: fewer than two dated papers")
    module = templates.get_template("shared/picture.html").module
    svg = str(module.draw(shared))  # type: ignore[attr-defined]  # a macro
    return stand_alone(svg, shared.title, shared.drawing, look)


def write_timeline(drawing: Timeline, title: str, look: str | None = None) -> str:
    """Write a line of years as SVG."""
    module = _environment().get_template("drawings.html").module
    svg = str(module.timeline_svg(drawing, title))  # type: ignore[attr-defined]  # a macro
    return stand_alone(svg, title, drawing, look)


def picture_style() -> Markup:
    """The part of the stylesheet that pictures need."""
    return Markup(_style(_PICTURE_PARTS))  # noqa: S704  # our own file


def draw_lineage(found: Lineage) -> Timeline | None:
    """Draw the line to a paper and what branched off, on a line of years."""
    members = [link.paper for link in found.chain]
    links = [
        Link(earlier=before.paper, later=after.paper, because=after.because)
        for before, after in zip(found.chain, found.chain[1:], strict=False)
    ]
    drawn = found.branches[:_DRAWN_BRANCHES]
    links += [Link(earlier=b.origin, later=b.paper, because=b.because) for b in drawn]
    return draw_timeline(found.target, members, links)


def _share_path(path: ReadingPath, now: str) -> Shared:
    steps = tuple(
        SharedItem(
            paper=step.paper,
            anchor=f"step-{step.position}",
            because=step.because,
            lead=str(step.position),
        )
        for step in path.steps
    )
    gone = tuple(
        SharedItem(paper=paper, anchor=f"out-{place}", because=(Evidence(kind="reader", text=why),))
        for place, (paper, why) in enumerate(path.left_out)
    )
    hours = sum(step.hours for step in path.steps)
    return Shared(
        kind="path",
        title=f"Reading path to {path.name}",
        lead=f"{plural(len(steps), 'paper')}, about {plural(round(hours), 'hour')}.",
        groups=(
            SharedGroup(heading="Read in this order", entries=steps),
            SharedGroup(heading="Left out", entries=gone),
        ),
        drawing=draw_path(path) if len(path.steps) > 1 else None,
        warnings=path.warnings,
        made_on=now,
    )


def _share_lineage(found: Lineage, now: str) -> Shared:
    used: set[str | None] = set()
    groups = (
        ("The line", [(link.paper, link.because) for link in found.chain]),
        (f"What {found.target.name} builds on", [(p.paper, p.because) for p in found.parents]),
        ("Branched off", [(branch.paper, branch.because) for branch in found.branches]),
        ("Led to", [(link.paper, link.because) for link in found.descendants]),
    )
    return Shared(
        kind="lineage",
        title=found.title,
        lead=f"{plural(len(found.chain), 'paper')}, oldest first.",
        groups=tuple(
            SharedGroup(heading=heading, entries=tuple(_items(rows, used)))
            for heading, rows in groups
        ),
        drawing=draw_lineage(found),
        warnings=found.warnings,
        made_on=now,
    )


def _share_neighbourhood(found: Neighbourhood, now: str) -> Shared:
    used: set[str | None] = set()
    prior = [(work.paper, _counted("cited by", work.shared, found)) for work in found.prior_works]
    derivative = [
        (work.paper, _counted("cites", work.shared, found)) for work in found.derivative_works
    ]
    near = [(node.paper, node.because[:3]) for node in found.nodes]
    groups = (("In the picture", near), ("Prior works", prior), ("Derivative works", derivative))
    names = names_of(found.seeds)
    return Shared(
        kind="neighbourhood",
        title=f"Near {names}",
        lead=f"{plural(len(found.nodes), 'paper')} read together, citing the same, or near by"
        " meaning. Larger: cited more; darker: newer.",
        groups=tuple(
            SharedGroup(heading=heading, entries=tuple(_items(rows, used)))
            for heading, rows in groups
        ),
        drawing=draw_neighbourhood(found),
        warnings=found.warnings,
        made_on=now,
    )


def _counted(words: str, shared: int, found: Neighbourhood) -> tuple[Evidence, ...]:
    text = f"{words} {shared} of the {len(found.nodes)} papers in the picture"
    return (Evidence(kind="citation", text=text, stated=True),)


def _items(
    rows: Iterable[tuple[Paper, tuple[Evidence, ...]]], used: set[str | None]
) -> Iterable[SharedItem]:
    """Papers with the anchors drawings lead to; one that stands here twice has it once."""
    for paper, because in rows:
        anchor = paper.id if paper.id not in used else f"{paper.id}-{len(used)}"
        used.add(anchor)
        yield SharedItem(paper=paper, anchor=anchor or "", because=because)


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(shipped_folder("web") / "templates"),
        autoescape=True,
        finalize=shown,
    )
    made.filters.update(byline=byline, day=day, web_url=web_url)
    made.globals.update(url_for=lambda _endpoint, reference: f"#{reference}")
    return made


def _style(parts: Iterable[str]) -> str:
    """Sections of the stylesheet of the pages, so that shared files look as the pages do."""
    path = shipped_folder("web") / "static" / "css" / "papergraph.css"
    text = path.read_text(encoding="utf-8")
    sections = re.split(r"(?m)^(?=/\* )", text)
    return "".join(s for s in sections if s.removeprefix("/* ").startswith(tuple(parts)))


def stand_alone(
    svg: str, title: str, drawing: PathGraph | Timeline | Picture, look: str | None
) -> str:
    """Make the SVG of a page a file of its own: name space, title, style, no links to pages.

    It is light or dark as whoever looks at it has it, or always the `look` that is asked for.

    Raises InputError when the look is unknown.
    """
    if look is not None and look not in LOOKS:
        raise InputError(f"no look {look!r} of a picture; known are {', '.join(LOOKS)}")
    width, height = int(drawing.width), int(drawing.height)
    svg = _LINK.sub(r"<g \1><title>\2</title>", svg).replace("</a>", "</g>")
    theme = f' data-theme="{look}"' if look else ""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"{theme}'
    )
    kind = re.search(r'class="([^"]+)"', svg)
    opened = f'{head} class="{kind[1] if kind else ""}" role="img">'
    ground = '<rect class="ground" width="100%" height="100%"/>'
    style = f"{picture_style()} .ground {{ fill: var(--bg); }}"
    body = svg[svg.index(">") + 1 :]
    named = f"<title>{Markup.escape(title)}</title>"
    return f"{opened}{named}<style>{style}</style>{ground}{body.strip()}\n"
