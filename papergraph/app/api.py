"""The JSON API under /api/v1: what reads the library. Objects are those of the contract."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, current_app, request

from papergraph.app.answers import json_answer
from papergraph.app.describing import CURSOR, REFERENCE, Given, Operation, describe, limit
from papergraph.app.library_pages import new_papers
from papergraph.app.paging import page_of
from papergraph.app.parameters import Parameters
from papergraph.app.resources import resources
from papergraph.app.review_pages import find_review, review_card, review_mentions
from papergraph.app.schemas import REVIEW_CARD
from papergraph.app.topics import about_topic, asked_lineage
from papergraph.errors import InputError, ModelError
from papergraph.exchange import EXPORT_FORMATS, FILE_KINDS, export_papers
from papergraph.ingest import OpenQuestion, list_questions
from papergraph.matching import resolve_reference
from papergraph.models import (
    READING_STATES,
    Hit,
    Lineage,
    Mention,
    OrderedPapers,
    PaperDetail,
    ReadingPath,
    Recommendation,
    ScoredPaper,
    SearchAnswer,
)
from papergraph.reading import order_papers, plan_reading
from papergraph.recommend import MOST_RESULTS, recommend_next
from papergraph.search import MODES, MOST_HITS, search_papers
from papergraph.search.similar import WAYS, similar_papers
from papergraph.show import find_papers, show_paper

blueprint = Blueprint("api", __name__)

_MOST_STEPS = 500


@blueprint.get("/resolve")
@describe(
    Operation(
        query=(
            Given(name="text", about="What names a paper.", is_required=True, example="ResNet"),
            limit(100, 10),
        ),
        answer={"matches": [ScoredPaper]},
    )
)
def resolve() -> Response:
    """Papers a text may mean; nothing found is an empty list."""
    asked = Parameters.of_address()
    most = asked.whole("limit", 10, high=100) or 10
    matches = find_papers(resources().library, asked.required("text"), limit=most)
    return json_answer({"matches": [match.as_json() for match in matches]})


@blueprint.get("/search")
@describe(
    Operation(
        query=(
            Given(
                name="q", about="Words or an idea.", is_required=True, example="object detection"
            ),
            limit(MOST_HITS, 20),
            Given(name="mode", about="How to search.", choices=MODES, default="hybrid"),
            Given(name="year_from", about="Not older.", type="integer", low=1000, high=3000),
            Given(name="year_to", about="Not newer.", type="integer", low=1000, high=3000),
            Given(name="state", about="On this shelf.", choices=(*READING_STATES, "unread")),
            CURSOR,
        ),
        answer=SearchAnswer,
        is_paged=True,
    )
)
def search() -> Response:
    """Papers for a query, with reasons."""
    here, asked = resources(), Parameters.of_address()
    meaning = here.meaning(asked.text("mode", "hybrid") or "hybrid")
    answer = search_papers(
        here.library,
        asked.required("q"),
        embedder=meaning.embedder,
        limit=asked.whole("limit", 20, high=MOST_HITS) or 20,
        mode=meaning.mode,
        allowed=asked.search_filter(),
        reader=here.settings.reader,
        after=asked.paper_cursor(),
    )
    notes = [*answer.notes, *meaning.notes]
    after = answer.hits[-1].paper.id if answer.has_more and answer.hits else None
    return json_answer(answer.as_json() | {"notes": notes}, after=after)


@blueprint.get("/papers/<path:reference>")
@describe(Operation(path=(REFERENCE,), answer=PaperDetail))
def paper(reference: str) -> Response:
    """All about one paper."""
    here = resources()
    detail = show_paper(here.library, reference, reader=here.settings.reader)
    return json_answer(detail.as_json())


@blueprint.get("/papers/<path:reference>/similar")
@describe(
    Operation(
        path=(REFERENCE,),
        query=(
            Given(name="by", about="What makes them near.", choices=WAYS, default="all"),
            limit(MOST_HITS, 20),
        ),
        answer={"hits": [Hit]},
    )
)
def similar(reference: str) -> Response:
    """Papers near one paper, by what they cite, who cites them, and meaning."""
    here, asked = resources(), Parameters.of_address()
    way = asked.text("by", "all") or "all"
    if way not in WAYS:
        raise InputError(f"no way {way!r} to be similar; known are {', '.join(WAYS)}")
    meaning = here.meaning("meaning" if way in ("meaning", "all") else "words")
    if way == "meaning" and meaning.embedder is None:
        raise ModelError(meaning.notes[0])
    most = asked.whole("limit", 20, high=MOST_HITS) or 20
    hits = similar_papers(here.library, reference, by=way, limit=most, embedder=meaning.embedder)
    return json_answer({"hits": [hit.as_json() for hit in hits]})


@blueprint.route("/path", methods=["GET", "POST"])
@describe(
    Operation(
        query=(
            Given(name="target", about="What to get to.", many=True, example=["Faster R-CNN"]),
            Given(name="topic", about="A topic in place of a target, or besides."),
            Given(name="known", about="What is known already.", many=True, example=["AlexNet"]),
            limit(_MOST_STEPS, about="At most so many steps, the target included."),
            Given(name="hours", about="No longer than so.", type="number", low=0.5, high=100_000),
        ),
        example={"target": ["Faster R-CNN"], "known": ["AlexNet"], "limit": 5},
        answer=ReadingPath,
    )
)
def path() -> Response:
    """A reading path to one or more targets."""
    here = resources()
    asked = Parameters.of_address() if request.method == "GET" else Parameters.of_body()
    topic = asked.text("topic")
    found = plan_reading(
        here.library,
        asked.texts("target"),
        topic=topic,
        about=about_topic(here, topic),
        known=asked.texts("known"),
        limit=asked.whole("limit", high=_MOST_STEPS),
        hours=asked.hours(),
        reader=here.settings.reader,
    )
    return json_answer(found.as_json())


@blueprint.post("/order")
@describe(
    Operation(
        body=(Given(name="papers", about="What to order.", many=True),),
        example={"papers": ["ResNet", "AlexNet", "VGG"]},
        answer=OrderedPapers,
    )
)
def order() -> Response:
    """A given list in reading order."""
    here, papers = resources(), Parameters.of_body().texts("papers")
    return json_answer(order_papers(here.library, papers, reader=here.settings.reader).as_json())


@blueprint.get("/lineage")
@describe(
    Operation(
        query=(
            Given(name="target", about="The paper it leads to.", example="ResNet"),
            Given(name="from", about="An older paper that the line is to lead from."),
            Given(name="topic", about="A topic in place of a target."),
            limit(_MOST_STEPS, 10, about="At most so many parents."),
        ),
        answer=Lineage,
    )
)
def lineage() -> Response:
    """Where a paper comes from, or the main line of a topic."""
    here, asked = resources(), Parameters.of_address()
    found = asked_lineage(here, asked, asked.whole("limit", 10, high=_MOST_STEPS) or 10)
    return json_answer(found.as_json())


@blueprint.post("/next")
@describe(
    Operation(
        body=(
            Given(name="known", about="What is known, oldest first.", many=True),
            Given(name="target", about="What to get to."),
            Given(name="as_of", about="Nothing later: YYYY-MM.", pattern=r"^[0-9]{4}-[0-9]{2}$"),
            limit(MOST_RESULTS, 10),
            Given(name="diverse", about="No two alike.", type="boolean", default=True),
        ),
        example={"known": ["AlexNet", "VGG"], "limit": 5},
        answer={"recommendations": [Recommendation]},
    )
)
def recommendations() -> Response:
    """What to read next."""
    here, asked = resources(), Parameters.of_body()
    found = recommend_next(
        here.library,
        asked.texts("known"),
        target=asked.text("target"),
        as_of=asked.text("as_of"),
        limit=asked.whole("limit", 10, high=MOST_RESULTS) or 10,
        diverse=asked.truth("diverse", default=True),
        reader=here.settings.reader,
    )
    return json_answer({"recommendations": [item.as_json() for item in found]})


@blueprint.get("/new")
@describe(
    Operation(
        query=(
            Given(name="days", about="Since when.", type="integer", low=1, high=366, default=7),
            limit(MOST_RESULTS, 20),
        ),
        answer={"recommendations": [Recommendation]},
    )
)
def new() -> Response:
    """What came new in some days, ranked for the reader."""
    asked = Parameters.of_address()
    days = asked.whole("days", 7, high=366) or 7
    found = new_papers(days, asked.whole("limit", 20, high=MOST_RESULTS) or 20)
    return json_answer({"recommendations": [item.as_json() for item in found]})


@blueprint.get("/export")
@describe(
    Operation(
        query=(
            Given(name="format", about="In this form.", choices=EXPORT_FORMATS, default="markdown"),
            Given(
                name="papers",
                about="References; ids may be given in one text, with commas between.",
                many=True,
                is_required=True,
                example=["ResNet", "VGG"],
            ),
        ),
        media=tuple(kind.mime for kind in FILE_KINDS.values()),
    )
)
def export() -> Response:
    """Papers as Markdown, BibTeX, RIS, CSL-JSON, plain words or JSON."""
    here, asked = resources(), Parameters.of_address()
    form = asked.text("format", "markdown") or "markdown"
    if form not in EXPORT_FORMATS:
        raise InputError(f"no export format {form!r}; known are {', '.join(EXPORT_FORMATS)}")
    papers = [part for text in asked.texts("papers") for part in _listed(text)]
    if not papers:
        raise InputError("papers is missing; name the papers to export")
    numbers = [resolve_reference(text, here.library.catalogue) for text in papers]
    cards = here.library.papers.get(numbers, here.settings.reader)
    text = export_papers(list(cards.values()), form)
    return current_app.response_class(text, mimetype=FILE_KINDS[form].mime)


@blueprint.get("/reviews")
@describe(
    Operation(query=(limit(1000, 200), CURSOR), answer={"reviews": [REVIEW_CARD]}, is_paged=True)
)
def reviews() -> Response:
    """Every review, newest first."""
    found, after = page_of(resources().library.reviews.all(), lambda item: f"r{item.id}")
    return json_answer({"reviews": [review_card(item) for item in found]}, after=after)


@blueprint.get("/reviews/<review_id>")
@describe(
    Operation(
        path=(Given(name="review_id", about="The id of a review.", example="r1"),),
        answer=REVIEW_CARD | {"text": str, "mentions": [Mention]},
    )
)
def review(review_id: str) -> Response:
    """One review with its mentions."""
    library = resources().library
    card, text = find_review(library, review_id)
    found: dict[str, Any] = review_card(card)
    return json_answer(found | {"text": text, "mentions": review_mentions(library, card.id)})


@blueprint.get("/review-queue")
@describe(
    Operation(query=(limit(1000, 200), CURSOR), answer={"questions": [OpenQuestion]}, is_paged=True)
)
def review_queue() -> Response:
    """The mentions no paper could be found for, with the papers they may mean."""
    found, after = page_of(list_questions(resources().library), lambda item: item.id)
    return json_answer({"questions": [question.as_json() for question in found]}, after=after)


def _listed(text: str) -> list[str]:
    """Ids may be given in one text, with commas between; a title keeps its commas."""
    if re.fullmatch(r"p\d+(\s*,\s*p\d+)*", text):
        return [part.strip() for part in text.split(",")]
    return [text]
