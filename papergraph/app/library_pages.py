"""Pages about the library itself, and about what is new for its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from papergraph.app.parameters import Parameters
from papergraph.app.resources import present_time, resources
from papergraph.library import Library, Rejection, StoredSource
from papergraph.models import Paper, Recommendation
from papergraph.news import follow_category, list_categories, list_news, unfollow_category

blueprint = Blueprint("library", __name__)
_DAYS = 14
_MOST_DAYS = 366
_MOST_SHOWN = 30
_MOST_LINES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLookup:
    """A paper whose look-up at the services is not finished, and why."""

    paper: Paper
    state: str
    until: str | None
    reasons: tuple[tuple[str, str], ...]


def new_papers(days: int, limit: int) -> tuple[Recommendation, ...]:
    """What came new in these days, ranked for the reader."""
    here = resources()
    since = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    reader = here.settings.reader
    return list_news(here.library, here.embedder(), since=since, limit=limit, reader=reader)


@blueprint.get("/new")
def new() -> str:
    """What is new for the reader, and the categories that are followed."""
    days = Parameters.of_address().whole("days", _DAYS, high=_MOST_DAYS) or _DAYS
    found = new_papers(days, _MOST_SHOWN)
    groups: dict[str, list[Recommendation]] = {}
    for item in found:
        groups.setdefault(item.group, []).append(item)
    library, reader = resources().library, resources().settings.reader
    return render_template(
        "new.html",
        groups=groups,
        days=days,
        categories=list_categories(library),
        followed=len(library.watches.followed_papers(reader)),
    )


@blueprint.get("/new.atom")
def atom() -> Response:
    """What is new for the reader as an Atom feed."""
    days = Parameters.of_address().whole("days", _DAYS, high=_MOST_DAYS) or _DAYS
    found = new_papers(days, _MOST_SHOWN)
    text = render_template("new.atom", found=found, updated=present_time())
    answer = make_response(text)
    answer.mimetype = "application/atom+xml"
    return answer


@blueprint.post("/categories")
def categories() -> AnyResponse:
    """Follow a category of arXiv, or follow it no more."""
    here, form = resources(), request.form
    with here.writing:
        if form.get("unfollow"):
            unfollow_category(here.library, form["unfollow"])
        else:
            follow_category(here.library, form.get("category", "").strip(), now=present_time())
    return redirect(url_for("library.new"), 303)


@blueprint.get("/about")
def about() -> str:
    """What this library holds, where it comes from, what is missing, and what waits."""
    library = resources().library
    counts = library.papers.count_by("references_known", "kind")
    return render_template(
        "about.html",
        papers=library.papers.count(),
        reviews=library.reviews.count(),
        citations=library.citations.count(),
        known=counts["references_known"],
        kinds=counts["kind"],
        lists=library.sourced.count_lists(),
        sources=_sources(library),
        lookups=library.frontier.counts("paper"),
        waiting=_waiting(library),
        rejected=_rejected(library),
    )


def _sources(library: Library) -> list[StoredSource]:
    """Sources with how many papers each speaks of; reviews are counted together elsewhere."""
    return [item for item in library.papers.sources() if item.kind != "review"]


def _waiting(library: Library) -> list[WaitingLookup]:
    found = library.frontier.unsettled("paper")[:_MOST_LINES]
    cards = library.papers.get([number for number, *_ in found])
    return [
        WaitingLookup(
            paper=cards[number],
            state=state,
            until=until,
            reasons=tuple(
                (source, answer)
                for source, answer in answers.items()
                if answer.startswith(("waiting", "failed", "refused"))
            ),
        )
        for number, state, until, answers in found
        if number in cards
    ]


def _rejected(library: Library) -> list[Rejection]:
    return library.sourced.rejected()[::-1][:_MOST_LINES]
