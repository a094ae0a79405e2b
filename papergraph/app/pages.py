"""The pages that read: each view fetches, calls one verb, and renders."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from papergraph.app.adding import MOST_REPORTS, Outcome, show_outcomes
from papergraph.app.paper_page import draw_family, make_paper_page
from papergraph.app.parameters import Parameters
from papergraph.app.path_page import PathRequest, make_path_page, path_words, plan
from papergraph.app.questions import questions_by_review
from papergraph.app.quoting import note_relations
from papergraph.app.resources import resources
from papergraph.app.review_pages import find_review, review_lines
from papergraph.app.search_page import make_search_page
from papergraph.app.shared_files import saved_file, shared_file
from papergraph.app.sharing import SHARED_FORMS, draw_lineage, file_name, write_timeline
from papergraph.app.topics import asked_lineage
from papergraph.errors import InputError
from papergraph.exchange import EXPORT_FORMATS, FILE_KINDS, export_path
from papergraph.ingest import load_mentions, stored_report
from papergraph.reading import order_papers
from papergraph.recommend import recommend_next
from papergraph.show import list_papers

blueprint = Blueprint("pages", __name__)

_MOST_PARENTS = 10
_NEXT_SHOWN = 15
_RECENT_REVIEWS = 5
_LINES_AT_HOME = ("Vision backbones", "Attention and transformers", "Word vectors", "GPT line")
_MOST_STEPS = 500


@blueprint.get("/")
def home() -> str:
    """The search box, and what is in the library."""
    here = resources()
    reviews, lineages = here.library.reviews.all(), _lineages()
    return render_template(
        "home.html",
        papers=here.paper_count,
        reviews=reviews[:_RECENT_REVIEWS],
        review_count=len(reviews),
        lines=[(title, chain) for title, _, chain in lineages if title in _LINES_AT_HOME],
        lineage_count=len(lineages),
        samples=len(here.samples),
    )


@blueprint.get("/search")
def search() -> str:
    """Papers for a query, each with its reasons; without a query, the box."""
    asked = Parameters.of_address()
    query = asked.text("q")
    if query is None:
        return render_template("search_empty.html")
    return render_template("search.html", page=make_search_page(resources(), query, asked))


@blueprint.get("/papers/<path:reference>")
def paper(reference: str) -> str:
    """One paper and its family."""
    return render_template("paper.html", page=make_paper_page(resources(), reference))


@blueprint.get("/timeline/file")
def timeline_file() -> Response:
    """The line of years a paper stands on, as a picture."""
    asked = Parameters.of_address()
    title, drawing = draw_family(resources(), asked.required("paper"))
    if drawing is None:
        raise InputError("there is nothing to draw: fewer than two dated papers")
    svg = write_timeline(drawing, title, asked.text("look"))
    return saved_file(svg, f"{file_name(title) or 'timeline'}.svg", SHARED_FORMS["svg"])


@blueprint.get("/path")
def path() -> str:
    """A reading path, or the form that asks for one."""
    here, asked = resources(), _asked_path()
    if not asked.targets and asked.topic is None:
        return render_template("path_form.html", asked=asked)
    return render_template("path.html", page=make_path_page(here, asked))


@blueprint.get("/path/words")
def path_in_words() -> Response:
    """How long a path is, in a sentence; the results of a search do not wait for it."""
    found = plan(resources(), _asked_path())
    return current_app.response_class(path_words(found), mimetype="text/plain")


@blueprint.get("/path/file")
def export_path_file() -> Response:
    """A reading path as a file."""
    form = Parameters.of_address().text("format", "markdown") or "markdown"
    if form in SHARED_FORMS:
        return shared_file(plan(resources(), _asked_path()), form)
    if form not in FILE_KINDS:
        known = ", ".join((*EXPORT_FORMATS, *SHARED_FORMS))
        raise InputError(f"no export format {form!r}; known are {known}")
    kind = FILE_KINDS[form]
    answer = current_app.response_class(
        export_path(plan(resources(), _asked_path()), form), mimetype=kind.mime
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="reading-path.{kind.suffix}"'
    return answer


@blueprint.get("/next")
def next_papers() -> str:
    """What to read next, grouped by reason."""
    here = resources()
    reader = here.settings.reader
    found = recommend_next(here.library, limit=_NEXT_SHOWN, reader=reader)
    known = list_papers(here.library, ["read", "known"], reader=reader)
    note_relations(here.library, [item.paper.id for item in found])
    groups: dict[str, list[object]] = {}
    for item in found:
        groups.setdefault(item.group, []).append(item)
    return render_template("next.html", groups=groups, known=known)


@blueprint.get("/lineage")
def lineage() -> str:
    """The line a paper stands in or a topic has, or the form that asks for one."""
    here, asked = resources(), Parameters.of_address()
    if asked.text("target") is None and asked.text("topic") is None:
        return render_template("lineage_form.html", lineages=_lineages())
    found = asked_lineage(here, asked, _MOST_PARENTS)
    note_relations(here.library, [link.paper.id for link in found.chain])
    drawing = draw_lineage(found)
    return render_template("lineage.html", lineage=found, drawing=drawing)


@blueprint.get("/lineage/file")
def lineage_file() -> Response:
    """The line of a paper or topic as one HTML file, or its picture."""
    asked = Parameters.of_address()
    found = asked_lineage(resources(), asked, _MOST_PARENTS)
    return shared_file(found, asked.text("format", "html") or "html")


@blueprint.get("/order")
def order() -> str:
    """A pasted list in reading order."""
    papers = Parameters.of_address().texts("papers")
    if not papers:
        return render_template("order.html", found=None, given="")
    here = resources()
    found = order_papers(here.library, papers)
    note_relations(here.library, [paper.id for paper in found.order])
    reasons = {reason.after: reason for reason in found.because}
    names = {paper.id: paper for paper in found.order}
    return render_template(
        "order.html", found=found, given="\n".join(papers), reasons=reasons, names=names
    )


@blueprint.get("/reviews")
def reviews() -> str:
    """Every review, newest first."""
    here = resources()
    return render_template(
        "reviews.html", reviews=here.library.reviews.all(), samples=len(here.samples)
    )


@blueprint.get("/reviews/<review_id>")
def review(review_id: str) -> str:
    """One review with its papers marked in the text."""
    library = resources().library
    first = Parameters.of_address().whole("first", 1, high=10**9) or 1
    card, text = find_review(library, review_id)
    mentions = load_mentions(library, card.id)
    lines = review_lines(text, mentions, library.reviews.repairs(card.id), first)
    papers = {m.paper.id: m.paper for m in mentions if m.paper is not None}
    unsure = [m for m in mentions if m.status == "unsure"]
    asked = questions_by_review(library, {card.origin})
    return render_template(
        "review.html",
        review=card,
        lines=lines,
        papers=list(papers.values()),
        unsure=unsure,
        questions=sum(len(group.questions) for group in asked),
        more=text.count("\n") + 1 - (first - 1 + len(lines)),
    )


@blueprint.get("/add")
def add() -> str:
    """Where reviews are added; with `review`, what was found in those that are here already."""
    here = resources()
    given = dict.fromkeys(Parameters.of_address().texts("review"))
    reports = [
        stored_report(here.library, find_review(here.library, review)[0].id, changed=True)
        for review in list(given)[:MOST_REPORTS]
    ]
    results = [Outcome(origin=report.origin, report=report) for report in reports]
    return show_outcomes(here, results)


def _asked_path() -> PathRequest:
    asked = Parameters.of_address()
    return PathRequest(
        targets=tuple(dict.fromkeys(asked.texts("target"))),
        topic=asked.text("topic"),
        known=tuple(dict.fromkeys(asked.texts("known"))),
        limit=asked.whole("limit", high=_MOST_STEPS),
        hours=asked.hours(),
    )


def _lineages() -> list[tuple[str, str, list[object]]]:
    """Every curated lineage: title, what it is about, its chain."""
    library = resources().library
    found = library.reviews.lineages()
    cards = library.papers.get({number for lineage in found for number in lineage.chain})
    return [
        (item.title, item.about, [cards[number] for number in item.chain if number in cards])
        for item in found
    ]
