"""The shelf: what the reader saved, reads and knows; sorted, narrowed, and changed in bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from papergraph.app.answers import json_answer
from papergraph.app.describing import CURSOR, Given, Operation, describe, limit
from papergraph.app.paging import page_of
from papergraph.app.parameters import Parameters, local_page
from papergraph.app.resources import present_time, resources
from papergraph.edit import tag_papers
from papergraph.errors import InputError
from papergraph.models import READING_STATES, Paper
from papergraph.show import ShelfItem, list_shelf, mark_papers, note_papers

api = Blueprint("api_shelf", __name__)
blueprint = Blueprint("shelf", __name__)

SHELVES = (
    ("queued", "Saved"),
    ("reading", "Reading"),
    ("read", "Read"),
    ("known", "Known"),
    ("skipped", "Not for me"),
)
_LONGEST_NOTE = 2_000
_SORTS: dict[str, tuple[str, Callable[[ShelfItem], Any]]] = {
    "changed": ("changed last", lambda _: 0),  # the order they come in
    "year": ("year", lambda item: (-(item.paper.year or 0), item.paper.title)),
    "citations": ("cited most", lambda item: (-_citations(item.paper), item.paper.title)),
    "title": ("title", lambda item: item.paper.title.casefold()),
    "venue": ("venue", lambda item: (item.paper.venue or "\uffff", item.paper.title)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfRequest:
    """What the address asks for."""

    state: str | None
    tag: str | None
    words: str | None
    venue: str | None
    year_from: int | None
    year_to: int | None
    sort: str

    @property
    def is_narrowed(self) -> bool:
        """Is anything left out?"""
        parts = (self.state, self.tag, self.words, self.venue, self.year_from, self.year_to)
        return any(part is not None for part in parts)


def asked_shelf() -> ShelfRequest:
    """Read what the address asks for.

    Raises InputError when a state, an order or a year is unknown.
    """
    asked = Parameters.of_address()
    state, sort = asked.text("state"), asked.text("sort", "changed") or "changed"
    if state is not None and state not in READING_STATES:
        raise InputError(f"no reading state {state!r}; known are {', '.join(READING_STATES)}")
    if sort not in _SORTS:
        raise InputError(f"no order {sort!r}; known are {', '.join(_SORTS)}")
    return ShelfRequest(
        state=state,
        tag=asked.text("tag"),
        words=asked.text("q"),
        venue=asked.text("venue"),
        year_from=asked.whole("year_from", low=1000, high=3000),
        year_to=asked.whole("year_to", low=1000, high=3000),
        sort=sort,
    )


def narrow(items: Sequence[ShelfItem], asked: ShelfRequest) -> list[ShelfItem]:
    """What of a shelf is asked for, in the order asked for."""
    found = [item for item in items if _fits(item, asked)]
    return sorted(found, key=_SORTS[asked.sort][1])


@api.get("/shelf")
@describe(
    Operation(
        query=(
            Given(name="state", about="In this state.", choices=READING_STATES),
            Given(name="tag", about="With this tag."),
            Given(name="q", about="With these words in title, names, authors or note."),
            Given(name="venue", about="Of this venue."),
            Given(name="year_from", about="Not older.", type="integer", low=1000, high=3000),
            Given(name="year_to", about="Not newer.", type="integer", low=1000, high=3000),
            Given(name="sort", about="The order.", choices=tuple(_SORTS), default="changed"),
            limit(1000, 200),
            CURSOR,
        ),
        answer={
            "papers": [
                {"paper": Paper, "note": str | None, "rating": float | None, "changed_at": str}
            ]
        },
        is_paged=True,
    )
)
def items() -> Response:
    """What the reader saved, reads, knows or does not want, with notes."""
    here = resources()
    found = narrow(list_shelf(here.library, reader=here.settings.reader), asked_shelf())
    part, after = page_of(found, lambda item: item.paper.id or "")
    return json_answer({"papers": [item.as_json() for item in part]}, after=after)


@blueprint.get("/shelf", endpoint="page")
def page() -> str:
    """What the reader saved, reads, knows, and does not want."""
    here, asked = resources(), asked_shelf()
    whole = list_shelf(here.library, reader=here.settings.reader)
    found = narrow(whole, asked)
    counts = Counter(item.paper.state for item in whole)
    tags = Counter(tag for item in whole for tag in item.paper.tags)
    return render_template(
        "shelf.html",
        asked=asked,
        total=len(whole),
        count=len(found),
        shelves=[
            (title, [item for item in found if item.paper.state == state])
            for state, title in SHELVES
        ],
        states=[(state, title, counts[state]) for state, title in SHELVES],
        tags=sorted(tags.items(), key=lambda pair: (-pair[1], pair[0]))[:60],
        venues=sorted({item.paper.venue for item in whole if item.paper.venue}),
        sorts=[(name, words) for name, (words, _) in _SORTS.items()],
    )


@blueprint.post("/shelf")
def change() -> AnyResponse:
    """Change all papers that are ticked, or the one whose button was used: state, tag, note."""
    here, form = resources(), request.form
    papers, do = form.getlist("paper"), form.get("do", "")
    if form.get("only"):
        do, _, only = form["only"].partition(" ")
        papers = [only]
    back = local_page(form.get("back", ""), url_for("shelf.page"))
    if not papers:
        raise InputError("no paper is ticked; tick those to change")
    reader, now, text = here.settings.reader, present_time(), form.get("text", "").strip()
    with here.writing:
        if do in ("tag", "untag"):
            remove = do == "untag"
            tag_papers(here.library, papers, text, now=now, remove=remove, reader=reader)
        elif do == "note":
            if len(text) > _LONGEST_NOTE:
                raise InputError(
                    f"the note has {len(text):,} signs; the limit is {_LONGEST_NOTE:,}"
                )
            note_papers(here.library, papers, text, now=now, reader=reader)
        else:
            state = None if do == "off" else do
            mark_papers(here.library, papers, state, now=now, reader=reader)
    return redirect(back, 303)


def _fits(item: ShelfItem, asked: ShelfRequest) -> bool:
    paper = item.paper
    words = " ".join((paper.title, *paper.nicknames, *paper.authors, item.note or "")).casefold()
    return (
        asked.state in (None, paper.state)
        and (asked.tag is None or asked.tag in paper.tags)
        and (asked.venue in (None, paper.venue))
        and (asked.year_from is None or (paper.year or 0) >= asked.year_from)
        and (asked.year_to is None or (paper.year or 9999) <= asked.year_to)
        and all(word in words for word in (asked.words or "").casefold().split())
    )


def _citations(paper: Paper) -> int:
    elsewhere = paper.citations_elsewhere
    return elsewhere.count if elsewhere else paper.citations_here
