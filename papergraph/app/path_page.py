"""A reading path as its page shows it: steps, what ticking took away, and why this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from papergraph.app.path_drawing import PathGraph, draw_path
from papergraph.app.quoting import note_relations, said_first
from papergraph.app.resources import Resources
from papergraph.app.topics import about_topic
from papergraph.app.wording import in_words
from papergraph.models import Evidence, Paper, ReadingPath, Step
from papergraph.reading import plan_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRequest:
    """What the address asks for."""

    targets: tuple[str, ...]
    topic: str | None
    known: tuple[str, ...]
    limit: int | None
    hours: float | None

    def url(self, *, known: Sequence[str] | None = None, anchor: str | None = None) -> str:
        """The address of this path with other known papers."""
        return url_for("pages.path", _anchor=anchor, **self.arguments(known))

    def export_url(self, form: str) -> str:
        """Where the same path is had as a file."""
        return url_for("pages.export_path_file", format=form, **self.arguments(None))

    def arguments(self, known: Sequence[str] | None) -> dict[str, Any]:
        """The parameters of the address."""
        given = {
            "target": list(self.targets),
            "topic": self.topic,
            "known": list(self.known if known is None else known),
            "limit": self.limit,
            "hours": self.hours,
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """One step with the paper it is needed for, and where ticking it leads."""

    step: Step
    needed_by: Paper | None
    because: tuple[Evidence, ...]
    claim: str
    tick_url: str
    together: tuple[Paper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A paper the path no longer holds; `undo_url` when the reader ticked it in the address."""

    paper: Paper
    reason: str
    undo_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPage:
    """All that the page of a path shows."""

    asked: PathRequest
    path: ReadingPath
    name: str
    steps: tuple[ShownStep, ...]
    gone: tuple[Gone, ...]
    total: int
    hours: float
    graph: PathGraph | None


def plan(here: Resources, asked: PathRequest) -> ReadingPath:
    """Plan the path that is asked for."""
    return plan_reading(
        here.library,
        asked.targets,
        topic=asked.topic,
        about=about_topic(here, asked.topic),
        known=asked.known,
        limit=asked.limit,
        hours=asked.hours,
        reader=here.settings.reader,
    )


def make_path_page(here: Resources, asked: PathRequest) -> PathPage:
    """Plan the path, and once more without the ticks, to show what they took away."""
    path = plan(here, asked)
    whole = plan(here, replace(asked, known=())) if asked.known else path
    note_relations(here.library, (step.paper.id for step in path.steps))
    papers = {step.paper.id: step.paper for step in path.steps}
    gone = _gone(asked, path, whole)
    return PathPage(
        asked=asked,
        path=path,
        name=path.name,
        steps=tuple(_shown(step, asked, papers) for step in path.steps),
        gone=tuple(gone),
        total=len({step.paper.id for step in path.steps} | {item.paper.id for item in gone}),
        hours=sum(step.hours for step in path.to_read),
        graph=draw_path(path) if len(path.steps) > 1 else None,
    )


def path_words(path: ReadingPath) -> str:
    """How many papers a path has before its target, and how many of them are known."""
    if path.topic is not None:
        return _topic_words(path)
    name, count = path.name, len(path.steps) - 1
    known = f" You know {in_words(len(path.known))} more." if path.known else ""
    if count < 1:
        return f"Nothing here says what to read before {name}.{known}"
    papers = "paper" if count == 1 else "papers"
    return f"{name} rests on {in_words(count)} earlier {papers}.{known}"


def _topic_words(path: ReadingPath) -> str:
    if not path.steps:
        return "You know all it rests on."
    papers = f"{in_words(len(path.steps)).capitalize()} paper{'s' * (len(path.steps) > 1)}"
    first, last = path.steps[0].paper, path.steps[-1].paper
    if first == last:
        return f"{papers}: {first.name}."
    return f"{papers}, from {first.name} to {last.name}, in an order to read them."


def _shown(step: Step, asked: PathRequest, papers: dict[str | None, Paper]) -> ShownStep:
    reference = step.paper.id or step.paper.title
    return ShownStep(
        step=step,
        needed_by=papers.get(step.needed_by),
        because=said_first(step.because),
        claim=_claim(step.because) if step.needed_by else _topic_claim(step.because),
        tick_url=asked.url(known=[*asked.known, reference], anchor="left-out"),
        together=tuple(papers[other] for other in step.together_with if other in papers),
    )


def _gone(asked: PathRequest, path: ReadingPath, whole: ReadingPath) -> list[Gone]:
    """What is known, and what was needed only for it, in the order of time."""
    kept = {step.paper.id for step in path.steps}
    known = {paper.id for paper in path.known}
    gone = [_known(paper, asked) for paper in path.known]
    gone += [
        Gone(paper=step.paper, reason="only needed for one you know")
        for step in whole.steps
        if step.paper.id not in kept | known
    ]
    return sorted(gone, key=lambda item: item.paper.published or str(item.paper.year or 9999))


def _known(paper: Paper, asked: PathRequest) -> Gone:
    names = {paper.id, paper.title, *paper.nicknames, *paper.identifiers}
    rest = [reference for reference in asked.known if reference not in names]
    is_ticked = len(rest) < len(asked.known)
    reason = "you know this" if is_ticked else "on your shelf as known"
    return Gone(paper=paper, reason=reason, undo_url=asked.url(known=rest) if is_ticked else None)


def _claim(because: Sequence[Evidence]) -> str:
    """What may be said of a step: no more than its evidence says."""
    kinds = {evidence.kind for evidence in because if evidence.stated}
    if kinds & {"review", "curated", "reader"}:
        return "builds on it."
    return "cites it." if "citation" in kinds else "seems to rest on it; nobody here says so."


def _topic_claim(because: Sequence[Evidence]) -> str:
    """What may be said of a paper that a topic leads to."""
    kinds = {evidence.kind for evidence in because}
    if "curated" in kinds:
        return "It stands on the line of this topic."
    return "Papers about this topic rest on it." if kinds - {"title"} else "It fits this topic."
